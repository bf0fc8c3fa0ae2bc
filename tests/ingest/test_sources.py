"""What a walk finds, what it passes over, and what is loaded."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections import Counter
from pathlib import Path

import fsspec
import pytest

from pipeline.errors import FileMissing, NotAFile, TooLarge
from pipeline.ingest import sources
from pipeline.ingest.sources import Walk
from pipeline.settings import settings

PLAN = "KẾ HOẠCH\nCải cách hành chính năm 2024\n"


def names(walk: Walk) -> list[str]:
    return [source.name for source in walk]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PLAN)
    assert names(Walk([str(tmp_path)])) == ["3.txt", "1.txt", "2.txt"]


def test_what_is_no_file_of_the_user_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN)
    (tmp_path / ".hidden.txt").write_text(PLAN)
    (tmp_path / "~$plan.docx").write_text("x")
    (tmp_path / "plan.pdf.part").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "plan.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "record.txt").write_text(PLAN)
    walk = Walk([str(tmp_path)], frozenset([tmp_path / "out"]))
    assert names(walk) == ["plan.txt"]
    assert walk.passed == Counter({"hidden or unfinished": 3, "link": 2, "no ordinary file": 1})


def test_what_is_named_is_taken(tmp_path: Path) -> None:
    (tmp_path / "~$plan.docx").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "~$plan.docx")
    wanted = [str(tmp_path / "~$plan.docx"), str(tmp_path / "link.txt")]
    assert [(s.name, s.named) for s in Walk([*wanted, wanted[0]])] == [
        ("~$plan.docx", True),
        ("link.txt", True),
    ]


def test_nothing_is_looked_at_where_something_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN)
    with pytest.raises(FileMissing, match=r"none\.txt"):
        names(Walk([str(tmp_path), str(tmp_path / "none.txt")]))


def package(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plan.txt", PLAN.encode(), True),
        ("plan.md", PLAN.encode(), True),
        ("PLAN", PLAN.encode(), True),
        ("plan.pdf", b"%PDF-1.4\n%%EOF", True),
        ("plan", b"%PDF-1.4\n%%EOF", True),
        ("page.html", b"<html><body>x</body></html>", True),
        ("page.jpg", b"\xff\xd8\xff\xe0", True),
        ("list.csv", PLAN.encode(), False),
        ("record.json", b"{}", False),
        ("code.py", b"print()", False),
        ("film.gif", b"GIF89a", False),
        ("table.xlsx", package("xl/workbook.xml"), False),
    ],
)
def test_only_documents_count_in_a_folder(
    tmp_path: Path, name: str, data: bytes, expected: bool
) -> None:
    (tmp_path / name).write_bytes(data)
    (source,) = Walk([str(tmp_path)])
    assert sources.digest(source) == (hashlib.sha256(data).hexdigest(), expected)
    (named,) = Walk([str(tmp_path / name)])
    assert sources.digest(named)[1]


def test_too_large_a_file_is_known_by_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "max_bytes", 10)
    (tmp_path / "plan.txt").write_text(PLAN)
    (source,) = Walk([str(tmp_path)])
    assert sources.digest(source) == (hashlib.sha256(PLAN.encode()).hexdigest(), True)
    with pytest.raises(TooLarge):
        sources.load(source.uri)


def test_addresses_are_listed_and_loaded() -> None:
    store = fsspec.filesystem("memory")
    store.pipe({"/bucket/a/plan.txt": PLAN.encode(), "/bucket/.x": b"", "/bucket/b.txt": b"b"})
    try:
        walk = Walk(["memory://bucket"])
        found = list(walk)
        assert [source.name for source in found] == ["plan.txt", "b.txt"]
        assert not any(source.named for source in found)
        assert walk.passed == Counter({"hidden or unfinished": 1})
        assert sources.load(found[0].uri) == PLAN.encode()
        assert next(iter(Walk(["memory://bucket/b.txt"]))).named
        with pytest.raises(FileMissing):
            list(Walk(["memory://nowhere"]))
        with pytest.raises(FileMissing):
            list(Walk(["nosuchstore://x"]))
    finally:
        store.rm("/bucket", recursive=True)


def test_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        sources.load(f"file://{tmp_path}/none.txt")
    with pytest.raises(FileMissing):
        sources.load(str(tmp_path / "none.txt"), empty=True)


def test_a_file_is_found_once_however_it_is_named(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PLAN)
    top = tmp_path / "a"
    walk = Walk([str(top), str(top / "b"), str(top / "1.txt"), f"{top}/"])
    assert sorted((source.name, source.named) for source in walk) == [
        ("1.txt", True),
        ("2.txt", False),
    ]


def test_a_folder_that_cannot_be_opened_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "plan.txt").write_text(PLAN)
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    walk = Walk([str(tmp_path)])
    assert names(walk) == ["plan.txt"]
    assert walk.passed == Counter({"folder that cannot be opened": 1})


def test_a_link_to_nothing_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "none.txt")
    with pytest.raises(FileMissing, match=r"link\.txt"):
        names(Walk([str(tmp_path / "link.txt")]))


def test_a_pipe_that_is_named_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (source,) = Walk([str(tmp_path / "pipe.txt")])
    with pytest.raises(NotAFile):
        sources.digest(source)
