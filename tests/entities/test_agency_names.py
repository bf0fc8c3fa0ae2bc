"""Names by grammar: where they go on, and where a place or a verb ends them."""

from __future__ import annotations

import pytest

from models.record import AgencyKind
from pipeline.entities import agencies


def kinds(text: str) -> list[tuple[str, AgencyKind]]:
    return [(text[m.start : m.end], m.kind) for m in agencies.find(text)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # places in every spelling
        (
            "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương gửi.",
            "Sở Y tế các tỉnh, thành phố trực thuộc Trung ương",
            "collective",
        ),
        (
            "Sở Y tế các tỉnh/thành phố trực thuộc TW gửi.",
            "Sở Y tế các tỉnh/thành phố trực thuộc TW",
            "collective",
        ),
        (
            "UBND tỉnh/thành phố gửi.",
            "UBND tỉnh/thành phố",
            "collective",
        ),
        (
            "UBND thành phố Thanh Bình và các quận, huyện gửi.",
            "UBND thành phố Thanh Bình và các quận, huyện",
            "collective",
        ),
        (
            "Trung tâm Y tế thành phố Thanh Bình và 12 quận, huyện gửi.",
            "Trung tâm Y tế thành phố Thanh Bình và 12 quận, huyện",
            "collective",
        ),
        (
            "Phòng Y tế quận, huyện, TP Thanh Bình gửi.",
            "Phòng Y tế quận, huyện, TP Thanh Bình",
            "collective",
        ),
        (
            "Trung tâm Y tế thành phố Thanh Bình gửi.",
            "Trung tâm Y tế thành phố Thanh Bình",
            "named",
        ),
        ("Công an Thành phố phối hợp.", "Công an Thành phố", "named"),
        ("LĐLĐ cấp huyện và tương đương gửi.", "LĐLĐ cấp huyện và tương đương", "collective"),
        # words that only look like the end of a name
        ("Cục Dân quân tự vệ gửi.", "Cục Dân quân tự vệ", "named"),
        ("Đài Tiếng nói nhân dân Thành phố phát.", "Đài Tiếng nói nhân dân Thành phố", "named"),
        ("4. Vụ Kế hoạch, Tài chính:\nGửi.", "Vụ Kế hoạch, Tài chính", "named"),
        (
            "Phân viện An toàn, Vệ sinh lao động và bảo vệ rừng Miền Nam dự.",
            "Phân viện An toàn, Vệ sinh lao động và bảo vệ rừng Miền Nam",
            "named",
        ),
        (
            "Cục Cảnh sát điều tra tội phạm về tham nhũng, kinh tế, buôn lậu dự.",
            "Cục Cảnh sát điều tra tội phạm về tham nhũng, kinh tế, buôn lậu",
            "named",
        ),
        (
            "Ban Chỉ đạo các Chương trình mục tiêu quốc gia giai đoạn 2031 - 2035 họp.",
            "Ban Chỉ đạo các Chương trình mục tiêu quốc gia giai đoạn 2031 - 2035",
            "named",
        ),
        ("Viện sức khỏe nghề nghiệp Bắc báo cáo.", "Viện sức khỏe nghề nghiệp Bắc", "named"),
        ("Đại học y dược Đông Đô tham gia.", "Đại học y dược Đông Đô", "named"),
        # words that end it
        ("Hội đồng thi đua cơ sở xác nhận điểm.", "Hội đồng thi đua cơ sở", "named"),
        ("vay từ Ngân hàng Nông thôn đúng hạn.", "Ngân hàng Nông thôn", "named"),
        # a line that breaks inside a name
        ("7. Đề nghị Tổng\nCông ty Hoa Mai phối hợp.", "Tổng\nCông ty Hoa Mai", "named"),
        ("1. Ban\nNữ công: Gửi.", "Ban\nNữ công", "named"),
        ("Tổng Liên đoàn\nLao động Việt Nam", "Tổng Liên đoàn\nLao động Việt Nam", "named"),
        ("Công an\nThành phố", "Công an\nThành phố", "named"),
        # words that are part of some names
        ("Cục Kinh tế xây dựng, Vụ Pháp chế.", "Cục Kinh tế xây dựng", "named"),
        ("Phòng Kinh tế xây dựng kế hoạch.", "Phòng Kinh tế", "named"),
        ("Cục Quản lý hoạt động xây dựng;", "Cục Quản lý hoạt động xây dựng", "named"),
        ("Cục Giám định nhà nước về chất lượng công trình xây dựng;",
         "Cục Giám định nhà nước về chất lượng công trình xây dựng", "named"),
        ("Cục Quản lý hành chính về trật tự xã hội phối hợp.",
         "Cục Quản lý hành chính về trật tự xã hội", "named"),
        ("Hội đồng thẩm định cấp nhà nước họp.", "Hội đồng thẩm định cấp nhà nước", "named"),
        ("Liên minh Hợp tác xã báo cáo.", "Liên minh Hợp tác xã", "named"),
        ("Cục Đo đạc, Bản đồ và Thông tin đất đai báo cáo.",
         "Cục Đo đạc, Bản đồ và Thông tin đất đai", "named"),
        ("Trung tâm Xúc tiến Đầu tư, Thương mại, Du lịch báo cáo.",
         "Trung tâm Xúc tiến Đầu tư, Thương mại, Du lịch", "named"),
        ("Viện sốt rét Hoa Lư báo cáo.", "Viện sốt rét Hoa Lư", "named"),
        ("Hiệp hội gốm sứ Việt Nam", "Hiệp hội gốm sứ Việt Nam", "named"),
        ("Hội bảo vệ Người đi bộ Việt Nam", "Hội bảo vệ Người đi bộ Việt Nam", "named"),
        ("10. Hiệp hội\nGốm sứ Việt Nam", "Hiệp hội\nGốm sứ Việt Nam", "named"),
        ("1. Ban Chỉ đạo\n777 Bộ Y tế", "Ban Chỉ đạo\n777 Bộ Y tế", "named"),
        ("Tòa án các cấp xét xử.", "Tòa án các cấp", "collective"),
        ("Ban Vận chuyển và Bàn giao đề thi.", "Ban Vận chuyển và Bàn giao đề thi", "named"),
        # words that are none
        ("Phó Chủ tịch UBND TP Lê Hoa Mai;", "UBND TP", "named"),
        ("các sở, ngành, thành phố Hoa Lư gửi.", "các sở, ngành", "collective"),
        ("Thanh tra Sở điều động người.", "Thanh tra Sở", "named"),
        ("Văn phòng Bộ hoàn thiện quy chế.", "Văn phòng Bộ", "named"),
        ("họp Ban Chỉ đạo Trung ương tháng 10.", "Ban Chỉ đạo Trung ương", "named"),
        ("Vụ Kế hoạch - Tài chính Vụ\nPháp chế", "Vụ Kế hoạch - Tài chính", "named"),
        ("Cục Thú y và Vụ trưởng Vụ Pháp chế", "Cục Thú y", "named"),
        ("Sở Kế hoạch Đầu tư cân đối.", "Sở Kế hoạch Đầu tư", "named"),
        ("UBND các tỉnh, TP trực thuộc TƯ;", "UBND các tỉnh, TP trực thuộc TƯ", "collective"),
        ("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh;",
         "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "named"),
        ("các phòng Nội vụ quận, huyện chấm.", "các phòng Nội vụ quận, huyện", "collective"),
        # forces
        ("Chỉ đạo lực lượng Hải quan tuần tra.", "lực lượng Hải quan", "named"),
        ("Trung tâm Giám sát, điều hành đô thị thông minh tỉnh trực.",
         "Trung tâm Giám sát, điều hành đô thị thông minh tỉnh", "named"),
        ("lãnh đạo Phòng Tổng hợp Văn Phòng UBND tỉnh dự.",
         "Phòng Tổng hợp Văn Phòng UBND tỉnh", "named"),
        ("Ban An toàn giao thông (ATGT) tỉnh họp.", "Ban An toàn giao thông (ATGT) tỉnh", "named"),
        ("Ủy ban An toàn giao thông (ATGT) Quốc gia họp.",
         "Ủy ban An toàn giao thông (ATGT) Quốc gia", "named"),
        ("lực lượng Công an toàn quốc trực.", "lực lượng Công an toàn quốc", "named"),
        ("phương tiện của bộ đội biên phòng", "bộ đội biên phòng", "named"),
        # classes known by name
        ("các hiệp hội, hội ngành nghề giúp.", "các hiệp hội, hội ngành nghề", "collective"),
        ("Ủy ban MTTQ VN và các đoàn thể TP;", "các đoàn thể TP", "collective"),
        ("các đơn vị thuộc thẩm quyền quản lý của Sở Y tế.",
         "các đơn vị thuộc thẩm quyền quản lý của Sở Y tế", "collective"),
        ("gửi các Ban của Đảng.", "các Ban của Đảng", "collective"),
        ("tập huấn cho công đoàn cơ sở tháng này.", "công đoàn cơ sở", "collective"),
        ("tiêm tại trạm y tế xã, phường.", "trạm y tế xã, phường", "collective"),
        ("Chánh án các Tòa án thi hành.", "các Tòa án", "collective"),
        ("Văn phòng, các ban Tổng Liên đoàn gửi.", "các ban Tổng Liên đoàn", "collective"),
        ("các cấp Mặt trận Tổ quốc vận động.", "các cấp Mặt trận Tổ quốc", "collective"),
        ("các đơn vị dự toán trực thuộc lập.", "các đơn vị dự toán trực thuộc", "collective"),
        ("ban, bộ, ngành trung ương cử.", "ban, bộ, ngành trung ương", "generic"),
        ("các tổ chức chính trị - xã hội ở Trung ương.",
         "các tổ chức chính trị - xã hội ở Trung ương", "collective"),
        ("các bệnh viện Bộ, ngành khám.", "các bệnh viện Bộ, ngành", "collective"),
        ("chính quyền địa phương các cấp lo.", "chính quyền địa phương các cấp", "generic"),
    ],
)  # fmt: skip
def test_where_a_name_ends(text: str, name: str, kind: AgencyKind) -> None:
    assert (name, kind) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "các phòng thuộc Sở xây dựng và triển khai chương trình",
        "Ký hiệu TH.TLĐ",
        "trình độ đại học, sau đại học",
        "Bà Đoàn Thị Mai Hoa",
        "Hội chợ gốm sứ Việt Nam",
        "Phó Thủ tướng Thường trực Nguyễn Hoa Mai",
        "Tổng Cục trưởng ký",
        "Bộ Luật Hình sự",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not [name for name, kind in kinds(text) if kind == "named"]


