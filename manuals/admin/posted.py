"""What a browser sends, as plain values: numbers, and the rows of a form and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT

MAX_ROWS = 1000
# Rows read and shown: with those that a button, a pasted list or another person's save
# adds, so that none is lost while the person is told that they are too many.
MOST_SHOWN = 2 * MAX_ROWS
_NUMBER = re.compile(r"[0-9]{1,18}")


def posted_number(text: str) -> int | None:
    """The number that an address or a hidden field says; None if it says none.

    No longer than an id: others, ``int`` itself refuses from 4,300 digits on.
    """
    return int(text) if _NUMBER.fullmatch(text) else None


def posted_rows(data, prefix: str) -> list[dict]:
    """The rows of a posted form as dicts of their raw values, in order."""
    try:
        total = min(int(data.get(f"{prefix}-{TOTAL_FORM_COUNT}", 0)), MOST_SHOWN)
    except ValueError:
        total = 0
    rows: list[dict] = [{} for _number in range(total)]
    pattern = re.compile(rf"\A{re.escape(prefix)}-(\d{{1,4}})-(\w+)\Z")
    for name in data:
        found = pattern.match(name)
        if found and int(found[1]) < total:
            rows[int(found[1])][found[2]] = data.get(name)
    return rows


def with_rows(data, prefix: str, rows: Sequence[dict]):
    """A copy of the posted data with these rows in place of its own."""
    data = data.copy()
    row_name = re.compile(rf"\A{re.escape(prefix)}-\d{{1,4}}-")
    for name in [name for name in data if row_name.match(name)]:
        del data[name]
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = "0"
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = value
    return data
