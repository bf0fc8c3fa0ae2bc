"""The child process that compares plans and writes the report, the workbook and the data.

In: a JSON line (corpus, ids of records, language, folder, limits).  Out: files in the folder, and a
JSON line that says how it went.  How far it is stands in the folder's file ``progress``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal

from pipeline import children
from pipeline.errors import KehoachError, ReaderCrashed

PROGRESS = "progress"
REPORT: Final = "report.html"
WORKBOOK: Final = "comparison.xlsx"
DATA: Final = "comparison.json"


def run(file: str, ids: list[str], lang: str, folder: Path) -> dict[str, int]:
    """Compare, and write everything; returns a few counts.

    Raises:
        KehoachError: a plan is gone, or the files cannot be written.
    """
    from pipeline import corpus
    from pipeline.comparison import compare
    from pipeline.comparison.report import html, workbook
    from pipeline.corpus.packing import unpack

    def tell(stage: str, share: float) -> None:
        (folder / PROGRESS).write_text(json.dumps([stage, round(share, 3)]), encoding="utf-8")

    tell("read", 0.0)
    sql = (
        "SELECT coalesce(c.record, p.record), p.text FROM plans p"
        " LEFT JOIN corrected c ON c.plan = p.id WHERE p.record_id = ?"
    )
    with corpus.open(file) as library:
        rows = [library.store.connection.execute(sql, [each]).fetchone() for each in ids]
    result = compare([unpack(*row) for row in rows if row], progress=tell)
    tell("write", 0.0)
    language: Literal["vi", "en"] = "vi" if lang == "vi" else "en"
    (folder / REPORT).write_text(html.render(result, language), encoding="utf-8")
    tell("write", 0.4)
    workbook.write(result, folder / WORKBOOK, language)
    tell("write", 0.8)
    data = json.dumps(result.to_dict(), ensure_ascii=False)
    (folder / DATA).write_text(data, encoding="utf-8")
    return {"plans": len(result.plans), "topics": len(result.topics), "items": len(result.items)}


def _answer(body: bytes) -> tuple[bytes, bool]:
    wanted = json.loads(body)
    error: KehoachError
    try:
        children.limit(wanted["seconds"], wanted["memory"], children.address_space())
        told = run(wanted["corpus"], wanted["ids"], wanted["lang"], Path(wanted["folder"]))
        return json.dumps(told).encode(), False
    except KehoachError as found:
        error = found
    except MemoryError:
        error = ReaderCrashed("The comparison took more memory than it may.")
    except Exception as found:
        error = KehoachError(f"the comparison failed ({type(found).__name__}).")
    line = {"code": error.code, "message": str(error), "next_step": error.next_step}
    return json.dumps(line).encode(), True


def main() -> None:
    """Compare until the parent is gone."""
    children.serve(_answer)
