"""Who does what: every role in every form, in lines, prose, headings, tables and articles."""

from __future__ import annotations

import pytest

from models import Plan, Task
from pipeline.extraction import Pipeline
from pipeline.tasks.labels import role_lines
from tests.tasks.sample import HEAD, SIGNED, Roles


def extract(text: str) -> Plan:
    return Pipeline().from_text(text, "ke-hoach.txt")


def roles_of(task: Task) -> Roles:
    return {(a.role, a.agency) for a in task.assignments}


def by_section(plan: Plan) -> dict[str, Roles]:
    """Roles of every task that has any, by the path of its section."""
    found = [("/".join(task.section), roles_of(task)) for task in plan.tasks if task.assignments]
    assert len({path for path, _ in found}) == len(found)
    return dict(found)


def measure(body: str) -> dict[str, Roles]:
    """Roles in a plan with one measure, between a chapter's heading and a next measure."""
    return by_section(extract(f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n{body}\n2. Dọn vườn.\n{SIGNED}"))


def charge(body: str) -> dict[str, Roles]:
    """Roles in a plan with one item of "Tổ chức thực hiện", before a next item."""
    return by_section(
        extract(
            f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n"
            f"II. TỔ CHỨC THỰC HIỆN\n1. {body}\n2. Khen thưởng.\n{SIGNED}"
        )
    )


def test_a_code_behind_the_addressee_is_part_of_the_heading() -> None:
    who = "Phòng Cảnh sát hình sự"
    assert charge(f"{who} (PC02)\na) Chủ trì việc này.\nb) Trồng cây.") == {
        "II/1": {("assignee", who)},
        "II/1/a": {("lead", who)},
    }


# --- labelled lines ---------------------------------------------------------------------------

LABELLED: list[tuple[str, Roles]] = [
    (
        "- Cơ quan chủ trì: Sở Xây dựng.\n- Cơ quan phối hợp: Sở Tài chính, Sở Nội vụ.",
        {("lead", "Sở Xây dựng"), ("coordinate", "Sở Tài chính"), ("coordinate", "Sở Nội vụ")},
    ),
    (
        "- Đơn vị chủ trì: Sở Xây dựng\n- Đơn vị phối hợp: Sở Tài chính; UBND cấp xã",
        {("lead", "Sở Xây dựng"), ("coordinate", "Sở Tài chính"), ("coordinate", "UBND cấp xã")},
    ),
    (
        "- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch",
        {("lead", "Sở Văn hóa, Thể thao và Du lịch")},
    ),
    ("- Cơ quan thực hiện: Sở Y tế.", {("lead", "Sở Y tế")}),
    ("- Đơn vị thực hiện: Sở Y tế", {("lead", "Sở Y tế")}),
    ("- Đơn vị được giao chủ trì: Sở Y tế", {("lead", "Sở Y tế")}),
    ("- Đơn vị tham mưu: Sở Nội vụ", {("advise", "Sở Nội vụ")}),
    ("- Đơn vị theo dõi: Thanh tra tỉnh", {("supervise", "Thanh tra tỉnh")}),
    ("- Giám sát: Thanh tra tỉnh", {("supervise", "Thanh tra tỉnh")}),
    (
        "Chủ trì: Sở Xây dựng. Phối hợp: Sở Tài chính.",
        {("lead", "Sở Xây dựng"), ("coordinate", "Sở Tài chính")},
    ),
    (
        "Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: Sở Nội vụ.",
        {("lead", "Sở Y tế"), ("coordinate", "Sở Nội vụ")},
    ),
    # nobody leads under a label that only says who acts
    (
        "- Thực hiện: Sở Xây dựng, Sở Y tế và các đơn vị liên quan.\n- Thời hạn: Hàng năm.",
        {
            ("assignee", "Sở Xây dựng"),
            ("assignee", "Sở Y tế"),
            ("assignee", "các đơn vị liên quan"),
        },
    ),
    ("- Phân công thực hiện: Sở Xây dựng.", {("assignee", "Sở Xây dựng")}),
    ("- Thực hiện: Sở Y tế, các vườn lạ tại các địa phương.", {("assignee", "Sở Y tế")}),
    (
        "- Thực hiện: Ban Quản lý các công trình trồng cây, Sở Y tế.",
        {("assignee", "Ban Quản lý các công trình trồng cây"), ("assignee", "Sở Y tế")},
    ),
    (
        "- Thực hiện: Sở Xây dựng chủ trì, phối hợp với Sở Y tế.",
        {("lead", "Sở Xây dựng"), ("coordinate", "Sở Y tế")},
    ),
    (
        "* Chủ trì: Sở Y tế\n* Phối hợp thực hiện: Sở Nội vụ",
        {("lead", "Sở Y tế"), ("coordinate", "Sở Nội vụ")},
    ),
    (
        "+ Chủ trì thực hiện: Sở Y tế\n"
        "+ Phối hợp: Các sở, ban, ngành; UBND các huyện, thị xã, thành phố",
        {
            ("lead", "Sở Y tế"),
            ("coordinate", "Các sở, ban, ngành"),
            ("coordinate", "UBND các huyện, thị xã, thành phố"),
        },
    ),
]


@pytest.mark.parametrize(("body", "expected"), LABELLED)
def test_labelled_lines(body: str, expected: Roles) -> None:
    assert measure(body) == {"I/1": expected}


# --- labelled blocks --------------------------------------------------------------------------

SOLE_LEAD = {("lead", "Sở Y tế")}


@pytest.mark.parametrize(
    ("body", "second"),
    [
        (
            "- Trồng cây.\n- Cơ quan chủ trì: Sở Y tế.\n- Thời gian: Quý I.\n"
            "- Tưới cây.\n- Cơ quan chủ trì: Sở Y tế.\n- Thời gian: Quý II.",
            "I/1/-4",
        ),
        (
            "- Nội dung 1: Trồng cây.\n+ Cơ quan chủ trì: Sở Y tế.\n+ Thời gian: Quý I.\n"
            "- Nội dung 2: Tưới cây.\n+ Cơ quan chủ trì: Sở Y tế.\n+ Thời gian: Quý II.",
            "I/1/-2",
        ),
    ],
)
def test_each_block_with_a_lead_of_its_own_is_a_task(body: str, second: str) -> None:
    plan = extract(f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n{body}\n2. Dọn vườn.\n{SIGNED}")
    assert by_section(plan) == {"I/1": SOLE_LEAD, second: SOLE_LEAD}
    times = [[plan.deadlines[i].text for i in task.deadlines] for task in plan.tasks[:2]]
    assert times == [["Quý I"], ["Quý II"]]


def test_one_block_is_its_items_duty() -> None:
    body = "- Trồng cây.\n- Chủ trì: Sở Y tế.\n- Phối hợp: Sở Nội vụ.\n- Cây sống trên 90%."
    assert measure(body) == {"I/1": {*SOLE_LEAD, ("coordinate", "Sở Nội vụ")}}


def test_numbered_blocks_are_tasks() -> None:
    body = (
        "Dự án 1: Vườn ươm\n- Cơ quan chủ trì: Sở Y tế.\n"
        "Dự án 2: Tưới cây\n- Cơ quan chủ trì: Sở Y tế."
    )
    assert measure(body) == {"I/1/Dự án 1": SOLE_LEAD, "I/1/Dự án 2": SOLE_LEAD}


# --- running text -----------------------------------------------------------------------------

PROSE: list[tuple[str, Roles]] = [
    (  # a name has no verbs
        "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh chủ trì việc này.",
        {("lead", "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh")},
    ),
    (  # who stands in a bracket behind the leader
        "Sở Y tế (cơ quan thường trực Ban Chỉ đạo phòng, chống dịch tỉnh) chủ trì việc này.",
        {("lead", "Sở Y tế")},
    ),
    (  # a by-name in a bracket is no second bearer
        "Giao Công an tỉnh (Cơ quan Thường trực Ban Chỉ đạo) trồng cây.",
        {("assignee", "Công an tỉnh")},
    ),
    (  # a short name that the plan gives
        "Trung tâm Kiểm soát bệnh tật tỉnh (gọi tắt là CDC) chọn giống; CDC chủ trì việc này.",
        {("lead", "Trung tâm Kiểm soát bệnh tật tỉnh")},
    ),
    (
        "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Sở Văn hóa, Thể thao và Du lịch "
        "mở lớp.",
        {
            ("assignee", "Sở Xây dựng"),
            ("lead", "Sở Xây dựng"),
            ("coordinate", "Sở Tài chính"),
            ("coordinate", "Sở Văn hóa, Thể thao và Du lịch"),
        },
    ),
    ("Giao Sở Y tế trồng cây.", {("assignee", "Sở Y tế")}),
    ("Giao cho Sở Y tế trồng cây.", {("assignee", "Sở Y tế")}),
    ("Yêu cầu UBND cấp xã cắm biển.", {("assignee", "UBND cấp xã")}),
    (
        "Đề nghị Ủy ban MTTQ Việt Nam tỉnh, Tỉnh đoàn vận động nhân dân.",
        {("assignee", "Ủy ban MTTQ Việt Nam tỉnh"), ("assignee", "Tỉnh đoàn")},
    ),
    ("Việc trồng cây do Sở Y tế thực hiện.", {("assignee", "Sở Y tế")}),
    (
        "Kết quả gửi về Sở Xây dựng trước ngày 15 tháng 6.",
        {("report_to", "Sở Xây dựng")},
    ),
    ("Gửi kết quả rà soát về Sở Xây dựng.", {("report_to", "Sở Xây dựng")}),
    ("Danh sách trình UBND tỉnh phê duyệt.", {("report_to", "UBND tỉnh")}),
    ("Danh sách trình Chủ tịch UBND tỉnh phê duyệt.", {("report_to", "UBND tỉnh")}),
]


@pytest.mark.parametrize(("body", "expected"), PROSE)
def test_running_text(body: str, expected: Roles) -> None:
    assert measure(body) == {"I/1": expected}


# The body that a sentence begins with is its addressee besides what the sentence says of it.
SUBJECTS: list[tuple[str, str, Roles]] = [
    ("Sở Nội vụ tham mưu UBND tỉnh quy chế.", "Sở Nội vụ", {("advise", "Sở Nội vụ")}),
    (
        "Sở Nội vụ theo dõi, đôn đốc việc trồng cây.",
        "Sở Nội vụ",
        {("supervise", "Sở Nội vụ")},
    ),
    (
        "Thanh tra tỉnh kiểm tra việc trồng cây.",
        "Thanh tra tỉnh",
        {("supervise", "Thanh tra tỉnh")},
    ),
    (
        "Sở Y tế báo cáo UBND tỉnh (qua Sở Nội vụ) hàng quý.",
        "Sở Y tế",
        {("report_to", "UBND tỉnh"), ("via", "Sở Nội vụ")},
    ),
    (
        "Sở Y tế báo cáo kết quả về Sở Nội vụ hàng quý.",
        "Sở Y tế",
        {("report_to", "Sở Nội vụ")},
    ),
    (
        "Sở Y tế nâng cao chất lượng; các sở, ngành và chính quyền địa phương phải cùng trồng cây.",
        "Sở Y tế",
        {("assignee", "các sở, ngành"), ("assignee", "chính quyền địa phương")},
    ),
    (
        "Sở Y tế tổ chức trồng cây. Các sở, ngành và chính quyền địa phương rà soát.",
        "Sở Y tế",
        {("assignee", "Các sở, ngành"), ("assignee", "chính quyền địa phương")},
    ),
    (
        "Sở Y tế tổ chức trồng cây. Các cơ quan, đơn vị, địa phương tập trung chăm sóc cây.",
        "Sở Y tế",
        {("assignee", "Các cơ quan, đơn vị, địa phương")},
    ),
    ("Sở Y tế tổ chức trồng cây. Các doanh nghiệp tổ chức tham quan.", "Sở Y tế", set()),
    (
        "Các sở, ban, ngành và thành viên Ban An toàn giao thông tỉnh, UBND cấp xã nêu cao gương.",
        "Các sở, ban, ngành",
        {("assignee", "UBND cấp xã")},
    ),
    (
        "Các sở, ban, ngành có lãnh đạo là Ủy viên Ban An toàn giao thông tỉnh và UBND cấp xã "
        "xây dựng kế hoạch trồng cây.",
        "Các sở, ban, ngành",
        {("assignee", "UBND cấp xã")},
    ),
    (
        "Cấp ủy, tổ chức đảng, chính quyền và các tổ chức chính trị - xã hội tổ chức trồng cây.",
        "Cấp ủy",
        {
            ("assignee", "tổ chức đảng"),
            ("assignee", "chính quyền"),
            ("assignee", "các tổ chức chính trị - xã hội"),
        },
    ),
    ("Các đơn vị được giao nhiệm vụ phải trồng cây.", "Các đơn vị", set()),
    (
        "Người đứng đầu các đơn vị trong phạm vi chức năng của mình phải cam kết.",
        "các đơn vị",
        set(),
    ),
    ("Thủ trưởng, người đứng đầu các đơn vị phải xác định chỗ trồng.", "các đơn vị", set()),
    (
        "Chính quyền các cấp, các ngành ra quân trồng cây.",
        "Chính quyền các cấp",
        {("assignee", "các ngành")},
    ),
    (
        "UBND cấp xã phối hợp chặt chẽ với Sở Y tế và Sở Xây dựng trồng cây.",
        "UBND cấp xã",
        {("coordinate", "Sở Y tế"), ("coordinate", "Sở Xây dựng")},
    ),
]


@pytest.mark.parametrize(("body", "subject", "expected"), SUBJECTS)
def test_a_sentence_that_begins_with_a_body(body: str, subject: str, expected: Roles) -> None:
    assert measure(body) == {"I/1": expected | {("assignee", subject)}}


NOBODY = [
    "Cây do Sở Y tế tặng đã lớn.",
    "Theo đề nghị của Sở Y tế, danh mục được sửa.",
    "Danh mục của Sở Y tế còn thiếu hai loài.",
    "Cây giống được chọn trong quý II.",
    "Sự phối hợp với các hộ dân còn yếu.",
    "Gửi kết quả rà soát về các đơn vị liên quan.",
    "Vận động Nhân dân tích cực phối hợp với Sở Y tế.",
    "Cây được tặng theo khả năng cân đối ngân sách của Sở Tài chính.",
    "Cây được trồng theo lịch. Báo cáo đăng trên Báo Bắc Ninh; Đài Phát thanh và Truyền hình tỉnh.",
    "Người đứng đầu cấp ủy, chính quyền các cấp chịu trách nhiệm về việc trồng cây.",
    "Các đơn vị được giao nhiệm vụ trồng cây còn thiếu nước.",
    "Việc nêu tại khoản 4 Điều 8 Luật Trồng cây: “4. Sở Y tế có trách nhiệm tưới cây.”",
]


@pytest.mark.parametrize("body", [*NOBODY, "- Thực hiện: Trồng cây trước cổng Sở Xây dựng."])
def test_a_body_that_is_only_named_bears_nothing(body: str) -> None:
    assert measure(body) == {}


def test_an_item_that_is_one_sentence() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n"
        "1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính và UBND cấp xã chọn giống.\n"
        f"2. Dọn vườn.\n{SIGNED}"
    )
    assert by_section(plan) == {
        "I/1": {
            ("lead", "Sở Xây dựng"),
            ("coordinate", "Sở Tài chính"),
            ("coordinate", "UBND cấp xã"),
        }
    }


def test_a_dash_with_an_addressee_of_its_own_is_a_task_of_its_own() -> None:
    assert measure(
        "- Sở Y tế rà soát danh mục.\n"
        "- Các đơn vị liên quan phối hợp với Sở Nội vụ tưới cây.\n"
        "- Cây được tưới đều."
    ) == {
        "I/1/-1": {("assignee", "Sở Y tế")},
        "I/1/-2": {("assignee", "Các đơn vị liên quan"), ("coordinate", "Sở Nội vụ")},
    }


def test_a_sentence_that_runs_on_behind_a_heading() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n1. Công tác chọn giống Các sở, ngành và UBND cấp xã tổ chức chọn cây."
        f"\n2. Dọn vườn Các cơ quan liên quan.\n{SIGNED}"
    )
    assert by_section(plan) == {"I/1": {("assignee", "Các sở, ngành"), ("assignee", "UBND cấp xã")}}


def test_a_label_ends_where_its_body_is_told_what_to_do() -> None:
    assert measure("Đơn vị thực hiện: UBND cấp xã chủ trì, chỉ đạo các ban, ngành trồng cây.") == {
        "I/1": {("lead", "UBND cấp xã")}
    }


def test_a_later_sentence_of_a_dash_names_who_acts() -> None:
    assert measure("- Cây được tưới đều. Các sở, ban, ngành chuẩn bị nước.") == {
        "I/1": {("assignee", "Các sở, ban, ngành")}
    }


def test_a_heading_of_bodies_that_ends_with_a_bracket() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n"
        "1. Sở Xây dựng, Khu Quản lý đường bộ V (Văn phòng Quản lý đường bộ V.1)"
        f"\n- Cắm biển.\n- Sơn vạch.\n2. Dọn vườn.\n{SIGNED}"
    )
    assert by_section(plan) == {
        "I/1": {
            ("assignee", "Sở Xây dựng"),
            ("assignee", "Khu Quản lý đường bộ V"),
            ("assignee", "Văn phòng Quản lý đường bộ V.1"),
        }
    }


