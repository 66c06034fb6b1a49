"""Which saves of an edition's history a person wants to see."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from review.history.saves import Filters
from review.history.scope import Scope, branch_scope, unit_key, unit_scope


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class HistoryFilterForm(forms.Form):
    """``people`` are those who saved something in the edition, as (id, name)."""

    rama = forms.CharField(
        label=gettext_lazy("Unidad y las que dependen de ella"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Código")}),
    )
    persona = forms.TypedChoiceField(
        label=gettext_lazy("Persona"), required=False, coerce=int, empty_value=None
    )
    desde = forms.DateField(
        label=gettext_lazy("Desde"), required=False, widget=DayInput
    )
    hasta = forms.DateField(
        label=gettext_lazy("Hasta"), required=False, widget=DayInput
    )
    sola = forms.BooleanField(
        label=gettext_lazy("Solo la unidad, sin las que dependen de ella"),
        required=False,
    )

    def __init__(self, *args, edition, people, **kwargs):
        super().__init__(*args, auto_id="%s", label_suffix="", **kwargs)
        self.edition = edition
        self.fields["persona"].choices = [
            ("", _("Todas")),
            *((pk, name or _("Sistema")) for pk, name in people),
        ]
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"{name}-error"}
                )

    def clean_rama(self):
        """The key of the unit, or None; the code may be one that it had before."""
        code = self.cleaned_data["rama"].rstrip(".")
        if not code:
            return None
        key = unit_key(self.edition, code)
        if key is None:
            raise forms.ValidationError(
                _("Ninguna unidad de esta edición tiene o tuvo el código %(code)s."),
                params={"code": code},
            )
        return key

    def clean(self):
        super().clean()
        since, until = (self.cleaned_data.get(name) for name in ("desde", "hasta"))
        if since and until and until < since:
            self.add_error("hasta", _("Es anterior al primer día."))
        return self.cleaned_data

    def scope(self) -> Scope:
        key = self.cleaned_data["rama"]
        if key is None:
            return Scope(self.edition)
        if self.cleaned_data["sola"]:
            return unit_scope(self.edition, key)
        return branch_scope(self.edition, key)

    def filters(self) -> Filters:
        return Filters(
            person=self.cleaned_data["persona"],
            since=_begin(self.cleaned_data["desde"]),
            until=_begin(self.cleaned_data["hasta"], following=True),
        )

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for: the whole history is shown."""
        return not any(str(self[name].value() or "") for name in self.fields)


def _begin(day, *, following=False) -> datetime | None:
    """The beginning of a day at the institution; of the next one if ``following``."""
    if day is None:
        return None
    if following:
        try:
            day += timedelta(days=1)
        except OverflowError:
            return None
    return timezone.make_aware(datetime.combine(day, time.min))
