"""The tables of the corpus, the views that read well, and how an older file becomes today's.

In: a connection.  Out: a database of today's version, or a ``KehoachError``.

One file is the corpus.  Every table hangs on ``plans`` by a foreign key, so that a plan leaves
whole.  A passage's number holds its plan's (``plan * 65536 + place``): a hit of the index tells
its plan without a look-up, which is most of what facets cost.  The index keeps no text and no
lengths (``content=''``, ``columnsize=0``): the text stands in ``plans`` once, and ranking without
a read per hit is four times as fast.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pipeline.corpus import spelling
from pipeline.errors import CorpusTooNew, NotACorpus

# "KHHK": SQLite's header names the program that a file belongs to.
APPLICATION_ID = 0x4B48484B
VERSION = 3
PLACES = 65536

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
    title TEXT, title_key TEXT, plan_period TEXT,
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
    year INTEGER NOT NULL,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    PRIMARY KEY (year, plan)
) WITHOUT ROWID;
CREATE INDEX plan_years_plan ON plan_years (plan);

CREATE TABLE sources (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (plan, name)
) WITHOUT ROWID;

CREATE TABLE pages (
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    width REAL, height REAL,
    read_by TEXT NOT NULL, confidence REAL NOT NULL, warnings TEXT,
    PRIMARY KEY (plan, number)
) WITHOUT ROWID;

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    parent INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    path TEXT NOT NULL, heading TEXT, heading_key TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, confidence REAL NOT NULL,
    first_passage INTEGER, last_passage INTEGER
);
CREATE INDEX sections_plan ON sections (plan);
CREATE INDEX sections_parent ON sections (parent) WHERE parent IS NOT NULL;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    section INTEGER REFERENCES sections (id) ON DELETE SET NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    page INTEGER, boxes TEXT
);
CREATE INDEX passages_plan ON passages (plan);
CREATE INDEX passages_section ON passages (section) WHERE section IS NOT NULL;

CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

CREATE TABLE agencies (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    body INTEGER NOT NULL REFERENCES bodies (id),
    local_id TEXT NOT NULL,
    name TEXT, canonical TEXT,
    kind TEXT NOT NULL, level TEXT, province_code TEXT, parent TEXT, successors TEXT,
    confidence REAL NOT NULL
);
CREATE INDEX agencies_plan ON agencies (plan);
CREATE INDEX agencies_body ON agencies (body);

CREATE TABLE mentions (
    body INTEGER NOT NULL REFERENCES bodies (id),
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (body, passage, start, end)
) WITHOUT ROWID;
CREATE INDEX mentions_passage ON mentions (passage);

CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    plan INTEGER GENERATED ALWAYS AS (passage >> 16) VIRTUAL,
    local_id TEXT NOT NULL, section_path TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    from_table INTEGER NOT NULL, outputs TEXT
);
CREATE INDEX tasks_passage ON tasks (passage);

CREATE TABLE assignments (
    id INTEGER PRIMARY KEY,
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    passage INTEGER NOT NULL,
    plan INTEGER GENERATED ALWAYS AS (passage >> 16) VIRTUAL,
    body INTEGER NOT NULL REFERENCES bodies (id),
    role TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX assignments_task ON assignments (task);
CREATE INDEX assignments_passage ON assignments (passage);
CREATE INDEX assignments_body ON assignments (body, role, passage);

CREATE TABLE deadlines (
    id INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    plan INTEGER GENERATED ALWAYS AS (passage >> 16) VIRTUAL,
    text TEXT NOT NULL, kind TEXT NOT NULL, value TEXT, earliest TEXT, latest TEXT,
    relation TEXT, recurrence TEXT, anchor TEXT, year_from TEXT,
    quota_comparator TEXT, quota_count REAL, quota_unit TEXT, quota_per TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX deadlines_passage ON deadlines (passage);
CREATE INDEX deadlines_latest ON deadlines (latest) WHERE latest IS NOT NULL;

CREATE TABLE task_deadlines (
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    deadline INTEGER NOT NULL REFERENCES deadlines (id) ON DELETE CASCADE,
    inherited INTEGER NOT NULL,
    PRIMARY KEY (task, deadline)
) WITHOUT ROWID;
CREATE INDEX task_deadlines_deadline ON task_deadlines (deadline);

CREATE TABLE targets (
    id INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    plan INTEGER GENERATED ALWAYS AS (passage >> 16) VIRTUAL,
    text TEXT NOT NULL, value REAL NOT NULL, value_max REAL, unit TEXT,
    comparator TEXT NOT NULL, per TEXT, subject TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX targets_passage ON targets (passage);
CREATE INDEX targets_value ON targets (value);

CREATE TABLE task_targets (
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    target INTEGER NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
    PRIMARY KEY (task, target)
) WITHOUT ROWID;
CREATE INDEX task_targets_target ON task_targets (target);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL, year TEXT NOT NULL,
    kind TEXT, number TEXT, number_key TEXT, name TEXT, name_key TEXT, place TEXT, issuer TEXT
);
CREATE INDEX documents_family ON documents (family);
CREATE INDEX documents_number ON documents (number_key) WHERE number_key IS NOT NULL;

CREATE TABLE citations (
    id INTEGER PRIMARY KEY,
    passage INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    plan INTEGER GENERATED ALWAYS AS (passage >> 16) VIRTUAL,
    document INTEGER REFERENCES documents (id),
    refers_to INTEGER REFERENCES citations (id) ON DELETE SET NULL,
    is_self INTEGER NOT NULL, is_short INTEGER NOT NULL,
    text TEXT NOT NULL, kind TEXT, number TEXT, name TEXT, date TEXT, issuer TEXT,
    role TEXT NOT NULL, pinpoint TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL
);
CREATE INDEX citations_passage ON citations (passage);
CREATE INDEX citations_document ON citations (document) WHERE document IS NOT NULL;
CREATE INDEX citations_refers_to ON citations (refers_to) WHERE refers_to IS NOT NULL;

CREATE TABLE task_citations (
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    citation INTEGER NOT NULL REFERENCES citations (id) ON DELETE CASCADE,
    PRIMARY KEY (task, citation)
) WITHOUT ROWID;
CREATE INDEX task_citations_citation ON task_citations (citation);

CREATE TABLE warnings (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    code TEXT NOT NULL, message TEXT NOT NULL, start INTEGER, end INTEGER, page INTEGER
);
CREATE INDEX warnings_plan ON warnings (plan);

CREATE TABLE saved_queries (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL,
    grammar INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    exact, folded, content = '', columnsize = 0, detail = full, tokenize = 'ascii'
);
"""

