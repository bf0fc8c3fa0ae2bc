"""The tables of the corpus, and how an older file becomes today's.

In: a connection.  Out: a database of today's version, or a ``KehoachError``.

One file is the corpus.  What belongs to a plan is kept under ``(plan, place)``: the plan's number
and the thing's place in the record's own list, counted from 0.  So a plan's rows lie side by side,
leave with one stroke, and need no number and no look-up index of their own, which would take half
as much room again as the text.  Nothing that the text says is kept twice: what is printed is a
stretch of ``plans.text``, and the views show it.

A passage's number in the whole corpus is ``plan * 65536 + place``: a hit of the index tells its
plan without a look-up, which is most of what facets cost.  The index keeps no text and no lengths
(``content=''``, ``columnsize=0``); what stands in its one column, ``spelling.indexed`` says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pipeline.corpus import spelling
from pipeline.corpus.views import VIEWS
from pipeline.errors import CorpusTooNew, NotACorpus

# "KHHK": SQLite's header names the program that a file belongs to.
APPLICATION_ID = 0x4B48484B
VERSION = 5
# Files of earlier versions were never published; their records are added anew.
FIRST = 5
PLACES = 65536

# Confidence is kept in percent: one byte instead of eight.  NULL in name, kind, level of an agency,
# in kind, number, name, issuer of a citation, and in section_path of a task means: as the body, the
# document, the passage has it.  The views put these in.
_TABLES = """
CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    record_id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    kind TEXT, kind_name TEXT, number TEXT, number_key TEXT, symbol TEXT,
    issued_on TEXT, place TEXT,
    issuer TEXT, issuer_key TEXT,
    title TEXT, plan_period TEXT,
    province TEXT, province_code TEXT, province_now TEXT, province_now_code TEXT,
    signer TEXT, signer_position TEXT,
    media_type TEXT NOT NULL, bytes INTEGER NOT NULL,
    schema_version TEXT NOT NULL, pipeline TEXT NOT NULL,
    text TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX plans_province ON plans (province);
CREATE INDEX plans_province_now ON plans (province_now);
CREATE INDEX plans_number ON plans (number_key);

CREATE TABLE plan_years (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    year INTEGER NOT NULL,
    PRIMARY KEY (plan, year)
) WITHOUT ROWID;

CREATE TABLE sources (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (plan, name)
) WITHOUT ROWID;

CREATE TABLE pages (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    width REAL, height REAL,
    read_by TEXT NOT NULL, confidence INTEGER NOT NULL, warnings TEXT,
    PRIMARY KEY (plan, number)
) WITHOUT ROWID;

CREATE TABLE sections (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    heading_start INTEGER, heading_end INTEGER,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, confidence INTEGER NOT NULL,
    first_passage INTEGER NOT NULL, last_passage INTEGER NOT NULL,
    PRIMARY KEY (plan, place)
) WITHOUT ROWID;

CREATE TABLE passages (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    section INTEGER,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    page INTEGER, boxes TEXT,
    id INTEGER GENERATED ALWAYS AS (plan << 16 | place) VIRTUAL,
    PRIMARY KEY (plan, place),
    FOREIGN KEY (plan, section) REFERENCES sections (plan, place)
) WITHOUT ROWID;

CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT, level TEXT
);

CREATE TABLE agencies (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    body INTEGER NOT NULL REFERENCES bodies (id),
    name TEXT,
    kind TEXT, level TEXT, parent TEXT, successors TEXT,
    confidence INTEGER NOT NULL,
    passages TEXT NOT NULL,
    PRIMARY KEY (plan, place)
) WITHOUT ROWID;
CREATE INDEX agencies_body ON agencies (body);

CREATE TABLE tasks (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    section_path TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    from_table INTEGER NOT NULL, outputs TEXT,
    PRIMARY KEY (plan, place),
    FOREIGN KEY (plan, passage) REFERENCES passages (plan, place)
) WITHOUT ROWID;

CREATE TABLE assignments (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    task INTEGER NOT NULL,
    place INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    body INTEGER NOT NULL REFERENCES bodies (id),
    role TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence INTEGER NOT NULL,
    PRIMARY KEY (plan, task, place),
    FOREIGN KEY (plan, task) REFERENCES tasks (plan, place)
) WITHOUT ROWID;
CREATE INDEX assignments_body ON assignments (body);

