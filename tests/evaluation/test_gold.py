"""Gold files as people write them, the broken ones too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BadGold, FileMissing
from pipeline.evaluation.gold import MEMBERS, load_gold

WHOLE: dict[str, Any] = {
    "header": {"kind": "KH", "number": None, "recipients": ["Như trên"]},
    "outline": [{"path": ["I"], "title": "MỤC TIÊU"}],
    "bullets": {"I": 1},
    "references": [{"text": "Quyết định số 12/QĐ-UBND", "number": "12/QĐ-UBND"}],
    "agencies": [{"name": "Sở Xây dựng", "type": "named"}],
    "deadlines": [{"text": "hàng quý", "kind": "recurring", "value": "R/P3M", "section": ["I"]}],
    "targets": [{"text": "500 cây", "value": 500}],
    "assignments": [{"section": ["I"], "agency": "Sở Xây dựng", "role": "lead"}],
}


def write(folder: Path, content: object) -> Path:
    path = folder / "gold.json"
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file(tmp_path: Path) -> None:
    gold = load_gold(write(tmp_path, WHOLE))
    assert gold.header.recipients == ["Như trên"]
    assert gold.bullets == {"I": 1}
    assert gold.assignments[0].role == "lead"


def test_what_is_not_scored_may_stand_there(tmp_path: Path) -> None:
    load_gold(write(tmp_path, WHOLE | {"notes": ["unsure"], "annex_table": None}))


def test_bullets_may_be_left_out(tmp_path: Path) -> None:
    load_gold(write(tmp_path, {k: v for k, v in WHOLE.items() if k != "bullets"}))


PART = {"annotated": ["targets"], "targets": WHOLE["targets"]}


def test_a_part_may_be_annotated(tmp_path: Path) -> None:
    gold = load_gold(write(tmp_path, PART))
    assert gold.annotated == ("targets",)
    assert (gold.references, gold.header.kind) == ([], None)
    assert load_gold(write(tmp_path, WHOLE)).annotated == MEMBERS


def test_what_is_left_out_is_not_annotated(tmp_path: Path) -> None:
    rest = {k: v for k, v in WHOLE.items() if k not in ("outline", "targets")}
    annotated = load_gold(write(tmp_path, rest)).annotated
    assert set(MEMBERS) - set(annotated) == {"outline", "targets"}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "Invalid JSON"),
        ("{", "Invalid JSON"),
        ("[]", "should be an object"),
        ({}, "none of header, outline"),
        ({"refrences": []}, "none of header, outline"),
        (WHOLE | {"references": [{"number": "1"}]}, "references.0.text: Field required"),
        (WHOLE | {"outline": [{"path": "I"}]}, "outline.0.path"),
        (WHOLE | {"references": [{}], "agencies": [{}]}, "(and 2 more)"),
        (PART | {"annotated": ["targets", "deadlines"]}, "deadlines: Field required"),
        (PART | {"annotated": ["targgets"]}, "annotated.0"),
        (PART | {"annotated": "targets"}, "annotated"),
    ],
)
def test_bad_gold_says_where(tmp_path: Path, content: object, named: str) -> None:
    with pytest.raises(BadGold) as caught:
        load_gold(write(tmp_path, content))
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(BadGold):
        load_gold(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        load_gold(tmp_path / "none.json")
