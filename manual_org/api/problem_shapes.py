"""The shapes of errors for OpenAPI, with an example of each."""

from __future__ import annotations

from rest_framework import serializers

from manual_org.api.errors import ABOUT, MEDIA_TYPE, TITLES, TYPE_PREFIX
from manuals.scopes import BRANCH, MANUAL, READ_DRAFTS, WRITE

SCOPES = (READ_DRAFTS, WRITE, MANUAL, BRANCH)
KEY = "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90"

# status -> (codes of the examples, when it is answered)
ERRORS = {
    400: (
        "invalid import_rejected",
        "A parameter or the body is not valid; `errors` says where.",
    ),
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
        " tree_conflict function_gone blocked conflict batch_failed already_done"
        " edition_exists",
        "The edition's state, its structure or what it lacks forbids it; `errors` "
        "names the editions, units and functions that stand in the way.",
    ),
    412: ("stale", "If-Match names a version that is no longer the current one."),
    413: ("body_too_large", "The body is too large."),
    415: (
        "unsupported_media_type",
        "The body is not JSON; of an import, no `multipart/form-data`.",
    ),
    422: ("idempotency_key_reused", "The Idempotency-Key stands for another request."),
    428: ("precondition_required", "If-Match is missing."),
    429: ("throttled", "Too many requests; Retry-After says when to come back."),
    500: ("server_error", "An error of the server; it was logged."),
    503: ("unavailable", "The database could not answer; see Retry-After."),
}
# status -> header -> what it says.
HEADERS = {
    401: {"WWW-Authenticate": "How to identify oneself: `Bearer`."},
    429: {"Retry-After": "In how many seconds to come back."},
    503: {"Retry-After": "In how many seconds to come back."},
}
_DRAFT = "https://manuales.example.org/api/v1/manuals/demo/editions/borrador/"
_UNIT = {"key": KEY, "code": "8.4.3", "url": f"{_DRAFT}units/8.4.3/"}
_EDITION = {
    "manual": "demo",
    "label": "2021",
    "status": "authorised",
    "url": _DRAFT.replace("borrador", "2021"),
}
# code -> what the entry of its example says besides.
EXAMPLES = {
    "invalid": {"pointer": "#/name", "code": "blank"},
    "import_rejected": {"pointer": "#/file", "code": "mixed_encodings", "line": 12},
    "notes_missing": {"code": "note_missing", "unit": _UNIT},
    "errors_found": {"code": "error_found", "rule": "empty-unit", "unit": _UNIT},
    "tree_conflict": {"unit": _UNIT},
    "function_gone": {"function": {"key": KEY, "url": None}},
    "batch_failed": {"pointer": "#/operations/3/name", "code": "blank", "status": 400},
    "edition_closed": {"edition": _EDITION},
    "invalid_transition": {"edition": _EDITION},
    "editions_overlap": {"edition": _EDITION},
    "edition_exists": {"pointer": "#/edition", "edition": _EDITION},
    "blocked": {"edition": _EDITION},
}


class BlockingUnit(serializers.Serializer):
    """A unit of the edition, or one that it had."""

    key = serializers.UUIDField(allow_null=True)
    code = serializers.CharField()
    url = serializers.URLField(allow_null=True, help_text="Null if it is gone.")


class BlockingFunction(serializers.Serializer):
    """A function or item of the edition, or one that it had."""

    key = serializers.UUIDField()
    url = serializers.URLField(allow_null=True, help_text="Null if it is gone.")


class BlockingEdition(serializers.Serializer):
    """An edition that stands in the way."""

    manual = serializers.CharField()
    label = serializers.CharField()
    status = serializers.CharField()
    url = serializers.URLField()


class ProblemError(serializers.Serializer):
    """One thing that is wrong with a request."""

    pointer = serializers.CharField(
        help_text="JSON pointer into the body, `#/items/0/text`; `#` is the request as "
        "a whole.",
    )
    parameter = serializers.CharField(
        required=False, help_text="The parameter of the query string."
    )
    header = serializers.CharField(
        required=False, help_text="The header of the request."
    )
    code = serializers.CharField()
    detail = serializers.CharField(help_text="In Spanish.")
    status = serializers.IntegerField(
        required=False, help_text="Of an operation of a batch: that of it alone."
    )
    scope = serializers.ChoiceField(
        SCOPES, required=False, help_text="Of an operation: what the token lacks."
    )
    line = serializers.IntegerField(
        required=False, min_value=1, help_text="Of the file that was to be imported."
    )
    rule = serializers.CharField(
        required=False, help_text="The check that finds the error."
    )
    unit = BlockingUnit(required=False)
    function = BlockingFunction(required=False)
    edition = BlockingEdition(required=False)


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
    errors = ProblemError(
        many=True,
        help_text="At least one. What `pointer` cannot name, `parameter` or `header` "
        "does.",
    )


def add_error_responses(result, **kwargs):
    """A hook of drf-spectacular: the error answers that every operation names."""
    result["components"]["responses"] = {
        str(status): {
            "description": description,
            "headers": {
                name: {"description": said, "schema": {"type": "string"}}
                for name, said in HEADERS.get(status, {}).items()
            },
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
        "errors": [
            {
                "pointer": "#",
                **ABOUT.get(code, {}),
                "code": code,
                "detail": "…",
                **EXAMPLES.get(code, {}),
            }
        ],
    }
    if code == "scope_missing":
        example["scope"] = WRITE
    return example
