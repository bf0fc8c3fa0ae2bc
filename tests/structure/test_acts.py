"""Acts of a file: where heads, bodies, sign-offs and annexes stand."""

from __future__ import annotations

import pytest

from pipeline.structure import acts
from pipeline.structure.acts import Layout

PLAN = """\
KẾ HOẠCH
Trồng cây năm 2031
UBND tỉnh ban hành Kế hoạch như sau:
I. NỘI DUNG
Trồng cây.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""
DECISION = """\
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây năm 2031
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Đất đai;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.
Điều 2. Sở Xây dựng thực hiện.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu
"""
ATTACHED = """\
KẾ HOẠCH
TRỒNG CÂY NĂM 2031
(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 03/01/2031 của UBND tỉnh)
I. NỘI DUNG
Trồng cây.
"""


def words(text: str, layout: Layout) -> list[tuple[str | None, str | None]]:
    return [(act.kind, act.title) for act in layout.acts]


@pytest.mark.parametrize(
    ("kind_line", "kind", "name"),
    [
        ("KẾ HOẠCH", "KH", "Kế hoạch"),
        ("QUYẾT ĐỊNH", "QĐ", "Quyết định"),
        ("CHỈ THỊ", "CT", "Chỉ thị"),
        ("NGHỊ QUYẾT", "NQ", "Nghị quyết"),
        ("CHƯƠNG TRÌNH", "CTr", "Chương trình"),
        ("BÁO CÁO", "BC", "Báo cáo"),
        ("THÔNG BÁO", "TB", "Thông báo"),
        ("KẾ  HOẠCH", "KH", "Kế hoạch"),
    ],
)
def test_kinds(kind_line: str, kind: str, name: str) -> None:
    layout = acts.find_layout(PLAN.replace("KẾ HOẠCH", kind_line, 1))
    (act,) = layout.acts
    assert (act.kind, act.kind_name) == (kind, name)
    assert act.title == "Trồng cây năm 2031"


def test_one_act() -> None:
    layout = acts.find_layout(PLAN)
    (act,) = layout.acts
    body = PLAN[act.body_start : act.body_end].strip()
    assert body.startswith("UBND tỉnh ban hành")
    assert body.endswith("Trồng cây.")
    assert act.signoff is not None
    assert PLAN[slice(*act.signoff)].startswith("Nơi nhận:")
    assert layout.annexes == ()


def test_a_decision_and_its_plan() -> None:
    text = DECISION + ATTACHED
    layout = acts.find_layout(text)
    assert words(text, layout) == [
        ("QĐ", "Ban hành Kế hoạch trồng cây năm 2031"),
        ("KH", "TRỒNG CÂY NĂM 2031"),
    ]
    first, second = layout.acts
    assert text[first.body_start : first.body_end].rstrip().endswith("Sở Xây dựng thực hiện.")
    assert text[second.body_start :].lstrip().startswith("(Ban hành kèm theo")
    assert text[second.start :].startswith("KẾ HOẠCH")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("TRỒNG CÂY XANH\nTRÊN ĐỊA BÀN TỈNH NĂM 2031", "TRỒNG CÂY XANH TRÊN ĐỊA BÀN TỈNH NĂM 2031"),
        ("Trồng cây xanh\ntrên địa bàn tỉnh năm 2031", "Trồng cây xanh trên địa bàn tỉnh năm 2031"),
        ("Trồng cây năm 2031\n-------", "Trồng cây năm 2031"),
        (": Trồng cây năm 2031", "Trồng cây năm 2031"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    (act,) = acts.find_layout(PLAN.replace("Trồng cây năm 2031", title, 1)).acts
    assert act.title == expected


def test_a_flattened_head() -> None:
    text = (
        "KẾ HOẠCH TRỒNG CÂY XANH TRÊN ĐỊA BÀN TỈNH NĂM 2031 Thực hiện chỉ đạo của tỉnh, "
        "UBND tỉnh ban hành Kế hoạch như sau: I. NỘI DUNG 1. Chọn giống cây. 2. Trồng cây."
    )
    (act,) = acts.find_layout(text).acts
    assert act.title == "TRỒNG CÂY XANH TRÊN ĐỊA BÀN TỈNH NĂM 2031"
    assert text[act.body_start :].lstrip().startswith("Thực hiện chỉ đạo")


def test_annexes_after_the_signature() -> None:
    text = PLAN + "PHỤ LỤC I\nDANH MỤC CÂY\nCây sao.\nPHỤ LỤC II\nDANH MỤC PHỐ\nPhố Đông.\n"
    first, second = acts.find_layout(text).annexes
    assert (first.label, first.marker, first.title) == ("PL1", "PHỤ LỤC I", "DANH MỤC CÂY")
    assert (second.label, second.marker, second.title) == ("PL2", "PHỤ LỤC II", "DANH MỤC PHỐ")
    assert text[first.title_end : first.end].strip() == "Cây sao."


def test_one_annex_needs_no_number() -> None:
    text = PLAN + "PHỤ LỤC\nDANH MỤC CÂY\n(Kèm theo Kế hoạch số 4/KH-UBND)\nCây sao.\n"
    (annex,) = acts.find_layout(text).annexes
    assert (annex.label, annex.title) == ("PL", "DANH MỤC CÂY")
    assert text[annex.title_end : annex.end].strip() == "Cây sao."


@pytest.mark.parametrize(
    "sentence", ["Xem Phụ lục I kèm theo.", "Theo PHỤ LỤC của Kế hoạch này, các sở làm."]
)
def test_a_mention_of_an_annex_is_none(sentence: str) -> None:
    assert acts.find_layout(PLAN.replace("Trồng cây.\n", sentence + "\n")).annexes == ()


def test_a_kind_inside_a_sentence_is_none() -> None:
    text = "Ghi chép về kế hoạch của tỉnh.\nKhông có thể thức gì.\n"
    (act,) = acts.find_layout(text).acts
    assert act.kind is None
    assert (act.body_start, act.body_end) == (0, len(text))


def test_an_empty_text_has_one_empty_act() -> None:
    (act,) = acts.find_layout("").acts
    assert (act.start, act.body_end) == (0, 0)


@pytest.mark.parametrize(
    "block",
    [
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu\n",
        "GIÁM ĐỐC\nTrần Văn Mẫu\n",
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nTrần Văn Mẫu\n",
    ],
)
def test_a_signature_without_recipients(block: str) -> None:
    text = PLAN.partition("Nơi nhận:")[0] + block
    (act,) = acts.find_layout(text).acts
    assert act.signoff is not None
    assert text[slice(*act.signoff)] == block


@pytest.mark.parametrize("label", ["Nơi nhận:", "Nơi nhận", "NƠI NHẬN:", "Noi nhậm:", "Nơi nhân:"])
def test_recipients_also_as_ocr_reads_them(label: str) -> None:
    (act,) = acts.find_layout(PLAN.replace("Nơi nhận:", label)).acts
    assert act.signoff is not None


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("Tình hình trồng cây tháng 01/2031 của tỉnh Cà Mau", "Kính gửi:\n- Sở Y tế;\n"),
        ("Kết luận của Phó Chủ tịch UBND tỉnh Trần Văn Mẫu tại cuộc họp về trồng cây xanh các xã "
         "trong thời gian qua và nhiệm vụ trong thời gian đến", "Ngày 03/01/2031, họp.\n"),
    ],
)  # fmt: skip
def test_where_a_title_ends(title: str, after: str) -> None:
    text = f"UBND TỈNH CÀ MAU\nSố: 1/TB-UBND\nTHÔNG BÁO\n{title}\n{after}Nội dung.\n"
    layout = acts.find_layout(text)
    assert layout.acts[0].title == title
