"""Steps that first show what a choice would change, and do only what was shown.

What the person saw is part of the form: ``asked`` is a fingerprint of what was chosen,
``seen`` of what that changes. Another choice, or a change that somebody made meanwhile,
brings the page again.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from manuals.admin.content import closed_because
from manuals.admin.forms import REFUSALS, add_refusal, fingerprint
from manuals.admin.steps import StepView
from manuals.services import lock_draft
from units import permissions
from units.admin.desk.fragments import asks_for_fragment
from units.admin.desk.preview import Preview
from units.outline import Outline, OutlineUnit, outline_of


class ReadsOutline:
    """A step of a row in an edition, with the edition's units.

    What is read for an answer is a ``cached_property``, so that it can be read anew.
    """

    @classmethod
    def why_not(cls, model_admin, obj):
        return closed_because(obj.edition)

    @cached_property
    def outline(self) -> Outline:
        return outline_of(self.edition)

    @cached_property
    def editable_ids(self) -> set[int]:
        """The units of the edition that the person may edit."""
        editable = permissions.editable_units(self.request.user, self.edition)
        return set(editable.values_list("pk", flat=True))

    def targets_but(self, excepted: set[int]) -> list[OutlineUnit]:
        """The units that the person may edit but these, in reading order."""
        allowed = self.editable_ids - excepted
        return [unit for unit in self.outline if unit.id in allowed]


class ConfirmedStep(StepView):
    """A step whose ``values`` say what is to be done; a subclass previews it."""

    chooses = False  # whether other values of the form give another preview
    values: dict | None = None  # plain; None until something is chosen

    def chosen(self, form) -> dict | None:
        """What the form asks for, or None where it does not say."""
        return {}

    def proposed(self) -> dict | None:
        """What the address asks for."""
        return {}

    def previewed(self) -> Preview:
        """What ``values``, which are chosen, would change."""
        raise NotImplementedError

    @property
    def preview(self) -> Preview | None:
        """What ``values`` would change; None while nothing is chosen."""
        return None if self.values is None else self._preview

    @cached_property
    def _preview(self) -> Preview:
        return self.previewed()

    def watched(self):
        return self.preview.values() if self.preview else None

    def read_anew(self) -> None:
        """Forget what was read before the lock."""
        for cls in type(self).__mro__:
            for name, attribute in vars(cls).items():
                if isinstance(attribute, cached_property):
                    self.__dict__.pop(name, None)

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
                lock_draft(self.edition)
                self.read_anew()
                return super().form_valid(form)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
            response = self.form_invalid(form)
            response.status_code = getattr(refusal, "status", response.status_code)
            return response

    def _put_focus(self, form):
        """On what is to be written or chosen; a preview is read before."""
        asked = [field for field in form.visible_fields() if field.name != "reason"]
        if asks_for_fragment(self.request) or not asked:
            return
        if not (self.chooses and self.preview):
            first = next((field for field in asked if field.errors), asked[0])
            first.field.widget.attrs["autofocus"] = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "preview": self.preview,
                "chooses": self.chooses,
                "may_confirm": self.preview is not None and not self.preview.refusal,
                "note": getattr(self, "note", ""),
                "action": self.request.get_full_path(),
                **kwargs,
            }
        )
