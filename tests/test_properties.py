"""Laws that hold for every plan, whatever it says."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fuzz import laws
from models import Plan
from pipeline import gazetteers
from pipeline.entities import agencies, references, schedules, targets
from pipeline.entities.schedules import PlanTime
from pipeline.errors import KehoachError
from pipeline.extraction import Pipeline
from pipeline.reading import read_bytes

# Others use the processor too: no clock.
LAW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
CHEAP = settings(LAW, max_examples=300)


def extract(text: str) -> Plan:
    return Pipeline().from_text(text, "ke-hoach.txt")


# --- small plans ------------------------------------------------------------------------------

BODIES = (
    "Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", "Sở KH&ĐT", "UBND cấp xã", "Công an tỉnh",
    "UBND các huyện, thị xã, thành phố", "các sở, ban, ngành", "Đài PT-TH tỉnh", "Tỉnh đoàn",
)  # fmt: skip
WORKS = (
    "trồng cây", "chọn giống", "cắm biển báo", "mở lớp tập huấn", "rà soát danh mục",
    "sửa đường liên thôn", "tổ chức hội thi", "xây dựng vườn ươm",
)  # fmt: skip
TIMES = (
    "trước ngày 30 tháng 6", "trong tháng 8/2031", "trong Quý II", "hàng quý", "định kỳ 06 tháng",
    "chậm nhất ngày 20/04/2031", "từ tháng 3 đến tháng 5/2031", "đến hết năm 2031",
    "trong vòng 15 ngày kể từ ngày ký",
)  # fmt: skip
GOALS = (
    "trên 80% xã", "ít nhất 02 vườn ươm", "100% trường học", "60 - 70% thôn", "dưới 3% hồ sơ",
)  # fmt: skip
CITED = (
    "Quyết định số 12/QĐ-UBND ngày 05/01/2031", "Nghị quyết số 9-NQ/TU", "Luật Đất đai năm 2024",
    "Công văn số 34/SXD-VP ngày 10 tháng 02 năm 2031", "Kế hoạch số 8/KH-BCĐ",
    "Nghị định số 5/2030/NĐ-CP ngày 03/02/2030 của Chính phủ",
)  # fmt: skip

body = st.sampled_from(BODIES)
work = st.sampled_from(WORKS)
when = st.sampled_from(TIMES)
goal = st.sampled_from(GOALS)
cited = st.sampled_from(CITED)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """One sentence of a plan, without the mark at its end."""
    who, what, time = draw(body), draw(work), draw(when)
    form = draw(
        st.sampled_from(
            (
                "{who} chủ trì, phối hợp với {other} {what} {time}",
                "Giao {who} {what}, hoàn thành {time}",
                "{who} có trách nhiệm {what}",
                "Chủ trì: {who}",
                "Thời gian thực hiện: {time}",
                "Cơ quan phối hợp: {who}, {other}",
                "Phấn đấu {goal} hoàn thành việc {what} {time}",
                "Thực hiện {cited}, {who} {what}",
                "{what} theo {cited}",
                "Báo cáo {other} {time}",
                "Có {goal}",
            )
        )
    )
    words = form.format(
        who=who, what=what, time=time, other=draw(body), goal=draw(goal), cited=draw(cited)
    )
    return words[0].upper() + words[1:]


@st.composite
def plans(draw: st.DrawFn) -> str:
    """The text of a small plan: letterhead, chapters with items, sign-off, perhaps a table."""
    lines = []
    if draw(st.booleans()):
        lines += ["ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH", "Số: 41/KH-UBND"]
        lines += ["Bắc Ninh, ngày 05 tháng 3 năm 2031"]
    lines += ["KẾ HOẠCH", f"{draw(work).capitalize()} năm 2031", "", f"Căn cứ {draw(cited)};"]
    for chapter in ("I. MỤC TIÊU", "II. NHIỆM VỤ", "III. TỔ CHỨC THỰC HIỆN")[
        draw(st.integers(0, 2)) :
    ]:
        lines.append(chapter)
        for number in range(1, draw(st.integers(1, 3)) + 1):
            lines.append(f"{number}. {draw(st.one_of(body, sentences()))}")
            for marker in draw(st.sampled_from(((), ("- ", "- "), ("a) ", "b) ")))):
                lines.append(f"{marker}{draw(sentences())}.")
    if draw(st.booleans()):
        lines += ["Nơi nhận:", f"- {draw(body)};", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN"]
        lines += ["CHỦ TỊCH", "Trần Văn Mẫu"]
        if draw(st.booleans()):
            lines += ["PHỤ LỤC", "PHÂN CÔNG", "TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]
            for number in range(1, draw(st.integers(1, 3)) + 1):
                lines += [str(number), draw(work).capitalize(), draw(body), draw(when).capitalize()]
    return "\n".join(lines) + "\n"


def values(plan: Plan) -> dict[str, Any]:
    """The record without what names the file's bytes."""
    return plan.model_dump(mode="json", exclude={"id", "source", "warnings"})


# --- the record -------------------------------------------------------------------------------


def check(plan: Plan) -> None:
    """Evidence, outline, times, numbers, JSON: all that holds of every record."""
    assert list(laws.of_record(plan)) == []


@LAW
@given(plans())
def test_every_record_keeps_the_laws(text: str) -> None:
    check(extract(text))


@LAW
@given(plans())
def test_the_same_text_gives_the_same_record(text: str) -> None:
    assert extract(text).to_json() == extract(text).to_json()


@LAW
@given(plans())
def test_composed_or_not_and_either_line_end_give_the_same_values(text: str) -> None:
    expected = values(extract(text))
    assert values(extract(unicodedata.normalize("NFD", text))) == expected
    assert values(extract(text.replace("\n", "\r\n"))) == expected


