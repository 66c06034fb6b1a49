"""Forms of units: what they say of themselves, where they stand, new ones."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manuals.admin.forms import ReasonForm, ServiceForm, fingerprint
from manuals.admin.posted import posted_number
from manuals.exceptions import Stale
from units.admin.desk.adding import previewed
from units.admin.desk.concerns import Change, concerns_of
from units.admin.desk.preview import Preview
from units.admin.fields import LettersField, UnitChoiceField
from units.models import Unit, UnitKind
from units.outline import outline_of


class PlaceField(forms.IntegerField):
    def __init__(self, **options):
        super().__init__(
            label=_("Lugar entre sus unidades hermanas"),
            help_text=_("1 es el primero; sin número, el último."),
            required=False,
            min_value=1,
            **options,
        )


class UnitForm(ServiceForm):
    """What a unit says of itself.

    Another name is saved once the person has seen who uses the one before: ``asked``
    is a fingerprint of the preview that the page shows.
    """

    positions = LettersField()
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    not_data = (*ServiceForm.not_data, "asked")
    preview: Preview | None = None

    class Meta:
        model = Unit
        fields = ["name", "kind", "positions", "objective"]
        widgets = {"objective": AdminTextareaWidget(attrs={"rows": 3})}

    def clean(self):
        super().clean()
        self.preview = self.previewed()
        if self.preview is not None and not self.errors:
            self.demand_seen()
        return self.cleaned_data

    def previewed(self) -> Preview | None:
        """What else the change concerns; None where nothing does."""
        name = self.cleaned_data.get("name")
        if not name or name == self.instance.name:
            return None
        edition = self.instance.edition
        outline = outline_of(edition)
        unit = outline.by_id.get(self.instance.pk)
        if unit is None:
            return None
        change = Change(Change.RENAME, edition, outline, unit, new_name=name)
        concerns = concerns_of(change)
        return Preview(concerns=concerns) if concerns else None

    def demand_seen(self) -> None:
        """Let nothing pass that the page did not show."""
        shown = fingerprint(self.values_seen())
        if self.cleaned_data.get("asked") == shown:
            return
        self.data[self.add_prefix("asked")] = shown
        if not self.needs_look():
            return
        self.add_error(
            None,
            gettext(
                "Todavía no se guarda nada. Antes del motivo se muestra lo que cambia; "
                "revíselo y guarde de nuevo."
            ),
        )

    def values_seen(self):
        return [self.cleaned_data.get("name"), self.preview.values()]

    def needs_look(self) -> bool:
        return True


class NewUnitForm(UnitForm):
    """A new unit and its place in a draft; ``edition`` is set by the admin."""

    edition = None
    outline = None
    targets = ()

    target = UnitChoiceField(label=_("Unidad superior"))
    place = PlaceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.edition = self.edition
        if self.outline.units:
            self.fields["target"].offer(self.outline, self.targets)
        else:
            # The first unit of an edition is its root: it has no place to choose.
            del self.fields["target"], self.fields["place"]
        if not self.is_bound:
            self._show_proposed()

    def _show_proposed(self):
        """The preview of the place that the address names."""
        target, place = (
            posted_number(str(self.initial.get(one) or ""))
            for one in ("target", "place")
        )
        if target in self.outline.by_id:
            self.preview = self._preview(self.outline, target, place)
            self.initial["asked"] = fingerprint(self.preview.values())

    def _preview(self, outline, target, place) -> Preview:
        return previewed(self.edition, outline, target, place)

    def previewed(self):
        target = self.cleaned_data.get("target")
        if target is None or self.has_error("place"):
            return None
        return self._preview(self.outline, target.id, self.cleaned_data.get("place"))

    def values_seen(self):
        return self.preview.values()

    def needs_look(self):
        return len(self.preview.lines) > 1  # more than its own code

    def demand_unchanged_place(self) -> None:
        """Raise Stale if, under the lock, the place is not what was previewed."""
        target = self.cleaned_data.get("target")
        if target is None:
            return
        outline = outline_of(self.edition)
        place = self.cleaned_data.get("place")
        now = (
            self._preview(outline, target.id, place)
            if target.id in outline.by_id
            else None
        )
        if now is None or now.values() != self.preview.values():
            raise Stale


class OperationForm(ReasonForm):
    """A change of the tree; ``asked`` is a fingerprint of what the page is about."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)


class MoveForm(OperationForm):
    """Where a unit is to stand."""

    target = UnitChoiceField(
        label=_("Unidad superior"),
        error_messages={
            "invalid_choice": _("No puede poner la unidad en ese lugar."),
        },
    )
    place = PlaceField()

    field_order = ["target", "place", "reason"]

    def __init__(self, *args, outline, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].offer(outline, targets)


class NamingForm(OperationForm):
    """What a unit is called, and its level."""

    name = forms.CharField(
        label=_("Nombre"),
        max_length=Unit._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    kind = forms.ModelChoiceField(
        UnitKind.objects.all(), to_field_name="name", label=_("Nivel")
    )

    field_order = ["name", "kind", "reason"]


class AddForm(NamingForm):
    """A new unit."""


class RenameForm(NamingForm):
    """Another name or level for a unit that exists."""

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean(self):
        super().clean()
        said = (self.cleaned_data.get("name"), self.cleaned_data.get("kind"))
        if said == (self.unit.name, self.unit.kind):
            raise ValidationError(gettext("Escriba otro nombre o elija otro nivel."))
        return self.cleaned_data


class DeleteForm(OperationForm):
    """Only its reason."""
