"""Importing in the admin: a file, a preview of what it would become, the decision.

The preview imports the file and undoes it, so that it shows every refusal too. Nothing
is written before the person confirms, giving the reason.
"""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from exchange.admin.forms import ConfirmForm, UploadForm
from exchange.importers import ImportRejected
from exchange.models import Upload
from exchange.services import import_edition
from manuals import permissions
from manuals.admin.filters import edition_name
from manuals.admin.forms import REFUSALS, add_refusal

# What the services say to people at a command line, said to people at this form.
HERE = {
    "edition_required": gettext_lazy(
        "El documento no dice de qué edición es: indíquela en «Edición»."
    ),
    "manual_required": gettext_lazy(
        "El documento no dice de qué manual es: elíjalo en «Manual»."
    ),
}
LISTED = 500


class ImportView(View):
    """Asks for a file, shows the preview, imports on confirmation."""

    model_admin = None
    title = gettext_lazy("Importar una edición")

    def dispatch(self, request, *args, **kwargs):
        if not permissions.may_create_manuals(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.ask(self.upload_form(initial=self.asked(request)))

    def post(self, request):
        return (
            self.confirm(request) if "upload" in request.POST else self.preview(request)
        )

    # The file

    def upload_form(self, *args, **kwargs):
        return UploadForm(*args, may_authorise=self.may_authorise(), **kwargs)

    def may_authorise(self) -> bool:
        return permissions.may_record_authorised(self.request.user)

    def asked(self, request) -> dict:
        return {name: request.GET.get(name) for name in ("base", "manual")}

    def ask(self, form, status: int = 200):
        return self.render("admin/exchange/import.html", status=status, form=form)

    # The preview

    def preview(self, request):
        form = self.upload_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.ask(form)
        source = form.cleaned_data["source"]
        name = PurePath(source.name).name
        data = source.read()
        result = self.attempt(form, data=data, name=name, dry_run=True)
        if result is None:
            return self.ask(form)
        Upload.objects.outdated().delete()
        Upload.objects.filter(user=request.user).delete()
        upload = Upload.objects.create(
            user=request.user, name=name[-255:], content=data
        )
        options = {
            name: request.POST.get(name, "") for name in form.fields if name != "source"
        }
        confirm = ConfirmForm(
            initial={
                **options,
                "upload": upload.pk,
                "reason": _("Importación de %(name)s") % {"name": name},
            },
            may_authorise=self.may_authorise(),
        )
        return self.show(confirm, result.reading, form.cleaned_data["base"])

    def attempt(self, form, *, data, name, dry_run, reason=None):
        """The result of the import; None, with the refusal on the form, if refused."""
        try:
            return import_edition(
                data=data,
                name=name,
                user=self.request.user,
                dry_run=dry_run,
                reason=reason,
                **form.arguments(),
            )
        except ImportRejected as rejected:
            message = HERE.get(rejected.code, rejected.message)
            if rejected.line:
                message = _("Línea %(line)d: %(message)s") % {
                    "line": rejected.line,
                    "message": message,
                }
            form.add_error(None, message)
        except REFUSALS as refusal:
            add_refusal(form, refusal)
        return None

    def show(self, form, reading, base, status: int = 200):
        for name, field in form.fields.items():
            if name != "reason":
                field.widget = field.hidden_widget()
        report = reading.report
        return self.render(
            "admin/exchange/import_preview.html",
            status=status,
            form=form,
            report=report,
            fragment=reading.fragment,
            base=edition_name(base) if base else "",
            document=reading.document,
            coverage=f"{report.coverage * 100:.2f}",
            not_understood=report.accounted["not_understood"],
            corrections=report.corrections[:LISTED],
            doubts=report.doubts[:LISTED],
            glossary=report.glossary[:LISTED],
            more=max(0, len(report.corrections) - LISTED)
            + max(0, len(report.doubts) - LISTED),
        )

    # The decision

    def confirm(self, request):
        form = ConfirmForm(request.POST, may_authorise=self.may_authorise())
        pk = request.POST["upload"]
        upload = Upload.objects.of(request.user).filter(pk=pk if pk.isdecimal() else 0)
        upload = upload.first()
        if upload is None:
            messages.warning(
                request, _("El archivo ya no está en espera: elíjalo de nuevo.")
            )
            return HttpResponseRedirect(request.path)
        data = bytes(upload.content)
        if form.is_valid():
            result = self.attempt(
                form,
                data=data,
                name=upload.name,
                dry_run=False,
                reason=form.cleaned_data["reason"],
            )
            if result is not None:
                upload.delete()
                return self.finish(result)
        # Not valid or refused meanwhile: the same preview with the errors.
        return self.again(form, data, upload.name)

    def again(self, form, data, name):
        options = UploadForm(self.request.POST, may_authorise=self.may_authorise())
        options.fields.pop("source")
        if options.is_valid():
            result = self.attempt(options, data=data, name=name, dry_run=True)
            if result is not None:
                return self.show(form, result.reading, options.cleaned_data["base"])
        fresh = self.upload_form(initial=self.request.POST.dict())
        messages.error(self.request, _("No se importó nada. Revise las opciones."))
        response = self.ask(fresh)
        response.context_data["refusals"] = [
            error for errors in form.errors.values() for error in errors
        ]
        return response

    def finish(self, result):
        edition = result.edition
        if result.written:
            messages.success(
                self.request, _("Se importó «%(edition)s».") % {"edition": edition}
            )
            self.model_admin.log_addition(
                self.request, edition, str(_("Importada de un archivo"))
            )
            self.tell_proposed(edition, len(result.reading.report.glossary))
        else:
            messages.info(
                self.request,
                _("«%(edition)s» ya contiene este documento; no cambió nada.")
                % {"edition": edition},
            )
        return HttpResponseRedirect(self.model_admin.address("change", edition.pk))

    def tell_proposed(self, edition, number):
        """Lead to what the import proposes for the manual's glossary."""
        if not number:
            return
        said = ngettext(
            "El documento explica %(number)d sigla o término que el glosario no tenía.",
            "El documento explica %(number)d siglas o términos que el glosario no "
            "tenía.",
            number,
        ) % {"number": number}
        query = urlencode(
            {"status__exact": "proposed", "manual__id__exact": edition.manual_id}
        )
        address = f"{reverse('admin:manuals_glossaryterm_changelist')}?{query}"
        link = format_html('<a href="{}">{}</a>', address, _("Revisar las propuestas"))
        messages.info(self.request, format_html("{} {}", said, link))

    def render(self, template, *, status, **context):
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "title": self.title,
            "opts": self.model_admin.opts,
            "changelist_url": self.model_admin.address("changelist"),
            **context,
        }
        return TemplateResponse(self.request, template, context, status=status)
