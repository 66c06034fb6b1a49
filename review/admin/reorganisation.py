"""«Efecto de la reorganización»: what an edition does to its base, in the admin."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.filters import edition_name
from manuals.models import Edition
from review.reorganisation import csvformat
from review.reorganisation.editions import effect_of_edition
from review.reorganisation.effect import Effect
from review.reorganisation.summary import sentences
from review.reorganisation.tables import Cell, Section, Table
from review.reorganisation.telling import sections
from units.outline import outline_of

TITLE = gettext_lazy("Efecto de la reorganización")
MOST = 300  # rows of a table on the page; the file has all


def reorganisation_view(model_admin, request, edition_id: int):
    """The whole effect on one page, its summary first."""
    edition, effect = _found(model_admin, request, edition_id)
    if effect is None:
        return _away(model_admin, request, edition)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": TITLE,
        "subtitle": _("%(edition)s frente a %(base)s")
        % {"edition": edition_name(edition), "base": edition.base.label},
        "opts": model_admin.opts,
        "object": edition,
        "object_url": model_admin.address("change", edition.pk),
        "structure_url": reverse("admin:units_unit_structure", args=[edition.pk]),
        "csv_url": model_admin.address("reorganisation_csv", edition.pk),
        "matched_by_text": effect.matched == "texts",
        "is_none": effect.is_none,
        "sentences": sentences(effect),
        "sections": _shown(effect, _Links(edition)),
    }
    return TemplateResponse(request, "admin/review/reorganisation.html", context)


def reorganisation_csv_view(model_admin, request, edition_id: int):
    """The same as a table for a spreadsheet."""
    edition, effect = _found(model_admin, request, edition_id)
    if effect is None:
        return _away(model_admin, request, edition)
    name = f"reorganizacion-{edition.manual.slug}-{edition.label}.csv"
    return HttpResponse(
        csvformat.dumps(effect),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _found(
    model_admin, request, edition_id: int
) -> tuple[Edition | None, Effect | None]:
    """The edition and its effect; either may be None, with a message that says why."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    editions = Edition.objects.with_manual().select_related("base__manual")
    edition = editions.filter(pk=edition_id).first()
    if edition is None:
        messages.warning(request, _("La edición ya no existe."))
        return None, None
    try:
        return edition, effect_of_edition(edition=edition, user=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return edition, None


def _away(model_admin, request, edition: Edition | None):
    if edition is None:
        return HttpResponseRedirect(model_admin.address("changelist"))
    return HttpResponseRedirect(model_admin.address("change", edition.pk))


class _Links:
    """Where the units of both editions are in the admin."""

    def __init__(self, edition: Edition) -> None:
        self._new = outline_of(edition).by_code
        self._old = outline_of(edition.base).by_code

    def of(self, cell: Cell) -> str:
        if cell.unit is None:
            return ""
        if cell.old or cell.unit.new_code is None:
            unit = self._old.get(cell.unit.old_code)
        else:
            unit = self._new.get(cell.unit.new_code)
        return reverse("admin:units_unit_change", args=[unit.id]) if unit else ""


def _shown(effect: Effect, links: _Links) -> list[dict]:
    return [_section(section, links) for section in sections(effect)]


def _section(section: Section, links: _Links) -> dict:
    return {
        "section": section,
        "tables": [_table(table, links) for table in section.shown],
    }


def _table(table: Table, links: _Links) -> dict:
    rows = [
        [
            {"text": cell.text, "url": links.of(cell), "number": column.number}
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows[:MOST]
    ]
    more = len(table.rows) - len(rows)
    if not table.grouped:
        figures = all(column.number for column in table.columns[1:])
        return {
            "table": table,
            "columns": table.columns,
            "rows": rows,
            "more": more,
            "figures": figures,
        }
    groups = [
        {"head": head, "rows": [row[1:] for row in group]}
        for head, group in groupby(rows, key=itemgetter(0))
    ]
    columns = table.columns[1:]
    return {"table": table, "columns": columns, "groups": groups, "more": more}
