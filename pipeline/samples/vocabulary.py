"""The words of the samples: who exists at a date, what may be cited, when things are due.

In: the CSV files in ``data/``, a province, a date and a random source.  Out: marks with their
normalised values.  Names change with the date: departments were merged on 1 March 2025 and
provinces on 1 July 2025, so a plan of 2024 and one of 2026 speak of different bodies.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from pipeline import packaged
from pipeline.samples.markup import Agency, Deadline, Reference

MERGER = date(2025, 7, 1)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``."""
    return tuple(packaged.rows("pipeline.samples", f"data/{name}"))


def _valid(row: dict[str, str], day: date) -> bool:
    start, end = row.get("valid_from") or "0001-01-01", row.get("valid_to") or "9999-12-31"
    return start <= day.isoformat() <= end


def provinces(day: date) -> list[tuple[str, str]]:
    """(name, kind) of the provinces that exist on a day: 63 before the merger, 34 after it."""
    return [(row["name"], row["kind"]) for row in rows("provinces") if _valid(row, day)]


@dataclass(frozen=True)
class World:
    """A province at a date, and how its documents spell names and dates.

    Args:
        province: name without the kind, "Lào Cai".
        kind: "tỉnh" or "thành phố".
        day: day of issue; decides which bodies exist.
        long_names: "Ủy ban nhân dân tỉnh" in the body rather than "UBND tỉnh".
        long_dates: "ngày 05 tháng 3 năm 2024" in citations rather than "ngày 05/3/2024".
    """

    province: str
    kind: str
    day: date
    long_names: bool = False
    long_dates: bool = False

    @property
    def words(self) -> dict[str, str]:
        """What the slots of the CSV files stand for in this province."""
        city = self.kind == "thành phố"
        return {
            "tinh": self.kind,
            "ten": self.place if self.province == "Hồ Chí Minh" else self.province,
            "tinh_uy": "Thành ủy" if city else "Tỉnh ủy",
            "tinh_doan": "Thành đoàn" if city else "Tỉnh đoàn",
        }

    @property
    def place(self) -> str:
        """What stands in the date line."""
        return "Thành phố Hồ Chí Minh" if self.province == "Hồ Chí Minh" else self.province

    @property
    def full(self) -> str:
        """ "tỉnh Lào Cai"."""
        return f"{self.kind} {self.province}"

    def name(self, text: str) -> str:
        """A name with its slots filled and the committee's name long or short."""
        for slot, word in self.words.items():
            text = text.replace("{" + slot + "}", word)
        return text.replace("UBND", "Ủy ban nhân dân") if self.long_names else text

    def row(self, key: str) -> dict[str, str]:
        """The row of an agency or a collective that is in force on the day."""
        for row in (*rows("agencies"), *rows("collectives")):
            if row["key"] == key and _valid(row, self.day):
                return row
        raise KeyError(f"no agency {key!r} on {self.day}")

    def agency(self, key: str) -> Agency:
        """The body that does this work on the day, e.g. "truyen_thong"."""
        row = self.row(key)
        kind = row.get("type", "named")
        return Agency(self.name(row["name"]), kind)  # type: ignore[arg-type]

    def agencies(self, keys: str, *, but: Agency | None = None) -> list[Agency]:
        """Bodies for a space-separated list of keys, each name once, without ``but``."""
        out: dict[str, Agency] = {}
        for key in keys.split():
            agency = self.agency(key)
            if but is None or agency.text != but.text:
                out.setdefault(agency.text, agency)
        return list(out.values())

    @property
    def committee(self) -> Agency:
        """The province's people's committee."""
        return Agency(self.name("UBND {tinh}"))


def spoken(day: date) -> str:
    """ "ngày 05 tháng 3 năm 2024": a leading 0 for days under 10 and for January and February."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def written(day: date) -> str:
    """ "ngày 05/3/2024", with the same leading zeros."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d}/{month}/{day.year}"


def _cite(world: World, day: date) -> str:
    return spoken(day) if world.long_dates else written(day)


