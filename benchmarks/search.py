"""Search beside tantivy on one corpus in one run: time per query, facets, indexing, size.

In: texts of plans (``--texts FOLDER``; sample plans otherwise, whose words are fewer than those of
real ones), grown to the wanted number of passages.  Out: one table on stdout; the corpus stands in
a temporary folder.

Growing: the texts are read by the pipeline once.  Each new plan is one of these records, in which
the words between the values that were read are exchanged: half of such stretches come from another
plan, and every tenth word is drawn anew from all words as often as it stands there.  Values keep
their words and their spans move along, so that tables are filled as by real plans and word
frequencies stay real.

tantivy, installed for development, does the same work on the same passages: an exact and a folded
field, every word in one of them, the exact one worth more, ten hits with their stored text and the
total.  It is asked twice: with its own snippets, which mark nothing where diacritics were left
out, and with the project's highlighter, which does.  It does less: no words side by side first, no
facts of the plan with a hit.  Everyone is asked turn by turn, in one thread; ratios are of
processor time, since other work on the machine stops the clock of whoever runs.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import random
import re
import statistics
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import figures

from models import Plan
from pipeline import Pipeline, corpus, gazetteers
from pipeline.corpus import spelling, writing
from pipeline.corpus.highlighting import Highlighter
from pipeline.corpus.passages import cut, flatten
from pipeline.corpus.query import parse
from pipeline.errors import KehoachError
from pipeline.samples import make
from pipeline.samples.text import render

WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"[^\W\d_]+")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--texts", type=Path, action="append", help="folder of texts of plans")
    parser.add_argument("--passages", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--queries", type=int, default=300, help="how many (300)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=100, help="samples without --texts (100)")
    figures.option(parser)
    args = parser.parse_args(argv)
    random.seed(args.seed)
    seeds = read(args.texts) if args.texts else samples(args.samples)
    told = figures.Figures("search")
    print(f"{len(seeds)} texts read", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        grown = grow(seeds, args.passages, random.Random(args.seed))
        report(grown, Path(folder), args.queries, random.Random(args.seed + 1), told)
    told.write(args.json)
    return 0


def samples(count: int) -> list[Plan]:
    """The records of sample plans."""
    pipeline = Pipeline()
    return [pipeline.from_text(render(make(seed)), f"{seed}.txt") for seed in range(count)]


def read(folders: list[Path]) -> list[Plan]:
    """The records of all texts that can be read."""
    pipeline, found = Pipeline(), []
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        try:
            found.append(pipeline(path))
        except KehoachError as error:
            print(f"{path.name}: {error.line()}", file=sys.stderr)
    return found


@dataclass
class Grown:
    """The plans and the words of their passages."""

    plans: list[Plan]
    passages: list[str]


def grow(seeds: list[Plan], wanted: int, rng: random.Random) -> Grown:
    """New plans until there are enough passages."""
    gaps = [list(free_stretches(plan)) for plan in seeds]
    pool = [plan.text[a:b] for plan, own in zip(seeds, gaps, strict=True) for a, b in own]
    vocabulary = [word for plan in seeds for word in WORD.findall(plan.text)]
    provinces = gazetteers.provinces()
    grown = Grown([], [])
    while len(grown.passages) < wanted:
        which = rng.randrange(len(seeds))
        plan = exchange(seeds[which], gaps[which], pool, vocabulary, rng)
        row = provinces[rng.randrange(len(provinces))]
        header = plan.header.model_copy(
            update={
                "number": f"{rng.randrange(1, 900)}/KH-UBND",
                "issued_on": f"{rng.randrange(2018, 2027)}-{rng.randrange(1, 13):02}-15",
                "plan_period": None,
                "province": plan.header.province
                and plan.header.province.model_copy(
                    update={"name": row.name, "current_name": gazetteers.current(row).name}
                ),
            }
        )
        plan = plan.model_copy(update={"header": header})
        found = cut(plan, flatten(plan.sections))
        grown.plans.append(plan)
        grown.passages += [plan.text[one.start : one.end] for one in found]
    return grown


def free_stretches(plan: Plan) -> Iterator[tuple[int, int]]:
    """Stretches of at least three words that hold no value and no border of a section."""
    taken = bytearray(len(plan.text) + 1)
    wholes = {(task.span.start, task.span.end) for task in plan.tasks}
    wholes |= {(annex.span.start, annex.span.end) for annex in plan.annexes}
    for start, end in spans(plan.model_dump()):
        if (start, end) not in wholes:
            taken[start:end] = b"\1" * (end - start)
    for flat in flatten(plan.sections):
        start = flat.section.span.start
        taken[start : start + 6] = b"\1" * min(6, len(plan.text) - start)
    for task in plan.tasks:
        taken[task.span.start : task.span.start + 1] = b"\1"
    for match in re.finditer(rb"\0+", bytes(taken[: len(plan.text)])):
        for line in re.finditer(r"[^\n]+", plan.text[match.start() : match.end()]):
            a, b = match.start() + line.start(), match.start() + line.end()
            if len(WORD.findall(plan.text[a:b])) >= 3:
                yield a, b


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span of a record's data except those of sections and tasks as a whole."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"]
        for name, item in value.items():
            if name not in ("sections", "preamble", "attached"):
                yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


def exchange(
    plan: Plan,
    gaps: list[tuple[int, int]],
    pool: list[str],
    vocabulary: list[str],
    rng: random.Random,
) -> Plan:
    """The plan with other words in its free stretches and every span moved along."""
    pieces: list[str] = []
    borders, shifts = [0], [0]
    at = shift = 0

    def vary(match: re.Match[str]) -> str:
        return rng.choice(vocabulary) if rng.random() < 0.1 else match.group()

    for start, end in gaps:
        words = plan.text[start:end]
        if rng.random() < 0.5:
            # A piece of about the same length, so that passages keep theirs.
            words = rng.choice(pool)[: max(20, end - start)]
        words = WORD.sub(vary, words)
        pieces += [plan.text[at:start], words]
        shift += len(words) - (end - start)
        borders.append(end)
        shifts.append(shift)
        at = end
    text = "".join([*pieces, plan.text[at:]])

    starts = [start for start, _ in gaps]

    def moved(offset: int) -> int:
        new = offset + shifts[bisect_right(borders, offset) - 1]
        gap = bisect_right(starts, offset) - 1
        if gap >= 0 and offset < gaps[gap][1]:
            # Inside a stretch: not behind the words that took its place.
            new = min(new, gaps[gap][1] + shifts[gap + 1])
        return new

    def move(value: Any) -> Any:
        if isinstance(value, list):
            return [move(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() >= {"start", "end"}:
            return {**value, "start": moved(value["start"]), "end": moved(value["end"])}
        new = {name: move(item) for name, item in value.items()}
        span = value.get("span")
        if span:
            for name in ("text", "title"):
                own = value.get(name)
                if isinstance(own, str) and own:
                    place = plan.text.find(own, span["start"], span["end"])
                    if place >= 0:
                        new[name] = text[moved(place) : moved(place + len(own))]
        return new

    data = move(plan.model_dump())
    digest = hashlib.sha256(text.encode()).hexdigest()
    data |= {"text": text, "id": digest[:16]}
    data["source"] |= {"sha256": digest, "name": f"{digest[:12]}.txt"}
    return Plan.model_validate(data)


def report(
    grown: Grown, folder: Path, wanted: int, rng: random.Random, told: figures.Figures
) -> None:
    path = folder / "corpus.db"
    text_bytes = sum(len(plan.text.encode()) for plan in grown.plans)
    print(f"{len(grown.plans)} plans, {len(grown.passages)} passages, {text_bytes / 1e6:.1f} MB")
    start = time.process_time()
    with corpus.open(path, write=True) as store:
        for _ in store.add_many(grown.plans):
            pass
        writing.tidy(store.store, len(grown.plans))
    whole = time.process_time() - start
    plans = corpus.open(path)
    start = time.process_time()
    index_only(grown.passages, folder / "index.db")
    index = time.process_time() - start
    peer, peer_time, peer_size = tantivy_index(grown.passages, folder / "tantivy")
    size = path.stat().st_size
    if peer:
        told.add("indexing the words, processor time", figures.TIMES, index / peer_time,
                 at_most=2, peer="tantivy")  # fmt: skip
    told.add("adding whole plans, processor time", "s", whole)
    told.add("file to text", figures.TIMES, size / text_bytes, at_most=3)
    print(f"\nindexing: {index:.1f} s the words, {whole:.1f} s everything", end="")
    print(f"; tantivy {peer_time:.1f} s, ratio {index / peer_time:.2f}" if peer else "; no tantivy")
    print(f"file: {size / 1e6:.0f} MB, {size / text_bytes:.2f} x the text", end="")
    print(f"; tantivy {peer_size / 1e6:.0f} MB" if peer else "")
    typed = queries(grown.passages, wanted, rng)
    bare = [" ".join(map(spelling.folded, query.split())) for query in typed]
    print(f"\n{wanted} queries of one to three words, ten highlighted results, ms")
    print(f"{'':40}{'clock':>8}{'p95':>8}{'processor':>10}{'p95':>8}{'ours/it':>10}")
    for name, asked in (("with diacritics", typed), ("without", bare)):
        works: dict[str, Callable[[str], object]] = {"kehoach": plans.search, **peer}
        times = turn_by_turn(works, asked)
        for who, own in times.items():
            ratio = p(times["kehoach"].processor, 95) / p(own.processor, 95)
            print(line(f"{who}, {name}", own) + f"{ratio:10.1f}")
            peer_name = None if who == "kehoach" else who
            told.add(f"query {name}, p50, processor", "ms", p(own.processor, 50), peer=peer_name)
            told.add(f"query {name}, p95, processor", "ms", p(own.processor, 95), peer=peer_name,
                     at_most=None if peer_name else 50)  # fmt: skip
            told.add(f"query {name}, p95, clock", "ms", p(own.clock, 95), peer=peer_name)
            if peer_name:
                told.add(f"query {name}, p95", figures.TIMES, ratio, at_most=5, peer=who)
    times = turn_by_turn({"query": plans.search, "facets": plans.facets}, typed)
    ratio = p(times["facets"].processor, 95) / p(times["query"].processor, 95)
    print(line("facets (six)", times["facets"]) + f"{ratio:10.1f} x query")
    told.add("six facets, p95", "ms", p(times["facets"].processor, 95))
    told.add("six facets to a query, p95", figures.TIMES, ratio, at_most=3)
    if not peer:
        print("\ntantivy is not installed, so no ratios")


def line(name: str, times: Times) -> str:
    """Clock and processor, half and nineteen of twenty."""
    clock, own = times.clock, times.processor
    return f"{name:40}{p(clock, 50):8.2f}{p(clock, 95):8.2f}{p(own, 50):10.2f}{p(own, 95):8.2f}"


def queries(passages: list[str], wanted: int, rng: random.Random) -> list[str]:
    """One to three words side by side, as they stand in a passage."""
    found: list[str] = []
    while len(found) < wanted:
        words = LETTERS.findall(rng.choice(passages))
        size = 1 + len(found) % 3
        if len(words) > size:
            at = rng.randrange(len(words) - size)
            chosen = [word.lower() for word in words[at : at + size]]
            if not {"and", "or", "not"} & set(chosen):
                found.append(" ".join(chosen))
    return found


@dataclass
class Times:
    """Milliseconds of every query."""

    clock: list[float]
    processor: list[float]


def turn_by_turn(works: dict[str, Callable[[str], object]], asked: list[str]) -> dict[str, Times]:
    """Every query asked of everyone before the next one; one warm round."""
    times = {name: Times([], []) for name in works}
    for query in asked[:30]:
        for work in works.values():
            work(query)
    gc.collect()
    for query in asked:
        for name, work in works.items():
            start, own = time.perf_counter(), time.process_time()
            work(query)
            times[name].processor.append((time.process_time() - own) * 1000)
            times[name].clock.append((time.perf_counter() - start) * 1000)
    return times


def p(times: list[float], percent: int) -> float:
    """A percentile."""
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def index_only(passages: list[str], path: Path) -> None:
    """The words of all passages in an index like the corpus's, and nothing else."""
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (line, content = '',"
            " columnsize = 0, detail = full, tokenize = 'ascii')"
        )
        connection.executemany(
            "INSERT INTO words (rowid, line) VALUES (?, ?)",
            ((number, spelling.indexed(text)) for number, text in enumerate(passages)),
        )
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.close()


