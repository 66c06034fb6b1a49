"""What saves changed, in words: whoever shows a history says it alike.

Every function takes the plain values of review.history.changes.
"""

from __future__ import annotations

from itertools import groupby
from textwrap import shorten

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from manuals.models import Transition
from review.compare.changes import Redline
from review.compare.spanish import spoken_date
from review.history.changes import Change, Save, Tally
from review.words import enumeration, function_count, number

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


def folded(segments: Redline) -> Redline:
    """A long text with only what is near its changes; a short one whole."""
    if sum(len(text) for _mark, text in segments) <= LONG:
        return segments
    short = []
    for place, (mark, text) in enumerate(segments):
        if mark == "=":
            head = text[:KEPT_AROUND] if place else ""
            tail = text[-KEPT_AROUND:] if place < len(segments) - 1 else ""
            if len(text) > len(head) + len(tail) + 40:
                text = f"{head} […] {tail}".strip()
        short.append((mark, text))
    return tuple(short)


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
            "Cambió además %(what)s, en su contenido o solo en su número.",
            "Cambiaron además %(what)s, en su contenido o solo en su número.",
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


def excerpt(text: str, length: int = EXCERPT) -> str:
    return shorten(text, length, placeholder="\N{NO-BREAK SPACE}…")
