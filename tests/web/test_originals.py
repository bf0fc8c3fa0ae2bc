"""Original files and page pictures: only what the ledger knows, only while it is the same."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.corpus.store import Store
from pipeline.web.pictures import WIDTHS
from tests.web.conftest import RAW, Person

PDF = "lao-cai-cai-cach-hanh-chinh-2024.pdf"


@pytest.fixture
def moved(place: Path, tmp_path: Path) -> Path:
    """The sample PDF at a place of its own, known to the ledger there."""
    path = tmp_path / "moved.pdf"
    shutil.copy(RAW / PDF, path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with Store(place, write=True) as store, store.transaction() as connection:
        connection.execute("UPDATE files SET uri = ? WHERE sha256 = ?", [str(path), sha256])
    return path


def test_the_original_is_what_was_read(person: Person, ids: dict[str, str]) -> None:
    response = person.get(f"/plans/{ids[PDF]}/original")
    assert response.content == (RAW / PDF).read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert PDF in response.headers["content-disposition"]


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def _linked(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize("change", [_longer, _linked, Path.unlink], ids=lambda each: each.__name__)
@pytest.mark.parametrize("what", ["original", "pages/1.jpg"])
def test_a_changed_file_is_not_given_out(
    person: Person, ids: dict[str, str], moved: Path, change: Callable[[Path], None], what: str
) -> None:
    address = f"/api/v1/plans/{ids[PDF]}/{what.removesuffix('.jpg')}"
    assert person.get(address).status_code == 200
    change(moved)
    response = person.get(address)
    assert (response.status_code, response.json()["code"]) == (404, "source-missing")
    # The page itself goes on with the text.
    assert 'id="text"' in person.get(f"/plans/{ids[PDF]}").text


@pytest.mark.parametrize(
    ("asked", "made"), [(1, WIDTHS[0]), (700, WIDTHS[0]), (1400, WIDTHS[1]), (9_999, WIDTHS[1])]
)
def test_pictures_have_one_of_two_widths(
    person: Person, ids: dict[str, str], asked: int, made: int
) -> None:
    response = person.get(f"/api/v1/plans/{ids[PDF]}/pages/1", params={"width": asked})
    picture = Image.open(io.BytesIO(response.content))
    assert picture.format == "JPEG"
    assert abs(picture.width - made) <= 1


def test_a_text_has_no_pictures(person: Person, ids: dict[str, str]) -> None:
    response = person.get(f"/api/v1/plans/{ids['hai-phong-chuyen-doi-so-2026.txt']}/pages/1")
    assert response.json()["code"] == "source-missing"


def test_a_broken_page_is_an_answer(
    person: Person, ids: dict[str, str], moved: Path, place: Path
) -> None:
    """A file that the ledger believes to be the plan's, and that no page can be drawn of."""
    moved.write_bytes(b"%PDF-1.7 rubbish")
    sha256 = hashlib.sha256(moved.read_bytes()).hexdigest()
    with Store(place, write=True) as store, store.transaction() as connection:
        connection.execute(
            "UPDATE files SET sha256 = ?, bytes = ? WHERE uri = ?",
            [sha256, moved.stat().st_size, str(moved)],
        )
        connection.execute("UPDATE plans SET sha256 = ? WHERE record_id = ?", [sha256, ids[PDF]])
    response = person.get(f"/api/v1/plans/{ids[PDF]}/pages/1")
    assert (response.status_code, response.json()["code"]) == (400, "damaged")
