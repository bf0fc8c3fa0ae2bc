"""Section splitting: what opens a section, what only looks like it, and how the tree is built."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.structure import acts, outline
from pipeline.structure.outline import Node, Outline

HEAD = "KẾ HOẠCH\nTrồng cây năm 2031\nUBND tỉnh ban hành Kế hoạch như sau:\n"


def build(body: str) -> tuple[str, Outline]:
    text = HEAD + body
    return text, outline.build(text, acts.find_layout(text))


def walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def paths(body: str, *, bullets: bool = False) -> list[str]:
    nodes = walk(build(body)[1].nodes)
    return ["/".join(n.path) for n in nodes if bullets or n.kind != "bullet"]


OUTLINES = {
    "one marker a line": (
        "I. MỤC ĐÍCH\n1. Mục đích\nPhủ xanh.\n2. Yêu cầu\na) Đúng vụ.\nb) Tiết kiệm.\n"
        "II. NỘI DUNG\n1. Chọn giống\nTốt.\n2. Trồng cây\nĐều.\n",
        ["I", "I/1", "I/2", "I/2/a", "I/2/b", "II", "II/1", "II/2"],
    ),
    "all line ends lost": (
        "I. MỤC ĐÍCH 1. Mục đích: Phủ xanh đô thị. 2. Yêu cầu: Đúng thời vụ. II. NỘI DUNG "
        "1. Chọn giống cây phù hợp. 2. Trồng cây vào mùa mưa. a) Tại trường học. b) Tại công sở. "
        "III. TỔ CHỨC THỰC HIỆN 1. Sở Xây dựng chủ trì. 2. Sở Tài chính cấp kinh phí.",
        ["I", "I/1", "I/2", "II", "II/1", "II/2", "II/2/a", "II/2/b", "III", "III/1", "III/2"],
    ),
    "some headings inside lines": (
        "I. MỤC ĐÍCH, YÊU CẦU 1. Mục đích - Phủ xanh đô thị. - Làm mát phố. 2. Yêu cầu - Đúng vụ.\n"
        "II. NỘI DUNG 1. Chọn giống phù hợp.\n2. Trồng cây mùa mưa.",
        ["I", "I/1", "I/2", "II", "II/1", "II/2"],
    ),
    "spaces before the points": (
        "I . MỤC ĐÍCH\nPhủ xanh.\nII . NỘI DUNG\n1 . Chọn giống\n2 . Trồng cây",
        ["I", "II", "II/1", "II/2"],
    ),
    "decimals under numbers": (
        "I. MỤC ĐÍCH\nPhủ xanh.\nII. NỘI DUNG\n1. Chọn giống\n1.1. Cây bóng mát\n1.2. Cây ăn quả\n"
        "2. Trồng cây\n2.1. Mùa mưa\n2.2. Mùa khô\na) Tưới.\nb) Che.\nIII. KINH PHÍ\nNgân sách.",
        ["I", "II", "II/1", "II/1/1.1", "II/1/1.2", "II/2", "II/2/2.1", "II/2/2.2",
         "II/2/2.2/a", "II/2/2.2/b", "III"],
    ),
    "decimals under roman numbers": (
        "I. MỤC ĐÍCH\n1.1. Phủ xanh\nCây.\n1.2. Làm mát\nBóng.\n"
        "II. NỘI DUNG\n2.1. Chọn giống\nTốt.\n2.2. Trồng cây\nĐều.",
        ["I", "I/1.1", "I/1.2", "II", "II/2.1", "II/2.2"],
    ),
    "articles": (
        "Điều 1. Phạm vi\n1. Toàn tỉnh.\n2. Cả năm.\nĐiều 2. Trách nhiệm\na) Sở Xây dựng làm.\n"
        "b) Sở Tài chính cấp tiền theo Điều 5 của Luật.\nĐiều 3. Hiệu lực\nTừ ngày ký.",
        ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2", "Điều 2/a", "Điều 2/b", "Điều 3"],
    ),
    "parts": (
        "Phần I\nMỤC TIÊU\n1. Phủ xanh\nCây.\n2. Làm mát\nBóng.\nPhần II\nNỘI DUNG\n"
        "I. CHỌN GIỐNG\n1. Cây bóng mát\nTốt.\nII. TRỒNG CÂY\n1. Mùa mưa\nĐều.",
        ["Phần I", "Phần I/1", "Phần I/2", "Phần II", "Phần II/I", "Phần II/I/1", "Phần II/II",
         "Phần II/II/1"],
    ),
    "chapters": (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nToàn tỉnh.\n"
        "Chương II\nTHỰC HIỆN\nĐiều 2. Trách nhiệm\nSở Xây dựng.",
        ["Chương I", "Chương I/Điều 1", "Chương II", "Chương II/Điều 2"],
    ),
    "letters above roman numbers": (
        "A. MỤC TIÊU\nI. Chung\nPhủ xanh.\nII. Riêng\nLàm mát.\n"
        "B. NỘI DUNG\nI. Chọn giống\nTốt.\nII. Trồng cây\nĐều.",
        ["A", "A/I", "A/II", "B", "B/I", "B/II"],
    ),
    "projects under numbers": (
        "I. NỘI DUNG\n1. Chọn giống\nDự án 1: Cây bóng mát\n- Tốt.\nDự án 2: Cây ăn quả\n- Tốt.\n"
        "2. Trồng cây\nDự án 1: Mùa mưa\na) Tưới.\nb) Che.\nII. KINH PHÍ\nNgân sách.",
        ["I", "I/1", "I/1/Dự án 1", "I/1/Dự án 2", "I/2", "I/2/Dự án 1", "I/2/Dự án 1/a",
         "I/2/Dự án 1/b", "II"],
    ),
    "the first project behind the words of a heading": (
        "I. NỘI DUNG\n1. Chọn giống Dự án 1: Cây bóng mát\n- Tốt.\nDự án 2: Cây ăn quả\n- Tốt.\n"
        "2. Trồng cây\nTheo vụ.\n3. Tưới cây\nĐều.",
        ["I", "I/1", "I/1/Dự án 1", "I/1/Dự án 2", "I/2", "I/3"],
    ),
    "numbers under projects": (
        "I. NỘI DUNG\nDự án 1: Cây bóng mát\n1. Mục tiêu\nPhủ xanh.\n2. Kinh phí\nNgân sách.\n"
        "Dự án 2: Cây ăn quả\n1. Mục tiêu\nCó quả.\n2. Kinh phí\nNgân sách.\n"
        "Tiểu dự án 1: Cam\nNgọt.\nTiểu dự án 2: Quýt\nChua.\nII. KẾT LUẬN\nTốt.",
        ["I", "I/Dự án 1", "I/Dự án 1/1", "I/Dự án 1/2", "I/Dự án 2", "I/Dự án 2/1",
         "I/Dự án 2/2", "I/Dự án 2/Tiểu dự án 1", "I/Dự án 2/Tiểu dự án 2", "II"],
    ),
    "the Vietnamese run of points": (
        "I. NỘI DUNG\na) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nđ) Năm.\ne) Sáu.\ng) Bảy.\nh) Tám.",
        ["I", "I/a", "I/b", "I/c", "I/d", "I/đ", "I/e", "I/g", "I/h"],
    ),
    "a dash before each point": (
        "I. NỘI DUNG\n1. Việc chính\n- a) Chọn giống.\n- b) Làm đất.\n- c) Trồng cây.\n"
        "2. Việc phụ\nLàm sau.",
        ["I", "I/1", "I/1/a", "I/1/b", "I/1/c", "I/2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines(name: str) -> None:
    body, expected = OUTLINES[name]
    assert paths(body) == expected
    assert build(body)[1].notices == []


@pytest.mark.parametrize(
    ("body", "expected", "codes"),
    [
        (
            "I. MỤC ĐÍCH\nPhủ xanh.\nII. NỘI DUNG\n1. Chọn giống\n2. Làm đất\n4. Trồng cây\n"
            "III. KINH PHÍ\nNgân sách.",
            ["I", "II", "II/1", "II/2", "II/4", "III"],
            ["numbering-gap"],
        ),
        (
            "I. NỘI DUNG\n1. Việc chính\na) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\ne) Năm.\ne) Sáu.\n"
            "g) Bảy.\n2. Việc phụ\nLàm sau.",
            ["I", "I/1", "I/1/a", "I/1/b", "I/1/c", "I/1/d", "I/1/e", "I/1/e", "I/1/g", "I/2"],
            ["numbering-repeated"],
        ),
        (
            "I. NỘI DUNG\nb) Làm đất.\nc) Trồng cây.\nII. KINH PHÍ\nNgân sách.",
            ["I", "I/b", "I/c", "II"],
            ["numbering-gap"],
        ),
    ],
    ids=["a number is missing", "OCR read đ as e", "the first is missing"],
)
def test_faulty_numbering_is_kept_and_noticed(
    body: str, expected: list[str], codes: list[str]
) -> None:
    assert paths(body) == expected
    assert [code for code, _, _ in build(body)[1].notices] == codes


def test_a_notice_leads_to_its_place() -> None:
    text, found = build("I. NỘI DUNG\n1. Một\n2. Hai\n4. Bốn\n")
    ((_, message, at),) = found.notices
    assert text[at:].startswith("4. Bốn")
    assert message == "2. is followed by 4.."


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo Điều 5 Luật Xây dựng và Điều 6.",
        "Hoàn thành đến năm 2021. Làm tiếp năm sau.",
        "Cung cấp dịch vụ mức độ 3 và 4. Phục vụ dân.",
        "Triển khai Đề án 06. Kết nối dữ liệu.",
        "Nghị quyết Đại hội khóa XII. Nêu rõ việc.",
        "Mức chi 2.000 đồng mỗi cây.",
        "Áp dụng từ 01/7/2025. Hết hiệu lực sau.",
        "Trong Quý II. Làm ngay.",
        "Tại Phụ lục I. Xem thêm.",
        "Theo khoản 2. Điều này áp dụng.",
        "Giai đoạn I. Đã xong.",
        "Đạt 3.5 điểm trở lên.",
        "Tổ 1. Nhà văn hóa.",
    ],
)
def test_look_alikes_open_nothing(sentence: str) -> None:
    assert paths(f"I. NỘI DUNG\n{sentence}\nII. KINH PHÍ\nNgân sách.") == ["I", "II"]


def test_dashes_and_pluses_count_under_their_parents() -> None:
    body = "I. NỘI DUNG\n- Một.\n+ Một a.\n+ Một b.\n- Hai.\n+ Hai a.\nII. KINH PHÍ\n- Ba.\n"
    assert paths(body, bullets=True) == [
        "I", "I/-1", "I/-1/+1", "I/-1/+2", "I/-2", "I/-2/+1", "II", "II/-1",
    ]  # fmt: skip


def test_dashes_inside_a_flattened_line() -> None:
    body = "I. MỤC ĐÍCH 1. Mục đích - Phủ xanh đô thị. - Làm mát phố. 2. Yêu cầu - Đúng vụ."
    assert paths(body, bullets=True) == ["I", "I/1", "I/1/-1", "I/1/-2", "I/2", "I/2/-1"]


def test_a_hyphen_in_a_name_is_no_dash() -> None:
    body = "I. NỘI DUNG\nĐài Phát thanh - Truyền hình, Sở Lao động - Thương binh đưa tin.\n"
    assert paths(body, bullets=True) == ["I"]


def test_titles_and_texts() -> None:
    text, found = build("I. MỤC ĐÍCH\nPhủ xanh.\n1. Yêu cầu\nĐúng vụ.\n")
    first, second = list(walk(found.nodes))
    assert (first.marker, first.title, first.label) == ("I.", "MỤC ĐÍCH", "I")
    assert text[first.text_start : first.text_end] == "MỤC ĐÍCH\nPhủ xanh."
    assert (second.marker, second.title) == ("1.", "Yêu cầu")
    assert text[second.text_start : second.text_end] == "Yêu cầu\nĐúng vụ."


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("MỤC ĐÍCH, YÊU CẦU Kế hoạch này", "MỤC ĐÍCH, YÊU CẦU"),
        ("NHIỆM VỤ NĂM 2031 (ĐỢT 1) cụ thể", "NHIỆM VỤ NĂM 2031 (ĐỢT 1)"),
        ("CÂY Ở ĐƯỜNG A Trồng", "CÂY Ở ĐƯỜNG"),
        ("UBND tỉnh trồng cây", "UBND tỉnh trồng cây"),
        # a table of contents: the time must not double with every point of the leader
        ("MỤC TIÊU" + "." * 400 + "3", "MỤC TIÊU" + "." * 400 + "3"),
        ("." * 4000 + "3a", "." * 60),
    ],
)
def test_headings_in_capitals(line: str, title: str) -> None:
    _, found = build(f"I. {line}\n")
    assert next(walk(found.nodes)).title == title


def test_a_long_item_has_a_short_title() -> None:
    _, found = build("I. NỘI DUNG\n1. " + "Trồng cây ven đường " * 20 + "\n2. Chăm sóc\n")
    items = [node for node in walk(found.nodes) if node.path == ["I", "1"]]
    assert len(items[0].title) <= 60


def test_the_preamble_is_what_stands_before_the_first_heading() -> None:
    text, found = build("I. MỤC ĐÍCH\nPhủ xanh.\n")
    assert found.preamble is not None
    assert text[slice(*found.preamble)] == "UBND tỉnh ban hành Kế hoạch như sau:"


def test_annexes_are_roots_of_their_own() -> None:
    body = (
        "I. NỘI DUNG\nTrồng cây.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
        "PHỤ LỤC I\nDANH MỤC CÂY\n1. Cây sao\n2. Cây dầu\n"
        "PHỤ LỤC II\nDANH MỤC PHỐ\n1. Phố Đông\n2. Phố Tây\n"
    )
    assert paths(body) == ["I", "PL1", "PL1/1", "PL1/2", "PL2", "PL2/1", "PL2/2"]


def test_a_text_without_markers_has_no_sections() -> None:
    _, found = build("Trồng cây khắp nơi.")
    assert found.nodes == []
    assert found.notices == []


PIECES = st.sampled_from(
    [
        "I. MỤC ĐÍCH", "II. NỘI DUNG", "III. KINH PHÍ", "1. Chọn giống", "2. Trồng cây",
        "1.1. Mùa mưa", "1.2. Mùa khô", "a) Tưới.", "b) Che.", "đ) Bón.", "- Một việc.",
        "+ Việc nhỏ.", "Điều 1. Phạm vi", "Phần I", "Sở Xây dựng làm việc này.", "năm 2031.",
        "A. CHUNG", "3. ", ". ", "theo Điều 5", "PHỤ LỤC", "Nơi nhận:",
    ]
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(PIECES, st.sampled_from(["\n", " "])), max_size=25))
def test_any_outline_is_a_tree_of_nested_spans(pieces: list[tuple[str, str]]) -> None:
    text, found = build("".join(piece + gap for piece, gap in pieces))

    def check(nodes: list[Node], path: list[str], start: int, end: int) -> None:
        at = start
        for node in nodes:
            assert node.path == [*path, node.label]
            assert at <= node.start <= node.text_start <= node.text_end <= node.end <= end
            assert text[node.start : node.end] == text[node.start : node.end].strip()
            check(node.children, node.path, node.start, node.end)
            at = node.end

    check(found.nodes, [], 0, len(text))
