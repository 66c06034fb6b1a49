"""Filters that lists of an edition's rows share."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from manuals.models import Edition


def default_edition() -> Edition | None:
    """What an editor most likely works on: the newest draft, else what is in force."""
    editions = Edition.objects.with_manual().order_by("-pk")
    return editions.drafts().first() or editions.in_force().first() or editions.first()


def edition_name(edition: Edition) -> str:
    """Short, with its state: ``DIR · 2024 (borrador)``.

    Manuals may share their acronym, as the demonstration's does with the real one's:
    ``DIR [demo] · 2024 (borrador)``.
    """
    manual = edition.manual.acronym or edition.manual.title
    if edition.manual.acronym and slugify(manual) != edition.manual.slug:
        manual += f" [{edition.manual.slug}]"
    return f"{manual} · {edition.label} ({edition.get_status_display()})"


def shown_edition(request) -> Edition | None:
    """The edition that a list shows: the one asked for, else the likeliest."""
    if not hasattr(request, "shown_edition"):
        asked = request.GET.get(EditionFilter.parameter_name, "")
        editions = Edition.objects.with_manual()
        found = editions.filter(pk=asked).first() if asked.isdecimal() else None
        request.shown_edition = found or default_edition()
    return request.shown_edition


class EditionFilter(admin.SimpleListFilter):
    """One edition at a time; see :func:`shown_edition`."""

    title = _("edición")
    parameter_name = "edicion"

    def lookups(self, request, model_admin):
        self.edition = shown_edition(request)
        editions = Edition.objects.with_manual().order_by("manual__title", "-pk")
        return [(str(edition.pk), edition_name(edition)) for edition in editions]

    def value(self):
        return str(self.edition.pk) if self.edition else None

    def choices(self, changelist):
        for value, name in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: value}, remove=["p", "rama"]
                ),
                "display": name,
            }

    def queryset(self, request, queryset):
        if self.edition is None:
            return queryset.none()
        return queryset.filter(edition=self.edition)
