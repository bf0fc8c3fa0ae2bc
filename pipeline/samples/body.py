"""The body of a sample plan: aims, tasks, funding, who carries it out, and the annex's table.

In: a ``Scene`` (whose plan, when, about what) and the plan's options.  Out: blocks, put into the
scene's composer.  Tasks come in the shapes that officials use: a sentence that names who and
when, a titled task with labelled lines under it, or a bullet with "+" lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from pipeline.samples.compose import Composer
from pipeline.samples.markup import Agency, Deadline, Rich, capital, fill, listed, lower, plain
from pipeline.samples.parts import Paragraph, Table
from pipeline.samples.sample import Options
from pipeline.samples.vocabulary import Calendar, World, deadline, local, rows

COLUMNS = (
    "STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"
)  # fmt: skip

_TIME_LABELS = ("Thời gian thực hiện", "Thời gian", "Thời gian hoàn thành")


@dataclass(frozen=True, slots=True)
class Scene:
    """Whose plan it is and what is at hand to write it with."""

    rng: Random
    world: World
    when: Calendar
    topic: dict[str, str]
    lead: Agency
    issuer: Agency
    compose: Composer

    def phrase(self, template: str) -> Rich:
        """A CSV phrase with the slots of this province filled."""
        slots = {row["key"]: self.world.agency(row["key"]) for row in rows("collectives")}
        slots["tai_chinh"] = self.world.agency("tai_chinh")
        return fill(template, subject=self.topic["subject"], **self.world.words, **slots)

    def aims(self, group: str, count: int) -> list[Rich]:
        """Phrases of a group, of this topic or of all, in the file's order."""
        own = [
            row["text"]
            for row in rows("aims")
            if row["group"] == group and row["topic"] in ("*", self.topic["key"])
        ]
        chosen = sorted(self.rng.sample(range(len(own)), min(count, len(own))))
        return [self.phrase(own[i]) for i in chosen]


@dataclass(frozen=True, slots=True)
class _Task:
    group: str
    words: Rich
    output: str
    lead: Agency
    helpers: tuple[Agency, ...]


def _tasks(scene: Scene) -> list[_Task]:
    out = []
    for row in rows("tasks"):
        if row["topic"] != scene.topic["key"]:
            continue
        lead = scene.world.agency(row["lead"])
        helpers = scene.world.agencies(row["coordinate"], but=lead)
        if scene.rng.random() < 0.4 or not helpers:
            helpers.append(scene.world.agency(scene.rng.choice(("lien_quan", "lien_quan_2"))))
        words = scene.phrase(row["task"])
        out.append(_Task(row["group"], words, row["output"], lead, tuple(helpers)))
    return out


def write(scene: Scene, options: Options) -> None:
    """All sections of the body and the closing paragraph."""
    compose, rng = scene.compose, scene.rng
    compose.heading(1, rng.choice(("MỤC ĐÍCH, YÊU CẦU", "MỤC TIÊU, YÊU CẦU")))
    compose.heading(2, rng.choice(("Mục đích", "Mục tiêu chung")))
    for phrase in scene.aims("purpose", 1 + options.length):
        compose.put("bullet", capital(phrase))
    compose.heading(2, "Yêu cầu")
    for phrase in scene.aims("requirement", 1 + options.length):
        compose.put("bullet", capital(phrase))
    compose.heading(1, rng.choice(("CHỈ TIÊU", "CHỈ TIÊU CỤ THỂ")))
    numbered = rng.random() < 0.5
    for phrase in scene.aims("target", 1 + options.length):
        if numbered:
            compose.item(2, capital(phrase))
        else:
            compose.put("bullet", capital(phrase))
    compose.heading(1, scene.topic["heading"])
    _all_tasks(scene, options)
    compose.heading(1, "KINH PHÍ THỰC HIỆN")
    compose.put("text", _money(scene))
    compose.heading(1, "TỔ CHỨC THỰC HIỆN")
    _organisation(scene, options)
    _closing(scene)


