"""What the corpus's commands do and print.

In: parsed arguments.  Out: tables and text on stdout, messages on stderr, an exit code.  What
people read is Vietnamese with English beside it; messages and errors are English.  Everything that
came out of a document is printed without the signs a terminal would obey.
"""

from __future__ import annotations

import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models import Plan, Section
from pipeline.corpus import api, batch, duties, exporting, tables, writing
from pipeline.corpus.batch import BatchRow
from pipeline.corpus.plain import lines, shown
from pipeline.corpus.printing import print_csv, print_json, table
from pipeline.corpus.searching import Answer, Hit
from pipeline.corpus.writing import Added, Outcome
from pipeline.errors import (
    NONE_READ,
    OK,
    SOME_FAILED,
    BadRecord,
    FileMissing,
    KehoachError,
    NotInCorpus,
    UsageError,
)

_BATCH = 50
_WIDTH = 96
_FACET_NAMES = {
    "province": "Tỉnh, thành phố / province",
    "year": "Năm / year",
    "issuer": "Cơ quan ban hành / issuer",
    "agency": "Cơ quan và vai trò / agency and role",
    "cites": "Văn bản viện dẫn / cited document",
    "kind": "Loại văn bản / kind of document",
}
_ROLES = {
    "lead": "chủ trì",
    "coordinate": "phối hợp",
    "assignee": "được giao",
    "advise": "tham mưu",
    "supervise": "theo dõi",
    "report_to": "báo cáo",
    "via": "qua",
    "fund": "kinh phí",
}


def add(args: Namespace) -> int:
    """``kehoach add``."""
    paths = list(_record_files(args.paths))
    counts = dict.fromkeys(Outcome, 0)
    failed = 0

    def readable() -> Iterator[tuple[Path, Plan]]:
        nonlocal failed
        for path in paths:
            try:
                yield path, read_record(path)
            except KehoachError as error:
                failed += 1
                _say(f"{path}: {error.line()}")

    with api.open(args.corpus, write=True) as corpus:
        if corpus.store.needs_rebuild:
            _say(f"the index is made anew for {writing.rebuild(corpus.store)} plans")
        waiting: list[tuple[Path, Plan]] = []
        for pair in readable():
            waiting.append(pair)
            if len(waiting) >= _BATCH:
                failed += _add_batch(corpus, waiting, counts)
                waiting = []
        failed += _add_batch(corpus, waiting, counts)
        written = counts[Outcome.ADDED] + counts[Outcome.UPDATED]
        if written:
            writing.tidy(corpus.store, written)
        total = corpus.store.connection.execute("SELECT count(*) FROM plans").fetchone()[0]
        place = corpus.store.path
    done = ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count)
    _say(
        f"{place}: {done or 'nothing added'}{f', {failed} failed' if failed else ''}; {total} plans"
    )
    if not failed:
        return OK
    return SOME_FAILED if any(counts.values()) else NONE_READ


def _add_batch(
    corpus: api.Corpus, several: Sequence[tuple[Path, Plan]], counts: dict[Outcome, int]
) -> int:
    """One transaction; where one record is refused, the others one by one.  Returns failures."""
    try:
        done = list(corpus.add_many((plan for _, plan in several), batch=_BATCH))
    except BadRecord:
        done = []
        failed = 0
        for path, plan in several:
            try:
                done.append(corpus.add(plan))
            except BadRecord as error:
                failed += 1
                _say(f"{path}: {error.line()}")
        _count(done, counts)
        return failed
    _count(done, counts)
    return 0


def _count(done: Iterable[Added], counts: dict[Outcome, int]) -> None:
    for each in done:
        counts[each.outcome] += 1


