"""Comparisons that people ask for: made one after the other in a child process, kept for a while.

In: ids of records.  Out: a ``Job`` to watch, in the end files: report, workbook, data.

The same plans in the same state are compared once, whoever asks.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pipeline.children import Child
from pipeline.corpus import Corpus
from pipeline.corpus.compiling import compile_query
from pipeline.corpus.query import parse
from pipeline.corpus.searching import numbers
from pipeline.errors import CorpusBusy, KehoachError, NoSuchPage, TooManyPlans, UsageError
from pipeline.settings import settings
from pipeline.web.comparing import DATA, PROGRESS, REPORT, WORKBOOK

FileName = Literal["report.html", "comparison.xlsx", "comparison.json"]
FILES: tuple[FileName, ...] = (REPORT, WORKBOOK, DATA)
_KEPT = 12
_MOST_WAITING = 4


@dataclass(frozen=True, slots=True)
class Job:
    """One comparison.

    Attributes:
        key: names it; the same for the same plans in the same state and language.
        state: how far it is; its files are there when it is done.
        stage, share: what is being done, and the share of it that is done.
        plans, topics, items: counts of the result; files of one plan count as one.
        code, note, next_step: of a failure.
    """

    key: str
    state: Literal["waiting", "running", "done", "failed"]
    stage: str = ""
    share: float = 0.0
    plans: int = 0
    topics: int = 0
    items: int = 0
    code: str = ""
    note: str = ""
    next_step: str = ""


def chosen(corpus: Corpus, ids: Sequence[str], query: str) -> list[str]:
    """The plans that are meant: those named, and those with a passage that a query finds.

    Raises:
        KehoachError: too few, too many, or the query is not understood.
    """
    run = corpus.store.connection.execute
    found = dict.fromkeys(ids)
    if query:
        line = numbers(corpus.store.connection, compile_query(parse(query)))
        plans = sorted({int(each) >> 16 for each in line.split(",") if each})
        for plan in plans[: settings().max_compared + 1]:
            found[run("SELECT record_id FROM plans WHERE id = ?", [plan]).fetchone()[0]] = None
    there = [
        each for each in found if run("SELECT 1 FROM plans WHERE record_id = ?", [each]).fetchone()
    ]
    if len(there) < 2:
        raise UsageError(
            f"there are {len(there)} plans to compare.",
            next_step="Choose two or more, or ask a wider query.",
        )
    if len(there) > settings().max_compared:
        raise TooManyPlans(f"more than {settings().max_compared} plans (KEHOACH_MAX_COMPARED).")
    return sorted(there)


class Comparisons:
    """Comparisons of one site."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._child = Child("pipeline.web.comparing", requests=20)
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="compare")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._folder: Path | None = None

    def ask(self, corpus: Corpus, ids: Sequence[str], lang: str) -> Job:
        """The comparison of these plans; begun where nobody asked for it before.

        A failure is told once; whoever asks again tries again.

        Args:
            corpus: where the plans are.
            ids: from ``chosen``.
            lang: "vi" or "en".

        Raises:
            CorpusBusy: too many comparisons wait.
        """
        key = self._key(corpus, ids, lang)
        with self._lock:
            known = self._jobs.get(key)
            if known is not None:
                if known.state == "failed":
                    del self._jobs[key]
                else:
                    self._jobs.move_to_end(key)
                return self._progress(known)
            waiting = sum(job.state in ("waiting", "running") for job in self._jobs.values())
            if waiting >= _MOST_WAITING:
                raise CorpusBusy("other comparisons are being made.")
            job = self._jobs[key] = Job(key, "waiting")
            while len(self._jobs) > _KEPT:
                self._forget()
        self._threads.submit(self._make, key, list(ids), lang)
        return job

    def get(self, key: str) -> Job:
        """A comparison by its key.

        Raises:
            NoSuchPage: it is not kept any more.
        """
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                raise NoSuchPage("this comparison is not kept any more: ask for it again.")
            return self._progress(job)

    def file(self, key: str, name: FileName) -> Path:
        """One of the files of a comparison that is done.

        Raises:
            NoSuchPage: it is not done, or not kept any more.
        """
        if self.get(key).state != "done" or name not in FILES:
            raise NoSuchPage("this comparison is not done.")
        return self._place(key) / name

    def close(self) -> None:
        """End the child, and remove the files."""
        # First what waits: else the thread goes on with it as soon as its child is gone.
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._child.close()
        self._threads.shutdown(wait=True)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @staticmethod
    def _key(corpus: Corpus, ids: Sequence[str], lang: str) -> str:
        made = hashlib.sha256(lang.encode())
        for each in ids:
            row = corpus.store.connection.execute(
                "SELECT p.pipeline, (SELECT max(id) FROM corrections c WHERE c.sha256 = p.sha256)"
                " FROM plans p WHERE p.record_id = ?",
                [each],
            ).fetchone()
            made.update(repr((each, row)).encode())
        return made.hexdigest()[:32]

    def _place(self, key: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="kehoach-compare-"))
        return self._folder / key

    def _progress(self, job: Job) -> Job:
        if job.state != "running":
            return job
        with contextlib.suppress(OSError, ValueError):
            stage, share = json.loads((self._place(job.key) / PROGRESS).read_text("utf-8"))
            return replace(job, stage=stage, share=share)
        return job

    def _forget(self) -> None:
        """Drop the oldest that is done."""
        for key, job in self._jobs.items():
            if job.state in ("done", "failed"):
                del self._jobs[key]
                shutil.rmtree(self._place(key), ignore_errors=True)
                return

    def _make(self, key: str, ids: list[str], lang: str) -> None:
        folder = self._place(key)
        limits = settings()
        wanted = {
            "corpus": str(self._corpus.resolve()),
            "ids": ids,
            "lang": lang,
            "folder": str(folder),
            "seconds": limits.seconds_per_comparison,
            "memory": limits.memory_per_comparison,
        }
        self._set(Job(key, "running", "read"))
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            told = json.loads(
                self._child.ask(
                    json.dumps(wanted).encode(),
                    limits.seconds_per_comparison,
                    "KEHOACH_SECONDS_PER_COMPARISON",
                )
            )
        except (KehoachError, OSError, ValueError) as error:
            known = error if isinstance(error, KehoachError) else KehoachError(f"{error}.")
            told = {"code": known.code, "message": str(known), "next_step": known.next_step}
        if "code" in told:
            shutil.rmtree(folder, ignore_errors=True)
            code, note, step = told["code"], told["message"], told["next_step"]
            self._set(Job(key, "failed", code=code, note=note, next_step=step))
            return
        self._set(Job(key, "done", "", 1.0, told["plans"], told["topics"], told["items"]))

    def _set(self, job: Job) -> None:
        with self._lock:
            if job.key in self._jobs:
                self._jobs[job.key] = job
