"""Stage: where the chapters begin, among everything else that is numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from exchange.importers.contents import arabic
from exchange.importers.context import ChapterMark, Context
from exchange.importers.lines import Line
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import (
    begins_like_a_function,
    normal,
    read_roman,
    without_final_dot,
)

READER = "chapters"
_LONGEST_TITLE = 120
_MOST_CHAPTERS = 30
_SAME_TITLE = 85
_HEADING = re.compile(
    r"(?P<sign>#{1,6}\s+)?(?P<bold>\*\*)?(?:cap[ií]tulo\s+)?"
    r"(?P<number>\d{1,2}|[IVXLC]{1,6})(?P<close>\.-|\.\)|[.)-]|:)?\s+"
    r"(?P<title>[^\W\d_].*)",
    re.IGNORECASE,
)
_TITLE_SIGN = re.compile(r"(?P<sign>#{1,6}\s+)?(?P<bold>\*\*)?(?P<title>[^\W\d_].*)")
_KNOWN = re.compile(
    r"(?:introduccion|presentacion|objetivos?|mision|vision|antecedentes|alcance|"
    r"ambito|marco|base legal|fundamento|atribuciones|facultades|politicas|"
    r"organogramas?|organigramas?|estructura organica|funcion(?:es)?|"
    r"descripcion de funciones|glosario|definiciones|terminos|anexos?|directorio|"
    r"bitacora|transitorios|principios|valores|normas|lineamientos|"
    r"responsabilidades|referencias|bibliografia|control de cambios|autorizacion)\b"
)
_CHARTS = re.compile(r"(?:organograma|organigrama|diagrama de organizacion)")
_FUNCTIONS = re.compile(r"(?:descripcion de )?(?:las )?funcion(?:es)?\b")
_INDEXED, _NAMED, _SIGNED, _PLAIN = 100, 10, 8, 1


@dataclass
class _Candidate:
    position: int
    number: int
    title: str
    found: re.Match[str]
    weight: int


def read_chapters(context: Context) -> None:
    """Find the chapter headings and take their lines.

    Reads: free lines after the index, ``index``. Writes: ``chapters`` in order, spans
    of numbers and titles.

    A heading is a short line "3. Title"; paragraphs and functions are numbered too, so
    the chapters are the run of consecutive numbers that weighs most: titles of the
    index first, then the usual names of chapters, then Markdown headings.
    """
    candidates = list(_candidates(context))
    chosen = _best_run(candidates)
    if not any(candidate.weight > _PLAIN for candidate in chosen):
        chosen = _unnumbered(context)
    for candidate in chosen:
        line = context.lines[candidate.position]
        mark = ChapterMark(
            candidate.number, candidate.title, candidate.position, _kind(candidate)
        )
        context.chapters.append(mark)
        _take(context, line, candidate)


def _candidates(context: Context) -> Iterator[_Candidate]:
    indexed = {
        int(entry.code): normal(entry.name)
        for entry in context.index
        if entry.code.isdecimal()
    }
    for position in range(context.index_end, len(context.lines)):
        line = context.lines[position]
        if line.reader is not None or len(line.text) > _LONGEST_TITLE + 20:
            continue
        found = _HEADING.fullmatch(line.text)
        if not found:
            continue
        number = _number(found["number"])
        title = found["title"].rstrip("* ")
        if not number or number > _MOST_CHAPTERS or title.endswith((";", ",")):
            continue
        signed = found["close"] or found["sign"] or found["bold"]
        # "3 Antecedentes" without any sign: only where the name is a usual one.
        if not signed and not _KNOWN.match(normal(title)):
            continue
        weight = _weight(line, found, title, indexed.get(number), bool(indexed))
        if weight:
            yield _Candidate(position, number, title, found, weight)


def _number(token: str) -> int | None:
    code = arabic(token.upper())
    return int(code) if code.isdecimal() else read_roman(token)


def _weight(
    line: Line,
    found: re.Match[str],
    title: str,
    indexed: str | None,
    has_index: bool,
) -> int:
    name = normal(title)
    if indexed is not None and fuzz.ratio(name, indexed) >= _SAME_TITLE:
        return _INDEXED
    if _KNOWN.match(name) and len(title.split()) <= 12:
        return _NAMED + (found["close"] != ".-")
    if found["sign"] or found["bold"]:
        return _SIGNED
    if has_index and indexed is None:
        return 0
    if title.endswith(":") or found["close"] == ".-" or len(title.split()) > 10:
        return 0
    if begins_like_a_function(title):
        return 0
    return _PLAIN if line.stands_apart else 0


def _best_run(candidates: list[_Candidate]) -> list[_Candidate]:
    """The run of consecutive numbers, in the order of the text, that weighs most.

    One pass: for each number the best run that ends with it so far. A run may begin
    with any number and skip none, except where the index or its title vouches for
    the chapter.
    """
    best: dict[int, tuple[int, list[_Candidate]]] = {}
    for candidate in candidates:
        number = candidate.number
        weight, run = best.get(number - 1, (0, []))
        if not run and candidate.weight >= _SIGNED:
            earlier = [best[n] for n in best if n < number]
            weight, run = max(earlier, key=lambda one: one[0], default=(0, []))
        if run and not _may_follow(candidate, run[-1]):
            continue
        total = weight + candidate.weight
        if total > best.get(number, (0, []))[0]:
            best[number] = (total, [*run, candidate])
    _, run = max(best.values(), key=lambda one: one[0], default=(0, []))
    return run


def _may_follow(candidate: _Candidate, last: _Candidate) -> bool:
    """Whether a chapter may come here; after the functions, numbers mean little."""
    if _kind(last) != "functions" or candidate.weight >= _INDEXED:
        return True
    return candidate.weight >= _SIGNED and len(candidate.title.split()) <= 6


def _unnumbered(context: Context) -> list[_Candidate]:
    """Chapters printed without numbers: Markdown headings or capitals with usual names.

    They are numbered as they come, from 1.
    """
    found = []
    for position in range(context.index_end, len(context.lines)):
        line = context.lines[position]
        if line.reader is not None or len(line.text) > _LONGEST_TITLE:
            continue
        match = _TITLE_SIGN.fullmatch(line.text)
        if not match:
            continue
        title = match["title"].rstrip("* :")
        shown = match["sign"] or match["bold"] or title == title.upper()
        name = normal(title)
        if shown and _KNOWN.match(name) and not name.startswith("autoriz"):
            found.append(_Candidate(position, len(found) + 1, title, match, _NAMED))
    # A lone "FUNCIONES" over the list of one unit is a label, not a chapter.
    return found if len(found) >= 3 else []


def _kind(candidate: _Candidate) -> str:
    name = normal(candidate.title)
    if _CHARTS.search(name):
        return "charts"
    if _FUNCTIONS.match(name):
        return "functions"
    return "text"


def _take(context: Context, line: Line, candidate: _Candidate) -> None:
    found = candidate.found
    groups = found.groupdict()
    at = line.start
    if groups["sign"]:
        context.mark(at, at + len(groups["sign"].rstrip()), MARKS)
    begin = found.start("title")
    lead = line.text[len(groups["sign"] or "") : begin]
    context.mark_pieces(
        at + len(groups["sign"] or ""),
        at + begin,
        IMPORTED if lead.strip("* ") else MARKS,
        f"chapter/{candidate.number}/number",
    )
    title = candidate.title
    end = at + begin + len(title)
    clean = without_final_dot(title)
    context.mark_pieces(
        at + begin,
        at + begin + len(clean),
        IMPORTED,
        f"chapter/{candidate.number}/title",
    )
    context.mark_pieces(at + begin + len(clean), end, MARKS)
    context.mark_pieces(end, line.end, MARKS)
    candidate.title = clean
    context.chapters[-1].title = clean
    context.take(line, READER)
