"""What addresses of one edition share: finding it, and writing in a draft.

A write is refused in this order: 429, 401 without an account, 403 with a token that
does not write, 405, 400 for the query string, 404 for an edition that the person may
not see, 403 without the role, 409 for an edition that is no draft, 428 without
If-Match, 415 and 400 for the body; then, under the edition's lock, 409 if it was closed
meanwhile, 404 for a unit or function that is not there, 403 outside the person's
branches and the token's, 412 when stale, and what the services refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response

from manual_org.api import conditions
from manual_org.api.fields import Strict
from manual_org.api.v1 import addressing
from manual_org.api.v1.representations import Links
from manual_org.api.views import View
from manuals import permissions
from manuals.brief import editions_in_brief
from manuals.models import Edition
from manuals.services import demand_draft, lock_draft
from units.models import Unit
from units.permissions import demand_unit


class EditionView(View):
    """An address below ``manuals/{slug}/editions/{label}/``."""

    read_editions = staticmethod(editions_in_brief)

    def body(self, serializer_class: type[Strict]) -> dict:
        """The body as its serializer reads it; ParseError or ValidationError."""
        serializer = serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def find_edition(self, **address) -> Edition:
        """The edition of the address, which the answer then speaks of."""
        self.edition = self.lookup_edition(**address)
        return self.edition

    def lookup_edition(self, *, slug, label, **address) -> Edition:
        return addressing.edition_at(
            self.request.user,
            slug,
            label,
            self.query.get("on"),
            read=self.read_editions,
        )

    @property
    def links(self) -> Links:
        return Links(self.request, self.edition)


class KeyMixin:
    """An address by key: the query string says which edition."""

    holding: str  # units or functions

    def lookup_edition(self, *, key, **address) -> Edition:
        return addressing.edition_holding(
            self.request.user, self.holding, key, self.query
        )


class DraftMixin:
    """Writing: what must hold before, and the transaction it happens in."""

    def find_draft(self, *, conditional: bool = True, **address) -> Edition:
        """The edition for a write; a ``conditional`` one names what it changes.

        Raises NotFound, NotAllowed, EditionClosed or PreconditionRequired.
        """
        edition = self.find_edition(**address)
        permissions.demand(permissions.may_edit(self.request.user, edition.manual))
        demand_draft(edition)
        if conditional:
            conditions.demand_if_match(self.request)
        return edition

    @contextmanager
    def writing(self) -> Iterator[Edition]:
        """One transaction under the edition's lock: all of it is written, or nothing.

        Nobody else writes between the comparison with If-Match and the change.
        """
        with transaction.atomic():
            self.edition = lock_draft(self.edition)
            yield self.edition

    def demand_seen(self, unit: Unit, current: dict) -> None:
        """NotAllowed outside the person's branches, Stale unless they saw this."""
        demand_unit(self.request.user, unit)
        conditions.demand_current(self.request, current)

    def unit_named(self, code: str, field: str) -> Unit:
        """The unit that a field of the body names; ValidationError without one."""
        unit = (
            Unit.objects.for_edition(self.edition).with_kind().filter(code=code).first()
        )
        if unit is None:
            raise ValidationError(
                {
                    field: ErrorDetail(
                        _("La edición no tiene una unidad con este código."),
                        code="unknown_unit",
                    )
                }
            )
        unit.edition = self.edition
        return unit


def changed(data: dict) -> Response:
    """What a change left; it may stand at another address now."""
    return Response(data, headers={"Content-Location": data["url"]})


def created(data: dict) -> Response:
    return Response(data, status=201, headers={"Location": data["url"]})
