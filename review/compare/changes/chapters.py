"""What became of a chapter, its blocks and its charts. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from manuals.blocks import Block, split_blocks
from review.compare.changes.names import SAME, Redline


@dataclass(slots=True)
class BlockSide:
    """A paragraph or list item of a chapter; see manuals.blocks.Block."""

    number: int
    depth: int
    kind: str
    marker: str
    text: str

    @classmethod
    def of(cls, block: Block) -> BlockSide:
        return cls(block.number, block.depth, block.kind, block.marker, block.text)


@dataclass(slots=True)
class BlockChange:
    change: str
    old: BlockSide | None
    new: BlockSide | None
    redline: Redline
    weight: str | None = None
    reordered: bool = False

    @property
    def side(self) -> BlockSide:
        return self.new or self.old


@dataclass(slots=True)
class ChartSide:
    number: str
    title: str
    unit_key: UUID | None
    effective_from: date | None


@dataclass(slots=True)
class ChartChange:
    """``fields`` names what differs besides the number."""

    change: str
    old: ChartSide | None
    new: ChartSide | None
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class ChapterSide:
    number: int
    title: str
    kind: str
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass(slots=True)
class ChapterChange:
    """``changes`` says all that holds, ``change`` the first of it.

    ``body`` is the Markdown's line-level difference; ``weight`` the heaviest of the
    blocks and charts. ``compared_blocks`` is None where the body is the same.
    """

    changes: list[str]
    old: ChapterSide | None
    new: ChapterSide | None
    compared_blocks: list[BlockChange] | None = None
    charts: list[ChartChange] = field(default_factory=list)
    body: Redline = ()
    weight: str | None = None

    @property
    def change(self) -> str:
        return self.changes[0]

    @property
    def blocks(self) -> list[BlockChange]:
        """All its blocks; those of an unchanged body are parsed when asked for."""
        if self.compared_blocks is None:
            body = "".join(text for _mark, text in self.body)
            sides = [BlockSide.of(block) for block in split_blocks(body)]
            self.compared_blocks = [
                BlockChange(SAME, side, side, (("=", side.text),) if side.text else ())
                for side in sides
            ]
        return self.compared_blocks

    @property
    def side(self) -> ChapterSide:
        return self.new or self.old

    @property
    def anchor(self) -> str:
        """``capitulo-4``; of a suppressed one ``capitulo-4-anterior``."""
        suffix = "" if self.new else "-anterior"
        return f"capitulo-{self.side.number}{suffix}"

    def block_anchor(self, block: BlockChange) -> str:
        suffix = "" if block.new else "-anterior"
        return f"{self.anchor}-p{block.side.number}{suffix}"
