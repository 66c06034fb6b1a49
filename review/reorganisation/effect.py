"""What a new structure does to the one before it, as plain dataclasses.

Field names are those of the JSON form ``manual-org/reorganisation/1``. Pure: no
Django, no database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from functions.labels import path_label
from review.compare.changes import EditionRef

# What became of a function or item of the base: each has exactly one of these.
KEPT = "kept"  # it goes on in its unit
MOVED = "moved"  # it goes on in another unit
LIKELY = "likely"  # gone, but a text like it stands elsewhere
WITHOUT = "without"  # gone, and nothing like it
CLOSING = "closing"  # gone, and needs no place: «Las demás que ...» of its unit
OUTCOMES = (KEPT, MOVED, LIKELY, WITHOUT, CLOSING)


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A unit as a finding names it; what one edition does not have is None."""

    key: UUID
    kind: str
    name: str
    old_code: str | None
    new_code: str | None
    old_name: str | None = None

    @property
    def code(self) -> str:
        return self.new_code or self.old_code or ""

    @property
    def said(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def was(self) -> str:
        """It as the base calls it."""
        return f"{self.old_code or self.code} {self.old_name or self.name}"


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that takes over from another; ``stated`` by a person, else a guess."""

    unit: UnitRef
    stated: bool
    confidence: float = 1.0


@dataclass(slots=True)
class Rehung:
    """A unit that stays and hangs elsewhere; ``new_parent`` is None for the topmost.

    ``to_heir``: it hangs from a successor of the superior that it lost.
    """

    unit: UnitRef
    old_parent: UnitRef | None
    new_parent: UnitRef | None
    to_heir: bool = False


@dataclass(slots=True)
class RemovedUnit:
    """A unit of the base that the draft does not have.

    ``functions`` counts its own by what became of them; ``went_to`` says how many of
    them go on in which unit.
    """

    unit: UnitRef
    parent: UnitRef | None
    removed_below: list[UnitRef] = field(default_factory=list)
    rehung_below: list[Rehung] = field(default_factory=list)
    heirs: list[Heir] = field(default_factory=list)
    functions: dict[str, int] = field(default_factory=dict)
    went_to: list[tuple[UnitRef, int]] = field(default_factory=list)

    @property
    def has_stated_heir(self) -> bool:
        return any(heir.stated for heir in self.heirs)


@dataclass(slots=True)
class LevelFinding:
    """A unit below a level that is not its usual one.

    ``usual`` is the level of most superiors of its level in the base; ``skipped`` the
    levels between it and its superior, the highest first; empty where the superior
    is of the same level or a lower one. ``precedents`` counts units of the base of
    this level below that one; ``superior_gone``: the one it hung from was removed.
    """

    unit: UnitRef
    parent: UnitRef
    parent_kind: str
    usual: str
    skipped: tuple[str, ...]
    precedents: int
    superior_gone: bool


@dataclass(slots=True)
class Structure:
    """``orphans`` are units whose superior the draft does not have."""

    orphans: list[UnitRef] = field(default_factory=list)
    rehung: list[Rehung] = field(default_factory=list)
    moved: list[Rehung] = field(default_factory=list)
    removed: list[RemovedUnit] = field(default_factory=list)
    new: list[Rehung] = field(default_factory=list)
    levels: list[LevelFinding] = field(default_factory=list)

    @property
    def without_heir(self) -> list[RemovedUnit]:
        """The removed units of which nobody stated what they became."""
        return [one for one in self.removed if not one.has_stated_heir]


@dataclass(slots=True)
class Home:
    """Where a function stands in the draft, or what is like it there.

    ``likeness`` goes from 0 to 1. ``new_there``: the base did not have it there; a
    function that the unit had before is a common one rather than a new home.
    """

    unit: UnitRef
    path: tuple[int, ...]
    key: UUID
    text: str
    likeness: float = 1.0
    new_there: bool = True

    @property
    def label(self) -> str:
        return path_label(self.path)


@dataclass(slots=True)
class Fate:
    """What became of a function or item of the base that is not in its unit now.

    ``unit`` and ``path`` say where it stood.
    """

    outcome: str
    key: UUID
    unit: UnitRef
    path: tuple[int, ...]
    text: str
    unit_removed: bool
    home: Home | None = None

    @property
    def label(self) -> str:
        return path_label(self.path)

    @property
    def is_item(self) -> bool:
        return len(self.path) > 1


@dataclass(slots=True)
class Homes:
    """``counts`` holds functions and items by outcome, all of the base."""

    counts: dict[str, dict[str, int]]
    fates: list[Fate] = field(default_factory=list)

    def of(self, *outcomes: str) -> list[Fate]:
        return [fate for fate in self.fates if fate.outcome in outcomes]


@dataclass(slots=True)
class KindSpan:
    """A level in one edition: its units, and the spans of those that have any."""

    kind: str
    units: int
    heads: int
    mean: float
    median: float
    greatest: int
    shallowest: int
    deepest: int


@dataclass(slots=True)
class SpanSide:
    """Span of control and depth in one edition; a root alone has depth 1.

    ``spans`` counts units by the number of their direct subordinates, ``levels`` by
    how deep they stand. Mean and median are of the units that have subordinates.
    """

    units: int = 0
    heads: int = 0
    depth: int = 0
    mean: float = 0.0
    median: float = 0.0
    greatest: int = 0
    spans: dict[int, int] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    widest: list[UnitRef] = field(default_factory=list)
    kinds: list[KindSpan] = field(default_factory=list)


@dataclass(slots=True)
class SpanChange:
    """Direct subordinates of a unit in both editions; None where it is not."""

    unit: UnitRef
    old: int | None
    new: int | None


@dataclass(slots=True)
class Spans:
    """``single`` and ``wide`` are units of the draft that deserve a look."""

    old: SpanSide
    new: SpanSide
    changed: list[SpanChange] = field(default_factory=list)
    single: list[SpanChange] = field(default_factory=list)
    wide: list[SpanChange] = field(default_factory=list)


BY_CHAPTER = "chapter"  # the number of the functions chapter
BY_MOVE = "moved"  # it hangs from another unit
BY_PLACE = "place"  # another place among its siblings
BY_SUPERIOR = "superior"  # it follows a unit above it
BY_OTHER = "other"  # corrected, or numbered otherwise


@dataclass(slots=True)
class NewCode:
    """``through`` is the unit above whose own change this one follows."""

    unit: UnitRef
    cause: str
    through: UnitRef | None = None


@dataclass(slots=True)
class Run:
    """Numbers ``first`` to ``last`` of the base became ``now`` and those after it."""

    first: int
    last: int
    now: int

    @property
    def said(self) -> str:
        if self.first == self.last:
            return f"{self.first} → {self.now}"
        return (
            f"{self.first}-{self.last} → {self.now}-{self.now + self.last - self.first}"
        )


@dataclass(slots=True)
class NewNumbers:
    """Functions that stay in their unit under other numbers.

    ``items`` are items whose own label changes, (old, new) as people write them.
    """

    unit: UnitRef
    runs: list[Run] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)

    @property
    def functions(self) -> int:
        return sum(run.last - run.first + 1 for run in self.runs)


@dataclass(slots=True)
class Citation:
    """A text of the draft that names or cites a unit as the base called it.

    ``what`` is ``name`` or ``code``; ``place`` one of ``function``, ``objective``,
    ``chapter`` and ``chart``, ``unit`` and ``path`` or ``chapter`` and ``number`` where
    it stands. ``now`` is the name or code in force, None where the unit is gone, whose
    stated successors are ``heirs``; ``borne_by`` is the unit that has that code now.
    """

    what: str
    said: str
    about: UnitRef
    now: str | None
    place: str
    unit: UnitRef | None = None
    path: tuple[int, ...] = ()
    chapter: int | None = None
    number: str = ""
    start: int = 0
    end: int = 0
    excerpt: str = ""
    borne_by: UnitRef | None = None
    heirs: tuple[UnitRef, ...] = ()

    @property
    def where(self) -> str:
        if self.unit is not None:
            label = path_label(self.path) if self.path else "objetivo"
            return f"{self.unit.code}, {label}"
        kind = "organograma" if self.place == "chart" else "párrafo"
        return f"capítulo {self.chapter}, {kind} {self.number}".strip()


@dataclass(slots=True)
class Numbering:
    units: list[NewCode] = field(default_factory=list)
    functions: list[NewNumbers] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    charts_without_unit: list[Citation] = field(default_factory=list)


@dataclass(slots=True)
class Count:
    """Units, functions and items, before and after."""

    units: tuple[int, int] = (0, 0)
    functions: tuple[int, int] = (0, 0)
    items: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Totals:
    """Of the edition, of its levels, and of each branch below the root."""

    all: Count
    kinds: list[tuple[str, int, int]] = field(default_factory=list)
    root: tuple[UnitRef, Count] | None = None
    branches: list[tuple[UnitRef, Count]] = field(default_factory=list)


@dataclass(slots=True)
class Effect:
    """The whole effect of a draft, ``new``, on its base, ``old``.

    ``matched`` as in a comparison: by their ``keys``, or by ``texts``.
    """

    old: EditionRef
    new: EditionRef
    title: str
    matched: str
    totals: Totals
    structure: Structure
    homes: Homes
    spans: Spans
    numbering: Numbering

    @property
    def is_none(self) -> bool:
        """Whether structure, places and numbers are as in the base."""
        structure, numbering = self.structure, self.numbering
        return not (
            structure.orphans
            or structure.rehung
            or structure.moved
            or structure.removed
            or structure.new
            or structure.levels
            or self.homes.fates
            or self.spans.changed
            or numbering.units
            or numbering.functions
            or numbering.citations
            or numbering.charts_without_unit
        )
