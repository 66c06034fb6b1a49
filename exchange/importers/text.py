"""The importer of plain text and Markdown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from exchange.document import Source
from exchange.importers.context import Context
from exchange.importers.encoding import decode
from exchange.importers.errors import ImportRejected
from exchange.importers.lines import split_lines
from exchange.importers.report import Reading
from exchange.importers.stages import CLOSING, READING, Stage

SUFFIXES = (".txt", ".text", ".md", ".markdown")


def read_text(
    text: str,
    *,
    source_name: str,
    kinds: Sequence[tuple[str, str]],
    stages: Sequence[Stage] = READING,
) -> Reading:
    """Read a manual from its text.

    ``kinds`` are the (singular, plural) names of the catalogue of levels. Raises
    ImportRejected where the text holds no unit. The report's digest is that of the text
    in UTF-8; read_bytes() gives the one of the file.
    """
    context = Context(text=text, kinds=kinds, lines=split_lines(text))
    for stage in stages:
        stage(context)
    if not context.document.units:
        raise ImportRejected(
            "El documento no contiene ninguna unidad con sus funciones.",
            code="no_units",
        )
    for stage in CLOSING:
        stage(context)
    report = context.report
    report.source_name = source_name
    report.encoding = "utf-8"
    report.sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    _name_source(context)
    return Reading(
        document=context.document,
        report=report,
        spans=context.spans,
        fragment=not context.chapters,
    )


def read_bytes(
    data: bytes, *, source_name: str, kinds: Sequence[tuple[str, str]]
) -> Reading:
    """Read a manual from a file's bytes; raises ImportRejected, see decode()."""
    text, encoding = decode(data)
    reading = read_text(text, source_name=source_name, kinds=kinds)
    reading.report.encoding = encoding
    reading.report.sha256 = hashlib.sha256(data).hexdigest()
    reading.document.edition.sources = [Source(source_name, reading.report.sha256)]
    return reading


def _name_source(context: Context) -> None:
    report = context.report
    source = Source(report.source_name, report.sha256)
    context.document.edition.sources = [source]
