"""Permanent identifiers: from a key to the page that has it today, or had it last."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views import View

from functions.labels import anchor
from functions.models import Function
from manual_org.web.caching import keep_privately, keep_publicly
from manuals import permissions
from manuals.dates import today
from units.models import Unit


class HttpResponseSeeOther(HttpResponseRedirect):
    status_code = 303


class ByKeyView(View):
    """303 to the edition in force that has the key, else to the newest that had it.

    What only drafts have exists for people who read drafts.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request, key):
        rows = self.rows(key)
        published = [row for row in rows if self.edition_of(row).is_closed]
        if published and permissions.may_read_published(request.user):
            day = today()
            row = next(
                (row for row in published if self.edition_of(row).is_in_force(day)),
                published[0],
            )
            return keep_publicly(request, HttpResponseSeeOther(self.address(row)))
        if rows and permissions.may_read_drafts(request.user):
            return keep_privately(request, HttpResponseSeeOther(self.address(rows[0])))
        raise Http404


class UnitByKeyView(ByKeyView):
    def rows(self, key):
        return list(
            Unit.objects.filter(key=key)
            .with_edition()
            .order_by("-edition__effective_from", "-edition__label")
        )

    def edition_of(self, unit):
        return unit.edition

    def address(self, unit):
        edition = unit.edition
        return reverse("web:unit", args=[edition.manual.slug, edition.label, unit.code])


class FunctionByKeyView(ByKeyView):
    def rows(self, key):
        return list(
            Function.objects.filter(key=key)
            .select_related("edition__manual", "unit", "parent__parent")
            .order_by("-edition__effective_from", "-edition__label")
        )

    def edition_of(self, function):
        return function.edition

    def address(self, function):
        edition = function.edition
        page = reverse(
            "web:unit", args=[edition.manual.slug, edition.label, function.unit.code]
        )
        positions, item = [], function
        while item is not None:
            positions.insert(0, item.position)
            item = item.parent
        return f"{page}#{anchor(*positions)}"
