"""``make(seed)``: a whole plan of our own words.

In: a seed and, where wanted, options.  Out: a ``SamplePlan``, a frozen sequence of blocks from
which ``text``, ``docx`` and ``pdf`` render and ``truth`` reads what a perfect record holds.
Everything is drawn from ``Random(seed)``; there is no clock, so the same seed gives the same plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.samples import body
from pipeline.samples.compose import SCHEMES, Composer
from pipeline.samples.markup import Agency, Reference, Rich, capital, fill, plain
from pipeline.samples.parts import Letterhead, PageBreak, Signature, Title
from pipeline.samples.sample import Facts, Options, SamplePlan
from pipeline.samples.vocabulary import (
    MERGER,
    Calendar,
    World,
    bases,
    local,
    person,
    provinces,
    rows,
    spoken,
    submission,
)

_HEADS = {
    "ubnd": "CHỦ TỊCH", "so": "GIÁM ĐỐC", "van_phong": "CHÁNH", "ban_chi_dao": "TRƯỞNG"
}  # fmt: skip


def _options(rng: Random, given: dict[str, Any]) -> Options:
    """Draw every option, then put the given ones over them, so that one choice shifts no other."""
    year = given.get("year", rng.choice((2023, 2024, 2025, 2025, 2026)))
    merged = given.get("merged", rng.random() < 0.5) if year == 2025 else year > 2025
    day = MERGER if merged else date(year, 1, 15)
    if year > 2025:
        day = date(year, 6, 1)
    drawn: dict[str, Any] = {
        "issuer": rng.choice(("ubnd", "ubnd", "ubnd", "so", "van_phong", "ban_chi_dao")),
        "year": year,
        "merged": merged,
        "province": rng.choice([name for name, _ in provinces(day)]),
        "topic": rng.choice(rows("topics"))["key"],
        "numbering": rng.choice(("roman", "roman", *SCHEMES)),
        "act": rng.choice(("plan", "plan", "plan", "decision")),
        "blank": rng.choice(("none", "none", "none", "number", "date", "both")),
        "tasks": rng.choice(("running", "labelled", "mixed")),
        "length": rng.choice((1, 2, 2, 3)),
        "annex": rng.random() < 0.5,
        "long_names": rng.random() < 0.25,
        "long_dates": rng.random() < 0.3,
        "auto_numbering": rng.random() < 0.5,
    }
    unknown = set(given) - set(drawn)
    if unknown:
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    options = Options(**{**drawn, **given, "merged": merged})
    if options.act == "decision" and "issuer" not in given:
        options = replace(options, issuer="ubnd")
    return options


def make(seed: int, **options: Any) -> SamplePlan:
    """Write one plan.

    Args:
        seed: any whole number; the same seed and options give the same plan.
        options: fields of ``Options`` to fix.

    Returns:
        The plan.

    Raises:
        TypeError: an option that does not exist.
        ValueError: a province that does not exist on the day of issue.
    """
    rng = Random(seed)
    chosen = _options(rng, options)
    return _Writer(seed, rng, chosen).write()


def _day(rng: Random, options: Options) -> date:
    """A working day with at least a quarter of the year left."""
    start, end = date(options.year, 1, 6), date(options.year, 9, 20)
    if options.year == 2025:
        split = MERGER + timedelta(days=4)
        start, end = (split, end) if options.merged else (start, date(2025, 6, 20))
    if options.year > 2025:
        start = date(options.year, 5, 4)  # after the last change of a province's rank
    day = start + timedelta(days=rng.randint(0, (end - start).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


class _Writer:
    """State of one plan while it is being written."""

    def __init__(self, seed: int, rng: Random, options: Options) -> None:
        self.seed, self.rng, self.options = seed, rng, options
        day = _day(rng, options)
        kinds = dict(provinces(day))
        if options.province not in kinds:
            raise ValueError(f"no province {options.province!r} on {day}")
        self.day = day
        self.world = World(
            options.province, kinds[options.province], day, options.long_names, options.long_dates
        )
        last = options.year + (2 if rng.random() < 0.2 else 0)
        self.when = Calendar(options.year, last, day)
        self.topic = next(row for row in rows("topics") if row["key"] == options.topic)
        self.lead = self.world.agency(self.topic["lead"])
        self.composer = Composer(options.numbering)

    def write(self) -> SamplePlan:
        """All blocks in reading order."""
        rng, world = self.rng, self.world
        letterhead, number, symbol, issued_on = self._letterhead()
        signature, on_behalf = self._signature()
        subject, period = self._subject()
        decision = self.options.act == "decision"
        kind = "Quyết định" if decision else "Kế hoạch"
        own = self._own(kind, number, symbol)
        compose = self.composer
        compose.add(letterhead)
        if decision:
            pattern = rng.choice(("Ban hành Kế hoạch {s}", "Về việc ban hành Kế hoạch {s}"))
            title = fill(pattern, s=subject)
            compose.add(Title("QUYẾT ĐỊNH", title))
            self._decision(subject)
            compose.add(signature, PageBreak(), replace(letterhead, number="", date=""))
            carrier = fill("(Ban hành kèm theo {own} của {issuer})", own=own, issuer=self._issuer())
            compose.add(Title("KẾ HOẠCH", capital(subject), carrier))
            compose.leave()
        else:
            title = capital(subject)
            compose.add(Title("KẾ HOẠCH", title))
        self._opening(subject, cited=not decision)
        scene = body.Scene(rng, world, self.when, self.topic, self.lead, self._issuer(), compose)
        body.write(scene, self.options)
        if not decision:
            compose.add(signature)
        if self.options.annex:
            compose.add(PageBreak())
            line = fill("(Kèm theo {own} của {issuer})", own=own, issuer=self._issuer())
            body.annex(scene, line)
        facts = Facts(
            kind="QĐ" if decision else "KH",
            number=number,
            symbol=symbol,
            issued_on=issued_on,
            place=world.place,
            issuer=self._printed_issuer(letterhead),
            title=plain(title),
            plan_period=period,
            province=world.province,
            signer=signature.name,
            signer_title=signature.position,
            on_behalf=on_behalf,
            recipients=tuple(plain(line) for line in signature.recipients),
            attached=(("KH", plain(capital(subject))),) if decision else (),
        )
        return SamplePlan(self.seed, self.options, facts, tuple(compose.blocks))

    def _issuer(self) -> Agency:
        """The issuing body as the running text calls it."""
        kind = self.options.issuer
        if kind == "ubnd":
            return self.world.committee
        if kind == "so":
            return self.lead
        if kind == "van_phong":
            return self.world.agency("van_phong")
        return Agency(self.world.name(f"Ban Chỉ đạo {self.topic['committee']} {{tinh}}"))

    def _printed_issuer(self, letterhead: Letterhead) -> str:
        if self.options.issuer == "van_phong":
            return self._issuer().text
        return letterhead.issuer.replace("\n", " ")

    def _letterhead(self) -> tuple[Letterhead, str | None, str, str]:
        """The block, the number or None, the symbol, the date as far as it is printed."""
        rng, options, world = self.rng, self.options, self.world
        committee = f"ỦY BAN NHÂN DÂN\n{world.full.upper()}"
        decision = options.act == "decision"
        code = "QĐ" if decision else "KH"
        if options.issuer == "ubnd":
            parent, issuer, symbol = None, committee, f"{code}-UBND"
        elif options.issuer == "so":
            short = world.row(self.topic["lead"])["code"]
            parent, issuer, symbol = committee, self.lead.text.upper(), f"{code}-{short}"
        elif options.issuer == "van_phong":
            parent, issuer, symbol = committee, "VĂN PHÒNG", f"{code}-VP"
        else:
            name = f"BAN CHỈ ĐẠO\n{self.topic['committee'].upper()}"
            parent, issuer, symbol = committee, name, f"{code}-BCĐ"
        number = f"{rng.randint(3, 390):02d}/{symbol}"
        no_number, no_date = options.blank in ("number", "both"), options.blank in ("date", "both")
        printed = f"Số:       /{symbol}" if no_number else f"Số: {number}"
        issued_on, when = self.day.isoformat(), spoken(self.day)
        if no_date:
            if rng.random() < 0.5:
                issued_on = str(self.day.year)
                when = f"ngày      tháng      năm {self.day.year}"
            else:
                issued_on = f"{self.day.year}-{self.day.month:02d}"
                when = f"ngày      {when.split(' ', 2)[2]}"
        head = Letterhead(parent, issuer, printed, f"{world.place}, {when}")
        return head, None if no_number else number, symbol, issued_on

    def _own(self, kind: str, number: str | None, symbol: str) -> Rich:
        """How the annex and the attached plan name their carrier; blank where the number is."""
        if number is None or self.options.blank != "none":
            year = self.day.year
            return (f"{kind} số       /{symbol} ngày      tháng      năm {year}",)
        text = f"{kind} số {number} {spoken(self.day)}"
        return (Reference(text, kind, number, self.day.isoformat(), self._issuer().text),)

    def _subject(self) -> tuple[Rich, str]:
        """The title without the kind, first letter lower, and the period it covers."""
        when, name = self.when, self.topic["subject"]
        if when.first == when.last:
            time, period = f"năm {when.first}", str(when.first)
        else:
            time, period = f"giai đoạn {when.first}-{when.last}", f"{when.first}/{when.last}"
        pattern = self.rng.choice(
            (
                "{name} trên địa bàn {full} {time}",
                "triển khai công tác {name} {full} {time}",
                "{name} {time} trên địa bàn {full}",
                "tăng cường {name} {time}",
            )
        )
        return fill(pattern, name=name, full=self.world.full, time=time), period

    def _signature(self) -> tuple[Signature, str | None]:
        rng, world = self.rng, self.world
        deputy = rng.random() < 0.6
        table = {
            "ubnd": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "so": ("", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            "van_phong": ("", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
            "ban_chi_dao": ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        }
        body_line, head, second = table[self.options.issuer]
        lines = [body_line] if body_line else []
        if deputy:
            lines.append(f"KT. {head}")
        above = Agency("Văn phòng Chính phủ") if self.options.issuer == "ubnd" else world.committee
        names: list[Callable[[], Rich]] = [
            lambda: fill("{above} (b/c)", above=above),
            lambda: fill("{a} (b/c)", a=Agency(world.name("Thường trực {tinh_uy}"))),
            lambda: (Agency(world.name("Thường trực HĐND {tinh}")),),
            lambda: capital((world.agency("so_nganh"),)),
            lambda: (world.agency("huyen"),),
            lambda: (world.agency("mat_tran"),),
            lambda: (world.agency("bao"),),
        ]
        if self._issuer().text != self.lead.text:
            names.append(lambda: fill("{lead} (t/h)", lead=self.lead))
        count = rng.randint(3, 6)
        chosen = [names[i]() for i in sorted(rng.sample(range(len(names)), count))]
        archive = rng.choice(("NC", "KGVX", "TH", "KTN"))
        chosen.append((f"Lưu: VT, {archive}.{rng.randint(2, 30):02d}",))
        position = second if deputy else head
        return (
            Signature(tuple(lines), position, person(rng), tuple(chosen)),
            "; ".join(lines) or None,
        )

    def _cited(self) -> list[Rich]:
        """The căn cứ: laws first, then by the rank of the issuer, at last the proposal."""
        rng, world = self.rng, self.world
        known = bases(world, self.topic["key"])
        rng.shuffle(known)
        known = sorted(known[: 2 + self.options.length], key=lambda pair: pair[0].kind != "Luật")
        out = []
        for reference, about in known:
            issuer = () if reference.issuer is None else (" của ", Agency(reference.issuer))
            out.append((reference, *issuer, f" {about}" if about else ""))
        for _ in range(self.options.length):
            reference = local(rng, world)
            assert reference.issuer is not None
            about = f" về {self.topic['subject']}"
            out.append((reference, " của ", Agency(reference.issuer), about))
        return out

    def _proposal(self) -> Rich:
        code = self.world.row(self.topic["lead"])["code"]
        paper = submission(self.rng, self.world, self.lead, code)
        return fill("theo đề nghị của {lead} tại {paper}", lead=self.lead, paper=paper)

    def _decision(self, subject: Rich) -> None:
        """Authority, căn cứ and the three articles of the decision."""
        compose, world, rng = self.composer, self.world, self.rng
        issuer = self._issuer().text.replace("UBND", "Ủy ban nhân dân")
        over = f"{_HEADS[self.options.issuer]} {issuer} {world.province}"
        compose.outside("centred", (over.upper(),))
        for cited in self._cited():
            compose.outside("basis", fill("Căn cứ {cited};", cited=cited))
        compose.outside("basis", (*capital(self._proposal()), "."))
        compose.outside("centred", ("QUYẾT ĐỊNH:",))
        compose.article(1, fill("Ban hành kèm theo Quyết định này Kế hoạch {s}.", s=subject))
        compose.article(2, ("Quyết định này có hiệu lực thi hành kể từ ngày ký.",))
        office = world.agency("van_phong").charged("assignee")
        duty = fill(
            rng.choice(
                (
                    "Chánh {office}, Giám đốc {lead}, thủ trưởng {all} và các tổ chức, cá nhân có "
                    "liên quan chịu trách nhiệm thi hành Quyết định này./.",
                    "Chánh {office}; Giám đốc {lead}; người đứng đầu {all} chịu trách nhiệm thi "
                    "hành Quyết định này./.",
                )
            ),
            office=office,
            lead=self.lead.charged("assignee"),
            all=world.agency("so_nganh").charged("assignee"),
        )
        compose.article(3, duty)

    def _opening(self, subject: Rich, *, cited: bool) -> None:
        compose, rng = self.composer, self.rng
        issuer = self._issuer()
        if not cited:
            compose.outside(
                "text",
                fill(
                    "Để việc thực hiện có nền nếp, thống nhất, {issuer} xác định những nội "
                    "dung sau:",
                    issuer=issuer,
                ),
            )
            return
        basis = self._cited()
        if rng.random() < 0.5:
            lines = [fill("Căn cứ {entry}", entry=entry) for entry in basis]
            if issuer.text != self.lead.text:
                lines.append(capital(self._proposal()))
            for index, line in enumerate(lines):
                compose.outside("basis", (*line, "." if index == len(lines) - 1 else ";"))
            compose.outside(
                "text",
                fill(
                    "{issuer} ban hành Kế hoạch {s}, gồm những nội dung sau:",
                    issuer=issuer,
                    s=subject,
                ),
            )
            return
        joined: Rich = ()
        for index, entry in enumerate(basis[-2:]):
            joined = (*joined, "; " if index else "", *entry)
        tail = () if issuer.text == self.lead.text else ("; ", *self._proposal())
        compose.outside(
            "text",
            fill(
                rng.choice(
                    (
                        "Thực hiện {joined}{tail}, {issuer} xây dựng Kế hoạch {s} như sau:",
                        "Triển khai {joined}{tail}; {issuer} ban hành Kế hoạch {s} với các nội "
                        "dung sau:",
                    )
                ),
                joined=joined,
                tail=tail,
                issuer=issuer,
                s=subject,
            ),
        )
