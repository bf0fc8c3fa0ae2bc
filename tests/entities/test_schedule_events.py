"""Times that an event names: feasts, named days, before and after something."""

from __future__ import annotations

import pytest

from pipeline.entities.schedules import PlanTime, find

PLAN = PlanTime(2024, 2024, "2024-02-15")


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("mở cao điểm trong dịp Tết Nguyên đán", "trong dịp Tết Nguyên đán", None),
        ("trực chốt trong các dịp lễ, Tết.", "trong các dịp lễ, Tết", None),
        (
            "nhất là trong dịp Tết Dương lịch, Tết Nguyên đán Giáp Thìn và các kỳ nghỉ lễ khác"
            " trong năm 2024.",
            "trong dịp Tết Dương lịch, Tết Nguyên đán Giáp Thìn và các kỳ nghỉ lễ khác"
            " trong năm 2024",
            None,
        ),
        ("trực trong kỳ nghỉ hè năm 2024", "trong kỳ nghỉ hè năm 2024", None),
        ("trực trong dịp 30/4 - 01/5", "trong dịp 30/4 - 01/5", "2024-04-30/2024-05-01"),
        ("xếp loại vào dịp cuối năm", "vào dịp cuối năm", None),
        ("mít tinh nhân Ngày Trồng Cây tại xã", "nhân Ngày Trồng Cây", None),
    ],
)
def test_feasts(text: str, words: str, value: str | None) -> None:
    (found,) = find(text, PLAN)
    assert (text[found.start : found.end], found.kind, found.value) == (words, "event", value)


@pytest.mark.parametrize(
    "text",
    [
        "hàng có nhu cầu sử dụng cao trong dịp Tết",
        "người lao động mất việc trong dịp Tết",
        "từ nay có nhiều dịp lễ",
        "tổ chức vào dịp Lễ tổng kết",
        "chợ Tết Nguyên đán",
        "\x01 của Ủy ban về bảo đảm an toàn trong dịp Tết",  # the title of a citation
    ],
)
def test_feasts_that_bind_nothing(text: str) -> None:
    assert find(text, PLAN) == []


def test_a_feast_in_the_title_is_the_plan_s_own_time() -> None:
    text = "tuần tra trong dịp Tết"
    assert find(text, PLAN, subject="Kế hoạch trực Tết Nguyên đán") == []
    assert len(find(text, PLAN, subject="Kế hoạch trực năm 2024")) == 1
    day = "treo cờ nhân Ngày Trồng Cây"
    assert find(day, PLAN, subject="Hưởng ứng Ngày Trồng cây năm 2024") == []


def test_the_words_of_two_citations_belong_to_one_event() -> None:
    text = "sửa đổi ngay sau khi \x01\x01, \x01\x01 được thông qua."
    (found,) = find(text, PLAN)
    assert text[found.start : found.end].endswith("được thông qua")


def test_named_days_in_a_list() -> None:
    text = (
        "tuyên truyền vào các dịp kỷ niệm: Ngày Nước sạch (22/3), Ngày thế giới trồng cây (21/3),"
        " Tháng hành động vì rừng (tháng 5)."
    )
    assert [(text[s.start : s.end], s.value) for s in find(text, PLAN)] == [
        ("Ngày Nước sạch (22/3)", "2024-03-22"),
        ("Ngày thế giới trồng cây (21/3)", "2024-03-21"),
        ("Tháng hành động vì rừng (tháng 5)", "2024-05"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "relation"),
    [
        (
            "Chậm nhất trước ngày thi tuyển 60 ngày, trường thông báo",
            "Chậm nhất trước ngày thi tuyển 60 ngày",
            "P60D",
            "before",
        ),
        (
            "có trách nhiệm hoàn thiện hồ sơ trước khi Hội đồng phê duyệt danh sách.",
            "trước khi Hội đồng phê duyệt danh sách",
            None,
            "before",
        ),
        (
            "phải thông báo cho đơn vị biết trước khi tiến hành kiểm tra; có trọng tâm",
            "trước khi tiến hành kiểm tra",
            None,
            "before",
        ),
        (
            "báo cáo kết quả sau khi kết thúc tuyển sinh.",
            "sau khi kết thúc tuyển sinh",
            None,
            "from",
        ),
        ("phải báo cáo trong vòng 24 giờ", "trong vòng 24 giờ", "PT24H", "no_later_than"),
        ("gửi giấy mời trước ít nhất 05 ngày", "trước ít nhất 05 ngày", "P5D", "before"),
        ("Kết thúc kiểm tra phải có báo cáo", "Kết thúc kiểm tra", None, "from"),
        (
            "để thực hiện ngay khi có hiệu lực thi hành (từ ngày ký)",
            "ngay khi có hiệu lực thi hành",
            None,
            "from",
        ),
    ],
)
def test_before_and_after(text: str, words: str, value: str | None, relation: str) -> None:
    (found,) = find(text, PLAN)
    assert (text[found.start : found.end], found.value) == (words, value)
    assert (found.kind, found.relation) == ("relative", relation)


@pytest.mark.parametrize(
    "text", ["ngăn xe quá tải trước khi lưu thông", "hủy lọ sau khi sử dụng theo quy định"]
)
def test_how_a_thing_is_used_is_no_time(text: str) -> None:
    assert find(text, PLAN) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mở cầu dịp 30/4/2024.", ["2024-04-30"]),
        ("Hội hoa: dịp lễ 30/4 - 01/5/2024.", ["2024-04-30/2024-05-01"]),
        ("thăm nhà dịp Tết và ngày Thương binh - Liệt sĩ (27/7).", ["2024-07-27"]),
        ("Ra quân Tháng hành động vì rừng và Ngày toàn dân trồng cây 26/6.", ["2024-06-26"]),
        ("tuyên truyền hưởng ứng ngày 26/6", ["2024-06-26"]),
        ("trong thời hạn 10 ngày làm việc phải trả lời", ["P10D"]),
        ("trong vòng một tháng kể từ ngày nhận giống", ["P1M"]),
        ("trong vòng 24h kể từ khi nhận tin", ["PT24H"]),
        ("xong trước khai mạc hội thi 30 ngày", ["P30D"]),
        ("Trước khai mạc 30 ngày phải gửi", ["P30D"]),
        ("xong trước Tết Nguyên đán ít nhất 10 ngày", ["P10D"]),
        # an hour of the day is no length
        ("báo cáo trước 16 giờ 30 phút", []),
        ("thông báo khách trước 23 giờ trong ngày", []),
        ("thông báo khách trước 24 giờ", ["PT24H"]),
        ("thông báo trước 01 giờ khi cập bến", ["PT1H"]),
        ("gửi trước ít nhất 12 giờ", ["PT12H"]),
    ],
)
def test_days_and_lengths_around_events(text: str, expected: list[str]) -> None:
    assert [s.value for s in find(text, PLAN)] == expected


@pytest.mark.parametrize(
    "text",
    ["trả lời trong vòng 0 ngày kể từ ngày nhận", "phải nộp trong thời hạn 00 ngày làm việc"],
)
def test_a_length_of_nothing_is_none(text: str) -> None:
    assert not find(text, PLAN)
