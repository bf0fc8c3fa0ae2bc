"""A comparison of our own words: every view filled, as large and as hostile as a test wants."""

from __future__ import annotations

from dataclasses import replace

from pipeline.comparison.results import (
    Borrowed,
    CalendarEntry,
    Caution,
    Cell,
    Change,
    Citation,
    CitedDocument,
    CoCitation,
    Comparison,
    Copies,
    Due,
    Edit,
    FactChange,
    Figure,
    Group,
    Indicator,
    IndicatorValue,
    Item,
    Lead,
    Member,
    OnlyHere,
    Parameters,
    Passage,
    PlanFacts,
    Reason,
    Recipient,
    ReusePair,
    Rhythm,
    Role,
    SectionMember,
    Span,
    Topic,
    YearOnYear,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example/x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    "https://evil.example/y",
    "</script></style><!-- ]]>",
)
PLACES = ("Hà Nội", "Đà Nẵng", "Cà Mau", "An Giang", "Yên Bái", "Bắc Kạn", "Lào Cai", "Sơn La",
          "Huế", "Tây Ninh", "Nghệ An", "Gia Lai")  # fmt: skip
BODIES = ("Sở Nội vụ", "Sở Tài chính")
REASON = Reason(0.8, 0.7, 0.9, ("+heading", "-agency"))
PER_PLAN = 4


def place(number: int) -> str:
    """A name for any number of places."""
    turn, at = divmod(number, len(PLACES))
    return PLACES[at] + (f" {turn}" if turn else "")


def comparison(plans: int = 3, *, hostile: bool = False, one_place: bool = False) -> Comparison:
    """Plans that share two topics, lead them differently and have one duty each of their own.

    Args:
        plans: how many.
        hostile: texts, names and titles try to break out.
        one_place: all are of one place, year after year.
    """

    def evil(number: int) -> str:
        return HOSTILE[number % len(HOSTILE)] if hostile else ""

    items: list[Item] = []
    facts: list[PlanFacts] = []
    for p in range(plans):
        first = len(items)
        body = BODIES[p % 2]
        texts = (
            f"{evil(p)}{body} chủ trì dọn rác ven sông trước ngày 30 tháng 6 theo Chỉ thị 5/CT-TTg",
            f"{evil(p + 1)}Báo cáo kết quả về Sở Nội vụ hằng quý, năm {2020 + p}",
            f"{evil(p + 2)}Việc riêng thứ {p}",
            f"{evil(p + 3)}Phấn đấu {70 + p}% hộ dân dùng nước sạch",
        )
        for k, text in enumerate(texts):
            items.append(_item(len(items), p, k, text, body))
        where = place(0 if one_place else p)
        cautions = (Caution("badly-read", 0.7), Caution("no-date")) if p == 1 else ()
        facts.append(
            PlanFacts(
                index=p, id=f"{p:016x}", name=f"{evil(p)}{p}.txt", label=f"{where} {2020 + p}",
                place=where, place_today=where, level="province",
                issuer=f"{evil(p)}UBND {where}", issuer_key=where,
                title=f"{evil(p + 1)}Nước sạch", number=f"{p}/KH-UBND",
                issued_on=None if p == 1 else f"{2020 + p}-03-0{1 + p % 9}",
                earliest=None if p == 1 else f"{2020 + p}-03-0{1 + p % 9}",
                latest=None if p == 1 else f"{2020 + p}-03-0{1 + p % 9}",
                period=str(2020 + p), year=2020 + p, pages=2,
                words=40, items=tuple(range(first, len(items))),
                recipients=(f"{evil(p)}Văn phòng Chính phủ",), cautions=cautions,
            )
        )  # fmt: skip
    return _assembled(items, facts, evil(0))


def _span(item_start: int, text: str, words: str, page: int) -> Span:
    start = item_start + text.index(words)
    return Span(start, start + len(words), page)


