"""The stages of a unit or a function from edition to edition, as plain dataclasses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from functions.labels import anchor
from functions.models import Function
from functions.querysets import Node
from manuals.models import Edition
from review.compare.changes import NEW, RENUMBERED, REWORDED, SUPPRESSED, Redline
from review.compare.redline import deleted, inserted, redline
from review.compare.weighing import is_cosmetic
from review.history.kinds import path_label

ARRIVED = "arrived"  # from another unit, or from below another function
LEFT = "left"
RETURNED = "returned"  # an edition in between had suppressed it


class Place(NamedTuple):
    """A unit as one edition names it."""

    key: UUID
    code: str
    name: str


class Text(NamedTuple):
    """A function or item in its list: the positions that lead to it, and its words."""

    path: tuple[int, ...]
    text: str


@dataclass
class FunctionStep:
    """What became of a function or item between two editions.

    ``place`` is the unit that it came from or went to; ``path`` is that of the new
    edition, else of the old.
    """

    key: UUID
    change: str
    path: tuple[int, ...]
    redline: Redline
    place: Place | None = None
    cosmetic: bool = False

    @property
    def label(self) -> str:
        return path_label(self.path)

    @property
    def anchor(self) -> str:
        return anchor(*self.path)

    @property
    def depth(self) -> int:
        return len(self.path) - 1


@dataclass
class UnitState:
    """What an edition says of a unit."""

    id: int
    place: Place
    kind: str
    parent: Place | None
    objective: str


@dataclass(frozen=True)
class Lineage:
    """A split or merger that a person recorded, seen from one of its units.

    ``is_origin``: the unit is one that it was made of; ``others`` are those on the
    other side.
    """

    kind: str
    is_origin: bool
    others: tuple[Place, ...]


@dataclass
class Stage:
    """A unit in one edition, or its absence.

    ``before`` is the stage that it is compared with, which may be an absence;
    ``present`` the last one before it that is none.

    ``functions`` are those that differ in more than their number; ``counts`` says how
    many of each change there are, ``total`` how many functions. ``heirs`` are the units
    that have functions of a suppressed one, with how many.
    """

    edition: Edition
    unit: UnitState | None
    before: Stage | None = None
    present: Stage | None = None
    changes: tuple[str, ...] = ()
    name: Redline = ()
    objective: Redline = ()
    functions: list[FunctionStep] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    heirs: list[tuple[Place, int]] = field(default_factory=list)
    lineage: list[Lineage] = field(default_factory=list)

    @property
    def is_absence(self) -> bool:
        return self.unit is None


@dataclass
class FunctionStage:
    """A function in one edition, or its absence; see :class:`Stage`."""

    edition: Edition
    place: Place | None
    path: tuple[int, ...] = ()
    text: str = ""
    before: FunctionStage | None = None
    present: FunctionStage | None = None
    changes: tuple[str, ...] = ()
    redline: Redline = ()
    cosmetic: bool = False
    items: list[FunctionStep] = field(default_factory=list)

    @property
    def is_absence(self) -> bool:
        return self.place is None

    @property
    def label(self) -> str:
        return path_label(self.path)

    @property
    def anchor(self) -> str:
        return anchor(*self.path)


def walk(editions: Sequence[Edition], stages: list) -> Iterator[tuple]:
    """Every edition with the stage that it is compared with: (edition, stage, index).

    ``stages`` grows meanwhile. A draft is compared with the edition that it starts
    from, any other with the one before it in time. The index is that edition's, None
    before the first.
    """
    index_of = {edition.pk: index for index, edition in enumerate(editions)}
    for index, edition in enumerate(editions):
        base = index - 1
        if not edition.is_closed:
            base = index_of.get(edition.base_id, base)
        known = [stage for stage in stages if index_of[stage.edition.pk] <= base]
        yield edition, known[-1] if known else None, base if base >= 0 else None


def flat(nodes: Sequence[Node]) -> dict[UUID, Text]:
    """Functions and their items in reading order, by key."""
    found: dict[UUID, Text] = {}
    for node in nodes:
        found[node.key] = Text(node.positions, node.text)
        found.update(flat(node.items))
    return found


class Elsewhere:
    """Where functions are in editions that do not have them in the place at hand.

    ``lists`` are what the editions have there; ``unit`` is the key of the unit, if the
    place is a whole unit.
    """

    def __init__(
        self,
        lists: Sequence[dict[UUID, Text]],
        editions: Sequence[Edition],
        unit: UUID | None = None,
    ):
        every = {key for one in lists for key in one}
        missing = {key for one in lists for key in every - one.keys()}
        rows = Function.objects.filter(key__in=missing, edition__in=editions)
        if unit is not None:
            rows = rows.exclude(unit__key=unit)
        self._found = {
            (edition_id, key): (Place(*place), text)
            for edition_id, key, text, *place in rows.order_by().values_list(
                "edition_id", "key", "text", "unit__key", "unit__code", "unit__name"
            )
        }

    def of(self, edition: Edition | None, key: UUID) -> tuple[Place, str] | None:
        return self._found.get((edition.pk, key)) if edition else None


def steps(
    old: dict[UUID, Text],
    new: dict[UUID, Text],
    was: Edition | None,
    now: Edition,
    elsewhere: Elsewhere,
) -> tuple[list[FunctionStep], Counter[str]]:
    """What became of a list of functions; those only renumbered are just counted."""
    told: list[FunctionStep] = []
    counts: Counter[str] = Counter()
    for key, (path, text) in new.items():
        if key in old:
            if old[key].path != path:
                counts[RENUMBERED] += 1
            if old[key].text != text:
                told.append(_reworded(key, path, old[key].text, text))
            continue
        origin = elsewhere.of(was, key)
        if origin is None:
            told.append(FunctionStep(key, NEW, path, inserted(text)))
        else:
            place, before = origin
            step = FunctionStep(key, ARRIVED, path, redline(before, text), place)
            told.append(step)
    for key, (path, text) in old.items():
        if key in new:
            continue
        heir = elsewhere.of(now, key)
        if heir is None:
            told.append(FunctionStep(key, SUPPRESSED, path, deleted(text)))
        else:
            told.append(FunctionStep(key, LEFT, path, (("=", text),), heir[0]))
    counts.update(step.change for step in told)
    return told, counts


def _reworded(key: UUID, path: tuple[int, ...], old: str, new: str) -> FunctionStep:
    words = redline(old, new)
    return FunctionStep(key, REWORDED, path, words, cosmetic=is_cosmetic(old, new))
