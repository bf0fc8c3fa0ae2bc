"""What a file is, and whether it may be read at all: checks that cost nothing, before the work.

In: a path, or bytes.  Out: the bytes and their format, told by content; a wrong file name
extension never misleads a reader.  Everything refused here is refused with its own error class.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import (
    Damaged,
    EmptyFile,
    Encrypted,
    FileMissing,
    NotAFile,
    TooLarge,
    UnknownFormat,
)
from pipeline.settings import settings

FormatName = Literal["pdf", "docx", "doc", "html", "text", "image"]

_MEDIA: dict[FormatName, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "html": "text/html",
    "text": "text/plain",
}
_EXTENSIONS: dict[str, FormatName] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".text": "text",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_OTHERS = {
    b"GIF8": "a GIF picture",
    b"BM": "a BMP picture",
    b"{\\rtf": "an RTF file",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "a database",
}
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<(?:p|div|table|span|br)[\s/>]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its content."""

    name: FormatName
    media_type: str
    wrong_extension: str | None = None


def load(path: str | Path) -> bytes:
    """The bytes of a file within the size limit.

    Raises:
        FileMissing, NotAFile, EmptyFile, TooLarge: see the classes.
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotAFile(f"{path} is a folder.")
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile(f"{path} is no ordinary file.")
        _check_size(status.st_size)
        with path.open("rb") as file:
            data = file.read(settings().max_bytes + 1)
    except FileNotFoundError:
        raise FileMissing(f"{path} does not exist.") from None
    except (PermissionError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileMissing(f"{path} cannot be opened: {reason}.") from None
    check(data)
    return data


def check(data: bytes) -> None:
    """Size limits of bytes that are already there."""
    _check_size(len(data))
    if not data.strip(b" \t\r\n\f\v\x00\xef\xbb\xbf"):
        raise EmptyFile("There is nothing in the file but white space.")


def _check_size(size: int) -> None:
    if size == 0:
        raise EmptyFile("The file has no bytes.")
    if size > settings().max_bytes:
        raise TooLarge(f"{size} bytes, more than {settings().max_bytes} (KEHOACH_MAX_BYTES).")


def recognise(data: bytes, name: str) -> Format:
    """Tell the format by content.

    Args:
        data: the whole file.
        name: its file name; only compared with the finding.

    Raises:
        Encrypted: a DOCX behind a password.
        Damaged: a broken ZIP package.
        UnknownFormat: none of the formats read here.
    """
    picture = next((kind for magic, kind in _IMAGES.items() if data.startswith(magic)), None)
    found: FormatName = "image" if picture else _by_content(data)
    claimed = _EXTENSIONS.get(Path(name).suffix.lower())
    return Format(
        found, picture or _MEDIA[found], claimed if claimed not in (None, found) else None
    )


def is_scan(kind: Format, data: bytes) -> bool:
    """Whether a file is sure to hold pages for OCR: a picture, or a PDF of pictures without fonts.

    Packed objects of a PDF may hide a font; of such a file nothing is sure before it is parsed.
    """
    if kind.name != "pdf":
        return kind.name == "image"
    return b"/Image" in data and b"/Font" not in data and b"/ObjStm" not in data


def _by_content(data: bytes) -> FormatName:
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Encrypted("The document opens only with a password.")
        if "WordDocument".encode("utf-16-le") not in data:
            raise UnknownFormat("An old Office file, but no Word document.")
        return "doc"
    for magic, kind in _OTHERS.items():
        if head.startswith(magic) and (magic not in (b"MZ", b"BM") or b"\0" in head[:32]):
            raise UnknownFormat(f"This is {kind}.")
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t")
    if start.startswith(b"<") and _HTML.search(head.replace(b"\0", b"")):
        return "html"
    return "text"


def _zip_kind(data: bytes) -> FormatName:
    with open_zip(data) as package:
        names = set(package.namelist())
    if "word/document.xml" in names or any(
        name.startswith("word/document") and name.endswith(".xml") for name in names
    ):
        return "docx"
    if "[Content_Types].xml" in names and not any(
        name.startswith(("xl/", "ppt/", "visio/")) for name in names
    ):
        raise Damaged("An Office package without its document part.")
    raise UnknownFormat("A ZIP package, but no Word document.")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP package whose declared sizes are within the limits.

    Raises:
        Damaged: broken or truncated.
        TooLarge: too many members, too many bytes when unpacked, or a suspicious ratio.
        Encrypted: a member is encrypted.
    """
    limits = settings()
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise Damaged("The package is truncated or broken.") from None
    members = package.infolist()
    if len(members) > limits.max_zip_members:
        raise TooLarge(
            f"{len(members)} files in the package, more than {limits.max_zip_members} "
            "(KEHOACH_MAX_ZIP_MEMBERS)."
        )
    total = sum(member.file_size for member in members)
    if total > limits.max_unzipped_bytes:
        raise TooLarge(
            f"{total} bytes when unpacked, more than {limits.max_unzipped_bytes} "
            "(KEHOACH_MAX_UNZIPPED_BYTES)."
        )
    if total > 10_000_000 and total > limits.max_unzip_ratio * len(data):
        raise TooLarge(
            f"Unpacks to {total // len(data)} times its size, more than {limits.max_unzip_ratio} "
            "(KEHOACH_MAX_UNZIP_RATIO)."
        )
    if any(member.flag_bits & 1 for member in members):
        raise Encrypted("Files in the package are encrypted.")
    return package
