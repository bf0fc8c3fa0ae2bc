"""What may be corrected: the fields of each kind of value, their types and choices.

In: a kind.  Out: ``Field`` values, from which a page builds its form and the command line its help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from models import record
from pipeline.corrections.entries import Kind
from pipeline.gazetteers import rows

Type = Literal["text", "number", "date", "period", "time", "choice", "lines", "path"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: as in the record.
        type: text; number; date (EDTF day, month or year); period (EDTF year or interval); time
            (a deadline's value); choice; lines (a list of strings, one per line).
        label, vi: what it is called in English and Vietnamese.
        choices: the values of a choice.
        required: whether it cannot be left blank.
    """

    name: str
    type: Type
    label: str
    vi: str
    choices: tuple[str, ...] = ()
    required: bool = False


def _choice(name: str, label: str, vi: str, options: object, *, required: bool = True) -> Field:
    return Field(name, "choice", label, vi, get_args(options), required)


def _header() -> dict[str, Field]:
    codes = tuple(dict.fromkeys(row["code"] for row in rows("document_types")))
    return {
        field.name: field
        for field in (
            Field("kind", "choice", "kind", "loại văn bản", codes),
            Field("number", "text", "number", "số"),
            Field("symbol", "text", "symbol", "ký hiệu"),
            Field("issued_on", "date", "issued on", "ngày ban hành"),
            Field("place", "text", "place", "địa danh"),
            Field("issuer", "text", "issuer", "cơ quan ban hành"),
            Field("title", "text", "title", "trích yếu"),
            Field("plan_period", "period", "period of the plan", "thời kỳ kế hoạch"),
            Field("province", "text", "province", "tỉnh, thành phố"),
            Field("signer", "text", "signer", "người ký"),
            Field("recipients", "lines", "recipients", "nơi nhận"),
        )
    }


_FIELDS: dict[Kind, tuple[Field, ...]] = {
    "section": (
        Field("path", "path", "address", "vị trí", required=True),
        Field("title", "text", "title", "tiêu đề", required=True),
    ),
    "reference": (
        Field("kind", "text", "kind", "loại văn bản"),
        Field("number", "text", "number", "số, ký hiệu"),
        Field("date", "date", "date", "ngày"),
        Field("issuer", "text", "issuer", "cơ quan ban hành"),
        Field("name", "text", "name of the law or programme", "tên luật, chương trình"),
        _choice("role", "what the plan does with it", "vai trò", record.ReferenceRole),
    ),
    "agency": (
        Field("name", "text", "name as written", "tên trong văn bản", required=True),
        Field("canonical", "text", "full name", "tên đầy đủ", required=True),
        _choice("kind", "kind", "loại", record.AgencyKind),
        _choice("level", "level", "cấp", record.AgencyLevel, required=False),
    ),
    "deadline": (
        _choice("kind", "kind", "loại thời hạn", record.DeadlineKind),
        Field("value", "time", "time", "thời gian"),
        _choice(
            "relation", "how the words bind", "cách ràng buộc",
            Literal["before", "no_later_than", "on", "within", "from"], required=False,
        ),
        Field("anchor", "text", "counted from", "tính từ"),
    ),
    "target": (
        Field("value", "number", "value", "giá trị", required=True),
        Field("value_max", "number", "upper bound", "giá trị tối đa"),
        Field("unit", "text", "unit", "đơn vị"),
        _choice("comparator", "comparison", "so sánh", record.Comparator),
        Field("per", "text", "per (ISO 8601)", "mỗi"),
        Field("subject", "text", "what is to reach it", "đối tượng"),
    ),
    "task": (Field("outputs", "lines", "products", "sản phẩm"),),
    "assignment": (
        Field("agency", "text", "body", "cơ quan", required=True),
        _choice("role", "role", "vai trò", record.AssignmentRole),
    ),
}  # fmt: skip


def form(kind: Kind, name: str = "") -> Sequence[Field]:
    """The fields of a value that may be corrected.

    Args:
        kind: of the value.
        name: of a field of the header.
    """
    return (_header()[name],) if kind == "header" else _FIELDS[kind]
