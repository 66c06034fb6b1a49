"""What changed since the base edition, beside each row of a unit's form."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from functions.admin.pasting import asked_rows, editable_unit
from functions.changes import BaseRow, NowRow, RowChange, changes_of, suppressed
from functions.models import Function
from manuals.redlining import marked
from units.models import Unit

REMEMBERED = "functions_changes"  # in the session: whether the person wants to see them


@dataclass(frozen=True)
class ShownChange:
    """A row's change as the page says it: words, and the marked text."""

    tags: list[str]
    difference: str


@dataclass(frozen=True)
class ShownSuppressed:
    """A row that is no more; ``where`` is the unit to which it went, if any."""

    label: str
    level: int
    text: str
    where: str


def base_rows(unit: Unit, keys: set[UUID]) -> list[BaseRow]:
    """The base edition's rows of this unit, and those that these keys had elsewhere."""
    base_id = unit.edition.base_id
    if base_id is None:
        return []
    found = (
        Function.objects.filter(edition_id=base_id)
        .filter(Q(key__in=keys) | Q(unit__key=unit.key))
        .order_by("unit_id", "position")
        .values_list(
            *("key", "text", "position", "parent__key", "parent__parent__key"),
            *("unit__key", "unit__code", "unit__name"),
        )
    )
    rows = [
        BaseRow(
            key=key,
            level=(parent is not None) + (above is not None),
            text=text,
            position=position,
            parent=parent,
            unit="" if unit_key == unit.key else f"{code} {name}",
        )
        for key, text, position, parent, above, unit_key, code, name in found
    ]
    return _in_reading_order(rows)


def _in_reading_order(rows: list[BaseRow]) -> list[BaseRow]:
    by_key = {row.key: row for row in rows}

    def places(row: BaseRow | None) -> list[int]:
        found: list[int] = []
        while row is not None:
            found.insert(0, row.position)
            row = by_key.get(row.parent)
        return found

    return sorted(rows, key=lambda row: (row.unit, places(row)))


def shown_changes(unit: Unit, rows: list[NowRow]) -> tuple:
    """(what to show beside each row or None, what was suppressed); 2 queries."""
    base = base_rows(unit, {row.key for row in rows if row.key})
    changes = changes_of(rows, base)
    shown = [
        None if change.is_same else _shown(change, row.text)
        for row, change in zip(rows, changes, strict=True)
    ]
    gone = suppressed(rows, base)
    where = {
        key: f"{code} {name}"
        for key, code, name in Function.objects.filter(
            edition=unit.edition_id, key__in=[row.key for row in gone]
        )
        .exclude(unit=unit)
        .values_list("key", "unit__code", "unit__name")
    }
    return shown, [
        ShownSuppressed(row.label, row.level, row.text, where.get(row.key, ""))
        for row in gone
    ]


def _shown(change: RowChange, text: str) -> ShownChange:
    if change.is_new:
        return ShownChange([_("Nueva")], "")
    before, tags = change.before, []
    if before.unit:
        tags.append(_("Viene de %(unit)s") % {"unit": before.unit})
    elif change.level:
        tags.append(_("Cambió de nivel; era %(label)s") % {"label": before.label})
    elif change.moved:
        tags.append(_("Cambió de lugar; era %(label)s") % {"label": before.label})
    difference = ""
    if change.reworded:
        tags.append(_("Redacción"))
        difference = marked(before.text, " ".join(text.split()))
    return ShownChange(tags, difference)


# In the page


def wants_changes(request, form) -> bool:
    """Whether the person wants to see them; the form's button switches and is kept."""
    asked = form.operation
    if asked and asked[1] == "changes":
        request.session[REMEMBERED] = asked[2] == "1"
    return bool(request.session.get(REMEMBERED))


def add_changes(unit: Unit, form) -> list[ShownSuppressed]:
    """Set ``change`` on the rows of a form; returns what was suppressed."""
    kept = form.rows.kept()
    rows = [
        NowRow(_key(one["key"].value()), one.level_now(), one["text"].value() or "")
        for one in kept
    ]
    shown, gone = shown_changes(unit, rows)
    for one, change in zip(kept, shown, strict=True):
        one.change = change
    return gone


def _key(value) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def changes_view(unit_admin, request, unit_id: int) -> JsonResponse:
    """The same for the page's script, of the rows on the screen."""
    unit = editable_unit(unit_admin, request, unit_id)
    try:
        asked, rows = asked_rows(request)
    except ValidationError as refusal:
        return JsonResponse({"refused": " ".join(refusal.messages)}, status=400)
    shows = bool(asked.get("show"))
    if bool(request.session.get(REMEMBERED)) != shows:
        request.session[REMEMBERED] = shows
    if not shows:
        return JsonResponse({"rows": [], "suppressed": ""})
    now = [NowRow(_key(row["id"]), row["level"], row["text"]) for row in rows]
    shown, gone = shown_changes(unit, now)
    return JsonResponse(
        {
            "rows": [
                render_to_string("admin/_row_change.html", {"change": change})
                if change
                else ""
                for change in shown
            ],
            "suppressed": render_to_string(
                "admin/_rows_suppressed.html", {"suppressed": gone}
            ),
        }
    )
