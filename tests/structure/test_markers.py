"""Markers by themselves: what they count, and which words before or after rule them out."""

from __future__ import annotations

import pytest

from pipeline.structure import markers
from pipeline.structure.markers import Candidate


def find(text: str) -> list[Candidate]:
    return markers.find(text, 0, len(text))


@pytest.mark.parametrize(
    ("line", "kind", "label", "value", "prefix"),
    [
        ("IV. NỘI DUNG", "roman", "IV", 4, ()),
        ("IX. KINH PHÍ", "roman", "IX", 9, ()),
        ("12. Chăm sóc", "arabic", "12", 12, ()),
        ("2) Chăm sóc", "arabic", "2", 2, ()),
        ("2.3. Chăm sóc", "decimal", "2.3", 3, (2,)),
        ("2.3.1. Chăm sóc", "decimal", "2.3.1", 1, (2, 3)),
        ("a) Chăm sóc", "point", "a", 1, ()),
        ("2.3. “Chăm sóc”", "decimal", "2.3", 3, (2,)),
        ("đ) Chăm sóc", "point", "đ", 5, ()),
        ("g) Chăm sóc", "point", "g", 7, ()),
        ("f) Chăm sóc", "point", "f", 6.5, ()),  # no Vietnamese letter: between e and g
        ("B. CHĂM SÓC", "letter", "B", 2, ()),
        ("Điều 7. Chăm sóc", "article", "Điều 7", 7, ()),
        ("Chương II", "chapter", "Chương II", 2, ()),
        ("Dự án 2: Chăm sóc", "project", "Dự án 2", 2, ()),
        ("TIỂU DỰ ÁN 1. Chăm sóc", "subproject", "TIỂU DỰ ÁN 1", 1, ()),
        ("Nội dung số 03: Chăm sóc", "activity", "Nội dung số 03", 3, ()),
    ],
)
def test_what_a_marker_counts(
    line: str, kind: str, label: str, value: float, prefix: tuple[int, ...]
) -> None:
    (found,) = find(f"{line}\nCây xanh.")
    assert (found.kind, found.label, found.value, found.prefix) == (kind, label, value, prefix)


@pytest.mark.parametrize("text", ["IIII. NỘI DUNG", "VX. NỘI DUNG", "0. Chăm sóc", "I."])
def test_what_counts_nothing(text: str) -> None:
    assert find(text) == []


def test_a_project_that_a_sentence_names_is_no_marker() -> None:
    assert find("Cây xanh theo Dự án 2: Chăm sóc.") == []


@pytest.mark.parametrize("before", ["theo khoản", "đến năm", "tại Phụ lục", "Quý", "mức độ"])
def test_a_citation_is_no_marker(before: str) -> None:
    assert find(f"Trồng cây {before} 2. Chăm sóc cây.") == []


@pytest.mark.parametrize(
    "quoted",
    ["“4. Sở trồng cây: a) Cây; b) Cỏ; ”", "“Điều 5. Trồng cây\n1. Cây.”", "“a) Cây; b) Cỏ.”"],
)
def test_the_items_of_a_quoted_act_are_no_markers(quoted: str) -> None:
    found = find(f"a) Việc giao tại Luật {quoted}\nb) Chăm sóc cây.")
    assert [marker.label for marker in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1. MỤC ĐÍCH CHUNG 1. Mục đích\n2. Yêu cầu\nII. NỘI DUNG\n", ["roman", "arabic"]),
        ("1. MỤC ĐÍCH CHUNG 1. Mục đích\n2. Yêu cầu\n", ["arabic", "arabic"]),
        ("1. Mục đích 1. Mục đích\n2. Yêu cầu\nII. NỘI DUNG\n", ["arabic", "arabic"]),
    ],
)
def test_a_figure_for_the_roman_one(text: str, kinds: list[str]) -> None:
    found = find(text)
    assert [marker.kind for marker in found[:2]] == kinds
    assert found[0].label == "1"


def test_a_line_start_speaks_for_a_marker() -> None:
    (at_line,) = find("Trồng cây\n2. Chăm sóc")
    (inside,) = find("Trồng cây 2. Chăm sóc")
    assert at_line.local > inside.local


def test_capitals_speak_for_a_heading() -> None:
    (capitals,) = find("II. CHĂM SÓC\n")
    (mixed,) = find("II. Chăm sóc\n")
    assert capitals.local > mixed.local
