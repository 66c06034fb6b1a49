"""Counts and enumerations as officials write them."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_SOUND_OF_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)  # hilo, but not hielo


def number(count: int) -> str:
    """With a comma between thousands, as in Mexico: Django would put a space."""
    return f"{count:,}"


def function_count(count: int) -> str:
    return ngettext("%(count)s función", "%(count)s funciones", count) % {
        "count": number(count)
    }


def enumeration(items: Sequence[str]) -> str:
    """``uno, dos y tres``; ``e`` in place of ``y`` before the sound of i."""
    *head, last = items or [""]
    if not head:
        return last
    joint = _("e") if _SOUND_OF_I.match(last) else _("y")
    return f"{', '.join(head)} {joint} {last}"
