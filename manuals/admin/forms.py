"""Forms that ask for the reason of a change and notice changes made meanwhile."""

from __future__ import annotations

import hashlib
import json

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals.exceptions import DomainError, Stale
from manuals.models.plain import demand_writable


def fingerprint(value) -> str:
    """A short digest of plain values, to notice whether they changed meanwhile."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class DateInput(forms.DateInput):
    """The browser's own date field: it needs no script."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ReasonField(forms.CharField):
    """Why the change is made; goes into the history of every row that it touches."""

    widget = AdminTextareaWidget

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("Motivo del cambio"))
        options.setdefault(
            "help_text", gettext_lazy("Quedará en el historial junto con su nombre.")
        )
        options.setdefault(
            "error_messages",
            {"required": gettext_lazy("Indique el motivo del cambio.")},
        )
        options.setdefault("widget", self.widget(attrs={"rows": 2}))
        options.setdefault("validators", [demand_writable])
        super().__init__(**options)


def add_refusal(form: forms.BaseForm, refusal: Exception) -> None:
    """Show a service's refusal on the form, at its field where there is one."""
    if not isinstance(refusal, ValidationError):
        form.add_error(None, str(refusal))
    elif not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
    else:
        for name, errors in refusal.error_dict.items():
            shown = name in form.fields and name != NON_FIELD_ERRORS
            form.add_error(name if shown else None, errors)


REFUSALS = (DomainError, ValidationError)


class ReasonForm(forms.Form):
    """A step that needs its reason; ``seen`` is what the page showed."""

    reason = ReasonField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ServiceForm(forms.ModelForm):
    """A model's form for a write through a service.

    ``seen`` is a fingerprint of the values that the person was shown. When somebody
    saved others meanwhile, the form comes back with the person's own texts and, at each
    field, what is stored now; sent again, it replaces that. ``refusal`` is what the
    service said, set by the admin, which then shows the form again.
    """

    reason = ReasonField()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    refusal: Exception | None = None
    last_reason = ""  # what the person said the last time, proposed anew
    not_data = ("reason", "seen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self._with_plain_line_breaks(self.data)
        self.shown = self.fingerprint_of(self.instance) if self.instance.pk else ""
        self.initial["seen"] = self.shown
        self.initial.setdefault("reason", self.last_reason)

    @staticmethod
    def _with_plain_line_breaks(data):
        """A copy whose texts break lines as stored ones do.

        Browsers send other line breaks than they were given: every text of several
        lines would count as changed.
        """
        data = data.copy()
        for name, values in list(data.lists()):
            data.setlist(name, [value.replace("\r\n", "\n") for value in values])
        return data

    def field_names(self) -> list[str]:
        """The model's fields in this form."""
        known = {field.name for field in self._meta.model._meta.fields}
        return [name for name in self.fields if name in known]

    def field_values(self) -> dict:
        """What the person wrote, by field of the model."""
        return {name: self.cleaned_data[name] for name in self.field_names()}

    def reason_given(self) -> str:
        return self.cleaned_data["reason"]

    def fingerprint_of(self, instance) -> str:
        return fingerprint(model_to_dict(instance, self.field_names()))

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name not in self.not_data]

    def clean(self):
        super().clean()
        if self.instance.pk and self.cleaned_data.get("seen") != self.shown:
            self._tell_stale()
        elif self.refusal is not None:
            add_refusal(self, self.refusal)
        return self.cleaned_data

    def _tell_stale(self):
        self.add_error(
            None,
            _(
                "%(who)s Lo que usted escribió sigue en el formulario, sin guardar; en "
                "cada dato distinto se indica lo que está guardado. Si vuelve a "
                "guardar, quedará lo que usted escribió."
            )
            % {"who": said_by_last_save(self.instance)},
        )
        for name in self.changed_data:
            if name in self.field_names() and not self.has_error(name):
                self.add_error(
                    name,
                    _("Está guardado: «%(value)s».")
                    % {"value": self._as_words(name) or "—"},
                )
        self.data[self.add_prefix("seen")] = self.shown

    def _as_words(self, name: str) -> str:
        """The stored value as people read it; the instance is not changed yet."""
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name)
        return (
            ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        )

    def demand_unchanged(self, stored) -> None:
        """Raise Stale if the row, read under the lock, is not what was shown."""
        if self.fingerprint_of(stored) != self.cleaned_data["seen"]:
            raise Stale


def person_name(user) -> str:
    """As people know each other; an account that is gone is somebody else."""
    if user is None:
        return _("Otra persona")
    return user.get_full_name() or user.get_username()


def said_by_last_save(instance) -> str:
    """Who saved last, when and why, as a sentence."""
    latest = (
        type(instance)
        .history.filter(**{instance._meta.pk.attname: instance.pk})
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
        .first()
    )
    if latest is None:
        return _("Otra persona guardó cambios mientras tanto.")
    return _("%(person)s guardó cambios mientras tanto (motivo: %(reason)s).") % {
        "person": person_name(latest.history_user),
        "reason": latest.history_change_reason or "—",
    }
