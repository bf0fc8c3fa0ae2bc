"""What people read: answers, plans and duties as text for a terminal.

In: typed values.  Out: text, Vietnamese with English beside it.  Everything that came out of a
document is shown without the signs a terminal would obey.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from models import Plan
from pipeline.corpus import duties
from pipeline.corpus.graph import Citation
from pipeline.corpus.plain import lines, safe_break, shown
from pipeline.corpus.searching import Answer, Hit

WIDTH = 96
ROLES = {
    "lead": "chủ trì",
    "coordinate": "phối hợp",
    "assignee": "được giao",
    "advise": "tham mưu",
    "supervise": "theo dõi",
    "report_to": "báo cáo",
    "via": "qua",
    "fund": "kinh phí",
}


def answer_data(answer: Answer) -> dict[str, Any]:
    """An answer as JSON data; spans are code points of the plan's text."""
    return {
        "query": answer.query,
        "total": answer.total,
        "after": answer.after,
        "changed": answer.changed,
        "suggestions": list(answer.suggestions),
        "parts": [{"query": part, "total": total} for part, total in answer.parts],
        "hits": [
            {key: value for key, value in asdict(hit).items() if key != "snippet"}
            | {"snippet": snippet(hit, "", "")}
            for hit in answer.hits
        ],
    }


def page(answer: Answer) -> str:
    """An answer for people: how many, then every hit with its place and marked words."""
    on, off = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    out = [
        f"{answer.total} đoạn / passages"
        + (f", {len(answer.hits)} ở đây / here" * bool(answer.after))
    ]
    for rank, hit in enumerate(answer.hits, 1):
        head = " · ".join(
            shown(part, 60)
            for part in (hit.province, hit.number or "(không số)", hit.issued_on, hit.title)
            if part
        )
        where = " · ".join(
            filter(None, [f"mục {shown(hit.section, 60)}" * bool(hit.section),
                          f"trang {hit.page}" * (hit.page is not None), hit.record_id])
        )  # fmt: skip
        words = snippet(hit, "\ue000", "\ue001")
        body = textwrap.indent(textwrap.fill(words, WIDTH), "   ")
        body = body.replace("\ue000", on).replace("\ue001", off)
        out += ["", f"{rank}. {head}", f"   {where}", body]
    if not answer.total:
        out.append("Không tìm thấy. Nothing found.")
        if answer.parts:
            out.append(
                "Không đoạn nào có tất cả; riêng từng phần / no passage has all; each alone:"
            )
            out += [f"  {total:>7}  {shown(part, 60)}" for part, total in answer.parts]
        out += [f"Thử / try: kehoach search '{shown(each)}'" for each in answer.suggestions]
    if answer.after:
        out += ["", f"Trang sau / next page: --after {answer.after}"]
    return "\n".join(out)


_CITED_AS = {
    "basis": "căn cứ",
    "implements": "triển khai",
    "carrier": "ban hành kèm",
    "amends": "sửa đổi",
    "replaces": "thay thế",
    "cites": "viện dẫn",
}
_TOLD_BY = {
    "by family": "không ghi năm",
    "undated": "không rõ năm",
    "ambiguous": "nhiều văn bản cùng số",
}


def citing(citations: Sequence[Citation]) -> str:
    """Who cites a document: each passage once, with the words around the first citation in it."""
    out: list[str] = []
    for _, same in groupby(citations, key=lambda one: one.passage):
        several = list(same)
        one = several[0]
        roles = ", ".join(dict.fromkeys(_CITED_AS[each.role] for each in several))
        where = [
            one.province, one.plan_number or "(không số)", f"mục {one.section}" * bool(one.section),
            f"trang {one.page}" * (one.page is not None), roles,
            _TOLD_BY.get(one.resolved, ""), one.record_id,
        ]  # fmt: skip
        start = one.excerpt.find(one.text)
        excerpt = shown(one.excerpt[safe_break(one.excerpt, max(0, start - 80)) :], 300)
        out += [
            "",
            " · ".join(shown(each, 60) for each in where if each),
            textwrap.indent(textwrap.fill(excerpt, WIDTH), "   "),
        ]
    return "\n".join(out)


def snippet(hit: Hit, on: str, off: str) -> str:
    """The part of a hit to show in one line, with signs around what was looked for."""
    part = hit.snippet
    pieces, at = [], part.start
    for mark in part.marks:
        pieces += [
            _clean(hit.text[at : mark.start]),
            on,
            _clean(hit.text[mark.start : mark.end]),
            off,
        ]
        at = mark.end
    pieces.append(_clean(hit.text[at : part.end]))
    before = "… " if part.start > 0 else ""
    behind = " …" if part.end < len(hit.text) else ""
    return before + "".join(pieces).strip() + behind


def _clean(text: str) -> str:
    """Like ``shown``, with the blanks at both ends kept; the signs used for marking are removed."""
    bare = lines(text).replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")
    return " ".join(bare.split("\n")).replace("\t", " ")


def whole(plan: Plan) -> str:
    """A plan's letterhead, outline and words."""
    header = plan.header
    facts = [
        ("Số / number", header.number),
        ("Ngày / issued", header.issued_on),
        ("Cơ quan / issuer", header.issuer.canonical if header.issuer else None),
        ("Tỉnh / province", header.province.name if header.province else None),
        ("Trích yếu / title", header.title),
        ("Người ký / signer", header.signer.name if header.signer else None),
        ("Hồ sơ / record", plan.id),
        ("Tệp / file", plan.source.name),
        ("Nhiệm vụ / tasks", str(len(plan.tasks))),
        ("Cảnh báo / warnings", str(len(plan.warnings))),
    ]
    out = [f"{name:22}{shown(value)}" for name, value in facts if value]
    out += ["", "Các mục / sections (--section PATH):"]
    out += [
        f"  {'/'.join(section.path):16} {shown(section.title, 70)}"
        for section in plan.walk()
        if section.children or len(section.path) == 1
    ]
    return "\n".join([*out, "", lines(plan.text)])


def duty_rows(found: Iterable[duties.Duty]) -> Iterator[list[str | int | None]]:
    """A row per duty and body, for CSV."""
    for one in found:
        for charge in one.charges or (duties.Charge("", ""),):
            yield [
                one.latest, one.earliest, one.kind, one.deadline, one.recurrence, charge.agency,
                charge.role, one.text, one.province, one.number, one.section, one.page,
                one.record_id, one.start, one.end, one.copies,
            ]  # fmt: skip


def print_duties(found: Sequence[duties.Duty]) -> None:
    """A calendar: a day, then what is due on it and who owes it."""
    print(f"{len(found)} việc có thời hạn / duties")
    day: str | None = ""
    for one in found:
        if one.latest != day:
            day = one.latest
            print(f"\n{day or 'Không có ngày cuối / no last day'}")
        who = "; ".join(
            f"{shown(charge.agency, 60)} ({ROLES[charge.role]})" for charge in one.charges
        )
        parts = [one.province, one.number, f"mục {one.section}" * bool(one.section)]
        parts.append(f"+{one.copies} bản sao / copies" * bool(one.copies))
        where = " · ".join(filter(None, parts))
        print(f"  {shown(one.deadline, 60)} · {shown(where)} · {one.record_id}")
        if who:
            print(textwrap.indent(textwrap.fill(who, WIDTH), "    "))
        print(textwrap.indent(textwrap.fill(shown(one.text, 240), WIDTH), "    "))
