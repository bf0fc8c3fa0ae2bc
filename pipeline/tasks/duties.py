"""Who does what: duties with their roles, from headings, labelled lines, running text and tables.

In: clean text, its outline, the organisations named in it and its task tables.  Out: ``Duty``
objects: one per numbered item, per dash that has its own addressee, and per table row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.record import AssignmentRole
from pipeline.entities.agency_mentions import Mention
from pipeline.entities.scope import hands_out
from pipeline.language.keys import key
from pipeline.structure.acts import Layout
from pipeline.structure.outline import Node, Outline
from pipeline.structure.tables import TaskTable
from pipeline.tasks.blocks import blocks
from pipeline.tasks.capitals import in_capitals
from pipeline.tasks.charges import entrusted
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.labels import LABEL, label_at, opens_list
from pipeline.tasks.mentions import Mentions, printed
from pipeline.tasks.roles import in_text
from pipeline.tasks.rows import rows
from pipeline.tasks.subjects import asked, helps, later_sentences, leads, subjects

_ADDRESS = re.compile(
    r"(?i)\W*(?:(?:trân trọng\s+)?(?:đề nghị|giao|yêu cầu)(?:\s+cho)?|đối với"
    r"|(?:(?:nhiệm vụ|quyền lợi)(?: và|,) (?:quyền hạn|trách nhiệm|nghĩa vụ)|nhiệm vụ"
    r"|nghĩa vụ|trách nhiệm) của|về phía)?\s*:?\s*"
)
_STAFF = re.compile(
    r"(?:Mỗi |Toàn thể |Các |Đội ngũ )?(?:[Cc]án bộ|[Cc]ông chức)(?:, (?:đảng viên"
    r"|công chức|viên chức|người lao động))*"
)
_CLOSING = re.compile(
    r"(?i)^(?:trên đây là|trong quá trình|căn cứ kế hoạch(?! của)|kế hoạch này"
    r"|(ủy ban nhân dân|uỷ ban nhân dân|ubnd|yêu cầu|đề nghị|giao |phân công |định kỳ|sở "
    r"|văn phòng ))"
)
_OF_WHOLE = re.compile(
    r"(?i)kế hoạch|vướng mắc|phát sinh|báo cáo|nội dung trên"
    r"|(?:nghiêm túc|khẩn trương)(?: tổ chức)? (?:triển khai|thực hiện)"
)
# "Nếu có vướng mắc, các đơn vị báo cáo X": what happens then is nobody's duty from the start.
_IF = re.compile(r"(?i)\b(?:vướng mắc|khó khăn|phát sinh|trong quá trình)\b[^.\n]*$")
_RESPONSIBLE = re.compile(
    r"(?i)chịu trách nhiệm (?:thi hành|thực hiện|tổ chức thực hiện)"
    r"|(?<!hiệu lực )thi hành (?:quyết định|kế hoạch|chỉ thị|nghị quyết) này"
)
# "Nội dung:" and "Thành viên:" have lists of what and of whom; nobody in them is charged by that.
_SAYS_WHAT = re.compile(r"(?i)(?:nội dung|thành viên|thành phần)\b")
_ADDRESS_LINE = re.compile(r"(?:Địa chỉ|Điện thoại|Fax|Email|Website)\b")


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What an item's text may run into and other rules read: closing paragraphs, task tables."""

    closings: dict[int, tuple[int, int]]
    tables: list[tuple[int, int]]


def find(
    text: str,
    layout: Layout,
    outline: Outline,
    mentions: Sequence[Mention],
    tables: Sequence[TaskTable] = (),
) -> list[Duty]:
    """Duties of a text, in reading order.

    Args:
        text: clean text.
        layout: its acts.
        outline: its sections.
        mentions: organisations, from ``entities.agencies``.
        tables: task tables, from ``structure.tables``.
    """
    bodies = Mentions(text, mentions)
    duties: list[Duty] = []
    if outline.preamble:
        duty = Duty([], *outline.preamble)
        entrusted(text, bodies, duty, *outline.preamble, middle=True)
        if duty.roles:
            duties.append(duty)
    closings = {}
    for act in layout.acts:
        closing = _closing(text, outline, act.body_start, act.body_end)
        if closing:
            closings[closing[0]] = closing
    elsewhere = _Elsewhere(closings, [(table.start, table.end) for table in tables])
    for node in outline.nodes:
        duties.extend(_walk(text, bodies, node, [], addressed=False, elsewhere=elsewhere))
    for closing in closings.values():
        duty = Duty([], *closing)
        entrusted(text, bodies, duty, *closing, middle=True)
        _speaks(text, bodies, duty, *closing)
        if duty.roles:
            duties.append(duty)
    for table in tables:
        duties.extend(rows(text, bodies, table, outline))
    for duty in duties:
        duty.roles = _distinct(text, duty.roles)
    return sorted(duties, key=lambda duty: duty.start)


