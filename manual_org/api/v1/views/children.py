"""The units right below one: read, and put in another order at once."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from manual_org.api.v1 import batch_shapes, bodies, filters, reading
from manual_org.api.v1.views.units import OneUnitView
from manual_org.api.v1.writes import order_children


class UnitChildrenView(OneUnitView):
    operations = {"GET": "units_children", "PUT": "units_children_order"}
    parameters = {"GET": filters.EditionQuery}

    def read_unit(self, lookup: dict) -> dict:
        return reading.unit_children(self.edition, lookup, self.links)

    @extend_schema(responses=batch_shapes.UnitChildren)
    def get(self, request, **address):
        """The units right below one, in order; not paginated."""
        self.find_edition(**address)
        return Response(self.read_unit(self.lookup(**address)))

    @extend_schema(request=bodies.ChildrenOrder, responses=batch_shapes.UnitChildren)
    def put(self, request, **address):
        """Put the units right below one of a draft in another order; codes follow.

        The keys are exactly those that are there: none comes or goes by this.
        """
        self.find_draft(**address)
        fields = self.body(bodies.ChildrenOrder)
        with self.writing():
            unit = self.unit_to_change(self.lookup(**address))
            order_children(unit=unit, user=request.user, **fields)
            return Response(self.read_unit({"pk": unit.pk}))
