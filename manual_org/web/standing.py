"""How an edition stands on a day: the word beside its label, the banner over its pages.

Today the answer for most readers is "in force" and there is no banner; for any other
edition the banner says why, and the way to the text in force.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from manual_org.web.words import spoken_date, validity
from manuals.models import Edition


@dataclass(frozen=True)
class Standing:
    """``tone`` is "", "quiet" or "warn"; an empty ``title`` means no banner."""

    word: str
    tone: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    link: str = ""

    def leading_to(self, url: str, link: str) -> "Standing":
        """The same with the way to the edition in force."""
        return replace(self, url=url, link=link)


def standing_of(edition: Edition, on: date) -> Standing:
    if edition.status == Edition.Status.DRAFT:
        return Standing(
            word=_("Borrador"),
            tone="warn",
            title=_("Borrador: texto en preparación."),
            text=_("No está autorizado y no debe citarse."),
        )
    if edition.status == Edition.Status.REVIEW:
        return Standing(
            word=_("En revisión"),
            tone="warn",
            title=_("En revisión: texto propuesto."),
            text=_("Todavía no está autorizado y no debe citarse."),
        )
    if edition.is_in_force(on):
        return Standing(word=_("Vigente"))
    if edition.withdrawn_on is not None and edition.withdrawn_on <= on:
        return Standing(
            word=_("Dada de baja"),
            tone="warn",
            title=_("Esta edición fue dada de baja el %(day)s.")
            % {"day": spoken_date(edition.withdrawn_on)},
            text=_in_force_once(edition),
        )
    if edition.effective_from > on:
        return Standing(
            word=_("Por entrar en vigor"),
            tone="warn",
            title=_("Esta edición todavía no está vigente."),
            text=_("Entra en vigor el %(day)s.")
            % {"day": spoken_date(edition.effective_from)},
        )
    return Standing(
        word=_("Sin vigencia"),
        tone="quiet",
        title=_("Esta edición ya no está vigente."),
        text=_in_force_once(edition),
    )


def _in_force_once(edition):
    last = edition.last_day()
    if last < edition.effective_from:
        return _("No llegó a estar vigente.")
    return _("Vigencia: %(days)s.") % {"days": validity(edition.effective_from, last)}
