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
from pipeline.tasks.charges import Passage, charged, entrusted, passages
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.labels import labelled
from pipeline.tasks.mentions import TO_VERB, Mentions, after_semicolon, printed, up_to_clause
from pipeline.tasks.reporting import reports
from pipeline.tasks.subjects import Sentence

_CLAUSE = (
    r"(?:^|(?<=[\n.;:,])|(?<=[-–+])|(?<=\bvà)|(?<=\bsẽ)|(?<=\btrách nhiệm)|(?<=chủ động)"
    r"|(?<=\bmối)|(?<=thường trực)|(?<=quyền hạn))\s*"
)
_LEAD = re.compile(
    r"(?i)(?:(?<=là cơ quan )|(?<=là đơn vị )|(?<!cơ quan )(?<!đơn vị ))"
    r"(?<!được giao )(?<!giao nhiệm vụ )\bchủ trì\b"
)
_LEADS_OR_HELPS = re.compile(r"(?i)chủ trì(?:\s*(?:,|và)\s*phối hợp\s*[;.)]|\s+hoặc\s+phối hợp\b)")
_COORDINATE = re.compile(
    r"(?i)\b(?:phối hợp|phối kết hợp)(?:\s+(?:chặt chẽ|thường xuyên|hiệu quả|tốt|đồng bộ"
    r"|triển khai|thực hiện|liên ngành))*\s*(?:,\s*\S+\s+\S+\s*)?(?P<with>cùng với|với"
    r"|cùng|giữa)?(?:(?<=với):)?\s*(?=\S)"
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
    rf"(?i){_CLAUSE}(?:(?:làm đầu mối|là đầu mối|đầu mối|kịp thời|chủ động|trực tiếp|tích cực"
    r"|thường xuyên|chủ trì|định kỳ|h[àằ]ng (?:tuần|tháng|quý|năm)),?\s+){0,2}"
    r"(?P<verb>tham mưu)\b"
    r"|(?P<mid>\btham mưu)\b"
)
# "báo cáo Sở X để tổng hợp, tham mưu": it is Sở X that advises.
_FOR_ADVICE = re.compile(
    r"(?i)\b(?:báo cáo|gửi|phản [áả]nh)\s[^.;\n]{3,160}?\s(?P<so>để)\s(?!báo cáo)[^.;\n]{0,70}$"
)
# What is followed: the object, or the end of a chain of such verbs, or a report on it.
_FOLLOWED = (
    r"\s+(?:việc|các|tình hình|tiến độ|quá trình|kết quả|công tác|sở|đơn vị|trước|hoạt động|trong"
    r"|thực hiện|triển khai|để)\b"
)
_CHAIN = (
    r"(?:\s*,\s*(?:theo dõi|đôn đốc|kiểm tra|giám sát|hướng dẫn|đánh giá|tổng hợp|sơ kết|tổng kết"
    r"|quản lý|triển khai|chỉ đạo)){1,9}(?:\s+và\s+(?:đôn đốc|kiểm tra|giám sát|tổng hợp))?"
    r"|\s+và\s+(?:đôn đốc|kiểm tra|giám sát|tổng hợp)"
)
_SUPERVISE = re.compile(
    rf"(?i){_CLAUSE}(?P<verb>(?:thường xuyên |tổ chức |tăng cường |tiến hành |thực hiện "
    rf"|giúp [^.;,]{{3,50}} |trực tiếp "
    r"|phối hợp tổ chức |tổ chức công tác )?(?:theo dõi|đôn đốc|kiểm tra"
    rf"|giám sát)\b(?P<chain>{_CHAIN})?)"
    rf"(?={_FOLLOWED}|,\s+(?:định kỳ|báo cáo|kịp thời)\b|(?(chain)\s*(?:[.;]|và báo cáo\b)|(?!)))"
)
# "phối hợp trong công tác chỉ đạo, kiểm tra việc …": what they work together in, or what for.
_IN_WORK = re.compile(
    r"(?i)(?:trong (?:công tác|việc)|(?:nhằm|để) (?:theo dõi|kiểm tra|giám sát|đôn đốc))[^.;:\n]*$"
)
_SUPERVISED_BY = re.compile(
    r"(?i)\b(?:kiểm tra|theo dõi|đôn đốc|giám sát)(?:\s*(?:,\s*(?:chỉ đạo|đôn đốc|theo dõi"
    r"|kiểm tra|giám sát)\s+)?(?=(?:việc|công tác|các|thực hiện|tình hình|tiến độ|chung|như sau"
    rf"|,)\b)|(?:{_CHAIN})(?=\s*(?:[.;]|và báo cáo\b)))"
)
# Who leads with partners follows the work, too; what they check together may be a shop.
_FOLLOWS = re.compile(
    r"(?:theo dõi|đôn đốc|(?:kiểm tra|giám sát)\b[^.;:\n]{0,30}?\s(?:việc (?:triển khai |tổ chức )*"
    r"thực hiện|tình hình thực hiện|tiến độ))\b"
)
# "tham mưu Ban X kiểm tra", "giúp X theo dõi": X is helped; who helps him has the work.
_HELPED = re.compile(r"(?i)\b(?:tham mưu|đề xuất|giúp)(?: cho)?(?: [^.;,\n]{1,15})?\s$")
_GATHERS = re.compile(r"(?i)(?:phối hợp|kiện toàn|thành lập)[^.;\n]*$")  # whom, not who follows
_FUNDS = (
    r"(?<!khả năng )(?:bố trí|cân đối|đảm bảo|bảo đảm)(?:\s*,\s*bố trí)?\s+(?:đủ\s+|nguồn\s+)?"
    r"(?:dự toán\s+)?"
    r"(?:kinh phí|ngân sách)"
)
_FUND = re.compile(rf"(?i)(?:(?P<clause>{_CLAUSE})|(?<!\w)){_FUNDS}")
_OUTPUT = re.compile(
    r"(?i)(?:sản phẩm(?: (?:đầu ra|dự kiến|hoàn thành|cụ thể|cần đạt))?"
    r"|kết quả(?: (?:đầu ra|dự kiến|cần đạt))?"
    r"|dự kiến sản phẩm)\s*:\s*(?P<what>[^\n]{3,200}?)"
    r"(?=[.;]?(?:\n|$)|;\s*(?:thời (?:gian|hạn)|kinh phí|chủ trì|phối hợp|cơ quan|đơn vị)\b)"
)
_ELSEWHERE = re.compile(r"(?i)chủ trì\s+(?:xây dựng|phát động|soạn thảo|ban hành|tổ chức)\b")
_TOLD = re.compile(r"(?<!\w)(?:về|với|cho|đến|tới|gửi)\s$")
_NEAR = 60  # code points; what stands between a body and its verb is no longer


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One stretch of a duty's text: who is named in it, whom its item addresses."""

    text: str
    bodies: Mentions
    duty: Duty
    start: int
    end: int
    owners: list[Mention]
    passages: list[Passage]
    labelled: list[tuple[int, int]] = field(default_factory=list)

    def owners_at(self, position: int) -> list[Mention]:
        """Whose a verb is that names nobody: of whom its own sentence speaks, or its item."""
        for passage in self.passages:
            if passage.start <= position < passage.end:
                return passage.bodies
        return self.owners

    def bearers(self, position: int) -> list[Mention]:
        """Whom the text names right before a verb."""
        named = self.bodies.before(position, self.start)
        if named:  # "gửi về X; Y chủ trì"
            first = named[0].start
            told = _TOLD.search(self.text, max(self.start, first - 6), first)
            return after_semicolon(self.text, named) if told else named
        for passage in self.passages:  # "Chỉ đạo X chủ trì"
            if passage.start <= position < passage.start + _NEAR and TO_VERB.fullmatch(
                self.text, passage.start, position
            ):
                return passage.bodies
        return []

    def free(self, position: int) -> bool:
        """Is a place outside the labelled lines, which say their roles themselves?"""
        return not any(a <= position < b for a, b in self.labelled)

    def own_words(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches of a pattern in which "^" means the stretch's start; offsets from there."""
        return pattern.finditer(self.text[self.start : self.end])

    def bear(self, bearers: Iterable[Mention], role: AssignmentRole, confidence: float) -> None:
        self.duty.roles.extend(Role(b.start, b.end, role, confidence) for b in bearers)


def in_text(
    text: str,
    bodies: Mentions,
    duty: Duty,
    start: int,
    end: int,
    owners: list[Mention],
    later: Iterable[Sentence] = (),
) -> None:
    """Roles in labelled lines and running text of one stretch; ``later``: its further sentences."""
    if end <= start:
        return
    told = passages(text, bodies, start, end, (sentence.bodies for sentence in later))
    stretch = _Stretch(text, bodies, duty, start, end, owners, told)
    stretch.labelled.extend(labelled(text, bodies, duty, start, end))
    _lead(stretch)
    _coordinate(stretch)
    partners = {(r.start, r.end) for r in duty.roles if r.role == "coordinate"}
    _advise(stretch, partners)
    _supervise(stretch, partners)
    _fund(stretch)
    reports(text, bodies, duty, start, end)
    entrusted(text, bodies, duty, start, end, middle=False)
    charged(text, bodies, duty, start, end)
    duty.outputs.extend(m.span("what") for m in _OUTPUT.finditer(text, start, end))


def _lead(stretch: _Stretch) -> None:
    text, start = stretch.text, stretch.start
    for m in _LEAD.finditer(text, start, stretch.end):
        if not stretch.free(m.start()) or _LEADS_OR_HELPS.match(text, m.start()):
            continue
        bearers = stretch.bearers(m.start()) or _owners_at(
            text, m.start(), start, stretch.owners_at(m.start())
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
        listed = up_to_clause(text, bodies.list_at(m.end(), end))
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
    text, bodies, start = stretch.text, stretch.bodies, stretch.start
    for m in stretch.own_words(_ADVISE):
        verb = start + m.start("verb" if m.group("verb") else "mid")
        if not stretch.free(verb):
            continue
        owners = stretch.owners_at(verb)
        near = bodies.before(verb, start)
        bearers = [b for b in near if (b.start, b.end) not in partners]
        if told := _FOR_ADVICE.search(text, max(start, verb - 200), verb):
            bearers = near = bodies.before(told.start("so"), start)
        if not bearers and (m.group("verb") or near) and len(owners) <= 2:
            bearers = owners
        stretch.bear(bearers, "advise", 0.85)


def _supervise(stretch: _Stretch, partners: set[tuple[int, int]]) -> None:
    text, start = stretch.text, stretch.start
    for m in stretch.own_words(_SUPERVISE):
        at = start + m.start("verb")
        owners = stretch.owners_at(at)
        if len(owners) > 2 or not stretch.free(at):
            continue
        if not _IN_WORK.search(text[max(start, at - 70) : at]):
            stretch.bear(owners, "supervise", 0.75)
    for m in _SUPERVISED_BY.finditer(text, start, stretch.end):
        bearers = stretch.bearers(m.start())
        owners = stretch.owners_at(m.start())
        together = bearers and all((b.start, b.end) in partners for b in bearers)
        if together and len(owners) == 1 and _FOLLOWS.match(text, m.start()):
            stretch.bear(owners, "supervise", 0.7)
        if bearers:
            first = bearers[0].start
            if _GATHERS.search(text, max(start, first - 300), first):
                continue
            if _HELPED.search(text, max(start, first - 30), first):
                continue
        if any(b.kind != "generic" for b in bearers):
            stretch.bear(bearers, "supervise", 0.7)


def _fund(stretch: _Stretch) -> None:
    text, start = stretch.text, stretch.start
    for m in stretch.own_words(_FUND):
        funds = stretch.bodies.before(start + m.start(), start)
        owners = stretch.owners_at(start + m.start())
        if not funds and m.group("clause") is not None and len(owners) == 1:
            funds = owners
        offices = [b for b in funds if re.search(r"(?i)tài chính|kế hoạch", printed(text, b))]
        stretch.bear(offices, "fund", 0.75)


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
        r"(?:[\n.;,:]\s*|[-–+]\s*|\bvà\s+|\btrách nhiệm\s+|\bchủ động\s+)$", before
    )
    return owners if opens and len(owners) <= 3 else []
