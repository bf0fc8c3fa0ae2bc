"""Digital signature fields of a PDF → who signed, and when.

In: an open PDF.  Out: the signer's name (common name of the certificate, else the field's /Name)
and the signing time in ISO 8601.  Facts only: whether a signature is valid is not checked here.

Of several signatures the earliest counts: a leader signs first, the office's seal follows.
"""

from __future__ import annotations

import ctypes
import re
import warnings
from datetime import datetime

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_TIME = re.compile(
    r"D:(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?'?)?"
)
_NAME = re.compile(rb"/Name\s*\(((?:[^()\\]|\\.)*)\)")


def read(document: pdfium.PdfDocument, data: bytes) -> tuple[str | None, str | None]:
    """Signer and time of the earliest signature; ``None`` for what is not there.

    Args:
        document: the open PDF.
        data: its bytes, for the /Name of a signature dictionary that has no certificate.
    """
    count = pdfium_c.FPDF_GetSignatureCount(document)
    found: list[tuple[str, str | None]] = []
    for index in range(min(max(count, 0), 100)):
        signature = pdfium_c.FPDF_GetSignatureObject(document, index)
        if not signature:
            continue
        time = iso_time(_bytes(pdfium_c.FPDFSignatureObj_GetTime, signature))
        signer = _common_name(_bytes(pdfium_c.FPDFSignatureObj_GetContents, signature))
        if signer or time:
            found.append((time or "~", signer))
    if not found:
        return None, None
    time, signer = min(found, key=lambda entry: entry[0])
    if signer is None and len(found) == 1:
        signer = _declared_name(data)
    return signer, None if time == "~" else time


def iso_time(raw: bytes) -> str | None:
    """A PDF date ("D:20240105093000+07'00'") in ISO 8601; ``None`` where it is none."""
    match = _TIME.match(raw.rstrip(b"\0").decode("latin-1"))
    if not match:
        return None
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = match.groups()
    text = year
    for separator, part in zip("--T::", (month, day, hour, minute, second), strict=True):
        if part is None:
            if separator == ":" and text.count(":") == 0:
                text += ":00"
            break
        text += separator + part
    if "T" in text and zulu:
        text += "+00:00"
    elif "T" in text and sign:
        text += f"{sign}{hours}:{minutes or '00'}"
    return text if _exists(text) else None


def _exists(time: str) -> bool:
    """Whether the calendar and the clock have this time; a year or month alone counts."""
    try:
        datetime.fromisoformat(time if len(time) >= 10 else f"{time}-01-01"[:10])
    except ValueError:
        return False
    return True


def _bytes(function, signature) -> bytes:  # type: ignore[no-untyped-def]
    """Call one of PDFium's (object, buffer, length) readers."""
    size = function(signature, None, 0)
    if not 0 < size < 10_000_000:
        return b""
    buffer = ctypes.create_string_buffer(size)
    function(signature, buffer, size)
    return buffer.raw


def _common_name(contents: bytes) -> str | None:
    """The CN of the certificate that is nobody's issuer in a PKCS#7 signature."""
    der = _der(contents)
    if der is None:
        return None
    try:
        from cryptography.hazmat.primitives.serialization import pkcs7
        from cryptography.x509.oid import NameOID
    except ImportError:  # comes with pdfplumber; without it the name stays unknown
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            certificates = pkcs7.load_der_pkcs7_certificates(der)
            issuers = {cert.issuer for cert in certificates if cert.issuer != cert.subject}
            leaves = [cert for cert in certificates if cert.subject not in issuers]
            for certificate in leaves or certificates:
                names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
                if names:
                    return " ".join(str(names[0].value).split()) or None
    except Exception:  # a signature that cannot be parsed costs its name, never the document
        return None
    return None


def _der(contents: bytes) -> bytes | None:
    """The DER value at the start of a padded signature."""
    if len(contents) < 4 or contents[0] != 0x30:
        return None
    first = contents[1]
    if first < 0x80:
        return contents[: 2 + first]
    width = first & 0x7F
    if not 1 <= width <= 4:
        return None if width else contents  # indefinite length: left to the parser
    length = int.from_bytes(contents[2 : 2 + width], "big")
    return contents[: 2 + width + length]


def _declared_name(data: bytes) -> str | None:
    names = _NAME.findall(data)
    if len(names) != 1:
        return None
    raw = re.sub(rb"\\([()\\])", rb"\1", names[0])
    raw = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m.group(1), 8) & 255]), raw)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", errors="ignore") or None
    return raw.decode("latin-1").strip() or None
