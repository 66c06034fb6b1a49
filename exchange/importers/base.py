"""The names that every importer shares, in one place to import them from."""

from exchange.importers.encoding import LARGEST_SOURCE, decode
from exchange.importers.errors import ImportRejected
from exchange.importers.report import (
    CLASSES,
    Correction,
    Doubt,
    IndexCheck,
    Reading,
    Report,
    Span,
)

__all__ = [
    "CLASSES",
    "LARGEST_SOURCE",
    "Correction",
    "Doubt",
    "ImportRejected",
    "IndexCheck",
    "Reading",
    "Report",
    "Span",
    "decode",
]