def tantivy_index(
    passages: list[str], folder: Path
) -> tuple[dict[str, Callable[[str], object]], float, int]:
    """Functions that ask tantivy, none where it is not installed.  Also seconds and bytes."""
    try:
        import tantivy
    except ImportError:
        return {}, 1.0, 0
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("exact", stored=True)
    builder.add_text_field("folded")
    schema = builder.build()
    folder.mkdir()
    start = time.process_time()
    index = tantivy.Index(schema, path=str(folder))
    # One thread and one process, as SQLite has.
    writer = index.writer(200_000_000, 1)
    for text in passages:
        folded = " ".join(map(spelling.folded, WORD.findall(text)))
        writer.add_document(tantivy.Document(exact=text, folded=folded))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.process_time() - start
    index.reload()
    searcher = index.searcher()

    def find(query: str) -> tuple[Any, Any]:
        parts = [
            f'(exact:"{word}"^4 OR folded:"{spelling.folded(word)}")' for word in query.split()
        ]
        parsed = index.parse_query(" AND ".join(parts), ["folded"])
        return parsed, searcher.search(parsed, 10)

    def own_snippets(query: str) -> object:
        parsed, found = find(query)
        snippets = tantivy.SnippetGenerator.create(searcher, parsed, schema, "exact")
        return found.count, [
            snippets.snippet_from_doc(searcher.doc(address)).highlighted()
            for _, address in found.hits
        ]

    def our_marks(query: str) -> object:
        _, found = find(query)
        marker = Highlighter(parse(query))
        return found.count, [
            marker.snippet(searcher.doc(address)["exact"][0], 240) for _, address in found.hits
        ]

    peers: dict[str, Callable[[str], object]] = {
        "tantivy, its snippets": own_snippets,
        "tantivy, our highlighter": our_marks,
    }
    return peers, seconds, sum(file.stat().st_size for file in folder.iterdir())


if __name__ == "__main__":
    sys.exit(main())
