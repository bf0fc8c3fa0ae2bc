"""Roles in one stretch of text: labelled lines and running words.

In: a stretch, the mentions in it and the addressees of its item.  Out: roles added to its duty.

Roles: lead (chủ trì), coordinate (phối hợp), assignee (addressed by a heading of "Tổ chức thực
hiện" or by "Giao/Đề nghị/Yêu cầu X"), advise (tham mưu), supervise (theo dõi, đôn đốc, kiểm tra),
fund (bố trí kinh phí), and those of ``reporting``.  A role whose bearer is not said belongs to the
addressee of the item, and to nobody where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.record import AssignmentRole
from pipeline.entities.agency_mentions import Mention
from pipeline.language.letters import UPPER
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.mentions import Mentions, printed
from pipeline.tasks.reporting import reports

LABEL = re.compile(
    r"(?:^|(?<=[\n.;])|(?<=[-–+])|(?<=[a-zđ]\)))[\s*\-–+]{0,12}(?:[a-zđ]\)\s*)?(?P<label>"
    r"(?:(?:Cơ quan|Đơn vị|Bộ phận|Phòng|Tổ chức"
    r"|Sở, ngành)\s*,?\s*(?:đơn vị\s*)?)?(?:được giao\s+)?(?P<what>[Cc]hủ trì(?:,? thực"
    r" hiện|,? tham mưu)?|[Pp]hối hợp(?: thực hiện)?|thực hiện(?: chính)?|[Tt]ham mưu"
    r"|[Tt]heo dõi|[Gg]iám sát|(?:làm )?đầu mối(?: trình)?)(?:\s+và\s+[^:\n]{3,30})?"
    r"|(?P<bare>(?:Thực hiện|(?:Phân công|Trách nhiệm|Chịu trách nhiệm)(?: thực hiện)?)"
    rf"(?=\s*:\s*(?:[{UPPER}]|các\s)))"
    r")\s*(?:,?\s*gồm)?\s*:\s*",
    re.M,
)
_ONE_LINE = re.compile(r"[^\n.*]{3,300}?(?=\n|[.*]|\s[-–+]\s|$)")
# A field's list ends where it says what is done: "… làm đầu mối, báo cáo Thủ tướng".
_LABEL_END = re.compile(
    r"\s(?:làm đầu mối|chủ trì,? chỉ đạo|có trách nhiệm|tham mưu|tổng hợp|gửi|báo cáo"
    r"|(?<!công )(?<!chương )(?<!quy )trình|để|nhằm)\s"
)
_WHERE = re.compile(r"\s(?:tại|ở|trên|trong)\s$")
_ROLE_OF_LABEL: tuple[tuple[str, AssignmentRole], ...] = (
    ("phối hợp", "coordinate"), ("chủ trì", "lead"), ("thực hiện", "lead"), ("tham mưu", "advise"),
    ("theo dõi", "supervise"), ("giám sát", "supervise"), ("đầu mối", "lead"),
)  # fmt: skip
_CLAUSE = (
    r"(?:^|(?<=[\n.;:,])|(?<=[-–+])|(?<=\bvà)|(?<=\bsẽ)|(?<=\btrách nhiệm)|(?<=\bđộng)"
    r"|(?<=\bmối)|(?<=thường trực)|(?<=quyền hạn))\s*"
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
# "công tác phối hợp giữa …", "Chương trình phối hợp số …" speak of working together, nobody does.
_NOUN_BEFORE = re.compile(
    r"(?i)\b(?:sự|công tác|cơ chế|quy chế|chương trình|(?<!đầu )mối|vai trò)[ ]$"
)
# … but "tăng cường công tác phối hợp với X" has a partner.
_MORE_WORK = re.compile(r"(?i)(?:tăng cường|đẩy mạnh|làm tốt|thực hiện tốt) công tác $")
# "vận động Nhân dân tích cực phối hợp với Công an": not an office that is told to.
_PEOPLE_BEFORE = re.compile(
    r"(?i)(?:vận động|khuyến khích|tuyên truyền)[^.;:]{0,30}\b(?:nhân dân|người dân|quần chúng)"
    r"[^.;:]{0,40}$"
)
_WITH = re.compile(r"[^.;:\n]{0,45}?\s(?:với|cùng)\s+")
_AND = re.compile(r"\s+(?:với|và)\s+")
_UNKNOWN = re.compile(r"(?:các )?[^\W\d_][^.,;:()\n]{2,45}?(?:,| và)\s+")
_ADVISE = re.compile(
    rf"(?i){_CLAUSE}(?:làm đầu mối |là đầu mối |đầu mối )?(?P<verb>tham mưu)\b"
    r"|(?P<mid>\btham mưu)\b"
)
# "báo cáo Sở X để tổng hợp, tham mưu": it is Sở X that advises.
_FOR_ADVICE = re.compile(
    r"(?i)\b(?:báo cáo|gửi|phản [áả]nh)\s[^.;\n]{3,160}?\s(?P<so>để)\s(?!báo cáo)[^.;\n]{0,70}$"
)
_SUPERVISE = re.compile(
    rf"(?i){_CLAUSE}(?:thường xuyên |tổ chức |tăng cường |tiến hành |thực hiện "
    rf"|giúp [^.;,]{{3,50}} |trực tiếp "
    r"|phối hợp tổ chức |tổ chức công tác )?(?:theo dõi|đôn đốc|kiểm tra"
    r"|giám sát)\b(?:\s*,\s*(?:theo dõi|đôn đốc|kiểm tra|giám sát|hướng dẫn|đánh giá"
    r"|tổng hợp|sơ kết|tổng kết|quản lý|triển khai|chỉ đạo))*"
    r"(?:\s+và\s+(?:đôn đốc|kiểm tra|giám sát))?(?:\s+(?=(?:việc|các|tình hình"
    r"|tiến độ|quá trình|kết quả|công tác|sở|đơn vị|trước|hoạt động|trong|thực hiện|triển khai"
    r"|để)\b)"
    r"|(?=,\s+(?:định kỳ|báo cáo|kịp thời)\b))"
)
# "phối hợp trong công tác chỉ đạo, kiểm tra việc …": what they work together in, or what for.
_IN_WORK = re.compile(
    r"(?i)(?:trong (?:công tác|việc)|(?:nhằm|để) (?:theo dõi|kiểm tra|giám sát|đôn đốc))[^.;:\n]*$"
)
_SUPERVISED_BY = re.compile(
    r"(?i)\b(?:kiểm tra|theo dõi|đôn đốc|giám sát)\s*(?:,\s*(?:chỉ đạo|đôn đốc|theo dõi"
    r"|kiểm tra|giám sát)\s+)?(?=(?:việc|công tác|các|thực hiện|tình hình|tiến độ|chung|như sau"
    r"|,)\b)"
)
_GATHERS = re.compile(r"(?i)(?:phối hợp|kiện toàn|thành lập)[^.;\n]*$")  # whom, not who follows
_FUNDS = (
    r"(?<!khả năng )(?:bố trí|cân đối|đảm bảo|bảo đảm)(?:\s*,\s*bố trí)?\s+(?:đủ\s+|nguồn\s+)?"
    r"(?:dự toán\s+)?"
    r"(?:kinh phí|ngân sách)"
)
_FUND = re.compile(rf"(?i)(?:(?P<clause>{_CLAUSE})|(?<!\w)){_FUNDS}")
_ENTRUST = re.compile(
    r"(?:(?<=^)|(?<=[\n.;,:–-])|(?<=[-–]\s)|(?<=[.;,:]\s)|(?<=\n))\s*(?P<verb>Giao"
    r"|Đề nghị|Yêu cầu|đề nghị|yêu cầu|[Pp]hân công|giao)\s+(?:cho\s+)?(?=\S)"
)
_ENTRUST_MID = re.compile(r"(?<!\w)(?P<verb>đề nghị|yêu cầu|phân công)\s+(?=\S)")
# "Chỉ đạo UBND các xã tổ chức …": those below are charged too.
_DIRECTED = re.compile(r"(?<!\w)[Cc]hỉ đạo\s+(?:lực lượng\s+)?(?=\S)")
_CLAUSE_OPENS = re.compile(r"(?:^|[\n.;,:–+-]\s*|(?:tiếp tục|và|trực tiếp)\s)$")
_ADVISED = re.compile(r"(?i)(?:tham mưu|đề xuất|kiến nghị|báo cáo|trình)[^.;,\n]{0,20}$")
_OFFICES = re.compile(r"(?i:các (?:sở|bộ))\b|[Ll]ực lượng [A-ZĐ]")
_DONE_BY = re.compile(r"(?<!\w)(?:do|Do)\s+(?=\S)")
_DONE_BY_VERB = re.compile(
    r"^\s*(?:sắp xếp|chi trả|thực hiện|đảm nhiệm|đảm trách|phụ trách|bố trí|đảm bảo|điều động|chịu)"
)
_OUTPUT = re.compile(
    r"(?i)(?:sản phẩm(?: đầu ra)?|kết quả(?: đầu ra)?"
    r"|dự kiến sản phẩm)\s*:\s*(?P<what>[^\n]{3,200}?)(?=[.;]?(?:\n|$))"
)
_ELSEWHERE = re.compile(r"(?i)chủ trì\s+(?:xây dựng|phát động|soạn thảo|ban hành|tổ chức)\b")


def names_lead(text: str, start: int, end: int) -> bool:
    """Does a line say under a label who leads ("- Cơ quan chủ trì: …")?"""
    label = LABEL.match(text, start, end)
    return label is not None and _role_of(label) == "lead"


def _role_of(label: re.Match[str]) -> AssignmentRole:
    if label.group("bare"):
        return "assignee"
    said = label.group("what").casefold()
    return next(role for word, role in _ROLE_OF_LABEL if word in said)


def role_lines(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind a label of roles ("Đơn vị phối hợp:"), up to the end of its sentence."""
    for m in LABEL.finditer(text):
        value = _ONE_LINE.match(text, m.end())
        if value and not re.search(r"(?i)phối hợp|chủ trì", value.group()):
            yield value.span()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One stretch of a duty's text: who is named in it, whom its item addresses."""

    text: str
    bodies: Mentions
    duty: Duty
    start: int
    end: int
    owners: list[Mention]
    labelled: list[tuple[int, int]] = field(default_factory=list)

    def free(self, position: int) -> bool:
        """Is a place outside the labelled lines, which say their roles themselves?"""
        return not any(a <= position < b for a, b in self.labelled)

    def own_words(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of a pattern in which "^" means the stretch's start; offsets from there."""
        return pattern.finditer(self.text[self.start : self.end])

    def bear(self, bearers: Iterable[Mention], role: AssignmentRole, confidence: float) -> None:
        self.duty.roles.extend(Role(b.start, b.end, role, confidence) for b in bearers)


def in_text(
    text: str, bodies: Mentions, duty: Duty, start: int, end: int, owners: list[Mention]
) -> None:
    """Roles in labelled lines and running text of one stretch."""
    if end <= start:
        return
    stretch = _Stretch(text, bodies, duty, start, end, owners)
    _labelled(stretch)
    _lead(stretch)
    _coordinate(stretch)
    partners = {(r.start, r.end) for r in duty.roles if r.role == "coordinate"}
    _advise(stretch, partners)
    _supervise(stretch, partners)
    _fund(stretch)
    reports(text, bodies, duty, start, end)
    entrusted(text, bodies, duty, start, end, middle=False)
    _charged(stretch)
    duty.outputs.extend(m.span("what") for m in _OUTPUT.finditer(text, start, end))


def _labelled(stretch: _Stretch) -> None:
    """ "Cơ quan chủ trì: X", "Thực hiện: Y và Z"."""
    text, bodies, end = stretch.text, stretch.bodies, stretch.end
    for m in LABEL.finditer(text, max(0, stretch.start - 2), end):
        stop = text.find("\n", m.end(), end)
        stop = end if stop < 0 else stop
        nxt = LABEL.search(text, m.end(), stop)
        stop = nxt.start() if nxt else stop
        partner = re.search(r"(?i)\bphối hợp\b", text[m.end() : stop])
        if m.group("bare") and (
            partner or _LEAD.search(text, m.end(), stop) or not bodies.list_at(m.end(), stop)
        ):
            continue  # the sentence itself says the roles, or what is done
        role = _role_of(m)
        lead_end = m.end() + partner.start() if partner and role == "lead" else stop
        said = _LABEL_END.search(text, m.end(), stop)
        stop = said.start() if said else stop
        for body in bodies.within(m.end(), stop):
            if body.kind == "generic" and _WHERE.search(text, m.end(), body.start):
                continue  # "các cơ quan tại các địa phương"
            stretch.bear([body], role if body.start < lead_end else "coordinate", 0.95)
        stretch.labelled.append((m.start(), stop))


def _lead(stretch: _Stretch) -> None:
    text, bodies, start = stretch.text, stretch.bodies, stretch.start
    for m in _LEAD.finditer(text, start, stretch.end):
        if not stretch.free(m.start()) or re.match(
            r"chủ trì\s*(?:,|và)\s*phối hợp\s*[;.)]", text[m.start() : m.start() + 25]
        ):
            continue
        bearers = bodies.before(m.start(), start) or _owners_at(
            text, m.start(), start, stretch.owners
        )
        within_clause = bearers and text.endswith("do ", 0, bearers[0].start)
        if within_clause and _ELSEWHERE.match(text, m.start()):
            continue  # "… Kế hoạch do X chủ trì xây dựng": another work of X
        stretch.bear(bearers, "lead", 0.85)


def _coordinate(stretch: _Stretch) -> None:
    text, bodies, start, end = stretch.text, stretch.bodies, stretch.start, stretch.end
    for m in _COORDINATE.finditer(text, start, end):
        if _PEOPLE_BEFORE.search(text, max(start, m.start() - 80), m.start()):
            continue
        linked = (m.group("with") or "").casefold()
        noun = _NOUN_BEFORE.search(text, max(start, m.start() - 14), m.start())
        if (
            noun
            and linked == "với"
            and _MORE_WORK.search(text, max(start, m.start() - 30), m.start())
        ):
            noun = None
        if noun or not stretch.free(m.start()):
            continue
        listed = bodies.list_at(m.end(), end)
        if not listed and linked and linked != "giữa":
            listed = _past_unknown(bodies, text, m.end(), end)
        if linked == "giữa":
            rest = _AND.match(text, listed[-1].end, end) if listed else None
            listed = bodies.list_at(rest.end(), end) if rest else listed[1:]
        elif not linked:
            onward = _WITH.match(text, listed[-1].end if listed else m.end(), end)
            if onward and not (listed and onward.end() - listed[-1].end > 8):
                listed = [*listed, *bodies.list_at(onward.end(), end)]
        stretch.bear(listed, "coordinate", 0.85)
        if not listed and not linked:
            stretch.bear(bodies.before(m.start(), start), "coordinate", 0.6)


def _advise(stretch: _Stretch, partners: set[tuple[int, int]]) -> None:
    text, bodies, start, owners = stretch.text, stretch.bodies, stretch.start, stretch.owners
    for m in stretch.own_words(_ADVISE):
        verb = start + m.start("verb" if m.group("verb") else "mid")
        if not stretch.free(verb):
            continue
        near = bodies.before(verb, start)
        bearers = [b for b in near if (b.start, b.end) not in partners]
        if told := _FOR_ADVICE.search(text, max(start, verb - 200), verb):
            bearers = near = bodies.before(told.start("so"), start)
        if not bearers and (m.group("verb") or near) and len(owners) <= 2:
            bearers = owners
        stretch.bear(bearers, "advise", 0.85)


def _supervise(stretch: _Stretch, partners: set[tuple[int, int]]) -> None:
    text, bodies, start, owners = stretch.text, stretch.bodies, stretch.start, stretch.owners
    if len(owners) <= 2:
        for m in stretch.own_words(_SUPERVISE):
            at = start + m.start()
            if stretch.free(at) and not _IN_WORK.search(text[max(start, at - 70) : at]):
                stretch.bear(owners, "supervise", 0.75)
    for m in _SUPERVISED_BY.finditer(text, start, stretch.end):
        bearers = bodies.before(m.start(), start)
        together = bearers and all((b.start, b.end) in partners for b in bearers)
        if together and len(owners) == 1 and m.group().startswith(("theo dõi", "đôn đốc")):
            stretch.bear(owners, "supervise", 0.7)
        if bearers:
            first = bearers[0].start
            if _GATHERS.search(text, max(start, first - 300), first):
                continue
        if any(b.kind != "generic" for b in bearers):
            stretch.bear(bearers, "supervise", 0.7)


def _fund(stretch: _Stretch) -> None:
    text, start = stretch.text, stretch.start
    for m in stretch.own_words(_FUND):
        funds = stretch.bodies.before(start + m.start(), start)
        if not funds and m.group("clause") is not None and len(stretch.owners) == 1:
            funds = stretch.owners
        offices = [b for b in funds if re.search(r"(?i)tài chính|kế hoạch", printed(text, b))]
        stretch.bear(offices, "fund", 0.75)


def _charged(stretch: _Stretch) -> None:
    """ "Chỉ đạo UBND các xã tổ chức …", "… do Sở X thực hiện"."""
    text, bodies, start, end = stretch.text, stretch.bodies, stretch.start, stretch.end
    for m in _DIRECTED.finditer(text, start, end):
        if not _directs(text, bodies, m.start(), start):
            continue
        listed = bodies.list_at(m.end(), end)
        orders = bool(listed) and text.startswith(":", listed[-1].end)
        if orders or all(b.kind != "generic" or _OFFICES.match(printed(text, b)) for b in listed):
            stretch.bear(listed, "assignee", 0.7)
    for m in _DONE_BY.finditer(text, start, end):
        listed = bodies.list_at(m.end(), end)
        if listed and _DONE_BY_VERB.match(text[listed[-1].end : end][:40]):
            stretch.bear(listed, "assignee", 0.75)


def _directs(text: str, bodies: Mentions, position: int, start: int) -> bool:
    """ "Bộ X chỉ đạo Y", not "tham mưu Bộ X chỉ đạo Y": that is only advised."""
    if _CLAUSE_OPENS.search(text[max(start, position - 12) : position]):
        return True
    by = bodies.before(position, start)
    return bool(by) and not _ADVISED.search(text, max(start, by[0].start - 30), by[0].start)


def _past_unknown(bodies: Mentions, text: str, start: int, end: int) -> list[Mention]:
    """The list behind one or two names that nobody knows: "với Ban lạ, các đơn vị liên quan"."""
    for _ in range(2):
        unknown = _UNKNOWN.match(text, start, end)
        if unknown is None:
            return []
        if listed := bodies.list_at(unknown.end(), end):
            return listed
        start = unknown.end()
    return []


def _owners_at(text: str, position: int, start: int, owners: list[Mention]) -> list[Mention]:
    """The item's addressees lead where "chủ trì" opens a clause that names nobody else."""
    before = text[max(start, position - 25) : position]
    opens = not before.strip(" *\n-–+") or re.search(
        r"(?:[\n.;,:]\s*|[-–+]\s*|\bvà\s+|\btrách nhiệm\s+|\bđộng\s+)$", before
    )
    return owners if opens and len(owners) <= 3 else []


def entrusted(
    text: str, bodies: Mentions, duty: Duty, start: int, end: int, *, middle: bool
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