def _all_tasks(scene: Scene, options: Options) -> None:
    compose, rng = scene.compose, scene.rng
    tasks = _tasks(scene)[: 2 + 2 * options.length]
    flat = options.length == 1 and rng.random() < 0.5
    bulleted = not flat and rng.random() < 0.3
    group = None
    for index, task in enumerate(tasks):
        if task.group != group and not flat:
            group = task.group
            compose.heading(2, group)
            if rng.random() < 0.3:
                _cross_reference(scene)
        level = 2 if flat else 3
        labelled = options.tasks == "labelled" or (options.tasks == "mixed" and index % 2 == 1)
        if bulleted and labelled:
            compose.put("bullet", (*task.words, ":"))
            _labels(scene, task, "plus")
        elif bulleted:
            compose.put("bullet", _sentence(scene, task))
        elif labelled:
            compose.heading(level, *task.words)
            _labels(scene, task, rng.choice(("bullet", "bullet", "text")))
        else:
            compose.item(level, _sentence(scene, task))


def _cross_reference(scene: Scene) -> None:
    reference = local(scene.rng, scene.world)
    assert reference.issuer is not None
    scene.compose.put(
        "text",
        fill(
            "Nội dung này thực hiện thống nhất với {ref} của {issuer}.",
            ref=reference,
            issuer=Agency(reference.issuer),
        ),
    )


def _sentence(scene: Scene, task: _Task) -> Rich:
    """A task in one sentence that names who leads, who helps and when."""
    rng = scene.rng
    when = deadline(rng, scene.when)
    helpers = listed([a.charged("coordinate") for a in task.helpers], last=" và ")
    lead = task.lead.charged("lead")
    done = when.kind in ("due", "relative") and not when.text.startswith("đến hết")
    by = "hoàn thành {when}" if done else "thực hiện {when}"
    patterns = [
        "{T}. {Lead} chủ trì, phối hợp với {helpers} " + ("thực hiện; " if done else "") + by + ".",
        "{Lead} chủ trì, phối hợp với {helpers} {t}, " + by + ".",
        "Giao {lead} chủ trì, phối hợp với {helpers} {t}; " + by + ".",
    ]
    return fill(
        rng.choice(patterns),
        T=task.words,
        t=lower(task.words),
        lead=lead,
        Lead=capital((lead,)),
        helpers=helpers,
        when=when,
    )


def _labels(scene: Scene, task: _Task, style: str) -> None:
    """Lines "Cơ quan chủ trì: …" under a task."""
    rng, compose = scene.rng, scene.compose
    body = rng.choice(("Cơ quan", "Đơn vị"))
    when: Deadline = deadline(rng, scene.when, field=True)
    label = rng.choice(_TIME_LABELS if when.kind == "due" else _TIME_LABELS[:2])
    lines = [
        fill("{body} chủ trì: {lead}", body=body, lead=capital((task.lead.charged("lead"),))),
        fill(
            "{body} phối hợp: {helpers}",
            body=body,
            helpers=capital(listed(a.charged("coordinate") for a in task.helpers)),
        ),
        fill("{label}: {when}", label=label, when=when),
    ]
    if rng.random() < 0.7:
        label = rng.choice(("Sản phẩm", "Kết quả"))
        lines.append(fill("{label}: {out}", label=label, out=task.output))
    for index, line in enumerate(lines):
        end = "." if index == len(lines) - 1 or style == "text" else ";"
        compose.put(style, (*line, end))  # type: ignore[arg-type]


def _money(scene: Scene) -> Rich:
    money = scene.world.agency("tai_chinh").charged("assignee")
    return fill(
        scene.rng.choice(
            (
                "Kinh phí thực hiện bảo đảm từ dự toán ngân sách hiện hành theo phân cấp và các "
                "nguồn huy động hợp pháp khác; {money} hướng dẫn việc quản lý, thanh toán, "
                "quyết toán.",
                "Nguồn kinh phí gồm ngân sách {tinh}, ngân sách cấp xã, phần lồng ghép từ các "
                "chương trình có liên quan. {money} thẩm định dự toán của các đơn vị.",
            )
        ),
        money=money,
        tinh=scene.world.kind,
    )


