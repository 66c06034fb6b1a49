"""Manuals, their editions and chapters, and the institution, as linked resources.

Each function gives one node; a value that there is not is left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from exchange.document import Chapter, Chart, Document, Edition, Manual
from exchange.exporters.addresses import Addresses
from exchange.exporters.jsonld.context import LANGUAGE

Node = dict[str, Any]


def node(**values: Any) -> Node:
    """The values that there are; ``id`` and ``type`` first, as given."""
    return {
        name: value for name, value in values.items() if value not in (None, [], "")
    }


def institution_id(manual: Manual, addresses: Addresses) -> str | None:
    return f"{addresses.manual}#institucion" if manual.institution else None


def institution(manual: Manual, addresses: Addresses, root: str | None) -> Node:
    """Whose manual it is; ``root`` is the identifier of the topmost unit."""
    return node(
        id=institution_id(manual, addresses),
        type="org:FormalOrganization",
        prefLabel=manual.institution,
        hasUnit=root,
    )


def work(manual: Manual, addresses: Addresses) -> Node:
    """The manual, whatever the edition."""
    return node(
        id=addresses.manual,
        type="dcat:Resource",
        title=manual.title,
        alternative=manual.acronym,
        identifier=manual.registration_key,
        description=manual.notice,
        language=LANGUAGE,
        publisher=institution_id(manual, addresses),
        seeAlso=addresses.manual_data,
    )


def edition(manual: Manual, edition: Edition, addresses: Addresses) -> Node:
    """One edition: who authorised it, and the days whose organisation it describes."""
    identifier = addresses.edition(edition.label)
    period = node(
        type="dcterms:PeriodOfTime",
        startDate=_day(edition.effective_from),
        endDate=_day(last_day(edition)),
    )
    return node(
        id=identifier,
        type="dcat:Resource",
        title=manual.title,
        version=edition.label,
        status=edition.status,
        isVersionOf=addresses.manual,
        language=LANGUAGE,
        publisher=institution_id(manual, addresses),
        identifier=edition.document_number,
        issued=_day(edition.document_date),
        dateAccepted=_day(edition.ratified_on),
        temporal=period if edition.effective_from else None,
        accountablePerson=_person(edition.authorised_by, edition.authorised_position),
        creator=_person(edition.elaborated_by),
        contributor=_person(edition.reviewed_by),
        source=[
            node(type="schema:MediaObject", name=source.name, sha256=source.sha256)
            for source in edition.sources
        ],
        seeAlso=addresses.edition_data(edition.label),
    )


def last_day(edition: Edition) -> date | None:
    """The last day in force; None while it is open."""
    days = [edition.effective_to]
    if edition.withdrawn_on:
        days.append(edition.withdrawn_on - timedelta(days=1))
    return min((day for day in days if day), default=None)


def _person(name: str | None, position: str | None = None) -> Node | None:
    if not name:
        return None
    return node(type="schema:Person", name=name, jobTitle=position)


def chapters(document: Document, addresses: Addresses) -> list[Node]:
    return [_chapter(chapter, document, addresses) for chapter in document.chapters]


def _chapter(chapter: Chapter, document: Document, addresses: Addresses) -> Node:
    identifier = addresses.chapter(document.edition.label, chapter.number)
    known = {unit.key for unit in document.units}
    return node(
        id=identifier,
        type="schema:Chapter",
        position=chapter.number,
        title=chapter.title,
        text=chapter.body,
        hasPart=[
            _chart(chart, f"{identifier}#organograma-{place}", known, addresses)
            for place, chart in enumerate(chapter.charts, 1)
        ],
    )


def _chart(chart: Chart, identifier: str, known: set, addresses: Addresses) -> Node:
    about = chart.unit_key if chart.unit_key in known else None
    return node(
        id=identifier,
        type="schema:CreativeWork",
        notation=chart.number,
        title=chart.title,
        about=addresses.unit_by_key(about) if about else None,
        temporal=node(type="dcterms:PeriodOfTime", startDate=_day(chart.effective_from))
        if chart.effective_from
        else None,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
