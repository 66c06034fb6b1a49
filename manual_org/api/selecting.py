"""Parts of answers: ``?fields=`` leaves some of them out, and the document says so.

What is left out makes a representation of its own: it has another ETag, and a media
type that tells it from the whole one, of which every field is always present.
"""

from __future__ import annotations

from copy import deepcopy

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.drainage import set_override
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from manual_org.api.errors import InvalidQuery
from manual_org.api.rendering import JSONRenderer

PARTIAL = "application/vnd.manual-org.partial+json"
ALWAYS = ("edition", "url")
WHOLE = "application/json"


class PartialJSONRenderer(JSONRenderer):
    """JSON of which ``fields`` left something out."""

    media_type = PARTIAL


_partial = PartialJSONRenderer()


class SelectingMixin:
    """An address whose query string says what of the answer is wanted.

    Only of JSON: other forms have columns and terms of their own.
    """

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        asked = [name for name in ("fields", "expand") if name in self.query]
        if asked and type(request.accepted_renderer) is not JSONRenderer:
            error = ErrorDetail(_("Solo acompaña a JSON."), code="only_json")
            raise InvalidQuery({name: [error] for name in asked})
        if "fields" in asked:
            request.accepted_renderer = _partial


class Several(serializers.Field):
    """Values of a query string with commas between them, as a list without repetition.

    ``known`` are the values that there are; without them any text is one.
    """

    default_error_messages = {
        "invalid": gettext_lazy("Indique valores separados por comas."),
        "unknown": gettext_lazy("No existe «{value}»; se puede indicar: {known}."),
        "too_many": gettext_lazy("Indique a lo más {most} valores."),
    }

    def __init__(self, known=None, *, most: int = 100, **options):
        super().__init__(required=False, **options)
        self.known = None if known is None else tuple(known)
        self.most = most
        schema = {"type": "string", "minLength": 1}
        if self.known:
            one = f"({'|'.join(self.known)})"
            schema["pattern"] = f"^{one}(,{one})*$"
        set_override(self, "field", schema)

    def to_internal_value(self, data):
        values = list(dict.fromkeys(value.strip() for value in data.split(",")))
        if not all(values) or "\x00" in data:
            self.fail("invalid")
        if len(values) > self.most:
            self.fail("too_many", most=self.most)
        if self.known is not None:
            for value in values:
                if value not in self.known:
                    self.fail("unknown", value=value, known=", ".join(self.known))
        return values


def fields_of(shape: type[serializers.Serializer]) -> Several:
    """The parameter ``fields`` of an address that answers with this shape."""
    return Several(
        [name for name, field in shape().fields.items() if field.required],
        help_text="Only these fields of the answer, or of each result; `url`, the "
        "`edition` that it speaks of and what `expand` adds are always there.",
    )


def expansions(**names: str) -> Several:
    """The parameter ``expand``: what may be added, by name."""
    told = "; ".join(f"`{name}`: {what}" for name, what in names.items())
    return Several(names, help_text=f"What to add. {told}.")


def select(whole: dict, query: dict) -> dict:
    """The part of a representation that ``fields`` asks for, in its order."""
    if "fields" not in query:
        return whole
    kept = {*query["fields"], *query.get("expand", ()), *ALWAYS}
    if "changed_since" in query:
        kept.add("changes")
    return {name: value for name, value in whole.items() if name in kept}


def add_partial_answers(result, **kwargs):
    """A hook of drf-spectacular: what operations with ``fields`` answer in part."""
    schemas = result["components"]["schemas"]
    for item in result["paths"].values():
        operation = item.get("get")
        if operation is None or "fields" not in {
            parameter["name"] for parameter in operation.get("parameters", ())
        }:
            continue
        content = operation["responses"]["200"]["content"]
        name = content[WHOLE]["schema"]["$ref"].rpartition("/")[2]
        content[PARTIAL] = {"schema": _part(schemas, name)}
    return result


def _part(schemas: dict, name: str) -> dict:
    """A reference to the schema of parts of a component, of its results if a list."""
    partial = f"{name}Part"
    if partial not in schemas:
        schema = deepcopy(schemas[name])
        results = schema["properties"].get("results")
        if results:
            of_one = results["items"]["$ref"].rpartition("/")[2]
            results["items"] = _part(schemas, of_one)
        else:
            schema["required"] = [
                field for field in schema["required"] if field in ALWAYS
            ]
            schema["description"] = f"What `fields` leaves of {name}."
        schemas[partial] = schema
    return {"$ref": f"#/components/schemas/{partial}"}
