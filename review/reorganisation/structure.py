"""Units without a parent in the new structure, removed, hung elsewhere, out of level.

Pure: no Django, no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from exchange.document import Document, Unit
from review.compare import Succession, UnitChange
from review.compare.changes import MOVED
from review.reorganisation.effect import (
    Heir,
    LevelFinding,
    Rehung,
    RemovedUnit,
    Structure,
)
from review.reorganisation.sides import Sides

_UNKNOWN_RANK = 1000  # a level that the catalogue does not have comes last


def structure(sides: Sides, ranks: Mapping[str, int]) -> Structure:
    """What the draft does to the tree of its base.

    ``ranks`` orders the levels from the highest, as the catalogue does; levels of one
    rank are ordered by how deep the base has them.
    """
    found = Structure()
    heirs = _heirs(sides)
    for change in sides.changes:
        if change.new is None:
            found.removed.append(_removed(change, sides, heirs))
            continue
        parent = sides.new.parent_change(change.new.code)
        if parent is None and change.new.parent_code is not None:
            found.orphans.append(sides.ref(change))
        if change.old is None:
            found.new.append(_hung(change, sides))
        elif MOVED in change.changes:
            before = sides.old.parent_change(change.old.code)
            if before is not None and before.new is None:
                found.rehung.append(_hung(change, sides, heirs))
            else:
                found.moved.append(_hung(change, sides))
    found.levels = _Levels(sides, ranks).findings()
    _tell_what_went_below(found, sides)
    return found


def _heirs(sides: Sides) -> dict[int, list[Heir]]:
    """Key of a removed unit -> its successors, stated ones first."""
    found: dict[int, list[Heir]] = {}
    for one in sorted(sides.comparison.successions, key=lambda one: not one.recorded):
        for heir in _heirs_of(one, sides):
            for key in one.from_keys:
                known = found.setdefault(key.int, [])
                if heir.unit not in [other.unit for other in known]:
                    known.append(heir)
    return found


def _heirs_of(succession: Succession, sides: Sides) -> list[Heir]:
    changes = [sides.by_key.get(key) for key in succession.to_keys]
    return [
        Heir(sides.ref(change), succession.recorded, succession.confidence)
        for change in changes
        if change is not None and change.new is not None
    ]


def _hung(
    change: UnitChange, sides: Sides, heirs: Mapping[int, list[Heir]] | None = None
) -> Rehung:
    before = sides.old.parent_change(change.old.code) if change.old else None
    now = sides.new.parent_change(change.new.code)
    to_heir = bool(heirs and before and now) and any(
        heir.unit.key == now.key for heir in heirs.get(before.key.int, ())
    )
    return Rehung(
        sides.ref(change),
        sides.ref(before) if before else None,
        sides.ref(now) if now else None,
        to_heir,
    )


def _removed(change: UnitChange, sides: Sides, heirs) -> RemovedUnit:
    parent = sides.old.parent_change(change.old.code)
    return RemovedUnit(
        sides.ref(change),
        sides.ref(parent) if parent else None,
        heirs=heirs.get(change.key.int, []),
    )


def _tell_what_went_below(found: Structure, sides: Sides) -> None:
    """Tell each removed unit what went with it and what hangs elsewhere now."""
    rehung = {one.unit.key: one for one in found.rehung}
    for one in found.removed:
        for unit in sides.old.children[one.unit.old_code]:
            ref = sides.ref_old(unit.code)
            if ref.new_code is None:
                one.removed_below.append(ref)
            elif ref.key in rehung:
                one.rehung_below.append(rehung[ref.key])


class _Levels:
    """The order of the levels, and below which of them each one usually hangs."""

    def __init__(self, sides: Sides, ranks: Mapping[str, int]) -> None:
        self.sides = sides
        self.below = _pairs_of_levels(sides.old.document)
        self.usual: dict[str, str] = {}
        depths: dict[str, list[int]] = {}
        known = {unit.kind for unit in sides.old.units}
        for side in (sides.old, sides.new):
            for unit in side.units:
                if side is sides.old or unit.kind not in known:
                    depths.setdefault(unit.kind, []).append(side.depths[unit.code])
        self.order = {
            kind: (ranks.get(kind, _UNKNOWN_RANK), sum(found) / len(found))
            for kind, found in depths.items()
        }
        for (kind, above), _count in sorted(
            self.below.items(), key=lambda pair: (pair[1], self.order[pair[0][1]])
        ):
            self.usual[kind] = above

    def findings(self) -> list[LevelFinding]:
        """Units that hang from a level that is not their usual one, by this draft."""
        found = []
        for change in self.sides.changes:
            if change.new is None:
                continue
            unit = self.sides.new.by_code[change.new.code]
            parent = self.sides.new.parent(unit)
            if parent is not None and not self._was_so(change, parent):
                one = self._finding(change, unit, parent)
                if one is not None:
                    found.append(one)
        return found

    def _was_so(self, change: UnitChange, parent: Unit) -> bool:
        if change.old is None or change.old.kind != change.new.kind:
            return False
        before = self.sides.old.parent_change(change.old.code)
        return before is not None and before.old.kind == parent.kind

    def _finding(
        self, change: UnitChange, unit: Unit, parent: Unit
    ) -> LevelFinding | None:
        usual = self.usual.get(unit.kind)
        if usual is None or usual == parent.kind:
            return None
        skipped = self._skipped(unit.kind, parent.kind)
        if not skipped and self.order[parent.kind] < self.order[unit.kind]:
            return None
        before = self.sides.old.parent_change(change.old.code) if change.old else None
        return LevelFinding(
            self.sides.ref(change),
            self.sides.ref_new(parent.code),
            parent.kind,
            usual,
            skipped,
            self.below[unit.kind, parent.kind],
            before is not None and before.new is None,
        )

    def _skipped(self, kind: str, above: str) -> tuple[str, ...]:
        """The usual superiors, one after the other, that stand below ``above``."""
        found: list[str] = []
        last, one = kind, self.usual.get(kind)
        while one and self.order[above] < self.order[one] < self.order[last]:
            found.append(one)
            last, one = one, self.usual.get(one)
        return tuple(reversed(found))


def _pairs_of_levels(document: Document) -> Counter[tuple[str, str]]:
    """How many units of a level hang from one of another."""
    kinds = {unit.code: unit.kind for unit in document.units}
    return Counter(
        (unit.kind, kinds[unit.parent_code])
        for unit in document.units
        if unit.parent_code in kinds
    )
