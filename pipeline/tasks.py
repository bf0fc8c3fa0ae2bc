"""Who does what: duties with their roles, from headings, labelled lines, running text and tables.

In: clean text, its outline, the organisations named in it and its task tables.  Out: ``Duty``
objects: one per numbered item, per dash that has its own addressee, and per table row.

Roles: lead (chủ trì), coordinate (phối hợp), assignee (addressed by a heading of "Tổ chức thực
hiện" or by "Giao/Đề nghị/Yêu cầu X"), advise (tham mưu), supervise (theo dõi, đôn đốc, kiểm tra),
report_to (báo cáo ai), via (qua ai), fund (bố trí kinh phí).  A role whose bearer is not said
belongs to the addressee of the item, and to nobody where there is none.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models.record import AssignmentRole
from pipeline.entities.agencies import Mention
from pipeline.language.keys import key
from pipeline.language.letters import UPPER
from pipeline.structure.acts import Layout
from pipeline.structure.outline import Node, Outline
from pipeline.structure.tables import TaskTable


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the words that name its bearer, with their span."""

    start: int
    end: int
    role: AssignmentRole
    confidence: float = 0.85


@dataclass(slots=True)
class Duty:
    """One duty; ``section`` is the path of the node it stands in, offsets into the clean text."""

    section: list[str]
    start: int
    end: int
    roles: list[Role] = field(default_factory=list)
    outputs: list[tuple[int, int]] = field(default_factory=list)
    from_table: bool = False
    schedule: tuple[int, int] | None = None