def bases(world: World, topic: str) -> list[tuple[Reference, str]]:
    """Real laws, decrees and Party documents that a plan of the day may cite, with "về …"."""
    out = []
    for row in rows("bases"):
        start, _, end = row["date"].partition("..")
        if row["topic"] not in ("*", topic) or not start <= world.day.isoformat():
            continue
        if end and world.day.isoformat() > end:
            continue
        if row["name"]:
            text = f"Luật {row['name']} {spoken(date.fromisoformat(start))}"
            out.append((Reference(text, "Luật", None, start), ""))
        else:
            text = f"{row['kind']} số {row['number']} {_cite(world, date.fromisoformat(start))}"
            issuer = row["issuer"] or None
            out.append((Reference(text, row["kind"], row["number"], start, issuer), row["about"]))
    return out


_LOCAL = (
    ("Quyết định", "{n}/QĐ-UBND", "UBND {tinh}"),
    ("Nghị quyết", "{n}/NQ-HĐND", "HĐND {tinh}"),
    ("Kế hoạch", "{n}/KH-UBND", "UBND {tinh}"),
    ("Nghị quyết", "{n}-NQ/TU", "Ban Thường vụ {tinh_uy}"),
    ("Chỉ thị", "{n}-CT/TU", "{tinh_uy}"),
    ("Kết luận", "{n}-KL/TU", "Ban Thường vụ {tinh_uy}"),
    ("Chương trình hành động", "{n}-CTr/TU", "{tinh_uy}"),
    ("Công văn", "{n}/VPCP-KSTT", "Văn phòng Chính phủ"),
    ("Thông báo", "{n}/TB-VP", "Văn phòng UBND {tinh}"),
)


def local(rng: Random, world: World, *, kind: str | None = None) -> Reference:
    """A document of the province, of numbers and dates of our own, issued before the day."""
    choices = [row for row in _LOCAL if kind in (None, row[0])]
    name, pattern, issuer = rng.choice(choices)
    day = world.day - timedelta(days=rng.randint(20, 700))
    number = pattern.replace("{n}", f"{rng.randint(1, 2900 if '/QĐ' in pattern else 390):02d}")
    text = f"{name} số {number} {_cite(world, day)}"
    issuer = world.name(issuer).replace("HĐND", "Hội đồng nhân dân" if world.long_names else "HĐND")
    return Reference(text, name, number, day.isoformat(), issuer)


def submission(rng: Random, world: World, sender: Agency, code: str) -> Reference:
    """The sender's submission (tờ trình) of some days before."""
    day = world.day - timedelta(days=rng.randint(3, 15))
    number = f"{rng.randint(11, 420)}/TTr-{code}"
    text = f"Tờ trình số {number} {_cite(world, day)}"
    return Reference(text, "Tờ trình", number, day.isoformat(), sender.text)


@dataclass(frozen=True)
class Calendar:
    """The time a plan has: its first and last year and its day of issue."""

    first: int
    last: int
    issued: date

    def month(self, rng: Random) -> tuple[int, int]:
        """A (year, month) of the plan that lies after its day of issue."""
        start = max(date(self.first, 1, 1), self.issued)
        months = (self.last - start.year) * 12 + 12 - start.month
        ahead = rng.randint(1, max(1, months))
        return start.year + (start.month - 1 + ahead) // 12, (start.month - 1 + ahead) % 12 + 1


def deadline(rng: Random, when: Calendar, *, field: bool = False) -> Deadline:
    """A time expression with its value.

    Args:
        rng: the sample's random source.
        when: what time the plan has.
        field: for a "Thời gian:" line or a table cell; these also say "Thường xuyên" or a bare
            "Quý II/2024".

    Returns:
        The mark; its text starts in lower case unless ``field``.
    """
    makers: list[Callable[[Random, Calendar], Deadline]] = [_day, _day, _month_end, _in_month]
    makers += [_recurring, _until_year]
    if not field:
        makers += [_relative]
    found = rng.choice([*makers, _field, _field, _field] if field else makers)(rng, when)
    if field:
        return Deadline(found.text[:1].upper() + found.text[1:], found.kind, found.values)
    return found


