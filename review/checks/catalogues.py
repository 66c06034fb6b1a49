"""The lists that some rules look things up in, as plain values. No database.

What is shipped stands in review/checks/data/, one CSV file for each list, with the
names of the fields below as its heading. Editors' own lists take their place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).parent / "data"

Entry = TypeVar("Entry")


class BadCatalogue(ValueError):
    """A line of a catalogue is not what its heading says; the message tells which."""


@dataclass(frozen=True)
class ObsoleteName:
    """A name out of use, and the one in use.

    Without a ``current`` name nothing continues the body. ``direct`` says that the new
    name fits where the old one stands, its article included. ``since`` is the first
    day without the old name: authorised editions from before were right to use it.
    ``institution`` limits the entry to the manuals of one. ``note`` is added to the
    message.
    """

    name: str
    current: str = ""
    direct: bool = False
    since: date | None = None
    institution: str = ""
    note: str = ""


@dataclass(frozen=True)
class LevelVerb:
    """A verb that a level does not do, and what it does instead.

    ``kind`` is the level's name in the catalogue of levels.
    """

    kind: str
    verb: str
    instead: str = ""


@dataclass(frozen=True)
class KnownAcronym:
    """An acronym and its meaning; ``common`` ones may stand without it."""

    acronym: str
    meaning: str
    common: bool = False


@dataclass(frozen=True)
class Catalogues:
    obsolete_names: tuple[ObsoleteName, ...] = ()
    level_verbs: tuple[LevelVerb, ...] = ()
    acronyms: tuple[KnownAcronym, ...] = ()


@cache
def shipped() -> Catalogues:
    """The catalogues that come with the system."""
    return Catalogues(
        obsolete_names=tuple(_file(ObsoleteName, "obsolete_names.csv")),
        level_verbs=tuple(_file(LevelVerb, "level_verbs.csv")),
        acronyms=tuple(_file(KnownAcronym, "acronyms.csv")),
    )


def _file(entry: type[Entry], name: str) -> list[Entry]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return read_entries(entry, lines)


def read_entries(entry: type[Entry], lines: Iterable[str]) -> list[Entry]:
    """The entries of a CSV file; ``entry`` is one of the classes above.

    Raises BadCatalogue for a column that it does not have or lacks, a value left empty
    that it needs, or one that cannot be read.
    """
    return [one for _line, one in numbered_entries(entry, lines)]


def numbered_entries(
    entry: type[Entry], lines: Iterable[str]
) -> Iterator[tuple[int, Entry]]:
    """The same, each with the line of the file where it ends.

    Some spreadsheets separate by semicolons or tabs: the heading tells.
    """
    lines = iter(lines)
    heading = next(lines, "")
    rows = csv.DictReader(
        chain([heading], lines), delimiter=_delimiter(heading), strict=True
    )
    kinds = {one.name: one.type for one in fields(entry)}
    needed = [one.name for one in fields(entry) if one.default is MISSING]
    try:
        columns = rows.fieldnames or ()
        if unknown := [name for name in columns if name not in kinds]:
            raise BadCatalogue(f"Columnas que no se esperan: {', '.join(unknown)}.")
        if missing := [name for name in needed if name not in columns]:
            raise BadCatalogue(f"Faltan columnas: {', '.join(missing)}.")
        if len(set(columns)) < len(columns):
            raise BadCatalogue("Hay dos columnas con el mismo nombre.")
        for row in rows:
            if None in row:
                raise BadCatalogue(f"Línea {rows.line_num}: sobra un dato.")
            texts = {name: (text or "").strip() for name, text in row.items()}
            for name in needed:
                if not texts[name]:
                    raise BadCatalogue(f"Línea {rows.line_num}: falta {name}.")
            values = {
                name: _value(kinds[name], text, rows.line_num)
                for name, text in texts.items()
            }
            yield rows.line_num, entry(**values)
    except csv.Error as error:
        line = rows.reader.line_num
        raise BadCatalogue(f"Línea {line}: las comillas no están bien.") from error


def _delimiter(heading: str) -> str:
    others = (sign for sign in ";\t" if sign in heading and "," not in heading)
    return next(others, ",")


def write_entries(entry: type[Entry], entries: Iterable[Entry]) -> str:
    """The entries as :func:`read_entries` reads them."""
    lines = io.StringIO()
    names = [one.name for one in fields(entry)]
    rows = csv.writer(lines, lineterminator="\r\n")
    rows.writerow(names)
    rows.writerows([_text(getattr(one, name)) for name in names] for one in entries)
    return lines.getvalue()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def _value(kind: str, text: str, line: int) -> Any:
    """A field from its text; its type is known by name (postponed annotations)."""
    if kind == "bool":
        if text not in ("", "0", "1"):
            raise BadCatalogue(f"Línea {line}: «{text}» no es 0 ni 1.")
        return text == "1"
    if kind.startswith("date"):
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise BadCatalogue(
                f"Línea {line}: «{text}» no es una fecha AAAA-MM-DD."
            ) from None
    return text
