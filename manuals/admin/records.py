"""What happened to editions and what they were read from: for reading only."""

from django.contrib import admin

from manuals.admin.base import ReadOnlyAdmin
from manuals.admin.filters import EditionFilter
from manuals.models import Source, Transition


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    """The log of every edition's life."""

    index_order = 110
    list_display = ["at", "edition", "step", "user", "comment"]
    list_select_related = ["edition__manual", "user"]
    list_filter = ["step", "at"]
    search_fields = ["edition__label", "edition__manual__title", "comment"]
    ordering = ["-at", "-id"]
    fields = ["edition", "step", "user", "at", "comment"]


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    index_order = 120
    list_display = ["name", "edition", "sha256"]
    list_select_related = ["edition__manual"]
    list_filter = [EditionFilter]
    search_fields = ["name", "sha256"]
    fields = ["edition", "name", "sha256"]