# An undated citation means the dated document of its family where there is exactly one.
_VIEWS = """
CREATE VIEW document_identity AS
SELECT d.id AS document,
       CASE WHEN d.year = '' AND d.siblings = 1 THEN d.sibling ELSE d.id END AS identity,
       CASE WHEN d.year <> '' THEN 'dated'
            WHEN d.siblings = 1 THEN 'by family'
            WHEN d.siblings = 0 THEN 'undated'
            ELSE 'ambiguous' END AS resolved
FROM (
    SELECT id, year,
           (SELECT count(*) FROM documents o WHERE o.family = m.family AND o.year <> '')
               AS siblings,
           (SELECT min(o.id) FROM documents o WHERE o.family = m.family AND o.year <> '')
               AS sibling
    FROM documents m
) d;

CREATE VIEW read_plans AS
SELECT id, number, issued_on, province, issuer, kind_name, title, plan_period, signer,
       (SELECT group_concat(name, '; ') FROM sources s WHERE s.plan = p.id) AS files,
       record_id
FROM plans p;

CREATE VIEW read_passages AS
SELECT a.id, p.province, p.number, p.issued_on, s.path AS section, a.page, a.kind,
       substr(p.text, a.start + 1, a.end - a.start) AS text, a.plan
FROM passages a JOIN plans p ON p.id = a.plan LEFT JOIN sections s ON s.id = a.section;

CREATE VIEW read_duties AS
SELECT t.id, p.province, p.number, g.role, b.name AS agency,
       (SELECT min(d.latest) FROM task_deadlines x JOIN deadlines d ON d.id = x.deadline
        WHERE x.task = t.id) AS due,
       (SELECT group_concat(d.text, '; ') FROM task_deadlines x
        JOIN deadlines d ON d.id = x.deadline WHERE x.task = t.id) AS deadlines,
       t.section_path AS section, substr(p.text, t.start + 1, t.end - t.start) AS text, t.plan
FROM tasks t JOIN plans p ON p.id = t.plan
LEFT JOIN assignments g ON g.task = t.id LEFT JOIN bodies b ON b.id = g.body;

CREATE VIEW read_deadlines AS
SELECT d.id, d.latest, d.earliest, d.text, d.kind, d.value, d.recurrence, p.province, p.number,
       substr(p.text, a.start + 1, a.end - a.start) AS passage, d.plan
FROM deadlines d JOIN plans p ON p.id = d.plan JOIN passages a ON a.id = d.passage;

CREATE VIEW read_targets AS
SELECT t.id, t.subject, t.comparator, t.value, t.value_max, t.unit, t.per, t.text, p.province,
       p.number, p.issued_on, t.plan
FROM targets t JOIN plans p ON p.id = t.plan;

CREATE VIEW read_citations AS
SELECT c.id, p.province, p.number AS plan_number, c.role, c.text AS cited_as, d.kind, d.number,
       d.name, d.year, i.resolved, i.identity AS document,
       substr(p.text, a.start + 1, a.end - a.start) AS passage, c.plan
FROM citations c JOIN plans p ON p.id = c.plan JOIN passages a ON a.id = c.passage
LEFT JOIN document_identity i ON i.document = c.document
LEFT JOIN documents d ON d.id = i.identity;
"""