def read_record(path: Path) -> Plan:
    """A record from a file.

    Raises:
        FileMissing, BadRecord: it cannot be read, or is no record.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileMissing(f"{path} cannot be opened: {error.strerror}.") from error
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise BadRecord(f"{shown(where, 80)}: {shown(first['msg'], 160)}.") from error


def _record_files(paths: Iterable[Path]) -> Iterator[Path]:
    found = False
    for path in paths:
        if path.is_dir():
            for each in sorted(path.rglob("*.json")):
                found = True
                yield each
        else:
            found = True
            yield path
    if not found:
        raise UsageError(
            "there is no record (*.json) in the folders.", next_step="Make some: kehoach extract."
        )


def search(args: Namespace) -> int:
    """``kehoach search``."""
    if args.save:
        return _save(args)
    with api.open(args.corpus) as corpus:
        if args.saved:
            kept = batch.saved(corpus.store)
            print(table(("name", "query"), [[name, query] for name, query in kept.items()]))
            return OK
        if args.batch:
            return _batch(corpus, args)
        query = batch.recall(corpus.store, args.use) if args.use else " ".join(args.query)
        answer = corpus.search(query, limit=args.limit, after=args.after, sort=args.sort)
    if args.json:
        print_json(answer_data(answer))
    elif args.csv:
        rows = (BatchRow(query, answer.total, rank, hit, "") for rank, hit in _ranked(answer))
        print_csv(batch.COLUMNS, (row.cells() for row in rows))
    else:
        print(page(answer))
    if answer.changed:
        _say("the corpus has changed since that cursor: hits may repeat or be missing")
    shown_hits = len(answer.hits)
    if args.csv and shown_hits < answer.total:
        _say(f"{shown_hits} of {answer.total} hits" + _next(answer))
    return OK


def _save(args: Namespace) -> int:
    query = " ".join(args.query)
    if not query:
        raise UsageError("--save needs a query to keep.")
    with api.open(args.corpus, write=True) as corpus:
        batch.save(corpus.store, args.save, query)
    _say(f"kept: kehoach search --use '{shown(args.save)}'")
    return OK


def _batch(corpus: api.Corpus, args: Namespace) -> int:
    try:
        text = args.batch.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileMissing(f"{args.batch} cannot be read as UTF-8 text.") from error
    queries = batch.read_queries(text, is_csv=args.batch.suffix.lower() == ".csv")
    if not queries:
        raise UsageError(f"{args.batch} holds no query.")
    refused = 0
    found = list(corpus.batch(queries, limit=args.limit, sort=args.sort))
    if args.json:
        print_json([dict(zip(batch.COLUMNS, row.cells(), strict=True)) for row in found])
    else:
        print_csv(batch.COLUMNS, (row.cells() for row in found))
    for row in found:
        if row.error:
            refused += 1
            _say(f"{shown(row.query, 60)}: {row.error}")
    if refused:
        return SOME_FAILED if refused < len(queries) else UsageError.exit_code
    return OK


def answer_data(answer: Answer) -> dict[str, Any]:
    """An answer as JSON data; spans are code points of the plan's text."""
    return {
        "query": answer.query,
        "total": answer.total,
        "after": answer.after,
        "changed": answer.changed,
        "suggestions": list(answer.suggestions),
        "hits": [
            {key: value for key, value in asdict(hit).items() if key != "snippet"}
            | {"snippet": snippet(hit, "", "")}
            for hit in answer.hits
        ],
    }


def page(answer: Answer) -> str:
    """An answer for people: how many, then every hit with its place and marked words."""
    on, off = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    out = [
        f"{answer.total} đoạn / passages"
        + (f", {len(answer.hits)} ở đây / here" * bool(answer.after))
    ]
    for rank, hit in enumerate(answer.hits, 1):
        head = " · ".join(
            shown(part, 60)
            for part in (hit.province, hit.number or "(không số)", hit.issued_on, hit.title)
            if part
        )
        where = " · ".join(
            filter(None, [f"mục {shown(hit.section, 60)}" * bool(hit.section),
                          f"trang {hit.page}" * (hit.page is not None), hit.record_id])
        )  # fmt: skip
        words = snippet(hit, "\ue000", "\ue001")
        body = textwrap.indent(textwrap.fill(words, _WIDTH), "   ")
        body = body.replace("\ue000", on).replace("\ue001", off)
        out += ["", f"{rank}. {head}", f"   {where}", body]
    if not answer.total:
        out.append("Không tìm thấy. Nothing found.")
        out += [f"Thử / try: kehoach search '{shown(each)}'" for each in answer.suggestions]
    if answer.after:
        out += ["", f"Trang sau / next page: --after {answer.after}"]
    return "\n".join(out)


