"""Goals: every comparator, ranges, ranks, counts, and the numbers that are no goals."""

from __future__ import annotations

import pytest

from models.record import Comparator
from pipeline.entities import references, targets
from pipeline.entities.targets import Goal


def only(text: str) -> Goal:
    found = targets.find(text)
    assert len(found) == 1, [text[g.start : g.end] for g in found]
    return found[0]


def printed(text: str) -> list[str]:
    return [text[g.start : g.end] for g in targets.find(text)]


# text, words of the goal, comparator, value, subject
SHARES: list[tuple[str, str, Comparator, float, str | None]] = [
    ("100% trường học trồng cây.", "100% trường học trồng cây", "=", 100, "trường học trồng cây"),
    ("Phủ xanh 100% trường học.", "100% trường học", "=", 100, "trường học"),
    ("Phấn đấu 75% thôn có nhà văn hóa.", "75% thôn", "=", 75, "thôn"),
    ("Đạt 95% số hộ có điện.", "Đạt 95% số hộ", "=", 95, "số hộ"),
    ("hoàn thành 100% kế hoạch", "100% kế hoạch", "=", 100, "kế hoạch"),
    (
        "Khoảng 30% hộ dùng nước sạch.",
        "Khoảng 30% hộ dùng nước sạch",
        "=",
        30,
        "hộ dùng nước sạch",
    ),
    ("Tỷ lệ che phủ rừng đạt 42,5%.", "Tỷ lệ che phủ rừng đạt 42,5%", "=", 42.5, None),
    ("Tỷ lệ hồ sơ đúng hạn: 98%.", "98%", "=", 98, None),
    ("Tăng 10% lượng khách.", "Tăng 10% lượng khách", "=", 10, "lượng khách"),
    ("Giảm 1,5% số hộ nghèo.", "Giảm 1,5% số hộ nghèo", "=", 1.5, "số hộ nghèo"),
    ("Hỗ trợ 50% chi phí giống.", "Hỗ trợ 50% chi phí giống", "=", 50, "chi phí giống"),
    ("Tối thiểu 90% hồ sơ được giải quyết.", "Tối thiểu 90% hồ sơ", ">=", 90, "hồ sơ"),
    (
        "Ít nhất 85,5% người dân hài lòng.",
        "Ít nhất 85,5% người dân hài lòng",
        ">=",
        85.5,
        "người dân hài lòng",
    ),
    ("Trên 70% xã có điểm đọc sách.", "Trên 70% xã", ">=", 70, "xã"),
    ("Hơn 70% xã có điểm đọc sách.", "Hơn 70% xã", ">=", 70, "xã"),
    ("Từ 80% trở lên số thôn đạt chuẩn.", "Từ 80% trở lên", ">=", 80, None),
    ("80% trở lên số thôn đạt chuẩn.", "80% trở lên", ">=", 80, None),
    ("Đạt từ 95% trở lên số hộ có điện.", "Đạt từ 95% trở lên", ">=", 95, None),
    ("Đạt tối thiểu 40% hồ sơ.", "Đạt tối thiểu 40% hồ sơ", ">=", 40, "hồ sơ"),
    ("Chỉ số hài lòng đạt trên 90%.", "Chỉ số hài lòng đạt trên 90%", ">=", 90, None),
    ("≥ 90% bệnh nhân hài lòng.", "≥ 90% bệnh nhân hài lòng", ">=", 90, "bệnh nhân hài lòng"),
    ("> 50% trường đạt chuẩn.", "> 50% trường", ">=", 50, "trường"),
    ("Dưới 2% hồ sơ trễ hạn.", "Dưới 2% hồ sơ trễ hạn", "<=", 2, "hồ sơ trễ hạn"),
    ("Không quá 5% hồ sơ trễ hạn.", "Không quá 5% hồ sơ trễ hạn", "<=", 5, "hồ sơ trễ hạn"),
    ("Tối đa 3% đơn thư tồn đọng.", "Tối đa 3% đơn thư tồn đọng", "<=", 3, "đơn thư tồn đọng"),
    ("2% trở xuống hồ sơ trễ hạn.", "2% trở xuống", "<=", 2, None),
    ("< 1% hồ sơ trễ hạn.", "< 1% hồ sơ trễ hạn", "<=", 1, "hồ sơ trễ hạn"),
    ("≤5% hộ nghèo.", "≤5% hộ nghèo", "<=", 5, "hộ nghèo"),
    ("Tỷ lệ hộ nghèo giảm còn dưới 3%.", "Tỷ lệ hộ nghèo giảm còn dưới 3%", "<=", 3, None),
    ("Giảm tỷ lệ hộ nghèo xuống dưới 2%.", "Giảm tỷ lệ hộ nghèo xuống dưới 2%", "<=", 2, None),
]


