"""The fields of a form that somebody else saved meanwhile, one by one.

Where only the other person changed a field, theirs is taken over; where only this one
did, that stays; where both did, both are shown with the difference, and the person
chooses. ``seen`` carries a digest of each field's value when it was shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from manuals.admin.forms import ServiceForm, fingerprint, said_by_last_save
from manuals.admin.merging import CHOICES, THEIRS
from manuals.redlining import marked


@dataclass
class FieldClash:
    """A field that both changed; ``error`` is set while the person has not chosen."""

    name: str
    label: str
    mine: str
    theirs: str
    difference: SafeString


class MergingForm(ServiceForm):
    """A service's form whose stale fields are put together."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.open_clashes: list[str] = []
        self.fields_taken: list[str] = []
        self.fields_stale = False
        # Kept apart: validation writes into the instance.
        self.stored_values = (
            {name: self._stored(name, self.instance) for name in self.field_names()}
            if self.is_bound and self.instance.pk
            else {}
        )
        if self.stored_values:
            self._settle_choices()
            self._notice_stale_fields()

    # What a browser sends, compared as it sends it

    def fingerprint_of(self, instance):
        names = self.field_names()
        return ";".join(
            f"{name}:{fingerprint(self._stored(name, instance))[:12]}" for name in names
        )

    def _stored(self, name: str, instance) -> str:
        value = self._meta.model._meta.get_field(name).value_from_object(instance)
        return self._raw(self.fields[name].prepare_value(value))

    def _sent(self, name: str) -> str:
        field = self.fields[name]
        value = field.widget.value_from_datadict(
            self.data, self.files, self.add_prefix(name)
        )
        return self._raw(field.prepare_value(value))

    @staticmethod
    def _raw(value) -> str:
        return "" if value is None else str(value).strip()

    def _settle_choices(self) -> None:
        for name in self.field_names():
            if not self.data.get(f"clash-{name}"):
                continue
            pick = self.data.get(f"pick-{name}")
            if pick == THEIRS:
                self._take(name)
            elif pick not in CHOICES:
                self.open_clashes.append(name)

    def _take(self, name: str) -> None:
        self.data[self.add_prefix(name)] = self.stored_values[name]

    def _notice_stale_fields(self) -> None:
        seen = self.data.get(self.add_prefix("seen"), "")
        if seen == self.shown:
            return
        self.fields_stale = True
        was = dict(part.split(":", 1) for part in seen.split(";") if ":" in part)
        for name in self.field_names():
            mine = self._sent(name)
            theirs = self.stored_values[name]
            before = was.get(name)
            if theirs == mine or fingerprint(theirs)[:12] == before:
                continue
            if fingerprint(mine)[:12] == before:
                self._take(name)
                self.fields_taken.append(name)
            elif name not in self.open_clashes:
                self.open_clashes.append(name)
        self.data[self.add_prefix("seen")] = self.shown

    # Saying so

    def clean(self):
        if self.fields_stale:
            # What the base class compares: settled here, field by field.
            self.cleaned_data["seen"] = self.shown
        super().clean()
        if self.fields_stale:
            self.add_error(
                None,
                _(
                    "%(who)s Lo que usted escribió sigue en el formulario, sin "
                    "guardar: revise lo señalado y guarde de nuevo."
                )
                % {"who": said_by_last_save(self.instance)},
            )
        for name in self.fields_taken:
            self.add_error(name, _("Lo cambió otra persona; usted no."))
        for name in self.open_clashes:
            self.add_error(
                name,
                _("Está guardado: «%(value)s». Elija arriba qué queda.")
                % {"value": self._shown(name, self.stored_values[name])},
            )
        return self.cleaned_data

    def clashes(self) -> list[FieldClash]:
        """The fields in which the person has yet to choose."""
        found = []
        for name in self.open_clashes:
            mine = self._shown(name, self._sent(name))
            theirs = self._shown(name, self.stored_values[name])
            label = str(self[name].label)
            found.append(FieldClash(name, label, mine, theirs, marked(theirs, mine)))
        return found

    def _shown(self, name: str, raw: str) -> str:
        """A raw value as people read it."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None:
            raw = next((str(text) for key, text in choices if str(key) == raw), raw)
        return raw or "—"
