"""What each operation does: the services that its single address calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from functions.lists import save_function_list
from functions.models import Function
from functions.services import change_function, delete_function, move_function
from manual_org.api.v1.batch.state import Thing
from manual_org.api.v1.writes import (
    create_function_with_items,
    listed,
    order_children,
)
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit

# An action takes the work at hand (engine.py), its target, which those that make
# something have not, and the fields of its body; it returns what it is about.


def _create_unit(work, _target, *, parent, **fields) -> Thing:
    unit = create_unit(
        edition=work.edition,
        parent=None if parent is None else work.unit(parent, "parent"),
        **fields,
        **work.said,
    )
    return Thing("unit", unit.key, unit.pk)


def _change_unit(work, unit: Unit, **fields) -> Thing:
    change_unit(unit=unit, **fields, **work.said)
    return Thing("unit", unit.key, unit.pk)


def _move_unit(work, unit: Unit, *, parent=None, **fields) -> Thing:
    if parent is not None:
        target = work.unit(parent, "parent")
    else:
        target = unit.parent or unit  # the root: refused by the service
        target.edition = work.edition
    move_unit(unit=unit, target=target, **fields, **work.said)
    return Thing("unit", unit.key, unit.pk)


def _delete_unit(work, unit: Unit) -> Thing:
    thing = Thing("unit", unit.key, unit.pk)
    delete_unit(unit=unit, **work.said)
    return thing


def _order_children(work, unit: Unit, *, children) -> Thing:
    keys = [
        work.unit(reference, f"children/{number}").key
        for number, reference in enumerate(children)
    ]
    order_children(unit=unit, children=keys, **work.said)
    return Thing("children", unit.key, unit.pk)


def _replace_functions(work, unit: Unit, *, functions) -> Thing:
    save_function_list(unit=unit, rows=list(listed(functions)), **work.said)
    return Thing("functions", unit.key, unit.pk)


def _create_function(work, _target, *, items=(), **fields) -> Thing:
    unit, parent = work.place(fields)
    function = create_function_with_items(
        unit=unit, parent=parent, items=items, **fields, **work.said
    )
    return Thing("function", function.key, function.pk)


def _change_function(work, function: Function, **fields) -> Thing:
    change_function(function=function, **fields, **work.said)
    return Thing("function", function.key, function.pk)


def _move_function(work, function: Function, **fields) -> Thing:
    if fields.keys().isdisjoint({"unit", "parent"}):
        unit, parent = function.unit, function.parent
    else:
        unit, parent = work.place(fields)
    move_function(function=function, unit=unit, parent=parent, **fields, **work.said)
    return Thing("function", function.key, function.pk)


def _delete_function(work, function: Function) -> Thing:
    thing = Thing("function", function.key, function.pk)
    delete_function(function=function, **work.said)
    return thing


class Action(NamedTuple):
    """``target`` is the field that names it, ``aspect`` what its ETag is of."""

    run: Callable[..., Thing]
    target: str = ""
    aspect: str = ""


ACTIONS = {
    "create_unit": Action(_create_unit),
    "change_unit": Action(_change_unit, "unit", "unit"),
    "move_unit": Action(_move_unit, "unit", "unit"),
    "delete_unit": Action(_delete_unit, "unit", "unit"),
    "order_children": Action(_order_children, "unit", "children"),
    "replace_functions": Action(_replace_functions, "unit", "functions"),
    "create_function": Action(_create_function),
    "change_function": Action(_change_function, "function", "function"),
    "move_function": Action(_move_function, "function", "function"),
    "delete_function": Action(_delete_function, "function", "function"),
}