@pytest.mark.parametrize(("text", "words", "comparator", "value", "subject"), SHARES)
def test_shares(
    text: str, words: str, comparator: Comparator, value: float, subject: str | None
) -> None:
    goal = only(text)
    assert text[goal.start : goal.end] == words
    assert (goal.comparator, goal.value, goal.value_max) == (comparator, value, None)
    assert (goal.unit, goal.subject) == ("%", subject)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Từ 80% đến 90% xã có sân chơi.", "Từ 80% đến 90% xã"),
        ("80 - 90% xã có sân chơi.", "80 - 90% xã"),
        ("80-90% xã có sân chơi.", "80-90% xã"),
        ("80% - 90% xã có sân chơi.", "80% - 90% xã"),
    ],
)
def test_a_range_has_both_bounds(text: str, words: str) -> None:
    goal = only(text)
    assert text[goal.start : goal.end] == words
    assert (goal.value, goal.value_max, goal.unit, goal.subject) == (80, 90, "%", "xã")


# text, words of the goal, comparator, value, unit
COUNTS: list[tuple[str, str, Comparator, float, str]] = [
    ("Lấy ít nhất 30 mẫu thực phẩm.", "ít nhất 30 mẫu thực phẩm", ">=", 30, "mẫu thực phẩm"),
    ("Mỗi xã có ít nhất 02 vườn ươm.", "ít nhất 02 vườn ươm", ">=", 2, "vườn ươm"),
    ("Ít nhất 200.000 cây giống.", "Ít nhất 200.000 cây giống", ">=", 200_000, "cây giống"),
    ("Tối thiểu 03 lớp.", "Tối thiểu 03 lớp", ">=", 3, "lớp"),
    ("Không ít hơn 4 buổi.", "Không ít hơn 4 buổi", ">=", 4, "buổi"),
    ("Đăng tối thiểu 12 tin/bài.", "tối thiểu 12 tin/bài", ">=", 12, "tin/bài"),
    ("Tối đa 05 thành viên.", "Tối đa 05 thành viên", "<=", 5, "thành viên"),
    ("Không quá 10 đại biểu.", "Không quá 10 đại biểu", "<=", 10, "đại biểu"),
    ("Ít nhất 01 lần/năm.", "Ít nhất 01 lần/năm", ">=", 1, "lần"),
    ("Tối thiểu 2 lần/tháng đi tuần.", "Tối thiểu 2 lần/tháng", ">=", 2, "lần"),
    ("Gặp mặt 02 lần/năm.", "02 lần/năm", "=", 2, "lần"),
    ("Tuyển 15 bác sĩ trẻ.", "15 bác sĩ trẻ", "=", 15, "bác sĩ trẻ"),
    ("Giải quyết 500 việc làm mới.", "500 việc làm mới", "=", 500, "việc làm mới"),
    ("Chuẩn bị 20 gian hàng.", "20 gian hàng", "=", 20, "gian hàng"),
    ("Thu hút 10 dự án.", "10 dự án", "=", 10, "dự án"),
    ("Thành lập 04 tổ tự quản.", "04 tổ tự quản", "=", 4, "tổ tự quản"),
    ("Lắp đặt 30 camera tại các ngã tư.", "30 camera tại các ngã tư", "=", 30, "camera"),
    ("Đào tạo 1.200 lao động.", "1.200 lao động", "=", 1_200, "lao động"),
    ("Công nhận 12 trường chuẩn.", "12 trường chuẩn", "=", 12, "trường chuẩn"),
]


