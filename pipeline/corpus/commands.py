"""The commands that ask the corpus: what they do and print.

In: parsed arguments.  Out: tables and text on stdout, messages on stderr, an exit code.  What
people read is Vietnamese with English beside it; messages and errors are English.  Everything that
came out of a document is printed without the signs a terminal would obey.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from pipeline.corpus import answers, api, batch, duties, exporting, tables
from pipeline.corpus.answers import ROLES
from pipeline.corpus.batch import BatchRow
from pipeline.corpus.plain import lines, shown
from pipeline.corpus.printing import print_csv, print_json, table
from pipeline.corpus.searching import Answer, Hit
from pipeline.errors import (
    OK,
    SOME_FAILED,
    FileMissing,
    NotInCorpus,
    UsageError,
)
from pipeline.printing import say

_FACET_NAMES = {
    "province": "Tỉnh, thành phố / province",
    "year": "Năm / year",
    "issuer": "Cơ quan ban hành / issuer",
    "agency": "Cơ quan và vai trò / agency and role",
    "cites": "Văn bản viện dẫn / cited document",
    "kind": "Loại văn bản / kind of document",
}


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
        print_json(answers.answer_data(answer))
    elif args.csv:
        rows = (BatchRow(query, answer.total, rank, hit, "") for rank, hit in _ranked(answer))
        print_csv(batch.COLUMNS, (row.cells() for row in rows))
    else:
        print(answers.page(answer))
    if answer.changed:
        say("the corpus has changed since that cursor: hits may repeat or be missing")
    shown_hits = len(answer.hits)
    if args.csv and shown_hits < answer.total:
        say(f"{shown_hits} of {answer.total} hits" + _next(answer))
    return OK


def _save(args: Namespace) -> int:
    query = " ".join(args.query)
    if not query:
        raise UsageError("--save needs a query to keep.")
    with api.open(args.corpus, write=True) as corpus:
        batch.save(corpus.store, args.save, query)
    say(f"kept: kehoach search --use '{shown(args.save)}'")
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
            say(f"{shown(row.query, 60)}: {row.error}")
    if refused:
        return SOME_FAILED if refused < len(queries) else UsageError.exit_code
    return OK


def show(args: Namespace) -> int:
    """``kehoach show``."""
    with api.open(args.corpus) as corpus:
        plan = corpus.plan(args.plan, machine=args.machine)
    if args.section is None:
        print(plan.to_json() if args.json else answers.whole(plan), end="" if args.json else "\n")
        return OK
    wanted = tuple(part for part in args.section.strip("/ ").split("/") if part)
    found = [section for section in plan.walk() if tuple(section.path) == wanted]
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
                + (f" · {ROLES[value.role]}" if value.role else ""),
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
    say(f"{len(files)} files: {', '.join(map(str, files))}" if len(files) > 1 else str(files[0]))
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
                print(
                    table(
                        ("lần", "vấn đề / problem", "văn bản / document", "chi tiết / detail"), rows
                    )
                )
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
    print(answers.citing(citations))
    return OK


def due(args: Namespace) -> int:
    """``kehoach due``."""
    if args.all and (args.first or args.last):
        raise UsageError("--all lists what has no last day, so it takes no --from and no --to.")
    with api.open(args.corpus) as corpus:
        found = corpus.due(
            first=args.first, last=args.last, agency=args.agency, undated=args.all,
            copies=args.copies,
        )  # fmt: skip
        by_month = {} if args.all else dict(duties.by_month(corpus.store, copies=args.copies))
    if args.ics:
        sys.stdout.write(duties.icalendar(found))
    elif args.json:
        print_json([asdict(one) for one in found])
    elif args.csv:
        names = ("latest", "earliest", "kind", "deadline", "recurrence", "agency", "role", "text",
                 "province", "number", "section", "page", "record_id", "start", "end",
                 "copies")  # fmt: skip
        print_csv(names, answers.duty_rows(found))
    else:
        answers.print_duties(found)
    if undated := by_month.get(None):
        say(f"{undated} duties of the corpus have no last day; --all lists them too")
    several = {one.record_id: one.copies for one in found if one.copies}
    if several and not args.copies:
        say(
            f"{len(several)} of these plans are in the corpus several times and count once;"
            f" --copies lists the duties of their {sum(several.values())} copies too"
        )
    return OK


def _ranked(answer: Answer) -> Iterator[tuple[int, Hit]]:
    return enumerate(answer.hits, 1)


def _next(answer: Answer) -> str:
    return f"; the next page: --after {answer.after}" if answer.after else ""
