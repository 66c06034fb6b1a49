"""What writes bring: strict shapes; the services decide about the content."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from manual_org.api.fields import Strict, Text, Whole
from units.models import UnitKind

MAX_REASON = 1_000
MAX_TEXT = 20_000
MAX_ITEMS = 200  # of one family; a unit of the largest manual has 47 functions
MAX_ROWS = 1_000  # of one request, items included
MAX_POSITION = 10_000
MAX_PAGE = 100_000
FROM_ONE = "From 1 among the new siblings; last unless given."


def example(value: dict):
    """A body as the OpenAPI document shows it."""
    return extend_schema_serializer(examples=[OpenApiExample("example", value=value)])


class KindName(Text):
    """A level of the catalogue, by its name."""

    default_error_messages = {
        "unknown": gettext_lazy("No hay este nivel en el catálogo; hay: {names}.")
    }

    def run_validation(self, data):
        name = super().run_validation(data)
        kind = UnitKind.objects.filter(name=name).first()
        if kind is None:
            names = ", ".join(name for name, _plural in UnitKind.objects.names())
            self.fail("unknown", names=names)
        return kind


class Write(Strict):
    reason = Text(
        max_length=MAX_REASON, help_text="Why; kept in the history of each row."
    )


class Change(Write):
    """A write that names at least one thing to change, ``beside`` the reason."""

    beside = {"reason"}
    least_properties = 2

    def validate(self, attrs):
        if set(attrs) <= self.beside:
            raise serializers.ValidationError(
                _("Indique al menos un campo que cambiar."), code="nothing_to_change"
            )
        return attrs


@example({"name": "Coordinación de Recaudación", "reason": "Oficio 12/2024"})
class UnitChange(Change):
    """What a unit says of itself; fields left out stay as they are."""

    name = Text(required=False, max_length=500)
    kind = KindName(
        required=False, max_length=100, help_text="A level of the catalogue, by name."
    )
    objective = Text(
        required=False,
        max_length=MAX_TEXT,
        allow_blank=True,
        allow_null=True,
        help_text="Markdown.",
    )
    positions = serializers.ListField(
        required=False,
        child=Text(max_length=10),
        max_length=100,
        help_text="Letters, for a heading that stands for several positions.",
    )
    printed_code = Text(
        required=False, max_length=255, allow_blank=True, allow_null=True
    )
    printed_page = Whole(
        required=False, min_value=0, max_value=MAX_PAGE, allow_null=True
    )

    def validate(self, attrs):
        attrs = super().validate(attrs)
        for name in ("objective", "printed_code"):
            if name in attrs and attrs[name] is None:
                attrs[name] = ""
        return attrs


@example(
    {
        "name": "División de Padrones",
        "kind": "División",
        "parent_code": "8.4.3",
        "position": 1,
        "reason": "Oficio 12/2024",
    }
)
class UnitCreate(UnitChange):
    """A new unit; codes of those after it are renumbered."""

    name = Text(max_length=500)
    kind = KindName(max_length=100, help_text="A level of the catalogue, by name.")
    parent_code = Text(
        max_length=255,
        allow_null=True,
        help_text="The unit it hangs from; null for the root of an empty edition.",
    )
    position = Whole(
        required=False, min_value=1, max_value=MAX_POSITION, help_text=FROM_ONE
    )


@example({"parent_code": "8.5", "position": 1, "reason": "Oficio 12/2024"})
class UnitMove(Change):
    """Where a unit shall stand, with all that hangs from it."""

    parent_code = Text(
        required=False, max_length=255, help_text="Its present one unless given."
    )
    position = Whole(
        required=False, min_value=1, max_value=MAX_POSITION, help_text=FROM_ONE
    )


@example(
    {
        "children": [
            "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
            "0b9e5c39-5d5b-4a63-8f3f-0f4a3a1f7c11",
        ],
        "reason": "Se reordena",
    }
)
class ChildrenOrder(Write):
    """The units right below one, all of them, in the order that they shall have."""

    children = serializers.ListField(
        child=serializers.UUIDField(), max_length=MAX_ROWS, help_text="Their keys."
    )


class NewThirdLevelItem(Strict):
    text = Text(max_length=MAX_TEXT)


class NewItem(NewThirdLevelItem):
    items = NewThirdLevelItem(many=True, required=False, max_length=MAX_ITEMS)


@example({"text": "Coordinar los programas.", "reason": "Se precisa"})
class FunctionChange(Write):
    """A new wording; the function keeps its key and its place."""

    text = Text(max_length=MAX_TEXT)


@example(
    {
        "unit_code": "8.4.3",
        "text": "Coordinar, entre otros:",
        "items": [{"text": "los programas anuales;"}, {"text": "los informes."}],
        "reason": "Oficio 12/2024",
    }
)
class FunctionCreate(FunctionChange):
    """A new function, or an item of one, with items of its own."""

    unit_code = Text(
        required=False,
        max_length=255,
        help_text="The unit; may be left out where `parent_key` is given.",
    )
    parent_key = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="The function or item that this is an item of.",
    )
    position = Whole(
        required=False, min_value=1, max_value=MAX_POSITION, help_text=FROM_ONE
    )
    items = NewItem(many=True, required=False, max_length=MAX_ITEMS)

    places = ("unit_code", "parent_key")

    def validate(self, attrs):
        if not any(map(attrs.get, self.places)):
            raise serializers.ValidationError(
                {self.places[0]: [_("Indique la unidad o la función superior.")]},
                code="required",
            )
        _demand_few(attrs.get("items", []))
        return attrs


@example({"unit_code": "8.4.2", "position": 3, "reason": "Oficio 12/2024"})
class FunctionMove(Change):
    """Where a function or item shall stand, with its items."""

    unit_code = Text(
        required=False,
        max_length=255,
        help_text="Makes it a function of this unit, unless `parent_key` is given.",
    )
    parent_key = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="Makes it an item of this one; null makes it a function.",
    )
    position = Whole(
        required=False, min_value=1, max_value=MAX_POSITION, help_text=FROM_ONE
    )


class ListedThirdLevelItem(NewThirdLevelItem):
    key = serializers.UUIDField(
        required=False, help_text="That of a row the unit has already; none if new."
    )


class ListedItem(ListedThirdLevelItem):
    items = ListedThirdLevelItem(many=True, required=False, max_length=MAX_ITEMS)


class ListedFunction(ListedThirdLevelItem):
    items = ListedItem(many=True, required=False, max_length=MAX_ITEMS)


@example(
    {
        "functions": [
            {"key": "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90", "text": "Se conserva."},
            {"text": "Es nueva.", "items": [{"text": "con un inciso."}]},
        ],
        "reason": "Se reordena",
    }
)
class FunctionList(Write):
    """All functions of a unit in order; what it lacks is deleted."""

    functions = ListedFunction(many=True, max_length=MAX_ITEMS)

    def validate(self, attrs):
        _demand_few(attrs["functions"])
        return attrs


def _demand_few(rows) -> None:
    """Refuse a tree of rows that would take too long to write at once."""
    pending, count = list(rows), 0
    while pending:
        row = pending.pop()
        count += 1
        pending += row.get("items", [])
    if count > MAX_ROWS:
        raise serializers.ValidationError(
            _("Una solicitud escribe a lo más %(count)d renglones.")
            % {"count": MAX_ROWS},
            code="too_many",
        )
