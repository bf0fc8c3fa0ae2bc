"""Mentions that name one body: one name, one id, and what is known of the body."""

from __future__ import annotations

import pytest

from models.record import AgencyKind, AgencyLevel
from pipeline import gazetteers
from pipeline.entities import agencies, bodies
from pipeline.entities.bodies import Body


def merged(
    text: str,
    province: str | None = "Bắc Ninh",
    day: str | None = "2024",
    issuer: str | None = None,
) -> list[Body]:
    return bodies.merge(agencies.find(text), text, province=province, day=day, issuer=issuer)


def only(text: str, province: str | None = "Bắc Ninh", day: str | None = "2024") -> Body:
    (body,) = merged(text, province, day)
    return body


# text, name as first written, canonical name, how often it is named
ONE_BODY = [
    (
        "Sở KH&ĐT chủ trì; Sở Kế hoạch và Đầu tư gửi; Sở KHĐT nhận.",
        "Sở KH&ĐT",
        "Sở Kế hoạch và Đầu tư",
        3,
    ),
    (
        "Sở Y tế làm; Sở Y tế tỉnh nhận; Sở Y tế tỉnh Bắc Ninh ký; Sở Y tế Bắc Ninh khám.",
        "Sở Y tế",
        "Sở Y tế",
        4,
    ),
    (
        "Đài PT-TH tỉnh đưa; Đài Phát thanh và Truyền hình tỉnh phát; "
        "Đài Phát thanh - Truyền hình Bắc Ninh ghi.",
        "Đài PT-TH tỉnh",
        "Đài Phát thanh và Truyền hình",
        3,
    ),
    (
        "Ủy ban MTTQ Việt Nam tỉnh giám sát; Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phản biện; "
        "UBMTTQ tỉnh gửi.",
        "Ủy ban MTTQ Việt Nam tỉnh",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
        3,
    ),
    (
        "Toà án nhân dân tỉnh xử; Tòa án nhân dân tỉnh ký; TAND tỉnh gửi.",
        "Toà án nhân dân tỉnh",
        "Tòa án nhân dân",
        3,
    ),
    ("Công an tỉnh nhận; Công an tỉnh Bắc Ninh ký.", "Công an tỉnh", "Công an tỉnh", 2),
    ("Bộ Tài chính cho ý kiến; BTC ký.", "Bộ Tài chính", "Bộ Tài chính", 2),
]


@pytest.mark.parametrize(("text", "name", "canonical", "count"), ONE_BODY)
def test_variants_are_one_body(text: str, name: str, canonical: str, count: int) -> None:
    body = only(text)
    assert (body.name, body.canonical, body.kind) == (name, canonical, "named")
    assert len(body.mentions) == count


