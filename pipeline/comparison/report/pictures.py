"""Small SVG pictures: timeline, dots on a line, bars, arcs between documents.

In: numbers, words and links.  Out: SVG as text for a page; every word in it is escaped.

Colours and letters come from the page's style by class, so that pictures follow its light and dark
faces.  Places in a picture are attributes and not styles: the page's policy allows no inline style.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.comparison.report.speech import shortened

_MARK = 5


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a timeline.

    Attributes:
        lane: row.
        first: where a period begins, or None for a day.
        last: the day.
        words: said when it is pointed at.
        link: anchor of the sentence, or "".
    """

    lane: int
    first: date | None
    last: date
    words: str
    link: str


def _svg(
    width: int, height: int, label: str, body: Sequence[str], kind: str, role: str = "img"
) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="{role}" aria-label="{html.escape(label)}">{"".join(body)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
        + (f' class="{kind}"' if kind else "")
        + f">{html.escape(words)}</text>"
    )


def timeline(
    lanes: Sequence[str], events: Sequence[Event], label: str, after: str, month: str
) -> str:
    """Deadlines of several places under each other.

    Args:
        lanes: names of the rows.
        events: what happens; those far behind the others stand at the right edge.
        label: what the picture shows, for those who cannot see it.
        after: word for what lies beyond the right edge.
        month: how a month is written: "{m}/{y}".

    Returns:
        The picture; empty where nothing happens.
    """
    if not events:
        return ""
    left, width, step, top = 190, 1300, 22, 34
    first, last = _reach([event.last for event in events])
    days = max((last - first).days, 1)

    def at(day: date) -> float:
        return left + (width - left - 40) * min(max((day - first).days, 0), days) / days

    height = top + step * len(lanes) + 8
    body = []
    for tick, words in _ticks(first, last, month):
        x = at(tick)
        body.append(f'<line class="tick" x1="{x:.1f}" y1="{top - 8}" x2="{x:.1f}" y2="{height}"/>')
        if x < width - 100:
            body.append(_text(x + 3, top - 12, words, kind="small"))
    if any(event.last > last for event in events):
        body.append(_text(width - 4, top - 12, after, "end", "small"))
    for number, name in enumerate(lanes):
        y = top + step * number + step / 2
        body.append(f'<line class="lane" x1="{left}" y1="{y}" x2="{width}" y2="{y}"/>')
        body.append(_text(left - 8, y + 4, shortened(name, 24), "end"))
    together: defaultdict[tuple[int, float], list[Event]] = defaultdict(list)
    for event in events:
        x = width - 16.0 if event.last > last else round(at(event.last), 1)
        together[event.lane, x].append(event)
    for (lane, x), several in sorted(together.items()):
        y = top + step * lane + step / 2
        begin = [event.first for event in several if event.first and event.first < event.last]
        if begin and x < width - 16:
            from_x = at(max(min(begin), first))
            body.append(f'<line class="period" x1="{from_x:.1f}" y1="{y}" x2="{x}" y2="{y}"/>')
        size = min(_MARK + 1.5 * (len(several) - 1), step / 2)
        words = "\n".join(f"{lanes[lane]}: {event.words}" for event in several[:6])
        told = html.escape(words)
        dot = f'<circle cx="{x}" cy="{y}" r="{size}"><title>{told}</title></circle>'
        if len(several) > 1:
            dot += _text(x, y + 3.5, str(len(several)), "middle", "inside")
        links = [event.link for event in several if event.link]
        if links:
            more = f'data-e="{" ".join(links)}" data-f="when" aria-label="{told}"'
            dot = f'<a href="#{links[0]}" {more}>{dot}</a>'
        body.append(dot)
    # A group and no image: its links are there for everybody.
    return _svg(width, height, label, body, "timeline", "group")


def _reach(days: Sequence[date]) -> tuple[date, date]:
    """From the first to the last, whole months; without a few that lie very far behind the rest."""
    order = sorted(days)
    first, last = order[int(len(order) * 0.02)], order[-1]
    most = order[min(int(len(order) * 0.85), len(order) - 1)]
    if (last - first) > 3 * max(most - first, timedelta(days=90)):
        last = most
    begin = first.replace(day=1)
    end = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return begin, end


