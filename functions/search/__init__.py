"""Search over units, functions, items and chapters: who does what, in one box.

``search`` answers a query, ``complete`` a word being typed. What they are asked and
what they answer is in interface.py.
"""

from __future__ import annotations

from functions.search.interface import (
    PAGE_SIZE,
    BranchFacet,
    Direct,
    Expansion,
    Filters,
    Hit,
    Kind,
    KindFacet,
    Piece,
    Responsible,
    Results,
    Scope,
    Suggestion,
)
from units.outline import OutlineUnit

__all__ = [
    "PAGE_SIZE",
    "BranchFacet",
    "Direct",
    "Expansion",
    "Filters",
    "Hit",
    "Kind",
    "KindFacet",
    "Piece",
    "Responsible",
    "Results",
    "Scope",
    "Suggestion",
    "complete",
    "search",
]


def search(
    scope: Scope,
    text: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    typing: bool = False,
    who: bool = False,
    near: OutlineUnit | None = None,
) -> Results:
    """The answer to a query, whatever was typed; no query is an error.

    ``typing``: the last word may be unfinished. ``who``: fill ``responsible``, the
    units that do this, the nearest first: in the tree to ``near`` if given, else in
    meaning to the query. A page out of range is the nearest that exists.
    """
    raise NotImplementedError


def complete(scope: Scope, text: str, *, limit: int = 8) -> list[str]:
    """Ways to go on with the last word of ``text``, as whole queries, likeliest first.

    Only words that the scope's own texts hold.
    """
    raise NotImplementedError
