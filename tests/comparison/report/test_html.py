"""The HTML report: whole, closed, escaped, in both languages, every cell with its sentences."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from itertools import pairwise

import lxml.html
import pytest
from lxml.etree import _Element

from pipeline.comparison.report import html, shown
from pipeline.comparison.wording import catalogue
from pipeline.settings import settings
from tests.comparison.report import made

FORBIDDEN = re.compile(r"\b(src|on\w+|style|action|formaction|srcset|background)$")


@cache
def rendered(plans: int = 3, hostile: bool = False, one_place: bool = False) -> str:
    return html.render(made.comparison(plans, hostile=hostile, one_place=one_place))


def tree(text: str) -> _Element:
    return lxml.html.document_fromstring(text)


CASES = pytest.mark.parametrize(
    ("plans", "one_place"), [(1, False), (2, False), (3, False), (4, True), (40, False)]
)


@CASES
def test_every_link_leads_somewhere(plans: int, one_place: bool) -> None:
    page = tree(rendered(plans, one_place=one_place))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = {link.removeprefix("#") for link in page.xpath("//@href")}
    for more in page.xpath("//@data-e"):
        wanted |= set(more.split())
    assert wanted <= set(ids)


@CASES
def test_every_filled_cell_of_a_place_opens_its_sentences(plans: int, one_place: bool) -> None:
    page = tree(rendered(plans, one_place=one_place))
    filled = [
        cell
        for cell in page.xpath("//td[contains(concat(' ', @class, ' '), ' c ')]")
        if cell.text_content()
    ]
    assert len(filled) >= plans
    assert all(cell.xpath(".//a[starts-with(@href, '#')]") for cell in filled)


def test_a_sentence_stands_with_plan_section_page_and_marked_words() -> None:
    page = tree(rendered())
    entry = next(
        each for each in page.xpath("//article") if "dọn rác ven sông" in each.text_content()
    )
    assert "mục II › 1 · trang 1" in entry.text_content()
    assert entry.xpath("ancestor::details/summary/b")[0].text == "Hà Nội 2020"
    marked = {mark.get("class"): mark.text_content() for mark in entry.xpath(".//mark")}
    assert marked == {
        "who": "Sở Nội vụ", "when": "trước ngày 30 tháng 6", "cite": "Chỉ thị 5/CT-TTg",
    }  # fmt: skip
    assert "thời hạn: trước ngày 30 tháng 6 (đến 29/06/2020)" in entry.text_content()


def test_the_sentence_is_the_plan_s_own() -> None:
    comparison = made.comparison(hostile=True)
    page = tree(html.render(comparison))
    shown = {entry.xpath("./p[2]")[0].text_content() for entry in page.xpath("//article")}
    assert {item.text for item in comparison.items} <= shown


@pytest.mark.parametrize("plans", [3, 40])
def test_hostile_text_stays_text(plans: int) -> None:
    text = rendered(plans, hostile=True)
    page = tree(text)
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //iframe | //object | //link | //form | //base | //svg//script")
    attributes = {name for each in page.iter() for name in getattr(each, "attrib", {})}
    assert not {name for name in attributes if FORBIDDEN.search(name)}
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_fetched(language: str) -> None:
    page = tree(html.render(made.comparison(hostile=True), language))  # type: ignore[arg-type]
    assert all(link.startswith("#") for link in page.xpath("//@href | //@*[name()='xlink:href']"))
    style = page.xpath("//style")[0].text
    assert "url(" not in style and "@import" not in style


def test_the_policy_lets_only_this_script_and_style_run() -> None:
    text = rendered()
    policy = tree(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for kind in ("script", "style"):
        inner = re.search(rf"<{kind}>(.*?)</{kind}>", text, re.S)
        assert inner is not None
        digest = base64.b64encode(hashlib.sha256(inner.group(1).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_it_is_well_formed() -> None:
    """The parser mends nothing, and every row of a table has as many cells as there are heads."""
    parser = lxml.html.HTMLParser(recover=True)
    page = lxml.html.document_fromstring(rendered(12, hostile=True), parser=parser)
    # The parser knows no tag that is younger than HTML 4.
    faults = [entry for entry in parser.error_log if entry.type_name != "HTML_UNKNOWN_TAG"]
    assert not faults
    tables = page.xpath("//table")
    assert len(tables) > 10
    for table in tables:
        width = len(table.xpath("./thead/tr/th"))
        assert {len(row.xpath("./th | ./td")) for row in table.xpath("./tbody/tr")} == {width}


def test_tables_and_pictures_say_what_they_are() -> None:
    page = tree(rendered())
    for table in page.xpath("//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert all(head.get("scope") == "col" for head in table.xpath("./thead//th"))
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
    assert all(
        each.get("aria-label")
        for each in page.xpath("//svg[@role] | //svg//a | //*[@role='region']")
    )
    levels = [int(each.tag[1]) for each in page.xpath("//main//h1 | //main//h2 | //main//h3")]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.get("lang") == "vi" and page.xpath("//nav/@aria-label")


def test_it_says_what_to_mistrust() -> None:
    page = tree(rendered())
    care = page.xpath("//div[@class='care']")[0].text_content()
    assert "1/3 kế hoạch: không rõ ngày ban hành (Đà Nẵng 2021)" in care
    assert "dưới 50 %" in care
    low = page.xpath("//section[@id='coverage']//td[contains(@class, 'low')]")
    assert low and all("?" in cell.text_content() for cell in low)


def test_differing_words_are_marked_on_both_sides() -> None:
    page = tree(rendered(4, one_place=True))
    row = page.xpath("//section[@id='years']//tbody/tr")[0]
    assert [mark.text_content() for mark in row.xpath(".//mark")] == ["2020", "2021"]
    row = page.xpath("//section[@id='reuse']//div[@class='folds']//tbody/tr")[0]
    assert [mark.text_content() for mark in row.xpath(".//mark")] == [", năm 2020", ", năm 2021"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("plans", [2, 40])
def test_no_code_reaches_a_reader(language: str, plans: int) -> None:
    page = tree(html.render(made.comparison(plans), language))  # type: ignore[arg-type]
    shown = " ".join(page.xpath("//body//text()[not(parent::script)]"))
    codes = re.findall(
        r"\b(?:[a-z]+-to-[a-z]+|cut-short|badly-read|no-date|same-issuer|report_to|P\dM"
        r"|(?:col|report|note|finding|kind|role|view)\.[a-z-]+)\b",
        shown,
    )
    assert not codes
    assert "{" not in shown


def test_english_has_no_vietnamese_words_of_ours() -> None:
    page = tree(html.render(made.comparison(), "en"))
    heads = {head.text_content() for head in page.xpath("//h1 | //h2 | //caption | //nav//a")}
    vi, en = catalogue("vi"), catalogue("en")
    foreign = {words for key, words in vi.items() if words != en[key]}
    assert not heads & foreign


def test_the_same_comparison_gives_the_same_page() -> None:
    assert html.render(made.comparison(5)) == html.render(made.comparison(5))


def test_a_large_comparison_stays_small_and_says_what_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = settings().model_copy(update={"report_rows": 30, "report_characters": 2_000})
    for module in (html, shown):
        monkeypatch.setattr(module, "settings", lambda: limits)
    page = tree(html.render(made.comparison(120)))
    rows = page.xpath("//section[@id='calendar']//tbody")[0]
    assert len(rows) == 30
    assert "30 trong 120 dòng" in page.xpath("//section[@id='calendar']//caption")[0].text_content()
    length = sum(len(each.xpath("./p[2]")[0].text_content()) for each in page.xpath("//article"))
    assert length <= 2_000
    assert "câu không kèm trong báo cáo này" in page.text_content()


def test_one_plan_alone_says_that_nothing_is_shared() -> None:
    assert "Không có nội dung nào chung" in rendered(1)
