"""Forms of importing and duplicating."""

from __future__ import annotations

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.uploads import demand_size, largest_upload, suffixes
from manuals.admin.filters import edition_name
from manuals.admin.forms import DateInput, ReasonField, ReasonForm
from manuals.models import Edition, Manual


class OptionsForm(forms.Form):
    """What an import is to become."""

    manual = forms.ModelChoiceField(
        Manual.objects.all(),
        label=gettext_lazy("Manual"),
        required=False,
        empty_label=gettext_lazy("El que diga el documento"),
    )
    label = forms.CharField(
        label=gettext_lazy("Edición"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Por ejemplo 2024. Si la deja en blanco, el año de ratificación que diga "
            "el documento; un fragmento no lo dice."
        ),
    )
    base = forms.ModelChoiceField(
        Edition.objects.with_manual().order_by("manual__title", "-pk"),
        label=gettext_lazy("Sobre la edición"),
        required=False,
        empty_label=gettext_lazy("Ninguna: es un documento completo"),
        help_text=gettext_lazy(
            "Para un fragmento, o para que las funciones conserven su identidad. La "
            "edición elegida no cambia: el resultado es un borrador que parte de ella."
        ),
    )
    authorised = forms.BooleanField(
        label=gettext_lazy("Se autorizó fuera de este sistema: registrarla autorizada"),
        required=False,
    )
    effective_from = forms.DateField(
        label=gettext_lazy("Vigente desde"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy(
            "Solo si se registra autorizada. Si la deja en blanco, la fecha de "
            "ratificación."
        ),
    )

    def __init__(self, *args, may_authorise: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].label_from_instance = edition_name
        if not may_authorise:
            del self.fields["authorised"], self.fields["effective_from"]

    def clean(self):
        said = super().clean()
        base, manual = said.get("base"), said.get("manual")
        if base is not None and manual is not None and base.manual_id != manual.pk:
            self.add_error("base", _("Esta edición es de otro manual."))
        return said

    def arguments(self) -> dict:
        """As services.import_edition takes them."""
        said = self.cleaned_data
        base, manual = said["base"], said["manual"]
        if base is not None:
            manual = base.manual
        return {
            "manual_slug": manual.slug if manual else None,
            "label": said["label"].strip() or None,
            "base_label": base.label if base else None,
            "authorised": said.get("authorised", False),
            "effective_from": said.get("effective_from"),
        }


class UploadForm(OptionsForm):
    """The file, bounded in size and by its extension."""

    source = forms.FileField(label=gettext_lazy("Archivo"))

    field_order = ["source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["accept"] = ",".join(suffixes())
        self.fields["source"].help_text = _("%(suffixes)s, de hasta %(size)s.") % {
            "suffixes": ", ".join(suffixes()),
            "size": filesizeformat(largest_upload()),
        }

    def clean_source(self):
        source = self.cleaned_data["source"]
        demand_size(source.size)
        return source


class ConfirmForm(OptionsForm):
    """The decision to import what the preview showed."""

    upload = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=gettext_lazy("Motivo"))


class DuplicateForm(ReasonForm):
    """A name for the copy."""

    label = forms.CharField(
        label=gettext_lazy("Nombre de la edición nueva"),
        max_length=40,
        help_text=gettext_lazy("Parte de la dirección web, por ejemplo «2026»."),
    )
    reason = ReasonField()

    field_order = ["label", "reason"]
