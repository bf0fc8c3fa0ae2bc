"""Scan, signed copy and Word file of one plan are linked; plans copied from another are not."""

from __future__ import annotations

import pytest

from pipeline import Pipeline, corpus

WORDS = " ".join(
    f"Sở Nội vụ chủ trì việc thứ {number} về {what} tại {where}."
    for number, what in enumerate(("hồ sơ", "tập huấn", "kiểm tra", "báo cáo", "công khai") * 6)
    for where in ("huyện", "xã")
)


def text(
    number: str = "12/KH-UBND", day: str = "05", province: str = "Lào Cai", words: str = WORDS
) -> str:
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\n\nSố: {number}\n\n"
        f"{province}, ngày {day} tháng 3 năm 2024\n\nKẾ HOẠCH\nCải cách hành chính năm 2024\n\n"
        f"I. NHIỆM VỤ\n{words}\n"
    )


@pytest.mark.parametrize(
    ("second", "linked"),
    [
        pytest.param(text() + "\nKT. CHỦ TỊCH\n", "number and date", id="signed copy"),
        pytest.param(text("    /KH-UBND"), "date", id="draft without its number"),
        pytest.param(text(words=WORDS.replace("huyện", "huvện", 3)), "number and date", id="OCR"),
        pytest.param(text("13/KH-UBND"), None, id="another number"),
        pytest.param(text(province="Yên Bái"), None, id="copied by another province"),
        pytest.param(text(words="Việc khác hẳn, không giống gì."), None, id="other words"),
    ],
)
def test_copies_are_linked(tmp_path, second: str, linked: str | None) -> None:
    read = Pipeline()
    with corpus.open(tmp_path / "c.db", write=True) as plans:
        first = plans.add(read.from_text(text(), "a.docx")).plan
        other = plans.add(read.from_text(second, "b.pdf")).plan
        rows = plans.store.connection.execute("SELECT * FROM copies").fetchall()
        if linked is None:
            assert rows == []
        else:
            ((one, two, similarity, reason),) = rows
            assert (one, two) == (first, other)
            assert 0.75 <= similarity <= 1
            assert reason == f"same words; same {linked}"
        plans.remove("a.docx")
        assert plans.store.connection.execute("SELECT count(*) FROM copies").fetchone() == (0,)
