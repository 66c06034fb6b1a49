"""How many functions and chapters name a unit, and which, in words."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.labels import label
from functions.mentions import Mentions, NamingFunction
from manual_org.web.words import enumeration, function_count, number


def mention_summary(mentions: Mentions) -> str:
    """``66 funciones de 12 unidades y 3 párrafos de los capítulos 3 y 5``, or ""."""
    said = []
    if mentions.functions:
        units = len({one.unit_id for one in mentions.functions})
        said.append(
            ngettext(
                "%(functions)s de %(units)s unidad",
                "%(functions)s de %(units)s unidades",
                units,
            )
            % {"functions": _functions(mentions.functions), "units": number(units)}
        )
    if mentions.blocks:
        chapters = sorted({one.chapter for one in mentions.blocks})
        said.append(
            ngettext(
                "%(blocks)s del capítulo %(chapters)s",
                "%(blocks)s de los capítulos %(chapters)s",
                len(chapters),
            )
            % {
                "blocks": _blocks(mentions),
                "chapters": enumeration([str(one) for one in chapters]),
            }
        )
    return enumeration(said)


def short_mention_summary(mentions: Mentions) -> str:
    """``Mencionada en 66 funciones``, of chapters where no function does; or ""."""
    if not mentions:
        return ""
    where = _functions(mentions.functions) if mentions.functions else _blocks(mentions)
    return _("Mencionada en %(where)s") % {"where": where}


def own_mention_summary(own: list[NamingFunction]) -> str:
    """Said of a unit's functions that name the unit itself; "" when none does."""
    if not own:
        return ""
    count = len({one.function_id for one in own})
    return _(
        "Además, se nombra a sí misma en %(count)s de sus funciones, "
        "al final de la lista."
    ) % {"count": number(count)}


def more_units(count: int) -> str:
    """Said of those that a list leaves out; "" when it does not."""
    if count <= 0:
        return ""
    return ngettext("Y %(count)s unidad más.", "Y %(count)s unidades más.", count) % {
        "count": number(count)
    }


def _functions(functions):
    return function_count(len({one.function_id for one in functions}))


def _blocks(mentions):
    return ngettext("%(count)s párrafo", "%(count)s párrafos", len(mentions.blocks)) % {
        "count": number(len(mentions.blocks))
    }


def functions_by_unit(mentions: list[NamingFunction]) -> list[tuple[int, int]]:
    """(unit id, how many of its functions), those with most first, in order."""
    functions = dict.fromkeys((one.unit_id, one.function_id) for one in mentions)
    return Counter(unit_id for unit_id, _function in functions).most_common()


def item_label(positions: tuple[int, ...]) -> str:
    """``Función 12, inciso b), subinciso ii)``."""
    words = (_("Función %(label)s"), _("inciso %(label)s)"), _("subinciso %(label)s)"))
    return ", ".join(
        word % {"label": label(level, position)}
        for level, (word, position) in enumerate(zip(words, positions, strict=False))
    )
