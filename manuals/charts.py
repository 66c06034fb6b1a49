"""The charts of a chapter saved as one list."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.history import recording
from manuals.models import Chapter, Chart
from manuals.services import demand_reason, lock_draft

logger = logging.getLogger(__name__)

# Beyond every real position: the column takes no negative numbers.
_PARKED = 10_000
FIELDS = ("number", "title", "unit_key", "effective_from")


@dataclass
class ListedChart:
    """One chart of the list, in order; ``id`` is None for a new one."""

    number: str
    title: str
    unit_key: UUID | None = None
    effective_from: date | None = None
    id: int | None = None


@transaction.atomic
def save_charts(
    *, chapter: Chapter, rows: Sequence[ListedChart], user, reason: str
) -> int:
    """Make the chapter's charts what ``rows`` say; returns how many changed.

    The list is the whole truth: charts that it lacks are deleted.

    Raises NotAllowed, EditionClosed, and ValidationError whose messages name the row.
    """
    edition = lock_draft(chapter.edition)
    permissions.demand(permissions.may_edit_everything(user, edition.manual))
    chapter = Chapter.objects.get(pk=chapter.pk, edition=edition)
    stored = {chart.pk: chart for chart in chapter.charts.all()}
    wanted = [_build(row, chapter, stored, place) for place, row in enumerate(rows, 1)]
    _demand_sound(wanted)
    changed = [
        chart
        for chart in wanted
        if chart.pk is None or _differs(chart, stored[chart.pk])
    ]
    kept = {chart.pk for chart in wanted}
    deleted = [chart for pk, chart in stored.items() if pk not in kept]
    with recording(user=user, reason=demand_reason(reason)):
        for chart in deleted:
            chart.delete()
        chapter.charts.filter(pk__in=[chart.pk for chart in changed]).update(
            position=F("position") + _PARKED
        )
        for chart in changed:
            chart.save()
    logger.info("charts of chapter %s of %s saved", chapter.number, edition)
    return len(changed) + len(deleted)


def _build(row: ListedChart, chapter: Chapter, stored, place: int) -> Chart:
    if row.id is not None and row.id not in stored:
        raise ValidationError(
            _("Fila %(row)d: el organograma ya no existe.") % {"row": place}
        )
    return Chart(
        pk=row.id,
        chapter=chapter,
        position=place,
        **{name: getattr(row, name) for name in FIELDS},
    )


def _demand_sound(charts: Sequence[Chart]) -> None:
    errors = []
    for place, chart in enumerate(charts, 1):
        try:
            chart.clean_fields(exclude=["chapter", "id"])
        except ValidationError as error:
            errors += [
                _("Fila %(row)d: %(message)s") % {"row": place, "message": message}
                for message in error.messages
            ]
    pks = [chart.pk for chart in charts if chart.pk is not None]
    if len(pks) != len(set(pks)):
        errors.append(_("Un organograma está repetido en la lista."))
    if errors:
        raise ValidationError(errors)


def _differs(chart: Chart, before: Chart) -> bool:
    names = (*FIELDS, "position")
    return any(getattr(chart, name) != getattr(before, name) for name in names)
