"""What the stages of the text importer share: the lines, the spans, the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exchange.document import Chart, Document, Function, Unit
from exchange.importers.lines import Line, pieces
from exchange.importers.report import Correction, Doubt, Report, Span

EXCERPT = 120


class Wording:
    """A text being read: the pieces of the source that it is made of."""

    __slots__ = ("frames",)

    def __init__(self) -> None:
        self.frames: list[tuple[int, int]] = []

    def text(self, source: str) -> str:
        return " ".join(source[start:end] for start, end in self.frames)


@dataclass
class IndexEntry:
    """One line of the index; ``code`` has neither spaces nor a final dot."""

    line: int
    printed_code: str
    code: str
    name: str
    page: int | None


@dataclass
class ChapterMark:
    """A chapter heading; the chapter reaches to the next mark."""

    number: int
    title: str
    position: int  # index of its line in Context.lines
    kind: str = "text"
    charts: list[Chart] = field(default_factory=list)
    chart_lines: list[Line] = field(default_factory=list)


@dataclass
class Heading:
    """A unit heading as printed, before its code is settled."""

    unit: Unit
    position: int
    printed: str  # the code as printed, without spaces or final dot
    final_dot: bool
    body: list[Line] = field(default_factory=list)


@dataclass
class Item:
    """A function or one of its items while the list is being read."""

    function: Function
    wording: Wording
    level: int
    indent: int
    line: int
    style: str  # number, letter, roman or bullet
    position: int  # its printed position, 0 without one
    token: str = ""
    items: list[Item] = field(default_factory=list)


@dataclass
class Context:
    """The state that one stage leaves to the next."""

    text: str
    kinds: Sequence[tuple[str, str]]
    lines: list[Line] = field(default_factory=list)
    document: Document = field(default_factory=Document)
    report: Report = field(default_factory=Report)
    spans: list[Span] = field(default_factory=list)
    index: list[IndexEntry] = field(default_factory=list)
    index_end: int = 0  # position after the last line of the index
    chapters: list[ChapterMark] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # texts of the page headers

    def mark(self, start: int, end: int, kind: str, ref: str | None = None) -> None:
        """Record what stands between two offsets; empty spans are not recorded."""
        if start < end:
            self.spans.append(Span(start, end, kind, ref))

    def mark_pieces(
        self, start: int, end: int, kind: str, ref: str | None = None
    ) -> list[tuple[int, int]]:
        """Record the text between two offsets without its inner runs of space."""
        frames = pieces(self.text, start, end)
        for piece in frames:
            self.spans.append(Span(*piece, kind, ref))
        return frames

    def take(self, line: Line, reader: str) -> None:
        """Say that a stage has recorded all of the line's visible text."""
        line.reader = reader

    def free_lines(self, first: int = 0, last: int | None = None) -> Iterable[Line]:
        """The lines of a stretch that no stage has taken."""
        return (line for line in self.lines[first:last] if line.reader is None)

    def correct(self, line: int, kind: str, printed: str, read: str) -> None:
        self.report.corrections.append(
            Correction(line, kind, excerpt(printed), excerpt(read))
        )

    def correct_join(self, line: Line, before: str, rest: str) -> None:
        """Report a line that was read as the rest of the text before it."""
        self.correct(line.number, "joined", line.text, f"{before[-50:]} {rest[:50]}")

    def doubt(self, line: int | None, kind: str, text: str, message: str) -> None:
        self.report.doubts.append(Doubt(line, kind, excerpt(text), message))


def excerpt(text: str) -> str:
    """The text, cut in the middle where it is long."""
    if len(text) <= EXCERPT:
        return text
    half = EXCERPT // 2 - 3
    return f"{text[:half].rstrip()} [...] {text[-half:].lstrip()}"
