"""Reading a manual from a file: every format ends in exchange.document."""

from exchange.importers.encoding import LARGEST_SOURCE
from exchange.importers.errors import ImportRejected
from exchange.importers.registry import IMPORTERS, read_source
from exchange.importers.report import Reading, Report
from exchange.importers.text import read_text

__all__ = [
    "IMPORTERS",
    "LARGEST_SOURCE",
    "ImportRejected",
    "Reading",
    "Report",
    "read_source",
    "read_text",
]
