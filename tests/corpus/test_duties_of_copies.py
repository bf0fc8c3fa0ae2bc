"""A plan that is in the corpus several times owes its duties once; how many copies, is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline import Pipeline, corpus
from pipeline.corpus import Corpus, duties
from tests.corpus.test_copies import WORDS, text

DUE = " Sở Nội vụ báo cáo trước ngày 30 tháng 6. Sở Nội vụ tổng hợp hàng quý."


@pytest.fixture
def thrice(tmp_path) -> Iterator[Corpus]:
    """One plan as three files, and another one."""
    read = Pipeline()
    signed = text(words=WORDS + DUE) + "\nKT. CHỦ TỊCH\n"
    other = text("99/KH-UBND", province="Yên Bái", words="Việc khác hẳn." + DUE)
    made = [text(words=WORDS + DUE), signed, f"{signed} ", other]
    with corpus.open(tmp_path / "c.db", write=True) as plans:
        for number, each in enumerate(made):
            plans.add(read.from_text(each, f"{number}.txt"))
        yield plans


def test_copies_owe_once(thrice: Corpus) -> None:
    first, other = thrice.due()
    assert (first.number, first.copies) == ("12/KH-UBND", 2)
    assert (other.number, other.copies) == ("99/KH-UBND", 0)
    assert first.record_id == thrice.plan("0.txt").id
    every = thrice.due(copies=True)
    assert len(every) == 4 and sorted(each.copies for each in every) == [0, 2, 2, 2]


def test_months_count_what_is_listed(thrice: Corpus) -> None:
    for copies in (False, True):
        listed = thrice.due(undated=True, copies=copies)
        counted = dict(duties.by_month(thrice.store, copies=copies))
        assert counted == {
            month: sum((each.latest or "")[:7] == (month or "") for each in listed)
            for month in (None, "2024-06")
        }
