"""What stands between a unit's heading and its first function."""

from __future__ import annotations

import re

from exchange.importers.context import Context, Heading, Wording
from exchange.importers.lines import Line
from exchange.importers.markers import read_marker
from exchange.importers.report import IMPORTED, MARKS
from exchange.importers.wording import (
    begins_in_lower_case,
    begins_like_a_function,
    breaks_off,
    normal,
    squeezed,
    without_final_dot,
)

READER = "functions"
_OBJECTIVE = re.compile(
    r"[#*\s]*objetivo(?:\s+general)?\s*(?P<close>[:.]?)[*\s]*", re.I
)
_FUNCTIONS = re.compile(
    r"[#*\s]*(?:sus\s+)?funciones(?:\s+(?:sustantivas|especificas|específicas|"
    r"principales))?\s*[:.]?[*\s]*",
    re.I,
)


def read_preamble(context: Context, heading: Heading) -> list[Line]:
    """Read a heading's second line, an objective and the label "Funciones".

    Returns the lines of the list of functions. Plain text before a marked list is the
    unit's objective; plain text that opens with an infinitive, where no line of the
    unit is marked, is the list itself. What is neither is left to be reported.
    """
    lines = heading.body
    at = 0
    if lines and _completes_the_name(context, heading, lines[0]):
        _join_name(context, heading, lines[0])
        at = 1
    marked = any(_is_marked(line) for line in lines[at:])
    objective: list[Line] = []
    stated = False
    while at < len(lines):
        line = lines[at]
        if _FUNCTIONS.fullmatch(line.text):
            context.mark_pieces(line.start, line.end, MARKS)
            context.take(line, READER)
            at += 1
            break
        if _OBJECTIVE.match(line.text) and _states_objective(context, line):
            stated = True
            if line.reader is None:
                objective.append(line)
        elif _is_marked(line):
            break
        elif stated or marked:
            objective.append(line)
        else:
            break
        at += 1
    if objective:
        _read_objective(context, heading, objective, stated)
    while at < len(lines) and not (marked or begins_like_a_function(lines[at].text)):
        at += 1
    return [line for line in lines[at:] if line.reader is None]


def _is_marked(line: Line) -> bool:
    marker = read_marker(line.text)
    return marker.bullet or marker.label is not None


def _completes_the_name(context: Context, heading: Heading, line: Line) -> bool:
    """Whether the line is the rest of a heading that was cut in two."""
    if _is_marked(line) or _OBJECTIVE.match(line.text) or len(line.text) > 150:
        return False
    name = heading.unit.name
    whole = normal(f"{name} {line.text}")
    if any(normal(entry.name) == whole for entry in context.index):
        return True
    if context.lines[heading.position].text.endswith("."):
        return False
    return begins_in_lower_case(line.text) or breaks_off(name)


def _join_name(context: Context, heading: Heading, line: Line) -> None:
    clean = without_final_dot(line.text)
    ref = f"unit/{heading.unit.key}/name"
    context.mark_pieces(line.start, line.start + len(clean), IMPORTED, ref)
    context.mark_pieces(line.start + len(clean), line.end, MARKS)
    context.take(line, READER)
    printed = heading.unit.name
    heading.unit.name = f"{printed} {squeezed(clean)}"
    context.correct(line.number, "joined_heading", line.text, heading.unit.name)


def _states_objective(context: Context, line: Line) -> bool:
    """Take a label "Objetivo", alone or with a colon before the objective's text."""
    found = _OBJECTIVE.match(line.text)
    if found.end() == len(line.text):
        context.mark_pieces(line.start, line.end, MARKS)
        context.take(line, READER)
        return True
    if found["close"] != ":":
        return False
    context.mark_pieces(line.start, line.start + found.end(), MARKS)
    line.start += found.end()
    line.text = line.text[found.end() :]
    return True


def _read_objective(
    context: Context, heading: Heading, lines: list[Line], stated: bool
) -> None:
    unit = heading.unit
    paragraphs = []
    for line in lines:
        wording = Wording()
        wording.frames = context.mark_pieces(
            line.start, line.end, IMPORTED, f"unit/{unit.key}/objective"
        )
        paragraphs.append(wording.text(context.text))
        context.take(line, READER)
    unit.objective = "\n\n".join(paragraphs)
    if not stated:
        context.doubt(
            lines[0].number,
            "objective",
            lines[0].text,
            "Un párrafo entre el nombre de la unidad y sus funciones se tomó como su "
            "objetivo.",
        )
