"""The contract that was released holds: what breaks it is named."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from manual_org.api.v1.views.docs import document
from tests.api.contract import breaking_changes

RELEASED = Path(__file__).resolve().parents[2] / "docs" / "openapi-released.json"
UNIT = "GET /units/{code}/"
ADD = "POST /units/"

# A small contract that has something of everything.
CONTRACT = {
    "paths": {
        "/units/{code}/": {
            "get": {
                "operationId": "units_get",
                "tags": ["units"],
                "security": [{"token": []}, {}],
                "parameters": [
                    {"$ref": "#/components/parameters/code"},
                    {
                        "name": "order",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["name", "code"]},
                    },
                    {
                        "name": "size",
                        "in": "query",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 100},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "The unit.",
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/Unit"}
                            },
                            "text/csv": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"$ref": "#/components/responses/404"},
                },
            },
        },
        "/units/": {
            "post": {
                "operationId": "units_create",
                "tags": ["units"],
                "security": [{"token": []}],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/NewUnit"}
                        },
                        "application/x-yaml": {
                            "schema": {"$ref": "#/components/schemas/NewUnit"}
                        },
                    },
                },
                "responses": {"201": {"description": "Made."}},
            },
        },
    },
    "webhooks": {
        "ping": {
            "post": {
                "parameters": [
                    {"name": "id", "in": "header", "schema": {"type": "string"}}
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "type": {"type": "string", "enum": ["ping"]},
                                    "detail": {"type": "string"},
                                },
                            }
                        }
                    }
                },
            },
        },
    },
    "components": {
        "parameters": {
            "code": {
                "name": "code",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "maxLength": 20},
            },
        },
        "responses": {
            "404": {
                "description": "Not there.",
                "content": {
                    "application/problem+json": {
                        "schema": {"$ref": "#/components/schemas/Problem"}
                    }
                },
            },
        },
        "schemas": {
            "Unit": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "key": {"type": "string", "format": "uuid"},
                    "depth": {"type": "integer"},
                    "kind": {"oneOf": [{"$ref": "#/components/schemas/Kind"}]},
                    "objective": {"type": ["string", "null"]},
                    "base": {
                        "oneOf": [
                            {"$ref": "#/components/schemas/Unit"},
                            {"type": "null"},
                        ]
                    },
                    "children": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/Unit"},
                    },
                    "counts": {
                        "type": "object",
                        "additionalProperties": {"type": "integer"},
                    },
                },
                "required": ["name", "key", "kind", "children"],
            },
            "Kind": {"type": "string", "enum": ["División", "Coordinación"]},
            "NewUnit": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "position": {"type": ["integer", "null"], "minimum": 1},
                    "items": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"text": {"type": "string"}},
                            "additionalProperties": False,
                        },
                        "maxItems": 10,
                    },
                },
                "required": ["name"],
                "additionalProperties": False,
            },
            "Problem": {
                "type": "object",
                "properties": {"detail": {"type": "string"}},
            },
        },
    },
}
GET = ("paths", "/units/{code}/", "get")
POST = ("paths", "/units/", "post")
PARAMETERS = (*GET, "parameters")
ANSWER = ("components", "schemas", "Unit")
FIELDS = (*ANSWER, "properties")
BODY = ("components", "schemas", "NewUnit")
BODY_FIELDS = (*BODY, "properties")
ITEM = (*BODY_FIELDS, "items", "items")
KINDS = ("components", "schemas", "Kind", "enum")
SENT = (
    *("webhooks", "ping", "post", "requestBody", "content", "application/json"),
    *("schema", "properties"),
)
GONE = object()
OK = f"{UNIT}: 200"
TAKEN = f"{ADD}: body"
NEW_PARAMETER = {"name": "on", "in": "query", "schema": {"type": "string"}}


def changed(*place_and_value) -> dict:
    """The contract with another value at a place; GONE: with nothing there."""
    *place, name, value = place_and_value
    contract = deepcopy(CONTRACT)
    inside = contract
    for step in place:
        inside = inside[step]
    if value is GONE:
        del inside[name]
    elif isinstance(inside, list) and name == len(inside):
        inside.append(value)
    else:
        inside[name] = value
    return contract


BREAKING = [
    ((*GET[:2], GONE), "/units/{code}/: the address is gone"),
    ((*GET, GONE), f"{UNIT}: the method is gone"),
    (
        (*GET, "operationId", "unit"),
        f"{UNIT}: operationId was units_get and is unit",
    ),
    ((*GET, "tags", ["x"]), f"{UNIT}: tags was ['units'] and is ['x']"),
    ((*PARAMETERS, 1, GONE), f"{UNIT}: the query parameter order is gone"),
    (
        (*PARAMETERS, 1, "required", True),
        f"{UNIT}: the query parameter order is required now",
    ),
    (
        (*PARAMETERS, 3, {**NEW_PARAMETER, "required": True}),
        f"{UNIT}: the query parameter on is required now",
    ),
    (
        (*PARAMETERS, 1, "explode", False),
        f"{UNIT}: the query parameter order has another explode",
    ),
    (
        (*PARAMETERS, 1, "schema", "enum", ["code"]),
        f"{UNIT}: the query parameter order: may no longer be 'name'",
    ),
    (
        (*PARAMETERS, 1, "schema", {"type": "integer"}),
        f"{UNIT}: the query parameter order: may no longer be string",
    ),
    (
        (*PARAMETERS, 2, "schema", "maximum", 50),
        f"{UNIT}: the query parameter size: maximum was 100 and is 50",
    ),
    (
        (*PARAMETERS, 2, "schema", "minimum", 2),
        f"{UNIT}: the query parameter size: minimum was 1 and is 2",
    ),
    (
        ("components", "parameters", "code", "schema", "pattern", "^8"),
        f"{UNIT}: the path parameter code: pattern was None and is ^8",
    ),
    (
        ("components", "parameters", "code", "schema", "maxLength", 9),
        f"{UNIT}: the path parameter code: maxLength was 20 and is 9",
    ),
    ((*GET, "responses", "404", GONE), f"{UNIT}: the status 404 is gone"),
    (
        (*GET, "responses", "200", "headers", GONE),
        f"{UNIT}: 200: the header ETag is gone",
    ),
    (
        (*GET, "responses", "200", "content", "text/csv", GONE),
        f"{UNIT}: 200: the media type text/csv is gone",
    ),
    (
        (*GET, "security", [{"token": []}]),
        f"{UNIT}: it is no longer open to nobody identified",
    ),
    (
        (*POST, "security", [{"token": [], "second": []}]),
        f"{ADD}: it is no longer open to token",
    ),
    ((*POST, "requestBody", "required", True), f"{ADD}: a body is required now"),
    ((*POST, "requestBody", GONE), f"{ADD}: the body is gone"),
    (
        (*POST, "requestBody", "content", "application/x-yaml", GONE),
        f"{TAKEN}: the media type application/x-yaml is gone",
    ),
    (
        (*BODY, "required", ["name", "kind"]),
        f"{TAKEN}.kind: the field is required now",
    ),
    ((*BODY_FIELDS, "kind", GONE), f"{TAKEN}.kind: may no longer be there"),
    (
        (*BODY_FIELDS, "position", "type", "integer"),
        f"{TAKEN}.position: may no longer be null",
    ),
    (
        (*BODY_FIELDS, "name", "minLength", 3),
        f"{TAKEN}.name: minLength was 1 and is 3",
    ),
    (
        (*BODY_FIELDS, "items", "maxItems", 5),
        f"{TAKEN}.items: maxItems was 10 and is 5",
    ),
    (
        (*ITEM, "properties", "text", GONE),
        f"{TAKEN}.items[].text: may no longer be there",
    ),
    ((*KINDS, ["División"]), f"{TAKEN}.kind: may no longer be 'Coordinación'"),
    ((*FIELDS, "depth", GONE), f"{OK}.depth: the field is gone"),
    ((*FIELDS, "name", GONE), f"{OK}.name: the field is gone"),
    (
        (*ANSWER, "required", ["key", "kind", "children"]),
        f"{OK}.name: the field is no longer always there",
    ),
    ((*FIELDS, "name", "type", ["string", "null"]), f"{OK}.name: may be null now"),
    ((*FIELDS, "depth", "type", "number"), f"{OK}.depth: may be number now"),
    ((*FIELDS, "key", "format", GONE), f"{OK}.key: format was uuid and is None"),
    (
        (*FIELDS, "counts", "additionalProperties", {"type": "string"}),
        f"{OK}.counts.*: may be string now",
    ),
    ((*KINDS, 2, "Área"), f"{OK}.kind: may be 'Área' now"),
    (
        (*FIELDS, "kind", {"type": "string"}),
        f"{OK}.kind: may be 'any value' now",
    ),
    (
        ("components", "schemas", "Problem", "properties", "detail", GONE),
        f"{UNIT}: 404.detail: the field is gone",
    ),
    ((*SENT, "detail", GONE), "webhook ping.detail: the field is gone"),
    (("webhooks", "ping", GONE), "webhook ping: it is no longer sent"),
    (
        ("webhooks", "ping", "post", "parameters", 0, GONE),
        "webhook ping: the header parameter id is gone",
    ),
]
HARMLESS = {
    "an address": ("paths", "/kinds/", {"get": {"responses": {}}}),
    "a method": ("paths", "/units/", "get", {"responses": {}}),
    "an optional parameter": (*PARAMETERS, 3, NEW_PARAMETER),
    "a wider parameter": (*PARAMETERS, 2, "schema", "maximum", 500),
    "a parameter without limit": (*PARAMETERS, 2, "schema", "minimum", GONE),
    "a value that is taken": (
        *(*PARAMETERS, 1, "schema", "enum"),
        ["name", "code", "kind"],
    ),
    "an optional field of a body": (*BODY_FIELDS, "code", {"type": "string"}),
    "a field of a body that may be left out": (*BODY, "required", []),
    "any field of a body": (*BODY, "additionalProperties", GONE),
    "a field of an answer": (*FIELDS, "code", {"type": "string"}),
    "a field that is always there now": (*ANSWER, "required", 4, "depth"),
    "an answer that is never null now": (*FIELDS, "objective", {"type": "string"}),
    "a status": (*GET, "responses", "410", {"description": "Gone."}),
    "a media type": (
        *(*GET, "responses", "200", "content", "application/xml"),
        {"schema": {"type": "string"}},
    ),
    "a type that is sent": (*SENT, "type", "enum", 1, "edition.authorised"),
    "an account less": (*POST, "security", [{}]),
    "words": (*ANSWER, "description", "A unit."),
}


def test_nothing_breaks_where_nothing_changed():
    assert breaking_changes(CONTRACT, deepcopy(CONTRACT)) == []


@pytest.mark.parametrize(("change", "sentence"), BREAKING)
def test_names_what_breaks(change, sentence):
    assert sentence in breaking_changes(CONTRACT, changed(*change))


def test_a_model_that_generated_clients_import_stays():
    released = changed("components", "schemas", "Other", {"type": "string"})
    assert breaking_changes(released, CONTRACT) == [
        "components: the model Other is gone"
    ]


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_may_be_added(change):
    assert breaking_changes(CONTRACT, changed(*change)) == []


def test_what_is_served_keeps_what_was_released():
    released = json.loads(RELEASED.read_text(encoding="utf-8"))
    assert breaking_changes(released, document()) == []
