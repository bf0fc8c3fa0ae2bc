"""Facts of the real scans: the documentation agrees with the file, records are judged fairly."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from models import Plan
from pipeline import extract

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def scan_facts() -> ModuleType:
    path = ROOT / "benchmarks" / "scan_facts.py"
    spec = importlib.util.spec_from_file_location("scan_facts", path)
    assert spec and spec.loader
    module = sys.modules["scan_facts"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def facts() -> dict[str, Any]:
    """What a reader would write down about the small plan."""
    return {
        "file": "trong-cay.txt", "kind": "KH", "number": "7/KH-UBND", "issued_on": "2031-02-03",
        "title_initials": "tcn2", "signer": "Lê Văn A",
        "signature": {"signer": "Lê Văn A", "time": "2031-02-03T09:00:00+07:00"},
        "sections": ["I", "II", "II/1"], "bullets": 1, "recipients": 1, "pages": 1,
        "references": [{"kind": "Quyết định", "number": "12/QĐ-UBND", "date": "2031-01-05"}],
    }  # fmt: skip


def verdicts(scan_facts: ModuleType, facts: dict[str, Any], plan: Plan) -> dict[str, str]:
    return {finding.field: finding.verdict for finding in scan_facts.compare(facts, plan)}


def test_the_docs_have_the_facts(scan_facts: ModuleType) -> None:
    docs = (ROOT / "docs" / "scans.md").read_text(encoding="utf-8")
    assert scan_facts.markdown(list(scan_facts.load().values())) in docs
    assert "Về việc" not in docs


def test_titles_are_told_by_their_letters(scan_facts: ModuleType) -> None:
    assert scan_facts.initials("Về Đề án 06 – năm 2024") == "vda0n2"


def test_what_agrees_and_what_is_open(
    scan_facts: ModuleType, facts: dict[str, Any], small_plan: Callable[..., Plan]
) -> None:
    found = verdicts(scan_facts, facts, small_plan())
    assert found.pop("signer") == found.pop("signature") == "not sure"  # the plan has neither
    assert set(found.values()) == {"agree"}


@pytest.mark.parametrize(
    ("field", "change", "verdict"),
    [
        ("number", {"number": "1/KH-UBND"}, "WRONG"),
        ("number", {"number": None}, "not sure"),
        ("number", {"number": "1/KH-UBND", "confidence": {"number": 0.3}}, "not sure"),
        ("date", {"issued_on": "2031-02-08"}, "WRONG"),
        ("date", {"issued_on": "2031-02"}, "not sure"),
        ("date", {"issued_on": "2032"}, "WRONG"),
        ("title", {"title": "Điều khác hẳn"}, "WRONG"),
        ("kind", {"kind": "QĐ"}, "WRONG"),
    ],
)
def test_sure_and_wrong_is_told_from_not_sure(
    scan_facts: ModuleType,
    facts: dict[str, Any],
    small_plan: Callable[..., Plan],
    field: str,
    change: dict[str, Any],
    verdict: str,
) -> None:
    plan = small_plan()
    plan.header = plan.header.model_copy(update=change)
    assert verdicts(scan_facts, facts, plan)[field] == verdict


def test_sections_and_references_are_compared_as_sets(
    scan_facts: ModuleType, facts: dict[str, Any], small_plan: Callable[..., Plan]
) -> None:
    assert verdicts(scan_facts, facts, small_plan(references=[]))["references"] == "WRONG"
    assert verdicts(scan_facts, facts | {"sections": ["I"]}, small_plan())["sections"] == "WRONG"


def test_no_real_scan_has_a_sure_and_wrong_number_or_date(
    scan_facts: ModuleType, shared: Path
) -> None:
    if "vie" not in installed_languages():
        pytest.skip("Tesseract with Vietnamese is not installed")
    wrong = []
    for name, entry in scan_facts.load().items():
        path = shared / "corpus" / "scans" / name
        if not path.exists():
            pytest.skip("the ten real scans are not here")
        found = scan_facts.compare(entry, extract(path))
        wrong += [f for f in found if f.field in ("number", "date") and f.verdict == "WRONG"]
    assert not wrong


def installed_languages() -> list[str]:
    if not shutil.which("tesseract"):
        return []
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    return listed.stdout.split()
