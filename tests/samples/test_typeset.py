"""A text of one's own on pages: every word once, in the order that its truth says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

pytest.importorskip("reportlab", reason="reportlab writes the PDF samples")
pytest.importorskip("matplotlib", reason="matplotlib brings DejaVu Serif")
pypdfium2 = pytest.importorskip("pypdfium2")

from pipeline.samples import typeset  # noqa: E402
from pipeline.samples.parts import Letterhead, Paragraph, Signature, Title  # noqa: E402

TEXT = """\
ỦY BAN NHÂN DÂN
TỈNH HÀ NAM

Số: 12/KH-UBND

Hà Nam, ngày 03 tháng 4 năm 2024

## **KẾ HOẠCH**
**Trồng cây xanh năm 2024**
**trên địa bàn tỉnh**

Thực hiện Chỉ thị số 05/CT-TTg, UBND tỉnh xây dựng kế hoạch như sau:

**I. MỤC TIÊU**

- Trồng 500 cây trước ngày 30 tháng 6.

Đề nghị các đơn vị thực hiện./.

***Nơi nhận:***
- Sở Xây dựng;
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH**

**Đỗ Ỷ Lan**
"""


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_the_parts_are_told_apart() -> None:
    letterhead, title, *body, signature = typeset.blocks(TEXT)
    assert isinstance(letterhead, Letterhead)
    assert letterhead.number == "Số: 12/KH-UBND"
    assert isinstance(title, Title)
    assert title.subject == ("Trồng cây xanh năm 2024 trên địa bàn tỉnh",)
    assert [b.style for b in body if isinstance(b, Paragraph)] == [
        "text",
        "heading",
        "text",
        "text",
    ]
    assert isinstance(signature, Signature)
    assert signature.authority == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")
    assert (signature.position, signature.name) == ("PHÓ CHỦ TỊCH", "Đỗ Ỷ Lan")
    assert signature.recipients == (("Sở Xây dựng",), ("Lưu: VT",))


def test_no_word_is_lost_or_added() -> None:
    motto = " ".join(Letterhead.MOTTO)
    truth = typeset.reading_order(typeset.blocks(TEXT))
    assert words(truth) == words(TEXT) + words(motto)
    document = pypdfium2.PdfDocument(typeset.render(TEXT))
    printed = " ".join(page.get_textpage().get_text_range() for page in document)
    assert words(printed) == words(truth)


def test_a_text_without_any_form_is_paragraphs() -> None:
    blocks = typeset.blocks("Một dòng.\n\nHai dòng.")
    assert [block.words for block in blocks if isinstance(block, Paragraph)] == [
        "Một dòng.",
        "Hai dòng.",
    ]