@pytest.mark.parametrize(("text", "words", "comparator", "value", "unit"), COUNTS)
def test_counts(text: str, words: str, comparator: Comparator, value: float, unit: str) -> None:
    goal = only(text)
    assert text[goal.start : goal.end] == words
    assert (goal.comparator, goal.value, goal.value_max) == (comparator, value, None)
    assert goal.unit == unit


RANKS = [
    ("Nằm trong nhóm 10 tỉnh dẫn đầu cả nước về môi trường.", 10, "tỉnh"),
    ("Thuộc nhóm 15 địa phương đứng đầu toàn quốc.", 15, "địa phương"),
    ("Thuộc nhóm 20 tỉnh, thành phố dẫn đầu cả nước.", 20, "tỉnh, thành phố"),
    ("Trong tốp 5 đơn vị đứng đầu.", 5, "đơn vị"),
    ("Giữ hạng trong top 20.", 20, None),
]


@pytest.mark.parametrize(("text", "value", "unit"), RANKS)
def test_ranks(text: str, value: float, unit: str | None) -> None:
    goal = only(text)
    assert (goal.comparator, goal.value, goal.unit) == ("in", value, unit)


def test_several_goals_in_reading_order() -> None:
    text = "Mở ít nhất 02 chợ; trên 60% xã có sân chơi. Tổ chức 05 hội thi; dưới 3% hộ nghèo."
    assert printed(text) == [
        "ít nhất 02 chợ", "trên 60% xã", "05 hội thi", "dưới 3% hộ nghèo",
    ]  # fmt: skip


# --- no goals ---------------------------------------------------------------------------------

STATISTICS = [
    "Năm 2023, toàn tỉnh đã trồng được 80% diện tích.",
    "Tính đến cuối năm, 65% số xã có chợ.",
    "Hiện nay 45% hộ dân dùng giếng khoan.",
    "Hiện có 30% trường học thiếu sân.",
    "Người trẻ chiếm 27% dân số.",
    "Thống kê cho thấy 12% học sinh bỏ học.",
    "Công an phát hiện 12 vụ buôn lậu.",
    "Đã tổ chức 20 lớp tập huấn.",
    "Đã hoàn thành 45 công trình.",
]

RULES = [
    "Theo Điều 5 và khoản 2 Điều 7 của Luật.",
    "Người từ 60 tuổi trở lên được khám miễn phí.",
    "Trẻ em dưới 6 tuổi được cấp thẻ.",
    "Trường hợp vượt 10% dự toán phải giải trình.",
    "Nếu tăng 5% giá vật liệu thì điều chỉnh.",
    "Doanh nghiệp sở hữu 51% cổ phần.",
    "Lãi suất 6,5%/năm.",
    "Ví dụ: 5% của 200 hộ là 10 hộ.",
    "Phần thi viết (10%) chấm riêng.",
]

OTHER_NUMBERS = [
    "Ngày 30/4 và tháng 6/2024.",
    "Chậm nhất 15 ngày làm việc.",
    "Trong ít nhất 30 ngày kể từ ngày đăng.",
    "Không quá 05 ngày làm việc.",
    "Tối đa 60 phút mỗi tiết.",
    "Dịch vụ công mức độ 3, 4.",
    "Tổ chức 02 ngày hội.",
    "xử lý 20 trường hợp vi phạm",
    "điện thoại 0912345678",
]


@pytest.mark.parametrize("text", [*STATISTICS, *RULES, *OTHER_NUMBERS])
def test_numbers_that_are_no_goals(text: str) -> None:
    assert printed(text) == []


def test_more_digits_than_any_count_are_no_goal() -> None:
    text = "Phấn đấu trồng ít nhất " + "9" * 400 + " cây trong năm và đạt 95% kế hoạch."
    assert [goal.value for goal in targets.find(text)] == [95]


def test_a_cited_title_sets_no_goal() -> None:
    citation = "Quyết định số 90/QĐ-UBND ngày 05/01/2031"
    text = f"Theo {citation}, 80% xã có chợ."
    masked = [(m.start, m.end) for m in references.find(text)]
    assert masked
    goals = targets.find(text, masked=masked)
    assert [text[g.start : g.end] for g in goals] == ["80% xã"]


