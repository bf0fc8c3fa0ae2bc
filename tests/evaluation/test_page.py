"""The report as a page: whole, escaped, with every difference in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from models import Plan
from models.record import AssignmentRole
from pipeline import cli
from pipeline.evaluation.counts import CATEGORIES, GROUPS, SURENESS, Count, Miss, Quote, Score
from pipeline.evaluation.page import _words, render
from pipeline.evaluation.report import SOURCES, Report, evaluate

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


def test_everything_strange_is_escaped() -> None:
    miss = Miss(EVIL, "agencies", EVIL, EVIL, EVIL, Quote(EVIL, EVIL, EVIL), EVIL)
    score = Score(counts={"agencies": Count(0, 1, 1)}, misses=[miss])
    page = render(Report(documents=1, without_record=[EVIL], total=score))
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") == 9
    assert "{{ 7*7 }}" in page


def test_nothing_is_fetched_and_nothing_runs(report: Report) -> None:
    page = render(report)
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"\b(?:src|href)=\"(?!#)", page)
    assert not re.search(r"\bstyle=|\bon\w+=|@import|url\(", page)


@pytest.fixture
def report(tmp_path: Path, small_plan: Callable[..., Plan]) -> Report:
    gold = {"deadlines": [{"text": "Trồng 500 cây", "value": None}], "targets": []}
    (tmp_path / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.json").write_text(small_plan().to_json(), encoding="utf-8")
    return evaluate(tmp_path, tmp_path / "records")


def test_every_difference_is_shown(report: Report) -> None:
    page = render(report)
    assert page.count("<li class=") == len(report.misses) == 3
    assert "xong <mark>trước ngày 30 tháng 6</mark>." in page
    assert "<mark>Trồng 500 cây</mark>" in page


def test_categories_without_gold_are_not_shown(report: Report) -> None:
    assert "Phân công" not in render(report)


def test_every_name_has_its_words() -> None:
    names = {*CATEGORIES, *GROUPS, *SOURCES, *SURENESS, *get_args(AssignmentRole)}
    assert names <= set(_words())
    assert all(vi and en for vi, en in _words().values())


def test_the_same_report_gives_the_same_page(report: Report) -> None:
    assert render(report) == render(report)


def test_command(tmp_path: Path, report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page" / "report.html"
    arguments = ["evaluate", str(tmp_path), str(tmp_path / "records"), "--html", str(target)]
    assert cli.main(arguments) == 4
    assert capsys.readouterr().err.startswith("cannot-write: ")
    target.parent.mkdir()
    assert cli.main(arguments) == 0
    assert target.read_text(encoding="utf-8") == render(report)
