"""The same expectations over real plans, where they are: facts are counted, no text is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import corpus
from pipeline.corpus import Corpus

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    from pipeline import Pipeline

    folder = shared / "corpus" / "kh"
    if not folder.is_dir():
        pytest.skip("the real plans (../shared/corpus/kh) are not here")
    pipeline = Pipeline()
    path = tmp_path_factory.mktemp("real") / "corpus.db"
    with corpus.open(path, write=True) as writer:
        list(writer.add_many(pipeline(each) for each in sorted(folder.glob("*.txt"))[::4]))
    with corpus.open(path) as reader:
        yield reader


def test_every_query_of_the_second_set_is_answered_as_expected(real: Corpus) -> None:
    import search_quality

    results = [search_quality.judge(real, row) for row in search_quality.QUERIES]
    assert len(results) >= 40
    found = [result for result in results if result.total]
    assert len(found) >= 0.8 * len(results)
    assert sum(result.first_right for result in found) >= 0.95 * len(found)
    assert all(result.unmarked >= result.total for result in results)
