"""Grammar of the names of organisations in plans: the words that ``entities.agency_names`` reads.

In: nothing.  Out: compiled patterns and word lists: the head nouns of names, what joins the words
of one name, and the words that end it.
"""

from __future__ import annotations

import re

from pipeline import gazetteers
from pipeline.entities import place_patterns
from pipeline.entities.class_patterns import ITEM
from pipeline.language.letters import LOWER, UPPER

_HEADS = tuple(head.name for head in gazetteers.agency_heads())
# Names of associations, funds, centres and companies are sentences of their own.
WIDE_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.wide)
# Heads whose name may go on in small letters: "Hiệp hội vận tải".
LOWER_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.lower)
STANDALONE = frozenset(head.name for head in gazetteers.agency_heads() if head.alone)
# Heads that stand before a place alone: "Bảo tàng tỉnh", "Kho bạc Nhà nước khu vực II".
LOCAL_HEADS = frozenset(head.name for head in gazetteers.agency_heads() if head.placed)

NOT_A_HEAD = re.compile(
    r"(?:Ban hành|Hội nghị|Hội thảo|Hội thi|Hội đàm|Hội nhập|Hội chợ|Hội diễn"
    r"|Hội thao|Hội khỏe|Báo cáo|Báo chí|Báo in"
    r"|Báo điện tử(?!\s[A-ZĐ])|Báo:|Trường hợp|Đoàn kết|Đoàn viên|Tổ chức|tổ chức"
    r"|Tổ trưởng|Tổ phó|Tổ dân phố|Viện trợ|Viện trưởng|Vụ trưởng|Cục trưởng"
    r"|Vụ (?:Đông|Mùa|mùa|Hè|Xuân|Thu|[123](?!\w))"
    r"|Phòng,|Phòng chống|Phòng thủ|Phòng cháy|Phòng không"
    r"|phòng chống|phòng,|phòng ngừa|phòng bệnh|phòng cháy|phòng thủ"
    r"|phòng họp|phòng khám|Cục bộ|Trung tâm của|Thanh tra,|Công an,|Đài,|Báo,|Tổng hợp"
    r"|Tổng kết|Tổng số|Tổng thể|Tổng cộng|Tổng kiểm|Tổng điều tra|Tổng vốn|Tổng mức"
    r"|Tổng [Cc]ục trưởng|Tổng Cục thuộc|Đoàn (?:Thị|Văn|Đức|Ngọc|Hữu)[ ]"
    r"|Tổng Bí thư|Tổng Thư ký|Tổng thư ký"
    r"|Tổng Giám đốc|Bộ trưởng|Bộ tiêu chí|Bộ chỉ số"
    r"|Bộ Chỉ số|Bộ [Ll]uật"
    r"|Bộ KPI|Bộ câu hỏi|Bộ thủ tục|Bộ tài liệu|Ban đầu|Ban ngày|Cơ quan chủ trì"
    r"|Cơ quan phối hợp|Cơ quan thực hiện|Cơ quan,|Quỹ đất|Bộ phận,|Bộ,|Sở,|Ban,|Hội,"
    r"|Công an [Nn]hân dân"
    r"|Hội viên|Đoàn công tác|Phòng ngừa|Phòng bệnh|Cổng trường"
    r"|Cổng Dịch vụ|Cổng dịch vụ"
    r"|Trang thiết bị|Trang bị|Mặt trận,|Tổ [Qq]uốc|Phòng học|Trường chuẩn)"
)
# Syllables that are verbs alone and end a noun here: "Vụ Đào tạo", "Cục Hậu cần".
COMPOUND = re.compile(
    r"(?i)(?:đào tạo|cải tạo|chế tạo|hậu cần|văn xã|hợp tác xã|trung cấp|sơ cấp|cao cấp|xổ số"
    r"|tự vệ|tiếng nói|dân số|chuyển đổi số|công nghệ số|kinh tế số|kỹ thuật số|ngoại giao"
    r"|chương trình|công trình|công lập|độc lập|dân lập|tư lập|tự luận|liệu mở|đăng ký|thư ký"
    r"|bầu cử|thi cử|công ích|(?<=quốc )gia thẩm định|đại biểu|kiến thiết|tác xã"
    r"|trợ giúp|việc làm|(?<=dục )thường xuyên|người có công|hàng không|sáng tạo|gia tăng"
    r"|giảm nghèo|dạy nghề|đấu thầu|lý hoạt động|trật tự|bàn giao"
    r"|(?:(?:tế|liệu|động|khí|trình|định|lý|lượng) xây dựng|(?:hoạch|chính|vụ|toán) tổng hợp"
    r"|lý đầu tư)(?=\s*(?:,(?!\s*(?:báo cáo|tham mưu|trình|đề xuất|theo dõi|đánh giá|rà soát))"
    r"|[;.:)\n]|$"
    r"|chủ trì|phối hợp|và (?:các|C))))(?!\w)"
)