def _distinct(text: str, roles: list[Role]) -> list[Role]:
    """Each (body, role) once per duty, in reading order."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for role in sorted(roles, key=lambda r: (r.start, r.role)):
        identity = (key(re.sub(r"(?i)^các\s+", "", text[role.start : role.end])), role.role)
        if identity not in seen:
            seen.add(identity)
            kept.append(role)
    return kept


def _closing(text: str, outline: Outline, start: int, end: int) -> tuple[int, int] | None:
    """The paragraph that closes a plan after its last item: it speaks for the whole document."""
    if not any(start <= node.start < end for node in outline.nodes):
        return None
    body = text[start:end].rstrip()
    line = body.rfind("\n") + 1
    last = body[line:]
    spoken = _CLOSING.match(last)
    whole = spoken and (spoken.group(1) is None or _OF_WHOLE.search(last))
    if line > 0 and len(last) > 40 and whole:
        return start + line, start + len(body)
    flat = re.search(r"(?:(?<=[.;])\s)(Trên đây là [Kk]ế hoạch)", body[-1500:])
    if flat:
        at = len(body) - len(body[-1500:]) + flat.start(1)
        return start + at, start + len(body)
    return None


def _speaks(text: str, bodies: Mentions, duty: Duty, start: int, end: int) -> None:
    """The sentences of a closing paragraph: who begins them, and what they say of them."""
    acting = subjects(text, bodies, start, end)
    if acting and _IF.search(text[start : acting[0].start]):
        acting = []
    if not leads(text, acting, end):
        duty.roles.extend(Role(m.start, m.end, "assignee", 0.8) for m in acting)
    later = [
        sentence
        for sentence in later_sentences(text, bodies, start, end)
        if not _IF.search(text[start : sentence.bodies[0].start])
    ]
    duty.roles.extend(role for sentence in later for role in sentence.roles)
    in_text(text, bodies, duty, start, end, acting, later)


def _walk(
    text: str,
    bodies: Mentions,
    node: Node,
    owners: list[Mention],
    *,
    addressed: bool,
    elsewhere: _Elsewhere,
) -> Iterator[Duty]:
    """Duties of a node and its children; ``owners`` are the addressees of the item above."""
    if any(start <= node.start < end for start, end in elsewhere.tables):
        return
    if node.kind in ("annex", "row"):
        for child in node.children:
            yield from _walk(text, bodies, child, [], addressed=False, elsewhere=elsewhere)
        return
    end = _until_closing(node, elsewhere)
    own_end = min(node.text_end, end)
    duty = Duty(node.path, node.start, end)
    here = addressed or node.kind == "article"
    own = _addressees(text, bodies, node, own_end, addressed=here)
    if any(_ADDRESS_LINE.match(child.title) for child in node.children):
        own = []  # a list of addresses
    below_label = opens_list(text, node.text_start, own_end)
    if below_label:
        own = []
        duty.roles.extend(_listed(text, bodies, node, below_label))
    if not helps(text, own, own_end) and (here or not leads(text, own, own_end)):
        duty.roles.extend(Role(m.start, m.end, "assignee") for m in own)
    if here and not own and (staff := _STAFF.match(text, node.text_start)):
        duty.roles.append(Role(node.text_start, staff.end(), "assignee", 0.7))
    current = own or owners
    later = list(later_sentences(text, bodies, _past_label(text, node, own_end), own_end))
    in_text(text, bodies, duty, node.text_start, own_end, current, later)
    duty.roles.extend(role for sentence in later for role in sentence.roles)
    numbered = [child for child in node.children if child.kind != "bullet"]
    first, *further = blocks(text, [child for child in node.children if child.kind == "bullet"])
    for child in first:
        yield from _bullet(text, bodies, child, duty, current, elsewhere=elsewhere)
    for group in further:
        block = Duty([*node.path, group[0].path[-1]], group[0].start, min(group[-1].end, end))
        for child in group:
            yield from _bullet(text, bodies, child, block, current, elsewhere=elsewhere)
        yield block
    if further:
        duty.end = min(duty.end, further[0][0].start)
    if duty.roles or not numbered:
        yield duty
    below = hands_out(node.title) or (addressed and not own)
    for child in numbered:
        yield from _walk(text, bodies, child, current, addressed=below, elsewhere=elsewhere)


def _listed(text: str, bodies: Mentions, node: Node, role: AssignmentRole) -> Iterator[Role]:
    """The bodies under a label, one or more a dash; a dash that says more has its own roles."""
    for child in node.children:
        listed = bodies.list_at(child.text_start, child.text_end)
        if listed and not text[listed[-1].end : child.text_end].strip(" .;,*\n"):
            yield from (Role(body.start, body.end, role, 0.9) for body in listed)


def _past_label(text: str, node: Node, end: int) -> int:
    """Where an item's own sentences begin: behind the line of a field ("b) Đơn vị phối hợp: …")."""
    if not (LABEL.match(text, node.start, end) or label_at(text, node.text_start, end)):
        return node.text_start
    line = text.find("\n", node.text_start, end)
    return end if line < 0 else line


