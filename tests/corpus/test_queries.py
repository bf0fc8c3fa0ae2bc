"""What people type and what they expect to see first, over a corpus of sample plans.

Each row: the query, words that the first hit must hold (folded), and how it must be found.
"""

from __future__ import annotations

import pytest

from pipeline.corpus import Corpus, spelling
from pipeline.corpus.searching import Hit

WITH_MARKS = [
    ("đội tuyên truyền viên nhí", "doi tuyen truyen vien nhi"),
    ("lối đi tự mở qua đường sắt", "loi di tu mo qua duong sat"),
    ("vạch sơn đèn tín hiệu", "vach son den tin hieu"),
    ("điểm đen tai nạn", "diem den tai nan"),
    ("văn hóa nhường đường", "van hoa nhuong duong"),
    ("hợp tác xã xe khách", "hop tac xa xe khach"),
    ("bản mô tả vị trí việc làm", "ban mo ta vi tri viec lam"),
    ("văn bản quy phạm pháp luật", "van ban quy pham phap luat"),
    ("cải cách hành chính", "cai cach hanh chinh"),
    ("chữ ký số cá nhân", "chu ky so ca nhan"),
    ("hộ nghèo có nhu cầu", "ho ngheo co nhu cau"),
    ("kinh phí thực hiện", "kinh phi thuc hien"),
    ("Quảng Nam", "quang nam"),
]
WITHOUT_MARKS = [(folded, folded) for _, folded in WITH_MARKS]
PARTIAL = [
    ("đội tuyen truyền viên nhi", "doi tuyen truyen vien nhi"),
    ("lối di tự mo", "loi di tu mo"),
    ("cải cach hanh chính", "cai cach hanh chinh"),
    ("van hoá nhường duong", "van hoa nhuong duong"),
    ("hồ sơ hoàn cong", "ho so hoan cong"),
]
SPELLINGS = [
    ("văn hoá nhường đường", "van hoa nhuong duong"),
    ("CẢI CÁCH HÀNH CHÍNH", "cai cach hanh chinh"),
    ("ca\u0309i ca\u0301ch ha\u0300nh chi\u0301nh", "cai cach hanh chinh"),
    ("đuờng sắt", "duong sat"),
    ("uỷ ban nhân dân", "uy ban nhan dan"),
]
# What OCR does to marks is found; what it does to letters is answered by suggestions, see below.
MISREAD = [
    ("dương sắt", "duong sat"),
    ("truyển thông", "truyen thong"),
    ("tuyén truyền viên", "tuyen truyen vien"),
    ("khăo sát lối đi", "khao sat loi di"),
    ("điêm đen tai nan", "diem den tai nan"),
    ("báo cao kết quã", "bao cao ket qua"),
]
ABBREVIATED = [
    ("CCHC", "cai cach hanh chinh"),
    ("cchc năm 2024", "cai cach hanh chinh"),
    ("VBQPPL", "van ban quy pham phap luat"),
    ("TNGT", "tai nan giao thong"),
    ("CĐS", "chuyen doi so"),
    ("SNV", "so noi vu"),
    ("Sở KH&CN", "so khoa hoc va cong nghe"),
    ('"UBND tỉnh Bắc Ninh"', "uy ban nhan dan tinh bac ninh"),
    ('"Ủy ban nhân dân các huyện"', "cac huyen"),
]
NUMBERS = [
    ("149/NQ-CP", "149 nq cp"),
    ("số 149/NQ-CP", "149 nq cp"),
    ("Nghị quyết số 149/NQ-CP", "nghi quyet so 149 nq cp"),
    ("nghi quyet 149/nq-cp", "149 nq cp"),
    ("23-CT/TW", "23 ct tw"),
    ("263/KH-UBND", "so 263 kh ubnd"),
]
OPERATORS = [
    ('"hồ sơ hoàn công"', "ho so hoan cong"),
    ('"ho so hoan cong"', "ho so hoan cong"),
    ("phụ huyn*", "phu huynh"),
    ("NEAR(phụ huynh nhà trường, 3)", "phu huynh"),
    ("(đường sắt OR đường bộ) khảo sát", "khao sat"),
    ('tuyên truyền -"đội tuyên truyền"', "tuyen truyen"),
    ('="Sở Y tế"', "so y te"),
    ("=Quảng =Nam", "quang nam"),
]
FIELDS = [
    ('lead:"Sở Nội vụ" vị trí việc làm', "vi tri viec lam"),
    ("lead:snv", "so noi vu"),
    ("coordinate:\"Sở Tài chính\" lead:SNV", "so noi vu"),
    ("cites:149/NQ-CP lead:SGTVT", "so giao thong van tai"),
    ('cites:"Nghị quyết số 149/NQ-CP" vạch sơn', "vach son"),
    ('recurring:quarterly has:row', "quy"),
    ('recurring:"hằng tháng"', "thang"),
    ("target:>=95%", "100"),
    ('title:"chuyển đổi số" target:>=60%', "100"),
    ('heading:"tổ chức thực hiện" báo cáo', "bao cao"),
    ('has:row "hồ sơ hoàn công"', "ho so hoan cong"),
    ("number:263", "263 kh ubnd"),
    ('issuer:"Sở Nội vụ" kind:KH cải cách', "cai cach"),
    ('kind:"Quyết định" has:lead', "chu tri"),
    ('tỉnh:"Quảng Nam" số', "quang nam"),
    ('assignee:"Công an tỉnh"', "cong an tinh"),
    ('agency:"Uỷ ban Mặt trận Tổ quốc"', "mat tran to quoc"),
]  # fmt: skip
TABLE = [
    *WITH_MARKS, *WITHOUT_MARKS, *PARTIAL, *SPELLINGS, *MISREAD, *ABBREVIATED, *NUMBERS,
    *OPERATORS, *FIELDS,
]  # fmt: skip


