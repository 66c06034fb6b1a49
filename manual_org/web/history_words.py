"""How people read what became of a unit or function from edition to edition.

Every function takes the plain values of review.history and returns words, or escaped
HTML where texts carry their changes.
"""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manual_org.web.redlines import marked
from manual_org.web.words import enumeration, number
from review.compare.changes import SPLIT, Redline
from review.history.stages import FunctionStage, FunctionStep, Lineage, Stage
from review.history.words import counted
from review.history.words import folded as near_changes

STEP_WORDS = {
    "new": gettext_lazy("Nueva"),
    "suppressed": gettext_lazy("Se suprime"),
    "arrived": gettext_lazy("Viene de %(place)s"),
    "left": gettext_lazy("Pasa a %(place)s"),
    "reworded": gettext_lazy("Cambia el texto"),
}
COSMETIC = gettext_lazy("Solo mayúsculas, puntuación o espacios")


def redline(segments: Redline, *, folded: bool = False) -> SafeString:
    """A text with its changes; of a long one, if ``folded``, only what is near them."""
    return SafeString(marked(near_changes(segments) if folded else segments))


def unit_remarks(stage: Stage) -> list[str]:
    """What an edition did to the unit."""
    present = stage.present
    lineage = [_lineage(one) for one in stage.lineage]
    if stage.is_absence:
        return [_("Esta edición ya no tiene la unidad: se suprimió."), *lineage]
    if present is None:
        return [_("Es la primera edición que tiene la unidad."), *lineage]
    old, new = present.unit, stage.unit
    remarks = {
        "returned": _("La unidad vuelve a aparecer."),
        "renamed": _("Cambia de nombre."),
        "kind": _("Cambia de nivel: de %(old)s a %(new)s.")
        % {"old": old.kind, "new": new.kind},
        "moved": _("Cambia de dependencia: de %(old)s a %(new)s.")
        % {"old": _place(old.parent), "new": _place(new.parent)},
        "renumbered": _("Cambia de código: de %(old)s a %(new)s.")
        % {"old": old.place.code, "new": new.place.code},
        "reworded": _("Cambia su objetivo."),
    }
    return [*lineage, *(remarks[one] for one in stage.changes if one in remarks)]


def _lineage(one: Lineage) -> str:
    others = enumeration([_place(place) for place in one.others]) or "—"
    if one.kind == SPLIT:
        said = (
            _("Se dividió en %(units)s.")
            if one.is_origin
            else _("Nació de la división de %(units)s.")
        )
    else:
        said = (
            _("Se fusionó en %(units)s.")
            if one.is_origin
            else _("Nació de la fusión de %(units)s.")
        )
    return said % {"units": others}


def function_summary(stage: Stage) -> str:
    """How many functions there are and what became of them, in one sentence."""
    if stage.is_absence:
        return _suppressed_functions(stage)
    total = ngettext("%(count)s función", "%(count)s funciones", stage.total) % {
        "count": number(stage.total)
    }
    if stage.before is None or stage.before.is_absence:
        arrived = stage.counts["arrived"]
        if not arrived:
            return f"{total}."
        said = ngettext(
            "%(count)s viene de otra unidad", "%(count)s vienen de otras", arrived
        ) % {"count": number(arrived)}
        return f"{total}; {said}."
    parts = [
        _counted(stage.counts[change], singular, plural)
        for change, singular, plural in (
            ("reworded", _("%(count)s con otro texto"), _("%(count)s con otro texto")),
            ("new", _("%(count)s nueva"), _("%(count)s nuevas")),
            ("arrived", _("%(count)s venida de otra"), _("%(count)s venidas de otra")),
            ("suppressed", _("%(count)s suprimida"), _("%(count)s suprimidas")),
            ("left", _("%(count)s pasó a otra"), _("%(count)s pasaron a otra")),
        )
        if stage.counts[change]
    ]
    if not parts:
        return _("%(total)s, sin cambios de texto.") % {"total": total}
    return _("%(total)s. Cambios en funciones e incisos: %(changes)s.") % {
        "total": total,
        "changes": enumeration(parts),
    }


def _suppressed_functions(stage: Stage) -> str:
    if not stage.heirs:
        return _("Sus funciones se suprimieron con ella.")
    heirs = [
        _("%(unit)s (%(count)s)") % {"unit": _place(place), "count": number(count)}
        for place, count in stage.heirs
    ]
    said = _("Funciones que pasaron a otra unidad: %(heirs)s.") % {
        "heirs": enumeration(heirs)
    }
    gone = stage.counts["suppressed"]
    if gone:
        said += " " + ngettext(
            "Se suprimió %(what)s.", "Se suprimieron %(what)s.", gone
        ) % {"what": counted("function", gone)}
    return said


def function_remarks(stage: FunctionStage) -> list[str]:
    """What an edition did to a function or item."""
    present = stage.present
    if stage.is_absence:
        return [_("Esta edición ya no la tiene: se suprimió.")]
    if present is None:
        return [_("Es la primera edición que la tiene.")]
    remarks = {
        "returned": _("Vuelve a aparecer."),
        "moved": _("Pasa de %(old)s a %(new)s.")
        % {"old": _place(present.place), "new": _place(stage.place)},
        "reworded": str(COSMETIC) + "." if stage.cosmetic else _("Cambia el texto."),
        "renumbered": _("Cambia de número: de %(old)s a %(new)s.")
        % {"old": present.label.rstrip("."), "new": stage.label.rstrip(".")},
        "same": _("Sin cambios."),
    }
    return [remarks[one] for one in stage.changes if one in remarks]


def step_tag(step: FunctionStep) -> str:
    if step.change == "reworded" and step.cosmetic:
        return str(COSMETIC)
    return STEP_WORDS[step.change] % {"place": _place(step.place)}


def _place(place) -> str:
    return f"{place.code} {place.name}" if place else _("ninguna")


def _counted(count: int, singular: str, plural: str) -> str:
    return (singular if count == 1 else plural) % {"count": number(count)}
