"""What a figure measures, as a phrase out of its own sentence.

In: a ``Figure``, and the text of the item it stands in.  Out: the plan's own words without the
number, its bounds and what is only wish or date: "Phấn đấu đến năm 2025 tỷ lệ hồ sơ đúng hạn đạt ít
nhất 95%" → "Tỷ lệ hồ sơ đúng hạn".

Vietnamese says it in two ways.  Where the number follows what it measures ("tỷ lệ … đạt 95%"), the
words before it are the name; where it comes first ("xử lý 100% điểm đen"), those after it are, with
the verb that governs them.
"""

from __future__ import annotations

import re

MOST_WORDS = 24
FEWEST_WORDS = 3
_COMMA_WORDS = 11  # a long name ends at a comma behind so many words
_VERB_WORDS = 9
_AROUND_WORDS = 12
_REACH = 400  # code points on either side; what is longer is no clause but an attack

_NUMBER = r"\d+(?:[.,]\d+)*"
_BOUNDS = (
    r"đạt|được|từ|ít nhất|tối thiểu|tối đa|trên|dưới|hơn|khoảng|không quá|không dưới|gần|đến|tới"
    r"|lên|còn|xuống|là|bằng|thêm|mức|ở mức|không thấp hơn|không vượt quá|cao hơn|≥|≤|>|<"
)
_AMOUNT = re.compile(
    rf"(?:(?:(?<!\w)(?:{_BOUNDS})\s*)+(?<=\s|[≥≤><]))?(?P<first>{_NUMBER})(?:\s*%)?"
    rf"(?:\s*(?:[-–÷]|đến|tới)\s*(?P<last>{_NUMBER})(?:\s*%)?)?"
    r"(?:\s*/\s*(?:năm|quý|tháng))?(?:\s+(?:triệu|nghìn|ngàn|tỷ(?!\s+lệ))(?!\w))?(?:\s+trở lên)?",
    re.IGNORECASE,
)
_BORDER = re.compile(r"[.;:!?](?=\s|$)|\n|\s[-–+•]\s|(?<=\s)[a-zđ]\)\s")
_COMMA = re.compile(r",\s")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_BASELINE = re.compile(
    r"(?i),?\s+so với (?:cùng kỳ\s*)?(?:của )?(?:năm|giai đoạn)?\s*(?:trước|[\d–-]{4,})?"
)
_WHEN = re.compile(
    r"(?i)[,\s]*(?<!\w)(?:(?:(?:vào|trong|đến|tới|từ|hết|cuối|trước|giai đoạn|kể từ)\s+)+"
    r"(?:(?:quý|tháng|ngày)\s+)?[\dIVX/.]*"
    r"|(?:(?:vào|trong|đến|tới|từ|hết|cuối|trước|kể từ)\s+)*năm\s+(?:học\s+)?)"
    r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?!\w)"
)
# A baseline, an aside or another figure: no part of the name.
_AFTERWARDS = re.compile(
    rf"(?i),\s+(?:trong đó|phấn đấu|nhằm|góp phần|hướng tới|qua đó|đồng thời|tăng|giảm"
    rf"|đạt|không để|hạn chế|ngăn chặn|phục vụ|kết hợp)\b|,\s+(?:[^\s,]+\s+){{0,8}}{_NUMBER}(?!\w)"
    rf"|\svà\s+(?:\w+\s+){{0,4}}{_NUMBER}\s*%"
)
_BEFOREHAND = re.compile(
    r"(?i)^(?:[^\w(]+|(?:\d+(?:\.\d+)*|[a-zđ])[.)](?:\s+|$)|(?:phấn đấu|tiếp tục|hằng năm|hàng năm"
    r"|mỗi năm|đảm bảo|bảo đảm|yêu cầu|dự kiến|đồng thời|trong đó|riêng|và|để|nhằm|cố gắng"
    r"|quyết tâm|duy trì|có|đạt|là|cơ bản)(?!\w)[,\s]*)+"
)
_TRAILING = re.compile(
    rf"(?i)[\s,:;.–-]*(?:(?<!\w)(?:{_BOUNDS}|với|có|cho|trong nhóm|xếp|đứng|thuộc|vào|nằm"
    rf"|hoàn thành)[\s,:;.–-]*|{_NUMBER}\s*%?[\s,]*(?:và\s*)?$)+$"
)
_FOLLOWS = re.compile(r"(?i)(?<!\w)(?:đạt|là|bằng|còn|lên|xuống|trong nhóm|xếp|đứng)$|:$")
_BOUND_FIRST = re.compile(r"(?i)(?:đạt|là|bằng|còn|lên|xuống)(?!\w)")
_HEAD = re.compile(
    r"(?i)(?<!\w)(?:(?:giảm|tăng|nâng|nâng cao|rút ngắn)\s+)?(?:tỷ lệ|tỉ lệ|tỷ trọng|tổng số"
    r"|số lượng|mức độ|chỉ số|diện tích|thu nhập|tốc độ|giá trị|thứ hạng|thời gian|sản lượng"
    r"|năng suất|doanh thu|kim ngạch)(?!\w)"
)


