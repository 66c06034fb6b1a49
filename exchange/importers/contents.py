"""Stage: the index at the beginning, as entries of code, name and page."""

from __future__ import annotations

import re

from exchange.importers.context import Context, IndexEntry
from exchange.importers.headers import READER as HEADERS
from exchange.importers.lines import Line
from exchange.importers.report import INDEX
from exchange.importers.wording import normal, read_roman, squeezed

READER = "index"
_TITLES = frozenset(
    (
        "indice",
        "indice general",
        "contenido",
        "tabla de contenido",
        "indice de contenido",
    )
)
_CODE = re.compile(
    r"(?:[-*•]\s+|#{1,6}\s+)?(?P<code>(?:\d{1,3}|[IVXLC]{1,6})(?:\.\d{1,3})*)"
    r"(?P<dot>[.)]|\.-)?(?:\s+|(?<=[.)-])(?=[^\W\d_]))"
)
_PAGE_DIGITS = 4
_LEADERS = " \t.…·_\xa0"


def read_index(context: Context) -> None:
    """Take the index, if there is one, and list its entries.

    Reads: free lines. Writes: ``index``, ``index_end``, spans of the index.

    It begins at a line such as "Índice" and ends before the first line that is no
    entry, or that repeats a code without a page: there the body begins. An entry cut
    in two has its page on the second line.
    """
    title = _title_position(context.lines)
    if title is None:
        return
    taken = [context.lines[title]]
    entries, last = _entries(context, title, taken)
    if len(entries) < 2:
        return
    context.index = entries
    context.index_end = last + 1
    for line in taken:
        context.mark_pieces(line.start, line.end, INDEX)
        context.take(line, READER)


def _title_position(lines: list[Line]) -> int | None:
    for position, line in enumerate(lines):
        if len(line.text) < 40 and normal(line.text) in _TITLES:
            return position
    return None


def _entries(
    context: Context, title: int, taken: list[Line]
) -> tuple[list[IndexEntry], int]:
    entries: list[IndexEntry] = []
    seen: set[str] = set()
    last = title
    lines = context.lines
    for position in range(title + 1, len(lines)):
        line = lines[position]
        if line.reader == HEADERS:
            continue
        entry = _read_entry(line)
        if entry and entry.page is None and _body_begins(entry, entries, seen):
            break
        if entry and (entry.page is not None or entry.code not in seen):
            entries.append(entry)
            seen.add(entry.code)
        elif not entry and entries and entries[-1].page is None:
            rest, page = _split_page(line.text)
            if page is None:
                break
            entries[-1].name = squeezed(f"{entries[-1].name} {rest}")
            entries[-1].page = page
        else:
            break
        taken.append(line)
        last = position
    return entries, last


def _body_begins(entry: IndexEntry, entries: list[IndexEntry], seen: set[str]) -> bool:
    """Whether an entry without a page is the body's first heading."""
    return entry.code in seen and len(entries) >= 2


def _read_entry(line: Line) -> IndexEntry | None:
    found = _CODE.match(line.text)
    if not found or found.end() >= len(line.text):
        return None
    name, page = _split_page(line.text[found.end() :])
    if not name or not name[0].isalpha():
        return None
    return IndexEntry(
        line=line.number,
        printed_code=found["code"] + (found["dot"] or ""),
        code=arabic(found["code"]),
        name=squeezed(name),
        page=page,
    )


def _split_page(text: str) -> tuple[str, int | None]:
    """The name and the page; the name keeps one final dot that it was printed with."""
    bare = text.rstrip("0123456789")
    digits = text[len(bare) :]
    if not digits or len(digits) > _PAGE_DIGITS or (bare and bare[-1] not in _LEADERS):
        return text.rstrip(), None
    name = bare.rstrip(_LEADERS)
    if bare[len(name) : len(name) + 1] == "." and ".." not in bare[len(name) :]:
        name += "."
    return name, int(digits)


def arabic(code: str) -> str:
    """The code with a roman chapter number in digits: "VIII.2" becomes "8.2"."""
    chapter, dot, rest = code.partition(".")
    value = None if chapter.isdecimal() else read_roman(chapter)
    return f"{value}{dot}{rest}" if value else code
