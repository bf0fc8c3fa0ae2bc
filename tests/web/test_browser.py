"""The whole walk in a real browser over a real server, scans included."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from pipeline.reading.ocr_engine import model_folder
from pipeline.samples import make
from pipeline.samples.text import render
from pipeline.web.app import create_app
from pipeline.web.serving import listen
from pipeline.web.site import Site
from tests.web.conftest import RAW, ingest

SCAN = "son-la-an-toan-giao-thong-2023.scan.pdf"
OTHER = "phu-yen-an-toan-giao-thong-2024.flat.txt"


pytestmark = pytest.mark.skipif(
    model_folder() is None, reason="needs Tesseract with Vietnamese (kehoach doctor)"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server over a scan and other samples."""
    folder = tmp_path_factory.mktemp("served")
    path = ingest([RAW / SCAN, RAW / OTHER, RAW / "yen-bai-cai-cach-hanh-chinh-2024.txt"], folder)
    socket = listen("127.0.0.1", 0)
    port = socket.getsockname()[1]
    site = Site(path, folder / "extracted", port=port)
    server = uvicorn.Server(uvicorn.Config(create_app(site), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)
    socket.close()


@pytest.fixture(params=["laptop", "phone"])
def page(chromium: Browser, served: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on a laptop, then on a phone; the browser must have nothing to complain of."""
    size = {"laptop": (1366, 820), "phone": (390, 844)}[request.param]
    context = chromium.new_context(
        base_url=served,
        viewport={"width": size[0], "height": size[1]},
        accept_downloads=True,
        reduced_motion="reduce",
    )
    opened = context.new_page()
    complaints: list[str] = []
    # A file that is refused is told to the person, and by Chromium to the console.
    opened.on(
        "console",
        lambda line: (
            complaints.append(line.text) if line.type == "error" and " 415 " not in line.text else 0
        ),
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert not complaints


def record(page: Page, address: str) -> dict:
    found: dict = page.request.get(address).json()
    return found


def open_scan(page: Page) -> dict:
    """Search without diacritics, and open the plan that was found; returns its record."""
    page.goto("/")
    page.get_by_role("combobox").fill('an toan giao thong nay:"Sơn La"')
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    assert "an toàn giao thông" in page.locator(".hits").inner_text().casefold()
    page.locator(".plan-line h2 a").first.click()
    page.wait_for_url("**/plans/*")
    key = page.url.split("/plans/")[1][:16]
    found = record(page, f"/api/v1/plans/{key}")
    assert any(sheet["read_by"] == "ocr" for sheet in found["source"]["pages"])
    return found


def lit(page: Page) -> list[dict[str, float]]:
    """The lit boxes in points of their page, measured on the screen."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.layer .chosen')].map((rect) => {
            const image = rect.closest('.sheet').querySelector('img');
            const page = image.getBoundingClientRect(), box = rect.getBoundingClientRect();
            const scale = image.width / Number(image.getAttribute('width'));
            return {page: Number(rect.closest('.sheet').dataset.page),
                    x0: (box.left - page.left) / scale, top: (box.top - page.top) / scale,
                    x1: (box.right - page.left) / scale, bottom: (box.bottom - page.top) / scale};
        })"""
    )


def test_a_deadline_lights_up_where_it_was_read(page: Page) -> None:
    plan = open_scan(page)
    number, deadline = next(
        (at, each) for at, each in enumerate(plan["deadlines"]) if len(each["span"]["boxes"]) == 1
    )
    page.locator(f"#v-d{number}").click()
    expect(page.locator(".layer .chosen")).to_have_count(1)
    (x0, top, x1, bottom) = deadline["span"]["boxes"][0]
    (found,) = lit(page)
    assert found["page"] == deadline["span"]["page"]
    # A border of a few points around the words, and no more.
    for side, expected in (("x0", x0), ("top", top), ("x1", x1), ("bottom", bottom)):
        assert abs(found[side] - expected) <= 4, (side, found, deadline["span"])
    expect(page.locator(".layer .chosen")).to_be_in_viewport()
    # Ink stands in the box: it is the line, not the paper beside it.
    picture = page.request.get(f"/api/v1/plans/{plan['id']}/pages/{found['page']}").body()
    image = Image.open(io.BytesIO(picture)).convert("L")
    unit = image.width / plan["source"]["pages"][found["page"] - 1]["width"]
    words = image.crop([round(side * unit) for side in (x0, top, x1, bottom)])  # type: ignore[arg-type]
    low, high = words.getextrema()
    assert low < 0.6 * high  # type: ignore[operator]
    assert page.url.endswith(f"#v-d{number}")


def test_a_hit_leads_to_its_lines(page: Page) -> None:
    page.goto('/search?q=nay:"Sơn La" has:deadline')
    page.locator(".hit").first.click()
    page.wait_for_url("**/plans/*passage=*")
    expect(page.locator("#v-passage")).to_have_attribute("aria-current", "true")
    expect(page.locator(".layer .chosen").first).to_be_in_viewport()


def test_a_duty_leads_to_its_deadline(page: Page) -> None:
    first = record(page, "/api/v1/duties?province=Sơn La")["duties"][0]
    page.goto(f"/duties?province=Sơn La&month={first['latest'][:7]}")
    page.locator(".owed a").first.click()
    page.wait_for_url("**/plans/*at=*")
    chosen = page.locator('.v-deadline[aria-current="true"]')
    expect(chosen.first).to_have_text(first["deadline"])


def test_a_click_on_the_page_shows_the_value(page: Page) -> None:
    plan = open_scan(page)
    number, deadline = next(
        (at, each) for at, each in enumerate(plan["deadlines"]) if len(each["span"]["boxes"]) == 1
    )
    if page.viewport_size["width"] < 900:  # type: ignore[index]
        page.get_by_role("button", name="Văn bản").click()
    sheet = page.locator(f"#page-{deadline['span']['page']} img")
    sheet.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete", arg=sheet.element_handle())
    x0, top, x1, bottom = deadline["span"]["boxes"][0]
    scale = sheet.evaluate("image => image.width / Number(image.getAttribute('width'))")
    sheet.click(position={"x": (x0 + x1) / 2 * scale, "y": (top + bottom) / 2 * scale})
    expect(page.locator(f"#v-d{number}")).to_have_attribute("aria-current", "true")


def test_text_lights_up_where_there_are_no_pages(page: Page) -> None:
    page.goto("/search?q=" + "an toan giao thong nay:%22Đắk Lắk%22")
    page.locator(".plan-line h2 a").first.click()
    key = page.url.split("/plans/")[1][:16]
    plan = record(page, f"/api/v1/plans/{key}")
    page.locator("#v-d0").click()
    span = plan["deadlines"][0]["span"]
    words = page.evaluate("() => [...CSS.highlights.get('chosen')].map(String).join(' ')")
    assert words == plan["text"][span["start"] : span["end"]].replace("\n", " ")


def test_suggestions_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("son l")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "hint-0")
    page.keyboard.press("Enter")
    expect(box).to_have_value('today:"Sơn La" ')
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_contain_text("văn bản")


def test_correct_with_the_keyboard_then_search_then_undo(page: Page) -> None:
    plan = open_scan(page)
    query = "/search?q=" + f"plan:{plan['id']} due:2031-03-15"
    page.goto(query)
    expect(page.locator(".empty")).to_be_visible()
    page.goto(f"/plans/{plan['id']}/check?category=deadlines")
    page.get_by_label("Người kiểm tra").fill("Người thử")
    page.get_by_label("Người kiểm tra").press("Tab")
    page.locator(".item button.v").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("e")
    form = page.locator(".item form")
    form.get_by_label("Loại thời hạn").select_option("due")
    form.get_by_label("Thời gian").fill("../2031-03-15")
    page.keyboard.press("Enter")
    badge = page.locator(".item .verdict").first
    expect(badge).to_have_text("Đã sửa")
    page.goto(query)
    expect(page.locator(".hit")).to_have_count(1)
    page.goto(f"/plans/{plan['id']}")
    expect(page.locator("#deadlines")).to_contain_text("15/03/2031")
    page.goto("/corrections")
    expect(page.locator("main")).to_contain_text("Người thử")
    # What was decided can be taken back, and then is as it was.
    log = record(page, f"/api/v1/plans/{plan['id']}/history")
    page.goto(f"/plans/{plan['id']}/check?category=deadlines")
    page.locator('.item[data-verdict="edited"] button.v').click()
    page.keyboard.press("u")
    expect(page.locator('.item[data-verdict="edited"]')).to_have_count(0)
    assert record(page, f"/api/v1/plans/{plan['id']}/history")[-1]["undoes"] == log[-1]["id"]
    page.goto(query)
    expect(page.locator(".empty")).to_be_visible()


def test_accept_and_reject_move_on(page: Page) -> None:
    plan = open_scan(page)
    page.goto(f"/plans/{plan['id']}/check?category=references")
    page.get_by_label("Người kiểm tra").fill("Người thử")
    page.locator(".item button.v").first.focus()
    for key, verdict in (("a", "accepted"), ("r", "rejected")):
        current = page.locator(".item:has([aria-current=true])")
        address = current.get_attribute("data-address")
        page.keyboard.press(key)
        expect(page.locator(f'.item[data-address="{address}"]')).to_have_attribute(
            "data-verdict", verdict
        )
    page.keyboard.press("u")
    page.keyboard.press("u")
    expect(page.locator('.item[data-verdict=""]')).to_have_count(page.locator(".item").count())


def test_a_form_that_does_not_come_leaves_the_keys_alive(page: Page) -> None:
    plan = open_scan(page)
    refused = {"detail": "Chưa có biểu mẫu.", "code": "unknown-format"}
    page.route("**/api/v1/forms", lambda route: route.fulfill(status=415, json=refused))
    page.goto(f"/plans/{plan['id']}/check?category=references")
    page.get_by_label("Người kiểm tra").fill("Người thử")
    page.locator(".item button.v").first.focus()
    page.keyboard.press("e")
    expect(page.locator(".item .fault")).to_contain_text("Chưa có biểu mẫu.")
    page.keyboard.press("a")
    expect(page.locator('.item[data-verdict="accepted"]')).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator('.item[data-verdict="accepted"]')).to_have_count(0)


def test_compare_two_provinces(page: Page, tmp_path: Path) -> None:
    page.goto("/search?q=an toan giao thong")
    boxes = page.locator("[data-pick]")
    picked = dict.fromkeys(boxes.evaluate_all("all => all.map((each) => each.dataset.pick)"))
    assert len(picked) == 2
    for key in picked:
        page.locator(f'[data-pick="{key}"]').first.check()
    page.locator("#chosen button[type=submit], #chosen .button").first.click()
    frame = page.frame_locator("#report")
    expect(frame.locator("body")).to_contain_text("Sơn La", timeout=90_000)
    expect(frame.locator("body")).to_contain_text("Phú Yên")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Sổ Excel").click()
    file = tmp_path / "comparison.xlsx"
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(file)
    assert len(book.sheetnames) > 3
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "Sơn La" in cells and "Phú Yên" in cells


def test_upload_and_land_on_the_record(page: Page, tmp_path: Path) -> None:
    number = page.viewport_size["width"]  # type: ignore[index]
    file = tmp_path / "kế hoạch mới.txt"
    file.write_text(render(make(900 + number)), encoding="utf-8")
    page.goto("/upload")
    page.locator("#files").set_input_files(file)
    page.wait_for_url("**/plans/*", timeout=90_000)
    expect(page.locator("h1")).to_contain_text("Kế hoạch")


def test_several_files_with_a_bad_one(page: Page, tmp_path: Path) -> None:
    good, bad = tmp_path / "tốt.txt", tmp_path / "hỏng.pdf"
    good.write_text(render(make(1)), encoding="utf-8")
    bad.write_bytes(b"MZ\0 no plan")
    page.goto("/upload")
    page.locator("#files").set_input_files([good, bad])
    expect(page.locator(".uploads .badge.good").first).to_be_visible(timeout=90_000)
    expect(page.locator(".uploads")).to_contain_text("unknown-format")


def test_the_mailed_file_stands_alone(page: Page, tmp_path: Path, chromium: Browser) -> None:
    plan = open_scan(page)
    file = tmp_path / "mailed.html"
    file.write_bytes(page.request.get(f"/plans/{plan['id']}/mail.html").body())
    context = chromium.new_context(offline=True, viewport=page.viewport_size)
    alone = context.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.locator("#v-d0").click()
    expect(alone.locator(".layer .chosen").first).to_be_visible()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.mark.parametrize("path", ["/", "/search?q=so", "/duties", "/corpus", "/compare", "/upload"])
def test_nothing_is_wider_than_the_screen(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/", "/search?q=so", "/duties", "/corpus", "/plans", "/check"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(page: Page, path: str, scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text, 3 to 1 where it is large."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if path in ("/plans", "/check"):
        first = record(page, "/api/v1/plans")["plans"][0]["record_id"]
        path = f"/plans/{first}" + ("/check" if path == "/check" else "")
    page.goto(path)
    found = page.evaluate(CONTRAST)
    assert not found, json.dumps(found[:10], ensure_ascii=False, indent=1)


CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
