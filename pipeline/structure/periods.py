"""The years a plan is for (kỳ kế hoạch), from its title.

In: a title.  Out: an EDTF year or range, and where it stands.
"""

from __future__ import annotations

import re

from pipeline.structure import numbers

_YEARS = r"(?:19|20)\d\d"
_PERIOD = (
    re.compile(
        rf"(?i)\b(?:giai đoạn|các năm|nhiệm kỳ|năm học|thời kỳ|trong)\s+"
        rf"(?:năm\s+)?({_YEARS})\s*[-–]\s*({_YEARS})"),
    re.compile(rf"({_YEARS})\s*[-–]\s*({_YEARS})"),
    re.compile(rf"(?i)\b(?:từ )?năm\s+({_YEARS})\s+(?:đến|và)\s+(?:năm\s+)?({_YEARS})"),
)  # fmt: skip
_YEAR = re.compile(rf"(?i)\bnăm\s+({_YEARS})\b")
_ANY_YEAR = re.compile(rf"(?<![\d/])({_YEARS})(?![\d/])")
# "tầm nhìn đến năm 2045", "định hướng đến năm 2030": beyond the plan's own time.
_HORIZON = re.compile(rf"(?i)(?:tầm nhìn|định hướng)\s+(?:đến\s+)?(?:năm\s+)?{_YEARS}")
# "… giai đoạn 2021-2025” trong năm 2022": the year at the end is the plan's.
_CLOSING_YEAR = re.compile(rf"(?i)\btrong\s+năm\s+({_YEARS})\W*$")
_CITES = re.compile(r"(?i)\b(?:luật|bộ luật|pháp lệnh|nghị quyết|quyết định|chỉ thị|kết luận)\b")


def find(title: str) -> tuple[str, int, int] | None:
    """The plan's own time; years of cited documents and horizons do not count.

    Returns:
        EDTF ("2024", "2021/2025", "../2030") with start and end in the title, or ``None``.

    >>> find("Kế hoạch trồng cây giai đoạn 2021-2025, tầm nhìn đến năm 2030")
    ('2021/2025', 19, 38)
    """
    masked = title
    for pattern in (numbers.NUMBER, numbers.DATE, _HORIZON):
        masked = pattern.sub(lambda m: " " * len(m.group()), masked)
    if closing := _CLOSING_YEAR.search(masked):
        return closing.group(1), *closing.span(1)
    for pattern in _PERIOD:
        m = pattern.search(masked)
        if m and int(m.group(1)) < int(m.group(2)):
            return f"{m.group(1)}/{m.group(2)}", *m.span()
    found = list(_YEAR.finditer(masked)) or list(_ANY_YEAR.finditer(masked))
    cited = _CITES.search(masked)
    usable = [m for m in found if not (cited and m.start() > cited.start() and len(found) > 1)]
    if not usable:
        return None
    m = usable[-1]
    until = re.search(r"(?i)đến\s*$", masked[: m.start()])
    return f"../{m.group(1)}" if until else m.group(1), *m.span()
