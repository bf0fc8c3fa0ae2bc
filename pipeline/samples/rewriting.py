"""One change of words in every text of a block.

In: a block of a sample plan, a function from text to text, and the marks it may touch.  Out: the
block with the words changed and all marks kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.samples.markup import Rich, tidy
from pipeline.samples.parts import Block, Letterhead, Paragraph, Signature, Table, Title


def rewritten(block: Block, change: Callable[[str], str], marks: tuple[type, ...]) -> Block:
    """A block with its words changed.

    Args:
        block: of any kind; one without texts comes back as it is.
        change: gets every text, and the text of every piece of these kinds.
        marks: kinds of marked pieces whose text changes too; others stay as they are.
    """

    def rich(runs: Rich) -> Rich:
        return tidy(
            change(piece)
            if isinstance(piece, str)
            else replace(piece, text=change(piece.text))
            if isinstance(piece, marks)
            else piece
            for piece in runs
        )

    if isinstance(block, Paragraph):
        return replace(block, runs=rich(block.runs))
    if isinstance(block, Title):
        return replace(block, subject=rich(block.subject))
    if isinstance(block, Letterhead):
        return replace(
            block,
            parent=change(block.parent) if block.parent else None,
            issuer=change(block.issuer),
            date=change(block.date),
        )
    if isinstance(block, Signature):
        return replace(block, recipients=tuple(map(rich, block.recipients)))
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(map(rich, row)) for row in block.rows))
    return block