# --- "Tổ chức thực hiện" ----------------------------------------------------------------------

ADDRESSED = [
    ("Sở Y tế\nTrồng cây.", {"Sở Y tế"}),
    ("Sở Y tế:\n- Trồng cây.\n- Cắm biển.", {"Sở Y tế"}),
    ("Sở Y tế: Trồng cây.", {"Sở Y tế"}),
    ("Sở Y tế trồng cây.", {"Sở Y tế"}),
    ("Sở Y tế có trách nhiệm trồng cây.", {"Sở Y tế"}),
    ("Sở Y tế, Sở Xây dựng\nTrồng cây.", {"Sở Y tế", "Sở Xây dựng"}),
    ("Sở Y tế và Sở Xây dựng\nTrồng cây.", {"Sở Y tế", "Sở Xây dựng"}),
    (
        "Sở Văn hóa, Thể thao và Du lịch\nTrồng cây.",
        {"Sở Văn hóa, Thể thao và Du lịch"},
    ),
    (
        "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố\nTrồng cây.",
        {"Các sở, ban, ngành", "UBND các huyện, thị xã, thành phố"},
    ),
    ("Các sở, ban, ngành và UBND cấp xã\nTrồng cây.", {"Các sở, ban, ngành", "UBND cấp xã"}),
    (
        "Báo Bắc Ninh, Đài Phát thanh và Truyền hình tỉnh\n- Mở chuyên mục.",
        {"Báo Bắc Ninh", "Đài Phát thanh và Truyền hình tỉnh"},
    ),
    ("Giám đốc Sở Y tế\nTrồng cây.", {"Sở Y tế"}),
    ("Thủ trưởng các đơn vị trực thuộc Sở\nTrồng cây.", {"các đơn vị trực thuộc Sở"}),
    ("Thủ trưởng các sở, ban, ngành chịu trách nhiệm trồng cây.", {"các sở, ban, ngành"}),
    ("Đối với Sở Y tế\nTrồng cây.", {"Sở Y tế"}),
    ("Trách nhiệm của Sở Y tế\nTrồng cây.", {"Sở Y tế"}),
    ("Giao Sở Y tế\nTrồng cây.", {"Sở Y tế"}),
    ("Đề nghị Tỉnh đoàn:\nTrồng cây.", {"Tỉnh đoàn"}),
    (
        "Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội\nVận động hội viên.",
        {"Ủy ban MTTQ Việt Nam tỉnh", "các tổ chức chính trị - xã hội"},
    ),
    ("Kinh phí\nBảo đảm từ ngân sách.", set()),
]


