"""The order of files leaves no trace: the same records, the same rows, the same copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline import cli, corpus
from pipeline.corpus.tables import TABLES, rows

# Numbers that are given out as plans come in.
GIVEN_OUT = {"passage", "task", "deadline", "citation", "document", "resolved"}


@pytest.fixture(scope="module")
def files(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four plans, a near copy of one, a broken file and a plan's bytes under two names."""
    top = tmp_path_factory.mktemp("files")
    made = [*texts[:4], texts[0] + "\nThêm một dòng.\n", texts[1]]
    for number, text in enumerate(made):
        (top / f"plan-{number}.txt").write_text(text, encoding="utf-8")
    (top / "broken.pdf").write_bytes(b"%PDF-1.4")
    return sorted(top.iterdir())


def loaded(folder: Path, runs: list[list[Path]]) -> dict[str, Any]:
    """All that one can ask of a corpus after these runs, in an order that says nothing."""
    places = ("--corpus", str(folder / "corpus.db"), "--extracted", str(folder / "out"))
    for several in filter(None, runs):
        cli.main(["ingest", *map(str, several), *places, "--engine", "in-process"])
    with corpus.open(folder / "corpus.db", write=True) as plans:
        found: dict[str, Any] = {
            table.name: sorted(
                repr(
                    [v for c, v in zip(table.columns, row, strict=True) if c.name not in GIVEN_OUT]
                )
                for row in rows(plans.store, table)
            )
            for table in TABLES
        }
        ask = plans.store.connection.execute
        found["copies"] = sorted(
            (*sorted((one, other)), *rest)
            for one, other, *rest in ask(
                "SELECT record_id, other_id, similarity, reason FROM read_copies"
            )
        )
        found["hits"] = sorted(hit.text for hit in plans.every("báo cáo"))
        assert not plans.faults()
    found["records"] = {
        # Bytes under two names: the record has the one under which they were found first.
        path.name: path.read_text(encoding="utf-8").replace("plan-5.txt", "plan-1.txt")
        for path in (folder / "out").glob("*.json")
    }
    return found


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_the_order_of_files_leaves_no_trace(
    files: list[Path], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(files))
    cut = data.draw(st.integers(0, len(mixed)))
    top: Callable[[str], Path] = tmp_path_factory.mktemp
    assert loaded(top("mixed"), [mixed[:cut], mixed[cut:]]) == loaded(top("sorted"), [files])