@pytest.mark.parametrize(
    "text",
    [
        "UBND tỉnh gửi; Ủy ban nhân dân tỉnh ký; Uỷ ban nhân dân tỉnh Bắc Ninh nhận.",
        "UBND tỉnh gửi; UBND quyết định.",
        "HĐND tỉnh gửi; Hội đồng nhân dân tỉnh ký.",
        "Văn phòng UBND tỉnh trực; Văn phòng Ủy ban nhân dân tỉnh ký.",
        "Ban Chỉ đạo phòng, chống thiên tai tỉnh nhận; Ban Chỉ đạo gửi.",
        "các sở, ban, ngành gửi; Các sở, ban, ngành nhận.",
        "UBND các huyện, thị xã, thành phố gửi; UBND các huyện, thành phố, thị xã nhận.",
        "UBND các huyện, thị xã, thành phố gửi; Ủy ban nhân dân các huyện, thị xã, thành phố nhận.",
        "UBND quận, huyện gửi; Ủy ban nhân dân các quận, huyện nhận.",
        "Sở Y tế các tỉnh/thành phố trực thuộc TƯ gửi; Sở Y tế các tỉnh, thành phố nhận.",
        "Phòng Y tế tp.Thanh Bình và các quận, huyện gửi; "
        "Phòng Y tế thành phố Thanh Bình và các quận, huyện nhận.",
        "Vụ Kế hoạch - Tài chính gửi; Vụ Kế hoạch và Tài chính nhận; Vụ KHTC ký.",
        "Vụ KHTC ký; Vụ Kế hoạch tài chính gửi.",
        "Báo Tài nguyên và Môi trường viết; Báo TN&MT in.",
        "Trường Đại học Hoa Lư mở lớp; Trường ĐH Hoa Lư nhận.",
        "Ban Chỉ đạo 777 quốc gia gửi; BCĐ 777QG nhận.",
        "Hội đồng Giáo dục quốc phòng và an ninh Trung ương họp; Hội đồng GDQP&ANTW gửi.",
        "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ gửi; cơ quan thuộc Chính phủ nhận.",
        "lãnh đạo phòng Y tế ký; các phòng Y tế quận, huyện, thị xã gửi; các phòng Y tế nhận.",
        "hai trường: THPT Hoa Mai; Trường THPT Hoa Mai gửi; Trường Trung học phổ thông Hoa Mai ký.",
        "các đơn vị ngành Xây dựng tại địa phương gửi; "
        "các đơn vị ngành Xây dựng tại các địa phương nhận.",
        "UBND các huyện, thị xã, thành phố gửi; UBND các huyện, thành, thị nhận.",
        "Ban An toàn giao thông (ATGT) tỉnh gửi; Ban ATGT tỉnh nhận.",
        "các hội, quỹ gửi; các hội, quỹ được kiểm tra nhận.",
        "VCCI gửi; Liên đoàn Thương mại và Công nghiệp Việt Nam nhận.",
        "Hiệp hội Doanh nghiệp tỉnh gửi; Hiệp hội DN tỉnh nhận.",
        "Ngân hàng Nhà nước chi nhánh tỉnh gửi; Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh ký; "
        "Ngân hàng Nhà nước tỉnh nhận.",
        "Ngân hàng Chính sách xã hội gửi; Ngân hàng Chính sách xã hội chi nhánh tỉnh nhận.",
    ],
)
def test_short_forms_and_other_cases_are_one_body(text: str) -> None:
    body = only(text)
    assert body.name == text[body.mentions[0].start : body.mentions[0].end]
    assert len(body.mentions) == len(agencies.find(text))


def test_rooms_of_a_department_and_rooms_under_it_are_one_class() -> None:
    rooms, _ = merged("các phòng của Sở Y tế gửi; các phòng thuộc Sở Y tế nhận.")
    assert (rooms.name, len(rooms.mentions)) == ("các phòng của Sở Y tế", 2)


def test_a_name_that_is_printed_whole_comes_before_one_put_together() -> None:
    text = "Các Bộ: XD, YT gửi; Bộ Xây dựng nhận; Bộ XD ký."
    assert [body.name for body in merged(text)] == ["Bộ Xây dựng", "Bộ YT"]


def test_the_plans_own_city() -> None:
    text = "UBND thành phố ký; UBND Thành phố Hà Nội nhận."
    assert only(text, "Hà Nội").id == "ubnd-thanh-pho@01"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bộ Tài chính gửi; Sở Tài chính nhận.", ["Bộ Tài chính", "Sở Tài chính"]),
        ("Công an tỉnh gửi; Bộ Công an nhận.", ["Công an tỉnh", "Bộ Công an"]),
        ("Sở Y tế gửi; Sở Y tế tỉnh Hòa Bình nhận.", ["Sở Y tế", "Sở Y tế tỉnh Hòa Bình"]),
        ("UBND tỉnh gửi; UBND xã Tân Mai nhận.", ["UBND tỉnh", "UBND xã Tân Mai"]),
        (
            "Công an xã trực; Hội Nông dân huyện gửi; Công an tỉnh, Hội Nông dân tỉnh nhận.",
            ["Công an xã", "Hội Nông dân huyện", "Công an tỉnh", "Hội Nông dân tỉnh"],
        ),
        (
            "Ngân hàng Nhà nước Việt Nam hướng dẫn; Ngân hàng Nhà nước Chi nhánh tỉnh gửi.",
            ["Ngân hàng Nhà nước Việt Nam", "Ngân hàng Nhà nước Chi nhánh tỉnh"],
        ),
        ("UBND tỉnh gửi; HĐND tỉnh nhận.", ["UBND tỉnh", "HĐND tỉnh"]),
        (
            "Công an tỉnh gửi; Công an thành phố Bắc Ninh, Công an TP Từ Sơn nhận.",
            ["Công an tỉnh", "Công an thành phố Bắc Ninh", "Công an TP Từ Sơn"],
        ),
        (
            "Văn phòng Chính phủ, Văn phòng Chủ tịch nước nhận; Văn phòng, Vụ Pháp chế gửi.",
            ["Văn phòng Chính phủ", "Văn phòng Chủ tịch nước", "Văn phòng", "Vụ Pháp chế"],
        ),
        ("UBND tỉnh gửi; Văn phòng UBND tỉnh nhận.", ["UBND tỉnh", "Văn phòng UBND tỉnh"]),
        ("Sở Xây dựng gửi; Thanh tra Sở Xây dựng nhận.", ["Sở Xây dựng", "Thanh tra Sở Xây dựng"]),
        (
            "UBND các huyện, thị xã, thành phố gửi; UBND huyện Quế Võ nhận.",
            ["UBND các huyện, thị xã, thành phố", "UBND huyện Quế Võ"],
        ),
        (
            "các sở, ngành gửi; các sở, ngành liên quan nhận.",
            ["các sở, ngành", "các sở, ngành liên quan"],
        ),
    ],
)
def test_different_bodies_stay_apart(text: str, names: list[str]) -> None:
    found = merged(text)
    assert [body.name for body in found] == names
    assert len({body.id for body in found}) == len(found)


