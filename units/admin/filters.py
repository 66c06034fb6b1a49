"""Filters and search of the list of units."""

import unicodedata

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from manuals.admin.filters import shown_edition
from units.models import Unit


class BranchFilter(admin.SimpleListFilter):
    """One of the branches right below the root of the edition shown."""

    title = _("rama")
    parameter_name = "rama"

    def lookups(self, request, model_admin):
        self.tops = []
        edition = shown_edition(request)
        if edition is None:
            return []
        self.tops = list(
            Unit.objects.for_edition(edition)
            .filter(parent__isnull=False, parent__parent__isnull=True)
            .in_reading_order()
        )
        return [(str(unit.pk), str(unit)) for unit in self.tops]

    def queryset(self, request, queryset):
        chosen = next((top for top in self.tops if str(top.pk) == self.value()), None)
        return queryset.under(chosen) if chosen else queryset


def folded(text: str) -> str:
    """Without accents and case, as people search."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        sign for sign in decomposed if not unicodedata.combining(sign)
    ).casefold()


def matching(queryset, search: str):
    """Units whose code begins with a word of the search, or whose name has them all."""
    words = folded(search).split()
    found = []
    for pk, code, name in queryset.order_by().values_list("pk", "code", "name"):
        name = folded(name)
        if all(word in name or code.startswith(word) for word in words):
            found.append(pk)
    return queryset.filter(pk__in=found)
