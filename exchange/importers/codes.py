"""Stage: the right code of each unit, its parent and its page in the index."""

from __future__ import annotations

from exchange.importers.context import Context, Heading
from exchange.importers.numbering import Code, parse, write
from exchange.importers.settling import NameIndex, Printed, chapter_of, settle


def settle_codes(context: Context) -> None:
    """Correct the codes, then find parents and pages.

    Reads: ``headings``, ``index``. Writes: the document's units in reading order, the
    number of the functions chapter, corrections and doubts. What was printed is kept
    where more than a final dot differs.
    """
    headings = context.headings
    if not headings:
        return
    printed = [
        Printed(parse(heading.printed), heading.unit.name, heading.unit.kind)
        for heading in headings
    ]
    chapter = chapter_of(one.code for one in printed) or _chapter_number(context)
    context.document.edition.functions_chapter = chapter
    settled = settle(printed, _announced(context, chapter), chapter)
    pages = {entry.code: entry.page for entry in context.index}
    for heading, (code, guessed) in zip(headings, settled, strict=True):
        unit = heading.unit
        unit.code = write(code)
        unit.printed_page = pages.get(unit.code)
        context.document.units.append(unit)
        _report(context, heading, guessed)
    codes = [one.code for one in settled]
    _doubt_gaps(context, codes)
    _settle_parents(context, codes)


def _chapter_number(context: Context) -> int | None:
    numbers = [mark.number for mark in context.chapters if mark.kind == "functions"]
    return numbers[0] if numbers else None


def _announced(context: Context, chapter: int | None) -> NameIndex:
    """The index entries of units: codes of the functions chapter with two parts."""
    entries = []
    for entry in context.index:
        if all(part.isdecimal() for part in entry.code.split(".")):
            code = parse(entry.code)
            if len(code) > 1 and code[0] == chapter:
                entries.append((code, entry.name))
    return NameIndex(entries)


def _report(context: Context, heading: Heading, guessed: bool) -> None:
    unit = heading.unit
    line = context.lines[heading.position].number
    said = f"{heading.printed} {unit.name}".strip()
    if unit.code != heading.printed:
        unit.printed_code = heading.printed or None
        context.correct(line, "code", said, unit.code)
    elif heading.final_dot:
        context.correct(line, "code_dot", f"{unit.code}.", unit.code)
    if guessed:
        context.doubt(
            line,
            "code",
            said,
            "El código está repetido, falta o no cabe aquí; por el lugar y el nivel se "
            f"tomó {unit.code}.",
        )


def _doubt_gaps(context: Context, codes: list[Code]) -> None:
    """Report a code that skips one: a unit may be missing, or the code mistyped."""
    known = set(codes)
    for unit, code in zip(context.document.units, codes, strict=True):
        first = 2 if len(code) == 2 and code[:1] == codes[0][:1] else 1
        before = (*code[:-1], code[-1] - 1)
        if code[-1] > first and code != codes[0] and before not in known:
            context.doubt(
                unit.source_line,
                "code_gap",
                f"{unit.code} {unit.name}",
                f"Falta el código anterior, {write(before)}.",
            )


def _settle_parents(context: Context, codes: list[Code]) -> None:
    """The root is the first unit; two-part codes hang from it, the others by prefix."""
    known: set[Code] = set()
    root = codes[0]
    for unit, code in zip(context.document.units, codes, strict=True):
        if code != root:
            parent = root if len(code) == 2 else code[:-1]
            missing = parent not in known
            while parent not in known and len(parent) > 2:
                parent = parent[:-1]
            unit.parent_code = write(parent if parent in known else root)
            if missing:
                context.doubt(
                    unit.source_line,
                    "parent",
                    f"{unit.code} {unit.name}",
                    "Su unidad superior no está en el documento; se colgó de "
                    f"{unit.parent_code}.",
                )
        known.add(code)
