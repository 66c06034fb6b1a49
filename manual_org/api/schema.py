"""The OpenAPI document: what every operation shares is added here, once.

Views declare the rest: ``operations`` (their names), ``parameters`` (their query
strings) and, with extend_schema, bodies and answers.
"""

from __future__ import annotations

from drf_spectacular import openapi
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from manual_org.api import errors

CHANGES = {"PATCH", "PUT", "DELETE"}
READS = {"GET"}

ERRORS = {
    400: "A parameter or the body is not valid; `errors` says where.",
    401: "Nobody is identified, or the token is not valid.",
    403: "The person has no role, or no branch, that permits it.",
    404: "There is nothing at this address, or the caller may not read it.",
    406: "The Accept header leaves no room for JSON.",
    409: "The edition is no draft, or the structure does not allow the change.",
    412: "If-Match names a version that is no longer the current one.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    428: "If-Match is missing.",
    429: "Too many requests; Retry-After says when to come back.",
    500: "Our fault; it was logged.",
    503: "The database could not answer; Retry-After says when to come back.",
}

ETAG = {"description": "The version of the answer.", "schema": {"type": "string"}}
LOCATION = {
    "description": "The address of what was created.",
    "schema": {"type": "string", "format": "uri"},
}
PATHS = {
    "slug": ("The manual's slug.", {"type": "string"}, "dir"),
    "label": (
        "The edition's label, or `current` for the one in force.",
        {"type": "string"},
        "current",
    ),
    "number": ("The chapter's number.", {"type": "integer"}, 4),
    "code": ("The unit's code in this edition.", {"type": "string"}, "8.4.3.2"),
    "key": (
        "The key that it has in every edition.",
        {"type": "string", "format": "uuid"},
        "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90",
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
    code = serializers.CharField()
    detail = serializers.CharField(help_text="In Spanish.")


class Problem(serializers.Serializer):
    """Problem details (RFC 9457), the body of every error."""

    type = serializers.CharField(help_text="`urn:problem-type:manual-org:<code>`")
    title = serializers.CharField(help_text="In Spanish.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What to do, in Spanish.")
    code = serializers.CharField(help_text="For programs; stable.")
    errors = ProblemError(many=True, required=False)


class AutoSchema(openapi.AutoSchema):
    def get_operation_id(self):
        return self.view.operations[self.method]

    def get_tags(self):
        return [self.view.operations[self.method].partition("_")[0].removesuffix("s")]

    def get_summary(self):
        """The first sentence of the handler's docstring."""
        return self.get_description().partition("\n")[0].strip()

    def get_override_parameters(self):
        parameters = [
            OpenApiParameter(
                name=name,
                location=OpenApiParameter.PATH,
                description=PATHS[name][0],
                type=PATHS[name][1],
            )
            for name in PATHS
            if f"{{{name}}}" in self.path
        ]
        query = self.view.parameters.get(self.method)
        if query is not None:
            parameters.append(query)
        if self.method in READS:
            parameters.append(_header("If-None-Match", "304 if it is still current."))
        if self._is_conditional():
            parameters.append(
                _header(
                    "If-Match",
                    "The ETag of the version that is to be changed.",
                    required=True,
                )
            )
        return parameters

    def get_auth(self):
        """Reading needs no account unless the installation closes it."""
        auths = super().get_auth()
        return [*auths, {}] if self.method in READS else auths

    def _is_conditional(self):
        return self.method in CHANGES or self.get_operation_id().endswith(
            ("_move", "_move_by_key")
        )

    def _get_response_bodies(self, *args, **kwargs):
        responses = super()._get_response_bodies(*args, **kwargs)
        for status in ("200", "201"):
            if status in responses:
                responses[status]["headers"] = {"ETag": ETAG}
        if "201" in responses:
            responses["201"]["headers"]["Location"] = LOCATION
        if self.method in READS:
            responses["304"] = {"description": "The version in If-None-Match holds."}
        for status in self._possible_errors():
            responses[str(status)] = self._problem(ERRORS[status])
        return dict(sorted(responses.items()))

    def _possible_errors(self):
        possible = {400, 401, 404, 406, 429, 500, 503}
        if self.method not in READS:
            possible |= {403, 409}
            if self.method != "DELETE":
                possible |= {413, 415}
        if self._is_conditional():
            possible |= {412, 428}
        return possible

    def _problem(self, description):
        component = self.resolve_serializer(Problem(), "response")
        return {
            "description": description,
            "content": {errors.MEDIA_TYPE: {"schema": component.ref}},
        }


def _header(name: str, description: str, *, required: bool = False):
    return OpenApiParameter(
        name=name,
        location=OpenApiParameter.HEADER,
        description=description,
        type=str,
        required=required,
    )