def _until_closing(node: Node, elsewhere: _Elsewhere) -> int:
    for start in elsewhere.closings:
        if node.start < start <= node.end:
            return start
    return node.end


def _bullet(
    text: str,
    bodies: Mentions,
    node: Node,
    duty: Duty,
    owners: list[Mention],
    *,
    elsewhere: _Elsewhere,
    contents: bool = False,
) -> Iterator[Duty]:
    """A dash: part of its item's duty, or a duty of its own where it has its own addressee."""
    end = _until_closing(node, elsewhere)
    start = node.text_start
    own_end = min(node.text_end, end)
    label = LABEL.match(text, node.start, own_end) or label_at(text, start, own_end)
    if below_label := opens_list(text, start, own_end):
        duty.roles.extend(_listed(text, bodies, node, below_label))
    acting = [] if label or contents else subjects(text, bodies, start, own_end)
    if acting and owners and _same(text, acting, owners):
        acting = []
    target = duty
    further = [] if label or contents else list(later_sentences(text, bodies, start, own_end))
    if acting:
        target = Duty([*duty.section, node.path[-1]], node.start, end) if not owners else duty
        if not leads(text, acting, own_end):
            target.roles.extend(Role(m.start, m.end, "assignee", 0.8) for m in acting)
    in_text(text, bodies, target, start, own_end, acting or owners, further)
    target.roles.extend(role for sentence in further for role in sentence.roles)
    for child in node.children:
        yield from _bullet(
            text, bodies, child, target, acting or owners, elsewhere=elsewhere,
            contents=contents or bool(_SAYS_WHAT.match(node.title)),
        )  # fmt: skip
    if target is not duty:
        yield target


def _same(text: str, acting: list[Mention], owners: list[Mention]) -> bool:
    """Are these bodies addressees of the item already, if in longer or shorter words?"""
    addressed = [key(printed(text, m)) for m in owners]
    said = [key(printed(text, m)) for m in acting]
    return all(any(a.startswith(b) or b.startswith(a) for b in addressed) for a in said)


def _addressees(
    text: str, bodies: Mentions, node: Node, end: int, *, addressed: bool
) -> list[Mention]:
    """The bodies a heading or item speaks to."""
    start = node.text_start
    if node.kind == "article":
        responsible = _RESPONSIBLE.search(text, start, end)
        if responsible is None:
            return subjects(text, bodies, start, end)
        sentence = max(text.rfind(". ", start, responsible.start()) + 2, start)
        return [
            m for m in bodies.within(sentence, responsible.start()) if m.end <= responsible.start()
        ]
    lead_in = _ADDRESS.match(text, start, end)
    at = lead_in.end() if lead_in else start
    if addressed:
        listed = _in_capitals(text, node, at) or bodies.list_at(at, end, slack=3)
        told = asked(text, bodies, listed, end)
        return (listed if told is None else told) or subjects(text, bodies, start, end)
    if lead_in and re.search(r"(?i)đề nghị|giao|yêu cầu", lead_in.group()):
        return bodies.list_at(at, end)
    if lead_in and lead_in.group().rstrip().endswith("của"):
        listed = bodies.list_at(at, end)
        return listed if listed and text[listed[-1].end :][:1] in (":", "\n") else []
    return subjects(text, bodies, start, end, heading=bool(node.children))


def _in_capitals(text: str, node: Node, start: int) -> list[Mention]:
    """ "I. SỞ Y TẾ": whom a heading in capitals addresses."""
    stop = node.text_start + len(node.title)
    if not node.title.isupper() or stop <= start:
        return []
    return in_capitals(text, start, stop).list_at(start, stop)
