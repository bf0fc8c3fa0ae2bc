"""What a goal counts: whole words, what each share is of, and how often.

In: clean text and where a unit begins.  Out: where it ends, and the period that stands behind it
("cuộc/năm" counts "cuộc" per year; "bác sĩ/vạn dân" is one unit).  A pattern sees syllables; where
it cuts a word in two ("điểm du|lịch") the segmenter says where the word ends.
"""

from __future__ import annotations

import re

from pipeline.language.tokens import segment

_WINDOW = 60  # characters that a unit and its last word stand in
_LINE = re.compile(r"[^\n.;:()“”\"\x01]*")
_PERIODS = {"ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "quý": "P{}M", "năm": "P{}Y"}
_PERIOD = r"(?:(?P<n>\d{1,2}|một)\s+)?(?P<period>ngày|tuần|tháng|quý|năm(?: học)?)(?!\w)"
# "/năm", "mỗi quý": behind a unit; "tối thiểu 12 tin trong năm" is as much per year.
_BEHIND = re.compile(rf"\s*(?:/|mỗi(?=\s))\s*{_PERIOD}(?!\s*[/\d])", re.I)
_WITHIN = re.compile(rf"\s*(?:/|(?:mỗi|trong)(?=\s))\s*{_PERIOD}(?!\s*[/\d])", re.I)
# "01 hội nghị đối thoại/năm": words between the unit and its period.
_AFTER_WORDS = re.compile(rf"(?:[ ][^\W\d_]+){{1,5}}\s?/\s?{_PERIOD}(?!\s*[/\d])", re.I)
_NAMED = re.compile(rf"(?:/|(?<!\w)(?:mỗi|một|hằng|hàng|trong|trên)(?=\s))\s*{_PERIOD}", re.I)
# "Hằng năm giảm …", "mỗi quý có …": before a goal, in the same clause.
_BEFORE = re.compile(rf"(?:mỗi|hằng|hàng)\s+(?!ngày){_PERIOD}(?!\s*\d)[^.,;:\n\d%]{{0,60}}$", re.I)
# Inside it "hằng năm" mostly describes what is counted: "10% số bản kê khai hằng năm".
_INSIDE = re.compile(rf"(?:(?<=[\w%])\s?/\s?|(?<!\w)mỗi\s+){_PERIOD}(?!\s*\d)", re.I)
PERIOD_OF_UNIT = re.compile(rf"\s?/\s?{_PERIOD}", re.I)
# "/vạn dân", "/10.000 dân", "/hộ": what each share is of; a unit may go on with two of them.
_BASE = re.compile(r"(?: sàn)?\s?/\s?(?:0?1[0.]*\s+)?(?P<what>[^\W\d_]+(?:[ ][^\W\d_]+)?)")
_TWO_SYLLABLES = re.compile(r"(?i)(?:vạn|nghìn|triệu) \w|(?:học|giáo|sinh|đoàn|hội) (?:sinh|viên)")


# To the segmenter "nông thôn" and "mới" are two words; of a commune they are one.
_NEW_COUNTRYSIDE = re.compile(r"(?i)(?<=nông thôn) mới(?!\w)")


def word_end(text: str, start: int, end: int) -> int:
    """Where the last word of a unit ends that begins at ``start`` and is cut at ``end``."""
    end = _word_end(text, start, end)
    m = _NEW_COUNTRYSIDE.match(text, end)
    return m.end() if m else end


def _word_end(text: str, start: int, end: int) -> int:
    after = _LINE.match(text, end, start + _WINDOW)
    if not after or not after.group().strip() or text[end] != " ":
        return end
    for a, b in segment(text[start : after.end()]):
        if start + b >= end:
            return max(end, start + b) if start + a < end else end
    return end


def base_end(text: str, end: int) -> int:
    """Where a unit ends with what each is of: "bác sĩ" + "/vạn dân"; periods are no base."""
    for _ in range(2):
        m = _BASE.match(text, end)
        if not m or _BEHIND.match(text, end):
            break
        first = m.start("what") + len(m.group("what").split()[0])
        end = m.end() if _TWO_SYLLABLES.match(m.group("what")) else word_end(
            text, m.start("what"), first
        )  # fmt: skip
    return end


def period_behind(text: str, end: int, *, within: bool = False) -> tuple[str | None, int]:
    """The period that stands behind a unit, as an ISO 8601 duration, and where it ends.

    Args:
        text: clean text.
        end: where the unit ends.
        within: "trong năm" counts as such a period.
    """
    m = (_WITHIN if within else _BEHIND).match(text, end)
    return (_duration(m), m.end()) if m else (None, end)


def period_after_words(text: str, end: int) -> tuple[str | None, int]:
    """Like ``period_behind``, with up to five words between."""
    m = _AFTER_WORDS.match(text, end)
    return (_duration(m), m.end()) if m else (None, end)


def period_named(words: str) -> str | None:
    """The period in "02 lần/năm", "mỗi quý ít nhất 01 lần", "một lần trong tháng"."""
    m = _NAMED.search(words)
    return _duration(m) if m else None


def period_around(text: str, start: int, end: int) -> str | None:
    """The period that a goal's own words or the words right before it name; ``None`` without."""
    m = _INSIDE.search(text, start, end) or _BEFORE.search(text, max(0, start - 90), start)
    return _duration(m) if m else None


def _duration(m: re.Match[str]) -> str:
    name = m.group("period").split()[0].casefold()
    count = int(n) or 1 if (n := m.group("n")) and n.isdigit() else 1
    return _PERIODS[name].format(count * 3 if name == "quý" else count)