@pytest.mark.parametrize(("body", "names"), ADDRESSED)
def test_headings_address(body: str, names: set[str]) -> None:
    expected = {("assignee", name) for name in names}
    assert charge(body) == ({"II/1": expected} if names else {})


CHARGES: list[tuple[str, str, Roles]] = [
    ("Sở Y tế", "- Chủ trì trồng cây.", {("lead", "Sở Y tế")}),
    (
        "Sở Y tế",
        "- Chủ trì, phối hợp với Sở Xây dựng trồng cây.",
        {("lead", "Sở Y tế"), ("coordinate", "Sở Xây dựng")},
    ),
    ("Sở Y tế", "Phối hợp với Sở Xây dựng trồng cây.", {("coordinate", "Sở Xây dựng")}),
    ("Sở Nội vụ", "- Tham mưu UBND tỉnh khen thưởng.", {("advise", "Sở Nội vụ")}),
    ("Sở Nội vụ", "- Theo dõi, đôn đốc việc trồng cây.", {("supervise", "Sở Nội vụ")}),
    ("Sở Nội vụ", "- Theo dõi, đôn đốc, kiểm tra việc trồng cây.", {("supervise", "Sở Nội vụ")}),
    ("Sở Nội vụ", "- Tổ chức kiểm tra việc trồng cây.", {("supervise", "Sở Nội vụ")}),
    (
        "Văn phòng UBND tỉnh",
        "- Theo dõi, đôn đốc các sở, ban, ngành trồng cây.",
        {("supervise", "Văn phòng UBND tỉnh")},
    ),
    (
        "Sở Nội vụ",
        "- Là đầu mối theo dõi việc trồng cây; định kỳ báo cáo UBND tỉnh.",
        {("supervise", "Sở Nội vụ"), ("report_to", "UBND tỉnh")},
    ),
    ("Sở Y tế", "- Hàng tháng báo cáo Sở Nội vụ.", {("report_to", "Sở Nội vụ")}),
    ("Sở Y tế", "- Trình UBND tỉnh danh sách.", {("report_to", "UBND tỉnh")}),
    (
        "UBND cấp xã",
        "- Báo cáo UBND huyện (qua Phòng Nội vụ) kết quả.",
        {("report_to", "UBND huyện"), ("via", "Phòng Nội vụ")},
    ),
    ("Sở Tài chính", "Bố trí kinh phí trồng cây.", {("fund", "Sở Tài chính")}),
    ("Sở Tài chính", "- Cân đối ngân sách cho việc trồng cây.", {("fund", "Sở Tài chính")}),
    (
        "Sở Tài chính",
        "- Tham mưu UBND tỉnh danh mục.\n- Bảo đảm kinh phí trồng cây.",
        {("advise", "Sở Tài chính"), ("fund", "Sở Tài chính")},
    ),
]