def test_nothing_in_masked_words() -> None:
    text = "Trên 70% xã có chợ; trên 80% xã có sân chơi."
    (goal,) = targets.find(text, masked=[(0, text.index(";"))])
    assert goal.value == 80


def test_only_inside_a_stretch() -> None:
    text = "Trên 70% xã có chợ; trên 80% xã có sân chơi."
    (goal,) = targets.find(text, span=(0, text.index(";")))
    assert goal.value == 70


# --- numbers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("7", 7),
        ("02", 2),
        ("12,4", 12.4),
        ("1.200", 1_200),
        ("1.250.000", 1_250_000),
        ("1.200,5", 1200.5),
    ],
)
def test_vietnamese_numbers(words: str, value: float) -> None:
    assert targets.number(words) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Không dưới 60% công chức dự lớp.", [(60.0, ">=")]),
        ("Nâng tỷ lệ xã đạt chuẩn từ 60% lên 70%.", [(70.0, "=")]),
        ("Bảo đảm 100% hồ sơ số hóa, 80% hồ sơ trực tuyến.", [(100.0, "="), (80.0, "=")]),
        ("Đến hết năm 2031 đạt 95%, năm 2030 là 90%.", [(95.0, "=")]),
    ],
)
def test_several_figures_of_one_sentence(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(goal.value, goal.comparator) for goal in targets.find(text)] == expected


def test_a_plain_count_is_a_goal_under_a_heading_of_goals() -> None:
    text = "Toàn tỉnh có 50 xã sạch."
    assert targets.find(text) == []
    (goal,) = targets.find(text, aims=[(0, len(text))])
    assert (goal.value, goal.unit) == (50.0, "xã sạch")


