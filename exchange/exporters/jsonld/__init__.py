"""JSON-LD with the W3C ORG ontology: a manual, an edition or a unit as linked data.

Each document says what one edition says, of units and functions under their permanent
identifiers; documents of several editions belong in named graphs of their own.
docs/linked-data.md has the mapping. Pure: no Django, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from exchange.document import Document, Edition, Manual
from exchange.exporters.addresses import Addresses
from exchange.exporters.jsonld import works
from exchange.exporters.jsonld.context import CONTEXT, MEDIA_TYPE
from exchange.exporters.jsonld.events import Succession, change_events
from exchange.exporters.jsonld.units import UnitNodes, kinds

__all__ = [
    "CONTEXT",
    "MEDIA_TYPE",
    "Succession",
    "edition_jsonld",
    "manual_jsonld",
    "unit_jsonld",
]


def edition_jsonld(
    document: Document,
    *,
    base_url: str,
    base: Document | None = None,
    successions: Iterable[Succession] = (),
) -> dict[str, Any]:
    """The whole edition: manual, chapters, units, functions, and what became of units.

    ``base_url`` is scheme and host of the installation, without a final slash. With
    ``base``, the edition that this one was made from, and the recorded splits and
    mergers between the two, it says which units were split, merged, created and
    suppressed.
    """
    addresses = Addresses(base_url, document.manual.slug)
    manual, units = document.manual, UnitNodes(document, addresses)
    edition = works.edition(manual, document.edition, addresses)
    if base is not None:
        edition["previousVersion"] = addresses.edition(base.edition.label)
    chapters = works.chapters(document, addresses)
    if chapters:
        edition["hasPart"] = [chapter["id"] for chapter in chapters]
    if document.units:
        edition["about"] = [units.identifier(unit) for unit in document.units]
    graph = [edition, works.work(manual, addresses)]
    if manual.institution:
        graph.append(works.institution(manual, addresses, units.root()))
    graph += chapters
    graph += kinds(document.units, manual, addresses)
    graph += [units.whole(unit) for unit in document.units]
    if base is not None:
        graph += change_events(document, base, successions, addresses)
    return _document(graph)


def unit_jsonld(document: Document, code: str, *, base_url: str) -> dict[str, Any]:
    """One unit with its functions; of the units above and below it only the names.

    ``document`` is the whole edition. Raises KeyError for a code that it lacks.
    """
    addresses = Addresses(base_url, document.manual.slug)
    manual, units = document.manual, UnitNodes(document, addresses)
    unit = units.by_code[code]
    edition = works.edition(manual, document.edition, addresses)
    edition["about"] = [units.identifier(unit)]
    graph = [units.whole(unit), edition, works.work(manual, addresses)]
    if manual.institution:
        root = units.identifier(unit) if unit.parent_code is None else None
        graph.append(works.institution(manual, addresses, root))
    graph += kinds([unit], manual, addresses)
    graph += [units.brief(one) for one in units.neighbours(unit)]
    return _document(graph)


def manual_jsonld(
    manual: Manual,
    editions: Sequence[Edition],
    *,
    base_url: str,
    current: str | None = None,
) -> dict[str, Any]:
    """A manual and its editions; ``current`` is the label of the one in force."""
    addresses = Addresses(base_url, manual.slug)
    work = works.work(manual, addresses)
    if editions:
        work["hasVersion"] = [addresses.edition(edition.label) for edition in editions]
    if current is not None:
        work["hasCurrentVersion"] = addresses.edition(current)
    graph = [work]
    if manual.institution:
        graph.append(works.institution(manual, addresses, None))
    graph += [works.edition(manual, edition, addresses) for edition in editions]
    return _document(graph)


def _document(graph: list[works.Node]) -> dict[str, Any]:
    return {"@context": CONTEXT, "@graph": graph}
