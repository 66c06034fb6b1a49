"""What became of the numbered blocks of a chapter: paragraphs, list items, headings.

A printed ordinal at the head of a block ("XV. ", "3.- ") belongs to its number, not to
its text. Pure: no Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exchange.importers.wording import normal
from exchange.matching_text import pair_texts
from manuals.blocks import Block, split_blocks
from review.compare.changes import (
    COSMETIC,
    NEW,
    RENUMBERED,
    REWORDED,
    SAME,
    SUBSTANTIVE,
    SUPPRESSED,
    BlockChange,
    BlockSide,
)
from review.compare.order import out_of_order, woven
from review.compare.redline import deleted, inserted, redline
from review.compare.weighing import Rewordings

_ORDINAL = re.compile(r"(?:[IVXLCDM]+|\d+(?:\.\d+)*|[A-Za-z])(?:\.[-–]|[.)])\s+")


def compare_blocks(
    old: str, new: str, rewordings: Rewordings, scope: object
) -> list[BlockChange]:
    """The blocks in the new order, suppressed ones after their old predecessor."""
    was, now = split_blocks(old), split_blocks(new)
    pairs = _paired(was, now)
    changes: dict[tuple[str, int], BlockChange] = {}
    stayed = []
    for at, block in enumerate(now):
        if at in pairs:
            change = _continued(was[pairs[at]], block, rewordings, scope)
            changes["old", pairs[at]] = change
            stayed.append(change)
        else:
            changes["new", at] = BlockChange(
                NEW, None, BlockSide.of(block), inserted(block.text), SUBSTANTIVE
            )
    for at in out_of_order([change.old.number for change in stayed]):
        stayed[at].reordered = True
    order = woven(list(changes), [("old", at) for at in range(len(was))])
    for key in order:
        if key not in changes:
            block = was[key[1]]
            changes[key] = BlockChange(
                SUPPRESSED, BlockSide.of(block), None, deleted(block.text), SUBSTANTIVE
            )
    return [changes[key] for key in order]


def _continued(was: Block, now: Block, rewordings, scope) -> BlockChange:
    old, new = _text(was), _text(now)
    change = BlockChange(
        SAME, BlockSide.of(was), BlockSide.of(now), redline(was.text, now.text)
    )
    if old != new:
        change.change = REWORDED
        rewordings.add(change, was.text, now.text, scope)
    elif (was.depth, was.kind) != (now.depth, now.kind):
        change.change, change.weight = REWORDED, COSMETIC
    elif (was.number, was.marker, was.text) != (now.number, now.marker, now.text):
        change.change = RENUMBERED
    return change


def _text(block: Block) -> str:
    """The text after its printed ordinal."""
    found = _ORDINAL.match(block.text)
    return block.text[found.end() :] if found else block.text


def _paired(was: Sequence[Block], now: Sequence[Block]) -> dict[int, int]:
    """Which block of ``now`` continues which of ``was``, by their places."""
    pairs = pair_texts([normal(_text(b)) for b in now], [normal(_text(b)) for b in was])
    return {at: place for at, place, _confidence in pairs}
