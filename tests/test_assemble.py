"""A whole small plan: from text to record."""

from __future__ import annotations

import json

import pytest

from models import Plan
from pipeline.assemble import spacy_pipeline
from pipeline.components import NAMES
from pipeline.extraction import Pipeline
from tests.records import sections, spans

TEXT = """\
ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 41/KH-UBND
Lâm Đồng, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Trồng cây xanh trên địa bàn tỉnh Lâm Đồng năm 2031

Thực hiện Quyết định số 77/QĐ-TTg ngày 03/01/2031 của Thủ tướng Chính phủ, UBND tỉnh ban hành \
Kế hoạch như sau:
I. MỤC TIÊU
- Phủ xanh 100% trường học.
- Mỗi xã có vườn ươm.
II. NHIỆM VỤ
1. Chọn giống
Hoàn thành trước ngày 30 tháng 6.
2. Trồng cây
a) Tại trường học theo Quyết định số 77/QĐ-TTg.
b) Tại công sở.
III. TỔ CHỨC THỰC HIỆN
1. Sở Xây dựng
Chủ trì, phối hợp với Sở Tài chính thực hiện Kế hoạch này; báo cáo UBND tỉnh hàng quý.
2. Sở Tài chính
Bố trí kinh phí.
Nơi nhận:
- Thủ tướng Chính phủ (b/c);
- Sở Xây dựng;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""


def extract(text: str) -> Plan:
    return Pipeline().from_text(text, "ke-hoach.txt")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return extract(TEXT)


def codes(plan: Plan) -> list[str]:
    return [warning.code for warning in plan.warnings]


def test_header(plan: Plan) -> None:
    header = plan.header
    assert (header.kind, header.kind_name) == ("KH", "Kế hoạch")
    assert (header.number, header.symbol) == ("41/KH-UBND", "KH-UBND")
    assert (header.issued_on, header.place) == ("2031-03-05", "Lâm Đồng")
    assert header.title == "Trồng cây xanh trên địa bàn tỉnh Lâm Đồng năm 2031"
    assert header.plan_period == "2031"
    assert header.issuer is not None
    assert header.issuer.name == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    assert header.issuer.canonical == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert header.province is not None
    assert (header.province.name, header.province.code) == ("Lâm Đồng", "68")
    assert header.signer is not None
    assert (header.signer.name, header.signer.position) == ("Trần Văn Mẫu", "PHÓ CHỦ TỊCH")
    assert header.signer.authority == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]
    assert header.recipients == ["Thủ tướng Chính phủ (b/c)", "Sở Xây dựng", "Lưu: VT"]


def test_header_fields_lead_to_their_words(plan: Plan) -> None:
    for name in ("number", "symbol", "place", "title"):
        (span,) = plan.header.spans[name]
        assert plan.text[span.start : span.end] == getattr(plan.header, name)
    assert len(plan.header.spans["recipients"]) == len(plan.header.recipients)


def test_sections(plan: Plan) -> None:
    found = ["/".join(node.path) for node in sections(plan.sections)]
    assert found == [
        "I", "I/-1", "I/-2", "II", "II/1", "II/2", "II/2/a", "II/2/b", "III", "III/1", "III/2",
    ]  # fmt: skip
    assert plan.preamble is not None
    assert plan.preamble.text.startswith("Thực hiện Quyết định số 77/QĐ-TTg")


def test_references(plan: Plan) -> None:
    full, repeat = plan.references
    assert (full.number, full.date, full.role) == ("77/QĐ-TTg", "2031-01-03", "implements")
    assert full.section == []
    assert repeat.refers_to == 0
    assert repeat.section == ["II", "2", "a"]
    (this,) = plan.short_references
    assert (this.text, this.refers_to) == ("Kế hoạch này", "self")


def test_deadlines(plan: Plan) -> None:
    due, quarterly = plan.deadlines
    assert (due.value, due.year_from, due.section) == ("../2031-06-30", "plan", ["II", "1"])
    assert (quarterly.value, quarterly.section) == ("R/P3M", ["III", "1"])
    assert quarterly.recurrence == "FREQ=MONTHLY;INTERVAL=3;UNTIL=20311231"


def test_targets(plan: Plan) -> None:
    assert [(t.value, t.unit) for t in plan.targets] == [(100.0, "%")]


def test_tasks_know_who_and_when(plan: Plan) -> None:
    (task,) = [task for task in plan.tasks if task.section == ["III", "1"]]
    roles = {(a.agency, a.role) for a in task.assignments}
    assert ("Sở Tài chính", "coordinate") in roles
    assert {role for name, role in roles if name == "Sở Xây dựng"} & {"lead", "assignee"}
    assert [plan.deadlines[i].value for i in task.deadlines] == ["R/P3M"]
    ids = {agency.id for agency in plan.agencies}
    assert {a.agency_id for a in task.assignments if a.agency_id} <= ids


def test_every_span_slices_back(plan: Plan) -> None:
    for span in spans(plan):
        assert 0 <= span.start <= span.end <= len(plan.text)
    for item in (*plan.references, *plan.short_references, *plan.deadlines, *plan.targets):
        assert plan.text[item.span.start : item.span.end] == item.text
    for task in plan.tasks:
        assert plan.text[task.span.start : task.span.end] == task.text
        for assignment in task.assignments:
            span = assignment.span
            assert plan.text[span.start : span.end] == assignment.agency
    for agency in plan.agencies:
        first = agency.mentions[0]
        printed = " ".join(plan.text[first.start : first.end].split())
        assert printed == agency.name


def test_text_without_pages_has_no_page(plan: Plan) -> None:
    assert all(span.page is None and span.boxes is None for span in spans(plan))


def test_the_source(plan: Plan) -> None:
    assert plan.id == plan.source.sha256[:16]
    assert plan.source.name == "ke-hoach.txt"
    assert {"spacy", "underthesea"} <= set(plan.source.engines)


def test_the_same_text_gives_the_same_record(plan: Plan) -> None:
    assert extract(TEXT).to_json() == plan.to_json()


def test_no_warnings_where_nothing_is_wrong(plan: Plan) -> None:
    assert codes(plan) == []


def test_components_stand_in_their_order() -> None:
    assert tuple(spacy_pipeline().pipe_names) == NAMES


def test_spacy_users_find_spans_on_the_doc() -> None:
    from pipeline.components import Findings

    nlp = spacy_pipeline()
    doc = nlp.make_doc(TEXT)
    doc._.kehoach = Findings()
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert {"references", "deadlines", "agencies", "targets"} <= set(doc.spans)
    assert "77/QĐ-TTg" in doc.spans["references"][0].text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Số: 41/KH-UBND", "Số:      /KH-UBND", "number-blank"),
        ("ngày 05 tháng 3", "ngày     tháng    ", "date-partial"),
        ("2. Trồng cây", "3. Trồng cây", "numbering-gap"),
        ("b) Tại công sở", "a) Tại công sở", "numbering-repeated"),
        ("ngày 03/01/2031 của", "ngày 03/01/2031; Quyết định số 5/QĐ_UBND của", "number-repaired"),
        ("trước ngày 30 tháng 6", "trong tháng 8/2052", "low-confidence"),
    ],
)
def test_what_is_wrong_or_unsure_is_a_warning(old: str, new: str, code: str) -> None:
    assert old in TEXT
    plan = extract(TEXT.replace(old, new))
    assert code in codes(plan)
    warning = next(warning for warning in plan.warnings if warning.code == code)
    assert warning.span is not None
    assert warning.message


def test_a_blank_number_is_null() -> None:
    header = extract(TEXT.replace("Số: 41/KH-UBND", "Số:      /KH-UBND")).header
    assert (header.number, header.symbol) == (None, "KH-UBND")


@pytest.mark.parametrize(
    ("name", "year", "code", "today", "code_today"),
    [
        ("Sóc Trăng", "2019", "94", "Cần Thơ", "92"),
        ("Thừa Thiên Huế", "2024", "46", "Huế", "46"),
        ("Đồng Nai", "2024", "75", "Đồng Nai", "75"),
        ("Đồng Nai", "2026", "75", "Đồng Nai", "75"),
        ("Lào Cai", "2024", "10", "Lào Cai", "15"),
    ],
)
def test_a_province_at_the_plans_date_and_today(
    name: str, year: str, code: str, today: str, code_today: str
) -> None:
    text = TEXT.replace("LÂM ĐỒNG", name.upper()).replace("Lâm Đồng", name).replace("2031", year)
    province = extract(text).header.province
    assert province is not None
    assert (province.name, province.code) == (name, code)
    assert (province.current_name, province.current_code) == (today, code_today)


def test_a_decision_and_its_plan() -> None:
    decision = """\
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây năm 2031
Căn cứ Luật Xây dựng;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.
Điều 2. Sở Xây dựng thực hiện.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu
KẾ HOẠCH
TRỒNG CÂY NĂM 2031
(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 03/01/2031 của UBND tỉnh)
I. NỘI DUNG
Trồng cây theo Kế hoạch này.
"""
    plan = extract(decision)
    assert plan.header.kind == "QĐ"
    ((kind, title),) = [(act.kind, act.title) for act in plan.attached]
    assert (kind, title) == ("KH", "TRỒNG CÂY NĂM 2031")
    assert plan.short_references[-1].refers_to == "self"
    roles = {r.number: r.role for r in plan.references}
    assert roles["5/QĐ-UBND"] == "carrier"


def test_a_flattened_task_table_becomes_an_annex() -> None:
    table = (
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\nTT\nNhiệm vụ\nChủ trì\nThời gian\n"
        "1\nChọn giống cây\nSở Xây dựng\nTháng 5\n2\nTrồng cây\nSở Tài chính\nTháng 8\n"
    )
    plan = extract(TEXT + table)
    (annex,) = plan.annexes
    assert [column.means for column in annex.columns] == ["no", "task", "lead", "time"]
    assert annex.rows[0] == ["1", "Chọn giống cây", "Sở Xây dựng", "Tháng 5"]
    rows = [task for task in plan.tasks if task.from_table]
    assert [[plan.deadlines[i].value for i in task.deadlines] for task in rows] == [
        ["2031-05"],
        ["2031-08"],
    ]
    assert [[a.agency for a in task.assignments] for task in rows] == [
        ["Sở Xây dựng"],
        ["Sở Tài chính"],
    ]


@pytest.mark.parametrize("text", ["Một dòng chữ.", "KẾ HOẠCH", "…", "I.\nII.\n1.\na)\n"])
def test_texts_that_are_no_plans_give_a_record(text: str) -> None:
    plan = extract(text)
    assert json.loads(plan.to_json())["text"] == plan.text
