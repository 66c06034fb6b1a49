"""The word-by-word difference of two texts, as an upper layer writes it.

Comparing belongs to review/, which this layer may not import; it says how with
:func:`compare_with`. Segments are ``("=" | "-" | "+", text)``: those of ``=`` and ``-``
joined are the old text, those of ``=`` and ``+`` the new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Segments = Sequence[tuple[str, str]]


def _whole(old: str, new: str) -> Segments:
    """Until somebody says better: one text in place of the other."""
    if old == new:
        return (("=", old),)
    return tuple((mark, text) for mark, text in (("-", old), ("+", new)) if text)


_compare: Callable[[str, str], Segments] = _whole


def compare_with(compare: Callable[[str, str], Segments]) -> None:
    """Have texts compared by ``compare(old, new)`` (from ``ready()``)."""
    global _compare
    _compare = compare


def segments(old: str, new: str) -> Segments:
    return _compare(old, new)


def marked(old: str, new: str) -> SafeString:
    """The difference as HTML: ``<del>`` and ``<ins>``, which say so without colour."""
    words = {
        "-": ("del", _("se suprime")),
        "+": ("ins", _("se agrega")),
    }
    return format_html_join(
        "",
        "{}",
        (
            (
                text
                if mark == "="
                else format_html(
                    '<{0}><span class="visually-hidden">[{1}: </span>{2}'
                    '<span class="visually-hidden">]</span></{0}>',
                    words[mark][0],
                    words[mark][1],
                    text,
                ),
            )
            for mark, text in segments(old, new)
        ),
    )
