"""The corpus from Python: typed values, and pandas frames where a table is wanted.

In: a path.  Out: a ``Corpus``.

>>> from pipeline import corpus
>>> with corpus.open("data/corpus.db") as plans:          # doctest: +SKIP
...     plans.search("cải cách hành chính province:\\"Lào Cai\\"").total
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from models import Plan
from pipeline.corpus import batch, duties, exporting, graph, tables, writing
from pipeline.corpus.duties import Duty
from pipeline.corpus.exporting import Format
from pipeline.corpus.graph import Citation, Conflict, Document
from pipeline.corpus.packing import unpack
from pipeline.corpus.plain import shown
from pipeline.corpus.searching import Answer, Hit, Sort, every, search
from pipeline.corpus.store import Closing, Store, faults
from pipeline.corpus.writing import Added
from pipeline.errors import NotInCorpus, UsageError
from pipeline.settings import settings

if TYPE_CHECKING:
    import pandas

    from pipeline.corpus.facets import FacetCounter, FacetName, Facets


def open(path: str | Path | None = None, *, write: bool = False) -> Corpus:
    """Open a corpus.

    Args:
        path: the file; ``KEHOACH_CORPUS`` when None.
        write: to add and remove plans; the file is made if it is missing.

    Raises:
        KehoachError: it is missing, of another program or version, or cannot be opened.
    """
    return Corpus(Store(settings().corpus if path is None else path, write=write))


class Corpus(Closing):
    """One open corpus; close it, or use it in ``with``.

    Many processes may read while one writes.  One ``Corpus`` belongs to one thread at a time.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._facets: FacetCounter | None = None

    def search(
        self, query: str, *, limit: int = 10, after: str | None = None, sort: Sort | None = None
    ) -> Answer:
        """One page of hits; see ``searching.search``."""
        return search(self.store, query, limit=limit, after=after, sort=sort)

    def every(self, query: str, *, sort: Sort | None = None) -> Iterator[Hit]:
        """All hits, read page by page."""
        return every(self.store, query, sort=sort)

    def facets(
        self, query: str = "", *, top: int = 10, names: tuple[FacetName, ...] | None = None
    ) -> Facets:
        """Counts of a query's hits, by default all six; see ``facets.FacetCounter.count``."""
        from pipeline.corpus.facets import FACETS, FacetCounter

        if self._facets is None:
            self._facets = FacetCounter(self.store)
        return self._facets.count(query, top=top, names=FACETS if names is None else names)

    def batch(
        self, queries: Sequence[str], *, limit: int = 10, sort: Sort | None = None
    ) -> Iterator[batch.BatchRow]:
        """The first hits of many queries; see ``batch.run``."""
        return batch.run(self.store, queries, limit=limit, sort=sort)

    def plan(self, name: str, *, machine: bool = False) -> Plan:
        """The record of a plan, with people's corrections laid over it.

        Args:
            name: its record's id (or its first letters, at least four), its own number, or a
                file's name.
            machine: as it was read, without corrections.

        Raises:
            NotInCorpus: no plan fits.
            UsageError: several do.
        """
        record = "p.record" if machine else "coalesce(c.record, p.record)"
        with self.store.snapshot() as connection:
            row = connection.execute(
                f"SELECT {record}, p.text FROM plans p LEFT JOIN corrected c ON c.plan = p.id"
                " WHERE p.id = ?",
                [self.find(name)],
            ).fetchone()
            return unpack(*row)

    def find(self, name: str) -> int:
        """The number in the corpus of the plan that a name means; see ``plan``."""
        from pipeline.corpus.documents import number_key

        # A half of a character, which a shell may hand over, is in no name.
        name = name.encode("utf-8", "replace").decode()
        with self.store.snapshot() as connection:
            asked = (
                ("SELECT id FROM plans WHERE record_id = ?", [name.lower()]),
                ("SELECT plan FROM sources WHERE name = ?", [name]),
                ("SELECT id FROM plans WHERE number_key = ?", [number_key(name)]),
                (
                    "SELECT id FROM plans WHERE length(?1) >= 4 AND"
                    " substr(record_id, 1, length(?1)) = ?1",
                    [name.lower()],
                ),
            )
            for sql, parameters in asked:
                found = sorted({row[0] for row in connection.execute(sql, parameters)})
                if len(found) == 1:
                    return int(found[0])
                if found:
                    ids = connection.execute(
                        "SELECT group_concat(record_id || ' ' || coalesce(province, ''), '; ')"
                        f" FROM plans WHERE id IN ({', '.join('?' * len(found))})",
                        found,
                    ).fetchone()[0]
                    raise UsageError(
                        f"{shown(name, 60)} is {len(found)} plans: {shown(ids, 300)}.",
                        next_step="Name one by its id.",
                    )
        raise NotInCorpus(f"no plan has the id, number or file name {shown(name, 60)}.")

    def add(self, plan: Plan) -> Added:
        """Add one plan in one transaction; see ``writing.add``."""
        return writing.add(self.store, plan)

    def add_many(self, plans: Iterable[Plan], *, batch: int = 50) -> Iterator[Added]:
        """Add many plans, a transaction per batch; see ``writing.add_many``."""
        return writing.add_many(self.store, plans, batch=batch)

    def remove(self, name: str) -> None:
        """Take a plan out; ``name`` as in ``plan``."""
        with self.store.transaction() as connection:
            writing.remove(connection, self.find(name))

    def cites(self, document: str) -> tuple[list[Document], list[Citation]]:
        """Who cites a document, and where; see ``graph.cites``."""
        return graph.cites(self.store, document)

    def conflicts(self) -> list[Conflict]:
        """Citations that need a person; see ``graph.conflicts``."""
        return graph.conflicts(self.store)

    def due(
        self,
        *,
        first: str | None = None,
        last: str | None = None,
        agency: str | None = None,
        province: str | None = None,
        undated: bool | Literal["only"] = False,
        copies: bool = False,
        limit: int | None = None,
    ) -> list[Duty]:
        """Duties by date; see ``duties.due``."""
        return duties.due(
            self.store, first=first, last=last, agency=agency, province=province, undated=undated,
            copies=copies, limit=limit,
        )  # fmt: skip

    def export(self, target: str | Path, form: Format, *, query: str = "") -> list[Path]:
        """Write the corpus to files; see ``exporting.export``."""
        return exporting.export(self.store, Path(target), form, query=query)

    def frame(self, table: str = "passages", query: str = "") -> pandas.DataFrame:
        """A table as a pandas frame.

        Args:
            table: one of ``tables.TABLES``, or "hits" for search results in their order.
            query: keep what stands in a passage that it finds.

        Returns:
            A frame with the columns of the data dictionary.
        """
        import pandas

        if table == "hits":
            return pandas.DataFrame(
                {
                    "rank": rank,
                    "passage": hit.passage,
                    "record_id": hit.record_id,
                    "province": hit.province,
                    "plan_number": hit.number,
                    "issued_on": hit.issued_on,
                    "section": hit.section,
                    "page": hit.page,
                    "kind": hit.kind,
                    "text": hit.text,
                    "start": hit.start,
                    "end": hit.end,
                }
                for rank, hit in enumerate(self.every(query), 1)
            )
        chosen = tables.table_named(table)
        types = {"integer": "Int64", "number": "Float64", "yes/no": "boolean"}
        convert = [exporting.converter(column.type) for column in chosen.columns]
        rows = [
            [make(each) for make, each in zip(convert, row, strict=True)]
            for row in tables.rows(self.store, chosen, query)
        ]
        frame = pandas.DataFrame(rows, columns=[column.name for column in chosen.columns])
        return frame.astype({c.name: types[c.type] for c in chosen.columns if c.type in types})

    def faults(self) -> list[str]:
        """What is broken in the file; needs it open for writing."""
        return faults(self.store)

    def close(self) -> None:
        """Give the file back."""
        self.store.close()
