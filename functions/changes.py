"""What became of a unit's list since the base edition: pure, rows against rows.

A row is known by its key. An item that goes with its function has not moved: places
are compared among siblings only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from functions.labels import printed_label
from manuals.sequences import longest_rising


@dataclass(frozen=True)
class NowRow:
    """A row of the list as it stands on the screen; a new one has no key."""

    key: UUID | None
    level: int
    text: str


@dataclass(frozen=True)
class BaseRow:
    """A row of the base edition; ``unit`` names its unit where that is another one."""

    key: UUID
    level: int
    text: str
    position: int
    parent: UUID | None
    unit: str = ""

    @property
    def label(self) -> str:
        return printed_label(self.level, self.position)


@dataclass(frozen=True)
class RowChange:
    """What happened to one row. ``before`` is None for a new one."""

    before: BaseRow | None
    reworded: bool = False
    moved: bool = False  # among its siblings, or to others
    level: bool = False

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_same(self) -> bool:
        return not (
            self.is_new or self.reworded or self.moved or self.level or self.before.unit
        )


def changes_of(rows: Sequence[NowRow], base: Sequence[BaseRow]) -> list[RowChange]:
    """What happened to each row, in the order of the rows."""
    known = {row.key: row for row in base}
    parents = _parents(rows)
    moved = _moved(rows, parents, known)
    found = []
    for row in rows:
        before = known.get(row.key) if row.key else None
        if before is None:
            found.append(RowChange(None))
            continue
        found.append(
            RowChange(
                before,
                reworded=before.text != " ".join(row.text.split()),
                moved=row.key in moved,
                level=before.level != row.level,
            )
        )
    return found


def suppressed(rows: Sequence[NowRow], base: Sequence[BaseRow]) -> list[BaseRow]:
    """The rows of the base unit that the list has no more, in their order."""
    kept = {row.key for row in rows}
    return [row for row in base if not row.unit and row.key not in kept]


def _parents(rows: Sequence[NowRow]) -> list[int | None]:
    """The index of what each row hangs from."""
    found: list[int | None] = []
    above: list[int] = []
    for index, row in enumerate(rows):
        del above[row.level :]
        found.append(above[-1] if above else None)
        above.append(index)
    return found


def _moved(
    rows: Sequence[NowRow],
    parents: Sequence[int | None],
    known: dict[UUID, BaseRow],
) -> set[UUID]:
    """The keys of rows in another place among their siblings, or below another row."""
    moved: set[UUID] = set()
    families: dict[int | None, list[BaseRow]] = defaultdict(list)
    for row, parent in zip(rows, parents, strict=True):
        before = known.get(row.key) if row.key else None
        if before is None or before.unit:
            continue
        parent_key = rows[parent].key if parent is not None else None
        if before.parent == parent_key and before.level == row.level:
            families[parent].append(before)
        elif before.level == row.level:
            moved.add(before.key)
    for family in families.values():
        stayed = set(longest_rising([row.position for row in family]))
        moved |= {row.key for at, row in enumerate(family) if at not in stayed}
    return moved
