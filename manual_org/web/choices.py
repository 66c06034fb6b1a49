"""Links among which a reader chooses, as HTML: views, kinds, branches, scopes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString


class Choice(NamedTuple):
    """A link among others of which one is where the reader is."""

    url: str
    words: str
    number: str = ""
    is_current: bool = False
    code: str = ""


def choices(found: Iterable[Choice]) -> SafeString:
    """The items of a list of links, their counts in brackets."""
    return SafeString(
        "".join(
            f"<li>{_link(one, f' ({one.number})' if one.number else '')}</li>\n"
            for one in found
        )
    )


def counted(found: Iterable[Choice]) -> SafeString:
    """The items of a list of links, their counts in a column."""
    return SafeString(
        "".join(
            f'<li>{_link(one)} <span class="count">{one.number}</span></li>\n'
            for one in found
        )
    )


def _link(one, after=""):
    current = ' aria-current="true"' if one.is_current else ""
    code = f'<span class="code">{escape(one.code)}</span> ' if one.code else ""
    words = escape(str(one.words))
    return f'<a href="{escape(one.url)}"{current}>{code}{words}{after}</a>'
