"""How people read a comparison: names of changes and fields, dates, counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.document import Source
from manuals.models import Edition, Manual
from review.compare.changes import Comparison, UnitChange

# In the plural, as counts and filters name them.
UNIT_CHANGE_NAMES = {
    "new": gettext_lazy("nuevas"),
    "suppressed": gettext_lazy("suprimidas"),
    "split": gettext_lazy("de una división"),
    "merged": gettext_lazy("de una fusión"),
    "renamed": gettext_lazy("con otro nombre"),
    "kind": gettext_lazy("de otro nivel"),
    "moved": gettext_lazy("con otra dependencia"),
    "renumbered": gettext_lazy("con otro código"),
    "same": gettext_lazy("iguales"),
}
FUNCTION_CHANGE_NAMES = {
    "new": gettext_lazy("nuevas"),
    "suppressed": gettext_lazy("suprimidas"),
    "moved": gettext_lazy("movidas"),
    "reworded": gettext_lazy("con otra redacción"),
    "renumbered": gettext_lazy("con otro número"),
    "same": gettext_lazy("iguales"),
}
ITEM_CHANGE_NAMES = {
    **FUNCTION_CHANGE_NAMES,
    "new": gettext_lazy("nuevos"),
    "suppressed": gettext_lazy("suprimidos"),
    "moved": gettext_lazy("movidos"),
}
CHAPTER_CHANGE_NAMES = {
    "new": gettext_lazy("nuevos"),
    "suppressed": gettext_lazy("suprimidos"),
    "renamed": gettext_lazy("con otro título"),
    "reworded": gettext_lazy("con otro contenido"),
    "renumbered": gettext_lazy("con otro número"),
    "same": gettext_lazy("iguales"),
}
WEIGHT_NAMES = {
    "substantive": gettext_lazy("de fondo"),
    "terminology": gettext_lazy("de término"),
    "cosmetic": gettext_lazy("solo de mayúsculas, puntuación o espacios"),
}
_SEPARATE_NAMES = {
    "sources": gettext_lazy("archivos de origen"),
    "objective": gettext_lazy("objetivo"),
    "positions": gettext_lazy("plazas"),
    "printed_code": gettext_lazy("código impreso"),
    "printed_page": gettext_lazy("página impresa"),
}


def spoken_date(day: date) -> str:
    """``4 de marzo de 2021``; the month in lower case, unlike in Django's catalogue."""
    return date_format(day, "DATE_FORMAT").lower()


def field_name(name: str) -> str:
    """The name of a field of a manual, an edition or a unit, as forms show it."""
    if name in _SEPARATE_NAMES:
        return str(_SEPARATE_NAMES[name])
    model = Edition if hasattr(Edition, name) else Manual
    return str(model._meta.get_field(name).verbose_name)


def field_value(name: str, value: Any) -> str:
    """A value of such a field; a dash where there is none."""
    if value is None or value in ("", [], ()):
        return "—"
    if isinstance(value, date):
        return spoken_date(value)
    if name == "status":
        return str(Edition.Status(value).label)
    if name == "numbering":
        return str(Edition.Numbering(value).label)
    if isinstance(value, list | tuple):
        return ", ".join(
            one.name if isinstance(one, Source) else str(one) for one in value
        )
    return str(value)


def unit_title(change: UnitChange) -> str:
    """``7.2.1 Coordinación de Afiliación``, with its code before if it had another."""
    side = change.side
    if change.old and change.new and change.old.code != change.new.code:
        return _("%(code)s %(name)s (antes %(before)s)") % {
            "code": side.code,
            "name": side.name,
            "before": change.old.code,
        }
    return f"{side.code} {side.name}"


class Codes:
    """The codes of both editions' units, by key."""

    def __init__(self, comparison: Comparison) -> None:
        units = comparison.units
        self.old = {unit.old.key: unit.old.code for unit in units if unit.old}
        self.new = {unit.new.key: unit.new.code for unit in units if unit.new}

    def listed(self, keys: Iterable[UUID], side: dict[UUID, str]) -> str:
        return ", ".join(side.get(key, "—") for key in keys)


def unit_remarks(change: UnitChange, codes: Codes) -> list[str]:
    """What became of a unit, a sentence for each."""
    remarks = []
    for succession in change.successions:
        words = {
            "from": codes.listed(succession.from_keys, codes.old),
            "to": codes.listed(succession.to_keys, codes.new),
        }
        if succession.kind == "split":
            sentence = _("División: %(from)s se divide en %(to)s") % words
        else:
            sentence = _("Fusión: %(from)s pasan a ser %(to)s") % words
        remarks.append(sentence + _probable(succession))
    for name in change.changes:
        remark = _remark(name, change)
        if remark:
            remarks.append(remark)
    return remarks


def _probable(succession) -> str:
    if succession.recorded:
        return "."
    return _(" (propuesta, semejanza de %(percent)d %%).") % {
        "percent": round(succession.confidence * 100)
    }


def _remark(name: str, change: UnitChange) -> str:
    if name == "new":
        return _("Unidad nueva.")
    if name == "suppressed":
        return _("Unidad suprimida.")
    if name == "renamed" and not change.only_level_renamed:
        return _("Cambia de nombre.")
    if name == "kind":
        return _("Cambia de nivel: de %(old)s a %(new)s.") % {
            "old": change.old.kind,
            "new": change.new.kind,
        }
    if name == "moved":
        return _("Cambia de dependencia: de %(old)s a %(new)s.") % {
            "old": change.old.parent_code or "—",
            "new": change.new.parent_code or "—",
        }
    if name == "renumbered" and change.renumbering == "own":
        return _("Cambia de código.")
    return ""