CREATE TABLE deadlines (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    kind TEXT NOT NULL, value TEXT, earliest TEXT, latest TEXT,
    relation TEXT, recurrence TEXT, anchor TEXT, year_from TEXT,
    quota_comparator TEXT, quota_count REAL, quota_unit TEXT, quota_per TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence INTEGER NOT NULL,
    PRIMARY KEY (plan, place),
    FOREIGN KEY (plan, passage) REFERENCES passages (plan, place)
) WITHOUT ROWID;
CREATE INDEX deadlines_latest ON deadlines (latest) WHERE latest IS NOT NULL;

CREATE TABLE task_deadlines (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    task INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    inherited INTEGER NOT NULL,
    PRIMARY KEY (plan, task, deadline),
    FOREIGN KEY (plan, task) REFERENCES tasks (plan, place),
    FOREIGN KEY (plan, deadline) REFERENCES deadlines (plan, place)
) WITHOUT ROWID;

CREATE TABLE targets (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    value REAL NOT NULL, value_max REAL, unit TEXT,
    comparator TEXT NOT NULL, per TEXT, subject TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence INTEGER NOT NULL,
    PRIMARY KEY (plan, place),
    FOREIGN KEY (plan, passage) REFERENCES passages (plan, place)
) WITHOUT ROWID;

CREATE TABLE task_targets (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    task INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (plan, task, target),
    FOREIGN KEY (plan, task) REFERENCES tasks (plan, place),
    FOREIGN KEY (plan, target) REFERENCES targets (plan, place)
) WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    family TEXT NOT NULL, year TEXT NOT NULL,
    kind TEXT, number TEXT, number_key TEXT, name TEXT, name_key TEXT, place TEXT, issuer TEXT,
    UNIQUE (family, year)
);
CREATE INDEX documents_number ON documents (number_key) WHERE number_key IS NOT NULL;

CREATE TABLE citations (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    document INTEGER REFERENCES documents (id),
    refers_to INTEGER,
    is_self INTEGER NOT NULL, is_short INTEGER NOT NULL,
    kind TEXT, number TEXT, name TEXT, date TEXT, issuer TEXT,
    role TEXT NOT NULL, pinpoint TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence INTEGER NOT NULL,
    PRIMARY KEY (plan, place),
    FOREIGN KEY (plan, passage) REFERENCES passages (plan, place)
) WITHOUT ROWID;
CREATE INDEX citations_document ON citations (document) WHERE document IS NOT NULL;

CREATE TABLE task_citations (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    task INTEGER NOT NULL,
    citation INTEGER NOT NULL,
    PRIMARY KEY (plan, task, citation),
    FOREIGN KEY (plan, task) REFERENCES tasks (plan, place),
    FOREIGN KEY (plan, citation) REFERENCES citations (plan, place)
) WITHOUT ROWID;

CREATE TABLE warnings (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    code TEXT NOT NULL, message TEXT NOT NULL, start INTEGER, end INTEGER, page INTEGER,
    PRIMARY KEY (plan, place)
) WITHOUT ROWID;

