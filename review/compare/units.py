"""What became of each unit: its name, level, parent, code and further data. Pure."""

from __future__ import annotations

from exchange.document import Document, Unit
from review.compare.changes import (
    COSMETIC,
    KIND,
    MOVED,
    NEW,
    RENAMED,
    RENUMBERED,
    SAME,
    SUBSTANTIVE,
    SUPPRESSED,
    UNIT_CHANGES,
    Succession,
    TextChange,
    UnitChange,
    UnitSide,
)
from review.compare.functions import FunctionComparer
from review.compare.order import out_of_order, woven
from review.compare.pairing import Pairing
from review.compare.redline import redline
from review.compare.weighing import Rewordings, is_cosmetic

_FIELDS = ("positions", "printed_code", "printed_page")


def compare_units(
    old: Document,
    new: Document,
    pairing: Pairing,
    successions: list[Succession],
    rewordings: Rewordings,
) -> list[UnitChange]:
    """The units in the new order, suppressed ones after their old predecessor."""
    functions = FunctionComparer(pairing, rewordings)
    changes: dict[int, UnitChange] = {}
    for unit in new.units:
        was = pairing.old_unit(unit)
        change = _compared(was, unit, old, new, pairing, rewordings)
        change.functions = functions.of_units(unit, was)
        changes[(was or unit).key.int] = change
    _mark_reordered(changes.values(), pairing)
    order = woven(list(changes), pairing.old.units)
    for key in order:
        if key not in changes:
            unit = pairing.old.units[key]
            changes[key] = UnitChange([SUPPRESSED], _side(unit), None)
            changes[key].functions = functions.of_units(None, unit)
    found = [changes[key] for key in order]
    functions.note_departures(found)
    _add_successions(found, successions, pairing)
    return found


def _side(unit: Unit) -> UnitSide:
    return UnitSide(
        unit.key,
        unit.code,
        unit.name,
        unit.kind,
        unit.parent_code,
        unit.printed_code,
        unit.printed_page,
        tuple(unit.positions),
        unit.objective,
        unit.source_line,
        unit.source_sha256,
    )


def _compared(was, unit, old, new, pairing, rewordings) -> UnitChange:
    if was is None:
        return UnitChange([NEW], None, _side(unit))
    names = []
    if was.name != unit.name:
        names.append(RENAMED)
    if was.kind != unit.kind:
        names.append(KIND)
    if not _same_parent(was, unit, pairing):
        names.append(MOVED)
    if was.code != unit.code:
        names.append(RENUMBERED)
    change = UnitChange(
        sorted(names, key=UNIT_CHANGES.index) or [SAME],
        _side(was),
        _side(unit),
        pairing.sure(unit.key.int),
        renumbering=_renumbering(was, unit, old, new, pairing),
        name_redline=redline(was.name, unit.name),
    )
    if was.name != unit.name:
        cosmetic = is_cosmetic(was.name, unit.name)
        change.name_weight = COSMETIC if cosmetic else SUBSTANTIVE
    for name in _FIELDS:
        values = (getattr(was, name), getattr(unit, name))
        if values[0] != values[1]:
            change.fields[name] = values
    if was.objective != unit.objective:
        change.objective = TextChange(was.objective, unit.objective, ())
        rewordings.add(
            change.objective,
            was.objective or "",
            unit.objective or "",
            ("unit", unit.key),
        )
    return change


def _renumbering(was, unit, old, new, pairing) -> str | None:
    if was.code == unit.code:
        return None
    if _tail(was.code, old) == _tail(unit.code, new):
        return "chapter"
    follows = (
        unit.parent_code is not None
        and _same_parent(was, unit, pairing)
        and was.code.rpartition(".")[2] == unit.code.rpartition(".")[2]
    )
    return "parent" if follows else "own"


def _same_parent(was: Unit, unit: Unit, pairing: Pairing) -> bool:
    before, now = pairing.old.parent_of(was), pairing.new.parent_of(unit)
    if before is None or now is None:
        return before is now
    return pairing.old_keys.get(now) == before


def _tail(code: str, document: Document) -> str:
    """The code without the number of the functions chapter."""
    chapter = document.edition.functions_chapter
    return code.removeprefix(f"{chapter}.") if chapter else code


def _mark_reordered(changes, pairing: Pairing) -> None:
    """Units that stand in another order among those that stay below one parent."""
    families: dict[object, list[UnitChange]] = {}
    for change in changes:
        if change.old and MOVED not in change.changes:
            parent = pairing.new.codes.get(change.new.parent_code)
            families.setdefault(parent, []).append(change)
    places = {key: at for at, key in enumerate(pairing.old.units)}
    for family in families.values():
        for at in out_of_order([places[change.old.key.int] for change in family]):
            family[at].reordered = True


def _add_successions(changes: list[UnitChange], successions, pairing) -> None:
    for succession in successions:
        sources = {
            pairing.old.units[key.int].code
            for key in succession.from_keys
            if key.int in pairing.old.units
        }
        for change in changes:
            gave = change.old is not None and change.old.key in succession.from_keys
            took = change.new is not None and change.new.key in succession.to_keys
            if not gave and not took:
                continue
            change.successions.append(succession)
            names = {*change.changes, succession.kind} - {SAME}
            change.changes = sorted(names, key=UNIT_CHANGES.index)
            change.confidence = min(change.confidence, succession.confidence)
            if took:
                _mark_moves(change, succession.kind, sources)


def _mark_moves(change: UnitChange, kind: str, sources: set[str]) -> None:
    """Its functions that came along with a unit, not by themselves."""
    for function in change.functions:
        if function.change == MOVED and function.old.code in sources:
            function.via = kind
