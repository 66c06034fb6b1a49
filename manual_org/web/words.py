"""Dates, counts and enumerations as officials write them."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_SOUND_OF_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)  # hilo, but not hielo


def spoken_date(day: date) -> str:
    """``4 de marzo de 2021``; the month in lower case, unlike in Django's catalogue."""
    return date_format(day, "DATE_FORMAT").lower()


def number(count: int) -> str:
    """With a comma between thousands, as in Mexico: Django would put a space."""
    return f"{count:,}"


def function_count(count: int) -> str:
    return ngettext("%(count)s función", "%(count)s funciones", count) % {
        "count": number(count)
    }


def unit_count(count: int) -> str:
    return ngettext(
        "%(count)s unidad administrativa", "%(count)s unidades administrativas", count
    ) % {"count": number(count)}


def enumeration(items: Sequence[str]) -> str:
    """``uno, dos y tres``; ``e`` in place of ``y`` before the sound of i."""
    *head, last = items or [""]
    if not head:
        return last
    joint = _("e") if _SOUND_OF_I.match(last) else _("y")
    return f"{', '.join(head)} {joint} {last}"


def validity(first: date | None, last: date | None) -> str:
    """The days in force in one phrase, in lower case; both ends count, None is open."""
    if first is None:
        return _("sin fecha de inicio")
    if last is None:
        return _("desde el %(first)s") % {"first": spoken_date(first)}
    return _("del %(first)s al %(last)s") % {
        "first": spoken_date(first),
        "last": spoken_date(last),
    }
