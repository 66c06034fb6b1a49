"""Functions and their items: listed, one by its key; writing them in drafts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.response import Response

from functions.models import Function
from functions.services import (
    change_function,
    delete_function,
    move_function,
)
from manual_org.api.rendering import JSON
from manual_org.api.selecting import SelectingMixin, select
from manual_org.api.v1 import (
    bodies,
    choosing,
    differences,
    filters,
    listing,
    reading,
    representations,
    serializers,
    tables,
)
from manual_org.api.v1.base import (
    DraftMixin,
    EditionView,
    KeyMixin,
    changed,
    created,
)
from manual_org.api.v1.content import Content
from manual_org.api.v1.since import ChangedSinceMixin
from manual_org.api.v1.writes import create_function_with_items
from units.models import Unit
from units.outline import outline_of


class FunctionWriteView(DraftMixin, EditionView):
    """What writes of functions share."""

    body_names = {"parent": "parent_key", "unit": "unit_code"}

    def read_function(self, key) -> dict:
        return reading.function(self.edition, key, self.links)

    def stored_function(self, key) -> Function | None:
        return (
            Function.objects.for_edition(self.edition)
            .select_related("unit", "parent")
            .filter(key=key)
            .first()
        )

    def function_to_change(self, key) -> Function:
        """The function under the lock, as the person saw it.

        Raises NotFound, NotAllowed outside the person's branches, Stale.
        """
        function = self.stored_function(key)
        if function is None:
            raise NotFound(_("La edición no tiene esta función."))
        function.edition = function.unit.edition = self.edition
        self.demand_seen(function.unit, self.read_function(key))
        return function

    def place_of(self, fields: dict) -> tuple[Unit | None, Function | None]:
        """The unit and the parent that a body names, taken out of ``fields``.

        Raises ValidationError for one that is not there, or in another unit.
        """
        unit_code, parent_key = fields.pop("unit_code", None), None
        if "parent_key" in fields:
            parent_key = fields.pop("parent_key")
        unit = self.unit_named(unit_code, "unit_code") if unit_code else None
        if parent_key is None:
            return unit, None
        parent = self.stored_function(parent_key)
        if parent is None or (unit is not None and parent.unit_id != unit.pk):
            raise ValidationError(
                {
                    "parent_key": ErrorDetail(
                        _("No hay una función con este identificador en la unidad."),
                        code="unknown_function",
                    )
                }
            )
        parent.unit.edition = self.edition
        return parent.unit, parent


class FunctionListView(SelectingMixin, ChangedSinceMixin, FunctionWriteView):
    operations = {"GET": "functions_list", "POST": "functions_create"}
    parameters = {"GET": filters.FunctionQuery}
    formats = (JSON, tables.FUNCTIONS)

    @extend_schema(responses=serializers.FunctionPage)
    def get(self, request, **address):
        """Functions in reading order, or another, each with its items."""
        edition = self.find_edition(**address)
        query, content = self.query, Content(edition)
        changes = None
        if "changed_since" in query:
            changes = differences.changed_functions(content, self.content_since())
        page, shown = listing.functions_page(content, query, changes)
        results = self.represented(shown)
        if changes is not None:
            for result in results:
                result["changes"] = changes[result["key"]]
        return Response(
            page.envelope(
                request,
                [select(result, query) for result in results],
                edition=representations.stamp(edition),
            )
        )

    def represented(self, entries: list[choosing.Entry]) -> list[dict]:
        links, expanded = self.links, "expand" in self.query
        places, results = {}, []
        for unit, node in entries:
            place = places.get(unit.id)
            if place is None:
                place = places[unit.id] = representations.place(
                    unit.key, unit.code, links
                )
            result = representations.function(node, place)
            if expanded:
                result["unit"] = representations.unit_reference(unit, links)
            results.append(result)
        return results

    @extend_schema(
        request=bodies.FunctionCreate, responses={201: serializers.FunctionDetail}
    )
    def post(self, request, **address):
        """Create a function, or an item of one, in a draft; items of its own too."""
        self.find_draft(conditional=False, **address)
        fields = self.body(bodies.FunctionCreate)
        items = fields.pop("items", [])
        with self.writing():
            unit, parent = self.place_of(fields)
            function = create_function_with_items(
                unit=unit, parent=parent, items=items, user=request.user, **fields
            )
            return created(self.read_function(function.key))


class FunctionView(SelectingMixin, FunctionWriteView):
    operations = {
        "GET": "functions_retrieve",
        "PATCH": "functions_change",
        "DELETE": "functions_delete",
    }
    parameters = {"GET": filters.FunctionPart, "DELETE": filters.ReasonQuery}

    @extend_schema(responses=serializers.FunctionDetail)
    def get(self, request, key, **address):
        """One function or item, with its items."""
        self.find_edition(key=key, **address)
        whole = self.read_function(key)
        if "expand" in self.query:
            unit = outline_of(self.edition).by_code.get(whole["unit_code"])
            if unit is None:
                raise NotFound(_("La edición no tiene esta función."))
            whole["unit"] = representations.unit_reference(unit, self.links)
        return Response(select(whole, self.query))

    @extend_schema(request=bodies.FunctionChange, responses=serializers.FunctionDetail)
    def patch(self, request, key, **address):
        """Reword a function or item of a draft."""
        self.find_draft(key=key, **address)
        fields = self.body(bodies.FunctionChange)
        with self.writing():
            function = self.function_to_change(key)
            change_function(function=function, user=request.user, **fields)
            return changed(self.read_function(key))

    @extend_schema(responses={204: None})
    def delete(self, request, key, **address):
        """Delete a function or item of a draft with its items; the rest close up."""
        self.find_draft(key=key, **address)
        with self.writing():
            delete_function(
                function=self.function_to_change(key),
                user=request.user,
                reason=self.query["reason"],
            )
        return Response(status=204)


class FunctionMoveView(FunctionWriteView):
    operations = {"POST": "functions_move"}
    conditional_post = True

    @extend_schema(request=bodies.FunctionMove, responses=serializers.FunctionDetail)
    def post(self, request, key, **address):
        """Move a function or item of a draft: in order, in depth, to another unit.

        If-Match names the function as it is at its own address.
        """
        self.find_draft(key=key, **address)
        fields = self.body(bodies.FunctionMove)
        stays = fields.keys().isdisjoint({"unit_code", "parent_key"})
        with self.writing():
            function = self.function_to_change(key)
            if stays:
                unit, parent = function.unit, function.parent
            else:
                unit, parent = self.place_of(fields)
            move_function(
                function=function,
                unit=unit,
                parent=parent,
                user=request.user,
                **fields,
            )
            return changed(self.read_function(key))


class FunctionByKeyView(KeyMixin, FunctionView):
    holding = "functions"
    operations = {
        "GET": "functions_retrieve_by_key",
        "PATCH": "functions_change_by_key",
        "DELETE": "functions_delete_by_key",
    }
    parameters = {
        "GET": filters.FunctionKeyQuery,
        "PATCH": filters.KeyWriteQuery,
        "DELETE": filters.KeyDeleteQuery,
    }


class FunctionMoveByKeyView(KeyMixin, FunctionMoveView):
    holding = "functions"
    operations = {"POST": "functions_move_by_key"}
    parameters = {"POST": filters.KeyWriteQuery}
