"""What the tree adds to editions in the admin: a way to it, and its codes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manuals.admin.editions import EditionAdmin as BaseEditionAdmin
from manuals.admin_site import replace
from manuals.models import Edition
from units.admin.steps import ChapterNumberStep, RenumberStep


class EditionAdmin(BaseEditionAdmin):
    steps = (*BaseEditionAdmin.steps, ChapterNumberStep, RenumberStep)

    def render_change_form(
        self, request, context, add=False, change=False, form_url="", obj=None
    ):
        if obj is not None:
            context["contents"] = self.contents(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def contents(self, edition) -> list[dict]:
        """What the edition holds: name, how many, and the list of it here."""
        return [
            {
                "title": _("Estructura"),
                "url": reverse(
                    f"{self.admin_site.name}:units_unit_structure", args=[edition.pk]
                ),
            },
            self._content(_("Unidades"), edition.units, "units_unit", edition),
            self._content(_("Capítulos"), edition.chapters, "manuals_chapter", edition),
        ]

    def _content(self, title, manager, name, edition) -> dict:
        address = reverse(f"{self.admin_site.name}:{name}_changelist")
        return {
            "title": title,
            "count": manager.count(),
            "url": f"{address}?edicion={edition.pk}",
        }


replace(Edition, EditionAdmin)
