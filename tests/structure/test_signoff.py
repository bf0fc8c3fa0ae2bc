"""Sign-off: recipients and the signature block."""

from __future__ import annotations

import pytest

from pipeline.structure import signoff
from pipeline.structure.signoff import SignOff


def read(text: str) -> SignOff:
    return signoff.read(text, (0, len(text)))


RECIPIENTS = "Nơi nhận:\n- Bộ Nội vụ (b/c);\n- Các sở, ban, ngành;\n- Lưu: VT, TH.\n"
EXPECTED = ["Bộ Nội vụ (b/c)", "Các sở, ban, ngành", "Lưu: VT, TH"]


@pytest.mark.parametrize(
    ("block", "name", "position", "authority"),
    [
        (
            "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu",
            "Trần Văn Mẫu", "CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN"],
        ),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Ví Dụ",
            "Lê Thị Ví Dụ", "PHÓ CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"],
        ),
        (
            "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTRẦN VĂN MẪU",
            "TRẦN VĂN MẪU", "PHÓ GIÁM ĐỐC", ["KT. GIÁM ĐỐC"],
        ),
        (
            "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nTrần Văn Mẫu",
            "Trần Văn Mẫu", "CHÁNH VĂN PHÒNG", ["TL. CHỦ TỊCH"],
        ),
        (
            "TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ XÂY DỰNG\nTrần Văn Mẫu",
            "Trần Văn Mẫu", "GIÁM ĐỐC SỞ XÂY DỰNG", ["TUQ. CHỦ TỊCH"],
        ),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTrần Văn Mẫu",
            "Trần Văn Mẫu", "PHÓ BÍ THƯ", ["T/M BAN THƯỜNG VỤ"],
        ),
        ("GIÁM ĐỐC\n(Đã ký)\nTrần Văn Mẫu", "Trần Văn Mẫu", "GIÁM ĐỐC", []),
        ("GIÁM ĐỐC\nTS. Trần Văn Mẫu", "Trần Văn Mẫu", "GIÁM ĐỐC", []),
        (
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nKý bởi: Ủy ban nhân dân\nNgày ký: 3/1/2031\nTrần Văn Mẫu",
            "Trần Văn Mẫu", "PHÓ CHỦ TỊCH", ["KT. CHỦ TỊCH"],
        ),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", None, "CHỦ TỊCH", ["TM. ỦY BAN NHÂN DÂN"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["after", "before"])
def test_signers(
    block: str, name: str | None, position: str, authority: list[str], order: str
) -> None:
    text = RECIPIENTS + block if order == "after" else f"{block}\n{RECIPIENTS}"
    found = read(text)
    assert [r.text for r in found.recipients] == EXPECTED
    assert (found.signer[0] if found.signer else None) == name
    assert found.position is not None
    assert found.position[0] == position
    assert [line for line, _, _ in found.authority] == authority
    for mark in filter(None, (found.signer, found.position, *found.authority)):
        assert text[mark[1] : mark[2]] == mark[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT.", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận:\nNhư trên;\nLưu: VT.", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận:\n+ Như trên;\n+ Lưu: VT.", ["Như trên", "Lưu: VT"]),
        ("Nơi nhận: - Như trên; - Các sở; - Lưu: VT.", ["Như trên", "Các sở", "Lưu: VT"]),
        (
            "Nơi nhận: - Như trên; - Lưu: VT. TM. ỦY BAN NHÂN DÂN",
            ["Như trên", "Lưu: VT"],
        ),
        ("Nơi nhận:", []),
    ],
)
def test_recipients(text: str, expected: list[str]) -> None:
    found = read(text)
    assert [r.text for r in found.recipients] == expected
    for recipient in found.recipients:
        assert " ".join(text[recipient.start : recipient.end].split()) == recipient.text


def test_nothing_there_is_nothing_read() -> None:
    assert read("") == SignOff((), None, None, ())
