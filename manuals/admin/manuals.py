"""Manuals as works, in the admin."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.models import GlossaryTerm, Manual
from manuals.services import change_manual, create_manual


class ManualAdmin(ServiceAdmin):
    index_order = 40
    writers = staticmethod(permissions.may_create_manuals)
    list_display = [
        "title",
        "acronym",
        "institution",
        "slug",
        "number_of_editions",
        "glossary_state",
    ]
    search_fields = ["title", "acronym", "institution", "registration_key", "slug"]
    fields = [
        "title",
        "acronym",
        "institution",
        "registration_key",
        "slug",
        "notice",
    ]

    def may_change(self, user, obj):
        return permissions.may_edit_everything(user, obj)

    def get_queryset(self, request):
        waiting = Q(glossary__status=GlossaryTerm.Status.PROPOSED)
        # Distinct: the two joins multiply each other's rows.
        return (
            super()
            .get_queryset(request)
            .annotate(
                editions_count=Count("editions", distinct=True),
                terms_count=Count("glossary", distinct=True),
                waiting_count=Count("glossary", filter=waiting, distinct=True),
            )
        )

    def create(self, *, form, user, reason):
        return create_manual(user=user, reason=reason, **form.field_values())

    def change(self, *, obj, form, user, reason):
        change_manual(manual=obj, user=user, reason=reason, **form.field_values())

    @admin.display(description=gettext_lazy("ediciones"), ordering="editions_count")
    def number_of_editions(self, obj):
        return obj.editions_count

    @admin.display(description=gettext_lazy("glosario"))
    def glossary_state(self, obj):
        """How many terms, how many of them wait for a decision; leads to them."""
        address = reverse("admin:manuals_glossaryterm_changelist")
        said = ngettext("%(number)d término", "%(number)d términos", obj.terms_count)
        said = said % {"number": obj.terms_count}
        if obj.waiting_count:
            said = _("%(terms)s, %(waiting)d por decidir") % {
                "terms": said,
                "waiting": obj.waiting_count,
            }
        return format_html(
            '<a href="{}?manual__id__exact={}">{}</a>', address, obj.pk, said
        )


admin.site.register(Manual, ManualAdmin)
