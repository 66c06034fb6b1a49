"""Which units and functions of an edition a list has, and in which order.

Chosen and sorted from plain values, in the same way on every database.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import compress
from typing import NamedTuple

from django.utils.translation import gettext as _

from functions.querysets import Node
from functions.search.stems import fold
from manual_org.api.errors import InvalidQuery
from manual_org.api.v1 import differences
from manual_org.api.v1.content import Content, key_of
from manual_org.api.v1.serializers import RENUMBERED
from manuals.glossary import alphabetical
from units.models import UnitKind
from units.outline import Outline, OutlineUnit

# Parameters for which every function has to be looked at, not only those of a page.
OF_FUNCTIONS = {"key", "text", "has_items", "changed_since"}
_LAST = 1_000_000  # more than the rank of any level


class Entry(NamedTuple):
    """A function in its unit."""

    unit: OutlineUnit
    node: Node


def units_of(
    content: Content, query: dict, changes: differences.Changes | None = None
) -> list[OutlineUnit]:
    """The units that the filters leave, in the order asked.

    ``changes`` is what ``changed_since`` found. Raises InvalidQuery for a code that the
    edition does not have.
    """
    outline = content.outline
    units = outline.units
    if "under" in query:
        units = list(_named(outline, query, "under").branch())
    if "parent" in query:
        below = _named(outline, query, "parent")
        units = [unit for unit in units if unit.parent is below]
    if "kind" in query:
        units = [unit for unit in units if unit.kind in query["kind"]]
    if "code" in query:
        units = [unit for unit in units if unit.code in query["code"]]
    if "key" in query:
        wanted = {key.lower() for key in query["key"]}
        units = [unit for unit in units if str(unit.key) in wanted]
    if "name" in query:
        says = _saying(query["name"])
        units = [unit for unit in units if says(fold(unit.name))]
    if "depth" in query:
        units = [unit for unit in units if unit.depth == query["depth"]]
    if "has_functions" in query:
        counts, wanted = content.counts, query["has_functions"]
        units = [unit for unit in units if (unit.id in counts) is wanted]
    if changes is not None:
        units = [unit for unit in units if _counts(changes.get(str(unit.key)), query)]
    return in_order(content, units, query["order"])


def units_with_functions(content: Content, query: dict) -> list[OutlineUnit]:
    """The units of a list of functions, in reading order."""
    outline = content.outline
    units = outline.units
    if "under" in query:
        units = list(_named(outline, query, "under").branch())
    if "unit" in query:
        one = _named(outline, query, "unit")
        units = [unit for unit in units if unit is one]
    if "kind" in query:
        units = [unit for unit in units if unit.kind in query["kind"]]
    return units


def in_order(
    content: Content, units: list[OutlineUnit], order: str
) -> list[OutlineUnit]:
    """Units that stand in reading order, in the order of this name."""
    name = order.lstrip("-")
    if name == "code":
        return units if order == name else units[::-1]
    if name == "name":

        def by(unit):
            return alphabetical(unit.name)
    elif name == "kind":
        ranks = dict(UnitKind.objects.order_by().values_list("name", "rank"))

        def by(unit):
            return ranks.get(unit.kind, _LAST), alphabetical(unit.kind)
    else:
        counts = content.counts

        def by(unit):
            return counts.get(unit.id, 0)

    return sorted(units, key=by, reverse=order != name)


def entries_of(
    content: Content,
    units: list[OutlineUnit],
    query: dict,
    changes: differences.Changes | None = None,
) -> list[Entry]:
    """The functions of these units that the filters leave, in the order asked."""
    by_unit = content.functions.by_unit
    entries = [Entry(unit, node) for unit in units for node in by_unit.get(unit.id, ())]
    if "key" in query:
        wanted = {key.lower() for key in query["key"]}
        entries = [entry for entry in entries if key_of(entry.node) in wanted]
    if "text" in query:
        says, folded = _saying(query["text"]), content.functions.folded
        entries = [entry for entry in entries if says(folded[entry.node.key])]
    if "has_items" in query:
        wanted = query["has_items"]
        entries = [entry for entry in entries if bool(entry.node.items) is wanted]
    if changes is not None:
        counting = [_counts(changes.get(key_of(one.node)), query) for one in entries]
        entries = list(compress(entries, counting))
    order = query["order"]
    if order.endswith("text"):
        entries.sort(
            key=lambda one: alphabetical(one.node.text), reverse=order.startswith("-")
        )
    elif order.startswith("-"):
        entries.reverse()
    return entries


def _counts(changes: list[str] | None, query: dict) -> bool:
    """Whether one of these changes is among those asked for."""
    if not changes:
        return False
    if "change" in query:
        return not set(query["change"]).isdisjoint(changes)
    return changes != [RENUMBERED]


def _saying(words: str) -> Callable[[str], bool]:
    """Whether a folded text holds all these words, or parts of words."""
    wanted = fold(words).split()
    return lambda folded: all(word in folded for word in wanted)


def _named(outline: Outline, query: dict, parameter: str) -> OutlineUnit:
    unit = outline.by_code.get(query[parameter])
    if unit is None:
        text = _("La edición no tiene una unidad con este código.")
        raise InvalidQuery.of(parameter, text, "unknown_unit")
    return unit
