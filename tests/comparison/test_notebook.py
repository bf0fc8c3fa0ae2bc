"""The notebook runs from top to bottom, and nothing that it printed is committed."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parent.parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_committed(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_provinces_are_compared() -> None:
    notebook = nbformat.read(FOLDER / "compare_provinces.ipynb", as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    client.execute()
    shown = [
        "".join(str(output.get("data", {}).get("text/plain", "")) for output in cell["outputs"])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert "Nghệ An 2023" in shown[1]
    assert "a-to-b" in "".join(shown)
    assert "reworded" in shown[-1]
    assert all("Empty DataFrame" not in each for each in shown)
