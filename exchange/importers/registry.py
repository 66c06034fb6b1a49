"""Choosing the importer of a source by its extension and its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from exchange import jsonformat
from exchange.importers import text
from exchange.importers.encoding import LARGEST_SOURCE, refuse_larger
from exchange.importers.errors import ImportRejected
from exchange.importers.report import IMPORTED, Reading, Report, Span, count_items

Kinds = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Importer:
    """A format: its extensions, how its content looks, and who reads it.

    ``read`` takes the bytes, the source's name and the catalogue of levels.
    """

    name: str
    suffixes: tuple[str, ...]
    looks_right: Callable[[bytes], bool]
    read: Callable[[bytes, str, Kinds], Reading]


def read_source(name: str, data: bytes, *, kinds: Kinds) -> Reading:
    """Read a source with the importer that its name and its bytes ask for.

    ``kinds`` are the (singular, plural) names of the catalogue of levels. Raises
    ImportRejected where no importer takes the source, or the one that does refuses it.
    """
    suffix = PurePath(name).suffix.lower()
    importer = next((one for one in IMPORTERS if suffix in one.suffixes), None)
    if importer is None:
        known = ", ".join(suffix for one in IMPORTERS for suffix in one.suffixes)
        raise ImportRejected(
            f"No se leen archivos «{suffix or name}»; se leen {known}.",
            code="unknown_format",
        )
    refuse_larger(data, LARGEST_SOURCE)
    if not importer.looks_right(data):
        raise ImportRejected(
            f"El contenido del archivo no corresponde a su extensión {suffix}.",
            code="wrong_content",
        )
    return importer.read(data, PurePath(name).name, kinds)


def _begins_with_brace(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _is_no_json(data: bytes) -> bool:
    return not (_begins_with_brace(data) and jsonformat.FORMAT.encode() in data[:200])


def _read_text(data: bytes, name: str, kinds: Kinds) -> Reading:
    return text.read_bytes(data, source_name=name, kinds=kinds)


def _read_json(data: bytes, name: str, kinds: Kinds) -> Reading:
    """A document of the interchange format; all of its characters are imported."""
    document = jsonformat.loads(data)
    if not document.units:
        raise ImportRejected(
            "El documento no contiene ninguna unidad.", code="no_units"
        )
    characters = len(data.decode("utf-8-sig"))
    report = Report(
        source_name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        characters=characters,
        encoding="utf-8",
    )
    report.accounted[IMPORTED] = characters
    report.counts.update(count_items(document), chapters=len(document.chapters))
    return Reading(document, report, [Span(0, characters, IMPORTED)])


IMPORTERS: tuple[Importer, ...] = (
    Importer("text", text.SUFFIXES, _is_no_json, _read_text),
    Importer("json", (".json",), _begins_with_brace, _read_json),
)
