"""What was found in the body as the record has it: citations, bodies, deadlines, targets, duties.

In: ``Making``.  Out: lists of the record's values, each with its span and section; duties hold the
indices of the deadlines, targets and references that stand inside them.
"""

from __future__ import annotations

from collections.abc import Sequence

import models
from models import SectionPath
from pipeline.assemble.making import Making
from pipeline.entities.bodies import same_body
from pipeline.entities.references import Mention as Citation
from pipeline.entities.resolution import resolve
from pipeline.language.keys import key
from pipeline.tasks import Duty


def references(making: Making, header: models.Header) -> list[models.Reference]:
    """Citations with roles, keys and links."""
    found = making.found.references
    for mention in found:
        for code in mention.notices:
            making.warn(code, _repair_message(mention), mention.start, mention.end)
    references = resolve(
        found,
        making.text,
        province=header.province.name if header.province else None,
        span=making.span,
        section=making.section,
    )
    for reference in references:
        reference.confidence = making.sure(
            reference.confidence, reference.span.start, reference.span.end
        )
    return references


def agencies(making: Making, header: models.Header) -> list[models.Agency]:
    """Bodies with all their mentions; the issuer gets its id."""
    bodies = making.found.bodies
    province = making.found.facts.province
    if header.issuer:
        wanted = same_body(bodies, header.issuer.name, province.value if province else None)
        header.issuer.agency_id = wanted.id if wanted else None
    return [
        models.Agency(
            id=body.id,
            name=body.name,
            canonical=body.canonical,
            kind=body.kind,
            level=body.level,
            province=body.province,
            parent=body.parent,
            mentions=[making.span(m.start, m.end) for m in body.mentions],
            successor=list(body.successors),
            confidence=body.confidence,
        )
        for body in bodies
    ]


def deadlines(making: Making) -> list[models.Deadline]:
    """Schedules as the record has them."""
    return [
        models.Deadline(
            text=making.text[s.start : s.end],
            kind=s.kind,
            value=s.value,
            earliest=s.earliest,
            latest=s.latest,
            relation=s.relation,
            recurrence=s.recurrence,
            quota=models.Quota(
                comparator=s.quota[0], count=s.quota[1], unit=s.quota[2], per=s.quota[3]
            )
            if s.quota
            else None,
            anchor=s.anchor,
            year_from=s.year_from,
            span=making.span(s.start, s.end),
            section=making.section(s.start),
            confidence=making.sure(s.confidence, s.start, s.end),
        )
        for s in making.found.schedules
    ]


def targets(making: Making) -> list[models.Target]:
    """Goals as the record has them."""
    return [
        models.Target(
            text=making.text[g.start : g.end],
            value=g.value,
            value_max=g.value_max,
            unit=g.unit,
            comparator=g.comparator,
            per=g.per,
            subject=g.subject,
            span=making.span(g.start, g.end),
            section=making.section(g.start),
            confidence=making.sure(g.confidence, g.start, g.end),
        )
        for g in making.found.goals
    ]


def tasks(
    making: Making,
    references: list[models.Reference],
    deadlines: list[models.Deadline],
    targets: list[models.Target],
) -> list[models.Task]:
    """Duties with the deadlines, targets and references that stand inside them."""
    ids = {
        (mention.start, mention.end): body.id
        for body in making.found.bodies
        for mention in body.mentions
    }
    spelled = {  # a heading in capitals addresses a body that is named elsewhere
        key(making.meaning[mention.start : mention.end]): body.id
        for body in reversed(making.found.bodies)
        for mention in body.mentions
    }
    names = {(m.start, m.end): m.name for m in making.found.mentions}
    tasks = []
    for number, duty in enumerate(making.found.duties, 1):
        own = _inside(duty, deadlines)
        tasks.append(
            models.Task(
                id=f"t{number}",
                section=duty.section,
                text=making.text[duty.start : duty.end],
                span=making.span(duty.start, duty.end),
                assignments=[
                    models.Assignment(
                        agency=names.get((role.start, role.end))
                        or making.meaning[role.start : role.end],
                        agency_id=ids.get((role.start, role.end))
                        or spelled.get(key(making.meaning[role.start : role.end])),
                        role=role.role,
                        span=making.span(role.start, role.end),
                        confidence=role.confidence,
                    )
                    for role in duty.roles
                ],
                deadlines=own,
                inherited_deadlines=[] if own else _inherited(duty.section, deadlines),
                targets=_inside(duty, targets),
                references=_inside(duty, references),
                outputs=[making.text[a:b].strip() for a, b in duty.outputs],
                from_table=duty.from_table,
            )
        )
    return tasks


def _inside(
    duty: Duty, values: Sequence[models.Reference | models.Deadline | models.Target]
) -> list[int]:
    """Indices of the values that begin inside a duty."""
    return [i for i, value in enumerate(values) if duty.start <= value.span.start < duty.end]


def _inherited(section: SectionPath, deadlines: list[models.Deadline]) -> list[int]:
    """Schedules that stand directly in a section above, or in its part titled "Thời gian"."""
    return [
        index
        for index, deadline in enumerate(deadlines)
        if (above := deadline.section)
        and len(above) < len(section)
        and section[: len(above)] == above
    ]


def annexes(making: Making) -> list[models.Annex]:
    """Task tables, cells verbatim."""
    return [
        models.Annex(
            title=table.title,
            columns=[models.AnnexColumn(name=c.name, means=c.means) for c in table.columns],
            rows=[[making.text[a:b].strip() for a, b in row] for row in table.rows],
            span=making.span(table.start, table.end),
            page=making.document.page_at(table.start),
        )
        for table in making.found.grids
    ]


def _repair_message(mention: Citation) -> str:
    number = mention.number
    assert number is not None
    return f"{number.printed} is read as {number.canonical}."
