"""Importing a document as a draft: the services, permissions and refusals of the admin.

Refused in the order of base.py: 401, 429, 405, 400 for the query string, 404 for a
manual that the person may not see, 403 without the role or with a token limited to a
manual or a branch, 413, 415 and 400 for the body; then what the import refuses.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.exceptions import ValidationError as InvalidBody
from rest_framework.response import Response

from exchange.importers import ImportRejected
from exchange.services import ImportResult, import_edition
from exchange.uploads import demand_size, largest_upload
from manual_org.api import uploads
from manual_org.api.blocking import blockers_of
from manual_org.api.errors import BodyTooLarge, Problem, Refused
from manual_org.api.v1 import addressing, import_shapes, representations
from manual_org.api.v1 import import_bodies as bodies
from manual_org.api.v1.base import created
from manual_org.api.v1.representations import Links
from manual_org.api.views import View
from manuals import permissions
from manuals.exceptions import DomainError

# What the services say to people at a command line, said of the fields of a form.
HERE = {
    "edition_required": gettext_lazy(
        "El documento no dice de qué edición es: indíquela en «edition»."
    ),
    "manual_required": gettext_lazy(
        "El documento no dice de qué manual es, o varios tienen esa edición: indíquelo "
        "en «manual»."
    ),
}
# code of a rejection -> (status, code of the problem, field); else it is the file's.
REJECTIONS = {
    "edition_required": (400, "invalid", "edition"),
    "manual_required": (400, "invalid", "manual"),
    "unknown_manual": (404, "not_found", "manual"),
    "unknown_base": (404, "not_found", "base"),
    "edition_exists": (409, "edition_exists", "edition"),
    "too_large": (413, BodyTooLarge.default_code, "file"),
}
ANSWERS = {200: import_shapes.ImportDone, 201: import_shapes.ImportDone}


class FormRequired(APIException):
    """The body is no form."""

    status_code = status.HTTP_415_UNSUPPORTED_MEDIA_TYPE
    default_code = "unsupported_media_type"
    default_detail = gettext_lazy(
        "El cuerpo debe ser un formulario con el archivo: Content-Type: "
        "multipart/form-data."
    )


class ImportView(View):
    operations = {"POST": "imports_create"}
    parser_classes = (uploads.FormParser,)
    form_fields = bodies.Import

    def initialize_request(self, request, *args, **kwargs):
        handler = uploads.ReceivingHandler(request, largest_upload())
        request.upload_handlers = [handler]
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            self.manual_slug = self.find_manual(**kwargs)
            permissions.demand(permissions.may_create_manuals(request.user))

    def find_manual(self) -> str | None:
        """The slug of the address' manual; None where it does not name one."""
        return None

    def handle_exception(self, exc):
        if isinstance(exc, UnsupportedMediaType):
            exc = FormRequired()
        return super().handle_exception(exc)

    @extend_schema(request={uploads.MEDIA_TYPE: bodies.Import}, responses=ANSWERS)
    def post(self, request):
        """Import a document as a draft, of a manual that there is or of a new one.

        Answers 201 with the draft's address; 200 where nothing was written, because
        the edition holds this very document or in a dry run. What was not understood
        does not stop an import: `complete` is false then and `report` says where.
        Refused with `import_rejected` where the file cannot be read as a manual, with
        `edition_exists` where the label stands for another document.
        """
        return self.answer()

    def answer(self) -> Response:
        fields = bodies.fields_of(self.request.data, self.form_fields)
        self.demand_may_authorise(fields)
        result = self.carry_out(fields)
        self.edition = edition = result.edition
        links = Links(self.request, edition) if edition is not None else None
        report = result.reading.report
        done = {
            "edition": representations.stamp(edition) if edition is not None else None,
            "outcome": result.outcome,
            "dry_run": fields["dry_run"],
            "complete": report.understood,
            "url": links and links.edition,
            "html_url": links and links.page,
            "report": report.to_dict(),
        }
        return created(done) if result.written else Response(done)

    def demand_may_authorise(self, fields: dict) -> None:
        user = self.request.user
        if fields["authorised"] and not permissions.may_record_authorised(user):
            message = _("No tiene permiso para registrar ediciones autorizadas.")
            raise refused(403, "permission_denied", "authorised", message)

    def carry_out(self, fields: dict) -> ImportResult:
        """Raises Refused, InvalidBody, or DomainError."""
        source = fields["file"]
        try:
            demand_size(source.size)
        except ValidationError as error:
            (message,) = error.messages
            rejected = ImportRejected(message, code="too_large")
            raise self.refusal(rejected) from None
        try:
            return import_edition(
                data=source.read(),
                name=source.name,
                user=self.request.user,
                manual_slug=self.manual_slug or fields.get("manual"),
                label=fields.get("edition"),
                base_label=fields.get("base"),
                authorised=fields["authorised"],
                effective_from=fields.get("effective_from"),
                dry_run=fields["dry_run"],
                reason=fields.get("reason"),
            )
        except ImportRejected as rejected:
            raise self.refusal(rejected) from None
        except ValidationError as error:
            raise InvalidBody(bodies.errors_by_field(error, set(fields))) from None

    def refusal(self, rejected: ImportRejected) -> Refused:
        """As a problem that names the field, the line, and what stands in the way."""
        code = rejected.code
        answer, problem, name = REJECTIONS.get(code, (400, "import_rejected", "file"))
        message = str(HERE.get(code, rejected.message))
        said = {} if rejected.line is None else {"line": rejected.line}
        conflict = DomainError(message, about=rejected.about)
        for entry in blockers_of(conflict, self.request._request, None):
            said["edition"] = entry["edition"]
        return refused(answer, problem, name, message, code, **said)


class ImportIntoManualView(ImportView):
    operations = {"POST": "imports_create_in_manual"}
    form_fields = bodies.ImportIntoManual

    def find_manual(self, slug) -> str:
        addressing.manual_at(self.request.user, slug)
        return slug

    @extend_schema(
        request={uploads.MEDIA_TYPE: bodies.ImportIntoManual}, responses=ANSWERS
    )
    def post(self, request, slug):
        """Import a document as a draft of this manual.

        As `imports/`, whatever manual the document names.
        """
        return self.answer()


def refused(
    answer: int, problem: str, name: str, message: str, code: str = "", **said
) -> Refused:
    """What is wrong with one field of the form."""
    entry = {"pointer": f"#/{name}", "code": code or problem, "detail": message, **said}
    return Refused(Problem(answer, problem, message, [entry]))
