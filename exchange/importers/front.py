"""Stage: the front matter, for the data of the manual and of its authorisation."""

from __future__ import annotations

import re
from datetime import date

from exchange.importers.contents import READER as INDEX_READER
from exchange.importers.context import Context
from exchange.importers.lines import Line
from exchange.importers.report import FRONT_MATTER
from exchange.importers.wording import (
    DATE,
    date_of,
    is_finished,
    normal,
    recased,
    squeezed,
    without_final_dot,
)

READER = "front_matter"
_AUTHORISATION = re.compile(r"autoriz(?:acion|o|a)\b")
_RATIFIED = re.compile(r"\b(?:ratific|autoriz|aprob|aprueb|expid)\w*", re.I)
_DOCUMENT = re.compile(
    r"\b(?:oficio|acuerdo|memor[aá]ndum|dictamen)\s+"
    r"(?:(?:n[uú]m(?:ero|\.)?|no\.|n[º°]\.?)\s*)?(?P<number>[A-Z0-9][^,;]{2,60}?)"
    r"(?=\s*[,;]|\s+de\s+fecha|\s+del?\s+\d)",
    re.I,
)
_POSITION = re.compile(
    r"(?:(?:la|el)\s+)?(?:persona\s+)?(?:titular|director|jef|coordinador|encargad|"
    r"secretari|subdirector|delegad|comisionad|president)",
    re.I,
)
_FIELDS = {
    "institucion": "institution",
    "siglas": "acronym",
    "acronimo": "acronym",
    "clave de registro": "registration_key",
    "registro": "registration_key",
    "elaboro": "elaborated_by",
    "reviso": "reviewed_by",
    "autorizo": "authorised_by",
    "cargo": "authorised_position",
    "numero de documento": "document_number",
    "fecha del documento": "document_date",
    "fecha de ratificacion": "ratified_on",
    "vigente a partir de": "effective_from",
    "vigente a partir del": "effective_from",
    "vigencia": "effective_from",
    "edicion": "label",
}
_DATES = frozenset(("document_date", "ratified_on", "effective_from"))
_OF_MANUAL = frozenset(("institution", "acronym", "registration_key"))
_LONGEST_NAME = 120
_QUOTES = "\"“”«»'"


def read_front_matter(context: Context) -> None:
    """Take what stands before the index and the first chapter.

    Reads: free lines there, ``titles``. Writes: the manual's title and labelled data
    ("Institución: ..."), who authorised and in which position, the paragraphs of the
    authorisation, its dates and document; spans of front matter.
    """
    lines = list(context.free_lines(0, _end(context)))
    manual = context.document.manual
    if context.titles:
        manual.title = without_final_dot(context.titles[0])
    authorising = False
    people: list[str] = []
    paragraphs: list[str] = []
    for line in lines:
        frames = context.mark_pieces(line.start, line.end, FRONT_MATTER)
        context.take(line, READER)
        text = " ".join(context.text[start:end] for start, end in frames)
        text = text.lstrip("# ").strip("* ") if text[0] in "#*" else text
        if paragraphs and text and not is_finished(paragraphs[-1]):
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
            continue
        if not text or _read_field(context, line, text):
            continue
        if len(text) < 40 and _AUTHORISATION.match(normal(text)):
            authorising = True
        elif authorising and len(text) <= _LONGEST_NAME and text[0] not in _QUOTES:
            people.append(text)
        elif authorising:
            paragraphs.append(text)
        elif not manual.title and normal(text).startswith("manual"):
            manual.title = squeezed(text)
    _read_people(context, people)
    _read_paragraphs(context, paragraphs)