def test_a_verb_that_spells_a_department_in_small_letters() -> None:
    assert ("Sở xây dựng", "named") in kinds("Sở y tế, Sở xây dựng, Sở tư pháp gửi")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # rooms in small letters: led by somebody, or known by their field
        (
            "lãnh đạo phòng Quản lý thi và Kiểm định chất lượng ký",
            ["phòng Quản lý thi và Kiểm định chất lượng"],
        ),
        ("phối hợp với phòng Giáo dục và Đào tạo", ["phòng Giáo dục và Đào tạo"]),
        ("trang bị phòng Thu âm", []),
        # boards of an examination
        ("lập Ban coi thi trong đó có ba tổ", ["Ban coi thi"]),
        ("Hội đồng ra đề và Ban in sao đề thi nhận", ["Hội đồng ra đề", "Ban in sao đề thi"]),
        ("Hội đồng ra đề và in sao đề thi nhận", ["Hội đồng ra đề và in sao đề thi"]),
        ("Ban Vận chuyển và bàn giao đề thi nhận", ["Ban Vận chuyển và bàn giao đề thi"]),
        ("Ban Chấm thi tự luận không dự", ["Ban Chấm thi tự luận"]),
        ("mỗi môn có một Tổ ra đề thi gồm năm người", ["Tổ ra đề thi"]),
        ("Ban Chỉ đạo thi, tuyển sinh các cấp họp", ["Ban Chỉ đạo thi, tuyển sinh các cấp"]),
        (
            "Ban Chỉ đạo kỳ thi tốt nghiệp THPT cấp quốc gia họp",
            ["Ban Chỉ đạo kỳ thi tốt nghiệp THPT cấp quốc gia"],
        ),
        ("công an cấp phường, xã, thị trấn gửi", ["công an cấp phường, xã, thị trấn"]),
        ("Ban chấm thi đều phải có mặt", ["Ban chấm thi"]),
        # a duty in capitals
        ("Cục Kinh tế xây dựng Chủ trì đôn đốc", ["Cục Kinh tế xây dựng"]),
        ("Công an Thành phố - Chỉ đạo lực lượng", ["Công an Thành phố"]),
        # the level of a body that has no other name; the people of a branch are no body
        ("Công an xã và Công an thị trấn trực", ["Công an xã", "Công an thị trấn"]),
        ("Công an xã Tân Lập trực", ["Công an xã Tân Lập"]),
        ("Cán bộ, chiến sĩ Công an trồng cây", []),
        ("Lãnh đạo phòng Quản lý giao thông dự", ["phòng Quản lý giao thông"]),
        ("Thành phố Hải Phòng quản lý tuyến xe", []),
        ("Thanh tra giao thông dựng trạm cân", ["Thanh tra giao thông"]),
        # centres in small letters, and a class without bounds
        ("Trung tâm hành chính công tỉnh trực", ["Trung tâm hành chính công tỉnh"]),
        ("Trung tâm thông tin y tế quốc gia báo cáo", ["Trung tâm thông tin y tế quốc gia"]),
        ("Trung tâm thương mại mở cửa", []),
        (
            "các Tổ công nghệ số cộng đồng trên toàn quốc học",
            ["các Tổ công nghệ số cộng đồng trên toàn quốc"],
        ),
        # companies, markets, alliances
        ("Tổng công ty Lúa Vàng\n- CTCP gửi", ["Tổng công ty Lúa Vàng\n- CTCP"]),
        ("Tổng công ty cổ phần Lúa Vàng gửi", ["Tổng công ty cổ phần Lúa Vàng"]),
        ("Công ty cổ phần là loại hình phổ biến", []),
        ("Ban quản lý các chợ bố trí chỗ", ["Ban quản lý các chợ"]),
        ("Liên minh Dữ liệu mở Việt Nam ra mắt", ["Liên minh Dữ liệu mở Việt Nam"]),
        # schools by level and name alone
        (
            "ba trường: THPT Hoa Mai, THPT chuyên Kim Đồng và THCS Lúa Vàng",
            ["THPT Hoa Mai", "THPT chuyên Kim Đồng", "THCS Lúa Vàng"],
        ),
        ("Trường THCS và THPT Hoa Mai gửi", ["Trường THCS và THPT Hoa Mai"]),
        ("Trường THPT chuyên Hoa Mai gửi", ["Trường THPT chuyên Hoa Mai"]),
        ("học chương trình THCS, THPT Quốc gia", []),
        # a street is an address, a city is none
        (
            "Công an Thành phố và Công an các quận, huyện gửi",
            ["Công an Thành phố", "Công an các quận, huyện"],
        ),
        ("tại phố Bảo tàng Dân tộc học", []),
        # places that go on in the next line
        ("Cục Thống kê Hà\nNội gửi", ["Cục Thống kê Hà\nNội"]),
        ("lập Đoàn kiểm tra công tác bảo đảm cây xanh", ["Đoàn kiểm tra"]),
        # a verb behind a wide name, a province or the country that closes it
        ("Trung tâm Khuyến nông tổ chức tập huấn cho dân", ["Trung tâm Khuyến nông"]),
        ("Hội Khuyến học trao học bổng", ["Hội Khuyến học"]),
        ("Trường Cao đẳng nghề Tuyên Quang giữ lớp", ["Trường Cao đẳng nghề Tuyên Quang"]),
        ("Công ty Giống cây trồng Việt Nam xuất kho", ["Công ty Giống cây trồng Việt Nam"]),
        # verbs that are halves of nouns
        ("Trung tâm Trợ giúp pháp lý nhà nước cử", ["Trung tâm Trợ giúp pháp lý nhà nước"]),
        ("Cục Người có công và Cục Việc làm gửi", ["Cục Người có công", "Cục Việc làm"]),
        ("Phòng Hành chính tổng hợp, Phòng Quản lý đầu tư, Sở Y tế",
         ["Phòng Hành chính tổng hợp", "Phòng Quản lý đầu tư", "Sở Y tế"]),
        ("Phòng Nghiệp vụ tổng hợp, báo cáo", ["Phòng Nghiệp vụ"]),
        ("Văn phòng Quốc gia về giảm nghèo gửi", ["Văn phòng Quốc gia về giảm nghèo"]),
        # the level at the end of a name, a town that is no province
        ("Hội Nông dân huyện, Phòng Tư pháp huyện gửi",
         ["Hội Nông dân huyện", "Phòng Tư pháp huyện"]),
        ("Trung tâm Y tế thành phố Pleiku, Công an TP. Pleiku trực",
         ["Trung tâm Y tế thành phố Pleiku", "Công an TP. Pleiku"]),
        ("Công an thành phố Chủ trì đôn đốc", ["Công an thành phố"]),
        ("UBND xã Tân Mai. Thời gian", ["UBND xã Tân Mai"]),
        ("UBND đặc khu Côn Đảo, UBND thị trấn Quỹ Nhất gửi",
         ["UBND đặc khu Côn Đảo", "UBND thị trấn Quỹ Nhất"]),
        ("UBND các quận huyện, thị xã gửi", ["UBND các quận huyện, thị xã"]),
        # a field and the place are the name
        ("Thuế tỉnh, Hải quan khu vực XIV, Thuế cơ sở 3 gửi",
         ["Thuế tỉnh", "Hải quan khu vực XIV", "Thuế cơ sở 3"]),
        ("VNPT Gia Lai, Agribank chi nhánh tỉnh gửi", ["VNPT Gia Lai", "Agribank chi nhánh tỉnh"]),
        ("ngành Thuế tỉnh lo", ["ngành Thuế"]),
        ("Công ty Lúa Vàng - Chi nhánh Viettel Gia Lai mở",
         ["Công ty Lúa Vàng - Chi nhánh Viettel Gia Lai"]),
        # numbers at the end
        ("Phòng Công chứng số 1, Bệnh viện Quân y 13, Sư đoàn 5 gửi",
         ["Phòng Công chứng số 1", "Bệnh viện Quân y 13", "Sư đoàn 5"]),
        ("Tòa án nhân dân khu vực 4 - Gia Lai xử", ["Tòa án nhân dân khu vực 4 - Gia Lai"]),
        # three fields of one body
        ("Trung tâm Giống cây trồng, vật nuôi và thủy sản gửi",
         ["Trung tâm Giống cây trồng, vật nuôi và thủy sản"]),
        ("Phòng Doanh nghiệp, Kinh tế tập thể và tư nhân gửi",
         ["Phòng Doanh nghiệp, Kinh tế tập thể và tư nhân"]),
        ("Ban Kinh tế - Ngân sách HĐND tỉnh họp", ["Ban Kinh tế - Ngân sách HĐND tỉnh"]),
        # what stands before the head
        ("UBKT Tỉnh ủy, TT. Huyện ủy; Chi nhánh Văn phòng Đăng ký đất đai khu vực III gửi",
         ["UBKT Tỉnh ủy", "TT. Huyện ủy",
          "Chi nhánh Văn phòng Đăng ký đất đai khu vực III"]),
        # places, seasons and insurance are no bodies
        ("tại huyện Vụ Bản, phường Hội Phú gieo Vụ Đông Xuân", []),
        ("tham gia BHXH tự nguyện tăng; BHXH tỉnh chi trả", ["BHXH tỉnh"]),
        ("theo Luật Mặt trận Tổ quốc Việt Nam và Luật Tổ chức Tòa án nhân dân", []),
        # a branch, a room and a union of a body by name
        ("Phòng giao dịch Ngân hàng Chính sách xã hội huyện cho vay",
         ["Phòng giao dịch Ngân hàng Chính sách xã hội huyện"]),
        ("Công đoàn ngành Giáo dục, Hội Phụ nữ Bộ Chỉ huy Quân sự tỉnh gửi",
         ["Công đoàn ngành Giáo dục", "Hội Phụ nữ Bộ Chỉ huy Quân sự tỉnh"]),
        ("TT. HĐND tỉnh, Ban Dân vận Huyện ủy định hướng",
         ["TT. HĐND tỉnh", "Ban Dân vận Huyện ủy"]),
        ("Phòng Công chức, viên chức tham mưu", ["Phòng Công chức, viên chức"]),
        ("Trung tâm Cung ứng dịch vụ công tuyên truyền", ["Trung tâm Cung ứng dịch vụ công"]),
        ("Ủy ban bầu cử phường, Tổ bầu cử và Hội đồng tuyển dụng họp",
         ["Ủy ban bầu cử phường", "Tổ bầu cử", "Hội đồng tuyển dụng"]),
        # committees of the Party as a class
        ("Các Huyện ủy, Thành ủy, Đảng ủy trực thuộc Tỉnh ủy gửi",
         ["Các Huyện ủy, Thành ủy, Đảng ủy trực thuộc Tỉnh ủy"]),
        ("các huyện, thị, thành ủy gửi", ["các huyện, thị, thành ủy"]),
    ],
)  # fmt: skip
def test_boards_schools_companies_and_rooms(text: str, names: list[str]) -> None:
    assert [name for name, _ in kinds(text)] == names
