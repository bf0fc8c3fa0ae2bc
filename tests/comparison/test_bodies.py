from __future__ import annotations

import pytest

from models import Agency, Span
from pipeline.comparison.bodies import body_type, typed


@pytest.mark.parametrize(
    ("name", "kind", "today"),
    [
        ("Sở Nội vụ tỉnh Lào Cai", "Sở Nội vụ", "Sở Nội vụ"),
        ("Sở Nội vụ", "Sở Nội vụ", "Sở Nội vụ"),
        ("Sở KH&CN", "Sở Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("Sở Giao thông vận tải", "Sở Giao thông vận tải", "Sở Xây dựng"),
        ("Bộ Giao thông vận tải", "Bộ Giao thông vận tải", "Bộ Xây dựng"),
        ("UBND tỉnh Sơn La", "UBND cấp tỉnh", "UBND cấp tỉnh"),
        ("Ủy ban nhân dân thành phố Hà Nội", "UBND cấp tỉnh", "UBND cấp tỉnh"),
        ("UBND các huyện, thị xã, thành phố", "UBND cấp huyện", "UBND cấp xã"),
        ("UBND các quận, huyện, thị xã", "UBND cấp huyện", "UBND cấp xã"),
        ("UBND các xã, phường, đặc khu", "UBND cấp xã", "UBND cấp xã"),
        ("Ban ATGT tỉnh", "Ban an toàn giao thông", "Ban an toàn giao thông"),
        ("Công an thành phố Hà Nội", "Công an tỉnh", "Công an tỉnh"),
        ("Công an tỉnh Lào Cai", "Công an tỉnh", "Công an tỉnh"),
        ("Công an", "Công an tỉnh", "Công an tỉnh"),
        ("Giám đốc Công an tỉnh", "Công an tỉnh", "Công an tỉnh"),
        ("Công an các cấp", "Công an các cấp", "Công an các cấp"),
        ("Công an địa phương", "Công an các cấp", "Công an các cấp"),
        ("cơ quan Công an địa phương", "Công an các cấp", "Công an các cấp"),
        ("ngành Công an", "Công an các cấp", "Công an các cấp"),
        ("lực lượng Công an nhân dân", "Công an các cấp", "Công an các cấp"),
        ("Công an các đơn vị, địa phương", "Công an các cấp", "Công an các cấp"),
        ("Công an các huyện, thị xã, thành phố", "Công an cấp huyện", "Công an cấp xã"),
        ("Công an các huyện và thành phố", "Công an cấp huyện", "Công an cấp xã"),
        ("Công an cấp huyện", "Công an cấp huyện", "Công an cấp xã"),
        ("Công an xã, phường, thị trấn", "Công an cấp xã", "Công an cấp xã"),
        ("Công an cấp xã, phường, thị trấn", "Công an cấp xã", "Công an cấp xã"),
        ("Bộ Công an", "Bộ Công an", "Bộ Công an"),
        ("Thành ủy", "Tỉnh ủy (Thành ủy)", "Tỉnh ủy (Thành ủy)"),
        ("các sở, ban, ngành tỉnh", "Các sở, ban, ngành", "Các sở, ban, ngành"),
        ("trường nghề trực thuộc tỉnh", "Trường nghề", "Trường nghề"),
        ("Báo Lào Cai", "Báo của tỉnh", "Báo và phát thanh và truyền hình"),
        ("Hội Người cao tuổi tỉnh Sơn La", "Hội Người cao tuổi", "Hội Người cao tuổi"),
    ],
)
def test_bodies_of_every_province_have_one_type(name: str, kind: str, today: str) -> None:
    assert typed(name) == (kind, today)


def test_what_the_record_knows_of_a_successor_counts() -> None:
    body = Agency(
        id="x", name="Ban Quản lý rừng", canonical="Ban Quản lý rừng", kind="named",
        mentions=[Span(start=0, end=3)], successor=["Sở Nông nghiệp và Môi trường"],
    )  # fmt: skip
    found = body_type(body)
    assert (found.name, found.today, found.named) == (
        "Ban Quản lý rừng",
        "Sở Nông nghiệp và Môi trường",
        True,
    )
