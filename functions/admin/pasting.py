"""Pasted lists in the form of a unit: into its rows, or for the page's script."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.pasting import MOST_ROWS, Pasted, PresentRow, recognise
from manuals.admin.merging import is_marked_deleted
from manuals.redlining import marked

APPEND, REPLACE = "append", "replace"
LARGEST_QUERY = 2_000_000


def pasted_into(rows: list[dict], text: str, how: str, level_of) -> tuple:
    """The rows of a posted form with a pasted list, and what is to be said about it.

    Rows that the list lacks are marked to be deleted where it replaces them. Raises
    ValidationError.
    """
    live = [row for row in rows if row.get("text") and not is_marked_deleted(row)]
    present = [
        PresentRow(str(number), level_of(row), row["text"])
        for number, row in enumerate(live)
    ]
    pasted = recognise(text, present)
    deleted = [row for row in rows if is_marked_deleted(row)]
    if how != REPLACE:
        added = [
            {"level": str(row.level), "text": row.text, "note": _("Pegada.")}
            for row in pasted.rows
        ]
        return [*live, *added, *deleted], pasted
    replaced, used = [], set()
    for row in pasted.rows:
        if row.id is None:
            said = {"level": str(row.level), "text": row.text, "note": _("Nueva.")}
            replaced.append(said)
            continue
        used.add(row.id)
        known = live[int(row.id)]
        if " ".join(known["text"].split()) != row.text:
            known["note"] = _("Decía: «%(text)s»") % {"text": known["text"]}
        known.update(level=str(row.level), text=row.text)
        replaced.append(known)
    for number, row in enumerate(live):
        if str(number) not in used:
            row.update(delete="on", note=_("No está en la lista pegada."))
            deleted.append(row)
    return [*replaced, *deleted], pasted


def summary(pasted: Pasted) -> str:
    """How many rows there are and how many of them are known, as a sentence."""
    said = ngettext(
        "Se reconoció %(number)d fila",
        "Se reconocieron %(number)d filas",
        len(pasted.rows),
    ) % {"number": len(pasted.rows)}
    known = ngettext(
        "%(number)d ya está en la lista.",
        "%(number)d ya están en la lista.",
        pasted.continued,
    ) % {"number": pasted.continued}
    return f"{said}; {known}"


def asked_rows(request) -> tuple[dict, list[dict]]:
    """The rows that the page's script sent, as plain values; ValidationError."""
    try:
        if len(request.body) > LARGEST_QUERY:
            raise ValueError
        asked = json.loads(request.body)
        rows = [
            {
                "id": str(row["id"]),
                "level": min(max(int(row["level"]), 0), 2),
                "text": str(row["text"]),
            }
            for row in asked["rows"][: 2 * MOST_ROWS]
        ]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise ValidationError(_("La petición no se entiende.")) from None
    return asked, rows


def editable_unit(unit_admin, request, unit_id: int):
    """The unit, if the person may change it now; Http404, PermissionDenied."""
    unit = unit_admin.get_queryset(request).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    if not unit_admin.has_change_permission(request, unit):
        raise PermissionDenied
    return unit


def paste_view(unit_admin, request, unit_id: int) -> JsonResponse:
    """Recognise a pasted list for the page's script; nothing is written."""
    editable_unit(unit_admin, request, unit_id)
    try:
        asked, rows = asked_rows(request)
        present = [PresentRow(**row) for row in rows]
        pasted = recognise(str(asked.get("text", "")), present)
    except ValidationError as refusal:
        return JsonResponse({"refused": " ".join(refusal.messages)}, status=400)
    texts = {row["id"]: row["text"] for row in rows}
    shown = []
    for row, label in zip(pasted.rows, pasted.labels(), strict=True):
        said = {"level": row.level, "text": row.text, "id": row.id, "label": label}
        if row.id is not None:
            before = " ".join(texts[row.id].split())
            said["difference"] = marked(before, row.text) if before != row.text else ""
        shown.append(said)
    used = {row.id for row in pasted.rows}
    lacking = [row for row in rows if row["id"] not in used and row["text"].strip()]
    return JsonResponse(
        {
            "rows": shown,
            "lacking": [row["text"] for row in lacking],
            "remarks": pasted.remarks,
            "summary": summary(pasted),
        }
    )
