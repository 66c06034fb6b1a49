"""What differs between two editions, as plain dataclasses.

Field names and values are those of the JSON form ``manual-org/compare/1`` where it has
them; review.compare.jsonformat writes it, docs/compare.md explains it. Pure: no
Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from exchange.document import Source
from functions import labels
from manuals.blocks import Block, split_blocks

Segment = tuple[str, str]  # "=", "-" or "+", and its text
Redline = tuple[Segment, ...]

NEW = "new"
SUPPRESSED = "suppressed"
MOVED = "moved"
RENAMED = "renamed"
REWORDED = "reworded"
RENUMBERED = "renumbered"
KIND = "kind"
SPLIT = "split"
MERGED = "merged"
SAME = "same"

SUBSTANTIVE = "substantive"
TERMINOLOGY = "terminology"
COSMETIC = "cosmetic"
_HEAVIER = {None: 0, COSMETIC: 1, TERMINOLOGY: 2, SUBSTANTIVE: 3}

UNIT_CHANGES = (
    NEW,
    SUPPRESSED,
    SPLIT,
    MERGED,
    RENAMED,
    KIND,
    MOVED,
    RENUMBERED,
    SAME,
)
FUNCTION_CHANGES = (NEW, SUPPRESSED, MOVED, REWORDED, RENUMBERED, SAME)
CHAPTER_CHANGES = (NEW, SUPPRESSED, RENAMED, REWORDED, RENUMBERED, SAME)
BLOCK_CHANGES = (NEW, SUPPRESSED, REWORDED, RENUMBERED, SAME)
WEIGHTS = (SUBSTANTIVE, TERMINOLOGY, COSMETIC)


def heaviest(weights) -> str | None:
    return max(weights, key=_HEAVIER.__getitem__, default=None)


@dataclass(slots=True)
class FunctionSide:
    """A function or item as one of the editions has it.

    ``path`` holds its positions from 1: number, item, third level; ``code`` is that
    of its unit.
    """

    key: UUID
    code: str
    path: tuple[int, ...]
    text: str
    source_line: int | None = None
    source_sha256: str | None = None

    @property
    def number(self) -> int:
        return self.path[-1]

    @property
    def label(self) -> str:
        """``3``, ``b`` or ``ii``, without its mark."""
        return labels.label(len(self.path) - 1, self.path[-1])

    @property
    def printed_label(self) -> str:
        return labels.printed_label(len(self.path) - 1, self.path[-1])

    @property
    def anchor(self) -> str:
        """Its address on the unit's page of its edition: ``f3-b``."""
        return labels.anchor(*self.path)


