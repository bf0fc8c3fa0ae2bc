"""Numbers, dates and codes as people say them; the catalogue is complete in both languages."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from pipeline.comparison import report, results
from pipeline.comparison.report.speech import Speech, alphabetical, shortened
from pipeline.comparison.wording import catalogue

VI, EN = Speech("vi"), Speech("en")


@pytest.mark.parametrize(
    ("edtf", "vi", "en"),
    [
        ("2024-02-21", "21/02/2024", "21 Feb 2024"),
        ("2025-08", "08/2025", "Aug 2025"),
        ("2024", "2024", "2024"),
        ("2021/2025", "2021 – 2025", "2021 – 2025"),
        ("../2024-06-30", "đến 30/06/2024", "until 30 Jun 2024"),
        ("2024/..", "2024", "2024"),
        ("R/P3M", "R – P3M", "R – P3M"),
        (None, "", ""),
    ],
)
def test_dates(edtf: str | None, vi: str, en: str) -> None:
    assert (VI.date(edtf), EN.date(edtf)) == (vi, en)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(1234567, "1.234.567", "1,234,567"), (0.5, "0,5", "0.5"), (1200.25, "1.200,25", "1,200.25"),
     (80, "80", "80")],
)  # fmt: skip
def test_numbers(value: float, vi: str, en: str) -> None:
    assert (VI.number(value), EN.number(value)) == (vi, en)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (("II", "3", "a"), "mục II › 3 › a"),
        (("II", "-2"), "mục II › gạch 2"),
        (("Điều 5", "1"), "Điều 5 › 1"),
        (("PL1",), "Phụ lục 1"),
        (("-1", "+2"), "gạch 1 › cộng 2"),
        ((), "ngoài đề mục"),
    ],
)
def test_places_in_a_plan(section: tuple[str, ...], words: str) -> None:
    assert VI.path(section) == words


@pytest.mark.parametrize(
    ("duration", "vi"),
    [("P3M", "hằng quý"), ("P2M", "2 tháng một lần"), ("P10D", "10 ngày một lần"),
     (None, "một lần")],
)  # fmt: skip
def test_rhythms(duration: str | None, vi: str) -> None:
    assert VI.every(duration) == vi


def test_one_and_many() -> None:
    assert EN("scope.places", n=1) == "1 place" and EN("scope.places", n=2) == "2 places"


def test_names_are_ordered_as_in_a_dictionary() -> None:
    assert sorted(["Yên Bái", "Đà Nẵng", "Cà Mau"], key=alphabetical) == [
        "Cà Mau", "Đà Nẵng", "Yên Bái",
    ]  # fmt: skip


def test_texts_are_cut_at_words() -> None:
    assert shortened("một hai ba bốn", 8) == "một hai…"
    assert shortened("một hai", 8) == "một hai"


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        VI("col.nowhere")


def places(phrase: str) -> set[str]:
    """What is to be filled in; English can leave out what a column is."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name} - {"unit", "units"}


def test_both_languages_say_the_same_things() -> None:
    vi, en = catalogue("vi"), catalogue("en")
    assert all(vi.values()) and all(en.values())
    for key in vi:
        assert places(vi[key]) == places(en[key]), key


OWN = r"(?:col|report|note|finding|doubt|scope|reason|sheet)\.[a-z-]*[a-z]"
FILES = {"report.css", "report.js"}
# Made from a code: f"report.every-{unit}".
MADE = re.compile(r"(?:report\.(?:every|sign)-|doubt\.(?:near|incomplete)|sheet\.|note\.).*")


def test_the_report_and_the_catalogue_have_the_same_phrases() -> None:
    folder = Path(report.__file__).parent
    asked = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked |= {node.value} if re.fullmatch(OWN, node.value) else set()
    page = (folder / "templates" / "page.html.j2").read_text(encoding="utf-8")
    asked = asked - FILES | set(re.findall(rf"say\('({OWN})'", page))
    known = {key for key in catalogue("vi") if re.fullmatch(OWN, key)}
    assert asked <= known
    assert {key for key in known - asked if not MADE.fullmatch(key)} == set()


FAMILIES = {
    ("Kind",): "kind",
    ("Fact",): "fact",
    ("ChangeKind",): "change",
    ("Direction",): "direction",
    ("CautionCode",): "caution",
}


@pytest.mark.parametrize(("names", "family"), FAMILIES.items())
def test_every_code_of_the_results_has_words(names: tuple[str, ...], family: str) -> None:
    kind = getattr(results, names[0])
    assert get_origin(kind) is Literal
    assert {f"{family}.{code}" for code in get_args(kind)} <= set(catalogue("vi"))


# Codes that the record defines and the results pass on.
ROLES = ("lead", "coordinate", "assignee", "advise", "supervise", "report_to", "via", "fund")
DUES = ("due", "within", "recurring", "continuous", "relative", "event")
CITED = ("basis", "implements", "carrier", "amends", "replaces", "cites")


@pytest.mark.parametrize(("family", "codes"), [("role", ROLES), ("due", DUES), ("cited", CITED)])
def test_every_code_of_the_record_has_words(family: str, codes: tuple[str, ...]) -> None:
    assert {f"{family}.{code}" for code in codes} <= set(catalogue("vi"))
