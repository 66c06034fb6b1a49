"""Akoma Ntoso 3.0, the OASIS standard for legal documents: an edition, or a part of it.

An edition is a ``doc`` named "manual": an ``act`` is what a legislative or regulatory
power enacts, and a manual distributes what such acts attribute; ``doc`` takes the same
hierarchy. A unit alone, or a branch, is a ``portion`` of that document.
docs/linked-data.md says what stands where. Pure: no Django, no database.
"""

from __future__ import annotations

from exchange.document import Document, Unit
from exchange.exporters.akn.body import add_body, add_units
from exchange.exporters.akn.elements import add, root, to_bytes
from exchange.exporters.akn.front import add_front
from exchange.exporters.akn.identifiers import Context, expression_iri
from exchange.exporters.akn.meta import MEDIA_TYPE, add_meta
from exchange.exporters.base import Exporter


def edition_akn(document: Document, *, base_url: str = "") -> bytes:
    """The whole edition; the same edition gives the same bytes.

    ``base_url`` is scheme and host of the installation, without a final slash; without
    it addresses are relative.
    """
    context = Context(document, base_url, document.units)
    outermost = root("akomaNtoso")
    whole = add(outermost, "doc", {"name": "manual", "contains": "singleVersion"})
    add_meta(whole, context)
    add_front(whole, context)
    add_body(add(whole, "mainBody", _period(document)), context)
    return to_bytes(outermost)


def unit_akn(document: Document, code: str, *, base_url: str = "") -> bytes:
    """One unit with its functions, without what hangs from it.

    ``document`` is the whole edition. Raises KeyError for a code that it lacks.
    """
    return _portion(document, document.branch(code).units[:1], base_url)


def branch_akn(document: Document, code: str, *, base_url: str = "") -> bytes:
    """A unit and everything below it; otherwise as :func:`unit_akn`."""
    return _portion(document, document.branch(code).units, base_url)


def _portion(document: Document, units: list[Unit], base_url: str) -> bytes:
    context = Context(document, base_url, units)
    outermost = root("akomaNtoso")
    part = add(outermost, "portion", {"includedIn": expression_iri(document)})
    add_meta(part, context, context.unit_id(units[0].key))
    add_units(add(part, "portionBody", _period(document)), context)
    return to_bytes(outermost)


def _period(document: Document) -> dict[str, str | None]:
    return {"period": "#tmpg_1" if document.edition.effective_from else None}


AKN = Exporter("akn", "Akoma Ntoso", "xml", MEDIA_TYPE, edition_akn, branch_akn)
