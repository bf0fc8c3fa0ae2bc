"""The views of the corpus: what a person reads who opens the file with another program.

In: nothing.  Out: ``VIEWS``, a script for ``schema``.

The tables keep numbers and stretches of the text; here they become words.  An undated citation
means the dated document of its family where there is exactly one.  Views use plain functions only:
a careful reader of a stranger's file lets them call no other (``trusted_schema``).
"""

from __future__ import annotations

VIEWS = """
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
FROM passages a JOIN plans p ON p.id = a.plan
LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section;

CREATE VIEW read_sections AS
SELECT s.plan, s.place, p.province, p.number, s.path AS section,
       substr(p.text, s.heading_start + 1, s.heading_end - s.heading_start) AS heading, s.page,
       s.confidence / 100.0 AS confidence
FROM sections s JOIN plans p ON p.id = s.plan;

CREATE VIEW read_duties AS
SELECT t.plan, t.place AS task, p.province, p.number, g.role, b.name AS agency,
       (SELECT min(d.latest) FROM task_deadlines x
        JOIN deadlines d ON d.plan = x.plan AND d.place = x.deadline
        WHERE x.plan = t.plan AND x.task = t.place) AS due,
       (SELECT group_concat(substr(p.text, d.start + 1, d.end - d.start), '; ')
        FROM task_deadlines x JOIN deadlines d ON d.plan = x.plan AND d.place = x.deadline
        WHERE x.plan = t.plan AND x.task = t.place) AS deadlines,
       coalesce(t.section_path, s.path) AS section,
       substr(p.text, t.start + 1, t.end - t.start) AS text
FROM tasks t JOIN plans p ON p.id = t.plan
JOIN passages a ON a.plan = t.plan AND a.place = t.passage
LEFT JOIN sections s ON s.plan = a.plan AND s.place = a.section
LEFT JOIN assignments g ON g.plan = t.plan AND g.task = t.place
LEFT JOIN bodies b ON b.id = g.body;

CREATE VIEW read_deadlines AS
SELECT d.plan, d.place AS deadline, d.latest, d.earliest,
       substr(p.text, d.start + 1, d.end - d.start) AS text, d.kind, d.value, d.recurrence,
       p.province, p.number, substr(p.text, a.start + 1, a.end - a.start) AS passage
FROM deadlines d JOIN plans p ON p.id = d.plan
JOIN passages a ON a.plan = d.plan AND a.place = d.passage;

CREATE VIEW read_targets AS
SELECT t.plan, t.place AS target, t.subject, t.comparator, t.value, t.value_max, t.unit, t.per,
       substr(p.text, t.start + 1, t.end - t.start) AS text, p.province, p.number, p.issued_on
FROM targets t JOIN plans p ON p.id = t.plan;

CREATE VIEW read_agencies AS
SELECT g.plan, g.place AS agency, b.name, coalesce(g.name, b.name) AS first_written,
       coalesce(g.kind, b.kind) AS kind, coalesce(g.level, b.level) AS level,
       p.province, p.number,
       length(g.passages) - length(replace(g.passages, ',', '')) + (g.passages <> '[]') AS mentions
FROM agencies g JOIN bodies b ON b.id = g.body JOIN plans p ON p.id = g.plan;

CREATE VIEW read_citations AS
SELECT c.plan, c.place AS citation, p.province, p.number AS plan_number, c.role,
       substr(p.text, c.start + 1, c.end - c.start) AS cited_as, d.kind, d.number, d.name, d.year,
       i.resolved, i.identity AS document,
       substr(p.text, a.start + 1, a.end - a.start) AS passage
FROM citations c JOIN plans p ON p.id = c.plan
JOIN passages a ON a.plan = c.plan AND a.place = c.passage
LEFT JOIN document_identity i ON i.document = c.document
LEFT JOIN documents d ON d.id = i.identity;

CREATE VIEW read_failures AS
SELECT f.uri, l.state, l.stage, l.code, l.message, l.next_step, l.attempts, l.finished
FROM ledger l JOIN files f ON f.sha256 = l.sha256
WHERE l.state IN ('failed', 'quarantined')
AND l.run = (SELECT max(m.run) FROM ledger m WHERE m.sha256 = l.sha256);

CREATE VIEW read_copies AS
SELECT c.similarity, c.reason, p.number, p.province, p.record_id, o.record_id AS other_id
FROM copies c JOIN plans p ON p.id = c.plan JOIN plans o ON o.id = c.other;
"""
