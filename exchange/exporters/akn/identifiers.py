"""Identifiers of an edition in Akoma Ntoso: IRIs, eId, wId and GUID.

By the naming convention of OASIS (AKN-NC 1.0), with one departure: the IRI of a manual
has no date. A register knows the day of the first edition only until an older one is
imported, and an identifier must not change then. An element whose number is unique in
the edition (chapter, unit) has no prefix.

``eId`` is made from the number and changes with it; ``wId`` is made from the key and
stays; ``GUID`` is the permanent address of the same thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from exchange.document import Document, Unit
from exchange.exporters.addresses import Addresses, plain
from functions.references import UnitNames


def work_iri(document: Document) -> str:
    """The manual, whatever the edition: ``/akn/mx/doc/manual/dir``."""
    return f"/akn/mx/doc/manual/{plain(document.manual.slug)}"


def expression_iri(document: Document) -> str:
    """One edition, in Spanish: ``/akn/mx/doc/manual/dir/spa@2021``."""
    return f"{work_iri(document)}/spa@{document.edition.label}"


class Context:
    """What the elements of one document need to know of each other."""

    def __init__(self, document: Document, base_url: str, units: Sequence[Unit]):
        """``units`` are those that stand in it; ``document`` is the whole edition."""
        self.document = document
        self.units = units
        self.addresses = Addresses(base_url, document.manual.slug)
        self.names = UnitNames(document.units)
        self._unit_ids = _unique(document)
        self.present = {unit.key for unit in units}

    def unit_id(self, key: UUID) -> str:
        """``hcontainer_8-4-3``."""
        return f"hcontainer_{self._unit_ids[key]}"

    def organization_id(self, key: UUID) -> str:
        """``unit_8-4-3``: the unit as something that the document speaks of."""
        return f"unit_{self._unit_ids[key]}"

    def note_id(self, key: UUID) -> str:
        """``note_8-4-3``: what the register says of how the unit was printed."""
        return f"note_{self._unit_ids[key]}"

    def reference(self, key: UUID) -> str:
        """Where a reference to a unit leads."""
        if key in self.present:
            return f"#{self.unit_id(key)}"
        return self.addresses.unit_by_key(key)


def _unique(document: Document) -> dict[UUID, str]:
    """The code of each unit as part of an identifier; no two are the same."""
    taken: set[str] = set()
    numbers = {}
    for unit in document.units:
        number = base = plain(unit.code)
        again = 1
        while number in taken:
            again += 1
            number = f"{base}-{again}"
        taken.add(number)
        numbers[unit.key] = number
    return numbers
