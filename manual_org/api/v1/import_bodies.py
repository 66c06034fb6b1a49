"""What an import brings: a file and, as fields of a form, what is to become of it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from exchange.uploads import suffixes
from manual_org.api.fields import Strict, Text
from manual_org.api.uploads import MEDIA_TYPE
from manual_org.api.v1.bodies import MAX_REASON
from manual_org.api.v1.edition_bodies import MAX_LABEL, DocumentDay
from manuals.models.plain import demand_writable

MAX_SLUG = 80
MAX_NAME = 255
REPLACED = "\ufffd"  # in place of what could not be decoded


class FormText(Text):
    """A field of a form: written in UTF-8, and with what texts may hold."""

    default_error_messages = {
        "not_utf8": gettext_lazy("El campo no está en UTF-8."),
    }

    def __init__(self, **options):
        super().__init__(**options)
        self.validators.append(demand_writable)

    def to_internal_value(self, data):
        text = super().to_internal_value(data)
        if REPLACED in text:
            self.fail("not_utf8")
        return text


class FormFlag(serializers.BooleanField):
    """``true`` or ``false``, in capitals or not."""

    default_error_messages = {"invalid": gettext_lazy("Escriba true o false.")}

    def to_internal_value(self, data):
        said = data.lower() if isinstance(data, str) else None
        if said not in ("true", "false"):
            self.fail("invalid", input=data)
        return said == "true"


class ImportedFile(serializers.FileField):
    """The file; a text under its name is none."""

    schema_bounds = {"format": "binary"}
    default_error_messages = {
        "required": gettext_lazy(
            "Envíe el documento como archivo, con su nombre, en el campo «file»."
        ),
        "empty": gettext_lazy("El archivo está vacío."),
    }
    default_error_messages["invalid"] = default_error_messages["required"]
    default_error_messages["no_name"] = default_error_messages["required"]

    def __init__(self, **options):
        kinds = ", ".join(f"`{suffix}`" for suffix in suffixes())
        options["help_text"] = (
            f"The document: {kinds}. What kind it is, its name and its content say, "
            "not the type of the part."
        )
        super().__init__(max_length=MAX_NAME, **options)


def _form_example(**fields):
    value = {
        "file": "8.2 Unidad de Incorporación\n\n1. Planear los programas.\n",
        "edition": "2024",
        "base": "2021",
        "reason": "Oficio 12/2024",
    }
    return extend_schema_serializer(
        examples=[
            OpenApiExample("example", value=value | fields, media_type=MEDIA_TYPE)
        ]
    )


@_form_example()
class ImportIntoManual(Strict):
    """A document for one manual."""

    file = ImportedFile()
    edition = FormText(
        required=False,
        max_length=MAX_LABEL,
        help_text="The label: lower case letters without accent, digits, dots and "
        "hyphens. Unless given, the one that the document says (interchange format), "
        "or the year of its ratification.",
    )
    base = FormText(
        required=False,
        max_length=MAX_LABEL,
        help_text="The label of the edition that the document is read onto: a fragment "
        "replaces the functions of the units it contains, a whole document keeps the "
        "keys of what it continues.",
    )
    authorised = FormFlag(
        default=False,
        help_text="Record it as authorised outside the system, on what the document "
        "says of its authorisation; for who authorises.",
    )
    effective_from = DocumentDay(
        required=False,
        help_text="With `authorised`: first day in force, the ratification's unless "
        "given.",
    )
    dry_run = FormFlag(default=False, help_text="Try everything and write nothing.")
    reason = FormText(
        required=False,
        max_length=MAX_REASON,
        help_text="Why; kept in the history of each row. Names the file unless given.",
    )

    def validate(self, attrs):
        if "effective_from" in attrs and not attrs["authorised"]:
            message = _("Solo acompaña a «authorised».")
            raise serializers.ValidationError(
                {"effective_from": ErrorDetail(message, code="only_with_authorised")}
            )
        return attrs


@_form_example(manual="demo")
class Import(ImportIntoManual):
    """A document for the manual that it names, or that is named here."""

    manual = FormText(
        required=False,
        max_length=MAX_SLUG,
        help_text="The manual's slug. Unless given, the one that the document says "
        "(interchange format), or its acronym or title; of a fragment, the manual that "
        "has the base. Without a base, one that does not exist is made.",
    )


def fields_of(data, serializer_class: type[Strict]) -> dict:
    """A form as its serializer reads it; ValidationError, each field at most once."""
    fields = dict(data.items())
    lists = data.lists() if isinstance(data, MultiValueDict) else ()
    repeated = {
        name: [ErrorDetail(_("Indíquelo una sola vez."), code="repeated")]
        for name, values in lists
        if len(values) > 1
    }
    if repeated:
        raise serializers.ValidationError(repeated)
    serializer = serializer_class(data=fields)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def errors_by_field(error: ValidationError, given: set[str]) -> dict:
    """What services find wrong, by the field that says it: else it is the file's."""
    places = {"label": "edition", "slug": "manual"}
    if "effective_from" in given:
        places["effective_from"] = "effective_from"
    by_name = error.error_dict if hasattr(error, "error_dict") else {"": [error]}
    found: dict[str, list] = {}
    for name, errors in by_name.items():
        found.setdefault(places.get(name, "file"), []).extend(
            ErrorDetail(message, code=single.code or "invalid")
            for one in errors
            for single in one.error_list
            for message in single.messages
        )
    return found
