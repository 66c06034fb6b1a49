"""Lists as CSV tables (RFC 4180) for spreadsheets and programs.

UTF-8 with the mark by which Excel knows it: without it accents come out wrong there,
and programs take it off with an encoding such as Python's ``utf-8-sig``. The first line
names the columns. What is empty is an empty cell; several values are joined by ``; ``.

No cell can be taken for a formula: one that begins like one is preceded by an
apostrophe. So is one that begins with an apostrophe: whoever takes one off wherever
there is one has the text back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

from manual_org.api.formats.headers import add_links, attachment
from manual_org.api.rendering import Form
from review.reorganisation.csvformat import safe

SEPARATOR = "; "
OF_EDITION = ("manual", "edition")


def results(data: dict, view) -> Iterable[dict]:
    """The rows of a list, as JSON has them."""
    return data["results"]


class Table(Form):
    """A list as a table with these columns.

    A column ``name=place`` stands elsewhere in its row, ``edition=edition.label``.
    ``rows`` makes the rows of an answer. The tables of one edition begin with the
    manual's slug and the edition's label. ``example`` are the filled cells of a row.
    """

    format = "csv"
    media_type = "text/csv"
    content_type = "text/csv; charset=utf-8; header=present"
    is_whole = True

    def __init__(
        self,
        name: str,
        columns: str,
        *,
        rows: Callable[[dict, object], Iterable[dict]] = results,
        of_edition: bool = True,
        example: dict[str, str],
    ):
        self.name = name
        self._places = {}
        for column in columns.split():
            title, _equals, place = column.partition("=")
            self._places[title] = (place or title).split(".")
        self._rows = rows
        self._head = OF_EDITION if of_edition else ()
        if of_edition:
            example = {"manual": "demo", "edition": "2021", **example}
        columns = [*self._head, *self._places]
        self.example = _written([columns, [example.get(name, "") for name in columns]])

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        view = renderer_context["view"]
        head = []
        if self._head:
            head = [view.edition.manual.slug, view.edition.label]
        lines = [[*self._head, *self._places]]
        for row in self._rows(data, view):
            lines.append(
                head + [cell(_value(row, place)) for place in self._places.values()]
            )
        return _written(lines).encode("utf-8-sig")

    def describe(self, response, view) -> None:
        """A name for the file, and the neighbours of a page: the table has no place."""
        response.headers["Content-Disposition"] = attachment(view, self.name, "csv")
        neighbours = (("next", "next"), ("previous", "prev"))
        add_links(
            response,
            [
                f'<{response.data[name]}>; rel="{relation}"'
                for name, relation in neighbours
                if response.data.get(name)
            ],
        )


def cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = SEPARATOR.join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith("'") else safe(text)


def _written(lines: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def _value(row: dict, place: list[str]):
    for name in place:
        if row is None:
            return None
        row = row[name]
    return row