def create(connection: sqlite3.Connection) -> None:
    """The first version's tables in an empty database; inside the caller's transaction."""
    _run(connection, _TABLES)
    _run(connection, _VIEWS)
    connection.execute(
        "INSERT INTO about VALUES ('spelling', ?), ('changes', '0')", [str(spelling.VERSION)]
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


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

CREATE VIEW read_failures AS
SELECT f.uri, l.state, l.stage, l.code, l.message, l.next_step, l.attempts, l.finished
FROM ledger l JOIN files f ON f.sha256 = l.sha256
WHERE l.state IN ('failed', 'quarantined')
AND l.run = (SELECT max(m.run) FROM ledger m WHERE m.sha256 = l.sha256);

CREATE VIEW read_copies AS
SELECT c.similarity, c.reason, p.number, p.province, p.record_id, o.record_id AS other_id
FROM copies c JOIN plans p ON p.id = c.plan JOIN plans o ON o.id = c.other;
"""


def _ledger(connection: sqlite3.Connection) -> None:
    _run(connection, _LEDGER)


# What people decided.  The log belongs to a file's bytes, not to a plan: it outlives both a new
# record and the plan's removal.  ``corrected`` holds the records that differ from the machine's.
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

CREATE VIEW read_corrections AS
SELECT c.id, c.at, c.by, c.verdict, c.address, c.old, c.new, c.why, c.undoes,
       p.province, p.number, p.record_id, c.sha256
FROM corrections c LEFT JOIN plans p ON p.sha256 = c.sha256;
"""


def _corrections(connection: sqlite3.Connection) -> None:
    _run(connection, _CORRECTIONS)


# Step n turns version n into n + 1; a step is never changed once it was published.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    0: create,
    1: _ledger,
    2: _corrections,
}


def passages_of(plan: int) -> tuple[int, int]:
    """The first and the last number that a passage of this plan can have."""
    return plan * PLACES, plan * PLACES + PLACES - 1


def version(connection: sqlite3.Connection) -> int:
    """The version of an open file; 0 for an empty one.

    Raises:
        NotACorpus: a database of another program.
        CorpusTooNew: written by a later version of this one.
    """
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (empty and owner == 0 and found == 0):
        raise NotACorpus("the file is a database, but not a corpus of kehoach.")
    if found > VERSION:
        raise CorpusTooNew(f"the corpus has version {found}, this program knows {VERSION}.")
    return found


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to today's version, step by step; inside the caller's transaction."""
    for step in range(version(connection), VERSION):
        MIGRATIONS[step](connection)
        connection.execute(f"PRAGMA user_version = {step + 1}")


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Like ``executescript``, which would commit the caller's transaction first."""
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
