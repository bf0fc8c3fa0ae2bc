"""The committed samples of ``data/raw``: which plan, in which format, under which name.

In: nothing.  Out: (file name, bytes) pairs.  They cover the two maps of provinces, the four kinds
of issuer, the numbering schemes and every format, and one plan stands in all formats so that one
can see that they read alike.  "scan.pdf" is a noisy colour scan with a red seal, "copy.pdf" a
skewed grey copy whose number and day are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.samples import text
from pipeline.samples.fonts import Fonts
from pipeline.samples.plan import make
from pipeline.samples.sample import SamplePlan

FORMATS = (
    "txt", "web.txt", "flat.txt", "md", "docx", "pdf", "freetext.pdf", "stamp.pdf", "widget.pdf",
    "scan.pdf", "copy.pdf",
)  # fmt: skip

_FULL: dict[str, Any] = {"blank": "none", "act": "plan"}

# stem → (seed, options, formats).  The stem says province, subject and year, for people.
ENTRIES: dict[str, tuple[int, dict[str, Any], tuple[str, ...]]] = {
    "lao-cai-cai-cach-hanh-chinh-2024": (
        11,
        _FULL | {"province": "Lào Cai", "year": 2024, "topic": "cai_cach", "issuer": "ubnd",
                 "numbering": "roman", "tasks": "mixed", "annex": True, "length": 2},
        ("txt", "docx", "pdf"),
    ),
    "lao-cai-cai-cach-hanh-chinh-2026": (
        12,
        _FULL | {"province": "Lào Cai", "year": 2026, "topic": "cai_cach", "issuer": "ubnd",
                 "numbering": "roman", "tasks": "mixed", "annex": True, "length": 2},
        ("docx",),
    ),
    "yen-bai-cai-cach-hanh-chinh-2024": (
        13,
        _FULL | {"province": "Yên Bái", "year": 2024, "topic": "cai_cach", "issuer": "ubnd",
                 "numbering": "decimal", "tasks": "labelled", "annex": False, "length": 2},
        ("txt",),
    ),
    "gia-lai-cai-cach-hanh-chinh-2026": (
        14,
        _FULL | {"province": "Gia Lai", "year": 2026, "topic": "cai_cach", "issuer": "so",
                 "numbering": "roman", "tasks": "running", "annex": True, "length": 2},
        ("web.txt",),
    ),
    "ca-mau-chuyen-doi-so-2024": (
        15,
        _FULL | {"province": "Cà Mau", "year": 2024, "topic": "chuyen_doi_so",
                 "issuer": "ban_chi_dao", "numbering": "letters", "tasks": "labelled",
                 "annex": True, "length": 2},
        ("md",),
    ),
    "hai-phong-chuyen-doi-so-2026": (
        16,
        {"blank": "both", "act": "plan", "province": "Hải Phòng", "year": 2026,
         "topic": "chuyen_doi_so", "issuer": "van_phong", "numbering": "parts",
         "tasks": "mixed", "annex": False, "length": 1},
        ("txt",),
    ),
    "binh-thuan-thien-tai-2024": (
        17,
        {"blank": "none", "act": "decision", "province": "Bình Thuận", "year": 2024,
         "topic": "thien_tai", "issuer": "ubnd", "numbering": "roman", "tasks": "running",
         "annex": True, "length": 2, "auto_numbering": True},
        ("docx",),
    ),
    "lam-dong-thien-tai-2026": (
        18,
        _FULL | {"province": "Lâm Đồng", "year": 2026, "topic": "thien_tai", "issuer": "ubnd",
                 "numbering": "decimal", "tasks": "mixed", "annex": True, "length": 1},
        ("stamp.pdf",),
    ),
    "tay-ninh-an-toan-thuc-pham-2026": (
        19,
        _FULL | {"province": "Tây Ninh", "year": 2026, "topic": "thuc_pham", "issuer": "ubnd",
                 "numbering": "roman", "tasks": "labelled", "annex": False, "length": 1,
                 "long_names": True, "long_dates": True},
        ("pdf",),
    ),
    "phu-yen-an-toan-giao-thong-2024": (
        20,
        _FULL | {"province": "Phú Yên", "year": 2024, "topic": "giao_thong", "issuer": "ubnd",
                 "numbering": "roman", "tasks": "running", "annex": False, "length": 2},
        ("flat.txt",),
    ),
    "son-la-an-toan-giao-thong-2023": (
        55,
        _FULL | {"province": "Sơn La", "year": 2023, "topic": "giao_thong", "issuer": "ubnd",
                 "annex": False, "length": 1},
        ("scan.pdf",),
    ),
    "ca-mau-an-toan-thuc-pham-2025": (
        52,
        _FULL | {"province": "Cà Mau", "year": 2025, "topic": "thuc_pham", "issuer": "ubnd",
                 "annex": False, "length": 1},
        ("copy.pdf",),
    ),
}  # fmt: skip


def render(plan: SamplePlan, form: str, *, fonts: Fonts | None = None) -> bytes:
    """A plan in one of ``FORMATS``, named by its ending.

    The page renderers are imported here, so that text samples need neither reportlab nor Word.
    """
    if form == "docx":
        from pipeline.samples import docx

        return docx.render(plan)
    if form in ("scan.pdf", "copy.pdf"):
        from pipeline.samples import look, scan

        worn = look.SMALL_SCAN if form == "scan.pdf" else look.SMALL_COPY
        return scan.scan_plan(plan, worn, fonts=fonts)
    if form.endswith("pdf"):
        from pipeline.samples import pdf

        issued_as: Any = form.removesuffix(".pdf") if form != "pdf" else "text"
        return pdf.render(plan, fonts=fonts, issued_as=issued_as)
    forms: dict[str, text.Form] = {
        "txt": "plain", "web.txt": "web", "flat.txt": "flat", "md": "markdown",
    }  # fmt: skip
    return text.render(plan, forms[form]).encode()


def plans() -> Iterator[tuple[str, SamplePlan]]:
    """(stem, plan) of every entry."""
    for stem, (seed, options, _) in ENTRIES.items():
        yield stem, make(seed, **options)


def files(*, fonts: Fonts | None = None) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of every committed sample."""
    for stem, plan in plans():
        for form in ENTRIES[stem][2]:
            yield f"{stem}.{form}", render(plan, form, fonts=fonts)