@pytest.mark.parametrize(("heading", "body", "expected"), CHARGES)
def test_a_role_without_a_bearer_is_the_addressees(
    heading: str, body: str, expected: Roles
) -> None:
    assert charge(f"{heading}\n{body}") == {"II/1": expected | {("assignee", heading)}}


def test_items_below_an_addressee_are_tasks_of_their_own() -> None:
    assert charge("Sở Y tế\na) Chủ trì cắm biển.\nb) Phối hợp với Sở Xây dựng trồng cây.") == {
        "II/1": {("assignee", "Sở Y tế")},
        "II/1/a": {("lead", "Sở Y tế")},
        "II/1/b": {("coordinate", "Sở Xây dựng")},
    }


@pytest.mark.parametrize(
    "heading",
    ["TỔ CHỨC THỰC HIỆN", "TỔ CHỨC TRIỂN KHAI", "PHÂN CÔNG NHIỆM VỤ", "TRÁCH NHIỆM CỦA CÁC ĐƠN VỊ"],
)
def test_chapters_that_address(heading: str) -> None:
    plan = extract(f"{HEAD}I. {heading}\n1. Sở Y tế\nTrồng cây.\n2. Khen thưởng.\n{SIGNED}")
    assert by_section(plan) == {"I/1": {("assignee", "Sở Y tế")}}


