"""Lists in pages by number, of a bounded size."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

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
            "next": _address(request, following),
            "previous": _address(request, self.number - 1 or None),
            "results": results,
        }


def page_of(query: dict, count: int) -> Page:
    """The page asked for; NotFound beyond the last one (the first may be empty)."""
    page = Page(query["page"], query["page_size"], count)
    if page.number > 1 and page.slice.start >= count:
        raise NotFound(_("La lista no tiene tantas páginas."))
    return page


def _address(request, number: int | None) -> str | None:
    if number is None:
        return None
    parameters: QueryDict = request.query_params.copy()
    parameters["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
