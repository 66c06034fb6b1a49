"""The effect for people at a terminal: the summary, then every table. Pure."""

from __future__ import annotations

from review.reorganisation.effect import Effect
from review.reorganisation.summary import sentences
from review.reorganisation.tables import Section, Table
from review.reorganisation.telling import sections


def dumps(effect: Effect) -> bytes:
    """The report as UTF-8 text; a row's cells stand one after the other."""
    lines = [
        f"{effect.title}: efecto de la edición {effect.new.edition} sobre la "
        f"{effect.old.edition}",
        "",
        *sentences(effect),
    ]
    for section in sections(effect):
        lines += _section(section)
    return ("\n".join(lines) + "\n").encode("utf-8")


def _section(section: Section) -> list[str]:
    lines = ["", section.title.upper()]
    if section.help:
        lines.append(section.help)
    for table in section.shown:
        lines += _table(table)
    return lines


def _table(table: Table) -> list[str]:
    if not table.rows:
        return ["", table.none]
    titles = " | ".join(column.title for column in table.columns)
    lines = ["", f"{table.caption} ({len(table.rows)})", f"  {titles}"]
    return [*lines, *(f"  {' | '.join(map(str, row))}" for row in table.rows)]
