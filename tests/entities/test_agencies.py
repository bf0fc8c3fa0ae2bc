"""Organisations: names, lists of names, classes of offices, and words that only look like heads."""

from __future__ import annotations

import pytest

from models.record import AgencyKind
from pipeline import gazetteers
from pipeline.entities import agencies, agency_classes
from pipeline.entities.agency_mentions import Mention


def kinds(text: str) -> list[tuple[str, AgencyKind]]:
    return [(text[m.start : m.end], m.kind) for m in agencies.find(text)]


def printed(text: str) -> list[str]:
    return [name for name, _ in kinds(text)]


def known_as(text: str) -> list[str | None]:
    return [m.row.name if m.row else None for m in agencies.find(text)]


# --- gazetteer names, and the lists they stand in ---------------------------------------------

LISTS = [
    (
        "Giao Sở Văn hóa, Thể thao và Du lịch mở lớp tập huấn.",
        ["Sở Văn hóa, Thể thao và Du lịch"],
    ),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Y tế và Sở Tư pháp ký quy chế.",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Sở Tư pháp"],
    ),
    (
        "Giao Sở Kế hoạch và Đầu tư, Sở Tài chính cân đối vốn.",
        ["Sở Kế hoạch và Đầu tư", "Sở Tài chính"],
    ),
    (
        "Sở Lao động - Thương binh và Xã hội và Sở Giáo dục và Đào tạo cùng làm.",
        ["Sở Lao động - Thương binh và Xã hội", "Sở Giáo dục và Đào tạo"],
    ),
    (
        "Sở Lao động, Thương binh và Xã hội, Sở Nội vụ cùng làm.",
        ["Sở Lao động, Thương binh và Xã hội", "Sở Nội vụ"],
    ),
    (
        "Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế có hướng dẫn.",
        ["Bộ Văn hóa, Thể thao và Du lịch", "Bộ Y tế"],
    ),
    (
        "Báo và Phát thanh, Truyền hình, Sở Ngoại vụ đưa tin.",
        ["Báo và Phát thanh, Truyền hình", "Sở Ngoại vụ"],
    ),
    (
        "Đài Phát thanh và Truyền hình, Sở Ngoại vụ đưa tin.",
        ["Đài Phát thanh và Truyền hình", "Sở Ngoại vụ"],
    ),
    (
        "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh và Bộ Chỉ huy Bộ đội Biên phòng tỉnh tuần tra.",
        ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"],
    ),
    (
        "Hội Liên hiệp Phụ nữ, Hội Cựu chiến binh và Đoàn Thanh niên vận động.",
        ["Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đoàn Thanh niên"],
    ),
    (
        "Sở Nông nghiệp và Phát triển nông thôn cấp giống, Sở Nông nghiệp và Môi trường cấp đất.",
        ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường"],
    ),
    (
        "Tòa án nhân dân tỉnh xét xử; Viện kiểm sát nhân dân tỉnh kiểm sát.",
        ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"],
    ),
    (
        "Thủ tướng Chính phủ giao nhiệm vụ; Chính phủ xem xét.",
        ["Thủ tướng Chính phủ", "Chính phủ"],
    ),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_list_is_split_between_names_only(text: str, names: list[str]) -> None:
    assert kinds(text) == [(name, "named") for name in names]


@pytest.mark.parametrize("row", gazetteers.agencies(), ids=lambda row: row.name)
def test_every_name_of_the_gazetteer_is_found_whole(row: gazetteers.AgencyRow) -> None:
    for name in (row.name, *row.aliases):
        text = f"Giao {name} ký quy chế."
        assert kinds(text) == [(name, row.kind)]


