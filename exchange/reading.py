"""Database -> document: an edition as it is stored, in five queries."""

from __future__ import annotations

from collections.abc import Iterable

from exchange import document
from functions.models import Function
from manuals.models import Chapter, Edition, Manual, Source
from units.models import Unit


def read_document(edition: Edition) -> document.Document:
    """The whole edition in its neutral form, in reading order."""
    sources = {source.pk: source for source in edition.sources.order_by("pk")}
    shas = {pk: source.sha256 for pk, source in sources.items()}
    return document.Document(
        manual=read_manual(edition.manual),
        edition=read_edition(edition, sources.values()),
        chapters=[
            _chapter(chapter, shas)
            for chapter in Chapter.objects.for_edition(edition).for_rendering()
        ],
        units=_units(edition, shas),
    )


def read_manual(manual: Manual) -> document.Manual:
    """What the document says of the work."""
    return document.Manual(
        slug=manual.slug,
        title=manual.title,
        acronym=manual.acronym or None,
        institution=manual.institution or None,
        registration_key=manual.registration_key or None,
        notice=manual.notice or None,
    )


def read_edition(edition: Edition, sources: Iterable[Source] = ()) -> document.Edition:
    """The data of an edition without its content."""
    return document.Edition(
        label=edition.label,
        status=edition.status,
        numbering=edition.numbering,
        functions_chapter=edition.functions_chapter,
        effective_from=edition.effective_from,
        effective_to=edition.effective_to,
        withdrawn_on=edition.withdrawn_on,
        authorised_by=edition.authorised_by or None,
        authorised_position=edition.authorised_position or None,
        authorisation_text=edition.authorisation_text or None,
        elaborated_by=edition.elaborated_by or None,
        reviewed_by=edition.reviewed_by or None,
        ratified_on=edition.ratified_on,
        document_number=edition.document_number or None,
        document_date=edition.document_date,
        sources=[document.Source(source.name, source.sha256) for source in sources],
    )


def _chapter(chapter, shas) -> document.Chapter:
    return document.Chapter(
        number=chapter.number,
        title=chapter.title,
        kind=chapter.kind,
        body=chapter.body,
        charts=[
            document.Chart(
                chart.number, chart.title, chart.unit_key, chart.effective_from
            )
            for chart in chapter.charts.all()
        ],
        source_line=chapter.source_line,
        source_sha256=shas.get(chapter.source_id),
    )


def _units(edition, shas) -> list[document.Unit]:
    codes: dict[int, str] = {}
    units: list[document.Unit] = []
    by_id: dict[int, document.Unit] = {}
    rows = (
        Unit.objects.for_edition(edition)
        .in_reading_order()
        .values_list(
            "pk",
            "parent_id",
            "code",
            "name",
            "kind__name",
            "key",
            "printed_code",
            "printed_page",
            "positions",
            "objective",
            "source_line",
            "source_id",
        )
    )
    for pk, parent_id, code, name, kind, key, *rest in rows:
        printed_code, printed_page, positions, objective, line, source_id = rest
        codes[pk] = code
        by_id[pk] = unit = document.Unit(
            code=code,
            name=name,
            kind=kind,
            key=key,
            printed_code=printed_code or None,
            printed_page=printed_page,
            positions=list(positions),
            parent_code=codes.get(parent_id),
            objective=objective or None,
            source_line=line,
            source_sha256=shas.get(source_id),
        )
        units.append(unit)
    _attach_functions(edition, by_id, shas)
    return units


def _attach_functions(edition, units, shas) -> None:
    functions: dict[int, document.Function] = {}
    families = []
    rows = (
        Function.objects.for_edition(edition)
        .order_by("position")
        .values_list(
            "pk", "unit_id", "parent_id", "key", "text", "source_line", "source_id"
        )
    )
    for pk, unit_id, parent_id, key, text, line, source_id in rows:
        functions[pk] = function = document.Function(
            text=text,
            key=key,
            source_line=line,
            source_sha256=shas.get(source_id),
        )
        families.append((unit_id, parent_id, function))
    for unit_id, parent_id, function in families:
        if parent_id is None:
            units[unit_id].functions.append(function)
        else:
            functions[parent_id].items.append(function)