@pytest.mark.parametrize(
    ("text", "words", "comparator"),
    [
        ("Trồng mới 500 ha rừng.", ["500 ha rừng"], "="),
        ("Phát triển 20 hợp tác xã.", ["20 hợp tác xã"], "="),
        ("Thu hút trên 20.000 lượt khách.", ["trên 20.000 lượt khách"], ">="),
        ("Tập huấn kỹ năng cho 600 hộ dân.", ["600 hộ dân"], "="),
        ("Thực hiện 03 nhiệm vụ sau.", [], "="),
        ("Thực hiện\n12\nChọn giống cây.", [], "="),  # the number of a row
        ("đạt 39,5% số hộ và 32,5% số người", ["đạt 39,5% số hộ", "32,5% số người"], "="),
        ("50% là nam và 50% là nữ", ["50% là nam và 50% là nữ"], "="),
    ],
)
def test_what_a_plan_delivers(text: str, words: list[str], comparator: Comparator) -> None:
    found = targets.find(text)
    assert [text[g.start : g.end] for g in found] == words
    assert all(goal.comparator == comparator for goal in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tổ chức 02-03 lớp tập huấn.", ["02-03 lớp tập huấn"]),
        ("Trúng tuyển khi đạt từ 50% số câu hỏi trở lên.", []),
        ("Đã kéo giảm cả 3 tiêu chí so với cùng kỳ.", []),
    ],
)
def test_ranges_and_what_is_no_goal(text: str, words: list[str]) -> None:
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mỗi trường có ít nhất một buổi tuyên truyền.", ["ít nhất một buổi"]),
        ("Giảm tai nạn trên cả ba tiêu chí.", ["Giảm tai nạn trên cả ba tiêu chí"]),
        ("Tai nạn tiếp tục được kiềm chế, kéo giảm cả 3 tiêu chí.", []),
        ("Tỷ lệ mắc: < 2,5/100.000 dân.", ["< 2,5/100.000 dân"]),
        ("Khống chế ≤ 80 trường hợp mắc.", ["≤ 80 trường hợp mắc"]),
        ("Suất ăn thấp nhất 20.000 đồng/1 suất.", ["thấp nhất 20.000 đồng/1 suất"]),
        ("Tuyển vào trường công: khoảng 72.000 học sinh.", ["khoảng 72.000 học sinh"]),
        ("Số lượng: 40 học viên.", ["40 học viên"]),
        ("Dành cho 300 hộ, tập huấn cho 400 hộ với 1.000 lượt người.",
         ["400 hộ", "1.000 lượt người"]),
        ("Tuyển sinh 12 lớp, gồm: 02 lớp Toán, 10 lớp Văn.",
         ["12 lớp", "02 lớp Toán", "10 lớp Văn"]),
        ("Chuẩn bị 500 túi vải, lịch bàn và thiệp.", ["500 túi vải"]),
        ("Đọc 40 tin, bài trên báo.", []),
        ("Thực hiện 40 tin, bài trên báo.", ["40 tin, bài trên báo"]),
        ("Hằng năm lựa chọn mỗi cấp học 01 cơ sở làm mẫu.", ["01 cơ sở làm mẫu"]),
        ("Năm nay lựa chọn một trường làm mẫu.", ["một trường làm mẫu"]),
        ("Loại I đạt 75%, loại II trung bình khoảng 20%.",
         ["đạt 75%", "khoảng 20%"]),
        ("Đảm bảo tăng thêm 130 trường, đảm bảo tỷ lệ đạt 80%.",
         ["130 trường", "đảm bảo tỷ lệ đạt 80%"]),
        ("Đạt mục tiêu kéo giảm tai nạn ít nhất 5%.", ["kéo giảm tai nạn ít nhất 5%"]),
        ("Năm 2029 đạt 85%, năm 2030 phấn đấu đạt 90%.", ["phấn đấu đạt 90%"]),
        ("Nâng tỷ lệ từ 60% năm 2023 lên 70%.", ["70%"]),
        ("Mở 10 lớp nghề cho khoảng 350 học viên.", ["10 lớp nghề", "khoảng 350 học viên"]),
        ("Xóa 05 điểm đen, 10 điểm ngập.", ["05 điểm đen", "10 điểm ngập"]),
        ("Phấn đấu chỉ số xếp hạng 15 trở lên.", ["xếp hạng 15 trở lên"]),
        ("Chỉ số đạt từ 85 điểm trở lên.", ["đạt từ 85 điểm trở lên"]),
        ("Bài thi đạt từ 5 điểm trở lên.", []),
        ("Xã đạt 19/19 tiêu chí.", ["đạt 19/19 tiêu chí"]),
        ("Trồng mới 2 triệu cây.", ["2 triệu cây"]),
        ("Theo Đề án trồng 2 triệu cây.", []),
        ("Tốc độ tối đa 60 km/h.", []),
        ("Đến nay có 90% hộ dân.", []),
        ("Mỗi lớp từ 60 đến 70 học viên.", ["Mỗi lớp từ 60 đến 70 học viên"]),
        ("Đã mở 3 khóa, mỗi lớp khoảng 60 học viên.", []),
        ("Họp ít nhất một tuần một lần.", ["ít nhất một tuần một lần"]),
        ("Cổ phần bán ra: Trên 50% đến dưới 65%", ["Trên 50% đến dưới 65%"]),
        ("Xử lý và xử phạt 100% các trường hợp xả rác.", ["100% các trường hợp xả rác"]),
        ("Năm trước đã xử phạt 100% các trường hợp.", []),
        ("Sớm đưa vào vận hành 03 công trình cấp nước.", ["03 công trình cấp nước"]),
        # what belongs to a count: how many that is, which share of all
        ("Tuyển 01 lớp (khoảng 45 học viên).", ["01 lớp", "khoảng 45 học viên"]),
        ("Tuyển sinh vào trường nghề (liên kết với xã): khoảng 210 học viên.",
         ["khoảng 210 học viên"]),
        ("Tuyển vào trường công: khoảng 720 học sinh (tăng 10 học sinh), chiếm tỷ lệ 55,7%.",
         ["khoảng 720 học sinh", "chiếm tỷ lệ 55,7%"]),
        ("Trồng mới 500 ha rừng, chiếm khoảng 20%.", ["500 ha rừng", "chiếm khoảng 20%"]),
        # goods with their quantities
        ("Lượng hàng như sau:\n1. Gạo: 33.863 tấn.\n2. Gia vị (muối...):\n564 nghìn lít",
         ["Gạo: 33.863 tấn", "Gia vị (muối...):\n564 nghìn lít"]),
        ("- Cây giống: 500 cây. - Phân bón: 20 tấn.", ["Cây giống: 500 cây", "Phân bón: 20 tấn"]),
        ("Lượng hàng: 33 tấn.", []),
        ("Nhu cầu hiện nay:\n- Gạo: 33 tấn.\n- Muối: 5 tấn.", []),
        ("Đáp ứng 35% nhu cầu, cụ thể:\n1. Gạo: 33 tấn\n2. Muối: 5 tấn.",
         ["35% nhu cầu", "Gạo: 33 tấn", "Muối: 5 tấn"]),
        # over the end of a line
        ("Tuyển vào trường\nTHPT: khoảng 720 học sinh.", ["khoảng 720 học sinh"]),
        ("Thực hiện\n1.000 tin, bài trên báo.", ["1.000 tin, bài trên báo"]),
        # rules, descriptions and what was told before
        ("Mỗi thí sinh chọn tối đa 02 nguyện vọng.", []),
        ("Bài viết không quá 800 từ.", []),
        ("Cao hơn điểm chuẩn ít nhất 1,0 điểm.", []),
        ("Người dự thi phải có ít nhất 01 đề tài.", []),
        ("Công ty do nhà nước nắm giữ 100% vốn.", []),
        ("Nguồn cung gạo đáp ứng được khoảng 58% nhu cầu.", []),
        ("Danh mục thiết bị tối thiểu\n3 Sửa đổi quy định", []),
        ("Tổng tiền (triệu đồng)\n1 Lương thực", []),
        ("Tổng\n35 người", ["Tổng\n35 người"]),
        ("Tổng Thư ký Quốc hội thực hiện (08 việc)", []),
        ("Xác minh tại 02 cơ quan theo Kế hoạch này.", []),
    ],
)  # fmt: skip
def test_figures_that_bind_and_figures_that_tell(text: str, words: list[str]) -> None:
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        (
            "Bữa trưa có giá trị từ 31.000 đồng đến 35.000 đồng/ 1 suất trở lên.",
            "có giá trị từ 31.000 đồng đến 35.000 đồng/ 1 suất trở lên",
            31_000,
            "đồng/suất",
        ),
        (
            "Trợ giúp người trồng cây, mức hỗ trợ là 450.000 đồng/người.",
            "mức hỗ trợ là 450.000 đồng/người",
            450_000,
            "đồng/người",
        ),
        ("Trường đủ vườn, tỷ lệ trường có vườn là 14% và số cây tăng.", None, 14, "%"),
        (
            "60% vườn bao gồm cả vườn tư năm 2031, đạt 75% năm 2032.",
            "đạt 75% năm 2032",
            75,
            "%",
        ),
    ],
)
def test_allowances_and_shares_named_before(
    text: str, words: str | None, value: float, unit: str
) -> None:
    goal = targets.find(text)[-1]
    assert text[goal.start : goal.end] == (words or "tỷ lệ trường có vườn là 14%")
    assert (goal.value, goal.unit) == (value, unit)


