"""What became of the functions and items of a unit, recursively.

A change is judged on the item's own text and place: a function is moved when it stands
in another unit, an item when it stands under another function. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from exchange.document import Function, Unit
from review.compare.changes import (
    MOVED,
    NEW,
    RENUMBERED,
    REWORDED,
    SAME,
    SUBSTANTIVE,
    SUPPRESSED,
    FunctionChange,
    FunctionSide,
    UnitChange,
)
from review.compare.order import out_of_order, woven
from review.compare.pairing import Located, Pairing
from review.compare.redline import deleted, inserted, unchanged
from review.compare.weighing import Rewordings


class FunctionComparer:
    """Compares the lists of units that a pairing puts side by side.

    Every reworded text is left with ``rewordings``, which weigh it when all are known.
    """

    def __init__(self, pairing: Pairing, rewordings: Rewordings) -> None:
        self._pairing = pairing
        self._rewordings = rewordings
        self._moved: list[tuple[FunctionChange, Located]] = []

    def of_units(self, new: Unit | None, old: Unit | None) -> list[FunctionChange]:
        """The changes of one unit's functions; either side may be missing."""
        return self._listed(
            new.functions if new else (),
            old.functions if old else (),
            new,
            None,
            (),
        )

    def note_departures(self, units: list[UnitChange]) -> None:
        """Tell units and functions of what left them, once all are compared."""
        if not self._moved:
            return
        left = {unit.old.key.int: unit for unit in units if unit.old}
        functions = {
            change.old.key.int: change
            for unit in units
            for change in unit.walk()
            if change.old
        }
        for change, was in self._moved:
            if was.parent is None:
                left[was.unit.key.int].left.append(change)
            else:
                functions[was.parent].left.append(change)
        for holder in (*left.values(), *functions.values()):
            holder.left.sort(key=lambda change: change.old.path)

    def _listed(
        self,
        new: Sequence[Function],
        old: Sequence[Function],
        unit: Unit | None,
        parent: int | None,
        path: tuple[int, ...],
    ) -> list[FunctionChange]:
        """One list of siblings; ``unit``, ``parent`` and ``path`` are the new ones."""
        pairing = self._pairing
        changes: dict[int, FunctionChange] = {}
        stayed: list[FunctionChange] = []
        for number, function in enumerate(new, 1):
            was = pairing.old_function(function)
            change = self._continued(function, was, unit, parent, (*path, number))
            if was is None:
                changes[function.key.int] = change
            else:
                changes[was.function.key.int] = change
                if change.change != MOVED:
                    stayed.append(change)
        for at in out_of_order([change.old.number for change in stayed]):
            stayed[at].reordered = True
        if len(stayed) == len(old):
            return list(changes.values())
        # Those that stand elsewhere now are no anchor for what is gone.
        staying = {change.old.key.int for change in stayed}
        before = [
            key
            for key in (function.key.int for function in old)
            if key in staying or pairing.is_suppressed(key)
        ]
        return [
            changes[key] if key in changes else self._suppressed(key)
            for key in woven(list(changes), before)
        ]

    def _continued(
        self,
        function: Function,
        was: Located | None,
        unit: Unit,
        parent: int | None,
        path: tuple[int, ...],
    ) -> FunctionChange:
        side = FunctionSide(
            function.key,
            unit.code,
            path,
            function.text,
            function.source_line,
            function.source_sha256,
        )
        items: Sequence[Function] = function.items
        if was is None:
            change = FunctionChange(
                NEW, None, side, inserted(function.text), SUBSTANTIVE
            )
            if items:
                change.items = self._listed(items, (), unit, function.key.int, path)
            return change
        moved = self._is_moved(was, unit, parent)
        reworded = function.text != was.function.text
        if moved:
            name = MOVED
        elif reworded:
            name = REWORDED
        else:
            name = RENUMBERED if path[-1] != was.path[-1] else SAME
        change = FunctionChange(
            name,
            _old_side(was),
            side,
            () if reworded else unchanged(function.text),
            confidence=self._pairing.sure(function.key.int),
        )
        if reworded:
            self._rewordings.add(
                change, was.function.text, function.text, ("unit", unit.key)
            )
        if moved:
            self._moved.append((change, was))
        if items or was.function.items:
            change.items = self._listed(
                items, was.function.items, unit, function.key.int, path
            )
        return change

    def _is_moved(self, was: Located, unit: Unit, parent: int | None) -> bool:
        if parent is not None:
            return was.parent is None or (
                was.parent != self._pairing.old_keys.get(parent)
            )
        return (
            was.parent is not None
            or self._pairing.old_keys.get(unit.key.int) != was.unit.key.int
        )

    def _suppressed(self, key: int) -> FunctionChange:
        was = self._pairing.old.functions[key]
        items = [
            self._suppressed(item.key.int)
            for item in was.function.items
            if self._pairing.is_suppressed(item.key.int)
        ]
        return FunctionChange(
            SUPPRESSED,
            _old_side(was),
            None,
            deleted(was.function.text),
            SUBSTANTIVE,
            items=items,
        )


def _old_side(was: Located) -> FunctionSide:
    function = was.function
    return FunctionSide(
        function.key,
        was.unit.code,
        was.path,
        function.text,
        function.source_line,
        function.source_sha256,
    )