def snippet(hit: Hit, on: str, off: str) -> str:
    """The part of a hit to show in one line, with signs around what was looked for."""
    part = hit.snippet
    pieces, at = [], part.start
    for mark in part.marks:
        pieces += [
            _clean(hit.text[at : mark.start]),
            on,
            _clean(hit.text[mark.start : mark.end]),
            off,
        ]
        at = mark.end
    pieces.append(_clean(hit.text[at : part.end]))
    before = "… " if part.start > 0 else ""
    behind = " …" if part.end < len(hit.text) else ""
    return before + "".join(pieces).strip() + behind


def _clean(text: str) -> str:
    """Like ``shown``, with the blanks at both ends kept; the signs used for marking are removed."""
    bare = lines(text).replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")
    return " ".join(bare.split("\n")).replace("\t", " ")


def show(args: Namespace) -> int:
    """``kehoach show``."""
    with api.open(args.corpus) as corpus:
        plan = corpus.plan(args.plan, machine=args.machine)
    if args.section is None:
        print(plan.to_json() if args.json else _whole(plan), end="" if args.json else "\n")
        return OK
    wanted = tuple(part for part in args.section.strip("/ ").split("/") if part)
    found = [section for section in _walk(plan.sections) if tuple(section.path) == wanted]
    if not found:
        raise NotInCorpus(
            f"the plan has no section {shown(args.section, 60)}.",
            next_step="kehoach show without --section lists them.",
        )
    for section in found:
        if args.json:
            print(section.model_dump_json(indent=2))
        else:
            print(lines(plan.text[section.span.start : section.span.end]))
    return OK


