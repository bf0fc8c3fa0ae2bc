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
from pipeline.language.letters import LOWER, UPPER
from pipeline.structure.acts import Layout
from pipeline.structure.outline import Node, Outline
from pipeline.structure.tables import TaskTable
from pipeline.tasks.mentions import Mentions, printed
from pipeline.tasks.roles import LABEL, Duty, Role, entrusted, in_text, reports

_ADDRESS = re.compile(
    r"(?i)\W*(?:(?:trân trọng\s+)?(?:đề nghị|giao|yêu cầu)(?:\s+cho)?|đối với"
    r"|trách nhiệm của|về phía)?\s*:?\s*"
)
# In flat text a sentence also begins behind a heading in capitals: "III. NHIỆM VỤ Để thực hiện …".
_NEXT_SENTENCE = re.compile(
    rf"(?:(?<=[.;])(?<![“”\"]\d\.)\s+|\n\s*"
    rf"|(?<=[{UPPER}]{{2}})\s+(?=(?:Để|Nhằm|Căn cứ|Trên cơ sở|Các|Đề nghị)\s))"
    rf"(?=[{UPPER}])|(?P<on>(?<=;)\s+(?=các\s))"
)
_MUST = re.compile(
    r"(?:\s*,?\s*(?:trong phạm vi|theo chức năng|được giao|được phân công)\b[^.;:]{0,90}?\s|\s*)"
    r"(?:phải|cần|có trách nhiệm|chịu trách nhiệm)\b"
)
_OFFICES = re.compile(
    r"(?:[Cc]ác (?:[Ss]ở|[Bb]an|[Nn]gành|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương|[Cc]ấp)"
    r"|Chính quyền|Cấp (?:ủy|uỷ))\b"
)
_ACTS = re.compile(
    r"\s*(?:tập trung|tiếp tục|chủ động|tăng cường|tổ chức|triển khai|thực hiện|chỉ đạo|xây dựng"
    r"|căn cứ|phối hợp|nghiêm túc|khẩn trương|đẩy mạnh|quán triệt|rà soát|bố trí|bám sát"
    r"|nâng cao|thường xuyên|kịp thời|báo cáo|cụ thể hóa|theo chức năng|ra quân|xác định)\b"
)
# "1. Công tác quán triệt Các sở, ngành tổ chức …": a capital where a lost line end was.
_RUN_ON = re.compile(
    rf"(?<=[{LOWER}])\s+(?=Các\s+(?:[Ss]ở|[Bb]an|[Cc]ơ quan|[Đđ]ơn vị|[Đđ]ịa phương))"
)
_STAFF = re.compile(
    r"(?:Mỗi |Toàn thể |Các |Đội ngũ )?(?:[Cc]án bộ|[Cc]ông chức)(?:, (?:đảng viên"
    r"|công chức|viên chức|người lao động))*"
)
_DUTY_VERB = re.compile(
    r"(?i)^[\s,]*(?:\([^)]{1,60}\)\s*)?(?:[^.;:]{0,90}?\s)?(?:chủ động|chủ trì|phối hợp"
    r"|xây dựng|tổ chức|có trách nhiệm|chịu trách nhiệm|phải|thực hiện|triển khai"
    r"|tham mưu|hướng dẫn|vận động|căn cứ|theo chức năng|tiến hành|đảm bảo|bảo đảm|bố trí"
    r"|rà soát|cần|báo cáo|kiểm tra|theo dõi|tăng cường|tập trung|đẩy mạnh|quán triệt"
    r"|chỉ đạo|lập|cung cấp|ban hành|lựa chọn|mời|giúp|gắn|làm|chuẩn bị|tuyên truyền"
    r"|phổ biến|đôn đốc|có|cân đối|tham gia|nắm bắt|tiếp nhận|tổng hợp|phân công|cử"
    r"|hỗ trợ|thông báo"
    r"|tiếp tục|thường xuyên|đánh giá|nghiên cứu|phân bổ|quản lý(?! \d)|giám sát|đăng tải|duy trì"
    r"|xử lý|ưu tiên|phát huy|kịp thời|định kỳ|thẩm định|thống nhất|công khai|bám sát|huy động|gửi"
    r"|thành lập|kiện toàn|khẩn trương|sử dụng|lồng ghép|phát động|ứng dụng|vận hành|nêu cao"
    r"|biên soạn|xem xét|biểu dương|gắn chặt|thực hiện tốt|nâng cao|đề cao|cùng vào cuộc"
    r"|xác định|ra quân|cam kết)\b"
)
_CLOSING = re.compile(
    r"(?i)^(?:trên đây là|trong quá trình|căn cứ kế hoạch|kế hoạch này"
    r"|(ủy ban nhân dân|uỷ ban nhân dân|ubnd|yêu cầu|đề nghị|định kỳ|sở |văn phòng ))"
)
_OF_WHOLE = re.compile(r"(?i)kế hoạch|vướng mắc|phát sinh|báo cáo|nội dung trên")
_RESPONSIBLE = re.compile(r"(?i)chịu trách nhiệm (?:thi hành|thực hiện|tổ chức thực hiện)")
_ADDRESS_LINE = re.compile(r"(?:Địa chỉ|Điện thoại|Fax|Email|Website)\b")
_ADVERBIAL = re.compile(
    r"(?:Hàng|Hằng|Định kỳ|Trước|Trong|Căn cứ|Trên cơ sở|Sau|Tùy|Tuỳ|Kết thúc|Khi|Theo|Để"
    r"|Từ|Đến|Nhằm)\s[^.;:\n]{1,110}?,\s*(?=\S)"
)
_NO_SUBJECT = re.compile(
    r"\s*(?:được giao(?![^.;:]{0,80}? (?:phải|có trách nhiệm|chịu trách nhiệm)\b)|chưa|đã|để|nhằm"
    r"|gồm|bao gồm|như|và các|có liên quan)\b"
)
# "Người đứng đầu cấp ủy, chính quyền chịu trách nhiệm …" says how heads answer, not who does what.
_LEADERS = re.compile(r"(?i)(?:người đứng đầu|lãnh đạo) (?:các )?$")
_POWERS = re.compile(r"(?i)(?:các )?(?:cấp (?:ủy|uỷ)|tổ chức đảng|chính quyền)\b")
_ASKS = re.compile(r"\s*(?:trân trọng |kính )?(?:đề nghị|yêu cầu)\s+(?=\S)")
_CLOCK = re.compile(r"\s*:\s*(?:[Tt]ừ|[Tt]háng|[Nn]gày|\d|[Tt]ại|[Cc]ó|[Ll]à)\b")


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
        reports(text, bodies, duty, *closing)
        if duty.roles:
            duties.append(duty)
    for table in tables:
        duties.extend(_rows(text, bodies, table, outline))
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
    duty.roles.extend(Role(m.start, m.end, "assignee") for m in own)
    if here and not own and (staff := _STAFF.match(text, node.text_start)):
        duty.roles.append(Role(node.text_start, staff.end(), "assignee", 0.7))
    current = own or owners
    in_text(text, bodies, duty, node.text_start, own_end, current)
    duty.roles.extend(_later_sentences(text, bodies, node.text_start, own_end))
    numbered: list[Node] = []
    for child in node.children:
        if child.kind != "bullet":
            numbered.append(child)
            continue
        yield from _bullet(text, bodies, child, duty, current, elsewhere=elsewhere)
    if duty.roles or not numbered:
        yield duty
    below = hands_out(node.title) or (addressed and not own)
    for child in numbered:
        yield from _walk(text, bodies, child, current, addressed=below, elsewhere=elsewhere)


