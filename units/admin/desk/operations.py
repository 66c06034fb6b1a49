"""Steps that change the tree: each shows what changes, then asks to confirm it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.admin.desk.concerns import Change, concerns_of
from units.admin.desk.confirming import ConfirmedStep, ReadsOutline
from units.admin.desk.fragments import FragmentMixin, asks_for_fragment
from units.admin.desk.preview import Preview, preview_of
from units.exceptions import TreeConflict
from units.planning import Plan

FROM_DESK = "estructura"  # ?desde=estructura: come from the tree, go back to it


class Operation(ReadsOutline, FragmentMixin, ConfirmedStep):
    """A step on a unit of the tree; a subclass plans it."""

    template_name = "admin/units/unit/operation.html"
    fragment_template_name = "admin/units/unit/_operation.html"
    button = gettext_lazy("Confirmar")

    what = ""  # of Change

    def plan(self, values: dict) -> tuple[Plan, str]:
        """What would be done and, in a sentence, where. Raises TreeConflict."""
        raise NotImplementedError

    # What is shown

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

    def previewed(self) -> Preview:
        try:
            plan, sentence = self.plan(self.values)
            change = Change(
                self.what, self.object.edition, self.outline, self.subject(), plan
            )
        except TreeConflict as refusal:
            return Preview(refusal=str(refusal))
        return preview_of(change, sentence, concerns_of(change))

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
        return super().get_context_data(
            **{
                "is_fragment": asks_for_fragment(self.request),
                "cancel_url": self.cancel_url(),
                **kwargs,
            }
        )
