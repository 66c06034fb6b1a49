"""What review adds to editions: what is missing, and submitting with every reason."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext_lazy as _

from exchange.admin.editions import EditionAdmin as BaseEditionAdmin
from manuals import permissions
from manuals.admin.lifecycle import SubmitStep
from manuals.admin_site import replace
from manuals.models import Edition
from review.admin.checks import FixStep, UnwaiveStep, WaiveStep, checks_view
from review.admin.checks_waivers import waivers_view
from review.admin.common import common_view
from review.admin.common_step import CommonStep
from review.admin.missing_notes import MissingNotesStep
from review.admin.reorganisation import (
    TITLE,
    reorganisation_csv_view,
    reorganisation_view,
)
from review.admin.undo import UndoStep, saves_view
from review.readiness import missing_for_next_step
from review.submission import submit_edition


def comparison_url(edition: Edition) -> str:
    """The readers' page of what changed since the base; empty without one."""
    if edition.base is None:
        return ""
    try:
        return reverse(
            "web:comparison",
            args=[edition.manual.slug, edition.base.label, edition.label],
        )
    except NoReverseMatch:  # no upper app has the page
        return ""


class SubmitWithNotes(SubmitStep):
    """Submitting asks that every change has its reason."""

    def perform(self, form):
        return submit_edition(
            edition=self.object,
            user=self.request.user,
            comment=form.cleaned_data["reason"],
        )


class EditionAdmin(BaseEditionAdmin):
    steps = tuple(
        SubmitWithNotes if step is SubmitStep else step
        for step in BaseEditionAdmin.steps
    )
    change_form_template = "admin/review/edition/change_form.html"

    def get_urls(self):
        undo = UndoStep.as_view(model_admin=self)
        notes = MissingNotesStep.as_view(model_admin=self)
        common = CommonStep.as_view(model_admin=self)
        return [
            path(
                f"<int:object_id>/{MissingNotesStep.slug}/",
                self.admin_site.admin_view(notes),
                name=self.url_name(MissingNotesStep.slug),
            ),
            path(
                "<int:object_id>/cambios/<slug:moment>/deshacer/",
                self.admin_site.admin_view(undo),
                name=self.url_name("undo"),
            ),
            path(
                "<int:edition_id>/cambios/",
                self.admin_site.admin_view(self.saves_view),
                name=self.url_name("saves"),
            ),
            path(
                "<int:edition_id>/revision/",
                self.admin_site.admin_view(self.checks_view),
                name=self.url_name("checks"),
            ),
            path(
                "<int:edition_id>/revision/dispensas/",
                self.admin_site.admin_view(self.waivers_view),
                name=self.url_name("waivers"),
            ),
            path(
                "<int:edition_id>/funciones-comunes/",
                self.admin_site.admin_view(self.common_view),
                name=self.url_name("common"),
            ),
            path(
                "<int:object_id>/funciones-comunes/<int:function_id>/",
                self.admin_site.admin_view(common),
                name=self.url_name("common_group"),
            ),
            path(
                "<int:edition_id>/reorganizacion/",
                self.admin_site.admin_view(self.reorganisation_view),
                name=self.url_name("reorganisation"),
            ),
            path(
                "<int:edition_id>/reorganizacion/csv/",
                self.admin_site.admin_view(self.reorganisation_csv_view),
                name=self.url_name("reorganisation_csv"),
            ),
            *(
                path(
                    f"<int:object_id>/revision/{slug}/",
                    self.admin_site.admin_view(step.as_view(model_admin=self)),
                    name=self.url_name(name),
                )
                for slug, name, step in (
                    ("dispensar", "waive", WaiveStep),
                    ("retirar-dispensa", "unwaive", UnwaiveStep),
                    ("corregir", "fix", FixStep),
                )
            ),
            *super().get_urls(),
        ]

    def saves_view(self, request, edition_id):
        return saves_view(self, request, edition_id)

    def checks_view(self, request, edition_id):
        return checks_view(self, request, edition_id)

    def waivers_view(self, request, edition_id):
        return waivers_view(self, request, edition_id)

    def reorganisation_view(self, request, edition_id):
        return reorganisation_view(self, request, edition_id)

    def reorganisation_csv_view(self, request, edition_id):
        return reorganisation_csv_view(self, request, edition_id)

    def common_view(self, request, edition_id):
        return common_view(self, request, edition_id)

    def contents(self, edition):
        checks = {
            "title": _("Revisión del texto"),
            "url": self.address("checks", edition.pk),
        }
        common = {
            "title": _("Funciones comunes a varias unidades"),
            "url": self.address("common", edition.pk),
        }
        saved = {
            "title": _("Cambios guardados, cada uno con su «Deshacer»")
            if edition.is_draft
            else _("Cambios guardados"),
            "url": self.address("saves", edition.pk),
        }
        contents = [*super().contents(edition), checks, common, saved]
        if edition.base_id is not None:
            url = self.address("reorganisation", edition.pk)
            contents.append({"title": TITLE, "url": url})
        return contents

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            may_note = permissions.may_edit(request.user, obj.manual)
            if MissingNotesStep.permitted(self, request, obj):
                context["notes_url"] = self.address(MissingNotesStep.slug, obj.pk)
            context["missing"] = [
                {
                    "text": one.text,
                    "blocks": one.blocks,
                    "units": [
                        {
                            "name": f"{unit.side.code} {unit.side.name}",
                            "url": self.note_url(obj, unit) if may_note else "",
                        }
                        for unit in one.units
                    ],
                }
                for one in missing_for_next_step(obj)
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def note_url(self, edition, unit) -> str:
        asked = urlencode({"edition": edition.pk, "unit_code": unit.side.code})
        return f"{reverse('admin:review_changenote_add')}?{asked}"


replace(Edition, EditionAdmin)
