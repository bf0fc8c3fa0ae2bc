"""A process that decides without end, for the test that kills it; prints each entry when written.

Arguments: the corpus, a plan's id.
"""

from __future__ import annotations

import sys

from pipeline import corpus, review


def main() -> None:
    """Flip one value between two readings."""
    path, plan = sys.argv[1:]
    with corpus.open(path, write=True) as plans:
        address = next(i.address for i in review.items(plans, plan, category="deadlines"))
        for number in range(10_000):
            new = {"value": f"2031-{number % 12 + 1:02}-15"}
            entry = review.decide(plans, plan, address, "edit", new=new, by="An")
            print(entry.id, entry.new["value"] if entry.new else "", flush=True)


if __name__ == "__main__":
    main()
