"""One edition: its data, and the steps of its life from draft to withdrawal."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from exchange.services import duplicate_edition
from manual_org.api.formats.exports import AKN, JSONLD, Export
from manual_org.api.rendering import JSON
from manual_org.api.selecting import SelectingMixin, select
from manual_org.api.v1 import edition_bodies as bodies
from manual_org.api.v1 import edition_shapes as shapes
from manual_org.api.v1 import filters, representations
from manual_org.api.v1.base import changed, created
from manual_org.api.v1.steps import StepView
from manuals.services import (
    authorise_edition,
    change_edition,
    discard_edition,
    lock_with_manual,
    send_back_edition,
    withdraw_edition,
)
from review.submission import submit_edition
from units.outline import outline_of


class EditionDetailView(SelectingMixin, StepView):
    operations = {
        "GET": "editions_retrieve",
        "PATCH": "editions_change",
        "DELETE": "editions_discard",
    }
    parameters = {"GET": filters.EditionPart, "DELETE": filters.ReasonQuery}
    formats = (JSON, JSONLD, AKN)

    @extend_schema(responses=shapes.EditionDetail)
    def get(self, request, **address):
        """One edition: its data of authorisation, its sources, its chapters.

        As JSON-LD and as Akoma Ntoso it is the whole edition with all its texts.
        """
        edition = self.find_edition(**address)
        if isinstance(self.form, Export):
            return Response(self.form.edition(request, edition))
        whole = self.detail()
        if "expand" in self.query:
            root = outline_of(edition).root
            whole["tree"] = root and representations.branch(root, self.links)
        return Response(select(whole, self.query))

    @extend_schema(request=bodies.EditionChange, responses=shapes.EditionDetail)
    def patch(self, request, **address):
        """Change a draft's label, dates and data of authorisation."""
        self.find_for("change", **address)
        fields = self.body(bodies.EditionChange)
        with self.taking("change") as edition:
            self.edition = change_edition(edition=edition, user=request.user, **fields)
            return changed(self.detail())

    @extend_schema(responses={204: None})
    def delete(self, request, **address):
        """Discard a draft with all its content; histories remain."""
        self.find_for("discard", **address)
        with self.taking("discard") as edition:
            discard_edition(
                edition=edition, user=request.user, reason=self.query["reason"]
            )
        return Response(status=204)


class SubmitView(StepView):
    operations = {"POST": "editions_submit"}
    step = "submit"

    @extend_schema(request=bodies.Submission, responses=shapes.EditionDetail)
    def post(self, request, **address):
        """Close a draft for review, once every change has its note.

        If-Match names the edition as it is at its own address. Refused with
        `notes_missing` while units that differ from the base have no change note, with
        `errors_found` while the checks find errors that the base does not have and
        nobody waived; `readiness/` lists them. Whoever submits an edition cannot
        authorise it.
        """
        self.find_for(self.step, **address)
        fields = self.body(bodies.Submission)
        with self.taking(self.step) as edition:
            self.edition = submit_edition(
                edition=edition, user=request.user, comment=fields["reason"]
            )
            return changed(self.detail())


class SendBackView(StepView):
    operations = {"POST": "editions_send_back"}
    step = "send_back"

    @extend_schema(request=bodies.SendingBack, responses=shapes.EditionDetail)
    def post(self, request, **address):
        """Make an edition in review a draft again, saying what to correct.

        If-Match names the edition as it is at its own address.
        """
        self.find_for(self.step, **address)
        fields = self.body(bodies.SendingBack)
        with self.taking(self.step) as edition:
            self.edition = send_back_edition(
                edition=edition, user=request.user, comment=fields["reason"]
            )
            return changed(self.detail())


class AuthoriseView(StepView):
    operations = {"POST": "editions_authorise"}
    step = "authorise"
    lock = staticmethod(lock_with_manual)

    @extend_schema(request=bodies.Authorisation, responses=shapes.EditionDetail)
    def post(self, request, **address):
        """Authorise an edition in review; it never changes again.

        If-Match names the edition as it is at its own address. The edition in force on
        `effective_from` ends the day before, in the same transaction; `readiness/`
        says which. Refused with `second_person_required` to whoever submitted it, with
        `editions_overlap` where two editions would be in force on one day.
        """
        self.find_for(self.step, **address)
        fields = self.body(bodies.Authorisation)
        with self.taking(self.step) as edition:
            self.edition = authorise_edition(
                edition=edition,
                user=request.user,
                effective_from=fields["effective_from"],
                comment=fields["reason"],
            )
            return changed(self.detail())


class WithdrawView(StepView):
    operations = {"POST": "editions_withdraw"}
    step = "withdraw"
    lock = staticmethod(lock_with_manual)

    @extend_schema(request=bodies.Withdrawal, responses=shapes.EditionDetail)
    def post(self, request, **address):
        """Withdraw an authorised edition from a day on; it stays readable.

        If-Match names the edition as it is at its own address. It remains the answer
        for the days before.
        """
        self.find_for(self.step, **address)
        fields = self.body(bodies.Withdrawal)
        with self.taking(self.step) as edition:
            self.edition = withdraw_edition(
                edition=edition,
                user=request.user,
                reason=fields["reason"],
                on=fields.get("withdrawn_on"),
            )
            return changed(self.detail())


class DuplicateView(StepView):
    operations = {"POST": "editions_duplicate"}
    step = "duplicate"
    conditional_post = False

    @extend_schema(request=bodies.Duplication, responses={201: shapes.EditionDetail})
    def post(self, request, **address):
        """Copy an edition into a new draft that keeps all keys and starts from it.

        How every change of an authorised edition begins. The draft has no effective
        dates.
        """
        edition = self.find_for(self.step, conditional=False, **address)
        fields = self.body(bodies.Duplication)
        self.edition = duplicate_edition(edition=edition, user=request.user, **fields)
        return created(self.detail())
