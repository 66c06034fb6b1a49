"""Forms of units: what they say of themselves, where they stand, new ones."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from manuals.admin.forms import ReasonForm, ServiceForm
from units.admin.fields import LettersField, UnitChoiceField
from units.models import Unit, UnitKind


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
    """What a unit says of itself."""

    positions = LettersField()

    class Meta:
        model = Unit
        fields = ["name", "kind", "positions", "objective"]
        widgets = {"objective": AdminTextareaWidget(attrs={"rows": 3})}


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
