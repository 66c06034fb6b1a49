"""What a person asks the page of find and replace: the term, and where."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from functions.replacing import MAX_FIND, MAX_REPLACE, BadTerm, Term
from units.outline import Outline, OutlineUnit

BAD_TERMS = {
    "empty": gettext_lazy("Escriba qué buscar."),
    "long": gettext_lazy("El texto es demasiado largo para buscarlo o ponerlo."),
    "syntax": gettext_lazy(
        "La expresión regular no se entiende: revise paréntesis, corchetes y barras."
    ),
    "braces": gettext_lazy(
        "En una expresión regular, una llave que no cuenta repeticiones se escribe \\{."
    ),
    "counts": gettext_lazy(
        "La expresión regular pide demasiadas repeticiones entre llaves."
    ),
    "group": gettext_lazy(
        "El reemplazo nombra un grupo que la expresión regular no tiene; una barra "
        "sola se escribe \\\\."
    ),
    "slow": gettext_lazy(
        "La expresión regular tarda demasiado; escríbala de una manera más sencilla."
    ),
    "huge": gettext_lazy("El reemplazo haría demasiado largos los textos."),
}
# These are on unless the form, which then says so, comes without them.
ON_BY_DEFAULT = ("word", "case", "below")


class SearchForm(forms.Form):
    """Sent by GET, so that a search has its address; nothing is written by it."""

    edition = forms.CharField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    find = forms.CharField(
        label=gettext_lazy("Buscar"),
        strip=False,
        max_length=MAX_FIND,
        error_messages={"required": BAD_TERMS["empty"]},
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    replace = forms.CharField(
        label=gettext_lazy("Reemplazar por"),
        strip=False,
        required=False,
        max_length=MAX_REPLACE,
        help_text=gettext_lazy("Vacío: lo que se encuentra se quita."),
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    word = forms.BooleanField(label=gettext_lazy("Solo palabras completas"))
    case = forms.BooleanField(label=gettext_lazy("Distinguir mayúsculas y minúsculas"))
    adapt = forms.BooleanField(
        label=gettext_lazy("Escribir el reemplazo con las mayúsculas de lo encontrado")
    )
    expression = forms.BooleanField(
        label=gettext_lazy("Es una expresión regular"),
        help_text=gettext_lazy(
            "En el reemplazo, \\1 es lo que encontró el primer paréntesis."
        ),
    )
    article = forms.ChoiceField(
        label=gettext_lazy("Artículo que antecede"),
        choices=[
            ("", gettext_lazy("Dejarlo como está")),
            ("m", gettext_lazy("En masculino: las → los, de la → del")),
            ("f", gettext_lazy("En femenino: los → las, del → de la")),
        ],
    )
    unit = forms.ChoiceField(label=gettext_lazy("Dónde"))
    below = forms.BooleanField(
        label=gettext_lazy("También en las unidades que dependen de ella")
    )

    checks = ("word", "case", "adapt", "expression")

    def __init__(self, query, *, edition, outline: Outline):
        self.outline = outline
        data = query.copy()
        data["edition"] = edition.pk
        if "asked" not in data:
            for name in ON_BY_DEFAULT:
                data.setdefault(name, "on")
        data["asked"] = "1"
        bound = "find" in query
        super().__init__(
            data if bound else None, initial=None if bound else data.dict()
        )
        for name in (*self.checks, "article", "unit", "below"):
            self.fields[name].required = False
        self.fields["unit"].choices = [
            ("", _("Toda la edición")),
            *((str(unit.id), f"{unit.code} {unit.name}") for unit in outline),
        ]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("expression"):
            for name in ("find", "replace"):
                cleaned[name] = cleaned.get(name, "").strip()
        return cleaned

    def tell(self, refusal: BadTerm) -> None:
        """Say at its field why the term cannot be searched for."""
        name = "replace" if refusal.problem in ("group", "huge") else "find"
        self.add_error(name, BAD_TERMS[refusal.problem])

    def term(self) -> Term:
        said = self.cleaned_data
        return Term(
            find=said["find"],
            replace=said["replace"],
            whole_word=said["word"],
            match_case=said["case"],
            expression=said["expression"],
            adapt_case=said["adapt"],
            article=said["article"] or None,
        )

    def asked_unit(self) -> OutlineUnit | None:
        """The unit to which the search is limited; None for the whole edition."""
        asked = self.cleaned_data["unit"]
        return self.outline.by_id[int(asked)] if asked else None

    def units(self) -> list[OutlineUnit]:
        """Where to search, in reading order."""
        unit = self.asked_unit()
        if unit is None:
            return self.outline.units
        return list(unit.branch()) if self.cleaned_data["below"] else [unit]

    def search_fields(self):
        """The fields that stand in rows of their own, each with its label before it."""
        return [self["find"], self["replace"]]

    def check_fields(self):
        return [self[name] for name in self.checks]