def first(library: Corpus, query: str) -> Hit:
    answer = library.search(query, limit=1)
    assert answer.hits, f"{query} finds nothing; suggested: {answer.suggestions}"
    return answer.hits[0]


def test_there_are_enough_queries() -> None:
    assert len(TABLE) >= 60
    assert len({query for query, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("query", "expected"), TABLE, ids=[query for query, _ in TABLE])
def test_the_first_hit(library: Corpus, query: str, expected: str) -> None:
    assert f" {spelling.key(expected)} " in f" {spelling.key(first(library, query).text)} "


@pytest.mark.parametrize(("marked", "bare"), [(m, b) for (m, b) in WITH_MARKS])
def test_typing_without_marks_finds_no_less(library: Corpus, marked: str, bare: str) -> None:
    with_marks = {hit.passage for hit in library.every(marked)}
    without = {hit.passage for hit in library.every(bare)}
    assert with_marks <= without


def test_the_exact_spelling_comes_first(library: Corpus) -> None:
    hits = list(library.every("đường"))
    toned = [
        spelling.exact("đường") in map(spelling.exact, spelling.split(hit.text)) for hit in hits
    ]
    assert True in toned and False in toned, "the samples hold đường and dương or the like"
    assert toned == sorted(toned, reverse=True)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [("giao thônq", "giao thong"), ("tuyên truyềm viên nhí", "tuyên truyen viên nhí")],
)
def test_a_wrong_letter_gets_a_suggestion(library: Corpus, query: str, suggestion: str) -> None:
    answer = library.search(query)
    assert answer.total == 0
    assert suggestion in answer.suggestions


def test_a_province_of_today_includes_its_predecessors(library: Corpus) -> None:
    def provinces(query: str) -> set[str | None]:
        return {hit.province for hit in library.every(query)}

    assert provinces('province:"Quảng Nam"') == {"Quảng Nam"}
    assert provinces('province:"Đà Nẵng"') == {"Đà Nẵng"}
    assert provinces('today:"Đà Nẵng"') == {"Đà Nẵng", "Quảng Nam"}


def test_a_number_is_found_with_and_without_its_word(library: Corpus) -> None:
    totals = {
        library.search(query).total
        for query in ("149/NQ-CP", "số 149/NQ-CP", "so 149/nq-cp", '"149/NQ-CP"')
    }
    assert len(totals) == 1


def test_a_name_and_its_abbreviation_are_one(library: Corpus) -> None:
    assert (
        library.search('"UBND tỉnh"').total
        == library.search('"Ủy ban nhân dân tỉnh"').total
        == library.search('"uy ban nhan dan tinh"').total
        > library.search('="UBND tỉnh"').total
    )


def test_who_reports_before_when_citing_what(library: Corpus) -> None:
    """The question the corpus was made for."""
    query = "cites:149/NQ-CP lead:SGTVT due:<=2025-11 báo cáo"
    hits = list(library.every(query))
    assert hits
    for hit in hits:
        plan = library.plan(hit.record_id)
        assert any(r.canonical_number == "149/NQ-CP" for r in plan.references)
        latest = [d.latest for d in plan.deadlines if hit.start <= d.span.start < hit.end]
        assert min(filter(None, latest)) <= "2025-11-30"
        assert plan.text[hit.start : hit.end] == hit.text
