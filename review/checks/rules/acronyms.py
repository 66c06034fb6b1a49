"""Acronyms that nothing in the edition explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from manuals.acronyms import Finder
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject

_ACRONYM = re.compile(r"(?<![\w./@-])[A-ZÁÉÍÓÚÑ]{2,}(?![\w@-]|\.\w)")
_ROMAN = re.compile(r"[IVXLC]+")
# Alone in parentheses, it stands after what it means.
_EXPLAINED = re.compile(r"[(\[][\s\"“«']*([A-ZÁÉÍÓÚÑ]{2,})s?[\s\"”»']*[)\]]")


@rule(
    "acronym",
    Severity.ADVICE,
    title="Sigla sin desarrollar",
    explanation="Una sigla se escribe la primera vez después de su nombre completo: "
    "«Registro Federal de Contribuyentes (RFC)». Quien lee no tiene que adivinarla.",
)
def acronym(subject: Subject) -> Iterator[Hit]:
    """The first place of each acronym that the edition explains nowhere.

    Chapters explain too, and the catalogue says which need no explanation.

    False alarms on 002: 1 of 16 judged.
    """
    known = {one.acronym: one for one in subject.catalogues.acronyms}
    explained = _explained(subject)
    explained |= {name for name, entry in known.items() if entry.common}
    places: dict[str, list[Hit]] = {}
    for one in subject.texts:
        if one.text.isupper():
            continue
        for match in _ACRONYM.finditer(one.text):
            name = match.group()
            if name not in explained and not _ROMAN.fullmatch(name):
                places.setdefault(name, []).append(one.hit(*match.span(), ""))
    for name, hits in places.items():
        times = f" Está {len(hits)} veces." if len(hits) > 1 else ""
        meaning = f": {known[name].meaning}" if name in known else ""
        first = hits[0]
        yield Hit(
            first.place,
            first.start,
            first.end,
            f"Nada dice qué es «{name}»{meaning}.{times}",
            basis=name,
            anywhere=True,
        )


def _explained(subject: Subject) -> set[str]:
    """The acronyms that a chapter, a unit or a function gives with their meaning."""
    manual = subject.document.manual
    found = {manual.acronym} if manual.acronym and manual.title else set()
    finder = Finder(unit.name for unit in subject.units)
    for text in _texts(subject):
        if "(" in text or "[" in text or "," in text:
            found.update(pair.term for pair in finder.pairs_in(text))
            found.update(_EXPLAINED.findall(text))
    return found


def _texts(subject: Subject) -> Iterator[str]:
    """The texts with two capitals in a row; Markdown is no obstacle to reading them."""
    for one in subject.texts:
        if _ACRONYM.search(one.text):
            yield one.text