def _item(index: int, plan: int, k: int, text: str, body: str) -> Item:
    start = k * 1000
    span = Span(start, start + len(text), 1 + k // 2)
    page = 1 + k // 2
    item = Item(index, plan, ("II", str(k + 1)), ("NHIỆM VỤ",), "task", False, text, span)
    if k == 0:
        words = "trước ngày 30 tháng 6"
        due = Due(
            words, "due", f"../{2020 + plan}-06-30", None, f"{2020 + plan}-06-29",
            _span(start, text, words, page),
        )  # fmt: skip
        role = Role(body, body, True, "lead", body, _span(start, text, body, page))
        return replace(item, roles=(role,), dues=(due,), cites=(0,))
    if k == 1:
        words = "hằng quý"
        due = Due(words, "recurring", "R/P3M", None, None, _span(start, text, words, page))
        to = _span(start, text, "Sở Nội vụ", page)
        role = Role("Sở Nội vụ", "Sở Nội vụ", True, "report_to", "Sở Nội vụ", to)
        return replace(item, roles=(role,), dues=(due,))
    if k == 3:
        words = f"Phấn đấu {70 + plan}% hộ dân dùng nước sạch"
        figure = Figure(
            words, 70.0 + plan, None, "%", ">=", "hộ dân", _span(start, text, words, page)
        )
        return replace(item, figures=(figure,), kind="target")
    return item


def _assembled(items: list[Item], facts: list[PlanFacts], evil: str) -> Comparison:
    n = len(facts)

    def nth(k: int) -> list[int]:
        return [p * PER_PLAN + k for p in range(n)]

    def members(k: int) -> tuple[Member, ...]:
        own = [Member(nth(k)[0], 1.0, None, False)]
        return (
            *own,
            *(Member(at, 0.6 if at % 3 else 0.9, REASON, bool(at % 3)) for at in nth(k)[1:]),
        )

    names = {fact.place for fact in facts}
    shared = [
        Topic(
            k, f"{evil}Chung {k}", nth(at)[0], "task", 0, members(at), tuple(range(n)), len(names)
        )
        for k, at in enumerate((0, 1, 3))
    ]
    alone = [
        Topic(3 + p, f"{evil}Riêng {p}", at, "task", 0, (Member(at, 1.0, None, False),), (p,), 1)
        for p, at in enumerate(nth(2))
    ]
    coverage = [
        Cell(topic.index, items[member.item].plan, member.strength, (member.item,), member.low)
        for topic in (*shared, *alone)
        for member in topic.members
    ]
    mention = [
        Citation(p, at, "Chỉ thị 5/CT-TTg", "implements",
                 _span(0, items[at].text, "Chỉ thị 5/CT-TTg", 1))
        for p, at in enumerate(nth(0))
    ]  # fmt: skip
    basis = [Citation(p, None, f"{evil}Luật Nước", "basis", Span(5, 14, 1)) for p in range(n)]
    everyone = tuple(range(n))
    reuse, years = [], []
    for a in range(n - 1):
        b = a + 1
        one, two = items[nth(1)[a]], items[nth(1)[b]]
        cut = one.text.index("Báo cáo"), two.text.index("Báo cáo")
        equal = one.text.index(", năm") - cut[0]
        spans = [
            Span(item.span.start + at, item.span.start + at + equal, 1)
            for item, at in zip((one, two), cut, strict=True)
        ]
        passage = Passage(one.index, two.index, 0.9, (spans[0],), (spans[1],), 9)
        unknown = 1 in (a, b)
        reuse.append(
            ReusePair(a, b, "unknown" if unknown else "a-to-b", "no-date" if unknown else "date",
                      None if unknown else 366, (passage,), 9, 0.2, 0.25)
        )  # fmt: skip
        ends = len(one.text), len(two.text)
        edit = Edit(ends[0] - 4, ends[0], ends[1] - 4, ends[1])
        changed = FactChange("deadline", "hằng quý", None, None, None)
        changes = (
            Change("reworded", ("wording", "deadline"), one.index, two.index, 0.9, REASON, True,
                   (edit,), (changed,)),
            Change("added", (), None, nth(2)[b], 0.0, None, False),
            Change("dropped", (), nth(2)[a], None, 0.0, None, False),
        )  # fmt: skip
        counts = {"reworded": 1, "added": 1, "dropped": 1, "deadline": 1}
        years.append(YearOnYear(a, b, "same-issuer", changes, counts))
    return Comparison(
        version="1.0",
        parameters=Parameters(
            **dict.fromkeys(Parameters.__dataclass_fields__, 0.5)
        ),
        plans=tuple(facts),
        items=tuple(items),
        topics=(*shared, *alone),
        groups=(
            Group(0, f"{evil}Nhiệm vụ", "task", None, tuple(
                SectionMember(p, ("II",), f"{evil}Nhiệm vụ", Span(0, 50, 1), 0.9, p == 1)
                for p in range(n)
            ), (0,)),
        ),
        coverage=tuple(sorted(coverage, key=lambda cell: (cell.topic, cell.plan))),
        leads=tuple(Lead(0, p, at, items[at].roles[0], n > 1) for p, at in enumerate(nth(0))),
        calendar=tuple(
            CalendarEntry(p, at, 0, items[at].dues[0], (BODIES[p % 2],))
            for p, at in enumerate(nth(0))
        ),
        rhythms=tuple(
            Rhythm(p, at, "P3M", items[at].dues[0], items[at].roles) for p, at in enumerate(nth(1))
        ),
        indicators=(
            Indicator(f"{evil}hộ dân dùng nước sạch", "%", tuple(
                IndicatorValue(p, at, items[at].figures[0], 0.9, p == 1)
                for p, at in enumerate(nth(3))
            ), n > 1, 70.0, 69.0 + n),
        ),
        documents=(
            CitedDocument(0, "5/ct-ttg", "Chỉ thị 5/CT-TTg", "2020-01-02", None, tuple(mention),
                          everyone),
            CitedDocument(1, "luat", f"{evil}Luật Nước", None, None, tuple(basis), everyone),
        ),
        cocitations=(CoCitation(0, 1, n, 1.0),),
        recipients=(
            Recipient("Văn phòng Chính phủ", tuple(
                (p, facts[p].recipients[0], Span(0, 9, 2)) for p in range(n)
            )),
        ),
        only_here=tuple(
            OnlyHere(3 + p, facts[p].place, nth(2)[(p + 1) % n], 0.3, ("near",) if p else (), not p)
            for p in range(n)
        ) if len(names) > 1 else (),
        reuse=tuple(reuse),
        reuse_total=len(reuse),
        borrowed=tuple(
            Borrowed(p, 0.3, 0.2 if p else None, None, p - 1 if p else None, 0.2) for p in range(n)
        ),
        copies=(Copies(f"{evil}Báo cáo kết quả", tuple(nth(1)), everyone, None, 9),),
        years=tuple(years),
    )  # fmt: skip
