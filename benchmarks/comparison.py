"""Comparison measured: right on planted changes, and fast on thousands of plans.

    python benchmarks/comparison.py accuracy
    python benchmarks/comparison.py speed [--plans 2000] [--records DIR]   (each: --json FILE)

``accuracy`` plants known changes in sample plans and counts what is found.  ``speed`` grows a
corpus by recombination (top sections of several records under one header, some words changed) from
sample plans or from records of your own, and prints seconds and the peak of memory.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import figures

from models import Plan
from pipeline import Pipeline
from pipeline.comparison import Comparison, compare
from pipeline.samples import make
from pipeline.samples.planting import Planted, duties, plant
from pipeline.samples.text import render

RATES = (0.05, 0.15, 0.30)
LINES = {0.05: 0.97, 0.15: 0.95, 0.30: 0.85}
_WORD = re.compile(r"[^\W\d_]+")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    sub = commands.add_parser("accuracy")
    sub.add_argument("--seeds", type=int, default=40)
    figures.option(sub)
    sub = commands.add_parser("speed")
    sub.add_argument("--plans", type=int, default=2000)
    sub.add_argument("--records", type=Path)
    figures.option(sub)
    args = parser.parse_args(argv)
    told = figures.Figures("comparison")
    if args.command == "accuracy":
        code = accuracy(args.seeds, told)
    else:
        code = speed(args.plans, args.records, told)
    told.write(args.json)
    return code


def accuracy(seeds: int, told: figures.Figures) -> int:
    pipeline = Pipeline()
    failed = False
    print("alignment of another province's copy, all duties reworded")
    for rate in RATES:
        counts: Counter[str] = Counter()
        for seed in range(seeds):
            counts += aligned(pipeline, seed, rate)
        precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
        recall = counts["right"] / max(1, counts["right"] + counts["missed"])
        f1 = 2 * precision * recall / (precision + recall)
        failed |= f1 < LINES[rate] or bool(counts["false only here"])
        told.add(f"alignment, {rate:.0%} of the words changed", "F1", f1, at_least=LINES[rate])
        print(f"  {rate:.0%}  F1 {f1:.4f} (at least {LINES[rate]})  {dict(counts)}")
    print("year on year")
    planted: Counter[str] = Counter()
    for seed in range(seeds):
        planted += changed(pipeline, seed)
    failed |= any(name.startswith("missed") for name in planted)
    for name, count in sorted(planted.items()):
        print(f"  {name}: {count}")
    for verdict, bound in (("found", None), ("missed", 0), ("false change", 0)):
        total = sum(count for name, count in planted.items() if name.startswith(verdict))
        told.add(f"year on year, {verdict}", "changes", total, at_most=bound)
    return int(failed)


def original(seed: int) -> Any:
    """A sample plan of one province and year."""
    return make(seed, province="Nghệ An", year=2023, act="plan", issuer="ubnd", blank="none")


def side_by_side(pipeline: Pipeline, base: Any, planted: Planted) -> tuple[Comparison, int, int]:
    """The comparison of a plan and its variant, and their places in it."""
    old = pipeline.from_text(render(base), "old.txt")
    new = pipeline.from_text(render(planted.plan), "new.txt")
    result = compare([old, new])
    first = next(plan.index for plan in result.plans if plan.id == old.id)
    return result, first, 1 - first


def places(result: Comparison, plan: int, words: Sequence[str]) -> dict[str, int]:
    """Words of a duty → the item that holds them."""
    from rapidfuzz import fuzz, process

    items = {item: result.items[item].text for item in result.plans[plan].items}
    found = {}
    for each in words:
        best = process.extractOne(each, items, scorer=fuzz.ratio, score_cutoff=85)
        if best is not None:
            found[each] = best[2]
    return found


def aligned(pipeline: Pipeline, seed: int, rate: float) -> Counter[str]:
    base = original(seed)
    planted = plant(
        base, seed + 1000, province="Sơn La", reworded=1.0, rate=rate, changed=1, moved=1,
        dropped=2, added=2,
    )  # fmt: skip
    result, old, new = side_by_side(pipeline, base, planted)
    before = places(result, old, duties(base))
    after = places(result, new, [unit.words for unit in planted.units])
    truth = {
        (before[unit.origin], after[unit.words])
        for unit in planted.units
        if unit.origin in before and unit.words in after
    }
    known = {*before.values(), *after.values()}
    found = {
        (a.item, b.item)
        for topic in result.topics
        for a in topic.members
        for b in topic.members
        if result.items[a.item].plan == old
        and result.items[b.item].plan == new
        and {a.item, b.item} <= known
    }
    kept = {item for pair in truth for item in pair}
    only = sum(
        row.sure and any(member.item in kept for member in result.topics[row.topic].members)
        for row in result.only_here
    )
    return Counter(
        {
            "right": len(truth & found),
            "wrong": len(found - truth),
            "missed": len(truth - found),
            "false only here": only,
        }
    )


def changed(pipeline: Pipeline, seed: int) -> Counter[str]:
    base = original(seed)
    planted = plant(
        base, seed + 77, years=1, reworded=0.2, rate=0.15, changed=2, moved=1, dropped=2, added=2
    )
    result, old, new = side_by_side(pipeline, base, planted)
    counts: Counter[str] = Counter()
    if len(result.years) != 1:
        return Counter({"missed pair of years": 1})
    changes = result.years[0].changes
    by_new = {change.new: change for change in changes}
    by_old = {change.old: change for change in changes}
    before = places(result, old, duties(base))
    after = places(result, new, [unit.words for unit in planted.units])
    names = {"reworded": "wording", "moved": "place"}
    for unit in planted.units:
        change = by_new.get(after.get(unit.words, -1))
        if change is None:
            continue
        if unit.origin is None:
            counts["found added" if change.kind == "added" else "missed added"] += 1
        elif change.old != before.get(unit.origin):
            counts["missed pair"] += 1
        else:
            for act in unit.acts:
                seen = names.get(act, act) in change.facts
                counts[f"{'found' if seen else 'missed'} {act}"] += 1
            if not unit.acts:
                counts["unchanged" if change.kind == "same" else "false change"] += 1
    for words in planted.dropped:
        if words in before:
            gone = by_old[before[words]].kind == "dropped"
            counts["found dropped" if gone else "missed dropped"] += 1
    return counts


def speed(size: int, folder: Path | None, told: figures.Figures) -> int:
    elders = parents(folder)
    print(f"grown from {len(elders)} records; {peak():.0f} MB", flush=True)
    start, cpu = time.perf_counter(), time.process_time()
    stages: dict[str, float] = {}

    def begun_at(stage: str, share: float) -> None:
        stages.setdefault(stage, time.perf_counter())

    # One by one, as the command reads them; growing them is part of the first stage's time.
    result = compare(grown(elders, size), progress=begun_at)
    done = time.perf_counter()
    spent = time.process_time() - cpu
    print(f"{size} plans in {done - start:.0f} s, {spent:.0f} s of them work; peak {peak():.0f} MB")
    whole = size >= 2000  # the aims are those of two thousand plans
    told.add(f"{size} plans", "s", done - start, at_most=600 if whole else None)
    told.add(f"{size} plans, peak of memory", "MB", peak(), at_most=4000 if whole else None)
    marks = [*stages.items(), ("end", done)]
    for (name, begun), (_, ended) in pairwise(marks):
        print(f"  {name}: {ended - begun:.0f} s")
    print(
        f"{len(result.items)} items, {len(result.topics)} topics, {len(result.coverage)} cells, "
        f"{result.reuse_total} pairs with reuse, {len(result.years)} pairs of years"
    )
    return 0


def peak() -> float:
    """The most memory this process has had, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parents(folder: Path | None) -> list[Plan]:
    if folder is not None:
        return [
            Plan.model_validate_json(path.read_bytes()) for path in sorted(folder.glob("*.json"))
        ]
    pipeline = Pipeline()
    return [pipeline.from_text(render(make(seed)), f"{seed}.txt") for seed in range(120)]