def named(text: str, start: int, end: int, value: float, heading: str = "") -> str:
    """What a figure measures.

    Args:
        text: of the item, or of the figure alone where it stands elsewhere.
        start, end: of the figure's words in it.
        value: its number; the first number of these words that is it is taken out.
        heading: what stands above; told where the item's own words say too little.

    Returns:
        At most ``MOST_WORDS`` words, the first letter large; "" where there is only the number.

    >>> named("Phấn đấu tỷ lệ hồ sơ đúng hạn đạt 95% trở lên.", 9, 48, 95)
    'Tỷ lệ hồ sơ đúng hạn'
    >>> named("Xử lý 100% các điểm đen về tai nạn.", 6, 34, 100)
    'Xử lý các điểm đen về tai nạn'
    """
    first, last = _amount(text, start, end, value)
    before, farther = map(_tidy, _left(text[max(0, first - _REACH) : first]))
    after = _right(text[last : last + _REACH])
    follows = bool(_FOLLOWS.search(text[:first].rstrip()) or _BOUND_FIRST.match(text[first:last]))
    found = _joined(before, after, follows=follows)
    if len(found.split()) < FEWEST_WORDS:
        found = ": ".join(filter(None, (_shortened(farther or heading), found)))
    found = _shortened(found)
    return found[:1].upper() + found[1:]


def _shortened(name: str) -> str:
    """At most ``MOST_WORDS`` words, to the end of a part where one ends in time."""
    words = name.split()
    if len(words) <= MOST_WORDS:
        return name
    for count in range(MOST_WORDS, _COMMA_WORDS, -1):
        if words[count - 1].endswith((",", ";")):
            return " ".join(words[:count]).rstrip(",;") + "…"
    return " ".join(words[:MOST_WORDS]) + "…"


def _amount(text: str, start: int, end: int, value: float) -> tuple[int, int]:
    """Where the number stands, with the words that only bound it."""
    found = list(_AMOUNT.finditer(text, start, end))
    exact = [match for match in found if _is(match["first"], value)]
    first = next(iter(exact or found), None)
    return first.span() if first else (end, end)


def _is(printed: str, value: float) -> bool:
    """Whether a number as printed ("77.000", "0,5") is this one."""
    plain = printed.replace(".", "").replace(",", ".")
    other = printed.replace(",", "")
    return any(_float(each) == value for each in (plain, other))


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _left(text: str) -> tuple[str, str]:
    """The clause that ends here, and the one before it."""
    text = _WHEN.sub("", _BASELINE.sub("", _BRACKET.sub("", text))).rstrip(" :–-(\t")
    borders = [match.end() for match in _BORDER.finditer(text)]
    at = borders[-1] if borders else 0
    earlier = borders[-2] if len(borders) > 1 else 0
    return text[at:], text[earlier:at]


def _right(text: str) -> str:
    """What follows, up to the end of its clause."""
    text = _BRACKET.sub("", text)
    text = _BASELINE.split(_BORDER.split(text, 1)[0], 1)[0]
    return _tidy(_AFTERWARDS.split(_WHEN.sub("", text), 1)[0])


def _joined(before: str, after: str, *, follows: bool) -> str:
    """The name out of what stands on both sides of the number."""
    head = [match.start() for match in _HEAD.finditer(before)]
    said = bool(head) or len(after.split()) < FEWEST_WORDS
    if (not after or (follows and said)) and len(before.split()) >= FEWEST_WORDS:
        return _tidy(_TRAILING.sub("", before[head[-1] :] if head else before))
    verb = _BEFOREHAND.sub("", _COMMA.split(before)[-1]).strip()
    if len(after.split()) > FEWEST_WORDS and len(verb.split()) > _VERB_WORDS:
        return after
    words = verb.split()
    verb = verb if len(words) <= _AROUND_WORDS else f"…{' '.join(words[-_AROUND_WORDS:])}"
    return " ".join(filter(None, (verb, after)))


def _tidy(text: str) -> str:
    return " ".join(_BEFOREHAND.sub("", text).strip(" ,;:.–-(“”\"'").split()).removesuffix(")")
