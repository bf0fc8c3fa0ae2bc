"""A process that writes plans into a corpus until it is killed: ``writer.py CORPUS RECORDS FIRST``.

Prints the number of every plan after its transaction was committed.
"""

import sys
from pathlib import Path

from models import Plan
from pipeline import corpus


def main() -> None:
    path, record, first = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    base = Plan.model_validate_json(record.read_bytes())
    with corpus.open(path, write=True) as writer:
        for number in range(first, first + 10_000):
            digest = f"{number:064x}"
            source = base.source.model_copy(update={"sha256": digest, "name": f"{number}.txt"})
            writer.add(base.model_copy(update={"id": digest[-16:], "source": source}))
            print(number, flush=True)


if __name__ == "__main__":
    main()
