"""Classes of organisations by what they do, whom they belong to and how far they reach."""

from __future__ import annotations

import pytest

from models.record import AgencyKind
from pipeline.entities import agencies


def kinds(text: str) -> list[tuple[str, AgencyKind]]:
    return [(text[m.start : m.end], m.kind) for m in agencies.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # what they do
        (
            "các trường THPT công lập tự chủ tài chính nộp danh sách",
            "các trường THPT công lập tự chủ tài chính",
            "generic",
        ),
        ("các đơn vị quản lý đường bộ cắm mốc", "các đơn vị quản lý đường bộ", "generic"),
        ("Từng địa phương phải có sổ", "Từng địa phương", "generic"),
        ("Mở lớp cho các tổ chức Đoàn, Hội, Đội", "các tổ chức Đoàn, Hội, Đội", "generic"),
        ("dựa vào công an xã", "công an xã", "collective"),
        ("các trung tâm GDNN-GDTX nộp danh sách", "các trung tâm GDNN-GDTX", "generic"),
        ("các cơ sở giáo dục phổ thông dùng sổ mới", "các cơ sở giáo dục phổ thông", "generic"),
        (
            "các cơ sở y tế trong và ngoài công lập báo số liệu",
            "các cơ sở y tế trong và ngoài công lập",
            "generic",
        ),
        ("các cơ sở y tế tư nhân báo số liệu", "các cơ sở y tế tư nhân", "generic"),
        ("các cơ sở tiêm chủng lưu phiếu", "các cơ sở tiêm chủng", "generic"),
        ("các trường đại học, cơ sở ươm tạo dự", "các trường đại học, cơ sở ươm tạo", "generic"),
        ("phối hợp với cơ sở đào tạo, bồi dưỡng", "cơ sở đào tạo, bồi dưỡng", "generic"),
        ("Tổ chức tín dụng báo số liệu", "Tổ chức tín dụng", "generic"),
        ("các cơ quan thuế nhận hóa đơn", "các cơ quan thuế", "generic"),
        ("các Cục, Vụ, Viện chuyên ngành góp ý", "các Cục, Vụ, Viện chuyên ngành", "collective"),
        ("các Nhà xuất bản in sách", "các Nhà xuất bản", "generic"),
        ("các đài truyền hình phát sóng", "các đài truyền hình", "generic"),
        (
            "các tập đoàn, tổng công ty nhà nước góp vốn",
            "các tập đoàn, tổng công ty nhà nước",
            "generic",
        ),
        ("các doanh nghiệp công nghệ số góp vốn", "các doanh nghiệp công nghệ số", "generic"),
        (
            "các tổ chức hành nghề luật sư báo số liệu",
            "các tổ chức hành nghề luật sư",
            "generic",
        ),
        (
            "các cơ sở sản xuất, kinh doanh thực phẩm lưu phiếu",
            "các cơ sở sản xuất, kinh doanh thực phẩm",
            "generic",
        ),
        (
            "Cơ quan chuyên môn thuộc UBND tỉnh quản lý nhà nước về công thương, du lịch chủ trì",
            "Cơ quan chuyên môn thuộc UBND tỉnh quản lý nhà nước về công thương, du lịch",
            "named",
        ),
        (
            "các cơ sở giáo dục mầm non, giáo dục phổ thông dùng sổ mới",
            "các cơ sở giáo dục mầm non, giáo dục phổ thông",
            "generic",
        ),
        ("Các phòng, ban, ngành huyện nộp sổ", "Các phòng, ban, ngành huyện", "collective"),
        ("Các phòng, đơn vị thuộc phường dự", "Các phòng, đơn vị thuộc phường", "collective"),
        (
            "Các chi bộ, đảng bộ trực thuộc Huyện ủy học",
            "Các chi bộ, đảng bộ trực thuộc Huyện ủy",
            "collective",
        ),
        ("các Đồn Biên phòng trên địa bàn nhận", "các Đồn Biên phòng trên địa bàn", "collective"),
        (
            "các trường mầm non, tiểu học, trung học cơ sở dùng sổ mới",
            "các trường mầm non, tiểu học, trung học cơ sở",
            "generic",
        ),
        ("các địa phương được kiểm tra nộp sổ", "các địa phương được kiểm tra", "collective"),
        ("gửi đơn vị được kiểm tra một bản", "đơn vị được kiểm tra", "collective"),
        # whom they belong to
        (
            "các đơn vị hành chính, sự nghiệp thuộc Bộ nộp sổ",
            "các đơn vị hành chính, sự nghiệp thuộc Bộ",
            "collective",
        ),
        (
            "các đơn vị trong ngành Kiểm sát nhân dân nộp sổ",
            "các đơn vị trong ngành Kiểm sát nhân dân",
            "collective",
        ),
        (
            "các cơ quan quản lý nhà nước ngành Xây dựng tại các địa phương nộp sổ",
            "các cơ quan quản lý nhà nước ngành Xây dựng tại các địa phương",
            "collective",
        ),
        (
            "các cơ sở y tế trong lực lượng Công an nhân dân khám bệnh",
            "các cơ sở y tế trong lực lượng Công an nhân dân",
            "collective",
        ),
        (
            "các cơ sở y tế thuộc địa phương quản lý khám bệnh",
            "các cơ sở y tế thuộc địa phương quản lý",
            "collective",
        ),
        # how far they reach
        (
            "các bệnh viện tuyến Trung ương/tỉnh/thành phố nhận người bệnh",
            "các bệnh viện tuyến Trung ương/tỉnh/thành phố",
            "generic",
        ),
        (
            "các cơ quan truyền thông, báo chí từ trung ương đến địa phương đưa tin",
            "các cơ quan truyền thông, báo chí từ trung ương đến địa phương",
            "generic",
        ),
        (
            "các cơ sở lưu trú trên toàn quốc đón khách",
            "các cơ sở lưu trú trên toàn quốc",
            "generic",
        ),
        ("các phường, xã, thị trấn lập danh sách", "các phường, xã, thị trấn", "generic"),
        (
            "các cơ quan thông tấn, báo chí ở Trung ương và địa phương đưa tin",
            "các cơ quan thông tấn, báo chí ở Trung ương và địa phương",
            "collective",
        ),
        ("các Sở Y tế lập danh sách", "các Sở Y tế", "collective"),
        # a branch that acts as one stands alone
        ("ngành Y tế địa phương đón khách", "ngành Y tế địa phương", "generic"),
    ],
)
def test_where_a_class_ends(text: str, name: str, kind: AgencyKind) -> None:
    assert kinds(text) == [(name, kind)]


