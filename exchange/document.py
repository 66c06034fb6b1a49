"""The neutral form of an edition: plain dataclasses, no Django, no database.

Every importer ends in a :class:`Document` and every export, comparison and check
begins with one. Field names and their order are those of the JSON interchange
format ``manual-org/1``; ``source_sha256`` and ``source_line`` say where an item was
read and are not part of that format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

MAX_DEPTH = 3  # function, sub-item, third level


@dataclass
class Source:
    """A file that an edition was read from."""

    name: str
    sha256: str


@dataclass
class Manual:
    slug: str = ""
    title: str = ""
    acronym: str | None = None
    institution: str | None = None
    registration_key: str | None = None
    notice: str | None = None


@dataclass
class Edition:
    label: str = ""
    status: str = "draft"
    numbering: str = "numbers"
    functions_chapter: int | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    withdrawn_on: date | None = None
    authorised_by: str | None = None
    authorised_position: str | None = None
    authorisation_text: str | None = None
    elaborated_by: str | None = None
    reviewed_by: str | None = None
    ratified_on: date | None = None
    document_number: str | None = None
    document_date: date | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass
class Chart:
    number: str
    title: str
    unit_key: UUID | None = None
    effective_from: date | None = None


@dataclass
class Chapter:
    """A chapter; ``body`` is Markdown, empty for the functions chapter."""

    number: int
    title: str
    kind: str = "text"  # text, charts or functions
    body: str = ""
    charts: list[Chart] = field(default_factory=list)
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass
class Function:
    """A function, or one of its items: the same shape on all three levels."""

    text: str
    key: UUID = field(default_factory=uuid4)
    items: list[Function] = field(default_factory=list)
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass
class Unit:
    code: str
    name: str
    kind: str
    key: UUID = field(default_factory=uuid4)
    printed_code: str | None = None
    printed_page: int | None = None
    positions: list[str] = field(default_factory=list)
    parent_code: str | None = None
    objective: str | None = None
    functions: list[Function] = field(default_factory=list)
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass
class Document:
    """A whole edition; units stand flat, in reading order, parents first."""

    manual: Manual = field(default_factory=Manual)
    edition: Edition = field(default_factory=Edition)
    chapters: list[Chapter] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    def branch(self, code: str) -> Document:
        """The unit with this code and everything below it, as a document of its own.

        It has no chapters, its topmost unit no parent. Raises KeyError for a code that
        the edition does not have.
        """
        below: set[str] = set()
        units = []
        for unit in self.units:
            if unit.code == code:
                units.append(replace(unit, parent_code=None))
            elif unit.parent_code in below:
                units.append(unit)
            else:
                continue
            below.add(unit.code)
        if not units:
            raise KeyError(code)
        return replace(self, chapters=[], units=units)
