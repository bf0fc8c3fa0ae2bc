"""The corpus's commands as the command line declares them; nothing heavy is imported here.

In: a function that makes a sub-parser.  Out: parsers whose ``command`` runs ``commands``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pipeline.declaring import Declare, corpus_option, later

SORTS = ("rank", "newest", "oldest", "province", "due", "plan")
FORMATS = ("jsonl", "csv", "parquet", "xlsx")

_run = partial(later, "pipeline.corpus.commands")


def declare(command: Declare) -> None:
    """Declare every command of the corpus.

    Args:
        command: from the command line's parser.
    """
    sub = command(
        later("pipeline.corpus.keeping", "add"),
        "add",
        "put records into the corpus",
        _ADD,
        _ADD_EXAMPLES,
    )
    sub.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="a record, or a folder of records"
    )
    corpus_option(sub)

    sub = command(
        later("pipeline.corpus.keeping", "remove"),
        "remove",
        "take plans out of the corpus",
        _REMOVE,
        "",
    )
    sub.add_argument(
        "names", metavar="NAME", nargs="+", help="id of a record, a plan's number or file's name"
    )
    sub.add_argument("--yes", action="store_true", help="do not ask")
    corpus_option(sub)

    sub = command(_run("search"), "search", "search the corpus", _SEARCH, _SEARCH_EXAMPLES)
    sub.add_argument("query", metavar="QUERY", nargs="*", help="words and fields: docs/query.md")
    sub.add_argument("--limit", type=int, default=10, help="results on this page (10)")
    sub.add_argument(
        "--after", metavar="CURSOR", help="the next page: the cursor of the one before"
    )
    sub.add_argument("--sort", choices=SORTS, help="order of the results")
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything about each hit, as JSON")
    form.add_argument("--csv", action="store_true", help="one row per hit")
    sub.add_argument("--batch", metavar="FILE", type=Path, help="many queries: a line each, or CSV")
    sub.add_argument("--save", metavar="NAME", help="keep the query under a name")
    sub.add_argument("--use", metavar="NAME", help="run a query that was kept")
    sub.add_argument("--saved", action="store_true", help="list the queries that were kept")
    corpus_option(sub)

    sub = command(_run("show"), "show", "show a plan of the corpus", _SHOW, "")
    sub.add_argument("plan", metavar="ID", help="id of its record, its number or its file's name")
    sub.add_argument("--section", metavar="PATH", help="only this section, for example II/3")
    sub.add_argument("--json", action="store_true", help="the record itself")
    sub.add_argument("--machine", action="store_true", help="as read, without corrections")
    corpus_option(sub)

    sub = command(_run("facets"), "facets", "count what a query finds", _FACETS, "")
    sub.add_argument("query", metavar="QUERY", nargs="*", help="nothing for the whole corpus")
    sub.add_argument("--top", type=int, default=10, help="values per facet (10)")
    sub.add_argument("--json", action="store_true", help="as JSON")
    corpus_option(sub)

    sub = command(_run("export"), "export", "write tables or records to files", _EXPORT, "")
    sub.add_argument("target", metavar="TARGET", type=Path, help="a file, or a folder")
    sub.add_argument("--format", choices=FORMATS, help="by the ending of TARGET; else csv")
    sub.add_argument("--query", default="", help="only what a query finds")
    sub.add_argument(
        "--table", action="append", metavar="NAME", help="only this table; may be repeated"
    )
    corpus_option(sub)

    sub = command(_run("cites"), "cites", "see who cites a document, and where", _CITES, "")
    sub.add_argument("document", metavar="NUMBER", nargs="*", help="a number, or words of a law")
    sub.add_argument("--conflicts", action="store_true", help="list what needs a person instead")
    sub.add_argument("--json", action="store_true", help="as JSON")
    corpus_option(sub)

    sub = command(_run("due"), "due", "a calendar of duties", _DUE, "")
    sub.add_argument("--from", dest="first", metavar="DATE", help="first day, month or year")
    sub.add_argument("--to", dest="last", metavar="DATE", help="last day, month or year")
    sub.add_argument("--agency", metavar="NAME", help="a body; SNV is understood")
    sub.add_argument("--all", action="store_true", help="also what has no last day")
    sub.add_argument("--copies", action="store_true", help="also from copies of a plan")
    form = sub.add_mutually_exclusive_group()
    form.add_argument("--ics", action="store_true", help="as iCalendar")
    form.add_argument("--csv", action="store_true", help="one row per duty and body")
    form.add_argument("--json", action="store_true", help="as JSON")
    corpus_option(sub)


_ADD = """\
Put records (kehoach extract ... -o DIR) into the corpus, which is made if it is missing.

A plan is known by the bytes of its file: added again it is brought up to date, and under a
second file name it is one plan with two names. Every batch of plans is one transaction."""

_ADD_EXAMPLES = """\
examples:
  kehoach add data/extracted
  kehoach add records/plan.json --corpus plans.db"""

_REMOVE = """\
Take plans out of the corpus with all that was made of them. It asks first, unless --yes says
so. The files and records they came from stay where they are, as does the log of corrections."""

_SEARCH = """\
Find passages: duties, table rows, sections. Diacritics may be left out; the exact spelling
comes first. The language of queries: docs/query.md. Put the query into single quotes where
it holds double ones; write -- before one that begins with a minus."""

_SEARCH_EXAMPLES = """\
examples:
  kehoach search cai cach hanh chinh
  kehoach search 'agency:"Sở Nội vụ" báo cáo due:<2024-07-01 cites:76/NQ-CP'
  kehoach search 'lead:SNV today:"Đà Nẵng"' --csv > duties.csv
  kehoach search --batch queries.txt > evidence.csv"""

_SHOW = "Show a plan: its letterhead, outline and words, or one section of it."

_FACETS = """\
Count hits by province, year, issuer, agency and role, cited document and kind of document.
Each value comes with what to add to the query to see just these."""

_EXPORT = """\
Write the corpus as records (jsonl) or as tidy tables (csv, parquet: a folder; xlsx: a file),
with a data dictionary."""

_CITES = """\
List the plans that cite a document, and the words in which they do. A number that exists in
several years or provinces is several documents, and all are shown."""

_DUE = """\
List duties by the last day that keeps them. Dates may be days, months or years; both ends
are included. What recurs without a last day is counted, and listed with --all. A plan that is
there several times (scan, Word file) owes its duties once, unless --copies is given."""
