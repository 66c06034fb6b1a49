"""Changed texts as HTML: what is deleted and inserted, and tags that say what kind.

Deleted and inserted words are ``<del>`` and ``<ins>`` and say so to screen readers.
Every function takes plain values and returns one escaped string.
"""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

from review.compare import Redline
from review.compare.changes import (
    COSMETIC,
    MOVED,
    NEW,
    REWORDED,
    SUBSTANTIVE,
    SUPPRESSED,
    TERMINOLOGY,
)

OLD_SIDE, NEW_SIDE = "old", "new"
_SIDES = {None: "=-+", OLD_SIDE: "=-", NEW_SIDE: "=+"}


def marked(segments: Redline, side: str | None = None) -> str:
    """A text with its changes, or one side of it; line breaks are kept."""
    wanted = _SIDES[side]
    return "".join(_mark(*segment) for segment in segments if segment[0] in wanted)


def _mark(mark: str, text: str) -> str:
    """A segment; the spaces of changed words are changed with them."""
    if mark == "=":
        return lines(text)
    tag, words = ("del", _("se suprime")) if mark == "-" else ("ins", _("se agrega"))
    return (
        f'<{tag}><span class="visually-hidden">[{escape(words)}: </span>'
        f'{lines(text)}<span class="visually-hidden">]</span></{tag}>'
    )


def lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _tag(words, tone=""):
    return f'<span class="tag{tone}">{escape(words)}</span>'


def change_tag(change, weight):
    if change == NEW:
        return _tag(_("Texto nuevo"))
    if change == SUPPRESSED:
        return _tag(_("Se suprime"), " tag-warn")
    if change == MOVED:
        return _tag(_("Viene de otro lugar"))
    return weight_tag(weight) or (_tag(_("Redacción")) if change == REWORDED else "")


def weight_tag(weight):
    if weight == SUBSTANTIVE:
        return _tag(_("De fondo"))
    if weight == TERMINOLOGY:
        return _tag(_("Solo un término"), " tag-quiet")
    if weight == COSMETIC:
        return _tag(_("Solo mayúsculas, puntuación o espacios"), " tag-quiet")
    return ""


def place_tag(change):
    return _tag(_("Otro orden"), " tag-quiet") if change.reordered else ""