def test_members_of_a_board_at_the_end_of_a_class_are_a_class_of_their_own() -> None:
    text = "Các sở, ngành, cơ quan thành viên Ban Cây xanh tỉnh trồng cây"
    assert kinds(text)[:2] == [
        ("Các sở, ngành", "collective"),
        ("cơ quan thành viên Ban Cây xanh tỉnh", "collective"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # political organisations in a list are a class of their own
        (
            "Các sở, ban, ngành, tổ chức chính trị - xã hội trồng cây",
            ["Các sở, ban, ngành", "tổ chức chính trị - xã hội"],
        ),
        (
            "các sở, tổ chức chính trị - xã hội có lãnh đạo là thành viên Ban An toàn giao thông",
            ["các sở", "tổ chức chính trị - xã hội", "Ban An toàn giao thông"],
        ),
        ("gửi các tổ chức Đoàn Thanh niên, Hội Sinh viên", ["Đoàn Thanh niên", "Hội Sinh viên"]),
        # several bodies with one class of places behind the last
        ("Đảng ủy, HĐND, UBND các xã gửi", ["Đảng ủy các xã", "HĐND các xã", "UBND các xã"]),
    ],
)
def test_lists_of_classes(text: str, names: list[str]) -> None:
    assert [m.name or text[m.start : m.end] for m in agencies.find(text)] == names
