"""What happened to editions and what they were read from: for reading only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from manuals.admin.base import ReadOnlyAdmin
from manuals.admin.content import edition_link
from manuals.admin.filters import EditionFilter
from manuals.models import Source, Transition


class EditionRecordAdmin(ReadOnlyAdmin):
    """A record about an edition."""

    @admin.display(description=_("edición"), ordering="edition")
    def of_edition(self, obj):
        return edition_link(obj.edition)


@admin.register(Transition)
class TransitionAdmin(EditionRecordAdmin):
    """The log of every edition's life."""

    index_order = 110
    list_display = ["at", "of_edition", "step", "user", "comment"]
    list_select_related = ["edition__manual", "user"]
    list_filter = ["step", "at"]
    search_fields = ["edition__label", "edition__manual__title", "comment"]
    ordering = ["-at", "-id"]
    fields = ["of_edition", "step", "user", "at", "comment"]


@admin.register(Source)
class SourceAdmin(EditionRecordAdmin):
    index_order = 120
    list_display = ["name", "of_edition", "sha256"]
    list_select_related = ["edition__manual"]
    list_filter = [EditionFilter]
    search_fields = ["name", "sha256"]
    fields = ["of_edition", "name", "sha256"]
