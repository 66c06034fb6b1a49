"""How an edition stands in its life, for people with a role.

What is public of it (state, effective dates, who authorised it according to the
document) stands at the edition's own address; who took which step in this system, as on
the site, is for those who read drafts.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ErrorDetail
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from manual_org.api.errors import InvalidQuery
from manual_org.api.pagination import page_of
from manual_org.api.rendering import JSON
from manual_org.api.v1 import edition_shapes as shapes
from manual_org.api.v1 import filters, representations, tables
from manual_org.api.v1.base import EditionView
from manual_org.api.v1.steps import steps_open_to
from manuals import permissions
from manuals.brief import whole_editions
from manuals.dates import today
from manuals.models import Edition
from manuals.services import edition_closed_by
from review.readiness import missing_for_next_step


class InsiderView(EditionView):
    """What only people with a role read, of whatever edition."""

    permission_classes = (IsAuthenticated,)
    needs_account = True

    def find_edition(self, **address) -> Edition:
        """Raises NotFound for a draft, NotAllowed otherwise, without a role."""
        edition = super().find_edition(**address)
        permissions.demand(
            permissions.may_read_drafts(self.request.user, edition.manual_id)
        )
        return edition


class TransitionListView(InsiderView):
    operations = {"GET": "editions_transitions"}
    parameters = {"GET": filters.EditionPageQuery}
    formats = (JSON, tables.TRANSITIONS)

    @extend_schema(responses=shapes.TransitionPage)
    def get(self, request, **address):
        """The steps taken in an edition's life: who, when and why."""
        edition = self.find_edition(**address)
        rows = edition.transitions.select_related("user").order_by("at", "pk")
        page = page_of(self.query, rows.count())
        results = [representations.transition(row) for row in rows[page.slice]]
        return Response(
            page.envelope(request, results, edition=representations.stamp(edition))
        )


class ReadinessView(InsiderView):
    operations = {"GET": "editions_readiness"}
    parameters = {"GET": filters.ReadinessQuery}
    read_editions = staticmethod(whole_editions)

    @extend_schema(responses=shapes.Readiness)
    def get(self, request, **address):
        """What the caller may do with an edition now, and what it still lacks."""
        edition = self.find_edition(**address)
        links = self.links
        return Response(
            {
                "edition": representations.stamp(edition),
                "steps": [
                    {
                        "step": name,
                        "method": step.method,
                        "url": f"{links.edition}{step.path}",
                    }
                    for name, step in steps_open_to(request.user, edition)
                ],
                "missing": [
                    representations.missing(one, links)
                    for one in missing_for_next_step(edition)
                ],
                "authorisation": self.authorisation(edition),
                "url": f"{links.edition}readiness/",
            }
        )

    def authorisation(self, edition: Edition) -> dict | None:
        """What authorising from a day would end; None once it is authorised."""
        asked = self.query.get("effective_from")
        if edition.is_closed:
            if asked is not None:
                raise _already_authorised()
            return None
        day = asked or edition.effective_from or today()
        closed = edition_closed_by(edition=edition, effective_from=day)
        if closed is not None:
            closed.manual = edition.manual
        return {
            "effective_from": day.isoformat(),
            "closes": representations.stamp(closed) if closed else None,
        }


def _already_authorised() -> InvalidQuery:
    return InvalidQuery(
        {
            "effective_from": [
                ErrorDetail(
                    _("Solo antes de autorizar: la edición ya tiene su vigencia."),
                    code="already_authorised",
                )
            ]
        }
    )
