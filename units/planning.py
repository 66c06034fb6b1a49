"""What a structural change of an edition's tree would do. Pure: no database.

The services write what is planned here and the pages show it beforehand, so that both
say the same. A plan names units by id; ``NEW`` stands for one that is not stored yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from units.codes import LONGEST, Place, renumbered, root_code
from units.exceptions import TreeConflict

NEW = 0  # no stored unit has this id


@dataclass(frozen=True)
class Plan:
    """What changes: ``places`` is id -> (position, code) of each unit that gets others.

    ``parents`` is id -> parent of what is put below another unit; ``removed`` are the
    units that go, in reading order.
    """

    places: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)
    removed: tuple[int, ...] = ()

    def __bool__(self):
        return bool(self.places or self.parents or self.removed)

    def applied_to(self, places: Iterable[Place]) -> list[Place]:
        """The tree afterwards, in reading order."""
        after = {place.id: place for place in places if place.id not in self.removed}
        for one, parent in self.parents.items():
            before = after.get(one, Place(one, parent, 0, ""))
            after[one] = replace(before, parent=parent)
        for one, (position, code) in self.places.items():
            after[one] = replace(after[one], position=position, code=code)
        families = _families(after.values())
        return list(_walk(families, families.get(None, ())))


def insertion(
    places: Sequence[Place], *, parent: int, position: int | None, chapter: int | None
) -> Plan:
    """A new unit below ``parent`` at ``position`` (from 1; last unless said).

    Raises TreeConflict where a code cannot be given.
    """
    order = _children(places, parent)
    order.insert(_index(position, len(order)), NEW)
    return Plan(numbered(places, {parent: order}, chapter), {NEW: parent})


def move(
    places: Sequence[Place],
    *,
    unit: int,
    target: int,
    position: int | None,
    chapter: int | None,
) -> Plan:
    """A unit, with all that hangs from it, below ``target``.

    ``position`` counts from 1 among the target's children without the unit itself;
    last unless said. The plan is false where the unit stays as and where it is.

    Raises TreeConflict: the root, below itself, or a code that cannot be given.
    """
    by_id = {place.id: place for place in places}
    parent = by_id[unit].parent
    if parent is None:
        raise TreeConflict(_("La unidad raíz no se puede mover."), about=[by_id[unit]])
    above = target
    while above is not None:
        if above == unit:
            raise TreeConflict(
                _("Una unidad no puede depender de sí misma."), about=[by_id[target]]
            )
        above = by_id[above].parent
    left = [one for one in _children(places, parent) if one != unit]
    order = [one for one in _children(places, target) if one != unit]
    order.insert(_index(position, len(order)), unit)
    changes = numbered(places, {parent: left, target: order}, chapter)
    return Plan(changes, {unit: target} if target != parent else {})


def deletion(places: Sequence[Place], *, unit: int, chapter: int | None) -> Plan:
    """A unit goes with everything below it; its siblings close ranks.

    Raises TreeConflict where a code cannot be given.
    """
    top = next(place for place in places if place.id == unit)
    removed = tuple(place.id for place in _walk(_families(places), [top]))
    if top.parent is None:
        return Plan(removed=removed)
    gone = set(removed)
    left = [place for place in places if place.id not in gone]
    order = _children(left, top.parent)
    return Plan(numbered(left, {top.parent: order}, chapter), removed=removed)


def renumbering(places: Sequence[Place], *, chapter: int | None) -> Plan:
    """Every unit takes the code that the rule asks for.

    The root takes ``<functions chapter>.1`` where it had another chapter's number.
    """
    places = list(places)
    root = next((place for place in places if place.parent is None), None)
    if root is None:
        return Plan()
    changes = {}
    if chapter is not None and re.fullmatch(r"\d+\.1", root.code):
        code = root_code(chapter)
        if code != root.code:
            changes[root.id] = (root.position, code)
            places[places.index(root)] = replace(root, code=code)
    families = _families(places)
    orders = {
        place.id: [child.id for child in families.get(place.id, ())] for place in places
    }
    return Plan(changes | numbered(places, orders, chapter))


def _families(places: Iterable[Place]) -> dict[int | None, list[Place]]:
    """Parent -> its children in order."""
    families: dict[int | None, list[Place]] = {}
    for place in places:
        families.setdefault(place.parent, []).append(place)
    for family in families.values():
        family.sort(key=lambda place: place.position)
    return families


def _walk(families: Mapping, tops: Sequence[Place]) -> Iterator[Place]:
    """In reading order; no recursion, trees may be deep."""
    stack = list(reversed(tops))
    while stack:
        place = stack.pop()
        yield place
        stack.extend(reversed(families.get(place.id, ())))


def _children(places: Iterable[Place], parent: int) -> list[int]:
    family = [place for place in places if place.parent == parent]
    return [place.id for place in sorted(family, key=lambda place: place.position)]


def _index(position: int | None, length: int) -> int:
    """The list index for a position counted from 1; the end when none is given."""
    if position is None:
        return length
    return max(0, min(position - 1, length))


def numbered(
    places: Sequence[Place], orders: Mapping, chapter: int | None
) -> dict[int, tuple[int, str]]:
    """What changes by the rule; TreeConflict where a code cannot be given.

    Codes that a source printed otherwise may stand in the way of the rule's.
    """
    changes = renumbered(places, orders, chapter)
    kept = {place.code: place for place in places if place.id not in changes}
    for _position, code in changes.values():
        if code in kept:
            raise TreeConflict(
                _(
                    "Otra unidad ya tiene el código %(code)s: numere antes de nuevo "
                    "las unidades de la edición."
                )
                % {"code": code},
                about=[kept[code]],
            )
        if len(code) > LONGEST:
            raise TreeConflict(
                _("El código de una unidad pasaría de %(limit)d caracteres.")
                % {"limit": LONGEST}
            )
    return changes