def test_the_closing_paragraph_speaks_for_the_whole_plan() -> None:
    plan = extract(
        f"{HEAD}I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\nTrồng cây.\n"
        "Trên đây là Kế hoạch trồng cây năm 2031, yêu cầu các sở, ban, ngành báo cáo UBND tỉnh "
        f"(qua Sở Xây dựng) để xem xét.{SIGNED}"
    )
    assert by_section(plan) == {
        "I/1": {("assignee", "Sở Y tế")},
        "": {
            ("assignee", "các sở, ban, ngành"),
            ("report_to", "UBND tỉnh"),
            ("via", "Sở Xây dựng"),
        },
    }


def test_the_opening_paragraph_may_entrust() -> None:
    plan = extract(
        f"{HEAD}UBND tỉnh yêu cầu Sở Y tế trồng cây như sau:\nI. NHIỆM VỤ\n1. Chọn giống.\n{SIGNED}"
    )
    assert by_section(plan) == {"": {("assignee", "Sở Y tế")}}


# --- what stands inside a task ----------------------------------------------------------------


def test_deadlines_targets_references_and_outputs_of_a_task() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n"
        "- Trên 80% cây giống theo Quyết định số 5/QĐ-UBND ngày 03/01/2031.\n"
        "- Chủ trì: Sở Xây dựng.\n"
        "- Thời gian hoàn thành: trước ngày 30 tháng 6.\n"
        f"- Sản phẩm: Danh sách vườn ươm.\n2. Dọn vườn.\n{SIGNED}"
    )
    task, other = plan.tasks
    assert (task.section, roles_of(task)) == (["I", "1"], {("lead", "Sở Xây dựng")})
    assert [plan.deadlines[i].value for i in task.deadlines] == ["../2031-06-30"]
    assert [plan.targets[i].value for i in task.targets] == [80.0]
    assert [plan.references[i].number for i in task.references] == ["5/QĐ-UBND"]
    assert task.outputs == ["Danh sách vườn ươm"]
    assert (other.section, other.assignments) == (["I", "2"], [])
    assert not (other.deadlines or other.targets or other.references or other.outputs)


