"""What each operation of a batch brings: the body of its single address.

In place of the reason, which the batch has, it says which operation it is, and in place
of codes and keys it takes references.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    PolymorphicProxySerializer,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from manual_org.api.fields import Strict, Text
from manual_org.api.v1 import bodies

MAX_OPERATIONS = 200
MAX_ROWS = bodies.MAX_ROWS  # operations, and functions and items in them
MAX_REF = 50
KEY = "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90"


class Named(Strict):
    """One thing, named in exactly one way."""

    least_properties = most_properties = 1

    def validate(self, attrs):
        if len(attrs) != 1:
            raise serializers.ValidationError(
                _("Nómbrela de una sola manera: %(names)s.")
                % {"names": ", ".join(self.fields)},
                code="one_name",
            )
        return attrs


class NamedFunction(Named):
    """A function or item."""

    key = serializers.UUIDField(required=False, help_text="Its key.")
    ref = Text(
        required=False,
        max_length=MAX_REF,
        help_text="The `ref` of the operation before this one that makes it.",
    )


class NamedUnit(NamedFunction):
    """A unit."""

    code = Text(
        required=False,
        max_length=255,
        help_text="Its code before the first operation of the batch.",
    )


@extend_schema_field({"type": "string"})
class Name(serializers.Field):
    """Which operation it is; read before its serializer is chosen."""

    def to_internal_value(self, data):
        return data


def _named(name: str):
    """The field ``op`` of this operation."""
    return extend_schema_field({"type": "string", "const": name})(
        type("Name", (Name,), {})
    )(help_text="Which operation it is.")


class Making(serializers.Serializer):
    ref = Text(
        required=False,
        max_length=MAX_REF,
        help_text="A name for what is made, for operations after this one.",
    )


class Changing(serializers.Serializer):
    if_match = Text(
        required=False,
        max_length=1000,
        help_text="The ETag that it had before the batch, or `*`; required unless the "
        "target is a `ref`.",
    )


class OfUnit(Changing):
    unit = NamedUnit(help_text="The target.")


class OfFunction(Changing):
    function = NamedFunction(help_text="The target.")


class CreateUnit(Making, bodies.UnitCreate):
    """As `POST units/`."""

    op = _named("create_unit")
    reason = None
    parent_code = None
    parent = NamedUnit(
        allow_null=True,
        help_text="The unit it hangs from; null for the root of an empty edition.",
    )


class ChangeUnit(OfUnit, bodies.UnitChange):
    """As `PATCH units/{code}/`."""

    op = _named("change_unit")
    reason = None
    beside = {"op", "unit", "if_match"}
    least_properties = 3


class MoveUnit(OfUnit, bodies.UnitMove):
    """As `POST units/{code}/move/`."""

    op = _named("move_unit")
    reason = None
    beside = {"op", "unit", "if_match"}
    least_properties = 3
    parent_code = None
    parent = NamedUnit(required=False, help_text="Its present one unless given.")


class DeleteUnit(OfUnit, Strict):
    """As `DELETE units/{code}/`."""

    op = _named("delete_unit")


class ReplaceFunctions(OfUnit, bodies.FunctionList):
    """As `PUT units/{code}/functions/`, whose ETag `if_match` is."""

    op = _named("replace_functions")
    reason = None


class OrderChildren(OfUnit, bodies.ChildrenOrder):
    """As `PUT units/{code}/children/`, whose ETag `if_match` is."""

    op = _named("order_children")
    reason = None
    children = NamedUnit(
        many=True, max_length=MAX_ROWS, help_text="All of them, in the new order."
    )


class CreateFunction(Making, bodies.FunctionCreate):
    """As `POST functions/`."""

    op = _named("create_function")
    reason = None
    unit_code = None
    parent_key = None
    places = ("unit", "parent")
    unit = NamedUnit(
        required=False, help_text="May be left out where `parent` is given."
    )
    parent = NamedFunction(
        required=False,
        allow_null=True,
        help_text="The function or item that this is an item of.",
    )


class ChangeFunction(OfFunction, bodies.FunctionChange):
    """As `PATCH functions/{key}/`."""

    op = _named("change_function")
    reason = None


class MoveFunction(OfFunction, bodies.FunctionMove):
    """As `POST functions/{key}/move/`."""

    op = _named("move_function")
    reason = None
    beside = {"op", "function", "if_match"}
    least_properties = 3
    unit_code = None
    parent_key = None
    unit = NamedUnit(
        required=False,
        help_text="Makes it a function of this unit, unless `parent` is given.",
    )
    parent = NamedFunction(
        required=False,
        allow_null=True,
        help_text="Makes it an item of this one; null makes it a function.",
    )


class DeleteFunction(OfFunction, Strict):
    """As `DELETE functions/{key}/`."""

    op = _named("delete_function")


SHAPES: dict[str, type[Strict]] = {
    "create_unit": CreateUnit,
    "change_unit": ChangeUnit,
    "move_unit": MoveUnit,
    "delete_unit": DeleteUnit,
    "order_children": OrderChildren,
    "replace_functions": ReplaceFunctions,
    "create_function": CreateFunction,
    "change_function": ChangeFunction,
    "move_function": MoveFunction,
    "delete_function": DeleteFunction,
}


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="Operation",
        serializers=SHAPES,
        resource_type_field_name="op",
        many=True,
    )
)
class Operations(serializers.Field):
    """A list of operations, each read by itself so that all errors are told."""

    schema_bounds = {"minItems": 1, "maxItems": MAX_OPERATIONS}

    def to_internal_value(self, data):
        if not isinstance(data, list):
            raise serializers.ValidationError(
                _("Indique una lista de operaciones."), code="not_a_list"
            )
        if not data:
            raise serializers.ValidationError(
                _("Indique al menos una operación."), code="empty"
            )
        _demand_few(data)
        return data


def _demand_few(operations: list) -> None:
    if len(operations) > MAX_OPERATIONS:
        raise serializers.ValidationError(
            _("Una solicitud lleva a lo más %(count)d operaciones.")
            % {"count": MAX_OPERATIONS},
            code="too_many",
        )
    pending, count = list(operations), 0
    while pending:
        row = pending.pop()
        count += 1
        if isinstance(row, dict):
            for name in ("functions", "items"):
                inner = row.get(name)
                pending += inner if isinstance(inner, list) else ()
    if count > MAX_ROWS:
        raise serializers.ValidationError(
            _("Una solicitud escribe a lo más %(count)d renglones.")
            % {"count": MAX_ROWS},
            code="too_many",
        )


@bodies.example(
    {
        "operations": [
            {
                "op": "create_unit",
                "ref": "new",
                "name": "Coordinación de Padrones",
                "kind": "Coordinación",
                "parent": {"code": "8.2"},
            },
            {
                "op": "create_function",
                "unit": {"ref": "new"},
                "text": "Coordinar los padrones.",
            },
            {
                "op": "move_unit",
                "unit": {"key": KEY},
                "if_match": '"0123456789abcdef0123456789abcdef"',
                "parent": {"ref": "new"},
            },
        ],
        "reason": "Oficio 12/2024",
    }
)
class Batch(bodies.Write):
    """Writes of one draft, in the order in which they are made."""

    operations = Operations()


def shape_of(name) -> type[Strict] | None:
    return SHAPES.get(name) if isinstance(name, str) else None


def unknown_operation() -> ErrorDetail:
    return ErrorDetail(
        _("Las operaciones son: %(names)s.") % {"names": ", ".join(SHAPES)},
        code="unknown_operation",
    )