@dataclass(slots=True)
class FunctionChange:
    """What became of a function or item; its items speak for themselves.

    ``weight`` is that of the text's own change, None where the text is the same.
    ``reordered``: it stands in another order among those that remain in its list, not
    merely one number on. ``via`` says that a moved one follows the ``split`` or
    ``merged`` unit. ``left`` are its former items that stand elsewhere now.
    """

    change: str
    old: FunctionSide | None
    new: FunctionSide | None
    redline: Redline
    weight: str | None = None
    confidence: float = 1.0
    reordered: bool = False
    via: str | None = None
    items: list[FunctionChange] = field(default_factory=list)
    left: list[FunctionChange] = field(default_factory=list)

    @property
    def side(self) -> FunctionSide:
        """The new side, else the old."""
        return self.new or self.old

    @property
    def key(self) -> UUID:
        return self.side.key

    @property
    def anchor(self) -> str:
        """Its address on a page that shows the comparison."""
        return f"funcion-{self.key}"

    @property
    def overall(self) -> str | None:
        """The heaviest weight of its own text and of everything in its items.

        An item that comes, goes, or changes places with another is substantive.
        """
        if self.left:
            return SUBSTANTIVE
        if not self.items:
            return self.weight
        return heaviest([self.weight, *(item._as_part() for item in self.items)])

    def _as_part(self) -> str | None:
        if self.reordered or self.change == MOVED:
            return SUBSTANTIVE
        return self.overall

    @property
    def modified(self) -> bool:
        """It continues, and its text or something in its items differs."""
        return (
            self.old is not None and self.new is not None and self.overall is not None
        )

    @property
    def only_cosmetic(self) -> bool:
        """Nothing but capitals, punctuation or spacing: what readers may hide."""
        return (
            self.modified
            and self.overall == COSMETIC
            and self.change != MOVED
            and not self.reordered
        )

    def walk(self) -> Iterator[FunctionChange]:
        """It and everything in it, in reading order."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(slots=True)
class UnitSide:
    """A unit as one of the editions has it."""

    key: UUID
    code: str
    name: str
    kind: str
    parent_code: str | None
    printed_code: str | None
    printed_page: int | None
    positions: tuple[str, ...]
    objective: str | None
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass(slots=True)
class TextChange:
    """A text of its own, such as an objective, that differs."""

    old: str | None
    new: str | None
    redline: Redline
    weight: str | None = None


@dataclass(slots=True)
class Succession:
    """A unit split into several, or several merged into one.

    ``from_keys`` are keys of the old edition, ``to_keys`` of the new one. Recorded by a
    person it is sure; otherwise it is a proposal with its confidence.
    """

    kind: str  # split or merged
    from_keys: tuple[UUID, ...]
    to_keys: tuple[UUID, ...]
    confidence: float = 1.0
    recorded: bool = True


@dataclass(slots=True)
class UnitChange:
    """What became of a unit, and of its functions.

    ``renumbering`` says why its code differs: ``chapter`` (only the number of the
    functions chapter), ``parent`` (it follows its parent) or ``own``. ``fields`` holds
    further data that differ, by name, as (old, new). ``left`` are functions that stood
    here and stand in another unit now; they are listed there.
    """

    changes: list[str]
    old: UnitSide | None
    new: UnitSide | None
    confidence: float = 1.0
    renumbering: str | None = None
    reordered: bool = False
    name_redline: Redline = ()
    name_weight: str | None = None
    objective: TextChange | None = None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)
    functions: list[FunctionChange] = field(default_factory=list)
    left: list[FunctionChange] = field(default_factory=list)

    @property
    def side(self) -> UnitSide:
        """The new side, else the old."""
        return self.new or self.old

    @property
    def key(self) -> UUID:
        return self.side.key

    @property
    def anchor(self) -> str:
        return f"unidad-{self.key}"

    @property
    def from_keys(self) -> list[UUID]:
        return _joined(one.from_keys for one in self.successions)

    @property
    def to_keys(self) -> list[UUID]:
        return _joined(one.to_keys for one in self.successions)

    @property
    def only_level_renamed(self) -> bool:
        """Its name differs only in the word for its level."""
        return (
            self.old is not None
            and self.new is not None
            and self.old.kind != self.new.kind
            and self.old.name.removeprefix(self.old.kind)
            == self.new.name.removeprefix(self.new.kind)
        )

    @property
    def only_renamed(self) -> bool:
        """Nothing else than its name, and perhaps the chapter's number, differs."""
        return set(self.changes) <= {RENAMED, RENUMBERED} and (
            self.renumbering in (None, "chapter")
        )

    @property
    def follows_parent(self) -> bool:
        """It only has another code because its parent has."""
        return self.changes == [RENUMBERED] and self.renumbering == "parent"

    @property
    def structural(self) -> bool:
        """More happened to it than another number of the whole chapter."""
        return any(
            change not in (SAME, RENUMBERED) for change in self.changes
        ) or self.renumbering in ("own", "parent")

    @property
    def differs(self) -> bool:
        """Its own data or its functions differ, renumbering by the chapter apart."""
        return (
            self.structural
            or self.objective is not None
            or "positions" in self.fields
            or bool(self.left)
            or any(
                function.change not in (SAME, RENUMBERED)
                or function.reordered
                or function.modified
                for function in self.functions
            )
        )

    def walk(self) -> Iterator[FunctionChange]:
        """Its functions and their items, in reading order."""
        for function in self.functions:
            yield from function.walk()


def _joined(groups) -> list[UUID]:
    return list(dict.fromkeys(key for group in groups for key in group))


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


@dataclass(slots=True)
class Term:
    """One term replaced by another; ``forms`` are its singular, plural ... as found."""

    old: str
    new: str
    count: int
    forms: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class EditionRef:
    manual: str
    edition: str


@dataclass(slots=True)
class Comparison:
    """Everything that differs between two editions, in the new one's reading order.

    ``matched`` says what paired them: their ``keys``, or ``texts``, names and codes.
    ``manual`` and ``edition`` hold the fields that differ, as (old, new).
    """

    old: EditionRef
    new: EditionRef
    matched: str
    manual: dict[str, tuple[Any, Any]]
    edition: dict[str, tuple[Any | list[Source], Any | list[Source]]]
    chapters: list[ChapterChange]
    units: list[UnitChange]
    terminology: list[Term] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)

    def under(self, key: UUID) -> list[UnitChange]:
        """The changes of a unit and of all that hangs from it in either edition."""
        top = next(unit for unit in self.units if key in (unit.key, _key(unit.old)))
        chains = [_Chain(self.units, side, top) for side in ("old", "new")]
        return [one for one in self.units if any(chain.holds(one) for chain in chains)]


def _key(side: UnitSide | None) -> UUID | None:
    return side.key if side else None


class _Chain:
    """Whether units hang from one of them, by the parents of one edition."""

    def __init__(self, units: list[UnitChange], name: str, top: UnitChange) -> None:
        self.name = name
        sides = [side for unit in units if (side := getattr(unit, name))]
        self.parents = {side.code: side.parent_code for side in sides}
        side = getattr(top, name)
        self.top = side.code if side else None

    def holds(self, unit: UnitChange) -> bool:
        side = getattr(unit, self.name)
        code = side.code if side and self.top else None
        while code is not None and code != self.top:
            code = self.parents.get(code)
        return code is not None
