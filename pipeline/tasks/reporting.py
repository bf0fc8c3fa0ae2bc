"""Reports in one stretch of text: to whom, and by way of whom.

In: a stretch and the mentions in it.  Out: the roles report_to (báo cáo ai) and via (qua ai), added
to its duty.
"""

from __future__ import annotations

import re

from pipeline.tasks.duty import Duty, Role
from pipeline.tasks.mentions import Mentions, up_to_clause

_REPORT = re.compile(
    r"(?i)\b(?:báo cáo|gửi|phản [áả]nh|trình)"
    r"(?:\s*,?\s+(?:xin ý kiến|đột xuất|kịp thời|định kỳ|kết quả"
    r"|tình hình|thực hiện|triển khai|tổng hợp|công tác|cụ thể|theo quy định|chiến dịch"
    r"|kế hoạch|nội dung|tiến độ|bằng văn bản|và dự thảo Kết luận xác minh|những khó khăn"
    r"|theo yêu cầu của|ngay|nhanh|(?:và )?(?:đề xuất|kiến nghị|tham mưu)))*\s*,?"
    r"\s*(?P<to>về|cho|lên|tới|đến|với|tại)?\s*(?=\S)"
)
# "gửi kết quả rà soát về Bộ X"
_HANDED = re.compile(
    r"(?i)gửi\s+(?:kết quả|báo cáo|danh sách|hồ sơ|kế hoạch|văn bản|số liệu)\b[^.;:,\n]{0,40}?"
    r"\s(?:về|cho|đến|tới)\s+(?=\S)"
)
# "báo cáo Bộ trưởng xem xét": the head, where his house is not named behind him.
_HEAD = re.compile(
    r"(?:đồng chí )?(?P<who>(?:Bộ trưởng|[Ll]ãnh đạo (?:Bộ|Sở|Cục|Ban)|Giám đốc Sở"
    r"|Tổng [Gg]iám đốc|Viện trưởng)(?=\s*(?:[.;,\n(]|$)|\s+(?:xem xét|phê duyệt|quyết định|ký"
    r"|cho ý kiến|chỉ đạo|xử lý|giải quyết|để|và|theo|về|các|những|kết quả|tình hình|trước"
    r"|chậm nhất|trong|h[àằ]ng|định kỳ)\b)|Bộ(?= \((?:thông )?qua ))"
)
_ONWARD = re.compile(r"(?<!đối)(?<!cùng)\s(?:về|cho|với|lên|tới)\s+")
# "báo cáo tiến độ, đồng thời phối hợp với X": nobody in what is done besides is told.
_BESIDES = re.compile(r"(?i)\b(?:phối hợp|đồng thời)\b")
# "trình Bộ (qua Vụ X)": whoever is told, Vụ X hands it on.
_VIA_BRACKET = re.compile(
    r"(?i)\b(?:báo cáo|gửi|trình|phản [áả]nh)\b[^.;()\n]{0,150}\((?:thông\s+)?qua\s+(?=\S)"
)
_VIA = re.compile(r"(?i)\s*\(?\s*(?:thông\s+)?qua\s+(?=\S)")
_SENTENCE = re.compile(r"[^.;\n]{0,160}")
_FURTHER = re.compile(r"[^()\n]{0,120}\)\s*(?P<link>,|và|;)\s*")
_TITLE = 60  # code points; a longer line is no title but was wrapped

# Who is inspected gets the findings.
_EXAMINED = re.compile(r"(?i)được (?:kiểm tra|thanh tra|giám sát|xác minh)$")


def reports(text: str, bodies: Mentions, duty: Duty, start: int, end: int) -> None:
    """ "báo cáo X", "gửi về X (qua Y)": to whom is reported, and by way of whom."""
    for m in _REPORT.finditer(text, start, end):
        if re.search(r"(?i)\bthời (?:gian|hạn) $", text[max(start, m.start() - 10) : m.start()]):
            continue
        verb = m.group().split()[0].casefold()
        listed = [] if _ends_title(text, m) else bodies.list_at(m.end(), end)
        listed = up_to_clause(text, listed)
        handed = verb == "gửi" and _HANDED.match(text, m.start(), end)
        if handed and not listed:
            listed = up_to_clause(text, bodies.list_at(handed.end(), end))
            listed = [b for b in listed if b.kind == "named"]
        elif not listed and verb != "trình":
            sentence = _SENTENCE.match(text, m.end(), end)
            stop = sentence.end() if sentence else m.end()
            besides = _BESIDES.search(text, m.end(), stop)
            for way in _ONWARD.finditer(text, m.end(), besides.start() if besides else stop):
                if listed := bodies.list_at(way.end(), end):
                    break
        if not listed and (head := _HEAD.match(text, m.end(), end)):
            duty.roles.append(Role(head.start("who"), head.end(), "report_to", 0.7))
        told = m.group("to") or handed or (listed and listed[0].kind == "named")
        if not listed or (verb == "gửi" and not told):
            continue
        if verb == "trình" and not re.search(
            r"(?i)viện trưởng|chủ tịch|bộ trưởng|ủy ban|ubnd", text[m.start() : listed[0].end]
        ):
            continue
        duty.roles.extend(
            Role(b.start, b.end, "report_to", 0.8)
            for b in listed[:6]
            if b.kind != "generic" and not _EXAMINED.search(text, b.start, b.end)
        )
        via = _VIA.match(text, listed[-1].end, end)
        while via:
            through = bodies.list_at(via.end(), _inside(text, via, end))
            duty.roles.extend(Role(b.start, b.end, "via") for b in through)
            onward = _FURTHER.match(text, through[-1].end if through else via.end(), end)
            further = bodies.at(onward.end(), end) if onward else None
            via = _VIA.match(text, further.end, end) if further else None
            also = onward and onward.group("link") == "và"
            if further and (via or (also and further.kind != "generic")):
                duty.roles.append(Role(further.start, further.end, "report_to", 0.8))
    for m in _VIA_BRACKET.finditer(text, start, end):
        through = bodies.list_at(m.end(), _inside(text, m, end))
        duty.roles.extend(Role(b.start, b.end, "via") for b in through)


def _inside(text: str, via: re.Match[str], end: int) -> int:
    """Where those end through whom a report goes: at the bracket that closes "(qua …"."""
    closing = text.find(")", via.end(), end) if "(" in via.group() else -1
    return closing if closing >= 0 else end


def _ends_title(text: str, verb: re.Match[str]) -> bool:
    """ "Chế độ báo cáo", a line of its own: who stands under it reports, and is not told."""
    said = verb.group()
    if "\n" not in said:
        return False
    at = verb.start() + said.index("\n")
    return text.rfind("\n", max(0, at - _TITLE), at) >= 0
