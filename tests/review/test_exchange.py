"""Logs taken from one corpus to another."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from models import Plan
from pipeline import cli, corpus, review
from pipeline.corpus import Corpus
from pipeline.corrections.entries import Place
from pipeline.errors import OK, SOME_FAILED, BadCorrection
from pipeline.review import exchange


def filled(plans: Corpus, plan: Plan) -> bytes:
    """Some verdicts, one of them taken back twice over; the log as it is printed."""
    review.decide(plans, plan.id, "header/title", "edit", new={"title": "Khác"}, by="An", why="bìa")
    made = review.accept_rest(plans, plan.id, "deadlines", by="Bình")
    back = review.undo(plans, plan.id, made[0].id, by="An")
    review.undo(plans, plan.id, back.id, by="An")
    review.decide(plans, plan.id, "header/number", "reject", by="An")
    return json.dumps([asdict(one) for one in review.history(plans)]).encode()


def test_a_log_comes_over_whole_and_once(plans: Corpus, plan: Plan, tmp_path: Path) -> None:
    data = filled(plans, plan)
    with corpus.open(tmp_path / "other.db", write=True) as other:
        # entries about another plan first: numbers differ
        source = plan.source.model_copy(update={"sha256": "f" * 64})
        other.add(plan.model_copy(update={"id": "f" * 16, "source": source}))
        review.decide(other, "f" * 16, "header/kind", "accept", by="Chi")
        first = exchange.take_over(other, exchange.read(data))
        assert (first.new, first.known, first.refused) == (6, 0, ())
        other.add(plan)
        assert other.plan(plan.id) == plans.plan(plan.id)
        assert exchange.take_over(other, exchange.read(data)) == exchange.TakenOver(0, 6, ())
        review.decide(plans, plan.id, "header/kind", "accept", by="An")
        longer = json.dumps([asdict(one) for one in review.history(plans)]).encode()
        assert exchange.take_over(other, exchange.read(longer)).new == 1
        assert other.plan(plan.id) == plans.plan(plan.id)
        # both went on: nobody's verdict is overruled
        review.decide(other, plan.id, "header/place", "accept", by="Chi")
        review.decide(plans, plan.id, "header/place", "reject", by="An")
        apart = json.dumps([asdict(one) for one in review.history(plans)]).encode()
        before = other.plan(plan.id)
        assert exchange.take_over(other, exchange.read(apart)).refused == (plan.source.sha256,)
        assert other.plan(plan.id) == before


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[1]", b'[{"id": 1}]', b"\xff",
        b'[{"id":1,"sha256":"a","at":"2024-06-01T00:00:00+00:00","by":"","verdict":"burn","address":"header/kind"}]',
        b'[{"id":1,"sha256":"a","at":"2024-06-01T00:00:00+00:00","by":"","verdict":"accept","address":"/etc/passwd"}]',
        b'[{"id":1,"sha256":"a","at":"2024-06-01T00:00:00+00:00","by":"\\u0000","verdict":"accept","address":"header/kind"}]',
    ],
)  # fmt: skip
def test_what_is_no_log(data: bytes) -> None:
    with pytest.raises(BadCorrection):
        exchange.read(data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("address", "header/colour"),
        ("address", "complete/colours"),
        ("at", "yesterday"),
        ("at", "2024-06-01T00:00:00"),
        ("at", "9999-12-31T23:00:00+00:00"),
        ("evidence", Place(0, 1 << 40, "a", "", "", 0, 1)),
    ],
)
def test_what_could_never_be_shown_is_not_taken_over(
    plans: Corpus, plan: Plan, name: str, value: object
) -> None:
    """The log forgets nothing: such an entry would break its pages, or its plan, for ever."""
    filled(plans, plan)
    good, *_ = review.history(plans)
    assert exchange.read(json.dumps([asdict(good)]).encode()) == [good]
    bad = replace(good, **{name: value})  # type: ignore[arg-type]
    with pytest.raises(BadCorrection):
        exchange.read(json.dumps([asdict(bad)]).encode())


def test_an_undo_of_nothing_takes_nothing_over(plans: Corpus, plan: Plan) -> None:
    entries = exchange.read(filled(plans, plan))
    plans.remove(plan.id)
    alone = [one for one in entries if one.verdict == "undo"]
    other = [
        type(one)(**{**{name: getattr(one, name) for name in one.__slots__}, "sha256": "e" * 64})
        for one in alone
    ]
    with pytest.raises(BadCorrection, match="not there"):
        exchange.take_over(plans, other)
    assert len(review.history(plans)) == len(entries)


def test_the_command(
    capsys: pytest.CaptureFixture[str], plans: Corpus, plan: Plan, path: Path, tmp_path: Path
) -> None:
    filled(plans, plan)
    cli.main(["corrections", "--json", "--corpus", str(path)])
    file = tmp_path / "log.json"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    new = str(tmp_path / "new.db")
    assert cli.main(["correct", "--log", str(file), "--corpus", new]) == OK
    assert capsys.readouterr().err == "6 entries taken over, 0 were there\n"
    with corpus.open(new, write=True) as other:
        other.add(plan)
        assert other.plan(plan.id) == plans.plan(plan.id)
        review.decide(other, plan.id, "header/kind", "accept", by="Chi")
    review.decide(plans, plan.id, "header/place", "accept", by="An")
    cli.main(["corrections", "--json", "--corpus", str(path)])
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["correct", "--log", str(file), "--corpus", new]) == SOME_FAILED