def _later_sentences(text: str, bodies: Mentions, start: int, end: int) -> Iterator[Role]:
    """Bodies that open a sentence behind the first of a stretch, and then say what they do."""
    for m in _RUN_ON.finditer(text, start, end):
        listed = bodies.list_at(m.end(), end)
        after = listed[-1].end if listed else end
        if _MUST.match(text, after, end) or _ACTS.match(text, after, end):
            yield from (Role(b.start, b.end, "assignee", 0.65) for b in listed)
    for sentence in _NEXT_SENTENCE.finditer(text[start:end]):
        later = _subjects(text, bodies, start + sentence.end(), end)
        gap = start + sentence.start()
        if not later or (text[gap - 1] == ";" and bodies.ends_at(gap - 1)):
            continue  # "… trên Báo X; Đài Y": a list goes on
        bound = _MUST.match(text, later[-1].end, end)
        acting = _ACTS.match(text, later[-1].end, end) and _many_offices(text, later[0])
        named = any(m.kind != "generic" for m in later) and not sentence.group("on")
        if bound or named or acting:
            yield from (Role(m.start, m.end, "assignee", 0.75) for m in later)


def _many_offices(text: str, mention: Mention) -> bool:
    """ "Các cơ quan, đơn vị", "các ngành, địa phương": a class of offices, not of enterprises."""
    return bool(_OFFICES.match(text, mention.start, mention.end))


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
    label = LABEL.match(text, node.start, own_end) or LABEL.match(text, start, own_end)
    subjects = [] if label or contents else _subjects(text, bodies, start, own_end)
    if (
        subjects
        and owners
        and {key(printed(text, m)) for m in subjects} <= {key(printed(text, m)) for m in owners}
    ):
        subjects = []
    target = duty
    further = [] if label or contents else list(_later_sentences(text, bodies, start, own_end))
    if subjects:
        target = Duty([*duty.section, node.path[-1]], node.start, end) if not owners else duty
        target.roles.extend(Role(m.start, m.end, "assignee", 0.8) for m in subjects)
    in_text(text, bodies, target, start, own_end, subjects or owners)
    target.roles.extend(further)
    for child in node.children:
        yield from _bullet(
            text, bodies, child, target, subjects or owners, elsewhere=elsewhere,
            contents=contents or bool(re.match(r"(?i)nội dung\b", node.title)),
        )  # fmt: skip
    if target is not duty:
        yield target