def _stops(*, wide: bool) -> re.Pattern[str]:
    words = [
        re.escape(row.word).replace(r"\ ", " ")
        + (f"(?! (?:{'|'.join(row.unless)}))" if row.unless else "")
        for row in gazetteers.name_stops()
        if row.in_wide or not wide
    ]
    return re.compile(rf"(?:{'|'.join(words)}|số(?=[ ]\d))(?!\w)")


NAME_STOP = _stops(wide=False)
WIDE_NAME_STOP = _stops(wide=True)
# A figure right behind a small letter is the mark of a footnote.
_SYLLABLE = rf"([^\W\d_](?:[^\W\d_]|&|(?<![{LOWER}])\d|-(?=\w)|\.(?=\w))*)"
NEXT_WORD = re.compile(_SYLLABLE)
WORD = re.compile(rf"[ ]{_SYLLABLE}")
SCHOOL = re.compile(
    r"[ ](?:Đại học|Cao đẳng|Trung|Tiểu học|Mầm non|Mẫu giáo|Phổ thông|Chính trị|Đào tạo|Quản lý"
    r"|Bồi dưỡng|Cán bộ|Nghiệp vụ|Sĩ quan|Dân tộc|Dạy nghề|Giáo dục|Năng khiếu|Công an|Quân sự"
    r"|Quốc tế|Chuyên|TH|ĐH|CĐ|MN|PT|DT)"
)
HEAD = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(h) for h in sorted(_HEADS, key=len, reverse=True))})(?!\w)"
)
PREFIX_PERSON = re.compile(
    r"(?:Trưởng|Phó Trưởng|Phó trưởng|trưởng|Trường|[Ll]ãnh đạo|[Đđ]ại diện|[Cc]ác)\s+$"
)
# "phối hợp với phòng Giáo dục và Đào tạo": in small letters where a department has the same field.
KNOWN_ROOM = re.compile(
    "phòng (?:"
    + "|".join(
        sorted(
            {
                re.escape(name.removeprefix("Sở "))
                for row in gazetteers.agencies()
                for name in (row.name, *row.aliases)
                if name.startswith("Sở ")
            },
            reverse=True,
        )
    )
    + r")(?!\w)"
    + rf"|phòng Quản lý (?=[{LOWER}])"
)
# Boards of an examination, mostly in small letters: "Ban coi thi", "Hội đồng ra đề".
EXAM_BOARD = re.compile(
    r"[ ](?:(?:coi|chấm|phúc khảo|ra đề|làm đề|in sao|vận chuyển)(?: bài)?(?: đề)?(?: thi)?"
    r"|[Ll]àm phách|đề thi|thư ký(?= Hội đồng)|(?:kỳ )?thi(?= tốt nghiệp| tuyển sinh|, tuyển sinh)"
    r"|phúc khảo)(?!\w)"
)
EXAM_HEADS = frozenset({"Ban", "Ban Chỉ đạo", "Ban chỉ đạo", "Hội đồng", "Tổ"})
# Rooms and bodies that are named by the body they belong to: "Thanh tra Bộ Nội vụ".
OWNED = re.compile(
    r"(?:UBKT|Ban Tuyên giáo(?: và Dân vận)?|Ban Dân vận|Ban Tổ chức|Ban Nội chính"
    r"|Ban Thường vụ|Ban Chấp hành(?: Đảng bộ)?|Ban Kinh tế|Ban Biên tập|Ban Giám đốc"
    r"|Ban Chuyên đề|Thường trực|Văn [Pp]hòng|Thanh tra|Đảng ủy|Đảng uỷ|Đảng bộ"
    r"|Ủy ban Kiểm tra|Cơ quan .*|Ban Chỉ đạo.*|Ban chỉ đạo.*|Đoàn [Kk]iểm tra.*"
    r"|Hội Phụ nữ|Hội LHPN|Hội Liên hiệp Phụ nữ|Phòng giao dịch"
    r"|Công đoàn|Đoàn Thanh niên|Đoàn Chủ tịch|Hội đồng .*|Tạp chí|Báo|Bộ phận .*"
    r"|(?:Ban|Tổ|Vụ|Cục|Phòng|Trung tâm|Viện|Thường trực|Thanh tra) .*"
    r"|[ỦU][ỷy] ?ban (?!nhân dân|Mặt trận|MTTQ).*)$"
)
LOWER_NAMES = re.compile(
    r"[ ](?:phòng, chống|phòng chống|cải cách|chuyển đổi|phòng thủ|quốc gia|kiểm tra"
    r"|liên ngành|tư vấn|vận tải|nghề cá|hữu nghị|các Doanh|các nhà|Các nhà|các trường"
    rf"|truyền thanh|y tế|(?:cổ phần|trách nhiệm hữu hạn(?: một thành viên)?)(?=[ ][{UPPER}])"
    r"|các chợ|chợ|rừng (?:phòng hộ|đặc dụng)"
    r"|(?<=Trung tâm )(?:(?:phục vụ )?hành chính công"
    r"|thông tin|xúc tiến|khuyến nông|khuyến công|văn hóa|phát triển quỹ đất|bồi dưỡng chính trị"
    r"|dịch vụ việc làm|học tập cộng đồng|trợ giúp pháp lý|bảo trợ xã hội|mua sắm|cấp cứu)"
    r"|(?<=Học viện )cán bộ|(?<=Viện )dinh dưỡng"
    r"|kiểm soát|xác minh|đường bộ|công nghệ|an toàn"
    r"|(?<=Tổ )công tác (?:giúp việc|liên ngành|đặc biệt)|công tác|thực hiện|quản lý"
    r"|xây dựng(?! (?:kế hoạch|dự thảo|báo cáo)|,)"
    r"|thi tuyển|thi đua|thi nâng ngạch|xét tuyển|nghĩa vụ|khoa học|thẩm định"
    r"|(?<=Hội đồng )(?:thi(?! hành)|tuyển sinh)"
    r"|(?<=Công đoàn )ngành (?:Giáo dục|Y tế|Công Thương|Nông nghiệp|Xây dựng|Giao thông)"
    r"(?: (?:và Đào tạo|và Phát triển nông thôn|và Môi trường|[Vv]ận tải))?|(?<=Đoàn )giám sát"
    r"|dự án đầu tư xây dựng(?: các)?(?: công trình)?(?: (?:giao thông|dân dụng|công nghiệp|hạ tầng"
    r"|thủy lợi|nông nghiệp|phát triển nông thôn)(?: và(?= (?:công|nông|phát|hạ|dân|giao|thủy)))?)*"
    r"|dự án|các dự án|đầu tư|giúp việc"
    r"|các Chương trình mục tiêu quốc gia(?: giai đoạn \d{4}\s*[-–]\s*\d{4})?|sức khỏe nghề nghiệp"
    r"|y dược|sốt rét|vệ sinh dịch tễ|cấp trên trực tiếp cơ sở|cơ sở|điện tử|công an|quân sự"
    r"|các (?:[Kk]hu"
    r"|khu) (?:công nghiệp|kinh tế|chế xuất)"
    r"(?:(?:,| và) (?:[Kk]hu )?(?:[Cc]hế xuất|[Kk]inh tế|[Cc]ông nghiệp|[Cc]ông nghệ cao))?)(?!\w)"
)
# Laws that are called by the body they are about: "Luật Mặt trận Tổ quốc Việt Nam".
LAW_OF_BODY = re.compile(
    r"(?:Luật|Pháp lệnh)\s(?:[Tt]ổ chức\s)?(?:Mặt trận Tổ quốc(?: Việt Nam)?|Chính phủ|Quốc hội"
    r"|T(?:òa|oà) án nhân dân|Viện [Kk]iểm sát nhân dân|Công đoàn|Bảo hiểm xã hội|Thanh tra"
    r"|Công an nhân dân|Kiểm toán [Nn]hà nước|Ngân hàng Nhà nước(?: Việt Nam)?|Cảnh sát biển"
    r"(?: Việt Nam)?|Bộ đội [Bb]iên phòng|Hội đồng nhân dân(?: và Ủy ban nhân dân)?)(?!\w)"
)
# Bodies whose name is a field and the place alone: "Thuế tỉnh", "VNPT Gia Lai".
_SPOT = rf"(?:[Cc]hi nhánh[ ])?(?:tỉnh|[Tt]hành phố|TP\.?)?[ ]?{place_patterns.place()}"
PLACED_NAME = re.compile(
    r"(?<!\w)(?<![Nn]gành )(?:(?:Thuế|Thống kê|Thi hành án dân sự|Hải quan|Viễn thông)"
    r"[ ](?:khu vực[ ](?:[IVX]+|\d{1,2})(?!\w)"
    rf"|cơ sở[ ]\d{{1,2}}(?!\w)(?:[ ]tỉnh[ ]{place_patterns.place()})?"
    rf"|(?:tỉnh|[Tt]hành phố|TP\.?)(?:[ ]{place_patterns.place()})?(?!\w)|{place_patterns.place()})"
    r"|(?<!hánh )(?:VNPT|Viettel|VinaPhone|Vinaphone|MobiFone|Mobifone|FPT|Agribank|BIDV"
    rf"|Vietcombank|VietinBank|Vietinbank|PC)(?:[ ]?[-–])?[ ](?:{_SPOT}|(?:chi nhánh )?tỉnh(?!\w)))"
)
NUMBERED_NAME = re.compile(
    r"(?<!\w)(?:Sư đoàn|Trung đoàn|Binh đoàn|Quân đoàn|Hải đội|Chi bộ|Lữ đoàn)[ ]\d{1,3}"
    r"(?![\w/%.]|[ ]\w+ viên)"
)
# A duty begins: "Cục Kinh tế xây dựng Chủ trì đôn đốc".
_DUTY = (
    r"(?:Chủ trì|Chủ động|Phối hợp (?:với|cùng)|Chịu trách nhiệm|Có trách nhiệm|Tiếp tục|Tăng cường"
    r"|Căn cứ)(?!\w)"
)
DUTY = re.compile(_DUTY)
# What joins the words of one name: the second half is no body of its own.
JOINT_COMMA = re.compile(
    r",[ ](?=(?:chống|sinh viên|(?<=iám sát, )điều hành|Khen thưởng"
    r"|viên chức(?! (?:và|của|các))|(?<=Sổ, )Thẻ|(?<=BHXH, )BHYT"
    r"|Khai thác Công trình|(?<=cứu nạn, )cứu hộ|(?<=Quản lý, )giám sát|Gia đình và Thư viện"
    r"|Trẻ em|Thể thao|Gia đình|Cao đẳng|Du lịch|kỹ thuật|nhân tài"
    r"|thu nhập"
    r"|Trung cấp|cứu nạn|tìm kiếm|bồi dưỡng cán bộ|giáo dục pháp luật|chữa bệnh|chữa cháy"
    r"|In và Phát hành|Tài chính(?=\s*[:\n])|Thông tin, Thể thao|Vệ sinh lao động|Tôn giáo"
    r"|(?<= thi, )tuyển sinh|(?<=thi đua, )khen thưởng|(?<=Bưu chính, )Viễn thông"
    r"|gian lận thương mại|kinh tế, buôn lậu|buôn lậu|[Bb]ồi dưỡng|Thương mại)\b)"
)
# "Cục Đo đạc, Bản đồ và Thông tin địa lý": three fields of one office.
JOINT_SERIES = re.compile(
    rf",[ ](?=[{UPPER}][{LOWER}]+(?:[ ][{LOWER}]+){{1,3}}[ ]và[ ][{UPPER}]?[{LOWER}]+[ ][{LOWER}]+)"
)
# "Trung tâm Giống cây trồng, vật nuôi và thủy sản": the fields in small letters.
JOINT_FIELDS = re.compile(
    rf",[ ](?!{ITEM}|{NAME_STOP.pattern})"
    rf"(?=[{LOWER}]+[ ][{LOWER}]+[ ]và[ ][{LOWER}]+[ ][{LOWER}]+(?!\w))"
)
# "Phòng Doanh nghiệp, Kinh tế tập thể và tư nhân": a room of three fields, no list of rooms
JOINT_ROOM = re.compile(
    rf",[ ][{UPPER}][{LOWER}]+(?:[ ][{LOWER}]+){{1,3}}[ ]và[ ](?!các)[{LOWER}]+[ ][{LOWER}]+(?!\w)"
)
# "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi"
ZONES_TOO = re.compile(
    r"[ ]và[ ]các[ ][Kk]hu (?:công nghiệp|chế xuất|kinh tế|công nghệ cao)"
    rf"(?:[ ]{place_patterns.place()})?"
)
NUMBERED_PLACE = re.compile(r"[ ]số[ ]\d{1,2}(?![\w/%-]|[.,]\d)")
NUMBERED_PLACES = ("Phòng", "Trường", "Trạm", "Đội", "Bệnh viện", "Trung tâm", "Nhà máy")
NUMBERED_CLINIC = re.compile(r"(?:(?<=Quân y)|(?<=Cấp cứu))[ ]\d{1,3}(?![\w/%-]|[.,]\d)")
FIELD_HEADS = ("Trung tâm", "Chi cục", "Cục", "Công ty", "Phòng", "Ban Quản lý", "Viện")
SERIES_HEADS = ("Cục", "Vụ", "Viện", "Ban", "Chi cục", "Trung tâm", "Ủy ban", "Tổng cục")
JOINT_DASH = re.compile(
    rf"[ ]?[-–][ ](?!Đồng chí|Ông |Bà |Phòng \d|Chỉ đạo|Tham mưu|Hướng dẫn|Thực hiện|{_DUTY})"
    rf"(?=[{UPPER}])"
    r"|[ ][-–][ ](?=(?:hành chính|kinh tế|xã hội|ngân sách|tổng hợp|đào tạo|kỹ thuật|khen thưởng"
    r"|tài chính|đầu tư|lao động|thương binh|gia đình|văn nghệ)(?!\w))"
)
JOINT_AND = re.compile(
    rf"[ ]và[ ](?!Chỉ thị|Nghị quyết|Nghị định|Quyết định|Kế hoạch số"
    r"|Thủ trưởng|Giám đốc|Chủ tịch|Trưởng|Chánh|Phó|Lãnh đạo|Vụ trưởng|Cục trưởng"
    rf"|Viện trưởng)(?=(?:[{UPPER}]"
    r"|phát triển|xuất|hợp tác|đổi mới|tìm kiếm cứu nạn|phòng|đào tạo|trẻ em|truyền thanh"
    r"|cứu hộ|cứu nạn|an ninh|(?<=sản và )thủy sản"
    r"|cải cách hành chính|chữa cháy|thông tin điện tử|theo dõi thi hành|bồi dưỡng|kiểm định"
    r"|in sao đề|bàn giao đề|hàng giả|bảo vệ|môi trường|thị trường|biến đổi khí hậu|hải đảo"
    r"|chất lượng|truyền thông|giáo dục))"
)
_LOWER_ITEM = rf"(?:{ITEM}|thủ trưởng|giám đốc|lãnh đạo|người|cán bộ|cá nhân)(?!\w)"
# "Viện Chiến lược và chính sách": what follows is neither a verb nor a body of its own.
WIDE_AND = re.compile(rf"[ ]và[ ](?=[{LOWER}])(?!{NAME_STOP.pattern})(?!{_LOWER_ITEM})")
# "Ủy ban Quốc gia về chuyển đổi số", but "báo cáo Ban Chỉ đạo Trung ương về kết quả …".
JOINT_ABOUT = re.compile(
    r"(?:(?<=[Qq]uốc gia)|(?<=Trung ương)|(?<=tội phạm)|(?<=liên ngành))"
    r" về (?!kết quả|tình hình|việc|tiến độ"
    r"|các|những"
    r"|công tác|thực hiện|xây dựng|nhiệm vụ)"
    r"|(?:(?<=hành chính)|(?<=nhà nước)|(?<=chung)) về (?=trật tự|chất lượng|xây dựng pháp luật"
    r"|tôn giáo|lao động|đất đai|du lịch|giáo dục|y tế|thương mại|môi trường|dân tộc)"
)
# "Hiệp hội thuốc lá Việt Nam": in small letters up to the country.
NATIONAL = re.compile(
    r"(?:[ ](?!(?:và|các|của|cho|với|tại|có|là|được|trong|theo|để)(?!\w))\w+){1,6}?"
    r"[ ]Việt Nam(?!\w)"
)
# "Phó Chủ tịch Thường trực", "Phó Trưởng Ban Thường trực": a person.
STANDING_DEPUTY = re.compile(
    r"(?:Thủ tướng|Chủ tịch|Bí thư|Trưởng|Trưởng [Bb]an|Giám đốc)\s(?:Ban\s)?Thường trực[^\n]*$"
)
# "Văn phòng chủ trì", "Văn phòng, Vụ Pháp chế": the issuer's own office needs no more of a name.
BARE_OFFICE = re.compile(
    r"\s*(?:[,;]\s*(?:Vụ|Cục|Phòng|Ban|Thanh tra|Trung tâm)\s|(?:chủ trì|phối hợp|tham mưu"
    r"|có trách nhiệm|chịu trách nhiệm|tổng hợp)(?!\w))"
)
IN_ADDRESS = re.compile(
    r"(?:(?:[Ss]ố|đường|(?<![Tt]hành )phố|ngõ)\s+\d*[\w/]*\s*(?:đường\s+)?|tòa nhà\s+)$"
)
# "Trường Bồi dưỡng cán bộ tài chính tại Thành phố Hồ Chí Minh": the seat tells it from its sister.
SEATED = re.compile(
    r"Trường (?:Đào tạo|Bồi dưỡng|Cán bộ|Nghiệp vụ|Quản lý)|Phân hiệu|Phân viện"
    r"|Đại sứ quán|Tổng Lãnh sự quán"
)
SEAT = re.compile(
    rf"[ ]tại[ ](?:(?:(?:TP\.?|[Tt]hành phố|tỉnh)[ ]?)?{place_patterns.place()}"
    rf"|[{UPPER}][{LOWER}]+(?:[ ][{UPPER}][{LOWER}]+){{0,2}}(?!\w))"
)
