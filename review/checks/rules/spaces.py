"""Blanks that are too many, too few or in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject

# Pattern, what stands there instead, what is said. One place gives one finding.
_CASES = tuple(
    (re.compile(pattern), replacement, message)
    for pattern, replacement, message in (
        (r"\A\s+|\s+\Z", "", "Hay espacios en el extremo del texto."),
        (
            r"(?<=[^\s.,;:])\s+(?=[,;:.](?:\s|\Z)|[,;][^\W\d_])",
            "",
            "Sobra un espacio antes del signo.",
        ),
        (r"(?<=[(\[«“¿¡])\s+", "", "Sobra un espacio después del signo."),
        (r"(?<=\S)\s+(?=[)\]»”])", "", "Sobra un espacio antes del signo."),
        (r"(?<=\S)\s{2,}(?=\S)", " ", "Hay más de un espacio."),
        (r"(?<=\S)[\t\n\r\u00a0](?=\S)", " ", "Hay un espacio de otra clase."),
        (
            r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_])",
            " ",
            "Falta un espacio después del signo.",
        ),
        (
            r"(?<=[a-záéíóúñ]{3}\.)(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2})",
            " ",
            "Falta un espacio después del punto.",
        ),
        (
            r"(?<=[^\W\d_])(?=[(«“])|(?<=,)(?=[(«“])",
            " ",
            "Falta un espacio antes del signo.",
        ),
        (r"(?<=[)»”])(?=[^\W\d_])", " ", "Falta un espacio después del signo."),
        (
            r"(?i)(?<=[^\W\d_][aei]r)(?=l[ao]s\s+demás\b)",
            " ",
            "Falta un espacio entre dos palabras.",
        ),
    )
)
# «servidor(a)», «el(la)», «trabajador(es)»: the ending of a word.
_ENDING = re.compile(r"\((?:e?s|as?|os?|las?|los?|n|en)\)")
# Found fast; where it finds nothing none of the cases holds.
_SUSPECT = re.compile(
    r"\A\s|\s(?:[\s,;:.)\]»”]|\Z)|[(\[«“¿¡]\s|[\t\n\r\u00a0]|[,;.](?=[^\W\d_])"
    r"|(?<=[\w,])[(«“]|[)»”](?=[^\W\d_])|(?i:r(?=l[ao]s\s+dem))"
)


@rule(
    "spaces",
    Severity.WARNING,
    title="Espacios",
    explanation="Espacios de más, de menos o en otro lugar: no se ven al leer, pero "
    "estorban al buscar y al comparar.",
)
def spaces(subject: Subject) -> Iterator[Hit]:
    """Blanks in functions, items, chapters and names of units.

    «servidor(a)» is no missing blank.

    False alarms on 002: 0 of 5 judged.
    """
    for one in subject.texts:
        for start, end, message, replacement in _found(one.text):
            if not one.breaks_line(start, end):
                yield one.hit(start, end, message, replacement=replacement)
    for unit in subject.units:
        for start, end, message, replacement in _found(unit.name):
            place = subject.of_unit(unit, "name", unit.name)
            yield Hit(place, start, end, message, replacement)


def _found(text: str) -> Iterator[tuple[int, int, str, str]]:
    if not _SUSPECT.search(text):
        return
    seen: set[int] = set()
    for pattern, replacement, message in _CASES:
        for match in pattern.finditer(text):
            ending = _ENDING.match(text, match.start())
            if match.start() in seen or (ending and not match.group()):
                continue
            if text[: match.start()].endswith(")") and _ENDING.search(
                text, max(0, match.start() - 5), match.start()
            ):
                continue
            seen.add(match.start())
            yield *match.span(), message, replacement
