"""The OpenAPI document: what every operation shares is added here, once.

Views declare the rest: ``operations`` (their names), ``parameters`` (their query
strings) and, with extend_schema, bodies and answers.
"""

from __future__ import annotations

from drf_spectacular import openapi
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from manual_org.api.fields import Strict
from manual_org.api.formats.negotiation import PARAMETER
from manual_org.api.idempotency import once
from manual_org.api.problem_shapes import KEY, Problem
from manual_org.api.rendering import JSON

CHANGES = ("PATCH", "PUT", "DELETE")

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
    once.REPLAYED: {
        "description": "`true` on an answer given again to the same Idempotency-Key.",
        "schema": {"type": "string", "const": "true"},
    },
    "Link": {
        "description": "The other forms (`alternate`); of a page as CSV, its "
        "neighbours (`next`, `prev`). Without those too long for a header.",
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
        KEY,
        "The key that it has in every edition.",
    ),
}


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
        if self.method == "POST":
            parameters.append(_idempotency_key())
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

    def _map_serializer_field(self, field, direction, bypass_extensions=False):
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        return {**schema, **getattr(field, "schema_bounds", {})}

    def _map_basic_serializer(self, serializer, direction):
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Strict):
            schema["additionalProperties"] = False
            if serializer.least_properties:
                schema["minProperties"] = serializer.least_properties
            if serializer.most_properties is not None:
                schema["maxProperties"] = serializer.most_properties
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
        elif self.method == "PATCH" or self.method == "POST" and self._is_conditional():
            names.append("Content-Location")
        elif self.method == "GET" and len(self.view.formats) > 1:
            names += ["Link", "Content-Disposition"]
        if self.method == "POST":
            names.append(once.REPLAYED)
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
        if self.method == "POST":
            possible |= {422, *self.view.also_refused}
        return sorted(possible)


def _idempotency_key():
    return OpenApiParameter(
        name=once.HEADER,
        location=OpenApiParameter.HEADER,
        description="A name for this request, such as a UUID: with the same one it is "
        "carried out once and answered as often as it is sent.",
        type={
            "type": "string",
            "maxLength": once.LONGEST,
            "pattern": "^[!-~]([ -~]*[!-~])?$",
        },
        examples=[OpenApiExample("example", value=KEY)],
    )


def _header(name: str, description: str, *, required: bool = False):
    return OpenApiParameter(
        name=name,
        location=OpenApiParameter.HEADER,
        description=description,
        type={"type": "string", "minLength": 1} if required else str,
        required=required,
    )
