"""Document -> database: the one writer, which fills an empty draft."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from exchange import document
from exchange.importers.errors import ImportRejected
from functions.models import Function
from functions.services import write_functions
from manuals.history import recording, write_in_bulk
from manuals.models import Chapter, Chart, Edition, Source
from manuals.services import lock_draft
from units.kinds import kinds_named
from units.models import Unit, UnitKind
from units.services import write_tree

_SAID_OF_EDITION = (
    "numbering",
    "functions_chapter",
    "effective_from",
    "effective_to",
    "authorised_by",
    "authorised_position",
    "authorisation_text",
    "elaborated_by",
    "reviewed_by",
    "ratified_on",
    "document_number",
    "document_date",
)
_DATES = ("effective_from", "effective_to", "ratified_on", "document_date")


def edition_fields(edition: document.Edition) -> dict[str, object]:
    """What a document says of its edition, as fields of the model."""
    return {
        name: value
        if (value := getattr(edition, name)) is not None
        or name in (*_DATES, "functions_chapter")
        else ""
        for name in _SAID_OF_EDITION
    }


def manual_fields(manual: document.Manual) -> dict[str, str]:
    """What a document says of its manual, as fields of the model."""
    return {
        "title": manual.title,
        "acronym": manual.acronym or "",
        "institution": manual.institution or "",
        "registration_key": manual.registration_key or "",
        "notice": manual.notice or "",
    }


def write_document(
    whole: document.Document, *, edition: Edition, user, reason: str
) -> list[UnitKind]:
    """Fill an empty draft with a document; the caller opened the transaction.

    Returns the levels that the catalogue lacked. Raises ImportRejected naming the item
    that the model does not take (a name too long), EditionClosed, TreeConflict.
    """
    edition = lock_draft(edition)
    with recording(user=user, reason=reason):
        sources = _write_sources(whole, edition)
        _write_chapters(whole, edition, sources)
        kinds, added = _kinds(whole)
        units = _write_units(whole, edition, sources, kinds)
        _write_functions(whole, edition, units, sources)
    return added


def add_sources(edition: Edition, sources: Iterable[document.Source]) -> None:
    """Note further files that a draft was read from."""
    known = set(edition.sources.values_list("sha256", flat=True))
    for source in sources:
        if source.sha256 not in known:
            Source.objects.create(
                edition=edition, name=source.name[-255:], sha256=source.sha256
            )


def _write_sources(whole, edition) -> dict[str | None, Source]:
    sources = Source.objects.bulk_create(
        Source(edition=edition, name=source.name[-255:], sha256=source.sha256)
        for source in whole.edition.sources
    )
    return {source.sha256: source for source in sources}


def _write_chapters(whole, edition, sources) -> None:
    chapters = [
        Chapter(
            edition=edition,
            number=chapter.number,
            title=chapter.title,
            kind=chapter.kind,
            body=chapter.body,
            source=sources.get(chapter.source_sha256),
            source_line=chapter.source_line,
        )
        for chapter in whole.chapters
    ]
    for chapter in chapters:
        _clean(chapter, f"el capítulo {chapter.number}", chapter.source_line)
    Chapter.objects.bulk_create(chapters)
    write_in_bulk(chapters, created=True)
    charts = [
        Chart(
            chapter=stored,
            position=position,
            number=chart.number,
            title=chart.title,
            unit_key=chart.unit_key,
            effective_from=chart.effective_from,
        )
        for stored, chapter in zip(chapters, whole.chapters, strict=True)
        for position, chart in enumerate(chapter.charts, 1)
    ]
    for chart in charts:
        _clean(chart, f"el organograma {chart.number}", None)
    Chart.objects.bulk_create(charts)
    write_in_bulk(charts, created=True)


def _kinds(whole) -> tuple[dict[str, UnitKind], list[UnitKind]]:
    try:
        return kinds_named({unit.kind for unit in whole.units})
    except ValidationError as error:
        raise ImportRejected(
            f"No se puede agregar un nivel: {' '.join(error.messages)}",
            code="invalid_kind",
        ) from None


def _write_units(whole, edition, sources, kinds) -> dict[str, Unit]:
    rows = []
    for unit in whole.units:
        stored = Unit(
            edition=edition,
            key=unit.key,
            kind=kinds[unit.kind],
            code=unit.code,
            printed_code=unit.printed_code or "",
            printed_page=unit.printed_page,
            name=unit.name,
            positions=list(unit.positions),
            objective=unit.objective or "",
            source=sources.get(unit.source_sha256),
            source_line=unit.source_line,
        )
        _clean(stored, f"la unidad {unit.code}", unit.source_line)
        rows.append((stored, unit.parent_code))
    return write_tree(edition=edition, rows=rows)


def _write_functions(whole, edition, units, sources) -> None:
    rows: list[tuple[Function, Function | None]] = []

    def add(siblings, unit, parent):
        for position, function in enumerate(siblings, 1):
            stored = Function(
                edition=edition,
                unit=unit,
                key=function.key,
                position=position,
                text=function.text,
                source=sources.get(function.source_sha256),
                source_line=function.source_line,
            )
            _clean(stored, f"una función de {unit.code}", function.source_line)
            rows.append((stored, parent))
            add(function.items, unit, stored)

    for unit in whole.units:
        add(unit.functions, units[unit.code], None)
    write_functions(edition=edition, rows=rows)


def _clean(instance, what: str, line: int | None) -> None:
    """Check lengths and forms; bulk writes and SQLite check neither."""
    references = [
        field.name
        for field in instance._meta.concrete_fields
        if field.is_relation or field.name in ("lft", "rght", "tree_id", "level")
    ]
    try:
        instance.clean_fields(exclude=references)
    except ValidationError as error:
        raise ImportRejected(
            f"No se puede guardar {what}: {' '.join(error.messages)}",
            code="invalid_item",
            line=line,
        ) from None
