"""Uploads: what comes in, what is refused, and that a name never becomes a path."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import corpus
from pipeline.errors import CorpusBusy
from pipeline.ingest.coordinator import alone
from pipeline.samples import make
from pipeline.samples.text import render
from pipeline.web import uploads as module
from pipeline.web.uploads import ENDED, Upload, Uploads
from tests.web.conftest import Person

PLAN = render(make(83)).encode()


def packed(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, b"x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.pdf", packed("evil.exe"), 415, "unknown-format"),
        ("a.docx", packed("xl/workbook.xml"), 415, "unknown-format"),
        ("a.docx", packed("[Content_Types].xml"), 400, "damaged"),
        ("a.txt", b"MZ\x90\0program", 415, "unknown-format"),
        ("a.png", b"GIF89a", 415, "unknown-format"),
        ("a.pdf", b"", 400, "empty-file"),
        ("a.pdf", b" \n\t ", 400, "empty-file"),
        ("a.txt", b"k" * 200_001, 413, "too-large"),
    ],
)
def test_what_is_refused_at_the_door(
    person: Person,
    limits: Callable[..., None],
    place: Path,
    name: str,
    data: bytes,
    status: int,
    code: str,
) -> None:
    headers = person.token()
    limits(max_bytes=200_000)
    response = person.post("/api/v1/uploads", files={"file": (name, data)}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not list(place.parent.glob("corpus.db-uploads/*"))


def wait(person: Person, upload: dict, seconds: float = 60) -> dict:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found: dict = person.get(f"/api/v1/uploads/{upload['id']}").json()
        if found["state"] in ENDED:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not done: {found}")


@pytest.mark.parametrize(
    "name", ["kế hoạch.txt", "../../../etc/passwd", "..\\..\\x.txt", "a" * 300]
)
def test_a_plan_goes_in_under_its_hash(person: Person, place: Path, name: str) -> None:
    data = render(make(77)).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    response = person.post("/api/v1/uploads", files={"file": (name, data)}, headers=person.token())
    assert response.status_code == 202, response.text
    found = wait(person, response.json())
    assert (found["state"], found["id"]) == ("done", sha256[:16]), found
    assert [file.name for file in place.parent.glob("corpus.db-uploads/*")] == [f"{sha256}.txt"]
    assert person.get(f"/api/v1/plans/{found['id']}").json()["source"]["sha256"] == sha256
    with corpus.open(place) as library:
        names = library.store.connection.execute(
            "SELECT s.name FROM sources s JOIN plans p ON p.id = s.plan WHERE p.sha256 = ?",
            [sha256],
        ).fetchall()
    assert len(names) == 2  # the hash and what its owner calls it
    original = person.get(f"/plans/{found['id']}/original")
    assert original.content == data
    assert "/" not in original.headers["content-disposition"].split("filename")[-1].replace(
        "UTF-8''", ""
    )


def test_a_lying_file_is_a_failure_with_its_code(person: Person) -> None:
    """A name and a first line that promise a PDF, and nothing behind them."""
    upload = person.post(
        "/api/v1/uploads", files={"file": ("a.pdf", b"%PDF-1.7 no more")}, headers=person.token()
    ).json()
    found = wait(person, upload)
    assert (found["state"], found["code"]) == ("failed", "damaged")
    assert found["next_step"]
    assert person.get("/api/v1/corpus/failures").json()[0]["code"] == "damaged"


def test_uploads_wait_for_a_bulk_run(person: Person, place: Path) -> None:
    with alone(place):
        upload = person.post(
            "/api/v1/uploads",
            files={"file": ("a.txt", render(make(78)).encode())},
            headers=person.token(),
        ).json()
        until = time.monotonic() + 20
        while not (found := person.get(f"/api/v1/uploads/{upload['id']}").json())["note"]:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert found["state"] == "waiting"
        assert "another ingest" in found["note"]
    assert wait(person, upload)["state"] == "done"


def test_the_room_for_uploads_is_bounded(person: Person, limits: Callable[..., None]) -> None:
    headers = person.token()
    limits(max_uploads_bytes=1_000)
    data = render(make(79)).encode()
    assert len(data) > 1_000
    response = person.post("/api/v1/uploads", files={"file": ("a.txt", data)}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (413, "too-large")


def test_what_was_not_read_before_a_stop_is_read_after_it(place: Path) -> None:
    folder = place.parent / "corpus.db-uploads"
    folder.mkdir()
    data = render(make(80)).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / f"{sha256}.txt").write_bytes(data)
    (folder / "notes.txt").write_bytes(b"no upload of ours")
    uploads = Uploads(place, place.parent / "extracted", folder)
    try:
        uploads.resume()
        until = time.monotonic() + 60
        while (found := uploads.get(sha256[:16])) is None or found.state not in ENDED:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert found.state == "done"
        assert len(uploads.all()) == 1
    finally:
        uploads.close()


def test_a_full_disk_is_said(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    headers = person.token()
    monkeypatch.setattr(module.tempfile, "mkstemp", full)
    response = person.post("/api/v1/uploads", files={"file": ("a.txt", PLAN)}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (507, "cannot-write")
    assert "No space" in response.json()["detail"]


def test_what_a_kill_left_behind_takes_no_room(place: Path) -> None:
    folder = place.parent / "corpus.db-uploads"
    folder.mkdir()
    old, young = folder / ".a.part", folder / ".b.part"
    for part in (old, young):
        part.touch()
    os.utime(old, (0, 0))
    uploads = Uploads(place, place.parent / "extracted", folder)
    uploads.resume()
    uploads.close()
    assert list(folder.iterdir()) == [young]


def test_a_file_that_is_gone_costs_itself_only(place: Path) -> None:
    folder = place.parent / "corpus.db-uploads"
    uploads = Uploads(place, place.parent / "extracted", folder)
    try:
        with alone(place):  # both wait, to be read together
            gone, there = (
                uploads.receive(io.BytesIO(render(make(seed)).encode()), f"{seed}.txt")
                for seed in (81, 82)
            )
            next(folder.glob(f"{gone.id}*")).unlink()
        assert ended(uploads, gone.id).code == "source-missing"
        assert ended(uploads, there.id).state == "done"
    finally:
        uploads.close()


def test_uploads_wait_for_another_writer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, busy = module.Store, [1]

    def store(*args: object, **options: object) -> object:
        if busy:
            busy.pop()
            raise CorpusBusy("another process writes.")
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "Store", store)
    monkeypatch.setattr(module, "_SECONDS_BETWEEN_TRIES", 0.05)
    uploads = Uploads(place, place.parent / "extracted", place.parent / "corpus.db-uploads")
    try:
        upload = uploads.receive(io.BytesIO(PLAN), "a.txt")
        assert ended(uploads, upload.id).state == "done"
    finally:
        uploads.close()


def ended(uploads: Uploads, upload_id: str) -> Upload:
    until = time.monotonic() + 60
    while (found := uploads.get(upload_id)) is None or found.state not in ENDED:
        assert time.monotonic() < until
        time.sleep(0.05)
    return found
