"""The OpenAPI document is complete: nothing in it is without words or an example."""

from collections.abc import Iterator

from django.test import SimpleTestCase
from openapi_spec_validator import OpenAPIV31SpecValidator

from manual_org.api.v1.views.docs import document
from tests.api.contract import METHODS, resolved


def operations() -> Iterator[tuple[str, dict]]:
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def schemas() -> Iterator[tuple[str, dict]]:
    """Every schema that the document has, with where it stands."""
    for name, schema in document()["components"]["schemas"].items():
        yield from inner(name, schema)
    for at, operation in operations():
        for parameter in operation.get("parameters", ()):
            yield from inner(f"{at} {parameter['name']}", parameter["schema"])
        for where, content in contents(operation):
            for media_type, media in content.items():
                yield from inner(f"{at} {where} {media_type}", media["schema"])


def inner(at: str, schema: dict) -> Iterator[tuple[str, dict]]:
    yield at, schema
    for name, field in schema.get("properties", {}).items():
        yield from inner(f"{at}.{name}", field)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from inner(f"{at}.{keyword}", schema[keyword])
    for keyword in ("allOf", "oneOf", "anyOf"):
        for place, one in enumerate(schema.get(keyword, ())):
            yield from inner(f"{at}.{keyword}.{place}", one)


def contents(operation: dict) -> Iterator[tuple[str, dict]]:
    yield "body", operation.get("requestBody", {}).get("content", {})
    for status, response in operation["responses"].items():
        yield status, resolved(document(), response).get("content", {})


class CompletenessTests(SimpleTestCase):
    def test_follows_the_schema_of_openapi_3_1(self):
        errors = OpenAPIV31SpecValidator(document()).iter_errors()
        self.assertEqual([error.message for error in errors], [])

    def test_every_model_and_field_is_described(self):
        silent = [
            name
            for name, schema in document()["components"]["schemas"].items()
            if not schema.get("description")
        ]
        for at, schema in schemas():
            silent += [
                f"{at}.{name}"
                for name, field in schema.get("properties", {}).items()
                if not resolved(document(), field).get("description")
            ]
        self.assertEqual(silent, [])

    def test_every_parameter_answer_and_header_is_described(self):
        silent = []
        for at, operation in operations():
            for parameter in operation.get("parameters", ()):
                if not parameter.get("description"):
                    silent.append(f"{at} {parameter['name']}")
            for status, response in operation["responses"].items():
                response = resolved(document(), response)
                if not response["description"]:
                    silent.append(f"{at} {status}")
                for name, header in response.get("headers", {}).items():
                    if not resolved(document(), header).get("description"):
                        silent.append(f"{at} {status} {name}")
        self.assertEqual(silent, [])

    def test_every_body_and_answer_shows_an_example(self):
        bare = [
            f"{at} {where} {media_type}"
            for at, operation in operations()
            for where, content in contents(operation)
            for media_type, media in content.items()
            if not {"example", "examples"} & media.keys()
        ]
        self.assertEqual(bare, [])

    def test_every_schema_says_what_it_allows(self):
        """Of fields that differ between two editions, any value may stand there."""
        known = {
            f"Comparison.{name}.additionalProperties.items"
            for name in ("manual", "edition")
        } | {"ComparedUnit.fields.additionalProperties.items"}
        empty = {
            at
            for at, schema in schemas()
            if not schema.keys() - {"description", "example", "default", "title"}
        }
        self.assertEqual(empty - known, set())

    def test_every_tag_is_described_and_used(self):
        used = {tag for _at, operation in operations() for tag in operation["tags"]}
        described = {tag["name"]: tag["description"] for tag in document()["tags"]}
        self.assertEqual(set(described), used)
        self.assertTrue(all(described.values()))

    def test_models_have_names_of_their_own(self):
        """A generator of names ends in Enum; people and clients read these."""
        named = [
            name
            for name in document()["components"]["schemas"]
            if name.endswith("Enum")
        ]
        self.assertEqual(named, [])

    def test_says_what_it_is_and_where(self):
        info = document()["info"]
        self.assertTrue(info["title"] and info["version"])
        self.assertGreater(len(info["description"]), 300)
        self.assertEqual(info["license"]["identifier"], "BSD-3-Clause")
        self.assertEqual([one["url"] for one in document()["servers"]], ["/"])
