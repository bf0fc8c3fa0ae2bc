"""What changed between two readings of the same plans.

In: two folders of records.  Out: a ``Difference``: by document and by category, what the new
records say more, less, and otherwise.

Documents are matched by the bytes they were read from, else by name.  Values are matched by their
place; where the text itself was read otherwise, lines that stayed carry places from the old text
to the new one, and in the others the words decide.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import Indel

from models import Plan
from pipeline.errors import BadRecord, FileMissing, KehoachError
from pipeline.evaluation.values import CATEGORIES, Value, values
from pipeline.records import files, read_record

Kind = Literal["gained", "lost", "changed"]
Place = tuple[int, int] | None
# Of what was gained or lost, one line tells these; JSON has every field.
_TOLD = ("value", "path", "role", "canonical", "kind")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        document: name of the record's file without its ending.
        category: of ``values.CATEGORIES``.
        kind: whether only the new record has it, only the old one, or both say different things.
        words: as the new record has them; of what was lost, as the old one had them.
        section: address of the section.
        fields: every field that differs: (old, new), None where a side is silent.
    """

    document: str
    category: str
    kind: Kind
    words: str
    section: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def line(self) -> str:
        """For people, without the document."""
        sign = {"gained": "+", "lost": "-", "changed": "~"}[self.kind]
        place = f"  [{self.section}]" if self.section else ""
        if self.kind == "changed":
            said = "; ".join(
                f"{name} {old!r} -> {new!r}" for name, (old, new) in self.fields.items()
            )
        else:
            told = {name: self.fields[name] for name in _TOLD if name in self.fields}
            said = "; ".join(
                f"{name} {(old if new is None else new)!r}" for name, (old, new) in told.items()
            )
        return f"{sign} {self.category}: {self.words!r}{place}" + (f"  {said}" if said else "")


@dataclass(slots=True)
class Tally:
    """How many values of a category stayed and changed, and in how many documents."""

    same: int = 0
    gained: int = 0
    lost: int = 0
    changed: int = 0
    documents: int = 0


@dataclass(slots=True)
class Difference:
    """Two folders of records, compared.

    Attributes:
        documents: how many stand in both.
        changes: in the order of documents, then of categories.
        other_text: documents whose text was read otherwise.
        other_file: documents matched by name whose files are not the same bytes.
        only_old, only_new: records without a partner.
        failed: files that are no records, with the reason.
    """

    documents: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: {c: Tally() for c in CATEGORIES})
    changes: list[Change] = field(default_factory=list)
    other_text: list[str] = field(default_factory=list)
    other_file: list[str] = field(default_factory=list)
    only_old: list[str] = field(default_factory=list)
    only_new: list[str] = field(default_factory=list)
    failed: dict[str, KehoachError] = field(default_factory=dict)

    @property
    def changed_documents(self) -> list[str]:
        """Documents in which some value differs."""
        return list(dict.fromkeys(change.document for change in self.changes))

    @property
    def agree(self) -> bool:
        """Whether both folders say the same of the same documents."""
        return not (self.changes or self.other_text or self.only_old or self.only_new)

    def only(self, categories: Container[str]) -> Difference:
        """The same with these categories alone."""
        return replace(
            self,
            tallies={name: t for name, t in self.tallies.items() if name in categories},
            changes=[change for change in self.changes if change.category in categories],
        )


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    sha256: str
    name: str


def compare(old: Path, new: Path) -> Difference:
    """Compare two folders of records, or two records.

    Args:
        old: a folder, or a record.
        new: a folder, or a record; two records are compared whatever their names.

    Raises:
        FileMissing: a path does not exist.
        BadRecord: a folder holds no record.
    """
    result = Difference()
    sides = [_index(folder, result) for folder in (old, new)]
    if old.is_file() and new.is_file() and all(sides):
        pairs = [(sides[0][0], sides[1][0])]
    else:
        pairs = list(_pairs(*sides))
    paired = {file.path for pair in pairs for file in pair}
    result.only_old, result.only_new = (
        [file.path.stem for file in side if file.path not in paired] for side in sides
    )
    for before, after in pairs:
        try:
            was, now = read_record(before.path), read_record(after.path)
        except KehoachError as error:
            result.failed[str(after.path)] = error
            continue
        result.documents += 1
        if before.sha256 != after.sha256:
            result.other_file.append(after.path.stem)
        if was.text != now.text:
            result.other_text.append(after.path.stem)
        _compare(result, after.path.stem, was, now)
    return result


def _index(folder: Path, result: Difference) -> list[_File]:
    """What each file is a record of; the rest of it is read when its turn comes."""
    paths = files(folder)
    found = []
    for path in paths:
        try:
            source = json.loads(path.read_bytes())["source"]
            found.append(_File(path, str(source["sha256"]), str(source["name"])))
        except OSError as error:
            result.failed[str(path)] = FileMissing(f"it cannot be opened: {error.strerror}.")
        except (ValueError, KeyError, TypeError, RecursionError):
            result.failed[str(path)] = BadRecord("it is no record.")
    if not paths:
        raise BadRecord(f"{folder} holds no record: no file ends in .json.")
    return found


