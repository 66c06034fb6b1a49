"""Addresses of an installation that exported documents speak of (DESIGN section 7).

``base_url`` is scheme and host, without a final slash; empty gives addresses from the
root. Pure: the same addresses are declared in manual_org, which is above this layer;
tests hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

_NOT_PLAIN = re.compile("[^a-z0-9]+")


@dataclass(frozen=True)
class Addresses:
    """The addresses of one manual in one installation."""

    base_url: str
    slug: str

    def unit_by_key(self, key: UUID) -> str:
        """The permanent identifier of a unit."""
        return f"{self.base_url}/id/unidad/{key}"

    def function_by_key(self, key: UUID) -> str:
        """The permanent identifier of a function or item."""
        return f"{self.base_url}/id/funcion/{key}"

    @property
    def manual(self) -> str:
        return f"{self.base_url}/manuales/{_segment(self.slug)}/"

    def edition(self, label: str) -> str:
        return f"{self.manual}{_segment(label)}/"

    def unit(self, label: str, code: str) -> str:
        return f"{self.edition(label)}{_segment(code)}/"

    def chapter(self, label: str, number: int) -> str:
        return f"{self.edition(label)}capitulos/{number}/"

    @property
    def manual_data(self) -> str:
        """The manual in the API."""
        return f"{self.base_url}/api/v1/manuals/{_segment(self.slug)}/"

    def edition_data(self, label: str) -> str:
        return f"{self.manual_data}editions/{_segment(label)}/"

    def unit_data(self, label: str, code: str) -> str:
        return f"{self.edition_data(label)}units/{_segment(code)}/"


def _segment(text: str) -> str:
    return quote(text, safe="")


def plain(text: str) -> str:
    """Only lower case, digits, hyphens: ``8-4-3``, ``dirección`` as ``direccion``."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", letters.lower()).strip("-") or "nn"
