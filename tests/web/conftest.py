"""A corpus of the sample plans with its ledger, a site over a copy of it, and who asks."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models import Plan
from pipeline import corpus
from pipeline.corpus.store import Store
from pipeline.ingest.coordinator import Coordinator
from pipeline.ingest.progress import Progress
from pipeline.ingest.runners import InProcess
from pipeline.settings import settings
from pipeline.web.app import create_app
from pipeline.web.site import Site

ROOT = Path(__file__).resolve().parent.parent.parent
RAW = ROOT / "data" / "raw"
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"


def ingest(files: list[Path], folder: Path) -> Path:
    """Read files into a new corpus in a folder."""
    path = folder / "corpus.db"
    with Store(path, write=True) as store:
        made = Coordinator(store, folder / "extracted").run(
            [str(file) for file in files], InProcess, Progress(io.StringIO())
        )
    assert made.good == len(files)
    return path


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the samples that need no OCR; tests that write take a copy."""
    files = [file for file in sorted(RAW.iterdir()) if ".scan" not in file.name]
    files = [file for file in files if ".copy" not in file.name]
    return ingest(files, tmp_path_factory.mktemp("web"))


@pytest.fixture
def place(ingested: Path, tmp_path: Path) -> Path:
    """A copy of the corpus that a test may change."""
    copy = tmp_path / "corpus.db"
    shutil.copy(ingested, copy)
    return copy


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """A function that sets limits for one test: ``limits(max_bytes=10)``."""

    def put(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"KEHOACH_{name.upper()}", str(value))
        settings.cache_clear()

    yield put
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def make_site(place: Path) -> Iterator[Callable[..., Site]]:
    """A function that makes a site over the copy; closed after the test."""
    made: list[Site] = []

    def build(**options: object) -> Site:
        site = Site(place, place.parent / "extracted", port=PORT, **options)  # type: ignore[arg-type]
        made.append(site)
        return site

    yield build
    for site in made:
        site.close()


class Person(TestClient):
    """Somebody with a browser that keeps cookies, and with the token of the page."""

    def __init__(self, site: Site) -> None:
        super().__init__(
            create_app(site), base_url=BASE, raise_server_exceptions=False, follow_redirects=False
        )

    def token(self) -> dict[str, str]:
        """The header that a page of ours sends with a change."""
        return {"x-csrf-token": self.get("/api/v1/session").json()["token"]}


@pytest.fixture
def person(make_site: Callable[..., Site]) -> Person:
    """The one who sits at this machine."""
    return Person(make_site())


@pytest.fixture
def ids(place: Path) -> dict[str, str]:
    """Names of the samples' files to ids of their records."""
    with corpus.open(place) as library:
        return dict(
            library.store.connection.execute(
                "SELECT s.name, p.record_id FROM sources s JOIN plans p ON p.id = s.plan"
            ).fetchall()
        )


@pytest.fixture
def hostile(place: Path, small_plan: Callable[..., Plan]) -> str:
    """A plan in the corpus whose every text tries to run a script; its record's id."""
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"</button></textarea>'
    plan = small_plan()
    shift = len(attack) + 1

    def moved(value: object) -> object:
        if isinstance(value, list):
            return [moved(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value.keys() >= {"start", "end"}:
            return {**value, "start": value["start"] + shift, "end": value["end"] + shift}
        return {name: moved(each) for name, each in value.items()}

    data = moved(plan.model_dump())
    assert isinstance(data, dict)
    data |= {"id": "badc0ffee0ddf00d", "text": f"{attack}\n{plan.text}"}
    data["source"] |= {"sha256": "badc0ffee0ddf00d" * 4, "name": f"{attack}.txt"}
    data["header"] |= {"title": attack, "number": attack, "recipients": [attack]}
    data["warnings"] = [{"code": "no-date", "message": attack}]
    data["tasks"][0]["outputs"] = [attack]
    with corpus.open(place, write=True) as library:
        library.add(Plan.model_validate(data))
    return "badc0ffee0ddf00d"