_DUTIES_TITLE = re.compile(
    r"(?i)tổ chức (?:triển khai )?thực hiện|phân công|trách nhiệm (?:thực hiện|của)"
    r"|nhiệm vụ của các|tổ chức triển khai"
)
_ADDRESS = re.compile(
    r"(?i)\W*(?:(?:trân trọng\s+)?(?:đề nghị|giao|yêu cầu)(?:\s+cho)?|đối với"
    r"|trách nhiệm của|về phía)?\s*:?\s*"
)
_PERSON = re.compile(
    r"(?:(?:[Tt]hủ trưởng|[Nn]gười đứng đầu|[Gg]iám đốc|[Tt]rưởng|[Tt]rường|[Cc]hủ tịch"
    r"|[Pp]hó [Cc]hủ tịch|[Ll]ãnh đạo|[Bb]í thư|[Cc]hánh|[Vv]iện trưởng|[Vv]ụ trưởng"
    r"|[Cc]ục trưởng|[Cc]hi cục trưởng|[Bb]ộ trưởng|[Tt]ổng [Gg]iám đốc|[Hh]iệu trưởng"
    r"|[Đđ]ồng chí|[Tt]rưởng ban|[Tt]rưởng phòng|[Tt]ổng [Cc]ục trưởng|[Tt]ư lệnh|[Cc]hính ủy"
    r"|các)\s+)+$"
)
_NEXT_SENTENCE = re.compile(rf"(?:(?<=[.;])\s+|\n\s*)(?=[{UPPER}])")
_STAFF = re.compile(
    r"(?:Mỗi |Toàn thể |Các |Đội ngũ )?(?:[Cc]án bộ|[Cc]ông chức)(?:, (?:đảng viên"
    r"|công chức|viên chức|người lao động))*"
)
_SEPARATOR = re.compile(
    r"^[\s*]*(?:[,;/]|và|cùng|cùng với|[,;]\s*và|[-–]|\(|\)\s*,?|[,;]?\s*(?:và\s+)?(?:các"
    r"|thủ trưởng các|người đứng đầu|thủ trưởng|chủ tịch|giám đốc|chánh|vụ trưởng"
    r"|viện trưởng|bí thư|lãnh đạo|chánh văn phòng"
    r"|trưởng)(?:\s+các)?)?[\s*]*(?:(?:Thủ trưởng|Chủ tịch|Giám đốc|Chánh|Vụ trưởng"
    r"|Viện trưởng|Bí thư|Lãnh đạo|Chánh Văn phòng|thủ trưởng"
    r"|người đứng đầu)\s+(?:các\s+)?)?$",
    re.I,
)
_DUTY_VERB = re.compile(
    r"(?i)^[\s,]*(?:\([^)]{1,60}\)\s*)?(?:[^.;:]{0,90}?\s)?(?:chủ động|chủ trì|phối hợp"
    r"|xây dựng|tổ chức|có trách nhiệm|chịu trách nhiệm|phải|thực hiện|triển khai"
    r"|tham mưu|hướng dẫn|vận động|căn cứ|theo chức năng|tiến hành|đảm bảo|bảo đảm|bố trí"
    r"|rà soát|cần|báo cáo|kiểm tra|theo dõi|tăng cường|tập trung|đẩy mạnh|quán triệt"
    r"|chỉ đạo|lập|cung cấp|ban hành|lựa chọn|mời|giúp|gắn|làm|chuẩn bị|tuyên truyền"
    r"|phổ biến|đôn đốc|có)\b"
)
_LABEL = re.compile(
    r"(?:^|(?<=[\n.;])|(?<=[-–+])|(?<=[a-zđ]\)))[\s*\-–+]*(?:[a-zđ]\)\s*)?(?P<label>(?:(?:Cơ quan"
    r"|Đơn vị|Bộ phận|Phòng|Tổ chức"
    r"|Sở, ngành)\s*,?\s*(?:đơn vị\s*)?)?(?:được giao\s+)?(?P<what>[Cc]hủ trì(?:,? thực"
    r" hiện|,? tham mưu)?|[Pp]hối hợp(?: thực hiện)?|thực hiện(?: chính)?|[Tt]ham mưu"
    r"|[Tt]heo dõi|[Gg]iám sát)(?:\s+và\s+[^:\n]{3,30})?)\s*(?:,?\s*gồm)?\s*:\s*",
    re.M,
)
_ONE_LINE = re.compile(r"[^\n.*]{3,300}?(?=\n|[.*]|\s[-–+]\s|$)")
_ROLE_OF_LABEL: tuple[tuple[str, AssignmentRole], ...] = (
    ("phối hợp", "coordinate"), ("chủ trì", "lead"), ("thực hiện", "lead"), ("tham mưu", "advise"),
    ("theo dõi", "supervise"), ("giám sát", "supervise"),
)  # fmt: skip
_CLAUSE = (
    r"(?:^|(?<=[\n.;:,])|(?<=[-–+])|(?<=\bvà)|(?<=\bsẽ)|(?<=\btrách nhiệm)|(?<=\bđộng)"
    r"|(?<=\bmối))\s*"
)
_LEAD = re.compile(
    r"(?i)(?:(?<=là cơ quan )|(?<=là đơn vị )|(?<!cơ quan )(?<!đơn vị ))"
    r"(?<!được giao )(?<!giao nhiệm vụ )\bchủ trì\b"
)
_COORDINATE = re.compile(
    r"(?i)\b(?:phối hợp|phối kết hợp)(?:\s+(?:chặt chẽ|thường xuyên|hiệu quả|tốt|đồng bộ"
    r"|triển khai|thực hiện|liên ngành))*\s*(?:,\s*\S+\s+\S+\s*)?(?P<with>cùng với|với"
    r"|cùng|giữa)?\s*(?=\S)"
)
_ADVISE = re.compile(
    rf"(?i){_CLAUSE}(?:làm đầu mối |là đầu mối |đầu mối )?(?P<verb>tham mưu)\b"
    r"|(?P<mid>\btham mưu)\b"
)
_SUPERVISE = re.compile(
    rf"(?i){_CLAUSE}(?:thường xuyên |tổ chức |tăng cường |giúp [^.;,]{{3,50}} "
    r"|phối hợp tổ chức |tổ chức công tác )?(?:theo dõi|đôn đốc|kiểm tra"
    r"|giám sát)\b(?:\s*,\s*(?:theo dõi|đôn đốc|kiểm tra|giám sát|hướng dẫn|đánh giá"
    r"|chỉ đạo))*(?:\s+và\s+(?:đôn đốc|kiểm tra|giám sát))?\s+(?=(?:việc|các|tình hình"
    r"|tiến độ|quá trình|kết quả|công tác|sở|đơn vị|trước|hoạt động|trong|thực hiện|để)\b)"
)
_SUPERVISED_BY = re.compile(
    r"(?i)\b(?:kiểm tra|theo dõi|đôn đốc|giám sát)\s*(?:,\s*(?:chỉ đạo|đôn đốc|theo dõi"
    r"|kiểm tra|giám sát)\s+)?(?=(?:việc|công tác|các|thực hiện|tình hình|tiến độ|,)\b)"
)
_REPORT = re.compile(
    r"(?i)\b(?:báo cáo|gửi|phản ánh|trình)(?:\s*,?\s+(?:đột xuất|kịp thời|định kỳ|kết quả"
    r"|tình hình|thực hiện|triển khai|tổng hợp|công tác|cụ thể|theo quy định|chiến dịch"
    r"|kế hoạch|nội dung|tiến độ|bằng văn bản|và dự thảo Kết luận xác minh|những khó khăn"
    r"|theo yêu cầu của))*\s*,?\s*(?P<to>về|cho|lên|tới|đến|với|tại)?\s*(?=\S)"
)
_VIA = re.compile(r"(?i)\s*\(?\s*(?:thông\s+)?qua\s+(?=\S)")
_FUNDS = (
    r"(?:bố trí|cân đối|đảm bảo|bảo đảm)(?:\s*,\s*bố trí)?\s+(?:đủ\s+|nguồn\s+)?(?:dự toán\s+)?"
    r"(?:kinh phí|ngân sách)"
)
_FUND = re.compile(rf"(?i)(?:(?P<clause>{_CLAUSE})|(?<!\w)){_FUNDS}")
_ENTRUST = re.compile(
    r"(?:(?<=^)|(?<=[\n.;,:–-])|(?<=[-–]\s)|(?<=[.;,:]\s)|(?<=\n))\s*(?P<verb>Giao"
    r"|Đề nghị|Yêu cầu|đề nghị|yêu cầu|[Pp]hân công|giao)\s+(?:cho\s+)?(?=\S)"
)
_ENTRUST_MID = re.compile(r"(?<!\w)(?P<verb>đề nghị|yêu cầu|phân công)\s+(?=\S)")
_DONE_BY = re.compile(r"(?<!\w)(?:do|Do)\s+(?=\S)")
_DONE_BY_VERB = re.compile(r"^\s*(?:sắp xếp|chi trả|thực hiện|đảm nhiệm|bố trí|đảm bảo|chịu)")
_CLOSING = re.compile(
    r"(?i)^(?:trên đây là|trong quá trình|căn cứ kế hoạch|kế hoạch này"
    r"|(ủy ban nhân dân|uỷ ban nhân dân|ubnd|yêu cầu|đề nghị|định kỳ|sở |văn phòng ))"
)
_OF_WHOLE = re.compile(r"(?i)kế hoạch|vướng mắc|phát sinh|báo cáo|nội dung trên")
_RESPONSIBLE = re.compile(r"(?i)chịu trách nhiệm (?:thi hành|thực hiện|tổ chức thực hiện)")
_OUTPUT = re.compile(
    r"(?i)(?:sản phẩm(?: đầu ra)?|kết quả(?: đầu ra)?"
    r"|dự kiến sản phẩm)\s*:\s*(?P<what>[^\n]{3,200}?)(?=[.;]?(?:\n|$))"
)


