"""What the end of a query may mean: a field, a province, a body, a cited document.

In: what was typed up to the cursor.  Out: whole queries to go on with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.corpus import Corpus, documents, names, spelling
from pipeline.corpus.conditions import ROLES
from pipeline.corpus.fields import FIELDS
from pipeline.web.rendering import label

_MOST = 8
_WORDS = 5
_TAIL = re.compile(r'(?:^|(?<=[\s(]))(?:(?P<field>\w+):"?)?(?P<words>[^":()]*)$')
_BODY_FIELDS = {"agency", "issuer", *ROLES}
_PROVINCE_FIELDS = {"province", "today"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on.

    Attributes:
        text: what to show.
        label: what it is.
        query: the whole query with it.
        whole: whether a condition is finished by it.
    """

    text: str
    label: str
    query: str
    whole: bool = True


def suggest(corpus: Corpus, typed: str, lang: str) -> list[Suggestion]:
    """Ways to go on with a query, the likeliest first.

    Args:
        corpus: whose bodies and cited documents are offered.
        typed: the query up to the cursor.
        lang: of the labels.
    """
    match = _TAIL.search(typed)
    if match is None or not match["words"].strip():
        return []
    field = _field(match["field"])
    if field:
        head, words = typed[: match.start()], match["words"]
        return _of_field(corpus, field, head, words, lang)[:_MOST]
    found: list[Suggestion] = []
    words = match["words"].split()
    # The last words may be a name: the longest tail that is the beginning of one.
    for count in range(min(_WORDS, len(words)), 0, -1):
        tail = " ".join(words[-count:])
        head = typed[: len(typed.rstrip()) - len(tail)] if typed.rstrip().endswith(tail) else ""
        if len(tail) < 2:
            continue
        found += _provinces("today", head, tail, lang)
        found += _bodies(corpus, "agency", head, tail, lang)
        if count == 1:
            found += _documents(corpus, head, tail, lang)
            found += _fields(head, tail, lang)
    unique = {each.query: each for each in reversed(found)}
    return list(reversed(unique.values()))[:_MOST]


def _field(typed: str | None) -> str | None:
    if typed is None:
        return None
    folded = spelling.folded(typed)
    return next((each.name for each in FIELDS if folded in (each.name, each.alias)), None)


def _of_field(corpus: Corpus, field: str, head: str, words: str, lang: str) -> list[Suggestion]:
    if field in _PROVINCE_FIELDS:
        return _provinces(field, head, words, lang)
    if field in _BODY_FIELDS:
        return _bodies(corpus, field, head, words, lang)
    if field == "cites":
        return _documents(corpus, head, words, lang)
    return []


def _provinces(field: str, head: str, words: str, lang: str) -> list[Suggestion]:
    key = spelling.key(words)
    kind = label(lang, "facet", "province")
    return [
        Suggestion(name, kind, f'{head}{field}:"{name}"')
        for name in names.province_list()
        if key and len(key) >= 2 and f" {spelling.key(name)}".find(f" {key}") >= 0
    ][:3]


def _bodies(corpus: Corpus, field: str, head: str, words: str, lang: str) -> list[Suggestion]:
    key = names.agency_key(words)
    if len(key) < 2:
        return []
    rows = corpus.store.connection.execute(
        "SELECT b.name, (SELECT count(*) FROM assignments a WHERE a.body = b.id) AS owed"
        " FROM bodies b WHERE b.key >= ?1 AND b.key < ?1 || char(1114111)"
        " ORDER BY owed DESC, b.name LIMIT 4",
        [key],
    ).fetchall()
    kind = {"vi": "Cơ quan", "en": "Body"}[lang]
    return [
        Suggestion(name, f"{kind} · {owed}" if owed else kind, f'{head}{field}:"{_bare(name)}"')
        for name, owed in rows
    ]


def _documents(corpus: Corpus, head: str, words: str, lang: str) -> list[Suggestion]:
    key = documents.number_key(words)
    if not re.match(r"\d", key):
        return []
    rows = corpus.store.connection.execute(
        "SELECT d.number, min(d.kind), count(c.plan) AS cited FROM documents d"
        " JOIN citations c ON c.document = d.id"
        " WHERE d.number_key >= ?1 AND d.number_key < ?1 || char(1114111)"
        " GROUP BY d.number_key ORDER BY cited DESC, d.number LIMIT 5",
        [key],
    ).fetchall()
    kind = label(lang, "facet", "cites")
    return [
        Suggestion(f"{what or ''} {number}".strip(), f"{kind} · {cited}",
                   f'{head}cites:"{_bare(number)}"')
        for number, what, cited in rows
    ]  # fmt: skip


def _fields(head: str, word: str, lang: str) -> list[Suggestion]:
    key = spelling.folded(word)
    kind = {"vi": "Trường tìm", "en": "Field"}[lang]
    return [
        Suggestion(f"{each.alias if lang == 'vi' else each.name}:", f"{kind}, {each.example}",
                   f"{head}{each.alias if lang == 'vi' else each.name}:", whole=False)
        for each in FIELDS
        if each.name.startswith(key) or each.alias.startswith(key)
    ][:3]  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(r'["“”]', " ", text)
