"""What the admins of an edition's content share: one edition at a time, drafts only."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.base import ServiceAdmin
from manuals.admin.filters import (
    EditionFilter,
    default_edition,
    edition_name,
    shown_edition,
)
from manuals.models import Edition
from manuals.services import lock_draft


def closed_because(edition: Edition) -> str:
    """Why the content of an edition cannot change; empty for a draft."""
    if edition.is_draft:
        return ""
    return _(
        "La edición %(label)s está %(status)s: su contenido se puede leer, pero no "
        "cambiar. Los cambios se hacen en un borrador."
    ) % {"label": edition.label, "status": edition.get_status_display()}


def edition_link(edition: Edition):
    """The edition's name, leading to its page in the admin."""
    return format_html(
        '<a href="{}">{}</a>',
        reverse("admin:manuals_edition_change", args=[edition.pk]),
        edition_name(edition),
    )


class ContentAdmin(ServiceAdmin):
    """Rows of a model with an ``edition``."""

    list_filter = [EditionFilter]

    def closed_because(self, obj):
        return closed_because(obj.edition)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("edition__manual")

    def changelist_view(self, request, extra_context=None):
        context = {"shown_edition": shown_edition(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def lock(self, obj):
        lock_draft(obj.edition)
        return super().lock(obj)

    def get_readonly_fields(self, request, obj=None):
        return ["edition_link"] if obj else []

    @admin.display(description=gettext_lazy("edición"))
    def edition_link(self, obj):
        return edition_link(obj.edition)

    def asked_edition(self, request) -> Edition | None:
        """The draft named in the address or in the list left behind, or the newest."""
        listed = parse_qs(request.GET.get("_changelist_filters", ""))
        asked = request.GET.get("edition") or listed.get("edicion", [""])[0]
        drafts = Edition.objects.drafts().with_manual()
        if asked.isdecimal() and (found := drafts.filter(pk=asked).first()):
            return found
        edition = default_edition()
        return edition if edition is not None and edition.is_draft else None

    def add_view(self, request, form_url="", extra_context=None):
        """Add to the draft that the address names, so that it stays the same one."""
        edition = self.asked_edition(request)
        if edition is None:
            messages.warning(
                request,
                _(
                    "No hay ningún borrador. Cree una edición o duplique una antes de "
                    "agregar contenido."
                ),
            )
            return HttpResponseRedirect(reverse("admin:manuals_edition_changelist"))
        if str(edition.pk) != request.GET.get("edition"):
            query = request.GET.copy()
            query["edition"] = edition.pk
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
        request.target_edition = edition
        context = {"subtitle": str(edition), **(extra_context or {})}
        return super().add_view(request, form_url, context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.edition = request.target_edition
        return form

    def get_changeform_initial_data(self, request):
        return {}
