"""Stage: the functions of each unit, with their items on three levels."""

from __future__ import annotations

from exchange.importers.context import Context, Heading
from exchange.importers.headings import functions_stretch
from exchange.importers.listing import ListReader
from exchange.importers.preamble import read_preamble

READER = "functions"


def read_functions(context: Context) -> None:
    """Read the lines after each unit heading as its list of functions.

    Reads: ``headings``, free lines of the functions chapter. Writes: the functions of
    each unit, the edition's numbering, spans of texts, bullets and labels, corrections
    (an item joined to the one before) and doubts.

    How a line is placed is told in listing.ListReader.
    """
    _, last = functions_stretch(context)
    numbered = bulleted = 0
    for place, heading in enumerate(context.headings):
        end = last
        if place + 1 < len(context.headings):
            end = context.headings[place + 1].position
        heading.body = list(context.free_lines(heading.position + 1, end))
        reader = _read_unit(context, heading)
        if reader.style in ("number", "letter", "roman"):
            numbered += len(heading.unit.functions)
        else:
            bulleted += len(heading.unit.functions)
    context.document.edition.numbering = "bullets" if bulleted > numbered else "numbers"


def _read_unit(context: Context, heading: Heading) -> ListReader:
    lines = read_preamble(context, heading)
    reader = ListReader(context, heading.unit)
    for line in lines:
        if reader.read(line):
            context.take(line, READER)
    reader.close()
    return reader