def _walk(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _whole(plan: Plan) -> str:
    header = plan.header
    facts = [
        ("Số / number", header.number),
        ("Ngày / issued", header.issued_on),
        ("Cơ quan / issuer", header.issuer.canonical if header.issuer else None),
        ("Tỉnh / province", header.province.name if header.province else None),
        ("Trích yếu / title", header.title),
        ("Người ký / signer", header.signer.name if header.signer else None),
        ("Hồ sơ / record", plan.id),
        ("Tệp / file", plan.source.name),
        ("Nhiệm vụ / tasks", str(len(plan.tasks))),
        ("Cảnh báo / warnings", str(len(plan.warnings))),
    ]
    out = [f"{name:22}{shown(value)}" for name, value in facts if value]
    out += ["", "Các mục / sections (--section PATH):"]
    out += [
        f"  {'/'.join(section.path):16} {shown(section.title, 70)}"
        for section in _walk(plan.sections)
        if section.children or len(section.path) == 1
    ]
    return "\n".join([*out, "", lines(plan.text)])


def facets(args: Namespace) -> int:
    """``kehoach facets``."""
    with api.open(args.corpus) as corpus:
        found = corpus.facets(" ".join(args.query), top=args.top)
    if args.json:
        print_json(asdict(found))
        return OK
    print(f"{found.passages} đoạn / passages, {found.plans} văn bản / plans")
    for facet in found.facets:
        rest = facet.distinct - len(facet.values)
        print(f"\n{_FACET_NAMES[facet.name]}" + (f" ({rest} nữa / more: --top)" if rest else ""))
        rows = [
            [
                str(value.passages),
                str(value.plans),
                shown(value.value or "(không rõ / unknown)", 60)
                + (f" · {_ROLES[value.role]}" if value.role else ""),
                shown(value.query or "", 80),
            ]
            for value in facet.values
        ]
        print(table(("đoạn", "văn bản", "giá trị / value", "thêm vào câu tìm / add"), rows))
    return OK


def export(args: Namespace) -> int:
    """``kehoach export``."""
    form = args.format or args.target.suffix.lstrip(".").lower()
    if form not in exporting.FORMATS:
        if args.target.suffix and not args.format:
            raise UsageError(
                f"{args.target.suffix} is none of the formats {', '.join(exporting.FORMATS)}.",
                next_step="Name one with --format.",
            )
        form = "csv"
    chosen = [tables.table_named(name) for name in args.table or ()] or list(tables.TABLES)
    with api.open(args.corpus) as corpus:
        files = exporting.export(corpus.store, args.target, form, query=args.query, tables=chosen)
    _say(f"{len(files)} files: {', '.join(map(str, files))}" if len(files) > 1 else str(files[0]))
    return OK


def cites(args: Namespace) -> int:
    """``kehoach cites``."""
    with api.open(args.corpus) as corpus:
        if args.conflicts:
            found = corpus.conflicts()
            if args.json:
                print_json([asdict(one) for one in found])
            else:
                rows = [
                    [
                        str(one.citations),
                        one.problem,
                        shown(one.document, 70),
                        shown(one.detail, 60),
                    ]
                    for one in found
                ]
                print(table(("times", "problem", "văn bản / document", "detail"), rows))
            return OK
        if not args.document:
            raise UsageError("name a document, for example: kehoach cites 76/NQ-CP")
        documents, citations = corpus.cites(" ".join(args.document))
    if args.json:
        print_json(
            {
                "documents": [asdict(one) for one in documents],
                "citations": [asdict(one) for one in citations],
            }
        )
        return OK
    for one in documents:
        facts = ", ".join(filter(None, [one.date or one.year or "không rõ năm", one.place]))
        print(
            f"{shown(one.label)} ({shown(facts)}): {one.citations} viện dẫn / citations,"
            f" {one.plans} văn bản / plans"
        )
    for citation in citations:
        start = max(0, citation.excerpt.find(citation.text) - 80)
        print(
            f"\n{shown(citation.province or '–')} · {shown(citation.plan_number or '(không số)')}"
            f" · {citation.role} · {citation.resolved}"
            f"{f' · mục {shown(citation.section)}' if citation.section else ''}"
            f" · {citation.record_id}"
        )
        print(textwrap.indent(textwrap.fill(shown(citation.excerpt[start:], 300), _WIDTH), "   "))
    return OK


def due(args: Namespace) -> int:
    """``kehoach due``."""
    if args.all and (args.first or args.last):
        raise UsageError("--all lists what has no last day, so it takes no --from and no --to.")
    with api.open(args.corpus) as corpus:
        found = corpus.due(first=args.first, last=args.last, agency=args.agency, undated=args.all)
        undated = 0 if args.all else duties.undated_count(corpus.store)
    if args.ics:
        sys.stdout.write(duties.icalendar(found))
    elif args.json:
        print_json([asdict(one) for one in found])
    elif args.csv:
        names = ("latest", "earliest", "kind", "deadline", "recurrence", "agency", "role", "text",
                 "province", "number", "section", "page", "record_id", "start", "end")  # fmt: skip
        print_csv(names, _due_rows(found))
    else:
        _print_duties(found)
    if undated:
        _say(f"{undated} deadlines of the corpus have no last day; --all lists them too")
    return OK


def _due_rows(found: Iterable[duties.Duty]) -> Iterator[list[str | int | None]]:
    for one in found:
        for charge in one.charges or (duties.Charge("", ""),):
            yield [
                one.latest, one.earliest, one.kind, one.deadline, one.recurrence, charge.agency,
                charge.role, one.text, one.province, one.number, one.section, one.page,
                one.record_id, one.start, one.end,
            ]  # fmt: skip


def _print_duties(found: Sequence[duties.Duty]) -> None:
    print(f"{len(found)} việc có thời hạn / duties")
    day: str | None = ""
    for one in found:
        if one.latest != day:
            day = one.latest
            print(f"\n{day or 'Không có ngày cuối / no last day'}")
        who = "; ".join(
            f"{shown(charge.agency, 60)} ({_ROLES[charge.role]})" for charge in one.charges
        )
        where = " · ".join(
            filter(None, [one.province, one.number, f"mục {one.section}" * bool(one.section)])
        )
        print(f"  {shown(one.deadline, 60)} · {shown(where)} · {one.record_id}")
        if who:
            print(textwrap.indent(textwrap.fill(who, _WIDTH), "    "))
        print(textwrap.indent(textwrap.fill(shown(one.text, 240), _WIDTH), "    "))


def _ranked(answer: Answer) -> Iterator[tuple[int, Hit]]:
    return enumerate(answer.hits, 1)


def _next(answer: Answer) -> str:
    return f"; the next page: --after {answer.after}" if answer.after else ""


def _say(message: str) -> None:
    print(message, file=sys.stderr)