def test_the_worth_of_a_contract_is_no_goal() -> None:
    assert printed("Hợp đồng có giá trị từ 31.000 đồng trở lên được công khai.") == []


def test_an_area_has_its_unit() -> None:
    text = "Diện tích đạt khoảng 6-8m2."
    (goal,) = targets.find(text, aims=[(0, len(text))])
    assert (goal.value, goal.value_max, goal.unit) == (6.0, 8.0, "m2")


def test_a_quantity_is_a_goal_under_a_heading_of_goals() -> None:
    text = "- Diện tích trồng mới: khoảng 500 ha."
    assert targets.find(text) == []
    (goal,) = targets.find(text, aims=[(0, len(text))])
    assert (goal.value, goal.unit, goal.subject) == (500.0, "ha", "Diện tích trồng mới")


def test_a_yield_is_a_goal_under_a_heading_of_goals() -> None:
    text = "Thu nhập bình quân đạt 60 triệu đồng/người/năm."
    assert targets.find(text) == []
    (goal,) = targets.find(text, aims=[(0, len(text))])
    assert (goal.value, goal.unit) == (60.0, "triệu đồng/người")
    assert goal.per == "P1Y"


# --- comparators ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("tối thiểu là 90%", ">="),
        ("ít nhất là 90%", ">="),
        ("tối thiểu đạt 90%", ">="),
        ("ít nhất có 90%", ">="),
        ("đạt >= 90%", ">="),
        ("vượt 90%", ">="),
        ("đạt trên mức 90%", ">="),
        ("không thấp hơn 90%", ">="),
        ("không lớn hơn 90%", "<="),
        ("không cao hơn 90%", "<="),
        ("không vượt quá 90%", "<="),
        ("không được vượt quá 90%", "<="),
        ("tối đa là 90%", "<="),
        ("dưới mức 90%", "<="),
        ("<= 90%", "<="),
        ("đạt 90%", "="),
    ],
)
def test_words_that_compare(words: str, comparator: Comparator) -> None:
    (goal,) = targets.find(f"Tỷ lệ vườn có hàng rào {words}.")
    assert (goal.value, goal.comparator) == (90, comparator)