def _addressees(
    text: str, bodies: Mentions, node: Node, end: int, *, addressed: bool
) -> list[Mention]:
    """The bodies a heading or item speaks to."""
    start = node.text_start
    if node.kind == "article":
        responsible = _RESPONSIBLE.search(text, start, end)
        if responsible is None:
            return _subjects(text, bodies, start, end)
        sentence = max(text.rfind(". ", start, responsible.start()) + 2, start)
        return [
            m for m in bodies.within(sentence, responsible.start()) if m.end <= responsible.start()
        ]
    lead_in = _ADDRESS.match(text, start, end)
    at = lead_in.end() if lead_in else start
    if addressed:
        return bodies.list_at(at, end, slack=3)
    if lead_in and re.search(r"(?i)đề nghị|giao|yêu cầu", lead_in.group()):
        return bodies.list_at(at, end)
    return _subjects(text, bodies, start, end, heading=bool(node.children))


def _subjects(
    text: str, bodies: Mentions, start: int, end: int, *, heading: bool = False
) -> list[Mention]:
    """Bodies at the start of a sentence that then says what they do (or a colon).

    ``heading``: the stretch is a numbered heading with items under it, so the names alone address.
    """
    listed = bodies.list_at(start, end)
    if not listed:
        for adverbial in _ADVERBIAL.finditer(text, start, min(end, start + 160)):
            if adverbial.start() == start:
                listed = bodies.list_at(adverbial.end(), end)
            break
    if listed and _LEADERS.search(text, max(start, listed[0].start - 20), listed[0].start):
        listed = [m for m in listed if not _POWERS.match(text, m.start)]
    if not listed:
        return []
    after = text[listed[-1].end : end]
    if _NO_SUBJECT.match(after) or _CLOCK.match(after):
        return []
    if asks := _ASKS.match(after):  # who asks is no addressee, who is asked is one
        return bodies.list_at(listed[-1].end + asks.end(), end)
    if re.match(r"\s*\)?\s*(?:\([^)]*\))?\s*:", after):
        return listed
    if not after.strip(" .;:)\n"):
        return listed if heading else []
    said = re.sub(r"^\s*\([^)]*\)", "", after).partition("\n")[0]
    return listed if _DUTY_VERB.match(said[:200]) else []


def _rows(text: str, bodies: Mentions, table: TaskTable, outline: Outline) -> Iterator[Duty]:
    """One duty per table row; the columns say the roles."""
    for index, row in enumerate(table.rows, 1):
        task = next(i for i, column in enumerate(table.columns) if column.means == "task")
        if row[task][1] <= row[task][0] or _is_group(table, row):
            continue
        section = _row_section(text, table, row, index, outline)
        duty = Duty(
            section,
            row[0][0] if row[0][1] > row[0][0] else row[task][0],
            max(c[1] for c in row),
            from_table=True,
        )
        for column, cell in zip(table.columns, row, strict=True):
            if cell[1] <= cell[0]:
                continue
            if column.means in ("lead", "coordinate"):
                role: AssignmentRole = "lead" if column.means == "lead" else "coordinate"
                duty.roles.extend(Role(b.start, b.end, role, 0.9) for b in bodies.within(*cell))
            elif column.means == "time":
                duty.schedule = cell
            elif column.means == "output":
                duty.outputs.append(cell)
        yield duty


def _is_group(table: TaskTable, row: tuple[tuple[int, int], ...]) -> bool:
    """The heading of a group of rows: nothing but a number and a title, in one cell or in all."""
    said = {cell for cell in row[1:] if cell[1] > cell[0]}
    return len(said) == 1 and len(table.rows) > 1 and len(table.columns) > 3


def _row_section(
    text: str, table: TaskTable, row: tuple[tuple[int, int], ...], index: int, outline: Outline
) -> list[str]:
    """Where a row stands: under the heading of its group ("II. …" between the rows) if it has one."""
    at = max(table.start, min((a for a, b in row if b > a), default=table.start))
    home: Node | None = None
    level = outline.nodes
    while holder := next((n for n in level if n.start <= at < n.end and n.kind != "row"), None):
        home, level = holder, holder.children
    label = text[slice(*row[0])].strip().rstrip(".") or str(index)
    return [*(home.path if home else []), label]