def settle_title(context: Context) -> None:
    """Put a title in capitals into the case that the root's name has; find acronyms.

    Reads: the units, the text of the first chapters. Writes: the manual's title,
    acronym and institution where they are stated as "Name (ACRONYM)".
    """
    manual = context.document.manual
    root = context.document.units[0] if context.document.units else None
    known = f"{root.name} Manual de Organización" if root else "Organización"
    manual.title = recased(manual.title, known)
    if not context.chapters:
        return
    if root and not manual.acronym:
        stated = re.search(
            rf"{re.escape(root.name)}\s+\(([A-ZÁÉÍÓÚÑ]{{2,12}})\)", context.text
        )
        if stated:
            manual.acronym = stated.group(1)
    if not manual.institution:
        manual.institution = _institution(context)


_INSTITUTION = re.compile(
    r"\b(?P<name>(?:Instituto|Secretaría|Comisión|Procuraduría|Fiscalía|Universidad|"
    r"Consejo|Tribunal|Servicio|Sistema|Centro|Banco|Ayuntamiento|Gobierno)"
    r"(?:\s(?:[A-ZÁÉÍÓÚÑ]\w+|de|del|la|las|los|el|y|e|para|en)){1,14})"
    r"\s\((?P<acronym>[A-ZÁÉÍÓÚÑ]{3,12})\)"
)


def _institution(context: Context) -> str | None:
    """The first institution that the first chapter names with its acronym."""
    first = context.lines[context.chapters[0].position].end
    last = len(context.text)
    if len(context.chapters) > 1:
        last = context.lines[context.chapters[1].position].start
    found = _INSTITUTION.search(context.text, first, last)
    return squeezed(found["name"]) if found else None


def _end(context: Context) -> int:
    """The position of the index, the first chapter or, with a title, the first unit."""
    marks = [
        position
        for position, line in enumerate(context.lines[: context.index_end])
        if line.reader == INDEX_READER
    ][:1]
    if context.chapters:
        marks.append(context.chapters[0].position)
    if not marks and context.headings and _has_authorisation(context):
        marks.append(context.headings[0].position)
    return min(marks, default=0)


def _has_authorisation(context: Context) -> bool:
    before = context.lines[: context.headings[0].position]
    return any(
        len(line.text) < 40 and _AUTHORISATION.match(normal(line.text))
        for line in before
    )


def _read_field(context: Context, line: Line, text: str) -> bool:
    label, colon, value = text.partition(":")
    name = _FIELDS.get(normal(label)) if colon and len(label) < 40 else None
    value = squeezed(value.strip("* "))
    if name is None or not value:
        return False
    target = context.document.manual if name in _OF_MANUAL else context.document.edition
    if name not in _DATES:
        setattr(target, name, without_final_dot(value) if name != "label" else value)
        return True
    found = DATE.search(value)
    day = date_of(found) if found else None
    if day is None:
        context.doubt(line.number, "date", text, "No se entiende la fecha.")
    else:
        setattr(target, name, day)
    return True


def _read_people(context: Context, people: list[str]) -> None:
    edition = context.document.edition
    positions = [text for text in people if _POSITION.match(text)]
    names = [text for text in people if not _POSITION.match(text)]
    if names and not edition.authorised_by:
        edition.authorised_by = names[0]
    if positions and not edition.authorised_position:
        edition.authorised_position = positions[0]


def _read_paragraphs(context: Context, paragraphs: list[str]) -> None:
    edition = context.document.edition
    if not paragraphs:
        return
    edition.authorisation_text = "\n\n".join(
        text.strip(_QUOTES + " ") for text in paragraphs
    )
    for text in paragraphs:
        if not edition.ratified_on:
            edition.ratified_on = _first_date(text, _RATIFIED)
        document = _DOCUMENT.search(text)
        if document and not edition.document_number:
            edition.document_number = squeezed(document["number"])
            edition.document_date = _first_date(text[document.end() :])


def _first_date(text: str, after: re.Pattern[str] | None = None) -> date | None:
    if after is not None:
        begin = after.search(text)
        if begin is None:
            return None
        text = text[begin.end() :]
    found = DATE.search(text)
    return date_of(found) if found else None