def test_assignments_know_their_bodies() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\n- Chủ trì: Sở KH&ĐT.\n"
        f"2. Trồng cây.\n- Chủ trì: Sở Kế hoạch và Đầu tư.\n{SIGNED}"
    )
    one, two = [a for task in plan.tasks for a in task.assignments]
    assert (one.agency, two.agency) == ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư")
    assert one.agency_id == two.agency_id == plan.agencies[0].id


def test_lines_of_dashes_alone_cost_no_more_than_their_number() -> None:
    assert list(role_lines("-\n" * 100_000 + "Đơn vị phối hợp: Sở Y tế\n"))


# --- tables -----------------------------------------------------------------------------------

BODY = f"{HEAD}I. TỔ CHỨC THỰC HIỆN\n1. Sở Ngoại vụ\nTrồng cây.\n{SIGNED}"
FLAT = """\
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
TT
Nhiệm vụ
Cơ quan chủ trì
Cơ quan phối hợp
Thời gian
1
Chọn giống cây
Sở Xây dựng
Sở Tài chính, Sở Nội vụ
Tháng 5
2
Trồng cây
Sở Y tế
UBND cấp xã
Quý IV
"""
PIPES = """\
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
| STT | Nội dung | Đơn vị thực hiện | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm |
| --- | --- | --- | --- | --- | --- |
| 1 | Chọn giống | Sở Xây dựng | Sở Văn hóa, Thể thao và Du lịch | Trước ngày 30/6 | Danh mục |
| 2 | Trồng cây | UBND các huyện, thị xã, thành phố | | Hàng quý | |
"""
Row = tuple[list[str], Roles, list[str | None], list[str]]


def rows(plan: Plan) -> list[Row]:
    """Section, roles, deadlines and outputs of the tasks from tables."""
    return [
        (
            task.section,
            roles_of(task),
            [plan.deadlines[i].value for i in task.deadlines],
            task.outputs,
        )
        for task in plan.tasks
        if task.from_table
    ]


def test_rows_of_a_flattened_table() -> None:
    assert rows(extract(BODY + FLAT)) == [
        (
            ["PL", "1"],
            {("lead", "Sở Xây dựng"), ("coordinate", "Sở Tài chính"), ("coordinate", "Sở Nội vụ")},
            ["2031-05"],
            [],
        ),
        (
            ["PL", "2"],
            {("lead", "Sở Y tế"), ("coordinate", "UBND cấp xã")},
            ["2031-10/2031-12"],
            [],
        ),
    ]


def test_rows_stand_under_the_groups_of_their_table() -> None:
    table = (
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\nTT\nNhiệm vụ\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian\n"
        "I\nChuẩn bị\n1\nChọn giống cây\nSở Xây dựng\nSở Tài chính\nTháng 5\n"
        "II\nTrồng và chăm sóc\n1\nTrồng cây\n1.1\nTrồng cây ở trường\nSở Y tế\nSở Nội vụ\nQuý IV\n"
        "1.2\nTrồng cây ở chợ\nSở Y tế\nSở Nội vụ\nQuý IV\n"
        "2\nChăm sóc cây\nSở Nội vụ\nSở Tài chính\nQuý IV\n"
    )
    assert [row[0] for row in rows(extract(BODY + table))] == [
        ["PL", "I", "1"],
        ["PL", "II", "1", "1.1"],
        ["PL", "II", "1", "1.2"],
        ["PL", "II", "2"],
    ]


def test_rows_of_a_table_with_cells() -> None:
    assert rows(extract(BODY + PIPES)) == [
        (
            ["PL", "1"],
            {("lead", "Sở Xây dựng"), ("coordinate", "Sở Văn hóa, Thể thao và Du lịch")},
            ["../2031-06-30"],
            ["Danh mục"],
        ),
        (["PL", "2"], {("lead", "UBND các huyện, thị xã, thành phố")}, ["R/P3M"], []),
    ]


@pytest.mark.parametrize("table", [FLAT, PIPES])
def test_a_table_takes_nothing_from_the_plan_before_it(table: str) -> None:
    tasks = [task for task in extract(BODY + table).tasks if not task.from_table]
    assert [(task.section, roles_of(task)) for task in tasks] == [
        (["I", "1"], {("assignee", "Sở Ngoại vụ")})
    ]


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("Chủ trì", "lead"),
        ("Đơn vị chủ trì", "lead"),
        ("Cơ quan thực hiện", "lead"),
        ("Cơ quan tham mưu", "lead"),
        ("Đơn vị đầu mối", "lead"),
        ("Phân công thực hiện", "lead"),
        ("Phối hợp", "coordinate"),
        ("Cơ quan phối hợp", "coordinate"),
        ("Đơn vị tham gia thực hiện", "coordinate"),
    ],
)
def test_names_of_columns(column: str, role: str) -> None:
    table = (
        f"PHỤ LỤC\nDANH MỤC\n| TT | Nhiệm vụ | {column} | Thời gian |\n| --- | --- | --- | --- |\n"
        "| 1 | Chọn giống | Sở Xây dựng | Tháng 5 |\n"
    )
    assert rows(extract(BODY + table)) == [(["PL", "1"], {(role, "Sở Xây dựng")}, ["2031-05"], [])]


# --- articles of a decision -------------------------------------------------------------------


