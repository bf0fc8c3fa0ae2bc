"""What several test files use: a small plan, and the real documents where they are present."""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from models import (
    Agency,
    Assignment,
    Deadline,
    Header,
    Issuer,
    Page,
    Plan,
    Province,
    Reference,
    Section,
    Source,
    Span,
    Target,
    Task,
)
from pipeline import children

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_configure() -> None:
    """No child stands back: several tests at once keep the machine busy, and clocks run.

    Under coverage a child is asked to end, so that it writes down which lines it ran.
    """
    os.environ["KEHOACH_NICENESS"] = "0"
    if "COVERAGE_PROCESS_CONFIG" not in os.environ:
        return
    kill = children._kill

    def ask(process: subprocess.Popen[bytes]) -> None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            kill(process)

    children._kill = ask


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless; one for all tests, since Playwright starts once per thread."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # The tests may run as root in a container, where Chromium's own sandbox cannot.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def benchmarks() -> Iterator[Callable[[str], ModuleType]]:
    """A function that imports a module of ``benchmarks/``, as they import each other."""
    folder = str(ROOT / "benchmarks")
    sys.path.insert(0, folder)
    yield importlib.import_module
    sys.path.remove(folder)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents with gold; it is never part of the project."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("the real documents (../shared) are not here")
    return SHARED


@pytest.fixture(scope="session")
def small_plan() -> Callable[..., Plan]:
    """A function that makes a plan of a few lines; arguments replace its top-level values."""
    return make_plan


TEXT = """\
KẾ HOẠCH
Trồng cây năm 2031
Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2031 của UBND tỉnh.
I. MỤC TIÊU
- Trồng 500 cây.
II. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính; xong trước ngày 30 tháng 6.
"""


def span(words: str) -> Span:
    """The span of the first place where ``words`` stand in ``TEXT``."""
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def make_plan(**changes: object) -> Plan:
    """See ``small_plan``."""
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    due = "trước ngày 30 tháng 6"
    reference = "Quyết định số 12/QĐ-UBND ngày 05/01/2031"
    lead, partner = "Sở Xây dựng", "Sở Tài chính"
    duty = TEXT.splitlines()[-1].removeprefix("1. ")
    plan = Plan(
        id=sha256[:16],
        source=Source(
            name="trong-cay.txt",
            sha256=sha256,
            media_type="text/plain",
            bytes=len(TEXT.encode()),
            pages=[Page(number=1, read_by="text")],
            pipeline="0",
        ),
        text=TEXT,
        header=Header(
            kind="KH",
            kind_name="Kế hoạch",
            number="7/KH-UBND",
            symbol="KH-UBND",
            issued_on="2031-02-03",
            place="Hà Nội",
            issuer=Issuer(name="UBND thành phố Hà Nội", canonical="UBND thành phố Hà Nội"),
            title="Trồng cây năm 2031",
            plan_period="2031",
            province=Province(name="Hà Nội", code="01"),
            recipients=["Như trên"],
        ),
        sections=[
            Section(
                path=["I"],
                marker="I.",
                title="MỤC TIÊU",
                text="MỤC TIÊU",
                span=span("I. MỤC TIÊU\n- Trồng 500 cây."),
                children=[
                    Section(
                        path=["I", "-1"],
                        marker="-",
                        title="Trồng 500 cây.",
                        text="Trồng 500 cây.",
                        span=span("- Trồng 500 cây."),
                    )
                ],
            ),
            Section(
                path=["II"],
                marker="II.",
                title="TỔ CHỨC THỰC HIỆN",
                text="TỔ CHỨC THỰC HIỆN",
                span=Span(start=TEXT.index("II. "), end=len(TEXT) - 1),
                children=[
                    Section(path=["II", "1"], marker="1.", title=duty, text=duty, span=span(duty))
                ],
            ),
        ],
        references=[
            Reference(
                text=reference,
                kind="Quyết định",
                number="12/QĐ-UBND",
                date="2031-01-05",
                issuer="UBND tỉnh",
                key="Quyết định|12/qđ-ubnd|ubnd tỉnh||2031-01-05",
                role="implements",
                span=span(reference),
                section=[],
            )
        ],
        agencies=[
            Agency(id="a1", name=lead, canonical=lead, kind="named", mentions=[span(lead)]),
            Agency(
                id="a2", name=partner, canonical=partner, kind="named", mentions=[span(partner)]
            ),
        ],
        deadlines=[
            Deadline(
                text=due,
                kind="due",
                value="../2031-06-30",
                relation="before",
                year_from="plan",
                span=span(due),
                section=["II", "1"],
            )
        ],
        targets=[
            Target(text="500 cây", value=500, unit="cây", span=span("500 cây"), section=["I", "-1"])
        ],
        tasks=[
            Task(
                id="t1",
                section=["II", "1"],
                text=duty,
                span=span(duty),
                assignments=[
                    Assignment(agency=lead, agency_id="a1", role="lead", span=span(lead)),
                    Assignment(
                        agency=partner, agency_id="a2", role="coordinate", span=span(partner)
                    ),
                ],
                deadlines=[0],
            )
        ],
    )
    return plan.model_copy(update=changes)