# text, id, kind, level, province's code
KNOWN: list[tuple[str, str, AgencyKind, AgencyLevel | None, str | None]] = [
    ("Sở Y tế gửi.", "so-y-te@27", "named", "province", "27"),
    ("Sở KH&ĐT gửi.", "so-ke-hoach-va-dau-tu@27", "named", "province", "27"),
    ("Đài PT-TH gửi.", "dai-phat-thanh-va-truyen-hinh@27", "named", "province", "27"),
    ("UBND tỉnh gửi.", "ubnd-tinh@27", "named", "province", "27"),
    ("Tỉnh ủy gửi.", "tinh-uy@27", "named", "province", "27"),
    ("Công an thành phố Bắc Ninh gửi.", "cong-an-thanh-pho-bac-ninh@27", "named", "district", "27"),
    ("Công an thành phố Từ Sơn gửi.", "cong-an-thanh-pho-tu-son@27", "named", "district", "27"),
    ("Công an thành phố Hà Nội gửi.", "cong-an-thanh-pho-ha-noi@01", "named", "province", "01"),
    ("Hội Nông dân tỉnh gửi.", "hoi-nong-dan@27", "named", "province", "27"),
    ("Hội Nông dân chủ trì; Hội Nông dân tỉnh gửi.", "hoi-nong-dan@27", "named", "province", "27"),
    ("Hội Nông dân Việt Nam gửi.", "hoi-nong-dan", "named", "central", None),
    ("Thanh tra tỉnh gửi.", "thanh-tra-tinh@27", "named", "province", "27"),
    ("UBND huyện Quế Võ gửi.", "ubnd-huyen-que-vo@27", "named", "district", "27"),
    ("UBND xã Tân Mai gửi.", "ubnd-xa-tan-mai@27", "named", "commune", "27"),
    ("Phòng Kế hoạch gửi.", "phong-ke-hoach@27", "named", "internal", "27"),
    ("Bộ Tài chính gửi.", "bo-tai-chinh", "named", "central", None),
    ("Bộ phận Một cửa các cấp gửi.", "bo-phan-mot-cua-cac-cap", "collective", None, None),
    ("Quốc hội thảo luận.", "quoc-hoi", "named", "central", None),
    ("Thủ tướng Chính phủ giao.", "thu-tuong-chinh-phu", "named", "central", None),
    ("UBND cấp huyện gửi.", "ubnd-cap-huyen", "collective", "district", None),
    ("UBND cấp xã gửi.", "ubnd-cap-xa", "collective", "commune", None),
    ("các sở, ban, ngành gửi.", "so-ban-nganh", "collective", None, None),
    ("các đơn vị liên quan gửi.", "don-vi-lien-quan", "generic", None, None),
]


@pytest.mark.parametrize(("text", "identity", "kind", "level", "code"), KNOWN)
def test_id_kind_level_and_province(
    text: str, identity: str, kind: AgencyKind, level: AgencyLevel | None, code: str | None
) -> None:
    body = only(text)
    assert (body.id, body.kind, body.level, body.province) == (identity, kind, level, code)


