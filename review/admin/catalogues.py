"""The catalogues of the checks in the admin: row by row, and whole as CSV files."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manuals import permissions
from manuals.admin.base import ServiceAdmin
from manuals.admin.forms import REFUSALS, ReasonForm, ServiceForm, add_refusal
from manuals.exceptions import DomainError
from manuals.models import Manual
from review.catalogues import (
    LARGEST,
    add_entry,
    change_entry,
    export_catalogue,
    import_catalogue,
    remove_entry,
)
from review.models import KnownAcronym, LevelVerb, ObsoleteName


class ObsoleteNameForm(ServiceForm):
    class Meta:
        model = ObsoleteName
        fields = ["manual", "name", "current", "direct", "since", "institution", "note"]


class LevelVerbForm(ServiceForm):
    class Meta:
        model = LevelVerb
        fields = ["institution", "kind", "verb", "instead"]


class KnownAcronymForm(ServiceForm):
    class Meta:
        model = KnownAcronym
        fields = ["institution", "acronym", "meaning", "common"]


class ImportForm(ReasonForm):
    """A file, and the manual or institution whose catalogue it is."""

    field_order = ["file", "scope", "replace", "reason", "seen"]

    file = forms.FileField(
        label=gettext_lazy("Archivo CSV"),
        help_text=gettext_lazy(
            "En UTF-8 y con los mismos encabezados que el archivo que se exporta."
        ),
    )
    scope = forms.ChoiceField(label=gettext_lazy("Vale en"), required=False)
    replace = forms.BooleanField(
        label=gettext_lazy("Eliminar lo que el archivo no trae"), required=False
    )

    def __init__(self, *args, scopes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("El archivo pesa más de 1 MB."))
        return file


class CatalogueAdmin(ServiceAdmin):
    """A catalogue: what holds for one manual or institution, or for all."""

    writers = staticmethod(permissions.may_manage_catalogues)
    change_list_template = "admin/review/checks_catalogue.html"
    list_per_page = 100

    def create(self, *, form, user, reason):
        return add_entry(entry=form.instance, user=user, reason=reason)

    def change(self, *, obj, form, user, reason):
        change_entry(entry=obj, user=user, reason=reason, **form.field_values())

    def delete_object(self, *, obj, user, reason):
        remove_entry(entry=obj, user=user, reason=reason)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("importar/", view(self.import_view), name=self.url_name("import")),
            path("exportar/", view(self.export_view), name=self.url_name("export")),
            *super().get_urls(),
        ]

    def scopes(self) -> list[tuple[str, str]]:
        """The manuals or institutions of which there may be a catalogue."""
        if self.model.scope == "manual":
            manuals = Manual.objects.order_by("title", "pk")
            found = [(str(one.pk), str(one)) for one in manuals]
            return [("", _("Todos los manuales")), *found]
        institutions = set(Manual.objects.values_list("institution", flat=True))
        institutions |= set(self.model.objects.values_list("institution", flat=True))
        found = sorted(name for name in institutions if name)
        return [("", _("Todas las instituciones")), *((one, one) for one in found)]

    def scope_named(self, name: str):
        """The manual or institution; None for all. Raises Http404."""
        if name not in dict(self.scopes()):
            raise Http404
        if name and self.model.scope == "manual":
            return Manual.objects.get(pk=name)
        return name or None

    def changelist_view(self, request, extra_context=None):
        context = {
            **(extra_context or {}),
            "exports": self.scopes(),
            "export_url": self.address("export"),
        }
        if self.has_add_permission(request):
            context["import_url"] = self.address("import")
        return super().changelist_view(request, context)

    def export_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        scope = self.scope_named(request.GET.get("de", ""))
        # With the mark by which spreadsheets know UTF-8; reading takes it off.
        content = export_catalogue(self.model, scope).encode("utf-8-sig")
        name = f"{self.opts.model_name}.csv"
        return HttpResponse(
            content,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def import_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ImportForm(*sent, scopes=self.scopes())
        status = 200
        if sent and form.is_valid():
            try:
                done = import_catalogue(
                    model=self.model,
                    content=form.cleaned_data["file"].read(),
                    scope=self.scope_named(form.cleaned_data["scope"]),
                    replace=form.cleaned_data["replace"],
                    user=request.user,
                    reason=form.cleaned_data["reason"],
                )
            except REFUSALS as refusal:
                add_refusal(form, refusal)
                if isinstance(refusal, DomainError):
                    status = refusal.status
            else:
                said = _(
                    "Agregadas: %(added)d. Cambiadas: %(changed)d. Eliminadas: "
                    "%(removed)d."
                )
                self.message_user(request, said % vars(done), messages.SUCCESS)
                return HttpResponseRedirect(self.address("changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Importar un catálogo"),
            "subtitle": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "form": form,
            "button": _("Importar"),
            "cancel_url": self.address("changelist"),
            "view": {
                "explanation": _(
                    "Lo que el archivo trae se agrega o se cambia; si una línea está "
                    "mal, se dice cuál y no se guarda nada."
                )
            },
        }
        return TemplateResponse(request, "admin/step.html", context, status=status)

    @admin.display(description=gettext_lazy("vale en"))
    def where(self, entry):
        held = getattr(entry, entry.scope)
        return str(held) if held else _("todos")


@admin.register(ObsoleteName)
class ObsoleteNameAdmin(CatalogueAdmin):
    """Names out of use, each with the one in use."""

    index_order = 47
    form = ObsoleteNameForm
    deleted_related = ("manual",)
    fields = ["name", "current", "direct", "since", "institution", "note", "manual"]
    list_display = ["name", "current", "direct", "since", "institution", "where"]
    list_filter = [("manual", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ("manual",)
    search_fields = ["name", "current"]

    def get_readonly_fields(self, request, obj=None):
        return ["manual"] if obj else []

    def change(self, *, obj, form, user, reason):
        values = form.field_values()
        values.pop("manual", None)
        change_entry(entry=obj, user=user, reason=reason, **values)


@admin.register(LevelVerb)
class LevelVerbAdmin(CatalogueAdmin):
    """Verbs that a level does not do."""

    index_order = 48
    form = LevelVerbForm
    fields = ["kind", "verb", "instead", "institution"]
    list_display = ["verb", "kind", "instead", "where"]
    list_filter = ["kind"]
    search_fields = ["verb", "kind", "instead"]


@admin.register(KnownAcronym)
class KnownAcronymAdmin(CatalogueAdmin):
    """Acronyms and what they mean."""

    index_order = 49
    form = KnownAcronymForm
    fields = ["acronym", "meaning", "common", "institution"]
    list_display = ["acronym", "meaning", "common", "where"]
    list_filter = ["common"]
    search_fields = ["acronym", "meaning"]
