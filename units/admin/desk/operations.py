"""Steps that change the tree: each shows what changes, then asks to confirm it.

What the person saw is part of the form, so that nothing is done that was not shown: a
place chosen meanwhile, or a tree that somebody changed, brings the page again.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.admin.content import closed_because
from manuals.admin.forms import REFUSALS, add_refusal, fingerprint
from manuals.admin.steps import StepView
from manuals.services import lock_draft
from units import permissions
from units.admin.desk.concerns import Change, concerns_of
from units.admin.desk.fragments import FragmentMixin, asks_for_fragment
from units.admin.desk.preview import Preview, preview_of
from units.exceptions import TreeConflict
from units.outline import Outline, outline_of
from units.planning import Plan

FROM_DESK = "estructura"  # ?desde=estructura: come from the tree, go back to it


class Operation(FragmentMixin, StepView):
    """A step whose ``values`` say what is to be done; a subclass plans it."""

    template_name = "admin/units/unit/operation.html"
    fragment_template_name = "admin/units/unit/_operation.html"
    button = gettext_lazy("Confirmar")

    what = ""  # of Change
    chooses = False  # whether other values of the form give another preview
    values: dict | None = None  # plain; None until something is chosen

    def plan(self, values: dict) -> tuple[Plan, str]:
        """What would be done and, in a sentence, where. Raises TreeConflict."""
        raise NotImplementedError

    def chosen(self, form) -> dict | None:
        """What the form asks for, or None where it does not say."""
        return {}

    def proposed(self) -> dict | None:
        """What the address asks for."""
        return {}

    @classmethod
    def why_not(cls, model_admin, obj):
        return closed_because(obj.edition)

    # What is shown

    @property
    def outline(self) -> Outline:
        if not hasattr(self, "_outline"):
            self._outline = outline_of(self.object.edition)
        return self._outline

    @property
    def unit(self):
        """The unit in the outline; TreeConflict if it was deleted meanwhile."""
        return self.known(self.object.pk)

    def known(self, unit_id: int):
        if unit_id not in self.outline.by_id:
            raise TreeConflict(_("La unidad ya no existe en esta edición."))
        return self.outline.by_id[unit_id]

    def subject(self):
        return self.unit

    def preview(self) -> Preview | None:
        """What ``values`` would change; None while nothing is chosen."""
        if self.values is None:
            return None
        if not hasattr(self, "_preview"):
            self._preview = self._previewed()
        return self._preview

    def _previewed(self) -> Preview:
        try:
            plan, sentence = self.plan(self.values)
            change = Change(
                self.what, self.object.edition, self.outline, self.subject(), plan
            )
        except TreeConflict as refusal:
            return Preview(refusal=str(refusal))
        return preview_of(change, sentence, concerns_of(change))

    def watched(self):
        preview = self.preview()
        return preview.values() if preview else None

    def _read_anew(self):
        for name in ("_outline", "_preview", "_targets", "_taken_along"):
            self.__dict__.pop(name, None)

    # Asking and confirming

    def get(self, request, *args, **kwargs):
        self.values = self.proposed()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        is_valid = form.is_valid()
        self.values = self.chosen(form)
        if "_preview" in request.POST:
            form.errors.pop("reason", None)
            return self.form_invalid(form)
        return self.form_valid(form) if is_valid else self.form_invalid(form)

    def get_initial(self):
        return {**super().get_initial(), "asked": fingerprint(self.values)}

    def form_invalid(self, form):
        """The page again, bound to what it now shows."""
        form.data = form.data.copy()
        form.data[form.add_prefix("seen")] = fingerprint(self.watched())
        form.data[form.add_prefix("asked")] = fingerprint(self.values)
        return super().form_invalid(form)

    def form_valid(self, form):
        if form.cleaned_data["asked"] != fingerprint(self.values):
            self.note = _(
                "Esto es lo que cambia con lo que usted eligió. Revíselo y confirme."
            )
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                # What is compared with what was seen is what the service will find.
                lock_draft(self.object.edition)
                self._read_anew()
                return super().form_valid(form)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
            response = self.form_invalid(form)
            response.status_code = getattr(refusal, "status", response.status_code)
            return response

    def record(self):
        self.is_done = True
        super().record()

    # Where from and where to

    @property
    def is_from_desk(self) -> bool:
        return self.request.GET.get("desde") == FROM_DESK

    def desk_url(self, unit_id: int | None = None) -> str:
        address = self.model_admin.address("structure", self.object.edition_id)
        return f"{address}?unidad={unit_id}#u{unit_id}" if unit_id else address

    def get_success_url(self):
        if self.is_from_desk:
            return self.desk_url(self.unit_to_go_to())
        return super().get_success_url()

    def unit_to_go_to(self):
        return self.object.pk

    def cancel_url(self) -> str:
        if self.is_from_desk:
            return self.desk_url(self.object.pk)
        return self.object_url()

    def get_context_data(self, **kwargs):
        preview = self.preview()
        return super().get_context_data(
            **{
                "preview": preview,
                "may_confirm": preview is not None and not preview.refusal,
                "chooses": self.chooses,
                "note": getattr(self, "note", ""),
                "is_fragment": asks_for_fragment(self.request),
                "cancel_url": self.cancel_url(),
                "action": self.request.get_full_path(),
                **kwargs,
            }
        )

    def editable_ids(self) -> set[int]:
        """The units of the edition that the person may edit."""
        editable = permissions.editable_units(self.request.user, self.object.edition)
        return set(editable.values_list("pk", flat=True))
