"""Labelled lines that name who bears a role: "Cơ quan chủ trì: X", "Thực hiện: Y và Z".

In: a stretch of text and the mentions in it.  Out: roles added to its duty, and where the lines
stand: what they say is said, and running text does not say it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.record import AssignmentRole
from pipeline.language.letters import UPPER
from pipeline.tasks.cells import said
from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.mentions import Mentions

_MAKING = r"(?:thực hiện|tham mưu|soạn thảo|xây dựng|triển khai)"
LABEL = re.compile(
    r"(?:^|(?<=[\n.;(])|(?<=[-–+])|(?<=[a-zđ]\)))[\s*\-–+]{0,12}(?:[a-zđ]\)\s*)?(?P<label>"
    r"(?:(?:[Cc]ác )?(?:[Cc]ơ quan|[Đđ]ơn vị|Bộ phận|Phòng|Tổ chức|Sở,(?: ban,)? ngành)\s*[,/]?\s*"
    r"(?:(?:đơn vị|cơ quan)\s*)?)?(?:được giao\s+)?"
    rf"(?P<what>[Cc]hủ trì(?:,? {_MAKING})?|(?:cùng )?[Pp]hối hợp(?: {_MAKING})?"
    r"|thực hiện(?: chính)?|[Tt]ham mưu"
    r"|(?<=[^\W\d_] )(?:phụ trách|chịu trách nhiệm(?: chính)?|tham gia|hỗ trợ)"
    r"|[Tt]heo dõi|[Gg]iám sát|(?:làm )?đầu mối(?: trình)?)(?:\s+và\s+[^:\n]{3,30})?"
    r"|(?P<bare>(?:Thực hiện|(?:Phân công|Trách nhiệm|Chịu trách nhiệm)(?: thực hiện)?)"
    rf"(?=\s*:\s*(?:[{UPPER}]|các\s)))"
    rf")\s*(?:,?\s*gồm)?\s*(?::|là(?= [{UPPER}]))\s*",
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
    ("phối hợp", "coordinate"), ("tham gia", "coordinate"), ("hỗ trợ", "coordinate"),
    ("chủ trì", "lead"), ("thực hiện", "lead"), ("tham mưu", "advise"), ("theo dõi", "supervise"),
    ("giám sát", "supervise"), ("đầu mối", "lead"), ("phụ trách", "lead"),
    ("chịu trách nhiệm", "lead"),
)  # fmt: skip
_EACH = re.compile(r"(?i)\((?:chủ trì|phối hợp)")
_LEADING = re.compile(r"(?i)(?<!cơ quan )(?<!đơn vị )\bchủ trì\b")


def names_lead(text: str, start: int, end: int) -> bool:
    """Does a line say under a label who leads ("- Cơ quan chủ trì: …")?"""
    label = LABEL.match(text, start, end)
    return label is not None and _role_of(label) == "lead"


def label_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The label with which an item or a dash begins, behind its marker."""
    for at in (start, start - 1):
        m = LABEL.match(text, max(0, at), end)
        if m and m.start("label") == start:
            return m
    return None


def opens_list(text: str, start: int, end: int) -> AssignmentRole | None:
    """The role of those who stand below a label, one a line: "Cơ quan phối hợp:"."""
    label = label_at(text, start, end)
    if label is None or label.group("bare") or text[label.end() : end].strip(" *\n"):
        return None
    return _role_of(label)


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


def labelled(
    text: str, bodies: Mentions, duty: Duty, start: int, end: int
) -> list[tuple[int, int]]:
    """ "Cơ quan chủ trì: X", "Thực hiện: Y và Z": adds the roles, answers the lines' spans."""
    lines: list[tuple[int, int]] = []
    for m in LABEL.finditer(text, max(0, start - 2), end):
        stop = text.find("\n", m.end(), end)
        stop = end if stop < 0 else stop
        nxt = LABEL.search(text, m.end(), stop)
        stop = nxt.start() if nxt else stop
        if text.startswith("(", m.start() - 1) and m.start():
            closing = text.find(")", m.end(), stop)
            stop = closing if closing >= 0 else stop
        partner = re.search(r"(?i)\bphối hợp\b", text[m.end() : stop])
        if m.group("bare") and (
            partner or _LEADING.search(text, m.end(), stop) or not bodies.list_at(m.end(), stop)
        ):
            continue  # the sentence itself says the roles, or what is done
        role = _role_of(m)
        if _EACH.search(text, m.end(), stop):  # "X (chủ trì), Y, Z (phối hợp)"
            named = bodies.within(m.end(), stop)
            each = said(text, named, (m.end(), stop))
            duty.roles.extend(Role(b.start, b.end, each.get(b.start, role), 0.9) for b in named)
            lines.append((m.start(), stop))
            continue
        lead_end = m.end() + partner.start() if partner and role == "lead" else stop
        on = _LABEL_END.search(text, m.end(), stop)
        stop = on.start() if on else stop
        for body in bodies.within(m.end(), stop):
            if body.kind == "generic" and _WHERE.search(text, m.end(), body.start):
                continue  # "các cơ quan tại các địa phương"
            own = role if body.start < lead_end else "coordinate"
            duty.roles.append(Role(body.start, body.end, own, 0.95))
        lines.append((m.start(), stop))
    return lines