@LAW
@given(plans(), st.sampled_from(("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")))
def test_every_encoding_gives_the_same_values(text: str, encoding: str) -> None:
    data = ("" if encoding == "utf-16" else "\ufeff") + text if "16" in encoding else text
    plan = Pipeline().from_document(read_bytes(data.encode(encoding), "ke-hoach.txt"))
    assert values(plan) == values(extract(text))


# --- deadlines and citations ------------------------------------------------------------------

PLAN_TIME = PlanTime(2031, 2031, "2031-03-05")


def timed(text: str) -> list[tuple[int, str, str | None]]:
    """Deadlines of a text with its citations masked: where each begins, and what it means."""
    masked = [(m.start, m.end) for m in references.find(text)]
    found = schedules.find(text, PLAN_TIME, masked=masked)
    return [(s.start, s.kind, s.value) for s in found]


@CHEAP
@given(body, work, when, cited, st.sampled_from((" theo ", ", thực hiện ", " (theo ", "; căn cứ ")))
def test_a_citation_behind_a_deadline_takes_nothing_from_it(
    who: str, what: str, time: str, citation: str, link: str
) -> None:
    sentence = f"{who} {what} {time}"
    alone = timed(f"{sentence}{link}văn bản của cấp trên.")
    assert alone == timed(f"{sentence}.") != []
    assert timed(f"{sentence}{link}{citation}.") == alone


@CHEAP
@given(st.lists(cited, min_size=1, max_size=3))
def test_dates_of_citations_are_no_deadlines(citations: list[str]) -> None:
    assert timed(f"Thực hiện {', '.join(citations)}.") == []


@CHEAP
@given(goal, cited)
def test_a_citation_behind_a_goal_takes_nothing_from_it(promised: str, citation: str) -> None:
    text = f"Có {promised} được khen thưởng theo {citation}."
    masked = [(m.start, m.end) for m in references.find(text)]
    ((start, end, value),) = [(g.start, g.end, g.value) for g in targets.find(text, masked=masked)]
    plain = f"Có {promised} được khen thưởng theo quy định."
    assert [(g.start, g.end, g.value) for g in targets.find(plain)] == [(start, end, value)]


NUMBERS = st.one_of(
    st.integers(2, 999).map(lambda n: (str(n), float(n))),
    st.integers(1_000, 10**9).map(lambda n: (f"{n:,}".replace(",", "."), float(n))),
    st.integers(1, 999).map(lambda n: (f"{n // 10},{n % 10}", n / 10)),
)


@CHEAP
@given(
    NUMBERS,
    st.sampled_from(
        ("Trồng {} cây xanh", "Phấn đấu trên {}% xã đạt chuẩn", "Có ít nhất {} mô hình")
    ),
)
def test_no_number_is_cut(number: tuple[str, float], sentence: str) -> None:
    printed, value = number
    text = f"- {sentence.format(printed)}."
    found = targets.find(text)
    assert [t.value for t in found] == [value]
    assert printed in text[found[0].start : found[0].end]


# --- lists of bodies --------------------------------------------------------------------------

NAMES = sorted(row.name for row in gazetteers.agencies())
SPELLINGS = sorted({name for row in gazetteers.agencies() for name in (row.name, *row.aliases)})


def joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


@CHEAP
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4))
def test_no_list_is_split_inside_a_name(names: list[str]) -> None:
    text = f"Giao {joined(names)} ký quy chế."
    assert [text[m.start : m.end] for m in agencies.find(text)] == names


@CHEAP
@given(st.lists(st.sampled_from(SPELLINGS), min_size=2, max_size=4))
def test_nor_inside_another_spelling_of_it(names: list[str]) -> None:
    text = f"Giao {joined(names)} ký quy chế."
    assert [text[m.start : m.end] for m in agencies.find(text)] == names


@CHEAP
@given(st.text(max_size=200) | st.lists(body | work | when, max_size=8).map(" ".join))
def test_mentions_stand_in_order_inside_the_text(text: str) -> None:
    found = agencies.find(text)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(0 <= m.start < m.end <= len(text) for m in found)


# --- any text ---------------------------------------------------------------------------------

PIECES = (
    "I. ", "II.", "1. ", "1.1. ", "a) ", "đ) ", "- ", "+ ", "Điều 1. ", "PHỤ LỤC", "KẾ HOẠCH",
    "QUYẾT ĐỊNH:", "Số: /KH-UBND", "Nơi nhận:", "TT", "Nhiệm vụ", "Chủ trì", "Chủ trì: ",
    "ngày tháng năm 2031", "ngày 31 tháng 02", "Quý V", "99/99/9999", "100%", "%", "Sở ", "Sở",
    "(", ")", "“", ";", ".", ",", " ", "\n", "\n\n", "\t", "\f", "\r\n", "\u00a0", "\u0301",
    "và ", "UBND ", "Quyết định số ", "/QĐ-UBND", "trước ", "hàng ", "đến ", "từ ", "0", "12",
    "\ufeff", "| a | b |",
)  # fmt: skip


@LAW
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_a_record_or_an_error_of_ours(text: str) -> None:
    try:
        plan = extract(text)
    except KehoachError as error:
        assert error.line().startswith(error.code)
        return
    check(plan)
    assert json.loads(plan.to_json())["text"] == plan.text


@LAW
@given(plans(), st.data())
def test_a_plan_cut_anywhere_gives_a_record_or_an_error_of_ours(
    text: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)), label="cut")
    part = text[:cut] if data.draw(st.booleans(), label="first part") else text[cut:]
    assume(part.strip())
    check(extract(part))
