"""Writes of a manual's glossary: terms by hand, and proposals that an editor decides.

Editors without a branch limit only. What readers see changes with the accepted terms
alone; then the manual's publication counter moves, so that kept pages become stale.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from manuals import permissions
from manuals.acronyms import name_key
from manuals.exceptions import DomainError
from manuals.history import recording, write_in_bulk
from manuals.models import Edition, GlossaryTerm, Manual
from manuals.services.locks import demand_reason

logger = logging.getLogger(__name__)

TERM_DATA = ("term", "meaning", "explanation")
Status = GlossaryTerm.Status


class TermGone(DomainError):
    """A term of the glossary was removed meanwhile."""

    code = "term_gone"

    def __init__(self):
        super().__init__(_("El término ya no está en el glosario."))


class TermTaken(DomainError):
    """Two meanings of one term would be accepted in a manual."""

    code = "term_taken"


@dataclass(frozen=True)
class Proposal:
    """A pair found in a document.

    ``place`` says where in words, ``address`` is that of the place below the edition's,
    ``excerpt`` the sentence.
    """

    term: str
    meaning: str
    place: str = ""
    address: str = ""
    excerpt: str = ""


@transaction.atomic
def add_term(
    *, manual: Manual, term: str, meaning: str, user, reason: str, explanation: str = ""
) -> GlossaryTerm:
    """Add an accepted term. Raises NotAllowed, ValidationError."""
    _demand_and_lock(manual, user)
    added = GlossaryTerm(
        manual=manual, term=term, meaning=meaning, explanation=explanation
    )
    added.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        added.save()
    _publish(manual.pk)
    logger.info("glossary of %s: %s added", manual.slug, added.term)
    return added


@transaction.atomic
def change_term(*, entry: GlossaryTerm, user, reason: str, **fields) -> GlossaryTerm:
    """Change the fields of TERM_DATA. Raises NotAllowed, TermGone, ValidationError."""
    [entry] = _locked([entry], user)
    unknown = set(fields) - set(TERM_DATA)
    if unknown:
        raise TypeError(f"not changeable here: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.full_clean()
    with recording(user=user, reason=demand_reason(reason)):
        entry.save()
    if entry.status == Status.ACCEPTED:
        _publish(entry.manual_id)
    return entry


@transaction.atomic
def accept_terms(
    *, terms: Sequence[GlossaryTerm], user, reason: str
) -> list[GlossaryTerm]:
    """Show these terms to readers, all of them or none; returns those that changed.

    Raises NotAllowed, TermGone, TermTaken where a term has, or would get, a second
    accepted meaning.
    """
    chosen = [one for one in _locked(terms, user) if one.status != Status.ACCEPTED]
    for term in chosen:
        rivals = [
            other.meaning
            for other in chosen
            if (other.manual_id, other.term) == (term.manual_id, term.term)
            and other is not term
        ] or term.competing().accepted().values_list("meaning", flat=True)
        if rivals:
            raise TermTaken(
                _(
                    "«%(term)s» solo puede tener un significado aceptado en el manual: "
                    "«%(meaning)s» o «%(other)s». Decida cuál y rechace el otro."
                )
                % {"term": term.term, "meaning": term.meaning, "other": rivals[0]}
            )
    return _decide(chosen, Status.ACCEPTED, user, reason)


@transaction.atomic
def reject_terms(
    *, terms: Sequence[GlossaryTerm], user, reason: str
) -> list[GlossaryTerm]:
    """Show these terms to nobody and never propose them again.

    Returns those that changed. Raises NotAllowed, TermGone.
    """
    chosen = [one for one in _locked(terms, user) if one.status != Status.REJECTED]
    return _decide(chosen, Status.REJECTED, user, reason)


@transaction.atomic
def remove_term(*, entry: GlossaryTerm, user, reason: str) -> None:
    """Delete a term; an import that finds it again proposes it again."""
    [entry] = _locked([entry], user)
    with recording(user=user, reason=demand_reason(reason)):
        entry.delete()
    if entry.status == Status.ACCEPTED:
        _publish(entry.manual_id)


@transaction.atomic
def propose_terms(
    *,
    manual: Manual,
    proposals: Iterable[Proposal],
    user,
    reason: str,
    edition: Edition | None = None,
) -> list[GlossaryTerm]:
    """Keep the pairs that the glossary does not have in any state; returns them.

    Pairs that differ in capitals, accents or number only are one. A term that has a
    meaning already is proposed with another one: a person decides. A pair that is not
    valid as a term is left out. Raises NotAllowed.
    """
    permissions.demand(permissions.may_edit_everything(user, manual))
    Manual.objects.select_for_update().get(pk=manual.pk)
    known = {
        (term, name_key(meaning))
        for term, meaning in GlossaryTerm.objects.for_manual(manual).values_list(
            "term", "meaning"
        )
    }
    added = []
    for proposal in proposals:
        pair = proposal.term, name_key(proposal.meaning)
        if pair in known:
            continue
        known.add(pair)
        term = GlossaryTerm(
            manual=manual, status=Status.PROPOSED, found_in=edition, **vars(proposal)
        )
        try:
            term.full_clean(exclude=["manual", "found_in"], validate_constraints=False)
        except ValidationError:
            continue  # what no person could save is nothing to propose
        added.append(term)
    if added:
        with recording(user=user, reason=demand_reason(reason)):
            GlossaryTerm.objects.bulk_create(added)
            write_in_bulk(added, created=True)
        logger.info("glossary of %s: %d terms proposed", manual.slug, len(added))
    return added


def _demand_and_lock(manual: Manual, user) -> None:
    permissions.demand(permissions.may_manage_catalogues(user))
    Manual.objects.select_for_update().get(pk=manual.pk)


def _locked(terms: Sequence[GlossaryTerm], user) -> list[GlossaryTerm]:
    """The terms as stored, their manuals locked, in the given order."""
    permissions.demand(permissions.may_manage_catalogues(user))
    manuals = {term.manual_id for term in terms}
    list(Manual.objects.select_for_update().filter(pk__in=manuals).order_by("pk"))
    stored = GlossaryTerm.objects.in_bulk([term.pk for term in terms])
    if len(stored) < len({term.pk for term in terms}):
        raise TermGone
    return list(stored.values())


def _decide(terms, status, user, reason) -> list[GlossaryTerm]:
    reason = demand_reason(reason)
    shown = {
        term.manual_id for term in terms if Status.ACCEPTED in (status, term.status)
    }
    with recording(user=user, reason=reason):
        for term in terms:
            term.status = status
            term.full_clean(exclude=["manual", "found_in"])
            term.save()
    for manual_id in shown:
        _publish(manual_id)
    return terms


def _publish(manual_id: int) -> None:
    # Not save(): nothing is said of the manual itself that its history should tell.
    Manual.objects.filter(pk=manual_id).update(publication=F("publication") + 1)