_OF_PARENT = re.compile(r"(?:Vụ|Cục|Chi cục|Phòng|Thanh tra|Văn phòng|Ban|Tổng cục|Viện)\s")
_ADVERBIAL = re.compile(
    r"(?:Hàng|Hằng|Định kỳ|Trước|Trong|Căn cứ|Trên cơ sở|Sau|Tùy|Tuỳ|Kết thúc|Khi|Theo|Để"
    r"|Từ|Đến|Nhằm)\s[^.;:\n]{1,110}?,\s*(?=\S)"
)
_NO_SUBJECT = re.compile(r"\s*(?:được giao|chưa|đã|gồm|bao gồm|như|và các|có liên quan)\b")
# "căn cứ hướng dẫn của X có trách nhiệm chủ trì": X guides, somebody else leads.
_NO_BEARER = re.compile(r"(?i)(?:căn cứ|theo|hướng dẫn|chỉ đạo|quy định|yêu cầu|của)(?: của)?\s$")
_ASKS = re.compile(r"\s*(?:trân trọng |kính )?(?:đề nghị|yêu cầu)\s+(?=\S)")
_ELSEWHERE = re.compile(r"(?i)chủ trì\s+(?:xây dựng|phát động|soạn thảo|ban hành|tổ chức)\b")
_CLOCK = re.compile(r"\s*:\s*(?:[Tt]ừ|[Tt]háng|[Nn]gày|\d|[Tt]ại|[Cc]ó|[Ll]à)\b")


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """What an item's text may run into and other rules read: closing paragraphs, task tables."""

    closings: dict[int, tuple[int, int]]
    tables: list[tuple[int, int]]


