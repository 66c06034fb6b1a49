"""The catalogue of levels in the admin."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from units.models import UnitKind


@admin.register(UnitKind)
class UnitKindAdmin(ServiceAdmin):
    index_order = 50
    writers = staticmethod(permissions.may_manage_catalogues)
    list_display = ["name", "plural", "rank", "number_of_units"]
    search_fields = ["name", "plural"]
    fields = ["name", "plural", "rank"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(units_count=Count("units"))

    @admin.display(description=_("unidades"), ordering="units_count")
    def number_of_units(self, obj):
        return obj.units_count