@pytest.mark.parametrize(
    ("text", "words", "value", "most", "comparator"),
    [
        ("Kết nạp từ 50 hội viên trở lên.", "từ 50 hội viên trở lên", 50, None, ">="),
        ("Thành lập mới 30 tổ vườn trở lên.", "30 tổ vườn trở lên", 30, None, ">="),
        ("Mở 02 đến 03 hội chợ.", "02 đến 03 hội chợ", 2, 3, ">="),
        ("Thu hút mới 15 - 20 dự án.", "15 - 20 dự án", 15, 20, ">="),
        ("Từ 90% vườn trở lên có rào.", "Từ 90% vườn trở lên", 90, None, ">="),
        ("95% số người từ 14 tuổi trở lên.", "95% số người từ 14 tuổi trở lên", 95, None, "="),
        ("Giảm từ 2%/năm trở lên.", "Giảm từ 2%/năm trở lên", 2, None, ">="),
        ("Mỗi xã có từ 02 vườn trở lên.", "Mỗi xã có từ 02 vườn trở lên", 2, None, ">="),
        ("Sản lượng quả tăng gấp 1,5 lần.", "gấp 1,5 lần", 1.5, None, "="),
        ("Số vườn gấp đôi năm trước.", "gấp đôi", 2, None, "="),
        ("Thu nhập tăng ít nhất 1,8 lần.", "ít nhất 1,8 lần", 1.8, None, ">="),
        ("Tỷ lệ vườn có rào đạt 88.5%.", "Tỷ lệ vườn có rào đạt 88.5%", 88.5, None, "="),
        ("Giảm 0,5 điểm phần trăm.", "Giảm 0,5 điểm phần trăm", 0.5, None, "="),
        ("Tử vong giảm còn 40/100.000 trẻ.", "còn 40/100.000 trẻ", 40, None, "="),
        ("Tỷ lệ mắc không vượt quá 5/100.000 dân.", "không vượt quá 5/100.000 dân", 5, None, "<="),
        ("Thời gian chờ không quá 15 phút.", "không quá 15 phút", 15, None, "<="),
        (
            "Nằm trong nhóm 10 - 15 tỉnh dẫn đầu.",
            "Nằm trong nhóm 10 - 15 tỉnh dẫn đầu",
            10,
            15,
            "in",
        ),
        ("Lọt vào tốp 5 xã.", "Lọt vào tốp 5 xã", 5, None, "in"),
        ("Thứ hạng tăng từ 5 đến 7 bậc.", "tăng từ 5 đến 7 bậc", 5, 7, ">="),
    ],
)
def test_bounds_ranges_and_multiples(
    text: str, words: str, value: float, most: float | None, comparator: Comparator
) -> None:
    goal = only(text)
    assert text[goal.start : goal.end] == words
    assert (goal.value, goal.value_max, goal.comparator) == (value, most, comparator)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # verbs of delivery, and what their counts go on with
        ("Kết nạp mới 500 hội viên.", ["500 hội viên"]),
        ("Cứng hóa 120 km đường làng.", ["120 km đường làng"]),
        ("Số hóa 1.200 trang sổ.", ["1.200 trang sổ"]),
        ("Di dời 25 trại nuôi.", ["25 trại nuôi"]),
        ("Huy động 1.500 ngày công.", ["1.500 ngày công"]),
        ("Tuyển dụng 150 thợ vườn.", ["150 thợ vườn"]),
        ("In 500 áp phích, 20 pa nô và 30 băng rôn.",
         ["500 áp phích", "20 pa nô", "30 băng rôn"]),
        ("Có thêm 12 xã đạt chuẩn, 20 xã kiểu mẫu.", ["12 xã", "20 xã kiểu mẫu"]),
        ("Hỗ trợ 50% tiền giống cho hộ nghèo, tối đa 5.000 đồng/hộ.",
         ["Hỗ trợ 50% tiền giống cho hộ nghèo", "tối đa 5.000 đồng/hộ"]),
        ("Chỉ tiêu tại trại giống: 07 điều tra viên, 02 kế toán.",
         ["07 điều tra viên", "02 kế toán"]),
        ("Mỗi tháng một lần tưới cây.", []),
        ("Mở 15 chợ“Chợ quê”.", ["15 chợ"]),
        ("Dạy nghề dưới 03 tháng cho 350 thợ.", ["350 thợ"]),
        # what has been: a figure's own point ends no clause
        ("Đã trồng được 8.432/9.015 cây, đạt 93,5%.", []),
        ("Đã chi 2.954 triệu đồng, đạt 32,7% kế hoạch.", []),
        ("Vẫn còn 15% vườn chưa có rào.", []),
        ("Còn 15% cán bộ chưa qua lớp.", []),
        ("Giảm còn 15% vườn chưa có rào.", ["Giảm còn 15% vườn chưa"]),
        ("Qua 03 năm trồng, tỷ lệ sống tăng lên 92%.", []),
        ("Đã trồng 40% và phấn đấu đạt 60% diện tích.", ["phấn đấu đạt 60% diện tích"]),
        # conditions and rates
        ("Dự án có tỷ lệ chi dưới 30% phải giải trình.", []),
        ("Vườn có dưới 80% cây sống thì không xét.", []),
        ("Người suy giảm khả năng lao động từ 61% trở lên.", []),
        ("Doanh nghiệp có từ 25 lao động trở lên phải lập tổ.", []),
        ("Thu kinh phí công đoàn 2%, đoàn phí 1%.", []),
        ("Cồn sát trùng nồng độ 70%.", []),
        ("Mỗi vườn có sản phẩm 5 sao.", []),
        # a year is no total, a half no count
        ("Tổng vốn năm 2031 được giao là 5.000 tỷ đồng.", []),
        ("Tổng số 120 thủ tục hành chính.", ["Tổng số 120 thủ tục"]),
        ("Có ít nhất một nửa số xã.", []),
        ("Giá trị sản xuất trên 1 ha tăng gấp 1,5 lần.", ["gấp 1,5 lần"]),
    ],
)  # fmt: skip
def test_deliveries_results_and_conditions(text: str, words: list[str]) -> None:
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Nghề vườn chiếm 10% thu nhập.", 10, "%"),
        ("Mỗi lượt chờ tối đa 30 phút.", 30, "phút"),
        ("Xuất khẩu vượt mốc 350 triệu USD.", 350, "triệu USD"),
        ("Năng suất bình quân 58 tạ/ha.", 58, "tạ/ha"),
    ],
)
def test_goals_only_under_their_heading(text: str, value: float, unit: str) -> None:
    assert targets.find(text) == []
    (goal,) = targets.find(text, aims=[(0, len(text))])
    assert (goal.value, goal.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Giảm 5% so với năm 2030.", None),
        ("Giảm từ 5% trên cả ba mặt.", None),
        ("Tăng 5%/năm.", None),
        ("Giảm 5% số vườn bỏ hoang.", "số vườn bỏ hoang"),
        ("Tỷ lệ vườn có rào đạt tối thiểu là 90%.", "vườn có rào"),
    ],
)
def test_what_is_to_reach_the_value(text: str, subject: str | None) -> None:
    assert only(text).subject == subject