@pytest.mark.parametrize(
    ("province", "day", "identity"),
    [
        ("Bắc Ninh", "2024", "so-y-te@27"),
        ("Bắc Ninh", "2026", "so-y-te@24"),
        ("Hòa Bình", "2024-05-06", "so-y-te@17"),
        ("Hà Nội", None, "so-y-te@01"),
        (None, None, "so-y-te"),
    ],
)
def test_the_code_is_that_of_the_plans_date(
    province: str | None, day: str | None, identity: str
) -> None:
    assert only("Sở Y tế gửi.", province, day).id == identity


@pytest.mark.parametrize(
    ("text", "successors"),
    [
        ("Sở Y tế gửi.", ()),
        ("Sở Kế hoạch và Đầu tư gửi.", ("Sở Tài chính",)),
        ("Sở GTVT gửi.", ("Sở Xây dựng",)),
        ("Sở TN&MT gửi.", ("Sở Nông nghiệp và Môi trường",)),
        ("Ban Dân tộc gửi.", ("Sở Dân tộc và Tôn giáo",)),
        (
            "Sở Thông tin và Truyền thông gửi.",
            ("Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch"),
        ),
        ("Bộ Kế hoạch và Đầu tư gửi.", ("Bộ Tài chính",)),
    ],
)
def test_successors_main_one_first(text: str, successors: tuple[str, ...]) -> None:
    assert only(text).successors == successors


def test_departments_everywhere_in_a_plan_of_the_centre() -> None:
    text = "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương lập; Sở Y tế gửi."
    (body,) = merged(text, None, "2024")
    assert (body.kind, len(body.mentions)) == ("collective", 2)
    assert len(merged(text, "Bắc Ninh", "2024")) == 2
    assert len(merged(f"{text} Các Sở Y tế nhận.", None, "2024")) == 1


def test_a_place_in_a_central_bodys_own_name_is_no_branch() -> None:
    text = "Ban Quản lý Lăng Chủ tịch Hồ Chí Minh gửi."
    assert only(text, None).canonical == "Ban Quản lý Lăng Chủ tịch Hồ Chí Minh"


def test_a_ministrys_own_office_in_its_own_plan() -> None:
    text = "Văn phòng Bộ Nội vụ trực; Văn phòng Bộ gửi."
    (body,) = merged(text, None, "2024", "BỘ NỘI VỤ")
    assert (body.name, len(body.mentions)) == ("Văn phòng Bộ Nội vụ", 2)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("các đơn vị thuộc Bộ Văn hóa, Thể thao và Du lịch gửi; các đơn vị thuộc Bộ nhận.",
         "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH"),
        ("Ban Tài chính trực; Ban Tài chính Tổng Liên đoàn gửi.",
         "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"),
        ("các đơn vị thuộc Tòa án nhân dân tối cao gửi; Các đơn vị thuộc TANDTC nhận.", ""),
        ("Vụ Pháp chế trực; Vụ Pháp chế Tòa án nhân dân tối cao gửi.",
         "TÒA ÁN NHÂN DÂN TỐI CAO"),
    ],
)  # fmt: skip
def test_rooms_in_their_own_bodys_plan(text: str, issuer: str) -> None:
    assert len(merged(text, None, "2024", issuer)[0].mentions) == 2


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ủy ban nhân dân tỉnh Bắc Ninh", "UBND tỉnh"),
        ("ỦY BAN NHÂN DÂN TỈNH BẮC NINH", "UBND tỉnh"),
        ("Sở Y tế", "Sở Y tế"),
        ("SỞ Y TẾ BẮC NINH", "Sở Y tế"),
        ("Sở Tư pháp", None),
        ("Ủy ban nhân dân tỉnh Hòa Bình", None),
    ],
)
def test_the_body_that_a_letterhead_means(name: str, found: str | None) -> None:
    body = bodies.same_body(merged("UBND tỉnh giao Sở Y tế."), name, "Bắc Ninh")
    assert (body.name if body else None) == found


def test_reading_changes_no_gazetteer() -> None:
    """The corpus makes its keys of names from the same table: a plan read before must not count."""
    before = dict(gazetteers.abbreviations())
    bodies._spelled_out.cache_clear()
    bodies._spelled_out()
    assert gazetteers.abbreviations() == before