def _day(rng: Random, when: Calendar) -> Deadline:
    year, month = when.month(rng)
    last = calendar.monthrange(year, month)[1]
    day = date(year, month, rng.choice((10, 15, 20, 25, last)))
    forms = [f"trước {spoken(day)}", f"trước {written(day)}", f"chậm nhất {written(day)}"]
    if when.first == when.last == year:
        forms.append(f"trước {spoken(day).partition(' năm')[0]}")
    return Deadline(rng.choice(forms), "due", (f"../{day}",))


def _month_end(rng: Random, when: Calendar) -> Deadline:
    year, month = when.month(rng)
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    name = f"{month:02d}" if month < 3 else str(month)
    text = rng.choice((f"trước tháng {name} năm {year}", f"trước tháng {name}/{year}"))
    return Deadline(text, "due", (f"../{before[0]}-{before[1]:02d}",))


def _in_month(rng: Random, when: Calendar) -> Deadline:
    year, month = when.month(rng)
    quarter = (month - 1) // 3 + 1
    half = rng.choice(("month", "quarter", "half"))
    if half == "month":
        name = f"{month:02d}" if month < 3 else str(month)
        return Deadline(f"trong tháng {name}/{year}", "within", (f"{year}-{month:02d}",))
    if half == "half" and month > 6:
        text = f"trong 6 tháng cuối năm {year}"
        return Deadline(text, "within", (f"{year}-07/{year}-12",))
    name = f"trong quý {ROMAN[quarter]}"
    text = rng.choice((f"{name} năm {year}", f"{name}/{year}"))
    return Deadline(text, "within", (_quarter(year, quarter),))


def _quarter(year: int, quarter: int) -> str:
    return f"{year}-{quarter * 3 - 2:02d}/{year}-{quarter * 3:02d}"


def _recurring(rng: Random, when: Calendar) -> Deadline:
    forms = [
        ("hằng tháng", "R/P1M"),
        ("hằng quý", "R/P3M"),
        ("hàng quý", "R/P3M"),
        ("định kỳ hằng quý", "R/P3M"),
        ("định kỳ 06 tháng, năm", "R/P6M", "R/P1Y"),
    ]
    if when.first < when.last:  # a plan of one year has nothing to do "every year"
        forms.append(("hằng năm", "R/P1Y"))
    text, *values = rng.choice(forms)
    return Deadline(text, "recurring", tuple(values))


def _until_year(rng: Random, when: Calendar) -> Deadline:
    return Deadline(f"đến hết năm {when.last}", "due", (f"../{when.last}",))


def _relative(rng: Random, when: Calendar) -> Deadline:
    days = rng.choice((10, 15, 20, 30))
    text = f"trong vòng {days} ngày kể từ ngày ký ban hành Kế hoạch này"
    return Deadline(text, "relative", (f"P{days}D",))


def _field(rng: Random, when: Calendar) -> Deadline:
    year, month = when.month(rng)
    quarter = (month - 1) // 3 + 1
    name = f"{month:02d}" if month < 3 else str(month)
    return rng.choice(
        (
            Deadline("Thường xuyên", "continuous", (None,)),
            Deadline(f"Quý {ROMAN[quarter]}/{year}", "within", (_quarter(year, quarter),)),
            Deadline(f"Tháng {name}/{year}", "within", (f"{year}-{month:02d}",)),
            Deadline(f"Năm {year}", "within", (str(year),)),
            Deadline(f"Từ tháng {month:02d}/{year}", "within", (f"{year}-{month:02d}/..",)),
        )
    )


_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Nông", "Ngô")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quốc", "Thanh", "Hữu", "Ngọc", "Xuân", "Kim")
_GIVEN = ("Hướng", "Bình", "Dũng", "Hạnh", "Khuê", "Lượng", "Phượng", "Quyết", "Sỹ", "Thủy", "Yến")


def person(rng: Random) -> str:
    """An invented name."""
    return " ".join(rng.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN))
