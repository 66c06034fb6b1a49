"""The OpenAPI document: what every operation shares is added here, once.

Views declare the rest: ``operations`` (their names), ``parameters`` (their query
strings) and, with extend_schema, bodies and answers.
"""

from __future__ import annotations

from drf_spectacular import openapi
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from manual_org.api.errors import MEDIA_TYPE, TITLES, TYPE_PREFIX
from manual_org.api.fields import Strict
from manual_org.api.formats.negotiation import PARAMETER
from manual_org.api.rendering import JSON
from manuals.scopes import BRANCH, MANUAL, READ_DRAFTS, WRITE

CHANGES = ("PATCH", "PUT", "DELETE")
SCOPES = (READ_DRAFTS, WRITE, MANUAL, BRANCH)

# status -> (codes of the examples, when it is answered)
ERRORS = {
    400: ("invalid", "A parameter or the body is not valid; `errors` says where."),
    401: ("not_authenticated", "Nobody is identified, or the token is not valid."),
    403: (
        "permission_denied scope_missing second_person_required",
        "The person's role or branch, or the token's scope, does not permit it; or it "
        "takes another person.",
    ),
    404: ("not_found", "There is nothing here, or the caller may not read it."),
    406: (
        "not_acceptable",
        "The Accept header takes none of the forms of this address; `detail` names "
        "them.",
    ),
    409: (
        "edition_closed invalid_transition notes_missing errors_found editions_overlap"
        " tree_conflict blocked conflict",
        "The edition's state, its structure or what it lacks forbids it.",
    ),
    412: ("stale", "If-Match names a version that is no longer the current one."),
    413: ("body_too_large", "The body is too large."),
    415: ("unsupported_media_type", "The body is not JSON."),
    428: ("precondition_required", "If-Match is missing."),
    429: ("throttled", "Too many requests; Retry-After says when to come back."),
    500: ("server_error", "An error of the server; it was logged."),
    503: ("unavailable", "The database could not answer; see Retry-After."),
}
SUCCESSES = {
    "200": "The answer, or what the change left.",
    "201": "What was created.",
    "204": "It is deleted.",
}
HEADERS = {
    "ETag": {
        "description": "The version of the answer, for If-None-Match; that of the "
        "whole answer as JSON for If-Match too.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "The address of what was created.",
        "schema": {"type": "string", "format": "uri"},
    },
    "Content-Location": {
        "description": "Where it stands now: a move changes codes.",
        "schema": {"type": "string", "format": "uri"},
    },
    "Link": {
        "description": "The other forms (`alternate`); of a page as CSV, its "
        "neighbours (`next`, `prev`).",
        "schema": {"type": "string"},
    },
    "Content-Disposition": {
        "description": "A name for the file, where the answer is one (CSV, XML).",
        "schema": {"type": "string"},
    },
}
# name -> (schema, example, description)
PATH_PARAMETERS = {
    "slug": ({"type": "string"}, "demo", "The manual's slug."),
    "label": (
        {"type": "string", "pattern": "^[a-z0-9.-]{1,40}$"},
        "current",
        "The edition's label, or `current` for the one in force.",
    ),
    "old": (
        {"type": "string", "pattern": "^[a-z0-9.-]{1,40}$"},
        "2021",
        "The label of one edition, usually the older one, or `current`.",
    ),
    "new": (
        {"type": "string", "pattern": "^[a-z0-9.-]{1,40}$"},
        "current",
        "The label of the other edition, or `current`.",
    ),
    "number": ({"type": "integer", "minimum": 0}, 1, "The chapter's number."),
    "code": (
        {"type": "string", "maxLength": 255},
        "8.4.3.2",
        "The unit's code in this edition.",
    ),
    "key": (
        {"type": "string", "format": "uuid"},
        "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
        "The key that it has in every edition.",
    ),
}


class ProblemError(serializers.Serializer):
    """One thing that is wrong with a request."""

    pointer = serializers.CharField(
        required=False, help_text="JSON pointer into the body, `#/items/0/text`."
    )
    parameter = serializers.CharField(
        required=False, help_text="The parameter of the query string."
    )
    header = serializers.CharField(
        required=False, help_text="The header of the request."
    )
    code = serializers.CharField()
    detail = serializers.CharField(help_text="In Spanish.")


class Problem(serializers.Serializer):
    """Problem details (RFC 9457), the body of every error."""

    type = serializers.CharField(help_text=f"`{TYPE_PREFIX}<code>`")
    title = serializers.CharField(help_text="In Spanish.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, in Spanish.")
    code = serializers.CharField(help_text="For programs; stable.")
    scope = serializers.ChoiceField(
        SCOPES, required=False, help_text="What the token lacks: `scope_missing`."
    )
    errors = ProblemError(many=True, required=False)