class _Bodies:
    """The mentions of a text, for look-ups by position."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        a = bisect.bisect_left(self.starts, start)
        b = bisect.bisect_left(self.starts, end)
        return self.mentions[a:b]

    def at(self, position: int, end: int, *, slack: int = 0) -> Mention | None:
        """The mention that starts at a position, over spaces, articles and titles of persons."""
        for mention in self.within(position, min(end, position + 90)):
            gap = self.text[position : mention.start]
            if (
                not gap.strip(' *\n“"')
                or _PERSON.fullmatch(gap.lstrip(" *"))
                or re.fullmatch(r"\s*(?:các|đồng chí|đại diện)\s*", gap, re.I)
            ):
                return mention
            if len(gap) > slack:
                return None
        return None

    def list_at(self, position: int, end: int, *, slack: int = 0) -> list[Mention]:
        """The mention at a position and all that follow with only separators between."""
        first = self.at(position, end, slack=slack)
        if first is None:
            return []
        found = [first]
        index = bisect.bisect_right(self.starts, first.start)
        for mention in self.mentions[index:]:
            if mention.start < found[-1].end:
                continue
            gap = self.text[found[-1].end : mention.start]
            if mention.start >= end or not _SEPARATOR.match(gap):
                break
            if gap.strip() in ("-", "–") and _OF_PARENT.match(self.text, found[-1].start):
                continue  # "Vụ Pháp chế - Bộ Nội vụ" is one body and the one above it
            found.append(mention)
        return found

    def before(self, position: int, start: int) -> list[Mention]:
        """The list of mentions that ends right before a position."""
        index = bisect.bisect_left(self.starts, position) - 1
        found: list[Mention] = []
        limit = position
        while index >= 0 and self.mentions[index].start >= start:
            mention = self.mentions[index]
            gap = self.text[mention.end : limit]
            if not found and not re.fullmatch(
                r"[\s*]*(?:\([^)]*\)\s*)?(?:(?:là|làm|có trách nhiệm|được giao|sẽ|chủ động|cơ quan"
                r"|đơn vị)\s*)*",
                gap,
            ):
                break
            if found and not _SEPARATOR.match(gap):
                break
            if found and gap.strip() in ("-", "–") and _OF_PARENT.match(self.text, mention.start):
                found.pop()
            found.append(mention)
            limit = mention.start
            index -= 1
        found.reverse()
        if found and _NO_BEARER.search(self.text, max(start, found[0].start - 30), found[0].start):
            return []
        return found


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
    bodies = _Bodies(text, mentions)
    duties: list[Duty] = []
    if outline.preamble:
        duty = Duty([], *outline.preamble)
        _entrusted(text, bodies, duty, *outline.preamble, middle=True)
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
        _entrusted(text, bodies, duty, *closing, middle=True)
        _reports(text, bodies, duty, *closing)
        if duty.roles:
            duties.append(duty)
    for table in tables:
        duties.extend(_rows(text, bodies, table, outline))
    for duty in duties:
        duty.roles = _distinct(text, duty.roles)
    return sorted(duties, key=lambda duty: duty.start)


def hands_out(title: str) -> bool:
    """Does a heading announce duties of the bodies named below it ("Tổ chức thực hiện")?"""
    return bool(_DUTIES_TITLE.search(title))


def role_lines(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind a label of roles ("Đơn vị phối hợp:"), up to the end of its sentence."""
    for m in _LABEL.finditer(text):
        value = _ONE_LINE.match(text, m.end())
        if value and not re.search(r"(?i)phối hợp|chủ trì", value.group()):
            yield value.span()


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
    bodies: _Bodies,
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
    duty.roles.extend(Role(m.start, m.end, "assignee") for m in own)
    if here and not own and (staff := _STAFF.match(text, node.text_start)):
        duty.roles.append(Role(node.text_start, staff.end(), "assignee", 0.7))
    current = own or owners
    _text_roles(text, bodies, duty, node.text_start, own_end, current)
    for sentence in _NEXT_SENTENCE.finditer(text[node.text_start : own_end]):
        later = _subjects(text, bodies, node.text_start + sentence.end(), own_end)
        duty.roles.extend(
            Role(m.start, m.end, "assignee", 0.75) for m in later if m.kind != "generic"
        )
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


