"""The report in a browser: opening cells, sorting, filtering, printing, phones, the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.comparison.report import html
from tests.comparison.report import made

Show = Callable[[str], Any]

# Relative luminance and contrast as in WCAG 2.1; of every text against the paper behind it.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const paper = (node) => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour[3] > 0) return colour;
    }
    return [255, 255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll("body *:not(script):not(svg *)")) {
    const own = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
    if (!own || !node.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(paper(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) poor.push(`${node.className} ${node.textContent.slice(0, 30)} ${contrast}`);
  }
  return [...new Set(poor)];
}"""


def column(page: Any, section: str, number: int) -> list[str]:
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        f"#{section} tbody tr", f"rows => rows.map(row => row.cells[{number}].textContent.trim())"
    )


def test_a_cell_opens_its_sentences(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(3)))
    page.click("#coverage tbody tr:first-child td.c a")
    dialog = page.locator("dialog[open]")
    assert "Chung 0" in dialog.locator("#dialog-title").inner_text()
    assert "dọn rác ven sông" in dialog.inner_text()
    assert "trang 1" in dialog.inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()


def test_a_cell_opens_by_the_keyboard_and_the_button_closes_it(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(3)))
    page.focus("#calendar tbody th a")
    page.keyboard.press("Enter")
    assert page.locator("dialog[open].when mark.when").count() == 1
    page.click("dialog .close")
    assert not page.locator("dialog[open]").count()


def test_arrow_keys_go_from_cell_to_cell(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(3)))
    page.focus("#coverage tbody tr:nth-child(1) td.c a >> nth=0")
    first = page.evaluate("document.querySelector('#coverage td.c').cellIndex")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    cell = "document.activeElement.closest('td')"
    assert page.evaluate(f"[{cell}.parentElement.rowIndex, {cell}.cellIndex]") == [3, first + 1]


def test_several_plans_in_one_cell_open_together(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(4)))
    page.click("#summary .findings a >> nth=0")
    heads = page.locator("dialog[open] h3").all_inner_texts()
    assert len(heads) == 4 == len(set(heads))


def test_a_link_of_the_dialog_leads_to_the_list_of_sentences(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(3)))
    page.click("#coverage tbody td.c a >> nth=0")
    page.click("dialog .back")
    assert page.locator("article:target").is_visible()


def test_columns_sort_both_ways_numbers_as_numbers_and_blanks_last(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(12)))
    page.click("#reuse thead button:has-text('Từ văn bản trước')")
    values = page.eval_on_selector_all(
        "#reuse table:has(svg.bars) tbody tr", "rows => rows.map(row => row.cells[2].textContent)"
    )
    assert values[-1] == "" and values[0] == "20 %"
    plans = "#plans thead th:nth-child(1) button"
    page.click(plans)
    up = column(page, "plans", 0)
    assert up[:3] == ["An Giang 2023", "Bắc Kạn 2025", "Cà Mau 2022"]
    page.click(plans)
    assert column(page, "plans", 0) == up[::-1]
    assert page.get_attribute("#plans thead th:nth-child(1)", "aria-sort") == "descending"


def test_dates_sort_as_days(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(12)))
    button = "#plans thead th:nth-child(4) button"
    page.click(button)
    page.click(button)
    days = [day for day in column(page, "plans", 3) if day]
    assert days == sorted(days, key=lambda day: day.split("/")[::-1])


def test_rows_and_columns_filter_without_marks(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(12)))
    expect = pytest.importorskip("playwright.sync_api").expect
    page.fill("#coverage input.cols", "yen bai, son la")
    expect(page.locator("#coverage thead th.p:visible")).to_have_count(2)
    page.select_option("#coverage select.which", "some")
    expect(page.locator("#coverage tbody th:visible")).to_have_text(["Riêng 4", "Riêng 7"])
    page.select_option("#coverage select.which", "every")
    expect(page.locator("#coverage tbody tr:visible")).to_have_count(3)
    page.fill("#plans input.rows", "da nang")
    expect(page.locator("#plans tbody tr:visible")).to_have_count(1)
    page.fill("#plans input.rows", "qqq")
    expect(page.locator("#plans output")).to_have_text("Không có dòng nào khớp")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast(page_of: Show, scheme: str) -> None:
    page = page_of(html.render(made.comparison(12)))
    page.emulate_media(color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [390, 1300])
def test_only_tables_scroll_sideways(page_of: Show, width: int) -> None:
    page = page_of(html.render(made.comparison(40)))
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_text_does_nothing(page_of: Show) -> None:
    """The fixture fails on any request, message or error; a dialog of the browser would hang."""
    page = page_of(html.render(made.comparison(9, hostile=True)))
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.click("#coverage tbody td.c a >> nth=0")
    assert "<script>alert(1)</script>" in page.locator("dialog").inner_text()


def test_paper_has_no_tools_and_sentences_only_on_request(page_of: Show) -> None:
    page = page_of(html.render(made.comparison(60)))
    page.check("#on-paper")
    page.uncheck("#on-paper")
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible() and not page.locator("#evidence").is_visible()
    assert page.locator("#plans tbody tr:visible").count() == 40
    page.emulate_media(media="screen")
    page.check("#on-paper")
    page.emulate_media(media="print")
    assert page.locator("#evidence").is_visible()
    assert page.locator("#plans tbody tr:visible").count() == 60


def test_without_scripts_a_cell_still_leads_to_its_sentence(chromium: Any, tmp_path: Any) -> None:
    file = tmp_path / "report.html"
    file.write_text(html.render(made.comparison(3)), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    page.click("#coverage tbody td.c a >> nth=0")
    assert "#i" in page.url
    assert page.locator("article:target").is_visible()
    context.close()