def test_articles_of_a_decision() -> None:
    plan = extract(
        """\
QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây năm 2031
Căn cứ Luật Xây dựng;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.
Điều 2. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính trồng cây; báo cáo UBND tỉnh hàng quý.
Điều 3. Sở Nội vụ có trách nhiệm theo dõi, đôn đốc việc trồng cây.
Điều 4. Quyết định này có hiệu lực kể từ ngày ký.
Điều 5. Chánh Văn phòng UBND tỉnh, Giám đốc các sở, ban, ngành và Chủ tịch UBND cấp xã \
chịu trách nhiệm thi hành Quyết định này.
"""
        + SIGNED
    )
    assert by_section(plan) == {
        "Điều 2": {
            ("assignee", "Sở Xây dựng"),
            ("lead", "Sở Xây dựng"),
            ("coordinate", "Sở Tài chính"),
            ("report_to", "UBND tỉnh"),
        },
        "Điều 3": {("assignee", "Sở Nội vụ"), ("supervise", "Sở Nội vụ")},
        "Điều 5": {
            ("assignee", "Văn phòng UBND tỉnh"),
            ("assignee", "các sở, ban, ngành"),
            ("assignee", "UBND cấp xã"),
        },
    }


def test_an_article_may_only_say_that_they_carry_it_out() -> None:
    plan = extract(
        "QUYẾT ĐỊNH\nBan hành Kế hoạch trồng cây năm 2031\nCăn cứ Luật Xây dựng;\nQUYẾT ĐỊNH:\n"
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây.\n"
        "Điều 2. Giám đốc Sở Y tế, Chánh án Tòa án quân sự các cấp và các tập thể, cá nhân có liên "
        f"quan thi hành Quyết định này./.\n{SIGNED}"
    )
    assert by_section(plan) == {
        "Điều 2": {("assignee", "Sở Y tế"), ("assignee", "Tòa án quân sự các cấp")}
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Đơn vị thực hiện: Sở Y tế chủ trì, phối hợp với Sở Xây dựng.",
            {("lead", "Sở Y tế"), ("coordinate", "Sở Xây dựng")},
        ),
        (
            "Sở Y tế là cơ quan chủ trì trồng cây.",
            {("assignee", "Sở Y tế"), ("lead", "Sở Y tế")},
        ),
        ("Trồng cây theo Kế hoạch do Sở Y tế chủ trì xây dựng.", set()),
        ("Theo hướng dẫn của Sở Y tế có trách nhiệm chủ trì trồng cây.", set()),
    ],
)
def test_leads_and_partners_of_one_sentence(body: str, expected: Roles) -> None:
    assert measure(body) == ({"I/1": expected} if expected else {})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Sở Nội vụ chủ trì:\n- Trồng cây.", {("assignee", "Sở Nội vụ"), ("lead", "Sở Nội vụ")}),
        ("Phân công Sở Tư pháp trồng cây.", {("assignee", "Sở Tư pháp")}),
        ("Gửi Sở Y tế tổng hợp.", {("report_to", "Sở Y tế")}),
        (
            "Cơ quan chuyên môn về cây xanh cấp tỉnh\n- Chủ trì trồng cây.\n- Tưới cây.",
            {("assignee", "Cơ quan chuyên môn về cây xanh cấp tỉnh"),
             ("lead", "Cơ quan chuyên môn về cây xanh cấp tỉnh")},
        ),
    ],
)  # fmt: skip
def test_addressees_by_verb_and_by_their_work(body: str, expected: Roles) -> None:
    assert charge(body) == {"II/1": expected}


def test_who_funds_is_read_in_prose_too() -> None:
    found = measure("Sở Tài chính bố trí kinh phí trồng cây.")
    assert ("fund", "Sở Tài chính") in next(iter(found.values()))


def test_a_dash_after_a_body_opens_an_item_before_a_verb() -> None:
    text = (
        "II. TỔ CHỨC THỰC HIỆN 1. Sở Y tế - Chuẩn bị giống cây. - Phối hợp với Sở Tài chính tưới "
        "cây. 2. Công an tỉnh - Bảo đảm trật tự. - Tổ chức tuần tra."
    )
    plan = extract(f"{HEAD}I. NHIỆM VỤ Trồng cây.\n{text}")
    item = plan.sections[1].children[0]
    assert [child.marker for child in item.children] == ["-", "-"]


def test_a_body_under_a_shared_head_has_its_whole_name() -> None:
    found = charge("Sở Y tế phối hợp với các Sở: Tài chính, Nội vụ trồng cây.")
    assert found["II/1"] == {
        ("assignee", "Sở Y tế"), ("coordinate", "Sở Tài chính"), ("coordinate", "Sở Nội vụ"),
    }  # fmt: skip


def test_places_under_one_heading_are_addressed() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\n1. Chọn giống.\nII. PHÂN CÔNG THỰC HIỆN\n1. Tỉnh Cà Mau\nTrồng đước."
        f"\n2. Tỉnh Lâm Đồng\nTrồng thông.\n3. Thành phố Huế\nTrồng bàng.\n{SIGNED}"
    )
    assert by_section(plan) == {
        "II/1": {("assignee", "Tỉnh Cà Mau")},
        "II/2": {("assignee", "Tỉnh Lâm Đồng")},
        "II/3": {("assignee", "Thành phố Huế")},
    }


