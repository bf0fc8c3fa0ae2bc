"""The public door: formats by content, every refusal with its class."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline import errors, reading
from pipeline.reading import bounds
from pipeline.settings import settings
from tests.reading.making import Paper, word


def pdf() -> bytes:
    paper = Paper()
    paper.paragraph("Kế hoạch trồng rừng năm 2031.")
    return paper.bytes()


def docx() -> bytes:
    return word(lambda document: document.add_paragraph("Kế hoạch trồng rừng năm 2031."))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a.txt", "a")
    return out.getvalue()


HTML = "<!DOCTYPE html><html><body><p>Kế hoạch trồng rừng năm 2031.</p></body></html>".encode()


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.txt", "a"])
@pytest.mark.parametrize(
    ("data", "media_type", "extension"),
    [
        (pdf(), "application/pdf", ".pdf"),
        (
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
        ),
        (HTML, "text/html", ".html"),
        ("Kế hoạch trồng rừng năm 2031.".encode(), "text/plain", ".txt"),
    ],
    ids=["pdf", "docx", "html", "text"],
)
def test_content_decides(
    tmp_path: Path, name: str, data: bytes, media_type: str, extension: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = reading.read(path)
    assert document.text == "Kế hoạch trồng rừng năm 2031."
    assert document.media_type == media_type and document.name == name
    assert len(document.sha256) == 64 and document.size == len(data)
    wrong = path.suffix not in ("", extension)
    assert ("wrong-extension" in [notice.code for notice in document.notices]) == wrong


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyFile),
        (b" \r\n\t\n", errors.EmptyFile),
        (b"\xef\xbb\xbf\n", errors.EmptyFile),
        (b"GIF89a" + bytes(99), errors.UnknownFormat),
        (b"PK\x03\x04" + bytes(99), errors.Damaged),
        (archive(), errors.UnknownFormat),
        (b"{\\rtf1 x}", errors.UnknownFormat),
        (b"\x7fELF" + bytes(99), errors.UnknownFormat),
        (os.urandom(64).replace(b"PK", b"") * 8 + bytes(40), errors.UnknownFormat),
        (b"%PDF-1.7\n", errors.Damaged),
        (pdf()[:-300], errors.Damaged),
        (docx()[:-300], errors.Damaged),
        (b"<html><body></body></html>", errors.EmptyFile),
    ],
)
def test_refusals(data: bytes, error: type[errors.KehoachError]) -> None:
    with pytest.raises(error) as caught:
        reading.read_bytes(data, "a.txt")
    assert "\n" not in caught.value.line() and caught.value.next_step


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing):
        reading.read(tmp_path / "none.pdf")
    with pytest.raises(errors.FileMissing):
        reading.read("a\0b")
    with pytest.raises(errors.NotAFile):
        reading.read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(errors.NotAFile):
        reading.read(tmp_path / "pipe")


def test_size_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kế hoạch " * 20, encoding="utf-8")
    monkeypatch.setattr(settings(), "max_characters", 50)
    with pytest.raises(errors.TooLarge, match="KEHOACH_MAX_CHARACTERS"):
        reading.read(path)
    monkeypatch.setattr(settings(), "max_bytes", 50)
    with pytest.raises(errors.TooLarge, match="KEHOACH_MAX_BYTES"):
        reading.read(path)


def test_old_word_files_name_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.reading import doc

    monkeypatch.setattr(doc.shutil, "which", lambda name: None)
    with pytest.raises(errors.MissingTool, match="LibreOffice") as caught:
        doc.read(b"")
    assert "apt-get install antiword" in caught.value.next_step


def test_old_office_files_are_told_apart() -> None:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    with pytest.raises(errors.UnknownFormat):
        reading.read_bytes(magic + bytes(600), "a.doc")
    with pytest.raises(errors.Encrypted):
        reading.read_bytes(magic + "EncryptedPackage".encode("utf-16-le"), "a.docx")


def test_same_bytes_give_the_same_document() -> None:
    data = pdf()
    assert reading.read_bytes(data, "a.pdf") == reading.read_bytes(data, "a.pdf")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7 << /Subtype /Image >>", True),
        (b"%PDF-1.7 << /Subtype /Image >> << /Type /Font >>", False),
        (b"%PDF-1.7 << /Subtype /Image >> << /Type /ObjStm >>", False),
        (b"%PDF-1.7 << /Type /Page >>", False),
        (b"\x89PNG\r\n\x1a\n", True),
        (b"K\xe1\xba\xbf ho\xe1\xba\xa1ch /Image", False),
    ],
)
def test_what_is_sure_to_be_a_scan(data: bytes, expected: bool) -> None:
    assert bounds.is_scan(bounds.recognise(data, "a"), data) == expected