class AutoSchema(openapi.AutoSchema):
    def get_operation_id(self):
        return self.view.operations[self.method]

    def get_tags(self):
        return [self.view.operations[self.method].partition("_")[0]]

    def get_summary(self):
        """The first sentence of the handler's docstring."""
        return super().get_description().partition("\n")[0].strip()

    def get_description(self):
        """What follows it."""
        return super().get_description().partition("\n")[2].strip()

    def get_override_parameters(self):
        parameters = [
            OpenApiParameter(
                name=name,
                location=OpenApiParameter.PATH,
                type=schema,
                description=description,
                examples=[OpenApiExample("example", value=example)],
            )
            for name, (schema, example, description) in PATH_PARAMETERS.items()
            if f"{{{name}}}" in self.path
        ]
        query = self.view.parameters.get(self.method)
        if query is not None:
            parameters.append(query)
        if self.method == "GET":
            parameters.append(self._format_parameter())
            parameters.append(_header("If-None-Match", "304 where it still holds."))
        if self._is_conditional():
            parameters.append(
                _header("If-Match", "The ETag of what is to be changed.", required=True)
            )
        return parameters

    def _format_parameter(self):
        formats = [form.format for form in self.view.formats]
        return OpenApiParameter(
            name=PARAMETER,
            description="The form of the answer, for who cannot send Accept, over "
            "which it prevails.",
            type={"type": "string", "enum": formats},
        )

    def map_renderers(self, attribute):
        """The form that serializers describe; the others describe themselves."""
        return [getattr(JSON, attribute)]

    def get_auth(self):
        """Reading needs no account, unless the installation closes it."""
        auths = super().get_auth()
        is_open = self.method == "GET" and not self.view.needs_account
        return [*auths, {}] if is_open else auths

    def _is_conditional(self):
        return self.method in CHANGES or (
            self.method == "POST" and self.view.conditional_post
        )

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Strict):
            schema["additionalProperties"] = False
            if serializer.least_properties:
                schema["minProperties"] = serializer.least_properties
            for name, field in serializer.fields.items():
                if isinstance(field, serializers.CharField) and not field.allow_blank:
                    schema["properties"][name] |= {"minLength": 1, "pattern": r"\S"}
        return schema

    def _get_response_bodies(self, *args, **kwargs):
        responses = super()._get_response_bodies(*args, **kwargs)
        for status, response in responses.items():
            response["description"] = SUCCESSES[status]
            if status != "204":
                response["headers"] = self._headers(status)
            if self.method == "GET":
                response["content"] |= {
                    form.media_type: {"schema": form.schema, "example": form.example}
                    for form in self.view.formats
                    if form is not JSON
                }
        if self.method == "GET":
            responses["304"] = {"description": "What If-None-Match names still holds."}
        self.resolve_serializer(Problem(), "response")
        for status in self._possible_errors():
            responses[str(status)] = {"$ref": f"#/components/responses/{status}"}
        return dict(sorted(responses.items()))

    def _headers(self, status):
        names = ["ETag"]
        if status == "201":
            names.append("Location")
        elif self.method in ("PATCH", "POST"):
            names.append("Content-Location")
        elif self.method == "GET" and len(self.view.formats) > 1:
            names += ["Link", "Content-Disposition"]
        return {name: HEADERS[name] for name in names}

    def _possible_errors(self):
        possible = {400, 401, 404, 406, 429, 500, 503}
        if self.method != "GET":
            possible |= {403, 409}
            if self.method != "DELETE":
                possible |= {413, 415}
        elif self.view.needs_account:
            possible.add(403)
        if self._is_conditional():
            possible |= {412, 428}
        return sorted(possible)


def add_error_responses(result, **kwargs):
    """A hook of drf-spectacular: the error answers that every operation names."""
    result["components"]["responses"] = {
        str(status): {
            "description": description,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {
                        code: {"value": _example(status, code)}
                        for code in codes.split()
                    },
                }
            },
        }
        for status, (codes, description) in ERRORS.items()
    }
    return result


def _example(status: int, code: str) -> dict:
    example = {
        "type": TYPE_PREFIX + code,
        "title": str(TITLES[status]),
        "status": status,
        "detail": "…",
        "code": code,
    }
    if code == "scope_missing":
        example["scope"] = WRITE
    if status == 400:
        example["errors"] = [
            {"pointer": "#/name", "code": "blank", "detail": "…"},
        ]
    return example


def _header(name: str, description: str, *, required: bool = False):
    return OpenApiParameter(
        name=name,
        location=OpenApiParameter.HEADER,
        description=description,
        type={"type": "string", "minLength": 1} if required else str,
        required=required,
    )
