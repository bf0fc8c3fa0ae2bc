"""The sentences behind the cells of an HTML report, each written once, its telling words marked.

In: the proofs of the cells that are shown.  Out: ids for the cells to point to, and the entries
that the report lists, plan by plan.

A report of thousands of plans would be larger than any mail: when the sentences shown reach the
bound, further ones get no id, and their cells say so by not being links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.comparison.report.speech import Speech, shortened
from pipeline.comparison.report.tables import Proof, Quote
from pipeline.comparison.report.views_change import signals
from pipeline.comparison.results import Comparison, Item, Member, Span

_HEADING = 80
# Where two marked stretches overlap, the earlier kind wins.
_ORDER = ("when", "figure", "who", "cite")


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence as it is listed.

    Attributes:
        id: its anchor.
        where: section and page.
        headings: what stands above it, outermost first.
        pieces: its words: (text, kind of fact or "").
        facts: (name, words) of what was read from it or from the headings above it.
        match: how it was held to be the same as the others of its topic; "" for none.
        low: a person should look at that match.
    """

    id: str
    where: str
    headings: str
    pieces: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    match: str
    low: bool


class Evidence:
    """Collects what is pointed to.

    Args:
        comparison: where the proofs come from.
        say: the reader's language.
        most: characters of sentences at most.
    """

    def __init__(self, comparison: Comparison, say: Speech, most: int) -> None:
        self.comparison, self.say, self.left = comparison, say, most
        self.dropped = 0
        self._ids: dict[Proof, str] = {}
        self._cited: defaultdict[int, list[Span]] = defaultdict(list)
        for document in comparison.documents:
            for mention in document.citations:
                if mention.item is not None:
                    self._cited[mention.item].append(mention.span)
        self._member: dict[int, Member] = {}
        for topic in comparison.topics:
            for member in topic.members if len(topic.members) > 1 else ():
                known = self._member.get(member.item)
                if known is None or known.strength < member.strength:
                    self._member[member.item] = member

    def refer(self, proofs: Iterable[Proof], most: int = 100) -> list[str]:
        """The ids of proofs; those beyond the bound are left out."""
        found: list[str] = []
        for proof in dict.fromkeys(proofs):
            if len(found) == most:
                break
            if proof not in self._ids:
                length = len(self._text(proof))
                if length > self.left:
                    self.dropped += 1
                    continue
                self.left -= length
                kind = "q" if isinstance(proof, Quote) else "i"
                self._ids[proof] = f"{kind}{len(self._ids)}"
            found.append(self._ids[proof])
        return found

    def plans(self) -> list[tuple[int, list[Entry]]]:
        """What was pointed to, plan by plan in reading order."""
        by_plan: defaultdict[int, list[Entry]] = defaultdict(list)
        items = sorted(proof for proof in self._ids if isinstance(proof, int))
        for number in items:
            item = self.comparison.items[number]
            by_plan[item.plan].append(self._item(item))
        for proof, anchor in self._ids.items():
            if isinstance(proof, Quote):
                where = f"{proof.where}{self._page(proof.page)}"
                by_plan[proof.plan].append(
                    Entry(anchor, where, "", ((proof.text, ""),), (), "", False)
                )
        return sorted(by_plan.items())

    def _text(self, proof: Proof) -> str:
        return proof.text if isinstance(proof, Quote) else self.comparison.items[proof].text

    def _page(self, page: int | None) -> str:
        return f" · {self.say('report.page', n=page)}" if page else ""

    def _item(self, item: Item) -> Entry:
        member = self._member.get(item.index)
        return Entry(
            self._ids[item.index],
            self.say.path(item.section) + self._page(item.span.page),
            " › ".join(shortened(heading, _HEADING) for heading in item.headings),
            self.pieces(item),
            tuple(self._facts(item)),
            self._match(member),
            bool(member and member.low),
        )

    def pieces(self, item: Item) -> tuple[tuple[str, str], ...]:
        """The words of an item with the kind of fact that each stretch tells."""
        if len(item.text) != item.span.end - item.span.start:
            return ((item.text, ""),)
        spans = {
            "when": [due.span for due in item.dues if not due.inherited],
            "figure": [figure.span for figure in item.figures],
            "who": [role.span for role in item.roles if not role.inherited],
            "cite": self._cited[item.index],
        }
        taken: list[tuple[int, int, str]] = []
        for kind in _ORDER:
            for span in spans[kind]:
                start, end = span.start - item.span.start, span.end - item.span.start
                if (
                    0 <= start < end <= len(item.text)
                    and all(end <= a or b <= start for a, b, _ in taken)
                ):  # fmt: skip
                    taken.append((start, end, kind))
        pieces, last = [], 0
        for start, end, kind in sorted(taken):
            pieces += [(item.text[last:start], ""), (item.text[start:end], kind)]
            last = end
        pieces.append((item.text[last:], ""))
        return tuple(piece for piece in pieces if piece[0])

    def _facts(self, item: Item) -> Iterable[tuple[str, str]]:
        """Who and when, also what stands in a heading above or in a line below."""
        say = self.say
        for role in dict.fromkeys(each.role for each in item.roles):
            bodies = dict.fromkeys(say.body(each) for each in item.roles if each.role == role)
            yield say(f"role.{role}"), "; ".join(bodies)
        for due in item.dues:
            day = say.date(due.latest)
            words = f"{due.text} ({say('report.to-day', day=day)})" if day else due.text
            yield say("fact.deadline"), words

    def _match(self, member: Member | None) -> str:
        if member is None:
            return ""
        if member.reason is None:
            return self.say("report.central")
        why, say = member.reason, self.say
        parts = [
            f"{say('reason.words')} {say.share(why.words)}",
            f"{say('reason.weight')} {say.share(why.weight)}",
            f"{say('reason.inside')} {say.share(why.inside)}",
            *signals(say, why),
        ]
        return f"{say('report.match', n=say.share(member.strength))}: {'; '.join(parts)}"
