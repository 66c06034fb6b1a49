"""Units: flat, nested, one by its code or key; writing them in drafts."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from functions.lists import save_function_list
from manual_org.api.formats.exports import AKN, JSONLD, Export
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
from manual_org.api.v1.writes import listed
from manuals.brief import editions_in_brief, whole_editions
from units.models import Unit
from units.outline import outline_of
from units.querysets import Row
from units.services import change_unit, create_unit, delete_unit, move_unit


class UnitListView(SelectingMixin, ChangedSinceMixin, DraftMixin, EditionView):
    operations = {"GET": "units_list", "POST": "units_create"}
    parameters = {"GET": filters.UnitQuery}
    formats = (JSON, tables.UNITS)
    body_names = {"parent": "parent_code"}

    @extend_schema(responses=serializers.UnitPage)
    def get(self, request, **address):
        """Units in reading order, or another; without functions unless expanded."""
        edition = self.find_edition(**address)
        query, content = self.query, Content(edition)
        changes = None
        if "changed_since" in query:
            changes = differences.changed_units(content, self.content_since())
        units = choosing.units_of(content, query, changes)
        page, shown = listing.units_page(content, units, query)
        rows, links = content.rows_of(shown), self.links
        results = [representations.unit(row, links) for row in rows]
        if "expand" in query:
            self.expand(results, rows, content)
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

    def expand(self, results: list[dict], rows: list[Row], content: Content) -> None:
        names, links = self.query["expand"], self.links
        functions = {}
        if "functions" in names:
            functions = content.functions_of([row.id for row in rows])
        for result, row in zip(results, rows, strict=True):
            unit = content.outline.by_id[row.id]
            result |= representations.units_around(unit, names, links)
            if "functions" in names:
                nodes = functions.get(row.id, ())
                result["functions"] = [representations.listed(node) for node in nodes]

    @extend_schema(request=bodies.UnitCreate, responses={201: serializers.UnitDetail})
    def post(self, request, **address):
        """Create a unit in a draft; the codes that depend on its place follow."""
        self.find_draft(conditional=False, **address)
        fields = self.body(bodies.UnitCreate)
        parent_code = fields.pop("parent_code")
        with self.writing() as edition:
            parent = None
            if parent_code is not None:
                parent = self.unit_named(parent_code, "parent_code")
            unit = create_unit(
                edition=edition, parent=parent, user=request.user, **fields
            )
            return created(reading.unit(edition, {"pk": unit.pk}, self.links))


class TreeView(EditionView):
    operations = {"GET": "units_tree"}
    parameters = {"GET": filters.EditionQuery}

    @extend_schema(responses=serializers.Tree)
    def get(self, request, **address):
        """The whole structure of an edition, nested; not paginated."""
        edition = self.find_edition(**address)
        root = outline_of(edition).root
        return Response(
            {
                "edition": representations.stamp(edition),
                "root": representations.branch(root, self.links) if root else None,
            }
        )


class SubtreeView(EditionView):
    operations = {"GET": "units_subtree"}
    parameters = {"GET": filters.EditionQuery}

    @extend_schema(responses=serializers.Tree)
    def get(self, request, code, **address):
        """A unit with all that hangs from it, nested; not paginated."""
        edition = self.find_edition(**address)
        unit = outline_of(edition).by_code.get(code)
        if unit is None:
            raise NotFound(_("La edición no tiene esta unidad."))
        return Response(
            {
                "edition": representations.stamp(edition),
                "root": representations.branch(unit, self.links),
            }
        )


class OneUnitView(DraftMixin, EditionView):
    """What addresses of one unit share."""

    body_names = {"parent": "parent_code"}

    def lookup(self, *, code, **address) -> dict:
        return {"code": code}

    def read_unit(self, lookup: dict) -> dict:
        return reading.unit(self.edition, lookup, self.links)

    def unit_to_change(self, lookup: dict) -> Unit:
        """The unit under the lock, as the person saw it.

        Raises NotFound, NotAllowed outside the person's branches, Stale.
        """
        unit = Unit.objects.for_edition(self.edition).filter(**lookup).first()
        if unit is None:
            raise NotFound(_("La edición no tiene esta unidad."))
        unit.edition = self.edition
        self.demand_seen(unit, self.read_unit({"pk": unit.pk}))
        return unit


class UnitView(SelectingMixin, OneUnitView):
    operations = {
        "GET": "units_retrieve",
        "PATCH": "units_change",
        "DELETE": "units_delete",
    }
    parameters = {"GET": filters.UnitPart, "DELETE": filters.ReasonQuery}
    formats = (JSON, JSONLD, AKN)

    @property
    def read_editions(self):
        """Exporters write what the edition says of itself besides."""
        exports = isinstance(self.form, Export)
        return whole_editions if exports else editions_in_brief

    @extend_schema(responses=serializers.UnitDetail)
    def get(self, request, **address):
        """One unit with its functions and their items."""
        edition = self.find_edition(**address)
        if isinstance(self.form, Export):
            return Response(self.form.unit(request, edition, self.lookup(**address)))
        whole = self.read_unit(self.lookup(**address))
        if "expand" in self.query:
            unit = outline_of(self.edition).by_key.get(UUID(whole["key"]))
            if unit is None:
                raise NotFound(_("La edición no tiene esta unidad."))
            names = self.query["expand"]
            whole |= representations.units_around(unit, names, self.links)
        return Response(select(whole, self.query))

    @extend_schema(request=bodies.UnitChange, responses=serializers.UnitDetail)
    def patch(self, request, **address):
        """Change what a unit of a draft says of itself, such as its name."""
        self.find_draft(**address)
        fields = self.body(bodies.UnitChange)
        with self.writing():
            unit = self.unit_to_change(self.lookup(**address))
            change_unit(unit=unit, user=request.user, **fields)
            return changed(self.read_unit({"pk": unit.pk}))

    @extend_schema(responses={204: None})
    def delete(self, request, **address):
        """Delete a unit of a draft with everything below it, functions included."""
        self.find_draft(**address)
        with self.writing():
            unit = self.unit_to_change(self.lookup(**address))
            delete_unit(unit=unit, user=request.user, reason=self.query["reason"])
        return Response(status=204)


class UnitMoveView(OneUnitView):
    operations = {"POST": "units_move"}
    conditional_post = True

    @extend_schema(request=bodies.UnitMove, responses=serializers.UnitDetail)
    def post(self, request, **address):
        """Move a unit of a draft with all that hangs from it; codes follow.

        If-Match names the unit as it is at its own address.
        """
        self.find_draft(**address)
        fields = self.body(bodies.UnitMove)
        with self.writing():
            unit = self.unit_to_change(self.lookup(**address))
            if "parent_code" in fields:
                target = self.unit_named(fields.pop("parent_code"), "parent_code")
            else:
                target = unit.parent or unit  # the root: refused by the service
            target.edition = self.edition
            move_unit(unit=unit, target=target, user=request.user, **fields)
            return changed(self.read_unit({"pk": unit.pk}))


class UnitFunctionsView(OneUnitView):
    operations = {
        "GET": "units_functions_retrieve",
        "PUT": "units_functions_replace",
    }
    parameters = {"GET": filters.EditionQuery}
    formats = (JSON, tables.FUNCTIONS_OF_UNIT)

    def read_unit(self, lookup: dict) -> dict:
        return reading.unit_functions(self.edition, lookup, self.links)

    @extend_schema(responses=serializers.UnitFunctionList)
    def get(self, request, **address):
        """All functions of a unit with their items; not paginated."""
        self.find_edition(**address)
        return Response(self.read_unit(self.lookup(**address)))

    @extend_schema(request=bodies.FunctionList, responses=serializers.UnitFunctionList)
    def put(self, request, **address):
        """Write all functions of a unit of a draft at once: all of it, or nothing.

        Rows with a key keep it, rows without one are new, rows left out are deleted.
        """
        self.find_draft(**address)
        fields = self.body(bodies.FunctionList)
        with self.writing():
            unit = self.unit_to_change(self.lookup(**address))
            save_function_list(
                unit=unit,
                rows=list(listed(fields["functions"])),
                user=request.user,
                reason=fields["reason"],
            )
            return Response(self.read_unit({"pk": unit.pk}))


class UnitByKeyView(KeyMixin, UnitView):
    holding = "units"
    operations = {
        "GET": "units_retrieve_by_key",
        "PATCH": "units_change_by_key",
        "DELETE": "units_delete_by_key",
    }
    parameters = {
        "GET": filters.UnitKeyQuery,
        "PATCH": filters.KeyWriteQuery,
        "DELETE": filters.KeyDeleteQuery,
    }

    def lookup(self, *, key, **address) -> dict:
        return {"key": key}


class UnitMoveByKeyView(KeyMixin, UnitMoveView):
    holding = "units"
    operations = {"POST": "units_move_by_key"}
    parameters = {"POST": filters.KeyWriteQuery}

    def lookup(self, *, key, **address) -> dict:
        return {"key": key}
