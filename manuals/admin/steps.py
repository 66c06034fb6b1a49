"""Pages that do one thing with one row, after asking for the reason.

Deleting, moving, submitting, authorising: each is a StepView that an admin lists in
``steps``. A step says whether the person may take it and, if not now, why not; it is
done by a service in one transaction, and a refusal comes back on its form.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from manuals.admin.forms import REFUSALS, ReasonForm, add_refusal, fingerprint
from manuals.admin.undoing import (
    edition_of,
    last_reason,
    remember_reason,
    undo_address,
    with_undo,
)
from manuals.exceptions import DomainError, Stale
from manuals.history import recording
from manuals.models import Edition


class InUse(DomainError):
    """A row was to be deleted that others need."""

    code = "in_use"


class StepView(FormView):
    """One step of one row; a subclass sets the texts and implements :meth:`perform`."""

    model_admin = None  # given by as_view()
    form_class = ReasonForm
    template_name = "admin/step.html"

    slug = ""  # the last part of its address
    title = ""
    button = ""
    done = ""  # the message afterwards; %(object)s is the row's name
    dangerous = False
    prominent = False
    # Whether it changes what an edition says: such a step can be undone, and proposes
    # the reason of the person's last one.
    changes_content = True

    @classmethod
    def permitted(cls, model_admin, request, obj) -> bool:
        """Whether the person may ever take this step with this row."""
        raise NotImplementedError

    @classmethod
    def why_not(cls, model_admin, obj) -> str:
        """Why the row's state does not allow the step; empty if it does."""
        return ""

    def perform(self, form):
        """Do it, by a service; may return the row to go to. Raises refusals."""
        raise NotImplementedError

    def watched(self):
        """Plain values the page shows; if they changed meanwhile, it is shown again."""
        return None

    def facts(self) -> list[tuple[str, object]]:
        """(what, how much or which) that the person should know before."""
        return []

    def dispatch(self, request, *args, **kwargs):
        return self.find(**kwargs) or super().dispatch(request, *args, **kwargs)

    def find(self, *, object_id):
        """Find the row that the step is about; a response if there is no step to take.

        Raises PermissionDenied.
        """
        self.object = self.model_admin.get_object(self.request, unquote(object_id))
        if self.object is None:
            messages.warning(self.request, _("El registro ya no existe."))
            return HttpResponseRedirect(self.model_admin.address("changelist"))
        if not self.permitted(self.model_admin, self.request, self.object):
            raise PermissionDenied
        self.name = str(self.object)
        why_not = self.why_not(self.model_admin, self.object)
        return self.refuse(why_not) if why_not else None

    def refuse(self, why_not: str):
        messages.error(self.request, why_not)
        return HttpResponseRedirect(self.object_url())

    def object_url(self) -> str:
        return self.model_admin.address("change", self.object.pk)

    def get_success_url(self):
        return self.object_url()

    def authorship(self, form) -> dict:
        return {"user": self.request.user, "reason": form.cleaned_data["reason"]}

    @property
    def edition(self) -> Edition | None:
        """The edition whose content the step changes, if it is such a step."""
        return edition_of(self.object) if self.changes_content else None

    def form_valid(self, form):
        seen, edition = fingerprint(self.watched()), self.edition
        reason = form.cleaned_data.get("reason", "")
        try:
            if form.cleaned_data["seen"] != seen:
                raise Stale
            # One recording, however many services it takes: one change to undo.
            with (
                transaction.atomic(),
                recording(user=self.request.user, reason=reason) as change,
            ):
                done = self.perform(form)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
            form.data = form.data.copy()
            form.data[form.add_prefix("seen")] = seen
            response = self.form_invalid(form)
            if isinstance(refusal, DomainError):
                response.status_code = refusal.status
            return response
        self.object = done or self.object
        self.record()
        self.remember(edition, reason)
        undo = undo_address(edition, change)
        messages.success(self.request, with_undo(self.message(), undo))
        return HttpResponseRedirect(self.get_success_url())

    def message(self) -> str:
        return str(self.done) % {"object": self.name}

    def remember(self, edition: Edition | None, reason: str) -> None:
        """Keep the reason, to propose it in the next form of the same edition."""
        remember_reason(self.request, edition, reason)

    def record(self) -> None:
        """Note the step in Django's own list of recent actions."""
        self.model_admin.log_change(self.request, self.object, str(self.title))

    def get_initial(self):
        return {
            "reason": last_reason(self.request, self.edition),
            **super().get_initial(),
            "seen": fingerprint(self.watched()),
        }

    def _put_focus(self, form) -> None:
        """Where the person goes on: the first field, or the first one refused.

        Not on pages that show something else to read before.
        """
        fields = form.visible_fields()
        if self.template_name != StepView.template_name or self.facts() or not fields:
            return
        first = next((field for field in fields if field.errors), fields[0])
        first.field.widget.attrs["autofocus"] = True

    def get_context_data(self, **kwargs):
        context = self._context(**kwargs)
        self._put_focus(context["form"])
        return context

    def _context(self, **kwargs) -> dict:
        return super().get_context_data(
            **{
                **self.model_admin.admin_site.each_context(self.request),
                "title": self.title,
                "subtitle": self.name,
                "opts": self.model_admin.opts,
                "object": self.object,
                "object_url": self.object_url(),
                "button": self.button or self.title,
                "dangerous": self.dangerous,
                "facts": self.facts(),
                **kwargs,
            }
        )


class DeleteStep(StepView):
    """Delete a row, showing how much goes with it."""

    slug = "delete"
    template_name = "admin/delete_step.html"
    title = gettext_lazy("Eliminar")
    done = gettext_lazy("Se eliminó «%(object)s».")
    dangerous = True

    @classmethod
    def permitted(cls, model_admin, request, obj):
        # Asked without the edition's state: that is why_not's answer.
        return model_admin.may_delete(request.user, obj)

    @classmethod
    def why_not(cls, model_admin, obj):
        return model_admin.closed_because(obj)

    def perform(self, form):
        self.model_admin.log_deletions(
            self.request, type(self.object).objects.filter(pk=self.object.pk)
        )
        try:
            self.model_admin.delete_object(obj=self.object, **self.authorship(form))
        except ProtectedError as error:
            rows = error.protected_objects
            kinds = sorted({str(row._meta.verbose_name_plural) for row in rows})
            raise InUse(
                ngettext(
                    "No se puede eliminar: depende de él %(number)d registro "
                    "(%(what)s).",
                    "No se puede eliminar: dependen de él %(number)d registros "
                    "(%(what)s).",
                    len(rows),
                )
                % {"number": len(rows), "what": ", ".join(kinds)}
            ) from None

    def record(self):
        pass  # the deletion is noted with the row still there

    def watched(self):
        return self.taken_along

    def facts(self):
        return self.taken_along

    @cached_property
    def taken_along(self) -> list[tuple[str, int]]:
        return [
            (str(what), count)
            for what, count in self.model_admin.taken_along(self.object)
        ]

    def get_success_url(self):
        return self.model_admin.address("changelist")
