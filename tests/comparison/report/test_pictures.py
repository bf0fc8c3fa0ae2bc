"""Pictures: inside their frame, escaped, every event and edge there."""

from __future__ import annotations

from datetime import date

import lxml.etree
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison.report import pictures
from pipeline.comparison.report.pictures import Event

DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))


def parsed(picture: str) -> lxml.etree._Element:
    return lxml.etree.fromstring(picture)


def inside(picture: lxml.etree._Element) -> bool:
    width, height = map(float, picture.get("viewBox", "").split()[2:])
    for each in picture.iter():
        xs = [float(each.get(name)) for name in ("x", "cx", "x1", "x2") if each.get(name)]
        ys = [float(each.get(name)) for name in ("y", "cy", "y1", "y2") if each.get(name)]
        if not all(0 <= x <= width for x in xs) or not all(0 <= y <= height for y in ys):
            return False
    return True


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | DAYS, DAYS), min_size=1, max_size=40))
def test_a_timeline_shows_every_event_inside_its_frame(
    events: list[tuple[int, date | None, date]],
) -> None:
    told = [Event(lane, first, last, "việc", "i0") for lane, first, last in events]
    picture = parsed(pictures.timeline([f"Nơi {n}" for n in range(6)], told, "x", "sau", "{m}/{y}"))
    assert inside(picture)
    links = [link for dot in picture.iter("{*}a", "a") for link in dot.get("data-e").split()]
    assert len(links) == len(events)


def test_events_of_one_day_are_one_dot_with_their_number() -> None:
    told = [Event(0, None, date(2024, 6, 30), f"việc {n}", f"i{n}") for n in range(3)]
    picture = parsed(pictures.timeline(["Huế"], told, "x", "sau", "{m}/{y}"))
    assert picture.find(".//a").get("data-e") == "i0 i1 i2"
    assert "3" in picture.xpath("string(.//a/text)")


def test_one_far_event_does_not_squeeze_the_others() -> None:
    near = [Event(0, None, date(2024, month, 15), "gần", f"i{month}") for month in range(1, 13)]
    far = Event(0, None, date(2050, 12, 31), "xa", "i99")
    picture = parsed(pictures.timeline(["Huế"], [*near, far], "x", "sau đó", "{m}/{y}"))
    across = [float(dot.get("cx")) for dot in picture.iter("circle")]
    assert max(across[:-1]) - min(across) > 800
    assert "sau đó" in "".join(picture.itertext())


def test_words_in_pictures_are_escaped() -> None:
    evil = '<script>x</script>&"'
    for picture in (
        pictures.timeline(
            [evil], [Event(0, None, date(2024, 1, 1), evil, "i0")], evil, evil, "{y}"
        ),
        pictures.dots([(1, evil), (2, evil)], evil, ("1", "2")),
        pictures.bars([0.5, 0.2], evil),
        pictures.arcs([evil, "b"], [2, 1], [(0, 1, 2)], evil, "{a} {b} {n}"),
    ):
        assert not parsed(picture).xpath("//script")
        assert parsed(picture).get("aria-label") == evil


@given(st.integers(2, 20).flatmap(lambda n: st.tuples(
    st.just(n),
    st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, 9))
             .filter(lambda edge: edge[0] < edge[1]), min_size=1, max_size=40),
)))  # fmt: skip
def test_a_network_has_every_name_and_edge(drawn: tuple[int, list[tuple[int, int, int]]]) -> None:
    count, edges = drawn
    names = [f"Văn bản {n}" for n in range(count)]
    picture = parsed(pictures.arcs(names, [1] * count, edges, "x", "{a} {b} {n}"))
    assert inside(picture)
    assert len(picture.findall(".//path")) == len(edges)
    assert {text.text.rpartition(" (")[0] for text in picture.iter("text")} == set(names)


def test_nothing_makes_no_picture() -> None:
    assert pictures.timeline([], [], "x", "sau", "{y}") == ""
    assert pictures.arcs(["a"], [1], [], "x", "{a}") == ""
