"""What a reading says about itself: ``manual-org/import/1`` and its spans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from exchange.document import Document

FORMAT = "manual-org/import/1"
IMPORTED = "imported"
PAGE_HEADERS = "page_headers"
INDEX = "index"
FRONT_MATTER = "front_matter"
BLANK = "blank"
MARKS = "marks"
NOT_UNDERSTOOD = "not_understood"
CLASSES = (
    IMPORTED,
    PAGE_HEADERS,
    INDEX,
    FRONT_MATTER,
    BLANK,
    MARKS,
    NOT_UNDERSTOOD,
)


class Span(NamedTuple):
    """Half-open offsets of the decoded source and what stands there.

    ``ref`` names the piece of the document that the text went to, such as
    ``function/<key>``, ``unit/<key>/name`` or ``chapter/3/block/12``.
    """

    start: int
    end: int
    kind: str
    ref: str | None = None


@dataclass
class Correction:
    """Something read otherwise than printed."""

    line: int
    kind: str
    printed: str
    read: str


@dataclass
class Doubt:
    """Something a person should look at; ``message`` is Spanish, fit to show."""

    line: int | None
    kind: str
    text: str
    message: str


@dataclass
class ProposedTerm:
    """A pair such as «Nombre largo (SIGLA)», proposed for the manual's glossary."""

    line: int | None
    term: str
    meaning: str
    place: str


@dataclass
class IndexCheck:
    """The index against the body; differences of final dots are only counted."""

    entries: int = 0
    final_dots: int = 0
    code_dots: int = 0
    spelling: list[dict[str, Any]] = field(default_factory=list)
    written_otherwise: list[dict[str, Any]] = field(default_factory=list)
    codes: list[dict[str, Any]] = field(default_factory=list)
    missing_in_body: list[dict[str, Any]] = field(default_factory=list)
    missing_in_index: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass
class Report:
    """The account of one reading; see DESIGN, section 8."""

    source_name: str = ""
    sha256: str = ""
    characters: int = 0
    encoding: str = ""
    accounted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(
            (
                "units",
                "functions",
                "items",
                "third_level",
                "chapters",
                "index_entries",
            ),
            0,
        )
    )
    corrections: list[Correction] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    index_check: IndexCheck = field(default_factory=IndexCheck)
    glossary: list[ProposedTerm] = field(default_factory=list)

    @property
    def coverage(self) -> float:
        """The share of the source's characters that was understood, from 0 to 1."""
        if not self.characters:
            return 1.0
        return 1 - self.accounted[NOT_UNDERSTOOD] / self.characters

    @property
    def understood(self) -> bool:
        return not self.accounted[NOT_UNDERSTOOD]

    def to_dict(self) -> dict[str, Any]:
        """The report as ``manual-org/import/1``, ready for JSON."""
        return {
            "format": FORMAT,
            "source": {
                "name": self.source_name,
                "sha256": self.sha256,
                "characters": self.characters,
                "encoding": self.encoding,
            },
            "accounted": {kind: self.accounted[kind] for kind in CLASSES},
            "coverage": self.coverage,
            "counts": dict(self.counts),
            "corrections": [vars(correction) for correction in self.corrections],
            "doubts": [vars(doubt) for doubt in self.doubts],
            "index_check": self.index_check.to_dict(),
            "glossary": [vars(term) for term in self.glossary],
        }


@dataclass
class Reading:
    """What an importer hands over; nothing has been written yet.

    ``fragment`` is true for a source without chapters or front matter: a unit or a
    few, to be read onto an existing edition. ``spans`` cover every offset of the
    decoded source exactly once, in order.
    """

    document: Document
    report: Report
    spans: list[Span]
    fragment: bool = False


def count_items(document: Document) -> dict[str, int]:
    """Units, functions, items and third-level items of a document."""
    counts = {"units": len(document.units), "functions": 0, "items": 0}
    counts["third_level"] = 0
    for unit in document.units:
        counts["functions"] += len(unit.functions)
        for function in unit.functions:
            counts["items"] += len(function.items)
            counts["third_level"] += sum(len(item.items) for item in function.items)
    return counts
