"""From the bytes of a text source to its characters, or one clear refusal.

Read: UTF-8 with or without a byte order mark, UTF-16, Windows-1252. Refused: what is
empty, binary, too large, damaged or written in two encodings at once.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from exchange.importers.errors import ImportRejected
from manuals.characters import UNWRITABLE, code_of

LARGEST_SOURCE = 20 * 1024 * 1024
LARGEST_TEXT = 10 * 1024 * 1024
LONGEST_LINE = 20_000
MOST_LINES = 100_000

_BINARY_SIGNATURES = (
    (b"%PDF-", "un PDF"),
    (b"PK\x03\x04", "un documento de Word, una hoja de cálculo o un archivo ZIP"),
    (b"\xd0\xcf\x11\xe0", "un documento antiguo de Word o de Excel"),
    (b"{\\rtf", "un documento RTF"),
    (b"\x89PNG", "una imagen"),
    (b"\xff\xd8\xff", "una imagen"),
    (b"GIF8", "una imagen"),
    (b"\x1f\x8b", "un archivo comprimido"),
    (b"\x7fELF", "un programa"),
)
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_END_BYTES = re.compile(rb"\r\n|\n|\r")
PAGE_BREAK = "\f"  # of PDF extractors
_HIGH = re.compile(rb"[\x80-\xff]+")
# "ó" saved twice shows as "Ã³", a quotation mark as "â€œ": no Spanish text has these.
_SAVED_TWICE = re.compile("\u00c3[\u0080-\u00bf\u201c\u2030\u0160\u0161]|\u00e2\u20ac")
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°“”‘’–—…•«»·\xa0")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a source and the name of its encoding.

    Raises ImportRejected where the bytes are no text, or no text in one encoding.
    Line ends stay as they are; a byte order mark is not part of the text.
    """
    refuse_larger(data, LARGEST_TEXT)
    for signature, what in _BINARY_SIGNATURES:
        if data.startswith(signature):
            raise ImportRejected(
                f"El archivo es {what}; se espera texto (.txt o .md).", code="binary"
            )
    text, encoding = _decode(data)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        raise ImportRejected("El archivo está vacío.", code="empty")
    _refuse_controls(text)
    _refuse_long_lines(text)
    twice = _SAVED_TWICE.search(text)
    if twice:
        line = line_of(text, twice.start())
        raise ImportRejected(
            f"El archivo mezcla codificaciones: aparece «{twice.group()}», una letra "
            "guardada dos veces.",
            code="mixed_encodings",
            line=line,
        )
    return text, encoding


def refuse_larger(data: bytes, largest: int) -> None:
    """Raise ImportRejected for a source of more bytes than any manual has."""
    if len(data) > largest:
        raise ImportRejected(
            f"El archivo pesa más de {largest // 1024 // 1024} MB, más de lo que ocupa "
            "cualquier manual.",
            code="too_large",
        )


def line_of(text: str, offset: int) -> int:
    """The 1-based line on which the offset stands."""
    return sum(1 for _ in _LINE_END.finditer(text, 0, offset)) + 1


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data)
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if b"\x00" in data:
        return _decode_unmarked_utf16(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _decode_windows(data, error)


def _decode_utf16(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-16"), "utf-16"
    except UnicodeDecodeError as error:
        raise ImportRejected(
            "El archivo dice ser UTF-16, pero contiene bytes que no lo son.",
            code="undecodable",
        ) from error


def _decode_unmarked_utf16(data: bytes) -> tuple[str, str]:
    """Latin text in UTF-16 has a zero in every second byte; anything else is binary."""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = data[offset::2]
        if len(data) % 2 == 0 and half.count(0) > 0.9 * len(half):
            try:
                return data.decode(encoding), "utf-16"
            except UnicodeDecodeError:
                break
    raise ImportRejected("El archivo es binario, no es texto.", code="binary")


def _decode_windows(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Windows-1252, unless part of the text is UTF-8.

    Two high bytes in a row can be valid UTF-8 by accident; they count as UTF-8 only
    where they give a character that Spanish text uses.
    """
    utf8 = sum(_spanish_in_utf8(run.group()) for run in _HIGH.finditer(data))
    line = sum(1 for _ in _LINE_END_BYTES.finditer(data, 0, error.start)) + 1
    if utf8:
        raise ImportRejected(
            "El archivo mezcla codificaciones: es UTF-8, pero contiene bytes que no lo "
            "son.",
            code="mixed_encodings",
            line=line,
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as failure:
        line = sum(1 for _ in _LINE_END_BYTES.finditer(data, 0, failure.start)) + 1
        raise ImportRejected(
            "El archivo contiene bytes que no son texto en UTF-8, UTF-16 ni "
            "Windows-1252.",
            code="undecodable",
            line=line,
        ) from failure
    return text, "windows-1252"


def _spanish_in_utf8(run: bytes) -> int:
    decoded = run.decode("utf-8", errors="ignore")
    return sum(character in _SPANISH for character in decoded)


def _refuse_controls(text: str) -> None:
    found = UNWRITABLE.search(text.replace(PAGE_BREAK, " "))
    if found:
        line = line_of(text, found.start())
        raise ImportRejected(
            f"El archivo contiene un carácter de control ({code_of(found.group())}); "
            "no es texto limpio.",
            code="control_characters",
            line=line,
        )


def _refuse_long_lines(text: str) -> None:
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines > MOST_LINES:
        raise ImportRejected(
            f"El archivo tiene más de {MOST_LINES // 1000} mil líneas, más que "
            "cualquier manual.",
            code="too_many_lines",
        )
    start = 0
    for number, end in enumerate(_line_ends(text), start=1):
        if end.start() - start > LONGEST_LINE:
            raise ImportRejected(
                f"La línea tiene más de {LONGEST_LINE // 1000} mil caracteres, más que "
                "cualquiera de un manual.",
                code="line_too_long",
                line=number,
            )
        start = end.end()


def _line_ends(text: str) -> Iterator[re.Match[str]]:
    yield from _LINE_END.finditer(text)
    yield re.compile(r"\Z").search(text)