def _pairs(old: Sequence[_File], new: Sequence[_File]) -> Iterator[tuple[_File, _File]]:
    """The same bytes under the same name, the same bytes, the same name; each file once."""
    keys: tuple[Callable[[_File], Hashable], ...] = (
        lambda file: (file.sha256, file.path.stem),
        lambda file: file.sha256,
        lambda file: file.path.stem,
        lambda file: file.name,
    )
    partner: dict[Path, _File] = {}
    taken: set[Path] = set()
    for key in keys:
        waiting: dict[Hashable, list[_File]] = {}
        for file in old:
            if file.path not in taken:
                waiting.setdefault(key(file), []).append(file)
        for file in new:
            found = waiting.get(key(file))
            if file.path not in partner and found:
                partner[file.path] = found.pop(0)
                taken.add(partner[file.path].path)
    return ((partner[file.path], file) for file in new if file.path in partner)


def _compare(result: Difference, document: str, was: Plan, now: Plan) -> None:
    moved = places(was.text, now.text)
    before, after = values(was), values(now)
    for category, tally in result.tallies.items():
        changes = list(_changes(document, before[category], after[category], moved))
        counted = Counter(change.kind for change in changes)
        tally.gained += counted["gained"]
        tally.lost += counted["lost"]
        tally.changed += counted["changed"]
        tally.same += len(after[category]) - counted["gained"] - counted["changed"]
        tally.documents += bool(changes)
        result.changes += changes


def places(old: str, new: str) -> Callable[[int | None, int | None], Place]:
    """A function from a place in the old text to the same place in the new one.

    It says None for a place in lines that the new text does not have as they were.
    """
    if old == new:
        return lambda start, end: None if start is None or end is None else (start, end)
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_at, new_at = _starts(ours), _starts(theirs)
    kept = [
        (old_at[part.src_start], old_at[part.src_end], new_at[part.dest_start])
        for part in Indel.opcodes(ours, theirs)
        if part.tag == "equal"
    ]
    begins = [first for first, _, _ in kept]

    def moved(start: int | None, end: int | None) -> Place:
        if start is None or end is None or not kept:
            return None
        first, last, there = kept[max(0, bisect_right(begins, start) - 1)]
        if not first <= start <= end <= last:
            return None
        return start - first + there, end - first + there

    return moved


def _starts(lines: Sequence[str]) -> list[int]:
    return list(accumulate(map(len, lines), initial=0))


def _changes(
    document: str,
    before: Sequence[Value],
    after: Sequence[Value],
    moved: Callable[[int | None, int | None], Place],
) -> Iterator[Change]:
    """Pair what is the same, then what stands at one place, then the same words; rest is left."""
    was = [(value, moved(value.start, value.end)) for value in before]
    now: list[tuple[Value, Place]] = [
        (value, None if value.start is None or value.end is None else (value.start, value.end))
        for value in after
    ]
    partner: dict[int, int] = {}
    for agree in (_same, _same_words_and_meaning, _same_place, _overlap, _same_words):
        paired = set(partner.values())
        free = [i for i in range(len(was)) if i not in paired]
        for j, entry in enumerate(now):
            if j in partner:
                continue
            i = next((i for i in free if agree(was[i], entry)), None)
            if i is not None:
                partner[j] = i
                free.remove(i)
    for j, (value, _) in enumerate(now):
        if j not in partner:
            fields = {name: (None, said) for name, said in value.says.items()}
            yield Change(document, value.category, "gained", value.words, value.section, fields)
            continue
        fields = _fields(was[partner[j]][0], value)
        if fields:
            yield Change(document, value.category, "changed", value.words, value.section, fields)
    kept = set(partner.values())
    for i, (value, _) in enumerate(was):
        if i not in kept:
            fields = {name: (said, None) for name, said in value.says.items()}
            yield Change(document, value.category, "lost", value.words, value.section, fields)


_Entry = tuple[Value, Place]


def _same(one: _Entry, other: _Entry) -> bool:
    return one[1] == other[1] is not None and not _fields(one[0], other[0])


def _same_words_and_meaning(one: _Entry, other: _Entry) -> bool:
    """Only where a place cannot tell: the line was read otherwise, or there is no place."""
    return (one[1] is None or other[1] is None) and not _fields(one[0], other[0])


def _same_place(one: _Entry, other: _Entry) -> bool:
    return one[1] == other[1] is not None


def _overlap(one: _Entry, other: _Entry) -> bool:
    a, b = one[1], other[1]
    return a is not None and b is not None and a[0] < b[1] and b[0] < a[1]


def _same_words(one: _Entry, other: _Entry) -> bool:
    return (one[1] is None or other[1] is None) and one[0].words == other[0].words


def _fields(one: Value, other: Value) -> dict[str, tuple[Any, Any]]:
    was, now = ({**value.says, "words": value.words} for value in (one, other))
    if one.section != other.section and one.category != "outline":
        was["section"], now["section"] = one.section, other.section
    names = dict.fromkeys((*was, *now))
    return {n: (was.get(n), now.get(n)) for n in names if was.get(n) != now.get(n)}
