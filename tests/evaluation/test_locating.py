"""Words of gold are found in the record's text, and shown in their sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Plan
from pipeline.evaluation.locating import Sought, Text

TEXT = """\
I. Một
Báo cáo hằng quý. Gửi số liệu hằng quý; họp
hằng  tháng.
II. Hai
Kiểm tra hằng quý."""
AT = [TEXT.index("hằng quý"), TEXT.rindex("hằng quý;"), TEXT.rindex("hằng quý.")]


@pytest.fixture
def text(small_plan: Callable[..., Plan]) -> Text:
    sections = [
        {"path": [name], "marker": name, "title": "", "text": "",
         "span": {"start": TEXT.index(f"{name}. "), "end": end}}
        for name, end in (("I", TEXT.index("II. ")), ("II", len(TEXT)))
    ]  # fmt: skip
    data = small_plan().model_dump() | {"text": TEXT, "sections": sections}
    return Text(Plan.model_validate(data))


@pytest.mark.parametrize(
    ("sought", "claimed", "starts"),
    [
        ([Sought("hằng quý")], [], [AT[0]]),
        ([Sought("HẰNG QUÝ")] * 3, [], AT),
        ([Sought("hằng quý", section="II")], [], [AT[2]]),
        ([Sought("hằng quý", section="no such")], [], [AT[0]]),
        ([Sought("hằng quý", span=(AT[1], AT[1] + 8))], [], [AT[1]]),
        ([Sought("hằng quý", span=(3, 11))], [], [AT[0]]),
        ([Sought("hằng quý")], [(AT[1] - 4, AT[1] + 2)], [AT[1]]),
        ([Sought("Gửi số liệu hằng quý"), Sought("hằng quý")], [], [AT[1] - 12, AT[0]]),
        ([Sought("Báo cáo hằng quý"), Sought("hằng quý")], [], [TEXT.index("Báo"), AT[1]]),
        ([Sought("hằng quý")], [(AT[0] - 8, AT[0] + 8), (AT[2], AT[2] + 8)], [AT[2]]),
        ([Sought("họp hằng tháng")], [], [TEXT.index("họp")]),
        ([Sought("hằng năm"), Sought("")], [], [None, None]),
        ([Sought("hằng  tháng")] * 2, [], [TEXT.index("hằng  tháng")] * 2),
    ],
)
def test_places(
    text: Text, sought: list[Sought], claimed: list[tuple[int, int]], starts: list[int | None]
) -> None:
    places = text.locate(sought, claimed)
    assert [place and place[0] for place in places] == starts


@given(st.text(alphabet="aİ ß\nb.", max_size=30), st.data())
def test_what_stands_there_is_found(text: str, data: st.DataObject) -> None:
    whole = Text(None)
    whole.text = text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    if words.strip():
        assert any(s <= start + len(words) - len(words.lstrip()) < e for s, e in whole.find(words))


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("Gửi số liệu", ("", "Gửi số liệu", " hằng quý;")),
        ("họp\nhằng  tháng", ("Gửi số liệu hằng quý; ", "họp hằng tháng", ".")),
        ("Kiểm tra", ("", "Kiểm tra", " hằng quý.")),
    ],
)
def test_a_quote_is_the_sentence(text: Text, words: str, quoted: tuple[str, str, str]) -> None:
    quote = text.quote(text.find(words)[0])
    assert quote is not None
    before = quoted[0]
    assert (quote.words, quote.after) == quoted[1:]
    assert quote.before.endswith(before)
    assert "\n" not in quote.before + quote.after
