"""What is new or different in an edition against another, by key: ``changed_since``.

A pure comparison of rows. Of two closed editions it is kept; what was suppressed, and
the texts side by side, are for ``compare/``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from functions.querysets import Node
from manual_org.api.v1.content import Content, key_of, texts_of
from manuals import cache

Changes = dict[str, list[str]]


@dataclass(frozen=True)
class Differing:
    """Key -> its changes, for what has any, of everything that an edition has."""

    changes: Changes

    @property
    def cache_weight(self) -> int:
        return 1 + len(self.changes) // 10_000


def changed_units(new: Content, old: Content) -> Changes:
    return _kept(new, old, "units", _units)


def changed_functions(new: Content, old: Content) -> Changes:
    return _kept(new, old, "functions", _functions)


def _kept(new: Content, old: Content, what: str, compare: Callable) -> Changes:
    differing = cache.for_editions(
        (old.edition, new.edition),
        f"api.changed {what}",
        lambda: Differing(compare(new, old)),
    )
    return differing.changes


def _units(new: Content, old: Content) -> Changes:
    known, told = _units_of(old), _functions_told(old)
    told_now = _functions_told(new)
    changes = {}
    for key, unit in _units_of(new).items():
        before = known.get(key)
        if before is None:
            changes[str(key)] = ["new"]
            continue
        found = [
            name
            for name in ("reworded", "moved", "renumbered")
            if unit[name] != before[name]
        ]
        if told_now.get(key) != told.get(key):
            found.insert(-1 if "renumbered" in found else len(found), "functions")
        if found:
            changes[str(key)] = found
    return changes


def _units_of(content: Content) -> dict[UUID, dict]:
    """Key -> what each kind of change is seen by."""
    rows = content.rows
    keys = {row.code: row.key for row in rows.values()}
    return {
        row.key: {
            "reworded": (row.name, row.kind, row.positions, row.objective),
            "moved": keys.get(row.parent_code),
            "renumbered": row.code,
        }
        for row in rows.values()
    }


def _functions_told(content: Content) -> dict[UUID, list]:
    """Key of a unit -> its functions as they are read, one after the other."""
    rows = content.rows
    return {
        rows[unit_id].key: [(key_of(node), texts_of(node)) for node in nodes]
        for unit_id, nodes in content.functions.by_unit.items()
        if unit_id in rows
    }


def _functions(new: Content, old: Content) -> Changes:
    known, items = _functions_of(old), _items_of(old)
    changes = {}
    for key, (unit, node) in _functions_of(new).items():
        before = known.get(key)
        if before is None:
            text = items.get(key)
            if text is None:
                changes[key] = ["new"]
            else:
                changes[key] = [*(["reworded"] if text != node.text else []), "moved"]
            continue
        unit_before, node_before = before
        found = []
        if texts_of(node) != texts_of(node_before):
            found.append("reworded")
        if unit != unit_before:
            found.append("moved")
        elif node.position != node_before.position:
            found.append("renumbered")
        if found:
            changes[key] = found
    return changes


def _functions_of(content: Content) -> dict[str, tuple[UUID, Node]]:
    by_id = content.outline.by_id
    return {
        key_of(node): (by_id[unit_id].key, node)
        for unit_id, nodes in content.functions.by_unit.items()
        if unit_id in by_id
        for node in nodes
    }


def _items_of(content: Content) -> dict[str, str]:
    """Key -> text of what is an item."""
    found = {}
    stack = [node for nodes in content.functions.by_unit.values() for node in nodes]
    while stack:
        items = stack.pop().items
        stack += items
        found |= {key_of(item): item.text for item in items}
    return found