def test_the_heading_of_a_group_of_rows_is_no_duty() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\nTrồng cây.\n{SIGNED}\nPHỤ LỤC\nPHÂN CÔNG\nTT\nNhiệm vụ\nChủ trì\n"
        "Thời gian\n1\nChuẩn bị\n1.1\nChọn giống\nSở Y tế\nQuý I\n1.2\nĐào hố\nSở Xây dựng\n"
        "Quý II\n"
    )
    rows = [task for task in plan.tasks if task.from_table]
    assert [roles_of(row) for row in rows] == [{("lead", "Sở Y tế")}, {("lead", "Sở Xây dựng")}]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the organ, not the body above it
        (
            "Báo cáo Thường trực Đoàn Chủ tịch Tổng Liên đoàn Lao động.",
            {("report_to", "Thường trực Đoàn Chủ tịch Tổng Liên đoàn Lao động")},
        ),
        # what a bracket holds belongs to the list
        (
            "Sở Y tế (Chi cục Dân số), Sở Nội vụ: trồng cây.",
            {("assignee", "Sở Y tế"), ("assignee", "Chi cục Dân số"), ("assignee", "Sở Nội vụ")},
        ),
        # working together, and nobody in particular
        ("Đẩy mạnh công tác phối hợp giữa Sở Y tế và Sở Nội vụ.", set()),
        (
            "Tăng cường công tác phối hợp với Sở Y tế và Sở Nội vụ.",
            {("coordinate", "Sở Y tế"), ("coordinate", "Sở Nội vụ")},
        ),
        # titles before every member
        (
            "Giám đốc Sở Y tế, người đứng đầu các đơn vị trực thuộc phải trồng cây.",
            {("assignee", "Sở Y tế"), ("assignee", "các đơn vị trực thuộc")},
        ),
    ],
)
def test_lists_of_bearers(body: str, expected: Roles) -> None:
    assert charge(body) == ({"II/1": expected} if expected else {})


def test_a_heading_in_capitals_addresses_a_body_that_is_named_elsewhere() -> None:
    plan = extract(
        f"{HEAD}I. NHIỆM VỤ\nTrồng cây với Sở Y tế.\nII. TỔ CHỨC THỰC HIỆN\n1. SỞ Y TẾ\n"
        f"a) Tưới cây.\nb) Kiểm tra việc trồng cây.\n2. Khen thưởng.\n{SIGNED}"
    )
    assert by_section(plan) == {
        "II/1": {("assignee", "SỞ Y TẾ")},
        "II/1/b": {("supervise", "SỞ Y TẾ")},
    }
    (body,) = [each for each in plan.agencies if each.name == "Sở Y tế"]
    assert {a.agency_id for task in plan.tasks for a in task.assignments} == {body.id}


@pytest.mark.parametrize("heading", ["Nhiệm vụ của Sở Y tế:", "Nhiệm vụ, quyền hạn của Sở Y tế:"])
def test_a_heading_of_tasks_addresses_whose_they_are(heading: str) -> None:
    assert measure(f"a) {heading} Trồng cây.") == {"I/1/a": {("assignee", "Sở Y tế")}}


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("CÔNG AN TỈNH", {"CÔNG AN TỈNH"}),
        ("ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG", {"ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG"}),
        ("UBND CÁC XÃ, PHƯỜNG", {"UBND CÁC XÃ, PHƯỜNG"}),
        ("SỞ Y TẾ VÀ SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
         {"SỞ Y TẾ", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"}),
        ("CÔNG TÁC TƯỚI CÂY", set()),
    ],
)  # fmt: skip
def test_headings_in_capitals(heading: str, names: set[str]) -> None:
    expected = {"II/1": {("assignee", name) for name in names}} if names else {}
    assert charge(f"{heading}\nTưới cây.") == expected


def test_a_list_of_addresses_hands_out_nothing() -> None:
    assert charge("Sở Y tế\n- Địa chỉ: số 1 phố Mẫu.\n- Điện thoại: 0123.") == {}


def test_a_heading_is_one_body_in_its_whole_length() -> None:
    found = charge("Chi cục Dân số miền núi phía Bắc\n- Chủ trì trồng cây.")
    assert found == {
        "II/1": {
            ("assignee", "Chi cục Dân số miền núi phía Bắc"),
            ("lead", "Chi cục Dân số miền núi phía Bắc"),
        }
    }


def test_members_of_a_board_do_not_break_the_list_of_addressees() -> None:
    found = charge(
        "Các sở, ngành có lãnh đạo là thành viên Ban ATGT tỉnh, UBND các xã thực hiện trồng cây."
    )
    assert found == {"II/1": {("assignee", "Các sở, ngành"), ("assignee", "UBND các xã")}}


def test_a_sentence_behind_a_heading_in_capitals_addresses_too() -> None:
    plan = extract(
        f"{HEAD}I. MỤC TIÊU Trồng cây. II. NHIỆM VỤ Để đạt mục tiêu, các sở, ngành cần tập trung: "
        "1. Chọn giống. 2. Đào hố."
    )
    (task,) = [task for task in plan.tasks if task.assignments]
    assert roles_of(task) == {("assignee", "các sở, ngành")}


def test_the_list_of_a_field_ends_where_it_says_what_is_done() -> None:
    found = measure("- Cơ quan chủ trì: Sở Y tế tổng hợp, báo cáo Sở Nội vụ.")
    assert next(iter(found.values())) == {("lead", "Sở Y tế"), ("report_to", "Sở Nội vụ")}