def grown(parents: Sequence[Plan], size: int) -> Iterator[Plan]:
    """Records with the header of one parent and the top sections of several."""
    rng = Random(0)
    dumps = [plan.model_dump(mode="json") for plan in parents if plan.sections]
    words = sorted({word for dump in dumps for word in _WORD.findall(dump["text"])})
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    for number in range(size):
        yield Plan.model_validate(recombined(rng, dumps, by_length, number))


def recombined(
    rng: Random, dumps: Sequence[dict[str, Any]], words: dict[int, list[str]], number: int
) -> dict[str, Any]:
    """One record; spans stay right because sections move as a whole and words keep their length."""
    head = rng.choice(dumps)
    record = {key: deepcopy(head[key]) for key in ("schema_version", "source", "header")}
    text = head["text"][: head["sections"][0]["span"]["start"]]
    kept: dict[str, list[Any]] = {
        name: [] for name in ("sections", "tasks", "deadlines", "targets", "references")
    }
    agencies: dict[str, Any] = {}
    most = max(len(dump["sections"]) for dump in dumps)
    for place in range(min(most, max(3, len(head["sections"])))):
        parent = rng.choice([dump for dump in dumps if len(dump["sections"]) > place])
        section = parent["sections"][place]
        start, end = section["span"]["start"], section["span"]["end"]
        step = len(text) - start
        kept["sections"].append(shifted(section, step))
        for name in ("tasks", "deadlines", "targets", "references"):
            for each in parent[name]:
                if start <= each["span"]["start"] and each["span"]["end"] <= end:
                    part = shifted(each, step)
                    part.update({key: [] for key in ("deadlines", "targets", "references",
                                 "inherited_deadlines") if key in part})  # fmt: skip
                    if "refers_to" in part:
                        part["refers_to"] = None
                    kept[name].append(part)
        for agency in parent["agencies"]:
            agencies.setdefault(agency["id"], {**agency, "mentions": []})
        text += noisy(rng, parent["text"][start:end], words) + "\n"
    digest = f"{number:064x}"
    record["source"] = {**record["source"], "sha256": digest, "name": f"plan-{number}.txt"}
    if record["header"].get("number"):
        record["header"]["number"] = f"{number}/KH-UBND"
    return {**record, **kept, "agencies": list(agencies.values()), "text": text,
            "id": digest[-16:]}  # fmt: skip


def noisy(rng: Random, text: str, words: dict[int, list[str]], rate: float = 0.04) -> str:
    """The text with some words replaced by others of the same length."""
    return _WORD.sub(
        lambda match: (
            rng.choice(words[len(match.group())]) if rng.random() < rate else match.group()
        ),
        text,
    )


def shifted(value: Any, step: int) -> Any:
    """A part of a record with all its spans moved."""
    if isinstance(value, list):
        return [shifted(each, step) for each in value]
    if isinstance(value, dict):
        moved = {key: shifted(each, step) for key, each in value.items()}
        if {"start", "end"} <= value.keys():
            moved["start"], moved["end"] = value["start"] + step, value["end"] + step
        return moved
    return value


if __name__ == "__main__":
    sys.exit(main())
