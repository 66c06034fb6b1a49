"""A fragment read onto a draft: the functions of its units replace those there.

Children of its units and everything else stay as they are.
"""

from __future__ import annotations

import logging
from uuid import UUID

from django.utils.translation import gettext as _

from exchange import document
from exchange.doubts import store_doubts
from exchange.importers.errors import ImportRejected
from exchange.importers.report import Doubt, Reading
from exchange.matching import match_onto
from exchange.reading import read_document
from exchange.writing import add_sources
from functions.lists import Listed, save_function_list
from functions.models import Function
from functions.services import move_function
from manuals.history import recording
from manuals.models import Edition, Source
from manuals.services import move_functions_chapter
from units.kinds import kinds_named
from units.models import Unit, UnitKind
from units.services import change_unit, create_unit, renumber_edition

logger = logging.getLogger(__name__)


def apply_fragment(reading: Reading, *, edition: Edition, user, reason: str) -> None:
    """Write a fragment onto a draft of its base; the caller opened the transaction.

    Its doubts join those of the report: units and functions recognised with little
    confidence, and ``chapter_number`` where it numbers the functions chapter otherwise
    (the whole draft takes that number then).

    Raises ImportRejected for a unit that has no place in the edition.
    """
    fragment = reading.document
    _take_chapter_number(reading, edition, user, reason)
    matches = match_onto(read_document(edition), fragment, fragment=True)
    reading.report.doubts.extend(matches.doubts)
    add_sources(edition, fragment.edition.sources)
    source = edition.sources.filter(sha256=reading.report.sha256).first()
    stored = {unit.key: unit for unit in Unit.objects.for_edition(edition).with_kind()}
    units = [
        (
            said,
            _change(said, stored[said.key], user, reason)
            if said.key in stored
            else _create(said, edition, user, reason),
        )
        for said in fragment.units
    ]
    for said, unit in units:
        _bring_moved(said, unit, edition, user, reason)
    for said, unit in units:
        save_function_list(
            unit=unit, rows=_rows(said.functions, source), user=user, reason=reason
        )
    store_doubts(
        edition=edition,
        matches=matches,
        sha256=reading.report.sha256,
        user=user,
        reason=reason,
    )


def _take_chapter_number(reading: Reading, edition, user, reason) -> None:
    number = reading.document.edition.functions_chapter
    before = edition.functions_chapter
    if number is None or number == before:
        return
    move_functions_chapter(edition=edition, number=number, user=user, reason=reason)
    edition.refresh_from_db()
    renumber_edition(edition=edition, user=user, reason=reason)
    reading.report.doubts.append(
        Doubt(
            reading.document.units[0].source_line,
            "chapter_number",
            reading.document.units[0].code,
            _(
                "El documento numera %(new)s el capítulo de funciones, que en la "
                "edición era el %(old)s: todo el borrador toma el número %(new)s."
            )
            % {"new": number, "old": before},
        )
    )


def _change(said: document.Unit, unit: Unit, user, reason) -> Unit:
    if (said.name, said.kind) == (unit.name, unit.kind.name):
        return unit
    return change_unit(
        unit=unit,
        name=said.name,
        kind=_kind(said, user, reason),
        positions=list(said.positions),
        user=user,
        reason=reason,
    )


def _create(said: document.Unit, edition: Edition, user, reason) -> Unit:
    parent_code, _dot, place = said.code.rpartition(".")
    if parent_code == str(edition.functions_chapter):
        parent_code, place = f"{parent_code}.1", str(int(place) - 1)
    parent = Unit.objects.filter(edition=edition, code=parent_code).first()
    if parent is None:
        raise ImportRejected(
            _("La unidad %(code)s %(name)s no tiene lugar en la edición.")
            % {"code": said.code, "name": said.name},
            code="unit_without_place",
            line=said.source_line,
        )
    return create_unit(
        edition=edition,
        parent=parent,
        position=int(place),
        key=said.key,
        name=said.name,
        kind=_kind(said, user, reason),
        positions=list(said.positions),
        user=user,
        reason=reason,
    )


def _kind(said: document.Unit, user, reason) -> UnitKind:
    with recording(user=user, reason=reason):
        kinds, _added = kinds_named({said.kind})
    return kinds[said.kind]


def _bring_moved(said: document.Unit, unit: Unit, edition, user, reason) -> None:
    """Functions that stand in another unit of the edition come here first."""
    keys: list[UUID] = [function.key for function in said.functions]
    elsewhere = Function.objects.for_edition(edition).filter(key__in=keys)
    for function in elsewhere.exclude(unit=unit):
        move_function(function=function, unit=unit, user=user, reason=reason)


def _rows(
    functions: list[document.Function], source: Source | None, level: int = 0
) -> list[Listed]:
    rows = []
    for function in functions:
        rows.append(
            Listed(
                level,
                function.text,
                function.key,
                source=source,
                source_line=function.source_line,
            )
        )
        rows += _rows(function.items, source, level + 1)
    return rows