def _ticks(first: date, last: date, month: str) -> list[tuple[date, str]]:
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= 14), 120)
    found = []
    for number in range(months + 1):
        year, index = divmod(first.year * 12 + first.month - 1 + number, 12)
        if (index if every >= 12 else year * 12 + index) % min(every, 12) == 0:
            if every > 12 and year % (every // 12):
                continue
            words = str(year) if every >= 12 else month.format(m=f"{index + 1:02}", y=year)
            found.append((date(year, index + 1, 1), words))
    return found


def dots(values: Sequence[tuple[float, str]], label: str, numbers: Sequence[str]) -> str:
    """Numbers on one line.

    Args:
        values: (number, whose).
        label: what the picture shows.
        numbers: the smallest and the largest in words.
    """
    low, high = min(value for value, _ in values), max(value for value, _ in values)
    wide = (high - low) or 1.0
    width, height = 220, 30
    whose: defaultdict[float, list[str]] = defaultdict(list)
    for value, name in values:
        whose[value].append(name)
    body = ['<line class="lane" x1="14" y1="11" x2="206" y2="11"/>']
    for value, names in sorted(whose.items()):
        x = 14 + 192 * (value - low) / wide
        size = min(4 + 1.2 * (len(names) - 1), 9)
        words = ", ".join(names[:12]) + ("…" if len(names) > 12 else "")
        body.append(
            f'<circle cx="{x:.1f}" cy="11" r="{size:.1f}">'
            f"<title>{value:g}: {html.escape(words)}</title></circle>"
        )
    body.append(_text(6, 28, numbers[0], "start", "small"))
    body.append(_text(214, 28, numbers[1], "end", "small"))
    return _svg(width, height, label, body, "dots")


def bars(shares: Sequence[float], label: str) -> str:
    """Shares of one, each a part of the bar before it."""
    width, height = 180, 14
    body = [f'<rect class="all" x="0" y="1" width="{width}" height="12"/>']
    for number, value in enumerate(shares):
        body.append(
            f'<rect class="bar{number}" x="0" y="1" width="{width * min(value, 1):.1f}" '
            'height="12"/>'
        )
    return _svg(width, height, label, body, "bars")


def arcs(
    names: Sequence[str], sizes: Sequence[int], edges: Sequence[tuple[int, int, int]], label: str,
    together: str,
) -> str:  # fmt: skip
    """A network as arcs beside a list of names, so that every name can be read.

    Args:
        names: of the nodes, in any order.
        sizes: how much each node counts.
        edges: (node, node, weight).
        label: what the picture shows.
        together: words for an edge with places for a, b and n.
    """
    if not edges:
        return ""
    order = _seriate(len(names), edges)
    row = {node: at for at, node in enumerate(order)}
    step, left, top, width = 22, 360, 14, 1100
    largest, heaviest = max(sizes), max(weight for _, _, weight in edges)
    height = top * 2 + step * (len(names) - 1)
    longest = max(abs(row[a] - row[b]) for a, b, _ in edges)
    wide = (width - left - 20) / max(longest, 12)
    body = []
    for a, b, weight in sorted(edges, key=lambda edge: edge[2]):
        y1, y2 = sorted((top + step * row[a], top + step * row[b]))
        radius = (y2 - y1) / 2
        bulge = wide * abs(row[a] - row[b])
        thick = 0.8 + 4.2 * weight / heaviest
        words = together.format(a=names[a], b=names[b], n=weight)
        body.append(
            f'<path class="arc" d="M{left} {y1} A{bulge:.1f} {radius:.1f} 0 0 1 {left} {y2}"'
            f' stroke-width="{thick:.1f}"><title>{html.escape(words)}</title></path>'
        )
    for node, at in row.items():
        y = top + step * at
        size = 3 + 4 * sizes[node] / largest
        title = html.escape(f"{names[node]}: {sizes[node]}")
        body.append(f'<circle cx="{left}" cy="{y}" r="{size:.1f}"><title>{title}</title></circle>')
        words = f"{shortened(names[node], 40)} ({sizes[node]})"
        body.append(_text(left - 12, y + 4, words, "end"))
    return _svg(width, height, label, body, "arcs")


def _seriate(count: int, edges: Sequence[tuple[int, int, int]]) -> list[int]:
    """Nodes in an order that puts those of heavy edges beside each other."""
    near: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for a, b, weight in edges:
        near[a][b] = near[b][a] = weight
    left = set(range(count))
    order: list[int] = []
    while left:
        start = max(left, key=lambda node: (sum(near[node].values()), -node))
        line = [start]
        left.discard(start)
        while True:
            ends = [
                (near[end][node], -node, end)
                for end in {line[0], line[-1]}
                for node in near[end]
                if node in left
            ]
            if not ends:
                break
            _, negative, end = max(ends)
            if end == line[-1]:
                line.append(-negative)
            else:
                line.insert(0, -negative)
            left.discard(-negative)
        order += line
    return order
