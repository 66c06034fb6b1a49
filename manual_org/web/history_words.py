"""How people read a history: stages of a unit or function, saves and what they changed.

Every function takes the plain values of review.history and returns words, or escaped
HTML where texts carry their changes.
"""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manual_org.web.redlines import marked
from manual_org.web.words import (
    enumeration,
    function_count,
    number,
    spoken_date,
)
from manuals.models import Transition
from review.compare.changes import SPLIT, Redline
from review.history.changes import Change, Save, Tally
from review.history.stages import FunctionStage, FunctionStep, Lineage, Stage

KEPT_AROUND = 90  # characters of a long unchanged stretch left at each side
LONG = 400
EXCERPT = 90

ACTION_WORDS = {
    "created": gettext_lazy("Se agregó"),
    "deleted": gettext_lazy("Se eliminó"),
    "moved": gettext_lazy("Se trasladó"),
    "placed": gettext_lazy("Cambió de lugar"),
    "renamed": gettext_lazy("Cambió de nombre"),
    "reworded": gettext_lazy("Cambió el texto"),
    "changed": gettext_lazy("Cambiaron sus datos"),
    "renumbered": gettext_lazy("Cambió de número"),
}
LIFE_WORDS = {
    Transition.Step.CREATED: gettext_lazy("Se creó la edición."),
    Transition.Step.DUPLICATED: gettext_lazy("Se creó como copia de otra edición."),
    Transition.Step.IMPORTED: gettext_lazy("Se importó de un documento."),
    Transition.Step.SUBMITTED: gettext_lazy("Se envió a revisión."),
    Transition.Step.SENT_BACK: gettext_lazy("Se devolvió para cambios."),
    Transition.Step.AUTHORISED: gettext_lazy("Se autorizó."),
    Transition.Step.RECORDED: gettext_lazy("Se registró como autorizada."),
    Transition.Step.CLOSED: gettext_lazy("Se fijó el fin de su vigencia."),
    Transition.Step.WITHDRAWN: gettext_lazy("Se dio de baja."),
}
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
    if folded and sum(len(text) for _mark, text in segments) > LONG:
        segments = _folded(segments)
    return SafeString(marked(segments))


def _folded(segments: Redline) -> Redline:
    short = []
    for place, (mark, text) in enumerate(segments):
        if mark == "=":
            head = text[:KEPT_AROUND] if place else ""
            tail = text[-KEPT_AROUND:] if place < len(segments) - 1 else ""
            if len(text) > len(head) + len(tail) + 40:
                text = f"{head} […] {tail}".strip()
        short.append((mark, text))
    return tuple(short)


# Saves


def days(shown: list) -> list[tuple[str, list]]:
    """What has a ``save`` by the day on which it was made, in its order."""
    by_day = groupby(shown, key=lambda one: localtime(one.save.at).date())
    return [(spoken_date(day), list(group)) for day, group in by_day]


def clock(save: Save) -> str:
    return date_format(localtime(save.at), "H:i")


def step_words(save: Save) -> list[str]:
    return [str(LIFE_WORDS[step.step]) for step in save.steps]


def comments(save: Save) -> list[str]:
    """What was said at the steps, where it is not the reason."""
    return [
        step.comment
        for step in save.steps
        if step.comment and step.comment != save.reason
    ]


def place(change: Change) -> str:
    """The unit that the change is about, as it was called then; empty for none."""
    return f"{change.code} {change.name}".strip() if change.code else ""


def subject(change: Change) -> str:
    """What of its unit, or of the edition, the change is about."""
    if change.kind == "unit":
        return _("Unidad")
    if change.kind == "function":
        return item_name(change.label)
    if change.kind == "chapter":
        return _("Capítulo %(chapter)s") % {"chapter": f"{change.label} {change.name}"}
    if change.kind == "chart":
        return _("Organograma %(chart)s") % {"chart": f"{change.label} {change.name}"}
    if change.kind == "succession":
        return _("Registro de %(what)s de unidades") % {"what": change.name}
    if change.kind == "note":
        return _("Motivo de cambio de la unidad")
    return _("Datos de la edición")


def item_name(label: str) -> str:
    """``Función 3.``, ``Inciso 3. b)``, ``Subinciso 3. b) i)``."""
    names = (_("Función %(label)s"), _("Inciso %(label)s"), _("Subinciso %(label)s"))
    return (names[min(label.count(" "), 2)] % {"label": label}).strip()


def action_words(change: Change) -> list[str]:
    """What was done, most telling first; a new number only where nothing else was."""
    actions = [one for one in change.actions if one != "renumbered"] or change.actions
    words = [str(ACTION_WORDS[one]) for one in actions]
    if change.kind == "unit" and change.actions == ("renumbered",):
        return [_("Cambió de código")]
    return words


def shows_text(change: Change) -> bool:
    return any(mark != "=" for mark, _text in change.text)


def renumbering_title(save: Save) -> str:
    """How many rows only changed their number, and of what kind."""
    labels = [one.label for one in save.renumberings if one.kind == "function"]
    units = len(save.renumberings) - len(labels)
    parts = []
    if units:
        parts.append(_("código de %(what)s") % {"what": counted("unit", units)})
    if labels:
        are_items = any(" " in label for label in labels)
        what = (
            counted("function", len(labels))
            if are_items
            else function_count(len(labels))
        )
        parts.append(_("número de %(what)s") % {"what": what})
    return _("Solo cambió el %(what)s") % {"what": enumeration(parts)}


def renumbered(change: Change) -> str:
    """``8.2 → 8.3 Coordinación``; ``1. → 2. Planear``."""
    fact = change.facts[0]
    if change.kind == "unit":
        return f"{fact.old} → {fact.new} {change.name}"
    text = excerpt("".join(text for _mark, text in change.text))
    return f"{change.code}: {fact.old} → {fact.new} {text}"


def tally_words(tally: Tally) -> str:
    what = counted(tally.kind, tally.number)
    if tally.action == "created":
        said = ngettext("Se agregó %(what)s.", "Se agregaron %(what)s.", tally.number)
    elif tally.action == "deleted":
        said = ngettext(
            "Se eliminó además %(what)s.",
            "Se eliminaron además %(what)s.",
            tally.number,
        )
    else:
        said = ngettext(
            "Cambió además %(what)s, casi siempre solo su número.",
            "Cambiaron además %(what)s, casi siempre solo su número.",
            tally.number,
        )
    return said % {"what": what}


def counted(kind: str, count: int) -> str:
    words = {
        "unit": ngettext("%(count)s unidad", "%(count)s unidades", count),
        "function": ngettext(
            "%(count)s función o inciso", "%(count)s funciones e incisos", count
        ),
        "chapter": ngettext("%(count)s capítulo", "%(count)s capítulos", count),
        "chart": ngettext("%(count)s organograma", "%(count)s organogramas", count),
        "note": ngettext(
            "%(count)s motivo de cambio", "%(count)s motivos de cambio", count
        ),
        "succession": ngettext(
            "%(count)s división o fusión", "%(count)s divisiones o fusiones", count
        ),
        "edition": ngettext("%(count)s edición", "%(count)s ediciones", count),
    }
    return words[kind] % {"count": number(count)}


# Stages


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


def excerpt(text: str, length: int = EXCERPT) -> str:
    return shorten(text, length, placeholder="\N{NO-BREAK SPACE}…")


def _place(place) -> str:
    return f"{place.code} {place.name}" if place else _("ninguna")


def _counted(count: int, singular: str, plural: str) -> str:
    return (singular if count == 1 else plural) % {"count": number(count)}
