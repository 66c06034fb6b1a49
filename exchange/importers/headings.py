"""Stage: the headings of units and of charts, whatever signs they carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from uuid import uuid4

from exchange.document import Unit
from exchange.importers.contents import arabic
from exchange.importers.context import Context, Heading
from exchange.importers.lines import Line
from exchange.importers.markers import read_marker
from exchange.importers.numbering import Code, follows, parse
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import normal, plain, squeezed, without_final_dot

READER = "units"
_LONGEST_HEADING = 300
_LONGEST_PLAIN = 150
_HEADING = re.compile(
    r"(?P<bullet>[-*•]\s+)?(?P<sign>#{1,6}\s*)?(?P<bold>\*\*\s*)?"
    r"(?P<code>(?:\d{1,3}|[IVXLC]{1,6})(?:\s?[.,]\s?\d{1,3}){1,9})"
    r"(?P<dot>\s?[.)]-?|-)?(?:\s*\*\*)?\s*(?P<name>[^\W\d_][^\n]*)"
)
_NAMED = re.compile(
    r"(?:(?P<sign>#{1,6}\s+)(?P<bold>\*\*\s*)?|(?P<bare>\*\*\s*))(?P<name>[^\W\d_][^\n]*)"
)
_NAME = re.compile(r"(?P<name>[^\W\d_][^\n]*)")
_POSITIONS = re.compile(
    r"(?:\(\s*)?\b(?P<letters>[A-Z](?:\s?,\s?[A-Z])*(?:\s?,\s?|\s[ye]\s)[A-Z])\s?\)?"
)
_CONTINUED = re.compile(r"\s*\((?:contin[uú]a|continuaci[oó]n|cont\.)\)\s*\.?", re.I)


def read_headings(context: Context) -> None:
    """Find the headings of the units and take their lines.

    Reads: free lines of the functions chapter, or of the whole source where it has no
    chapters; ``kinds``. Writes: ``headings`` (units with the printed code), spans.

    A heading is a code and a name that begins with a level of the catalogue; in
    Markdown signs or bold any name will do, and so it does with a code in its turn,
    with a doubt. A name that stands alone is a heading where the index knows it and
    the body has its code nowhere. A heading that repeats the code and the name of the
    one before continues it after a page break.
    """
    first, last = functions_stretch(context)
    found = _candidates(context, first, last)
    if not any(_code(parts) for _, parts in found):
        # Without any code, a name is a heading where a list stands under it.
        found = [one for one in found if _has_list(context, one[0] + 1)]
    for position, parts in sorted(found, key=lambda one: one[0]):
        _take_heading(context, position, context.lines[position], parts)


def _has_list(context: Context, position: int) -> bool:
    """Whether the next line that is no page header is marked, or a label of a list."""
    for line in context.lines[position : position + 5]:
        if line.reader is None:
            marker = read_marker(line.text)
            labelled = normal(line.text).split(" ")[0] in ("objetivo", "funciones")
            return marker.bullet or marker.label is not None or labelled
    return False


def _candidates(
    context: Context, first: int, last: int
) -> list[tuple[int, re.Match[str]]]:
    """The lines that are unit headings, with their parts, in order."""
    found = []
    doubtful = []
    for position in range(first, last):
        line = context.lines[position]
        if line.reader is not None:
            continue
        parts = _parts(line.text, context.kinds)
        if parts:
            found.append((position, parts))
        elif line.stands_apart and (parts := _plain_parts(line.text)):
            doubtful.append((position, parts))
    if doubtful:
        found = _admit(found, doubtful)
    return found + _named_by_index(context, found, first, last)


def _plain_parts(text: str) -> re.Match[str] | None:
    """The parts of a plain line with a code and a name of no known level."""
    if len(text) > _LONGEST_PLAIN or not text[0].isdigit():
        return None
    found = _HEADING.fullmatch(text)
    return found if found and not text.endswith((",", ";", ":")) else None


def _admit(
    found: list[tuple[int, re.Match[str]]], doubtful: list[tuple[int, re.Match[str]]]
) -> list[tuple[int, re.Match[str]]]:
    """Add the doubtful lines whose code is in turn after the heading before them."""
    admitted = []
    previous: Code = ()
    sure = {position for position, _ in found}
    for position, parts in sorted([*found, *doubtful], key=lambda one: one[0]):
        code = parse(_code(parts))
        if position in sure or (previous and code and follows(code, previous)):
            admitted.append((position, parts))
            previous = code or previous
    return admitted


def _named_by_index(
    context: Context, found: list[tuple[int, re.Match[str]]], first: int, last: int
) -> list[tuple[int, re.Match[str]]]:
    """Lines that are only the name of a unit whose code the body lacks."""
    printed = {_code(parts) for _, parts in found}
    missing = {
        normal(entry.name)
        for entry in context.index
        if "." in entry.code
        and entry.code not in printed
        and kind_of(entry.name, context.kinds)
    }
    missing -= {normal(parts["name"]) for _, parts in found}
    if not missing or not found:
        return []
    return [
        (position, parts)
        for position in range(first, last)
        if context.lines[position].reader is None
        and len(context.lines[position].text) <= _LONGEST_HEADING
        and normal(context.lines[position].text) in missing
        and (parts := _NAME.fullmatch(context.lines[position].text))
    ]


def _code(parts: re.Match[str]) -> str:
    """The code as printed, without spaces and with digits only; empty without one."""
    raw = parts.groupdict().get("code") or ""
    return arabic(raw.replace(" ", "").replace(",", "."))


def functions_stretch(context: Context) -> tuple[int, int]:
    """The positions between which units stand: the functions chapter, or all."""
    marks = context.chapters
    if not marks:
        return context.index_end, len(context.lines)
    chapter = _functions_chapter(context)
    if chapter is None:
        return 0, 0
    marks[chapter].kind = "functions"
    last = len(context.lines)
    if chapter + 1 < len(marks):
        last = marks[chapter + 1].position
    return marks[chapter].position + 1, last


def _functions_chapter(context: Context) -> int | None:
    """The chapter with the functions: by its title, else by its unit headings."""
    marks = context.chapters
    named = [n for n, mark in enumerate(marks) if mark.kind == "functions"]
    counts = []
    for number, mark in enumerate(marks):
        last = len(context.lines)
        if number + 1 < len(marks):
            last = marks[number + 1].position
        found = 0
        if mark.kind != "charts":
            found = sum(
                match_heading(line.text, context.kinds) is not None
                for line in context.lines[mark.position + 1 : last]
            )
        counts.append(found)
    with_units = [n for n in named if counts[n]]
    if with_units or max(counts):
        chosen = with_units[0] if with_units else counts.index(max(counts))
    else:
        chosen = named[-1] if named else None
    for number in named:
        if number != chosen:
            marks[number].kind = "text"
    return chosen


def match_heading(text: str, kinds: Sequence[tuple[str, str]]) -> re.Match[str] | None:
    """The parts of a unit heading with a code and a known level, else None."""
    if len(text) > _LONGEST_HEADING:
        return None
    found = _HEADING.fullmatch(text)
    if found and kind_of(found["name"], kinds):
        return found
    return None


def kind_of(name: str, kinds: Sequence[tuple[str, str]]) -> str | None:
    """The singular of the longest level that the name begins with, else None."""
    words = plain(name)
    for form, singular in _forms(tuple(kinds)):
        if words.startswith(form) and not words[len(form) : len(form) + 1].isalpha():
            return singular
    return None


@lru_cache(maxsize=8)
def _forms(kinds: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    forms = [
        (plain(form), singular)
        for singular, plural in kinds
        for form in (singular, plural)
        if form
    ]
    return sorted(forms, key=lambda pair: -len(pair[0]))


def positions_of(name: str) -> list[str]:
    """The letters of a grouped unit: "... (B,C,E)" and "... B, C, E" give B, C, E."""
    bare = without_final_dot(name)
    comma = max(bare.rfind(","), bare.rfind(" y "), bare.rfind(" e "))
    if comma < 0:
        return []
    for found in _POSITIONS.finditer(bare, max(0, comma - 60)):
        if found.end() == len(bare):
            return re.findall(r"[A-Z]", found["letters"])
    return []


def _parts(text: str, kinds: Sequence[tuple[str, str]]) -> re.Match[str] | None:
    """The parts of a line that is a unit heading, with a code or without."""
    if len(text) > _LONGEST_HEADING or not _may_be_heading(text):
        return None
    found = _HEADING.fullmatch(text)
    if found:
        shown = (found["sign"] or found["bold"]) and not found["bullet"]
        return found if shown or kind_of(found["name"], kinds) else None
    found = _NAMED.fullmatch(text)
    return found if found and kind_of(found["name"], kinds) else None


def _may_be_heading(text: str) -> bool:
    return text[0].isdigit() or text[0] in "#*-•IVXLC"


def _take_heading(
    context: Context,
    position: int,
    line: Line,
    found: re.Match[str],
) -> None:
    groups = found.groupdict()
    kind = kind_of(found["name"], context.kinds)
    code = _code(found)
    begin = found.start("name")
    name_end = len(found["name"].rstrip("* ")) + begin
    printed_name = line.text[begin:name_end]
    continued = _CONTINUED.search(printed_name)
    if continued and continued.end() == len(printed_name):
        name_end = begin + continued.start()
        printed_name = line.text[begin:name_end]
    name = without_final_dot(printed_name)
    previous = context.headings[-1] if context.headings else None
    if previous and code == previous.printed and _same(name, previous.unit.name):
        context.mark_pieces(line.start, line.end, MARKS)
        context.take(line, READER)
        context.correct(
            line.number,
            "repeated_heading",
            line.text,
            f"continúa {code} {previous.unit.name}",
        )
        return
    unit = Unit(
        code=code,
        name=squeezed(name),
        kind=kind or name.split()[0],
        key=uuid4(),
        positions=positions_of(name),
        source_line=line.number,
    )
    heading = Heading(unit, position, code, final_dot=bool(groups.get("dot")))
    context.headings.append(heading)
    _mark_heading(context, line, found, begin + len(name), unit)
    if kind is None:
        context.doubt(
            line.number,
            "unknown_level",
            line.text,
            f"El nombre no comienza con un nivel del catálogo; se tomó «{unit.kind}».",
        )
    if code != (groups.get("code") or ""):
        context.correct(line.number, "code_form", groups["code"], code)


def _same(name: str, other: str) -> bool:
    return normal(name) == normal(other)


def _mark_heading(
    context: Context, line: Line, found: re.Match[str], name_end: int, unit: Unit
) -> None:
    at = line.start
    groups = found.groupdict()
    code_end = 0
    if groups.get("code"):
        context.mark_pieces(at, at + found.start("code"), MARKS)
        context.mark_pieces(
            at + found.start("code"),
            at + found.end("code"),
            IMPORTED,
            f"unit/{unit.key}/code",
        )
        code_end = found.end("code")
    context.mark_pieces(at + code_end, at + found.start("name"), MARKS)
    context.mark_pieces(
        at + found.start("name"), at + name_end, IMPORTED, f"unit/{unit.key}/name"
    )
    context.mark_pieces(at + name_end, line.end, MARKS)
    context.take(line, READER)
