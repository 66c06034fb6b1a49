"""Names of units inside texts: links to the unit, or to the choice between several."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote
from uuid import UUID

from django.utils.translation import gettext as _

from functions.references import UnitNames
from manual_org.web.texts import Mark
from manual_org.web.words import number
from units.outline import Outline


def unit_address(edition_url: str, code: str) -> str:
    """The address of the page of a unit."""
    return f"{edition_url}{quote(code, safe='')}/"


class UnitLinks:
    """The finder of units in the texts of one edition.

    A unit's own name in its own functions leads nowhere: the reader is there. A name
    that several units bear leads to the page where they are told apart.
    """

    def __init__(self, names: UnitNames, outline: Outline, edition_url: str):
        self._names = names
        self._outline = outline
        self._edition_url = edition_url

    def __call__(self, text: str, unit_key: UUID | None) -> Iterator[Mark]:
        for start, end, keys in self._names.find(text):
            if keys != (unit_key,):
                opening = self._shared(keys) if len(keys) > 1 else self._link(keys[0])
                yield Mark(start, end, opening, "</a>")

    def _link(self, key):
        return f'<a class="unit-ref" href="{self._address(key)}">'

    def _shared(self, keys):
        title = _("%(count)s unidades tienen este nombre: vea cuáles son") % {
            "count": number(len(keys))
        }
        return (
            f'<a class="unit-ref unit-ref-shared" title="{escape(title)}" '
            f'href="{self._address(keys[0])}homonimas/">'
        )

    def _address(self, key):
        return unit_address(self._edition_url, self._outline.by_key[key].code)


class UnitMarker:
    """A finder that marks every mention of one unit, and links to no other place."""

    def __init__(self, names: UnitNames, key: UUID):
        self._names = names
        self._key = key

    def __call__(self, text: str, unit_key: UUID | None) -> Iterator[Mark]:
        for start, end, keys in self._names.find(text):
            if self._key in keys:
                yield Mark(start, end, "<mark>", "</mark>")
