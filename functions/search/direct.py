"""A code leads straight to its unit, function or item."""

from __future__ import annotations

from functions import labels
from functions.models import Function
from functions.querysets import Node, nest
from functions.search.interface import Direct
from functions.search.query import parse_code
from functions.search.reading import Reading
from units.models import Unit


def find_direct(text: str, reading: Reading) -> Direct | None:
    """Where the code leads, in the newest edition that has it; None if nowhere.

    The item that a number or letter names must exist too.
    """
    code = parse_code(text)
    if code is None:
        return None
    having = set(
        Unit.objects.filter(edition__in=reading.editions, code=code[0])
        .order_by()
        .values_list("edition_id", flat=True)
    )
    for edition in reading.editions:
        if edition.pk not in having:
            continue
        unit = reading.outline(edition.pk).by_code[code[0]]
        if not code[1]:
            return Direct(edition, unit)
        nodes = nest(Function.objects.filter(unit=unit.id).rows()).get(unit.id, [])
        found = _labelled(nodes, code[1])
        if found is not None:
            return Direct(edition, unit, labels.anchor(*found.positions))
    return None


def _labelled(nodes: list[Node], told: tuple[str, ...]) -> Node | None:
    found = None
    for label in told:
        found = next((node for node in nodes if node.label == label), None)
        if found is None:
            return None
        nodes = found.items
    return found
