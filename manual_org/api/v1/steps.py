"""The steps of an edition's life: who may take each, from which state, and how.

A step is refused in the order of base.py: 403 without the role, then 409 from another
state, 428 without If-Match, 415 and 400 for the body; then, under the edition's lock,
404 if it was discarded meanwhile, 409 if another step came first, 412 when stale, and
what the services refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound

from manual_org.api import conditions
from manual_org.api.v1 import reading
from manual_org.api.v1.base import EditionView
from manuals import permissions
from manuals.brief import whole_editions
from manuals.exceptions import DomainError
from manuals.models import Edition
from manuals.services import demand_draft, demand_status, lock_edition

Status = Edition.Status


class Step(NamedTuple):
    """``demand_person`` raises NotAllowed, ``demand_state`` what forbids it now."""

    method: str
    path: str  # below the edition's address
    demand_person: Callable[..., None]
    demand_state: Callable[[Edition], None]

    def demand(self, user, edition: Edition) -> None:
        self.demand_person(user, edition)
        self.demand_state(edition)


def _demand_editor(user, edition: Edition) -> None:
    permissions.demand(permissions.may_edit_everything(user, edition.manual))


def _demand_reviewer(user, edition: Edition) -> None:
    permissions.demand(permissions.may_send_back(user, edition))


def _demand_withdrawer(user, edition: Edition) -> None:
    permissions.demand(permissions.may_withdraw(user, edition))


def _any_state(edition: Edition) -> None:
    """Whatever may be read may be duplicated."""


def _from(status: str) -> Callable[[Edition], None]:
    return partial(demand_status, status=status)


STEPS = {
    "change": Step("PATCH", "", _demand_editor, demand_draft),
    "submit": Step("POST", "submit/", _demand_editor, _from(Status.DRAFT)),
    "authorise": Step(
        "POST", "authorise/", permissions.demand_authorise, _from(Status.REVIEW)
    ),
    "send_back": Step("POST", "send-back/", _demand_reviewer, _from(Status.REVIEW)),
    "withdraw": Step("POST", "withdraw/", _demand_withdrawer, _from(Status.AUTHORISED)),
    "duplicate": Step("POST", "duplicate/", _demand_editor, _any_state),
    "discard": Step("DELETE", "", _demand_editor, demand_draft),
}


def steps_open_to(user, edition: Edition) -> list[tuple[str, Step]]:
    """The steps that the edition's state allows and the person may take, by name."""
    allowed: dict[Callable, bool] = {}  # one answer for steps of the same role
    found = []
    for name, step in STEPS.items():
        if not _passes(step.demand_state, edition):
            continue
        demand = step.demand_person
        if demand not in allowed:
            allowed[demand] = _passes(demand, user, edition)
        if allowed[demand]:
            found.append((name, step))
    return found


def _passes(demand: Callable[..., None], *arguments) -> bool:
    try:
        demand(*arguments)
    except DomainError:
        return False
    return True


class StepView(EditionView):
    """An address where a step is taken; the edition's own ETag names the version.

    ``step`` is the name of the one that is taken by POST.
    """

    step: str
    read_editions = staticmethod(whole_editions)
    lock = staticmethod(lock_edition)
    conditional_post = True

    def find_for(self, name: str, *, conditional: bool = True, **address) -> Edition:
        """The edition for a step.

        Raises NotFound, what the step demands, or PreconditionRequired.
        """
        edition = self.find_edition(**address)
        STEPS[name].demand(self.request.user, edition)
        if conditional:
            conditions.demand_if_match(self.request)
        return edition

    @contextmanager
    def taking(self, name: str) -> Iterator[Edition]:
        """One transaction under the edition's lock, of the version that was seen."""
        with transaction.atomic():
            try:
                self.edition = self.lock(self.edition)
            except Edition.DoesNotExist:
                raise NotFound(_("La edición ya no existe.")) from None
            STEPS[name].demand_state(self.edition)
            conditions.demand_current(self.request, self.detail())
            yield self.edition

    def demand_may_repeat(self, edition: Edition) -> None:
        STEPS[self.step].demand_person(self.request.user, edition)

    def detail(self) -> dict:
        return reading.edition(self.edition, self.links)
