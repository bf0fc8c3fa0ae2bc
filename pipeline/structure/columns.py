"""Columns of task tables: what their printed names mean.

In: the name of a column as printed.  Out: ``Column`` with its meaning: number, task, lead,
coordinate, time, output or note, under all the names these columns have in real plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Means = Literal["no", "task", "lead", "coordinate", "time", "output", "note", "other"]
_MEANS: tuple[tuple[Means, re.Pattern[str]], ...] = (
    ("no", re.compile(r"(?i)^(?:s?tt|số tt|số thứ tự|no\.?|tt\s*/\s*no)\.?$")),
    ("output", re.compile(r"(?i)^(?:dự kiến\s+)?(?:sản phẩm|kết quả)")),
    (
        "coordinate",
        re.compile(
            r"(?i)^(?!.*chủ trì)(?:.*phối hợp|.*tham gia thực hiện"
            r"|(?:thành phần|cơ quan|đơn vị|lực lượng) tham gia)"
        ),
    ),
    (
        "lead",
        re.compile(
            r"(?i)chủ trì|đơn vị thực hiện|cơ quan thực hiện"
            r"|(?:đơn vị|tổ chức),? cá nhân thực hiện|trách nhiệm"
            r"|phân công|đầu mối|bộ phận thực hiện|người thực hiện|thực hiện chính"
            r"|^(?:cơ quan|đơn vị)$|tham mưu"
        ),
    ),
    (
        "time",
        re.compile(
            r"(?i)thời gian|thời hạn|tiến độ|thời điểm|hoàn thành|lộ trình|kế hoạch thực hiện"
        ),
    ),
    ("output", re.compile(r"(?i)sản phẩm|kết quả|đầu ra|hình thức văn bản|dự kiến đạt")),
    ("note", re.compile(r"(?i)ghi chú|kinh phí|căn cứ")),
    (
        "task",
        re.compile(
            r"(?i)nhiệm vụ|nội dung|công việc|hoạt động|hạng mục|giải pháp|đề án|văn bản"
            r"|mục tiêu|hành động"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its printed name and its meaning."""

    name: str
    means: Means


def means(name: str) -> Means:
    """What a column's printed name means."""
    for meaning, pattern in _MEANS:
        if pattern.search(name.strip()):
            return meaning
    return "other"


def task_column(columns: Sequence[Column]) -> int:
    """The index of the column that says what is to be done; a task table has one."""
    return next(i for i, column in enumerate(columns) if column.means == "task")


def is_task_table(columns: Sequence[Column]) -> bool:
    """Do the columns say who does what, or by when, or with which result?"""
    kinds = {column.means for column in columns}
    return "task" in kinds and bool(kinds & {"lead", "coordinate", "time", "output"})