def _organisation(scene: Scene, options: Options) -> None:
    """Headings that address a body and, under each, what it has to do."""
    compose, rng, world = scene.compose, scene.rng, scene.world
    keys = ["tai_chinh", "van_phong", "cong_an", "tuyen_giao", "bao", "giao_duc", "thanh_tra"]
    rng.shuffle(keys)
    duties = [row["text"] for row in rows("aims") if row["group"] == "duty"]
    rng.shuffle(duties)
    _addressed(scene, scene.lead, duties, main=True)
    for agency in world.agencies(" ".join(keys[: options.length]), but=scene.lead):
        _addressed(scene, agency, duties, main=False)
    report = deadline(rng, scene.when)
    while report.kind != "recurring":
        report = deadline(rng, scene.when)
    all_bodies = [world.agency("so_nganh"), world.agency("huyen")]
    heading = listed([a.charged("assignee") for a in all_bodies], last=" và ")
    compose.heading(2, *capital(heading))
    duty = fill(
        "Cụ thể hóa Kế hoạch này thành phần việc của cơ quan, địa phương mình; {when} gửi kết quả "
        "về {lead} để tổng hợp.",
        when=report,
        lead=scene.lead.charged("report_to"),
    )
    if rng.random() < 0.5:
        compose.put("bullet", duty)
        compose.put("bullet", ("Bố trí cán bộ đầu mối theo dõi và cung cấp số liệu.",))
    else:
        compose.put("text", duty)
    front = world.agency("mat_tran").charged("assignee", "supervise")
    others = Agency("các tổ chức chính trị - xã hội", "collective", ("assignee", "supervise"))
    compose.item(
        2,
        fill(
            "Đề nghị {front} và {others} vận động đoàn viên, hội viên hưởng ứng; giám sát việc "
            "triển khai ở cơ sở.",
            front=front,
            others=others,
        ),
    )


def _addressed(scene: Scene, agency: Agency, duties: list[str], *, main: bool) -> None:
    """A heading that addresses a body, and duties taken off the list under it."""
    compose, rng = scene.compose, scene.rng
    compose.heading(2, *capital((agency.charged("assignee"),)))
    bullets = rng.random() < 0.7
    if main:
        text = fill(
            "Chủ trì, phối hợp với {helpers} triển khai Kế hoạch này; tổng hợp kết quả, báo cáo "
            "{top} {when}.",
            helpers=scene.world.agency("so_nganh").charged("coordinate"),
            top=scene.world.committee.charged("report_to"),
            when=_due(scene),
        )
        implied = ((agency.text, "lead"),)
        compose.put("bullet" if bullets else "text", text, implied=implied)
    for _ in range(2 if bullets else 1):
        words, _, role = duties.pop().partition("|")
        if "{tai_chinh}" in words and plain((scene.world.agency("tai_chinh"),)) == agency.text:
            words = "Thẩm định dự toán, hướng dẫn sử dụng kinh phí đúng mục đích"
        given = ((agency.text, role),) if role else ()
        compose.put("bullet" if bullets else "text", (*scene.phrase(words), "."), implied=given)


def _due(scene: Scene) -> Deadline:
    found = deadline(scene.rng, scene.when)
    while found.kind != "due":
        found = deadline(scene.rng, scene.when)
    return found


def _closing(scene: Scene) -> None:
    top, via = scene.world.committee, scene.lead
    if scene.issuer.text == via.text:
        end = "kịp thời phản ánh về {via} để được hướng dẫn, giải quyết./."
    else:
        end = "kịp thời báo cáo {top} (qua {via}) để xem xét, giải quyết./."
    scene.compose.outside(
        "text",
        fill(
            "{issuer} yêu cầu {all} nghiêm túc thực hiện Kế hoạch này; quá trình thực hiện nếu "
            "phát sinh vướng mắc, " + end,
            issuer=scene.issuer,
            all=scene.world.agency("dia_phuong").charged("assignee"),
            top=top.charged("report_to"),
            via=via.charged("report_to"),
        ),
    )


def annex(scene: Scene, carrier: Rich) -> None:
    """An annex: heading, title, "(Kèm theo …)" and the task table."""
    rng, compose = scene.rng, scene.compose
    path = ("PL",)
    title = f"DANH MỤC NHIỆM VỤ {scene.topic['subject'].upper()}"
    compose.add(
        Paragraph("heading", "PHỤ LỤC", (title,), path, 1),
        Paragraph("note", "", carrier, path),
    )
    table = []
    tasks = _tasks(scene)
    rng.shuffle(tasks)
    for index, task in enumerate(tasks[:6], 1):
        table.append(
            (
                (str(index),),
                task.words,
                capital((task.lead.charged("lead"),)),
                capital(listed(a.charged("coordinate") for a in task.helpers)),
                (deadline(rng, scene.when, field=True),),
                (task.output,),
            )
        )
    compose.add(Table(COLUMNS, tuple(table), path))