CREATE TABLE saved_queries (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    grammar INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    line, content = '', columnsize = 0, detail = full, tokenize = 'ascii'
);
"""

# Bulk ingest: which files there are, what became of their bytes, and which plans are one.
_LEDGER = """
CREATE TABLE files (
    uri TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    mark TEXT,
    run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE ledger (
    sha256 TEXT NOT NULL,
    revision TEXT NOT NULL,
    state TEXT NOT NULL,
    run INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    record_id TEXT, media_type TEXT,
    pages INTEGER, pages_ocr INTEGER, pages_lost INTEGER, characters INTEGER, warnings INTEGER,
    confidence REAL,
    stage TEXT, code TEXT, message TEXT, next_step TEXT,
    read_seconds REAL, extract_seconds REAL, peak_memory INTEGER, kept INTEGER,
    runner TEXT, started TEXT, finished TEXT,
    PRIMARY KEY (sha256, revision)
) WITHOUT ROWID;
CREATE INDEX ledger_queue ON ledger (state, revision, run, bytes);

CREATE TABLE sketches (
    band INTEGER NOT NULL,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    PRIMARY KEY (band, plan)
) WITHOUT ROWID;
CREATE INDEX sketches_plan ON sketches (plan);

CREATE TABLE copies (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    similarity REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (plan, other)
) WITHOUT ROWID;
CREATE INDEX copies_other ON copies (other);
"""

# What people decided.  The log belongs to a file's bytes, not to a plan: it outlives both a new
# record and the plan's removal.  ``corrected`` holds the records that differ from the machine's,
# ``contradictions`` the corrections that a plan's present reading contradicts.
_CORRECTIONS = """
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'add', 'undo')),
    address TEXT NOT NULL,
    place TEXT, machine TEXT, old TEXT, new TEXT, evidence TEXT,
    why TEXT NOT NULL,
    undoes INTEGER REFERENCES corrections (id),
    pipeline TEXT NOT NULL
);
CREATE INDEX corrections_sha256 ON corrections (sha256);
CREATE INDEX corrections_undoes ON corrections (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER corrections_stay BEFORE UPDATE ON corrections
BEGIN SELECT RAISE(ABORT, 'the log of corrections is append-only'); END;
CREATE TRIGGER corrections_remain BEFORE DELETE ON corrections
BEGIN SELECT RAISE(ABORT, 'the log of corrections is append-only'); END;
CREATE TRIGGER corrections_once BEFORE INSERT ON corrections
WHEN EXISTS (SELECT 1 FROM corrections WHERE id = new.id OR undoes = new.undoes)
BEGIN SELECT RAISE(ABORT, 'the log of corrections is append-only'); END;

CREATE TABLE corrected (
    plan INTEGER PRIMARY KEY REFERENCES plans (id) ON DELETE CASCADE,
    record BLOB NOT NULL
);

CREATE TABLE contradictions (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    code TEXT NOT NULL, entry INTEGER NOT NULL, address TEXT NOT NULL, was TEXT, now TEXT,
    PRIMARY KEY (plan, place)
) WITHOUT ROWID;

CREATE VIEW read_corrections AS
SELECT c.id, c.at, c.by, c.verdict, c.address, c.old, c.new, c.why, c.undoes,
       p.province, p.number, p.record_id, c.sha256
FROM corrections c LEFT JOIN plans p ON p.sha256 = c.sha256;
"""

# All that hangs on a plan, the last to be made first: no row leaves before what points to it.
OF_A_PLAN = (
    "task_citations", "task_targets", "task_deadlines", "assignments", "warnings", "citations",
    "targets", "deadlines", "tasks", "agencies", "passages", "sections", "pages", "sources",
    "plan_years",
)  # fmt: skip


def create(connection: sqlite3.Connection) -> None:
    """Today's tables in an empty database; inside the caller's transaction."""
    for script in (_TABLES, _LEDGER, _CORRECTIONS, VIEWS):
        run(connection, script)
    connection.execute(
        "INSERT INTO about VALUES ('spelling', ?), ('changes', '0')", [str(spelling.VERSION)]
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


# Step n turns version n into n + 1; a step is never changed once it was published.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}


def version(connection: sqlite3.Connection) -> int:
    """The version of an open file; 0 for an empty one.

    Raises:
        NotACorpus: a database of another program, or of a version before the first.
        CorpusTooNew: written by a later version of this one.
    """
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (empty and owner == 0 and found == 0):
        raise NotACorpus("the file is a database, but not a corpus of kehoach.")
    if owner == APPLICATION_ID and found < FIRST:
        raise NotACorpus(
            f"the corpus has version {found}, from before the first release.",
            next_step="Make it anew: kehoach add RECORDS --corpus with another name.",
        )
    if found > VERSION:
        raise CorpusTooNew(f"the corpus has version {found}, this program knows {VERSION}.")
    return found


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring an older file to today's version step by step.

    Inside the caller's transaction.
    """
    found = version(connection)
    if found == 0:
        create(connection)
    for step in range(found or VERSION, VERSION):
        MIGRATIONS[step](connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def run(connection: sqlite3.Connection, script: str) -> None:
    """Like ``executescript``, which would commit the caller's transaction first."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
