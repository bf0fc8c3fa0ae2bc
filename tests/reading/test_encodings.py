"""Encodings: every table round-trips, the right code wins, correct Unicode is never touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnknownFormat
from pipeline.reading import encodings
from pipeline.reading.legacy import TCVN3, VNI

LOWER = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
PLAIN = "abcdefghijklmnopqrstuvwxyz 0123456789.,;:/()-\n"
SENTENCE = "Kế hoạch trồng rừng ven biển năm 2031 của Ủy ban nhân dân tỉnh được giao cho các sở."


@given(st.text(alphabet=LOWER + PLAIN))
def test_tcvn3_round_trip(text: str) -> None:
    assert TCVN3.decode(TCVN3.encode(text)) == text


@given(st.text(alphabet=LOWER + LOWER.upper() + PLAIN + PLAIN.upper()))
def test_vni_round_trip(text: str) -> None:
    assert VNI.decode(VNI.encode(text)) == text


@pytest.mark.parametrize("code", [TCVN3, VNI], ids=lambda code: code.name)
def test_every_face_is_a_byte_string_of_windows_1252_or_latin_1(code) -> None:
    for face, letter in code.table.items():
        assert len(face.encode("latin-1")) == len(face)
        assert unicodedata.is_normalized("NFC", letter) and len(letter) == 1


@given(st.text(alphabet="ạếộữ一яα\u0301"))
def test_a_code_does_not_know_strangers(text: str) -> None:
    for code in (TCVN3, VNI):
        assert code.decode("a" + text) == ("a" if not text else None)


def windows_1258(text: str) -> bytes:
    out = b""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        out += (base + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SENTENCE.encode(), None),
        (SENTENCE.encode("utf-8-sig"), None),
        (SENTENCE.encode("utf-16"), None),
        (SENTENCE.encode("utf-16-le"), None),
        (SENTENCE.encode("utf-16-be"), None),
        (windows_1258(SENTENCE), "Windows-1258"),
        (VNI.encode(SENTENCE).encode("latin-1"), "VNI"),
        (TCVN3.encode(SENTENCE.lower()).encode("latin-1"), "TCVN3"),
        (TCVN3.encode(SENTENCE.lower()).encode(), "TCVN3"),  # Latin-1 letters saved as UTF-8
    ],
)
def test_files_in_every_encoding(data: bytes, name: str | None) -> None:
    text, notices = encodings.decode(data)
    assert text.lower() == SENTENCE.lower()
    assert [notice.code for notice in notices] == (["legacy-encoding"] if name else [])
    assert not name or name in notices[0].message


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(64),
        bytes(range(256)) * 4,
        b"\xff\xfe\x00",
        b"\xc3\x28\xa0\xa1 \x90\x9d" * 9,
        "一二三".encode("gb18030") * 20,
        b"#!%&/()=?*+~^|<>{}[]" * 9,
    ],
)
def test_rubbish_is_no_text(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        encodings.decode(data)


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Céng hßa X· héi chñ nghÜa", "", "Cộng hòa Xã hội chủ nghĩa"),
        ("Coäng hoøa xaõ hoäi chuû nghóa", "", "Cộng hòa xã hội chủ nghĩa"),
        ("Uû ban", ".VnTime", "Uỷ ban"),
        ("ñy ban nh©n d©n", ".VnTimeH", "ỦY BAN NHÂN DÂN"),
        ("tinh", "ABCDEF+.VnTimeH-Bold", "TINH"),
        ("UÛY BAN", "VNI-Times", "ỦY BAN"),
        ("Ủy ban nhân dân", ".VnTime", "Ủy ban nhân dân"),
        ("Ủy ban nhân dân", "VNI-Times", "Ủy ban nhân dân"),
        ("là có hò và", "", "là có hò và"),
        ("café São Paulo, Müller & Söhne", "", "café São Paulo, Müller & Söhne"),
        ("©", "", "©"),
    ],
)
def test_repair(text: str, font: str, expected: str) -> None:
    assert encodings.repair(text, font) == expected


WORDS = "kế hoạch ủy ban nhân dân tỉnh là có và cho các sở ngành năm hò xã thôn ấp đội Đề án"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_correct_unicode_is_never_touched(words: list[str]) -> None:
    text = " ".join(words)
    assert encodings.repair(text) == text
    assert encodings.decode(text.encode())[0] == text


def test_a_file_cut_off_inside_a_letter_is_still_utf_8() -> None:
    text, notices = encodings.decode((SENTENCE * 2).encode()[:-4] + "ở".encode()[:1])
    assert text.startswith(SENTENCE) and text.endswith("\ufffd")
    assert [notice.code for notice in notices] == ["broken-characters"]
