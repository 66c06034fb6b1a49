"""Names of bodies and laws that are out of use, by the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from functions.proper_names import name_around
from review.checks.catalogues import ObsoleteName
from review.checks.findings import Hit, Severity, rule
from review.checks.subject import Subject, Text
from review.checks.words import fold


@rule(
    "obsolete_name",
    Severity.WARNING,
    title="Nombre en desuso",
    explanation="El catálogo dice que esa dependencia o norma cambió de nombre o ya no "
    "existe. Las ediciones autorizadas antes del cambio hacen bien en usarlo.",
)
def obsolete_name(subject: Subject) -> Iterator[Hit]:
    """Every place of a name of the catalogue; the longest name that fits is meant.

    Words of one name count in any case, a single word as the catalogue writes it, and
    not inside the name of something else. The chapter of history is not read.

    False alarms on 002: 0 of 50 judged.
    """
    entries = _entries(subject)
    if not entries:
        return
    names = sorted(entries, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w-])(?:" + "|".join(_pattern(name) for name in names) + r")(?![\w-])"
    )
    beginnings = {fold(name).split()[0] for name in names}
    by_words = {_key(name): entry for name, entry in entries.items()}
    for one in subject.texts:
        if one.is_history or not any(word in one.folded for word in beginnings):
            continue
        taken = None
        for match in pattern.finditer(one.text):
            entry = by_words[_key(match.group())]
            if " " not in entry.name and name_around(one.text, *match.span()):
                continue
            if taken is None:
                taken = subject.names.find(one.text)
            if any(unit.start <= match.start() < unit.end for unit in taken):
                continue
            way = _way(entry, entries)
            yield one.hit(
                *match.span(),
                _message(match.group(), way),
                replacement=way[-1].current if _is_safe(one, way) else None,
                basis=way[-1].current,
            )


def _pattern(name: str) -> str:
    if " " not in name:
        return re.escape(name)
    words = r"\s+".join(re.escape(word) for word in name.split())
    return f"(?i:{words})"


def _key(name: str) -> str:
    words = name.split()
    return fold(" ".join(words)) if len(words) > 1 else name


def _entries(subject: Subject) -> dict[str, ObsoleteName]:
    """The entries that hold for this manual, on its day."""
    edition, manual = subject.document.edition, subject.document.manual
    day = None
    if edition.status in ("authorised", "withdrawn"):
        day = edition.effective_from or edition.ratified_on
    institution = fold(manual.institution or "")
    return {
        entry.name: entry
        for entry in subject.catalogues.obsolete_names
        if (not entry.institution or fold(entry.institution) == institution)
        and _was_out_of_use(entry, day)
    }


def _was_out_of_use(entry: ObsoleteName, day: date | None) -> bool:
    return day is None or entry.since is None or entry.since <= day


def _way(entry: ObsoleteName, entries: dict[str, ObsoleteName]) -> list[ObsoleteName]:
    """The entry and those of the names that followed it, each out of use in turn."""
    way = [entry]
    while (follower := entries.get(way[-1].current)) and follower not in way:
        way.append(follower)
    return way


def _is_safe(text: Text, way: list[ObsoleteName]) -> bool:
    """Whether the new name fits; in a chapter the day of publication follows many."""
    fits = all(entry.direct and entry.current for entry in way)
    return fits and text.place.field == "text"


def _message(said: str, way: list[ObsoleteName]) -> str:
    last = way[-1]
    message = f"«{said}» está en desuso"
    if len(way) > 1:
        message += f"; pasó a ser «{way[0].current}»"
        message += "" if last.current else ", también en desuso"
    if last.current:
        message += f"; ahora es «{last.current}»"
    return f"{message}. {last.note}".rstrip()
