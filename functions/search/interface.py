"""What a search is asked and what it answers: plain values for pages and API.

A caller passes the editions that the person may read; nothing else is ever counted,
suggested or shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from manuals.models import Edition
from units.outline import OutlineUnit

PAGE_SIZE = 20
# More would not be read by anybody, and could not be ranked in time.
MOST_PLACES = 10_000


class Kind(StrEnum):
    """What a hit is; in the order in which equal hits stand."""

    UNIT = "unit"
    FUNCTION = "function"
    ITEM = "item"
    CHAPTER = "chapter"


@dataclass(frozen=True)
class Scope:
    """Where to look: in these editions and, if said, only in one unit and below.

    ``under`` is the key of a unit (it survives from edition to edition). With several
    editions each thing is found once, in the newest of them that answers.
    """

    editions: tuple[Edition, ...]
    under: UUID | None = None

    @classmethod
    def of(cls, editions: Iterable[Edition] | Edition, under: UUID | None = None):
        """Of one edition, or of a queryset such as ``published().with_manual()``."""
        if isinstance(editions, Edition):
            editions = (editions,)
        return cls(tuple(editions), under)


@dataclass(frozen=True)
class Filters:
    """What is left of the hits; facets count as if their own filter were not set.

    ``kinds`` empty means all. ``branch`` is the key of a unit as a facet gives it: the
    root's own functions, or everything below one of its children.
    """

    kinds: frozenset[Kind] = frozenset()
    branch: UUID | None = None


class Piece(NamedTuple):
    """A stretch of plain text, not HTML; ``is_match`` says that it was looked for."""

    text: str
    is_match: bool = False


class Hit(NamedTuple):
    """One unit, function, item or chapter block.

    ``anchor`` is the address inside its page: "" for a unit, "f12-b", "p7". ``label``
    is what is printed for it: "12", "12 b", "p7"; empty for a unit. ``unit`` is None
    for a chapter; its ``chain()`` is the breadcrumb. ``editions`` counts in how
    many of the editions asked, of the same manual, these very words stand.
    """

    kind: Kind
    edition: Edition
    key: UUID | None
    unit: OutlineUnit | None
    anchor: str
    label: str
    snippet: tuple[Piece, ...]
    score: float
    chapter_number: int | None = None
    chapter_title: str = ""
    editions: int = 1

    @property
    def breadcrumb(self) -> list[OutlineUnit]:
        """The units from the root to the one that the hit stands in (itself last)."""
        return [*self.unit.chain(), self.unit] if self.unit else []

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.snippet)


@dataclass(frozen=True)
class KindFacet:
    kind: Kind
    count: int


@dataclass(frozen=True)
class BranchFacet:
    """A branch with hits; ``unit`` is the root (its own hits) or a child of it."""

    unit: OutlineUnit
    edition: Edition
    count: int


@dataclass(frozen=True)
class Responsible:
    """A unit that does what was asked, with the hits that say so, best first."""

    unit: OutlineUnit
    edition: Edition
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Suggestion:
    """A word that was not found, one that is, and the query with all such instead."""

    word: str
    instead: str
    text: str


@dataclass(frozen=True)
class Expansion:
    """Other terms that were looked for besides those typed."""

    term: str
    also: tuple[str, ...]


@dataclass(frozen=True)
class Direct:
    """A code leads here without a search; ``anchor`` is "" for the unit itself."""

    edition: Edition
    unit: OutlineUnit
    anchor: str = ""


@dataclass(frozen=True)
class Results:
    """The answer to a search.

    ``left_out`` are words typed that some of the hits lack: nothing holds them all
    (``relaxed``). ``ignored`` are words too common to look for. ``responsible`` is
    filled when asked for. ``truncated`` says that only the beginning of a very long
    query was used. ``is_partial``: more than MOST_PLACES places answer, and only so
    many were ranked and counted: every count is the least that there is.
    ``is_wordless``: nothing was asked for, only signs, or words to leave out.
    """

    text: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    kinds: tuple[KindFacet, ...] = ()
    branches: tuple[BranchFacet, ...] = ()
    responsible: tuple[Responsible, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    left_out: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    direct: Direct | None = None
    relaxed: bool = False
    truncated: bool = False
    is_partial: bool = False
    is_wordless: bool = False
