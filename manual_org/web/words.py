"""Dates, counts and enumerations as officials write them."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from review.compare.spanish import spoken_date
from review.words import enumeration, function_count, number

__all__ = [
    "enumeration",
    "function_count",
    "number",
    "spoken_date",
    "unit_count",
    "validity",
]


def unit_count(count: int) -> str:
    return ngettext(
        "%(count)s unidad administrativa", "%(count)s unidades administrativas", count
    ) % {"count": number(count)}


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
