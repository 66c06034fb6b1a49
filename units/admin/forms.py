"""Forms of units: what they say of themselves, where they stand, new ones."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from manuals.admin.forms import ReasonField, ReasonForm, ServiceForm
from units.admin.fields import LettersField, UnitChoiceField
from units.models import Unit


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


class MoveForm(ReasonForm):
    """Where a unit is to stand."""

    target = UnitChoiceField(label=_("Unidad superior"))
    place = PlaceField()
    reason = ReasonField()

    field_order = ["target", "place", "reason"]

    def __init__(self, *args, outline, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].offer(outline, targets)
