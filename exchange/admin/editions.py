"""What exchange adds to editions in the admin: import, export, duplicate, doubts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from exchange.admin.doubts import list_of
from exchange.admin.imports import ImportView
from exchange.admin.steps import DuplicateStep
from exchange.exporters import EXPORTERS
from exchange.services import export_edition
from functions.admin.editions import EditionAdmin as BaseEditionAdmin
from manuals import permissions
from manuals.admin_site import replace
from manuals.models import Edition


class EditionAdmin(BaseEditionAdmin):
    steps = (*BaseEditionAdmin.steps, DuplicateStep)
    change_list_template = "admin/manuals/edition/change_list.html"

    def get_urls(self):
        return [
            path(
                "importar/",
                self.admin_site.admin_view(ImportView.as_view(model_admin=self)),
                name=self.url_name("import"),
            ),
            path(
                "<int:edition_id>/exportar/<str:format_name>/",
                self.admin_site.admin_view(self.export_view),
                name=self.url_name("export"),
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        context = dict(extra_context or {})
        if permissions.may_create_manuals(request.user):
            context["import_url"] = self.address("import")
        return super().changelist_view(request, context)

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context["exports"] = [
                {"name": one.label, "url": self.address("export", obj.pk, one.name)}
                for one in EXPORTERS.values()
            ]
            if self.may_change(request.user, obj):
                context["import_url"] = f"{self.address('import')}?base={obj.pk}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def contents(self, edition):
        contents = super().contents(edition)
        if edition.base_id is None or not edition.is_draft:
            return contents  # nobody can decide them any more
        doubts = {
            "title": _("Dudas de la importación"),
            "count": edition.match_doubts.open().count(),
            "url": list_of(edition),
        }
        return [*contents, doubts]

    def export_view(self, request, edition_id, format_name):
        edition = Edition.objects.with_manual().filter(pk=edition_id).first()
        if edition is None or format_name not in EXPORTERS:
            raise Http404
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        exporter = EXPORTERS[format_name]
        content = export_edition(edition=edition, format=format_name, user=request.user)
        name = f"{edition.manual.slug}-{edition.label}.{exporter.extension}"
        return HttpResponse(
            content,
            content_type=exporter.media_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


replace(Edition, EditionAdmin)
