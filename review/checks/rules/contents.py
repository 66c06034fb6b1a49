"""What announces the body: chapters, charts and the pages of the index.

The neutral document keeps of a printed index the page of each unit alone
(``printed_page``): whether a unit is announced, and in which order. A code that the
body prints otherwise than the index is ``code_printed``'s. Entries that announce
nothing, and names spelt otherwise, are in the import's report (``index_check``) and
nowhere else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from exchange.document import Chapter, Chart, Unit
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject
from review.checks.words import comparable


@rule(
    "chapter_number",
    Severity.ERROR,
    title="Número de capítulo",
    explanation="Los capítulos se numeran desde el 1, sin saltos ni repeticiones, y el "
    "de funciones lleva el número con que comienzan los códigos.",
)
def chapter_number(subject: Subject) -> Iterator[Hit]:
    """A chapter whose number does not follow the one before.

    A fragment has no chapters and no findings.

    Finds nothing on 002.
    """
    expected = 1
    wanted = subject.document.edition.functions_chapter
    for chapter in subject.document.chapters:
        if chapter.number != expected:
            yield subject.about_chapter(
                chapter,
                f"El capítulo lleva el número {chapter.number}; le toca el {expected}.",
            )
        elif chapter.kind == "functions" and wanted not in (None, chapter.number):
            yield subject.about_chapter(
                chapter,
                f"El capítulo lleva el número {chapter.number}, pero los códigos "
                f"comienzan con {wanted}.",
            )
        expected = chapter.number + 1


@rule(
    "chart_number",
    Severity.ERROR,
    title="Número de organograma",
    explanation="Los organogramas llevan el número de su capítulo y otro, seguidos.",
)
def chart_number(subject: Subject) -> Iterator[Hit]:
    """A chart whose number does not follow the one before.

    Finds nothing on 002.
    """
    for chapter in subject.document.chapters:
        before = 0
        for chart in chapter.charts:
            expected = f"{chapter.number}.{before + 1}"
            prefix, _dot, last = chart.number.rpartition(".")
            if chart.number != expected:
                yield subject.about_chapter(
                    chapter,
                    f"El organograma lleva el número {chart.number}; le toca el "
                    f"{expected}.",
                    chart,
                )
            follows = prefix == str(chapter.number) and last.isdecimal()
            before = int(last) if follows else before + 1


@rule(
    "chart_unit",
    Severity.ERROR,
    title="Organograma sin unidad",
    explanation="Cada organograma es de una unidad que está en el capítulo de "
    "funciones.",
)
def chart_unit(subject: Subject) -> Iterator[Hit]:
    """A chart that shows no unit of the edition.

    Finds nothing on 002.
    """
    keys = {unit.key for unit in subject.units}
    for chapter, chart in _charts(subject):
        if chart.unit_key not in keys:
            yield subject.about_chapter(
                chapter,
                f"El organograma {chart.number} no corresponde a ninguna unidad.",
                chart,
            )


@rule(
    "chart_title",
    Severity.WARNING,
    title="Organograma con otro nombre",
    explanation="El título del organograma es el nombre de su unidad.",
)
def chart_title(subject: Subject) -> Iterator[Hit]:
    """A chart called otherwise than the unit it shows; case and accents aside.

    Finds nothing on 002.
    """
    names = {unit.key: unit.name for unit in subject.units}
    for chapter, chart in _charts(subject):
        name = names.get(chart.unit_key)
        if name and comparable(chart.title) != comparable(name):
            yield subject.about_chapter(chapter, f"La unidad se llama «{name}».", chart)


def _charts(subject: Subject) -> Iterator[tuple[Chapter, Chart]]:
    for chapter in subject.document.chapters:
        for chart in chapter.charts:
            yield chapter, chart


@rule(
    "index_missing",
    Severity.ERROR,
    title="Unidad que el índice no anuncia",
    explanation="El índice del documento de origen da la página de cada unidad.",
)
def index_missing(subject: Subject) -> Iterator[Hit]:
    """A unit read from a source whose index has others, but not this one.

    Units made since in the system are in no printed index: they have no source line.

    Finds nothing on 002.
    """
    indexed = {
        unit.source_sha256 for unit in subject.units if unit.printed_page is not None
    }
    for unit in subject.units:
        if (
            unit.printed_page is None
            and unit.source_line is not None
            and unit.source_sha256 in indexed
        ):
            message = "El índice no anuncia esta unidad o no da su página."
            yield subject.about(unit, message)


@rule(
    "index_page",
    Severity.ERROR,
    title="Página del índice fuera de orden",
    explanation="Las páginas del índice crecen en el orden en que se leen las "
    "unidades.",
)
def index_page(subject: Subject) -> Iterator[Hit]:
    """A page that does not fit between those of the units before and after.

    Units are taken in the order of their source, which they keep when they are moved.
    The most pages that grow are right, so that one misprint is one finding.

    Finds nothing on 002.
    """
    printed: dict[str | None, list[Unit]] = {}
    for unit in subject.units:
        if unit.printed_page is not None and unit.source_line is not None:
            printed.setdefault(unit.source_sha256, []).append(unit)
    for units in printed.values():
        units.sort(key=lambda unit: unit.source_line)
        right = _growing([unit.printed_page for unit in units])
        for at in range(len(units)):
            if at not in right:
                yield _misplaced(subject, units, at, right)


def _misplaced(
    subject: Subject, units: list[Unit], at: int, right: frozenset[int]
) -> Hit:
    page = units[at].printed_page
    before = [units[one].printed_page for one in right if one < at]
    after = [units[one].printed_page for one in right if one > at]
    if before and page < max(before):
        which, other = "anterior", max(before)
    else:
        which, other = "siguiente", min(after)
    return subject.about(
        units[at],
        f"El índice dice página {page}, pero la unidad {which} está en la {other}.",
        field="page",
        text=str(page),
        basis=str(other),
    )


def _growing(pages: list[int]) -> frozenset[int]:
    """The places of the most pages that never decrease; of two such, the earlier."""
    # Read from the end: the lowest page that closes a series of each length.
    lowest: list[int] = []
    ends: list[int] = []
    follows: dict[int, int | None] = {}
    for at in reversed(range(len(pages))):
        length = bisect_right(lowest, -pages[at])
        follows[at] = ends[length - 1] if length else None
        lowest[length : length + 1] = [-pages[at]]
        ends[length : length + 1] = [at]
    found, at = set(), ends[-1] if ends else None
    while at is not None:
        found.add(at)
        at = follows[at]
    return frozenset(found)
