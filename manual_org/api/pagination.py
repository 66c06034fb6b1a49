"""Lists in pages of a bounded size: by number, or each from where another ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError

from manual_org.api import cursors
from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Counted, Query

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100


class PageQuery(Query):
    page = Counted(
        min_value=1,
        max_value=999_999_999,
        default=1,
        help_text="Number of the page, from 1.",
    )
    page_size = Counted(
        min_value=1,
        max_value=MAX_PAGE_SIZE,
        default=PAGE_SIZE,
        help_text="How many results a page has.",
    )


class CursorQuery(PageQuery):
    cursor = serializers.CharField(
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        max_length=2000,
        help_text="In place of `page`: empty to begin, then as in `next`. Of a draft, "
        "nothing is missed or repeated by what is added and deleted between pages.",
    )

    def to_internal_value(self, data):
        if "cursor" in data and "page" in data:
            text = _("Indique «page» o «cursor», no ambos.")
            raise ValidationError({"page": [ErrorDetail(text, code="not_with_cursor")]})
        return super().to_internal_value(data)


@dataclass(frozen=True)
class Page:
    """One page of ``count`` results that stand in a fixed order."""

    number: int
    size: int
    count: int

    @property
    def slice(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    def envelope(self, request, results: list, **head) -> dict:
        """The answer: what it speaks of, how many there are, neighbours, results."""
        following = self.number + 1 if self.number * self.size < self.count else None
        return {
            **head,
            "count": self.count,
            "next": _address(request, page=following),
            "previous": _address(request, page=self.number - 1 or None),
            "results": results,
        }


@dataclass(frozen=True)
class CursorPage:
    """As many results as a page has from ``start`` on.

    ``cursor`` is the place where it ends, for the next one; there is no way back.
    """

    start: int
    size: int
    count: int
    cursor: str | None = None

    @property
    def slice(self) -> slice:
        return slice(self.start, self.start + self.size)

    @property
    def is_last(self) -> bool:
        return self.start + self.size >= self.count

    def envelope(self, request, results: list, **head) -> dict:
        following = None if self.is_last else self.cursor
        return {
            **head,
            "count": self.count,
            "next": _address(request, cursor=following),
            "previous": None,
            "results": results,
        }


def page_of(query: dict, count: int) -> Page:
    """The page asked for; NotFound beyond the last one (the first may be empty)."""
    page = Page(query["page"], query["page_size"], count)
    if page.number > 1 and page.slice.start >= count:
        raise NotFound(_("La lista no tiene tantas páginas."))
    return page


def places_of(cursor: str, of: str) -> list[cursors.Place]:
    """What a cursor of the list named ``of`` says; InvalidQuery for any other text."""
    try:
        return cursors.read(of, cursor)
    except cursors.NotACursor:
        text = _("No es un cursor de esta lista; comience de nuevo con «cursor=».")
        raise InvalidQuery.of("cursor", text, "invalid") from None


def found(place: cursors.Place, keys: list[str]) -> int:
    """Where a place is in a list now; InvalidQuery once nothing of it is left."""
    index = cursors.find(place, keys)
    if index is None:
        text = _("Ya no existe nada de lo que rodeaba este lugar; comience de nuevo.")
        raise InvalidQuery.of("cursor", text, "gone")
    return index


def _address(request, **place) -> str | None:
    """This address with another place in the list; None without one."""
    ((name, value),) = place.items()
    if value is None:
        return None
    parameters: QueryDict = request.query_params.copy()
    parameters[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
