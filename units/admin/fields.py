"""Form fields for units: one of a tree, one by its code, letters of positions."""

from __future__ import annotations

from html import escape

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.outline import Outline, OutlineUnit

# Indents in a list of options, where a browser would drop ordinary blanks.
EM_SPACE = "\u2003"


def unit_choices(units) -> list[tuple[int, str]]:
    """Options of a select, indented as the tree."""
    return [
        (unit.id, f"{EM_SPACE * unit.depth}{unit.code} {unit.name}") for unit in units
    ]


class UnitSelect(forms.Select):
    """A select of many units: Django's runs two templates for each of its options."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = str(value) if value is not None else ""
        options = [
            f'<option value="{pk}"{" selected" if str(pk) == chosen else ""}>'
            f"{escape(text)}</option>"
            for pk, text in self.choices
        ]
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return SafeString(f"<select{attributes}>{''.join(options)}</select>")


class UnitChoiceField(forms.ChoiceField):
    """A unit chosen from an outline; its value is the OutlineUnit or None."""

    widget = UnitSelect
    outline: Outline | None = None

    def offer(self, outline: Outline, units) -> None:
        """The units that can be chosen, all of this outline."""
        self.outline = outline
        self.choices = unit_choices(units)

    def clean(self, value) -> OutlineUnit | None:
        chosen = super().clean(value)
        return self.outline.by_id[int(chosen)] if chosen else None


class UnitCodeField(forms.CharField):
    """A unit named by its code; its value is the OutlineUnit or None.

    ``outline`` is set by the form. An ``<datalist>`` of the page, named by ``list``,
    offers the codes with their names.
    """

    DATALIST = "unit-codes"

    def __init__(self, **options):
        self.outline = Outline([])
        options.setdefault("label", gettext_lazy("Código de la unidad"))
        options.setdefault(
            "widget",
            forms.TextInput(attrs={"list": self.DATALIST, "class": "vCodeField"}),
        )
        super().__init__(**options)

    def clean(self, value):
        code = super().clean(value).rstrip(".")
        if not code:
            return None
        if code not in self.outline.by_code:
            raise ValidationError(
                _("No hay ninguna unidad con el código %(code)s.") % {"code": code}
            )
        return self.outline.by_code[code]


class LettersField(forms.CharField):
    """The letters of the positions that a unit groups: ``B, C, E``."""

    def __init__(self, **options):
        options.setdefault("required", False)
        options.setdefault("label", gettext_lazy("Plazas"))
        options.setdefault(
            "help_text",
            gettext_lazy(
                "Solo para unidades que agrupan varias: sus letras, separadas por "
                "comas, por ejemplo B, C, E."
            ),
        )
        super().__init__(**options)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        return [letter.strip() for letter in (value or "").split(",") if letter.strip()]

    def run_validators(self, value):
        super().run_validators(", ".join(value))  # they read texts: no null character

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)