def _until_closing(node: Node, elsewhere: _Elsewhere) -> int:
    for start in elsewhere.closings:
        if node.start < start <= node.end:
            return start
    return node.end


def _bullet(
    text: str,
    bodies: _Bodies,
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
    label = _LABEL.match(text, node.start, own_end) or _LABEL.match(text, start, own_end)
    subjects = [] if label or contents else _subjects(text, bodies, start, own_end)
    if (
        subjects
        and owners
        and {key(_printed(text, m)) for m in subjects} <= {key(_printed(text, m)) for m in owners}
    ):
        subjects = []
    target = duty
    if subjects:
        target = Duty([*duty.section, node.path[-1]], node.start, end) if not owners else duty
        target.roles.extend(Role(m.start, m.end, "assignee", 0.8) for m in subjects)
    _text_roles(text, bodies, target, start, own_end, subjects or owners)
    for child in node.children:
        yield from _bullet(
            text, bodies, child, target, subjects or owners, elsewhere=elsewhere,
            contents=contents or bool(re.match(r"(?i)nội dung\b", node.title)),
        )  # fmt: skip
    if target is not duty:
        yield target


def _printed(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end]


def _addressees(
    text: str, bodies: _Bodies, node: Node, end: int, *, addressed: bool
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
    text: str, bodies: _Bodies, start: int, end: int, *, heading: bool = False
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
    if not listed:
        return []
    after = text[listed[-1].end : end]
    if _NO_SUBJECT.match(after) or _CLOCK.match(after):
        return []
    if asks := _ASKS.match(after):  # who asks is no addressee, who is asked is one
        return bodies.list_at(listed[-1].end + asks.end(), end)
    if re.match(r"\s*(?:\([^)]*\))?\s*:", after):
        return listed
    if not after.strip(" .;:\n"):
        return listed if heading else []
    said = re.sub(r"^\s*\([^)]*\)", "", after).partition("\n")[0]
    return listed if _DUTY_VERB.match(said[:200]) else []


def _text_roles(
    text: str, bodies: _Bodies, duty: Duty, start: int, end: int, owners: list[Mention]
) -> None:
    """Roles in labelled lines and running text of one stretch."""
    if end <= start:
        return
    labelled: list[tuple[int, int]] = []
    for m in _LABEL.finditer(text, max(0, start - 2), end):
        stop = text.find("\n", m.end(), end)
        stop = end if stop < 0 else stop
        nxt = _LABEL.search(text, m.end(), stop)
        stop = nxt.start() if nxt else stop
        role = next(r for word, r in _ROLE_OF_LABEL if word in m.group("what").casefold())
        partner = re.search(r"(?i)\bphối hợp\b", text[m.end() : stop]) if role == "lead" else None
        lead_end = m.end() + partner.start() if partner else stop
        for body in bodies.within(m.end(), stop):
            own: AssignmentRole = role if body.start < lead_end else "coordinate"
            duty.roles.append(Role(body.start, body.end, own, 0.95))
        labelled.append((m.start(), stop))

    def free(position: int) -> bool:
        return not any(a <= position < b for a, b in labelled)

    for m in _LEAD.finditer(text, start, end):
        if free(m.start()) and not re.match(
            r"chủ trì\s*(?:,|và)\s*phối hợp\s*[;.)]", text[m.start() : m.start() + 25]
        ):
            bearers = bodies.before(m.start(), start) or _owners_at(text, m.start(), start, owners)
            within_clause = bearers and text.endswith("do ", 0, bearers[0].start)
            if within_clause and _ELSEWHERE.match(text, m.start()):
                continue  # "… Kế hoạch do X chủ trì xây dựng": another work of X
            duty.roles.extend(Role(b.start, b.end, "lead") for b in bearers)
    for m in _COORDINATE.finditer(text, start, end):
        if not free(m.start()) or text[max(start, m.start() - 4) : m.start()].endswith("sự "):
            continue
        listed = bodies.list_at(m.end(), end)
        if m.group("with") and m.group("with").casefold() == "giữa":
            rest = (
                re.compile(r"\s+(?:với|và)\s+").match(text, listed[-1].end, end) if listed else None
            )
            listed = bodies.list_at(rest.end(), end) if rest else listed[1:]
        elif not m.group("with"):
            onward = re.compile(r"[^.;:\n]{0,45}?\s(?:với|cùng)\s+").match(
                text, listed[-1].end if listed else m.end(), end
            )
            if onward and not (listed and onward.end() - listed[-1].end > 8):
                listed = [*listed, *bodies.list_at(onward.end(), end)]
        duty.roles.extend(Role(b.start, b.end, "coordinate") for b in listed)
        if not listed and m.group("with") is None:
            bearers = bodies.before(m.start(), start)
            duty.roles.extend(Role(b.start, b.end, "coordinate", 0.6) for b in bearers)
    coordinating = {(r.start, r.end) for r in duty.roles if r.role == "coordinate"}
    for m in _finditer(_ADVISE, text, start, end):
        verb = start + m.start("verb" if m.group("verb") else "mid")
        if not free(verb):
            continue
        near = bodies.before(verb, start)
        bearers = [b for b in near if (b.start, b.end) not in coordinating]
        if not bearers and (m.group("verb") or near) and len(owners) <= 2:
            bearers = owners
        duty.roles.extend(Role(b.start, b.end, "advise") for b in bearers)
    if len(owners) <= 2:
        for m in _finditer(_SUPERVISE, text, start, end):
            if free(start + m.start()):
                duty.roles.extend(Role(b.start, b.end, "supervise", 0.75) for b in owners)
    for m in _SUPERVISED_BY.finditer(text, start, end):
        bearers = bodies.before(m.start(), start)
        if bearers and re.search(
            r"(?i)(?:phối hợp|kiện toàn|thành lập)[^.;\n]*$", text[start : bearers[0].start]
        ):
            continue
        if bearers and all(b.kind != "generic" for b in bearers):
            duty.roles.extend(Role(b.start, b.end, "supervise", 0.7) for b in bearers)
    for m in _finditer(_FUND, text, start, end):
        funds = bodies.before(start + m.start(), start)
        if not funds and m.group("clause") is not None and len(owners) == 1:
            funds = owners
        duty.roles.extend(
            Role(b.start, b.end, "fund", 0.75)
            for b in funds
            if re.search(r"(?i)tài chính|kế hoạch", _printed(text, b))
        )
    _reports(text, bodies, duty, start, end)
    _entrusted(text, bodies, duty, start, end, middle=False)
    for m in _DONE_BY.finditer(text, start, end):
        listed = bodies.list_at(m.end(), end)
        if listed and _DONE_BY_VERB.match(text[listed[-1].end : end][:40]):
            duty.roles.extend(Role(b.start, b.end, "assignee", 0.75) for b in listed)
    for m in _OUTPUT.finditer(text, start, end):
        duty.outputs.append(m.span("what"))


def _finditer(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Matches inside a stretch, for patterns in which "^" means its start."""
    return pattern.finditer(text[start:end])


def _owners_at(text: str, position: int, start: int, owners: list[Mention]) -> list[Mention]:
    """The item's addressees lead where "chủ trì" opens a clause that names nobody else."""
    before = text[max(start, position - 25) : position]
    opens = not before.strip(" *\n-–+") or re.search(
        r"(?:[\n.;,:]\s*|[-–+]\s*|\bvà\s+|\btrách nhiệm\s+|\bđộng\s+)$", before
    )
    return owners if opens and len(owners) <= 3 else []


def _reports(text: str, bodies: _Bodies, duty: Duty, start: int, end: int) -> None:
    for m in _REPORT.finditer(text, start, end):
        verb = m.group().split()[0].casefold()
        listed = bodies.list_at(m.end(), end)
        if verb == "gửi" and not m.group("to") and not (listed and listed[0].kind == "named"):
            continue
        if not listed and verb != "trình":
            onward = re.compile(r"[^.;\n]{0,90}?\s(?:về|cho|với|lên)\s+").match(text, m.end(), end)
            if onward:
                listed = bodies.list_at(onward.end(), end)
        if not listed:
            continue
        if verb == "trình" and not re.search(
            r"(?i)viện trưởng|chủ tịch|bộ trưởng|ủy ban|ubnd", text[m.start() : listed[0].end]
        ):
            continue
        duty.roles.extend(
            Role(b.start, b.end, "report_to", 0.8) for b in listed[:2] if b.kind != "generic"
        )
        via = _VIA.match(text, listed[-1].end, end)
        while via:
            through = bodies.list_at(via.end(), end)
            duty.roles.extend(Role(b.start, b.end, "via") for b in through)
            onward = re.compile(r"\s*\)\s*(?:,|và|;)\s*").match(
                text, through[-1].end if through else via.end(), end
            )
            further = bodies.at(onward.end(), end) if onward else None
            via = _VIA.match(text, further.end, end) if further else None
            if further and via:
                duty.roles.append(Role(further.start, further.end, "report_to", 0.8))


def _entrusted(
    text: str, bodies: _Bodies, duty: Duty, start: int, end: int, *, middle: bool
) -> None:
    """ "Giao X …", "Đề nghị Y …", "yêu cầu Z …"."""
    for expression in (_ENTRUST_MID, _ENTRUST) if middle else (_ENTRUST,):
        for m in expression.finditer(text, start, end):
            verb = m.group("verb")
            listed = bodies.list_at(m.end(), end)
            if (
                not middle
                and verb.casefold() == "yêu cầu"
                and all(b.kind == "generic" for b in listed)
            ):
                continue
            if not middle and verb in ("đề nghị", "yêu cầu", "giao"):
                continue
            duty.roles.extend(Role(b.start, b.end, "assignee", 0.8) for b in listed)


def _rows(text: str, bodies: _Bodies, table: TaskTable, outline: Outline) -> Iterator[Duty]:
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
    home: Node | None = None
    level = outline.nodes
    while holder := next(
        (n for n in level if n.start <= table.start < n.end and n.kind != "row"), None
    ):
        home, level = holder, holder.children
    label = text[slice(*row[0])].strip().rstrip(".") or str(index)
    return [*(home.path if home else []), label]
