"""The stages of the text importer, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from exchange.importers.chapters import read_chapters
from exchange.importers.charts import (
    read_charts,
    set_lone_charts_aside,
    settle_charts,
)
from exchange.importers.codes import settle_codes
from exchange.importers.contents import read_index
from exchange.importers.context import Context
from exchange.importers.crosscheck import check_index
from exchange.importers.front import read_front_matter, settle_title
from exchange.importers.headers import read_page_headers
from exchange.importers.headings import read_headings
from exchange.importers.items import read_functions
from exchange.importers.prose import read_prose
from exchange.importers.totals import record_blanks, report_leftovers, sum_up

Stage = Callable[[Context], None]

# Each stage takes lines that are still free; its docstring says what it reads and
# writes. Leaving one out leaves its lines to report_leftovers.
READING: tuple[Stage, ...] = (
    read_page_headers,
    read_index,
    read_chapters,
    read_headings,
    read_front_matter,
    read_charts,
    read_functions,
    read_prose,
    set_lone_charts_aside,
    settle_codes,
    settle_charts,
    settle_title,
    check_index,
)
CLOSING: tuple[Stage, ...] = (report_leftovers, record_blanks, sum_up)