SPELLINGS = [
    ("Sở TN&MT cấp phép.", "Sở TN&MT", "Sở Tài nguyên và Môi trường"),
    ("Sở KH&ĐT thẩm định.", "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
    ("Sở GD&ĐT mở lớp.", "Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
    ("Sở VHTT&DL mở hội.", "Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Sở NN&PTNT cấp giống.", "Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("Sở LĐ-TB&XH gửi số liệu.", "Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
    ("Sở TT&TT đăng tin.", "Sở TT&TT", "Sở Thông tin và Truyền thông"),
    ("Sở Nội Vụ họp.", "Sở Nội Vụ", "Sở Nội vụ"),
    ("Sở Công thương bình ổn giá.", "Sở Công thương", "Sở Công Thương"),
    ("Sở y tế khám lưu động.", "Sở y tế", "Sở Y tế"),
    ("Đài PT-TH đưa tin.", "Đài PT-TH", "Đài Phát thanh và Truyền hình"),
    ("Ủy ban MTTQ Việt Nam phản biện.", "Ủy ban MTTQ Việt Nam", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("UBMTTQ phản biện.", "UBMTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
    ("Toà án nhân dân tối cao tập huấn.", "Toà án nhân dân tối cao", "Tòa án nhân dân tối cao"),
    ("Hội LHPN trao vốn.", "Hội LHPN", "Hội Liên hiệp Phụ nữ"),
    ("BHXH chi trả.", "BHXH", "Bảo hiểm xã hội"),
    ("BTC công bố.", "BTC", "Bộ Tài chính"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "canonical"), SPELLINGS)
def test_spellings_and_abbreviations_lead_to_one_name(text: str, name: str, canonical: str) -> None:
    assert printed(text) == [name]
    assert known_as(text) == [canonical]


PLACED = [
    ("Sở Y tế tỉnh Hòa Bình khám lưu động.", "Sở Y tế tỉnh Hòa Bình"),
    ("Sở Y tế Hà Nội khám lưu động.", "Sở Y tế Hà Nội"),
    ("Sở Tài chính thành phố Cần Thơ cấp vốn.", "Sở Tài chính thành phố Cần Thơ"),
    ("Sở Xây dựng Thành phố cấp phép.", "Sở Xây dựng Thành phố"),
    ("Sở Xây dựng tỉnh cấp phép.", "Sở Xây dựng tỉnh"),
    ("Công an tỉnh Bắc Ninh tuần tra.", "Công an tỉnh Bắc Ninh"),
    ("Hội Nông dân tỉnh vận động hội viên.", "Hội Nông dân tỉnh"),
    ("Ban Dân tộc tỉnh thống kê số hộ.", "Ban Dân tộc tỉnh"),
    ("Ban Chỉ đạo của Chính phủ họp.", "Ban Chỉ đạo của Chính phủ"),
    ("Ủy ban MTTQ Việt Nam tỉnh giám sát.", "Ủy ban MTTQ Việt Nam tỉnh"),
    ("Đài PT-TH của tỉnh đưa tin.", "Đài PT-TH của tỉnh"),
    ("Cục Thống kê tỉnh công bố số liệu.", "Cục Thống kê tỉnh"),
    ("Báo Bắc Ninh mở chuyên mục.", "Báo Bắc Ninh"),
]


@pytest.mark.parametrize(("text", "name"), PLACED)
def test_the_place_belongs_to_the_name(text: str, name: str) -> None:
    assert kinds(text) == [(name, "named")]


# --- people's committees ----------------------------------------------------------------------

COMMITTEES: list[tuple[str, list[tuple[str, AgencyKind]]]] = [
    ("UBND tỉnh giao chỉ tiêu.", [("UBND tỉnh", "named")]),
    ("UBND quyết định.", [("UBND", "named")]),
    ("Ủy ban nhân dân tỉnh Hòa Bình họp.", [("Ủy ban nhân dân tỉnh Hòa Bình", "named")]),
    ("Uỷ ban nhân dân tỉnh Hoà Bình họp.", [("Uỷ ban nhân dân tỉnh Hoà Bình", "named")]),
    ("UBND huyện Mỹ Đức rà soát.", [("UBND huyện Mỹ Đức", "named")]),
    ("UBND phường Trần Phú họp dân.", [("UBND phường Trần Phú", "named")]),
    ("UBND thành phố Huế rà soát.", [("UBND thành phố Huế", "named")]),
    ("UBND TP. Huế họp dân.", [("UBND TP. Huế", "named")]),
    ("Văn phòng UBND tỉnh theo dõi.", [("Văn phòng UBND tỉnh", "named")]),
    (
        "Văn phòng Ủy ban nhân dân tỉnh theo dõi.",
        [("Văn phòng Ủy ban nhân dân tỉnh", "named")],
    ),
    ("Hội đồng nhân dân tỉnh thông qua.", [("Hội đồng nhân dân tỉnh", "named")]),
    ("Thường trực HĐND tỉnh giám sát.", [("Thường trực HĐND tỉnh", "named")]),
    ("Đảng ủy UBND tỉnh lãnh đạo.", [("Đảng ủy UBND tỉnh", "named")]),
    (
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh phục vụ.",
        [("Văn phòng Đoàn ĐBQH và HĐND tỉnh", "named")],
    ),
    (
        "UBND tỉnh, UBND huyện Mai Châu và UBND xã Tân Mai họp.",
        [("UBND tỉnh", "named"), ("UBND huyện Mai Châu", "named"), ("UBND xã Tân Mai", "named")],
    ),
    (
        "UBND các huyện, thị xã, thành phố bố trí đất.",
        [("UBND các huyện, thị xã, thành phố", "collective")],
    ),
    ("UBND huyện, thị xã, thành phố rà soát.", [("UBND huyện, thị xã, thành phố", "collective")]),
    ("UBND các xã, phường, đặc khu rà soát.", [("UBND các xã, phường, đặc khu", "collective")]),
    ("UBND cấp huyện, cấp xã niêm yết.", [("UBND cấp huyện, cấp xã", "collective")]),
    ("UBND cấp huyện và cấp xã niêm yết.", [("UBND cấp huyện và cấp xã", "collective")]),
    ("UBND cấp xã niêm yết.", [("UBND cấp xã", "collective")]),
    ("UBND các cấp niêm yết.", [("UBND các cấp", "collective")]),
    ("HĐND các cấp giám sát.", [("HĐND các cấp", "collective")]),
    (
        "UBND các tỉnh, thành phố trực thuộc Trung ương rà soát.",
        [("UBND các tỉnh, thành phố trực thuộc Trung ương", "collective")],
    ),
    (
        "Ủy ban nhân dân (UBND) các huyện rà soát.",
        [("Ủy ban nhân dân (UBND) các huyện", "collective")],
    ),
    ("Theo mục 2, ủy ban nhân dân các xã rà soát.", [("ủy ban nhân dân các xã", "collective")]),
    ("Luật giao ủy ban nhân dân xem xét.", []),
    (
        "UBND các huyện, thành phố Mai Lâm và thành phố Tân Hòa rà soát.",
        [("UBND các huyện, thành phố Mai Lâm và thành phố Tân Hòa", "collective")],
    ),
    ("UBND các huyện, thành phố Xây dựng kế hoạch.", [("UBND các huyện, thành phố", "collective")]),
    (
        "UBND các huyện, thành phố Sở Y tế họp.",
        [("UBND các huyện, thành phố", "collective"), ("Sở Y tế", "named")],
    ),
    ("UBND các địa phương rà soát.", [("UBND các địa phương", "collective")]),
    ("Quyết định số    /QĐ-UBND của tỉnh.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMMITTEES)
def test_peoples_committees(text: str, expected: list[tuple[str, AgencyKind]]) -> None:
    assert kinds(text) == expected


# --- names by grammar -------------------------------------------------------------------------

GRAMMAR = [
    ("Phòng Kế hoạch - Tài chính lập dự toán.", ["Phòng Kế hoạch - Tài chính"]),
    (
        "Phòng Cải cách hành chính và Phòng Tổ chức bộ máy rà soát.",
        ["Phòng Cải cách hành chính", "Phòng Tổ chức bộ máy"],
    ),
    ("Trung tâm Khuyến nông phối hợp.", ["Trung tâm Khuyến nông"]),
    (
        "Trung tâm Phục vụ hành chính công tỉnh có trách nhiệm trực.",
        ["Trung tâm Phục vụ hành chính công tỉnh"],
    ),
    (
        "Ban Chỉ đạo phòng, chống thiên tai tỉnh họp.",
        ["Ban Chỉ đạo phòng, chống thiên tai tỉnh"],
    ),
    ("Ban Chỉ đạo cải cách hành chính tỉnh họp.", ["Ban Chỉ đạo cải cách hành chính tỉnh"]),
    ("Ban Chỉ đạo tỉnh họp.", ["Ban Chỉ đạo tỉnh"]),
    ("Ban Chỉ đạo có trách nhiệm đôn đốc.", ["Ban Chỉ đạo"]),
    ("Ban Quản lý các khu công nghiệp tỉnh có văn bản.", ["Ban Quản lý các khu công nghiệp tỉnh"]),
    ("Ban Tuyên giáo Tỉnh ủy định hướng.", ["Ban Tuyên giáo Tỉnh ủy"]),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy định hướng.", ["Ban Tuyên giáo và Dân vận Tỉnh ủy"]),
    ("Ban Thường vụ Tỉnh ủy cho ý kiến.", ["Ban Thường vụ Tỉnh ủy"]),
    ("Thanh tra Sở Xây dựng lập đoàn.", ["Thanh tra Sở Xây dựng"]),
    ("Văn phòng Sở Nội vụ trực.", ["Văn phòng Sở Nội vụ"]),
    ("Chi cục Thủy lợi có trách nhiệm vận hành.", ["Chi cục Thủy lợi"]),
    (
        "Chi cục Trồng trọt và Bảo vệ thực vật hướng dẫn nông dân.",
        ["Chi cục Trồng trọt và Bảo vệ thực vật"],
    ),
    ("Trường Chính trị tỉnh mở lớp.", ["Trường Chính trị tỉnh"]),
    ("Bệnh viện Y học cổ truyền tỉnh có 200 giường.", ["Bệnh viện Y học cổ truyền tỉnh"]),
    ("Quỹ Bảo vệ và Phát triển rừng tỉnh chi trả.", ["Quỹ Bảo vệ và Phát triển rừng tỉnh"]),
    ("Hội Nhà báo tỉnh trao giải.", ["Hội Nhà báo tỉnh"]),
    ("Hiệp hội Du lịch tỉnh mời khách.", ["Hiệp hội Du lịch tỉnh"]),
    ("Hội đồng Thi đua - Khen thưởng tỉnh xét.", ["Hội đồng Thi đua - Khen thưởng tỉnh"]),
    ("Tổ công tác liên ngành kiểm tra.", ["Tổ công tác liên ngành"]),
    ("Ban soạn thảo, Tổ biên tập họp.", ["Ban soạn thảo", "Tổ biên tập"]),
    ("Cảnh báo của Ủy ban châu Âu.", ["Ủy ban châu Âu"]),
    ("Huyện ủy Lạc Sơn chỉ đạo.", ["Huyện ủy Lạc Sơn"]),
    ("Công ty Điện lực Bắc Ninh có lịch cắt điện.", ["Công ty Điện lực Bắc Ninh"]),
]


@pytest.mark.parametrize(("text", "names"), GRAMMAR)
def test_names_by_grammar(text: str, names: list[str]) -> None:
    assert kinds(text) == [(name, "named") for name in names]


# --- classes of offices -----------------------------------------------------------------------

CLASSES: list[tuple[str, list[tuple[str, AgencyKind]]]] = [
    ("Ban ATGT các địa phương rà soát", [("Ban ATGT các địa phương", "collective")]),
    (
        "Ban ATGT các huyện, thành phố Mai Lâm rà soát",
        [("Ban ATGT các huyện, thành phố Mai Lâm", "collective")],
    ),
    ("công an các địa phương tuần tra", [("công an các địa phương", "collective")]),
    ("công an các huyện, thị xã tuần tra", [("công an các huyện, thị xã", "collective")]),
    ("công an cấp xã tuần tra", [("công an cấp xã", "collective")]),
    (
        "các cơ quan là Ủy viên Ban ATGT tỉnh rà soát",
        [("các cơ quan là Ủy viên Ban ATGT tỉnh", "collective"), ("Ban ATGT tỉnh", "named")],
    ),
    (
        "các cơ quan, đơn vị thuộc thành phố Hà Nội rà soát",
        [("các cơ quan, đơn vị thuộc thành phố Hà Nội", "collective")],
    ),
    (
        "các sở, ban, ngành, đoàn thể, chính trị xã hội rà soát",
        [("các sở, ban, ngành, đoàn thể, chính trị xã hội", "collective")],
    ),
    (
        "các tổ chức, đoàn thể chính trị, xã hội rà soát",
        [("các tổ chức, đoàn thể chính trị, xã hội", "collective")],
    ),
    ("Các ngành, địa phương rà soát", [("Các ngành, địa phương", "generic")]),
    (
        "các ngành, thành viên Ban ATGT tỉnh rà soát",
        [("các ngành", "generic"), ("Ban ATGT tỉnh", "named")],
    ),
    ("các ngành nghề nông thôn", []),
    ("Cấp ủy, các tổ chức đảng họp", [("Cấp ủy", "generic"), ("các tổ chức đảng", "generic")]),
    ("các sở, ban, ngành gửi báo cáo", [("các sở, ban, ngành", "collective")]),
    (
        "Các sở, ban, ngành, đoàn thể tỉnh gửi báo cáo",
        [("Các sở, ban, ngành, đoàn thể tỉnh", "collective")],
    ),
    ("sở, ban, ngành cấp tỉnh báo cáo", [("sở, ban, ngành cấp tỉnh", "collective")]),
    ("các bộ, ngành Trung ương cho ý kiến", [("các bộ, ngành Trung ương", "collective")]),
    (
        "các tổ chức chính trị - xã hội vận động",
        [("các tổ chức chính trị - xã hội", "collective")],
    ),
    (
        "các cơ quan chuyên môn thuộc UBND tỉnh gửi",
        [("các cơ quan chuyên môn thuộc UBND tỉnh", "collective"), ("UBND tỉnh", "named")],
    ),
    (
        "các phòng, đơn vị trực thuộc Sở gửi",
        [("các phòng, đơn vị trực thuộc Sở", "collective")],
    ),
    ("các phòng chuyên môn thuộc Sở gửi", [("các phòng chuyên môn thuộc Sở", "collective")]),
    ("bộ phận một cửa cấp xã nhận", [("bộ phận một cửa cấp xã", "collective")]),
    (
        "Bộ phận Tiếp nhận và Trả kết quả cấp huyện nhận",
        [("Bộ phận Tiếp nhận và Trả kết quả cấp huyện", "collective")],
    ),
    (
        "Phòng Nội vụ các huyện, thị xã nộp bài",
        [("Phòng Nội vụ các huyện, thị xã", "collective")],
    ),
    (
        "các cơ quan, đơn vị liên quan gửi báo cáo",
        [("các cơ quan, đơn vị liên quan", "generic")],
    ),
    ("các đơn vị có liên quan gửi báo cáo", [("các đơn vị có liên quan", "generic")]),
    ("các sở, ngành liên quan báo cáo", [("các sở, ngành liên quan", "generic")]),
    ("các cơ quan, đơn vị, địa phương gửi", [("các cơ quan, đơn vị, địa phương", "generic")]),
    ("các địa phương khác học tập", [("các địa phương khác", "generic")]),
    ("các cơ quan báo chí đưa tin", [("các cơ quan báo chí", "generic")]),
    ("các doanh nghiệp trên địa bàn góp vốn", [("các doanh nghiệp trên địa bàn", "generic")]),
    ("cơ quan có thẩm quyền xem xét", [("cơ quan có thẩm quyền", "generic")]),
    ("cấp ủy các cấp quán triệt", [("cấp ủy các cấp", "generic")]),
    ("chính quyền địa phương quan tâm", [("chính quyền địa phương", "generic")]),
    ("nhà trường và phụ huynh cam kết", [("nhà trường", "generic")]),
    (
        "Sở Y tế, các sở, ngành liên quan và UBND cấp xã họp",
        [
            ("Sở Y tế", "named"),
            ("các sở, ngành liên quan", "generic"),
            ("UBND cấp xã", "collective"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CLASSES)
def test_classes_and_groups(text: str, expected: list[tuple[str, AgencyKind]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text", ["một số đơn vị chưa gửi", "từng đơn vị tự chấm điểm", "mỗi cơ quan cử một đầu mối"]
)
def test_some_and_each_name_nobody(text: str) -> None:
    assert kinds(text) == []


# --- persons, portals, citations, capitals ----------------------------------------------------

PERSONS: list[tuple[str, list[tuple[str, AgencyKind]]]] = [
    ("Giám đốc Sở Nội vụ chịu trách nhiệm.", [("Sở Nội vụ", "named")]),
    ("Chủ tịch UBND tỉnh quyết định.", [("UBND tỉnh", "named")]),
    ("Chủ tịch UBND các huyện chịu trách nhiệm.", [("UBND các huyện", "collective")]),
    ("Thủ trưởng các sở, ban, ngành ký.", [("các sở, ban, ngành", "collective")]),
    ("Bộ trưởng Bộ Y tế ký ban hành.", [("Bộ Y tế", "named")]),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS)
def test_an_office_holder_speaks_for_the_body(
    text: str, expected: list[tuple[str, AgencyKind]]
) -> None:
    assert kinds(text) == expected


PORTALS = [
    ("Đăng bài trên Cổng thông tin điện tử tỉnh.", []),
    ("Cập nhật lên Trang thông tin điện tử của tỉnh.", []),
    ("Đơn vị phối hợp: Cổng Thông tin điện tử tỉnh.", ["Cổng Thông tin điện tử tỉnh"]),
    ("Chủ trì: Cổng Thông tin điện tử tỉnh", ["Cổng Thông tin điện tử tỉnh"]),
]


@pytest.mark.parametrize(("text", "names"), PORTALS)
def test_a_portal_is_a_body_where_it_bears_a_role(text: str, names: list[str]) -> None:
    assert printed(text) == names


NOBODY = [
    "Ban hành tài liệu hỏi đáp.",
    "Hội nghị tổng kết mở vào cuối năm.",
    "Hội thảo quốc tế về cây chè.",
    "Báo cáo kết quả bằng văn bản.",
    "Trường hợp chậm trễ phải giải trình.",
    "Tổ chức lớp học cho người dân.",
    "Công tác phòng chống cháy rừng.",
    "Phòng, chống đuối nước cho trẻ em.",
    "Phòng ngừa dịch bệnh từ sớm.",
    "Đoàn kết các dân tộc anh em.",
    "Tổng hợp số liệu của năm.",
    "Tổng số cán bộ tăng nhẹ.",
    "Bộ tiêu chí chấm điểm được sửa.",
    "Bộ luật Dân sự quy định rõ.",
    "Bộ câu hỏi khảo sát gồm hai phần.",
    "Viện trợ nước ngoài giảm dần.",
    "Trang thiết bị trường học được bổ sung.",
    "Tổ dân phố văn hóa được công nhận.",
    "Quỹ đất công ích còn ít.",
    "Ban đầu chỉ có hai xã.",
    "Cơ quan chủ trì: chưa xác định.",
    "địa chỉ số 5 đường Trường Chinh",
    "theo Quyết định số 12/QĐ-UBND ngày 05/01/2031",
    "Công văn số 34/SCT-QLTM về giá điện",
    "Kế hoạch số 8-KH/TU về xây dựng Đảng",
    "stc viết thường",
    "ỦY BAN NHÂN DÂN TỈNH BẮC NINH",
    "SỞ NỘI VỤ",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_only_looks_like_a_body(text: str) -> None:
    assert kinds(text) == []


def test_the_issuer_behind_a_number_is_a_body_the_number_is_none() -> None:
    assert printed("Quyết định số 5/QĐ-BTC của Bộ Tài chính") == ["Bộ Tài chính"]


def test_only_inside_a_stretch() -> None:
    text = "Sở Y tế, Sở Tư pháp, Sở Xây dựng"
    found = agencies.find(text, span=(text.index("Sở Tư"), text.index(", Sở Xây")))
    assert [text[m.start : m.end] for m in found] == ["Sở Tư pháp"]


# --- recipients -------------------------------------------------------------------------------

RECIPIENTS = [
    ("Như Điều 3;", []),
    ("Thủ tướng Chính phủ (để báo cáo);", ["Thủ tướng Chính phủ"]),
    ("Bộ Nội vụ (b/c);", ["Bộ Nội vụ"]),
    ("Sở Tài chính (phối hợp);", ["Sở Tài chính"]),
    ("CT, các PCT UBND tỉnh;", ["UBND tỉnh"]),
    ("Các sở, ban, ngành tỉnh;", ["Các sở, ban, ngành tỉnh"]),
    ("UBND các huyện, thị xã, thành phố;", ["UBND các huyện, thị xã, thành phố"]),
    ("Cổng thông tin điện tử tỉnh;", ["Cổng thông tin điện tử tỉnh"]),
    ("Cổng TTĐT tỉnh (đăng tải);", ["Cổng TTĐT tỉnh"]),
    ("Các đơn vị trực thuộc Sở (thực hiện);", ["Các đơn vị trực thuộc Sở"]),
    (
        "UBMTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội;",
        ["UBMTTQ Việt Nam tỉnh", "các tổ chức chính trị - xã hội"],
    ),
    ("Trung tâm CNTT", ["Trung tâm CNTT"]),
    ("Các Phòng KGVX, TH, NC", ["Phòng KGVX", "Phòng TH", "Phòng NC"]),
    ("Các Vụ KHTC, PC", ["Vụ KHTC", "Vụ PC"]),
    ("Đài: VTV, VOV", ["VTV", "VOV"]),
    ("Báo: Quê mới, LĐ; Sở Y tế", ["Báo Quê mới", "Báo LĐ", "Sở Y tế"]),
    ("Cổng TTĐTTP;", ["Cổng TTĐTTP"]),
    ("Trang tin điện tử VKSNDTC;", ["Trang tin điện tử VKSNDTC"]),
    ("Các Bộ: CT, XD, TC;", ["Bộ CT", "Bộ XD", "Bộ TC"]),
    ("Vụ: KTTH, Công báo;", ["Vụ KTTH", "Vụ Công báo"]),
    ("Vụ II (Văn phòng Chính phủ)", ["Vụ II", "Văn phòng Chính phủ"]),
    ("Ủy ban TW MTTQVN;", ["Ủy ban TW MTTQVN"]),
    ("Đài THVN, Đài TNVN", ["Đài THVN", "Đài TNVN"]),
    ("BTL: Bộ đội Biên phòng, Cảnh sát biển", ["BTL Bộ đội Biên phòng", "BTL Cảnh sát biển"]),
    ("Quân chủng: Hải quân, PK-KQ;", ["Quân chủng Hải quân", "Quân chủng PK-KQ"]),
    ("TT Tỉnh ủy, TT HĐND tỉnh;", ["TT Tỉnh ủy", "TT HĐND tỉnh"]),
    ("TT HĐND, UBND tỉnh;", ["HĐND tỉnh", "UBND tỉnh"]),
    ("Ban VHXH-HĐND Thành phố;", ["Ban VHXH-HĐND Thành phố"]),
    ("HĐ GDQPAN các tỉnh, TP trực thuộc TW;", ["HĐ GDQPAN các tỉnh, TP trực thuộc TW"]),
    (
        "Hội đồng GDQPAN các Quân khu 1, 2, 5;",
        ["Hội đồng GDQPAN các Quân khu 1, 2, 5"],
    ),
    (
        "Hội đồng Dân tộc và các UB của Quốc hội;",
        ["Hội đồng Dân tộc", "các UB của Quốc hội"],
    ),
]


def recipient(text: str) -> list[Mention]:
    return agencies.find_recipient(text, 0, len(text))


@pytest.mark.parametrize(("text", "names"), RECIPIENTS)
def test_recipients(text: str, names: list[str]) -> None:
    assert [m.name or text[m.start : m.end] for m in recipient(text)] == names


def test_rooms_that_share_one_head_point_at_their_own_words() -> None:
    text = "Các Phòng KGVX, TH, NC"
    assert [text[m.start : m.end] for m in recipient(text)] == ["KGVX", "TH", "NC"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cục Đào tạo họp.", [("Cục Đào tạo", "named")]),
        ("Tổ Thư ký họp.", [("Tổ Thư ký", "named")]),
        (
            "Vụ Phổ biến, giáo dục pháp luật họp.",
            [("Vụ Phổ biến, giáo dục pháp luật", "named")],
        ),
        (
            "Vụ Pháp luật hình sự - hành chính họp.",
            [("Vụ Pháp luật hình sự - hành chính", "named")],
        ),
        ("Ban Chỉ đạo Chuyển đổi số họp.", [("Ban Chỉ đạo Chuyển đổi số", "named")]),
        ("Vụ GDTrH kí công văn.", [("Vụ GDTrH", "named")]),
        ("Phòng Y tế huyện Suối Mơ nhận hồ sơ.", [("Phòng Y tế huyện Suối Mơ", "named")]),
        ("Vụ Tổng hợp và Thủ trưởng các nơi.", [("Vụ Tổng hợp", "named")]),
        ("Đoàn kiểm tra trực tiếp xem hồ sơ.", [("Đoàn kiểm tra", "named")]),
        ("Các địa phương tổ chức tập huấn.", [("Các địa phương", "generic")]),
        ("cơ quan thuộc Chính phủ", [("cơ quan thuộc Chính phủ", "collective")]),
        (
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ báo cáo.",
            [("Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "collective")],
        ),
        ("Công an các đơn vị, địa phương", [("Công an các đơn vị, địa phương", "collective")]),
        ("lực lượng Công an nhân dân", []),
        ("Đường Trường Sơn dài hai cây số.", []),
        ("Các cấp, các ngành vào cuộc.", [("Các cấp, các ngành", "generic")]),
        ("các quận, huyện, thị xã", [("các quận, huyện, thị xã", "generic")]),
    ],
)
def test_where_names_and_classes_end(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kho bạc Nhà nước khu vực X, Bảo tàng tỉnh", ["Kho bạc Nhà nước khu vực X",
                                                        "Bảo tàng tỉnh"]),
        ("một Bảo tàng lớn, Thư viện đẹp", []),
        ("Ban Chỉ đạo 389 tỉnh và Ban Chỉ đạo 35", ["Ban Chỉ đạo 389 tỉnh", "Ban Chỉ đạo 35"]),
        ("Tổ 14, phường Hoa Mai", []),
        ("Ban Quản lý dự án đầu tư xây dựng tỉnh", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"]),
        ("Ban Pháp chế HĐND tỉnh giám sát", ["Ban Pháp chế HĐND tỉnh"]),
        ("Tổ giúp việc Ban Chỉ đạo tổng hợp", ["Tổ giúp việc Ban Chỉ đạo"]),
        (
            "Ngân hàng Nhà nước chi nhánh Khu vực 9; Ngân hàng Nhà nước Việt Nam",
            ["Ngân hàng Nhà nước chi nhánh Khu vực 9", "Ngân hàng Nhà nước Việt Nam"],
        ),
        (
            "các cơ quan thành viên Ban An toàn giao thông tỉnh",
            ["các cơ quan thành viên Ban An toàn giao thông tỉnh"],
        ),
        ("các doanh nghiệp viễn thông", ["các doanh nghiệp viễn thông"]),
        ("các chủ đầu tư, nhà thầu", ["các chủ đầu tư, nhà thầu"]),
    ],
)  # fmt: skip
def test_bodies_known_by_their_place_number_or_owner(text: str, names: list[str]) -> None:
    own = {
        name for name in printed(text) if not any(name != n and name in n for n in printed(text))
    }
    assert own == set(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HĐND và UBND tỉnh", ["HĐND tỉnh", "UBND tỉnh"]),
        ("HĐND, UBND các xã", ["HĐND các xã", "UBND các xã"]),
        ("Văn phòng HĐND và UBND tỉnh", ["Văn phòng HĐND và UBND tỉnh"]),
    ],
)
def test_council_and_committee_are_two(text: str, names: list[str]) -> None:
    assert [m.name or text[m.start : m.end] for m in agencies.find(text)] == names


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("CSĐT; Thí sinh, Sở Nội vụ", ["CSĐT", "Thí sinh"]),
        ("- Sở Nội vụ;\n- gia đình người học và V19", ["gia đình người học", "V19"]),
        ("cơ sở ươm tạo, quỹ đầu tư.", ["cơ sở ươm tạo", "quỹ đầu tư"]),
        ("Trình UBND tỉnh, sao gửi đủ", []),
        ("", []),
    ],
)
def test_who_stands_in_a_field_of_roles_without_a_name(field: str, names: list[str]) -> None:
    found = agency_classes.unnamed(field, [(0, len(field))], agencies.find(field))
    assert [field[m.start : m.end] for m in found] == names


def test_fields_that_overlap_name_a_body_once() -> None:
    text = "CSĐT; Sở Y tế; Thí sinh"
    found = agency_classes.unnamed(text, [(6, 23), (0, 23), (0, 4)], agencies.find(text))
    assert sorted(text[m.start : m.end] for m in found) == ["CSĐT", "Thí sinh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("phối hợp với Văn phòng, Vụ Pháp chế", ["Văn phòng", "Vụ Pháp chế"]),
        ("Văn phòng chủ trì trồng cây", ["Văn phòng"]),
        ("Văn phòng phẩm và giấy", []),
        ("phối hợp với lực lượng chức năng xử lý", ["lực lượng chức năng"]),
        ("các trường trung học phổ thông", ["các trường trung học phổ thông"]),
        ("học ở trường trung học phổ thông", []),
        ("Tạp chí Tòa án nhân dân", ["Tạp chí Tòa án nhân dân"]),
        ("Vụ Thi đua, Khen thưởng và Tuyên truyền", ["Vụ Thi đua, Khen thưởng và Tuyên truyền"]),
    ],
)
def test_offices_schools_and_forces_without_a_name(text: str, names: list[str]) -> None:
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Y tế, hội nghề cá và UBND các xã", ["hội nghề cá"]),
        ("phối hợp với các ban nghề cá, Sở Y tế", ["các ban nghề cá"]),
        ("Sở Y tế, người đứng đầu chi nhánh nuôi cá, Sở Nội vụ", ["chi nhánh nuôi cá"]),
        ("Sở Y tế thực hiện, trường hợp cần thiết Sở Nội vụ", []),
        ("Sở Y tế, Sở Nội vụ", []),
    ],
)
def test_members_of_a_list_that_no_rule_knows(text: str, names: list[str]) -> None:
    found = agency_classes.in_lists(text, agencies.find(text))
    assert [text[m.start : m.end] for m in found] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Liên đoàn Lao động tỉnh, thành phố", ["Liên đoàn Lao động tỉnh, thành phố"]),
        ("UBND các huyện, thành, thị", ["UBND các huyện, thành, thị"]),
        ("UBND 63 tỉnh, thành phố", ["UBND 63 tỉnh, thành phố"]),
        ("Văn phòng Bộ đầu mối tổng hợp", ["Văn phòng Bộ"]),
        ("Sở Giao thông vận tải - Xây dựng chủ trì", ["Sở Giao thông vận tải - Xây dựng"]),
        ("Sở Y tế - Phối hợp tuyên truyền", ["Sở Y tế"]),
        ("Viện Chiến lược và chính sách y tế", ["Viện Chiến lược và chính sách y tế"]),
        ("Trung tâm Văn hóa và thực hiện", ["Trung tâm Văn hóa"]),
        ("Ban Chỉ đạo 389 quốc gia", ["Ban Chỉ đạo 389 quốc gia"]),
        ("các tổ chức, cá nhân vi phạm", []),
        ("Các Bệnh viện tuyến Trung ương", ["Các Bệnh viện tuyến Trung ương"]),
        (
            "Ban An toàn giao thông các huyện Mẫu Sơn, Đồng Xuân",
            ["Ban An toàn giao thông các huyện Mẫu Sơn, Đồng Xuân"],
        ),
    ],
)
def test_names_keep_their_tails(text: str, names: list[str]) -> None:
    assert printed(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các cơ sở dữ liệu; các trung tâm thương mại", []),
        (
            "Các cơ quan có lãnh đạo là thành viên Ban ATGT tỉnh",
            ["Các cơ quan có lãnh đạo là thành viên Ban ATGT tỉnh"],
        ),
        (
            "Các sở, ngành có lãnh đạo là thành viên Ban ATGT tỉnh, UBND các xã",
            ["Các sở, ngành", "Ban ATGT tỉnh", "UBND các xã"],
        ),
        ("Ban ATGT của các huyện, thị xã", ["Ban ATGT của các huyện, thị xã"]),
        ("Kho bạc Nhà nước: chủ động", ["Kho bạc Nhà nước"]),
        ("Hội đồng thi tuyển có trách nhiệm", ["Hội đồng thi tuyển"]),
        ("Hiệp hội vận tải ô tô tỉnh phối hợp", ["Hiệp hội vận tải ô tô tỉnh"]),
        ("Từng sở, ngành, địa phương rà soát", ["Từng sở, ngành, địa phương"]),
        ("các cơ quan trong toàn ngành cần", ["các cơ quan trong toàn ngành"]),
        ("phong trào bảo vệ an ninh Tổ Quốc", []),
    ],
)
def test_members_of_a_board_and_what_is_no_body(text: str, names: list[str]) -> None:
    found = printed(text)
    assert [n for n in found if not any(n != o and n in o for o in found)] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Viện kiểm sát quân sự các cấp gửi.", [("Viện kiểm sát quân sự các cấp", "collective")]),
        ("VKS quân sự cấp thứ hai gửi.", [("VKS quân sự cấp thứ hai", "collective")]),
        ("VKS quân sự trung ương gửi.", [("VKS quân sự trung ương", "named")]),
        ("Tòa án quân sự khu vực gửi.", [("Tòa án quân sự khu vực", "collective")]),
        ("Viện kiểm sát các cấp gửi.", [("Viện kiểm sát các cấp", "collective")]),
        ("VKSND cấp cao gửi.", [("VKSND cấp cao", "collective")]),
        (
            "Tòa án nhân dân cấp cao tại Đà Nẵng gửi.",
            [("Tòa án nhân dân cấp cao tại Đà Nẵng", "named")],
        ),
        ("Ủy ban kiểm sát cùng cấp họp.", [("Ủy ban kiểm sát cùng cấp", "collective")]),
        (
            "Ủy ban kiểm sát VKSND cấp tỉnh họp.",
            [("Ủy ban kiểm sát VKSND cấp tỉnh", "collective")],
        ),
        (
            "Ủy ban kiểm sát VKSND tối cao họp.",
            [("Ủy ban kiểm sát VKSND tối cao", "named")],
        ),
    ],
)
def test_courts_and_procuracies_by_level(text: str, expected: list[tuple[str, AgencyKind]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Hội đồng GDQP&AN Quân khu 1, Quân khu 4 mở lớp.",
            ["Hội đồng GDQP&AN Quân khu 1", "Hội đồng GDQP&AN Quân khu 4"],
        ),
        (
            "Hội đồng GDQP&AN các quân khu, địa phương mở lớp.",
            ["Hội đồng GDQP&AN các quân khu, địa phương"],
        ),
        (
            "Hội đồng GDQP&AN các tỉnh: Cao Bằng, Lai Châu mở lớp.",
            ["Hội đồng GDQP&AN các tỉnh: Cao Bằng, Lai Châu"],
        ),
        ("Hội đồng thi công bố điểm.", ["Hội đồng thi"]),
        ("Hội đồng tuyển sinh phê duyệt.", ["Hội đồng tuyển sinh"]),
        ("các trường THPT công lập ở đây", ["các trường THPT công lập"]),
        ("các trường THPT ngoài công lập ở đây", ["các trường THPT ngoài công lập"]),
        (
            "các trường THCS trên địa bàn tỉnh Cao Bằng gửi.",
            ["các trường THCS trên địa bàn tỉnh Cao Bằng"],
        ),
        (
            "Trường Bồi dưỡng cán bộ thuế tại Thành phố Hồ Chí Minh mở lớp.",
            ["Trường Bồi dưỡng cán bộ thuế tại Thành phố Hồ Chí Minh"],
        ),
        # where a name of an institution goes on, and what is said of it
        ("Học viện Bưu chính, Viễn thông chủ trì.", ["Học viện Bưu chính, Viễn thông"]),
        ("Đoàn kiểm tra thi đua, khen thưởng đến.", ["Đoàn kiểm tra thi đua, khen thưởng"]),
        (
            "Hội đồng quốc gia thẩm định chương trình Địa lí cấp tiểu học",
            ["Hội đồng quốc gia thẩm định chương trình Địa lí"],
        ),
        ("Cục An toàn lao động đáp ứng yêu cầu.", ["Cục An toàn lao động"]),
        ("Vụ Đào tạo tuyển chọn người.", ["Vụ Đào tạo"]),
        ("Hội đồng thi nâng ngạch phúc khảo bài.", ["Hội đồng thi nâng ngạch"]),
        ("Nhà Xuất bản Sông Hồng gửi sách.", ["Nhà Xuất bản Sông Hồng"]),
        ("của Quỹ đầu tư phát triển tỉnh Cao Bằng.", ["Quỹ đầu tư phát triển tỉnh Cao Bằng"]),
        ("Vụ Tổ chức cán bộ - Phòng 12 nhận đơn.", ["Vụ Tổ chức cán bộ"]),
        ("1. Vụ Giáo dục\nTiểu học chủ trì.", ["Vụ Giáo dục\nTiểu học"]),
        ("Hội đồng thi giải thể sau kỳ thi.", ["Hội đồng thi"]),
        ("Hội đồng thi chỉ mở một lần.", ["Hội đồng thi"]),
        ("Đoàn kiểm tra nghe báo cáo.", ["Đoàn kiểm tra"]),
        ("gửi Cục An toàn thông tin chi tiết", ["Cục An toàn"]),
        ("Hội đồng Thi đua cơ sở bổ sung báo cáo.", ["Hội đồng Thi đua cơ sở"]),
        ("Ban Cán sự đảng và Chỉ thị số 1", ["Ban Cán sự đảng"]),
        ("Ban cán sự Đảng UBND tỉnh họp.", ["Ban cán sự Đảng UBND tỉnh"]),
    ],
)
def test_boards_schools_and_commands(text: str, names: list[str]) -> None:
    assert [m.name or text[m.start : m.end] for m in agencies.find(text)] == names
