"""What breaks clients between two versions of an OpenAPI document.

What a request may be must not become less, what an answer may be must not become more,
and the names that generated clients are made of stay. One walk compares both: the
answers of today must fit the contract of before, the requests of before that of today.

Breaking, among others: a value added to an enumeration of answers (generated clients
refuse what they do not know), a field of an answer that is no longer always there. Not
breaking: new addresses, statuses, media types and headers, optional parameters and
fields of requests, fields of answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch")
LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
EXACT = ("pattern", "format", "multipleOf", "uniqueItems", "contentEncoding")
# bool first: to Python it is an integer too.
TYPES = {
    "boolean": bool,
    "integer": int,
    "number": float,
    "string": str,
    "array": list,
    "object": dict,
}


def breaking_changes(released: dict, current: dict) -> list[str]:
    """A sentence for each, beginning with the operation that breaks."""
    return list(dict.fromkeys(_of_documents(released, current)))


def _of_documents(released: dict, current: dict) -> Iterator[str]:
    for path, item in released["paths"].items():
        if path not in current["paths"]:
            yield f"{path}: the address is gone"
            continue
        for method in METHODS:
            if method not in item:
                continue
            at = f"{method.upper()} {path}"
            if method not in current["paths"][path]:
                yield f"{at}: the method is gone"
                continue
            old, new = item[method], current["paths"][path][method]
            yield from _of_operations((released, current), at, old, new)
    yield from _of_webhooks(
        (released, current),
        released.get("webhooks", {}),
        current.get("webhooks", {}),
    )
    for name in sorted(_schemas(released).keys() - _schemas(current).keys()):
        yield f"components: the model {name} is gone"


def _schemas(document: dict) -> dict:
    return document.get("components", {}).get("schemas", {})


def _of_operations(
    pair: tuple[dict, dict], at: str, old: dict, new: dict
) -> Iterator[str]:
    for name in ("operationId", "tags"):
        if old.get(name) != new.get(name):
            yield f"{at}: {name} was {old.get(name)} and is {new.get(name)}"
    yield from _of_parameters(pair, at, old, new)
    yield from _of_bodies(pair, at, old.get("requestBody"), new.get("requestBody"))
    yield from _of_responses(pair, at, old["responses"], new["responses"])
    yield from _of_security(
        at,
        old.get("security", pair[0].get("security", [])),
        new.get("security", pair[1].get("security", [])),
    )


def _of_webhooks(pair: tuple[dict, dict], old: dict, new: dict) -> Iterator[str]:
    """What is sent is to its receiver what an answer is to who asked for it.

    But for new values of its enumerations: receivers ignore types that are new to them.
    """
    walk = _Walk(*reversed(pair), answers=True, values_may_be_added=True)
    for name, item in old.items():
        at = f"webhook {name}"
        if name not in new:
            yield f"{at}: it is no longer sent"
            continue
        before, after = item["post"], new[name]["post"]
        gone = _parameters(pair[0], before).keys() - _parameters(pair[1], after).keys()
        for key in sorted(gone):
            yield f"{at}: {_named(key)} is gone"
        yield from _of_contents(
            walk,
            at,
            resolved(pair[0], before["requestBody"]),
            resolved(pair[1], after["requestBody"]),
        )


def _of_parameters(
    pair: tuple[dict, dict], at: str, old: dict, new: dict
) -> Iterator[str]:
    before = _parameters(pair[0], old)
    after = _parameters(pair[1], new)
    for key, parameter in after.items():
        if parameter.get("required") and not before.get(key, {}).get("required"):
            yield f"{at}: {_named(key)} is required now"
    for key, parameter in before.items():
        if key not in after:
            yield f"{at}: {_named(key)} is gone"
            continue
        for name in ("style", "explode"):
            if parameter.get(name) != after[key].get(name):
                yield f"{at}: {_named(key)} has another {name}"
        walk = _Walk(*pair, answers=False)
        yield from walk.compare(
            parameter["schema"], after[key]["schema"], f"{at}: {_named(key)}"
        )


def _parameters(document: dict, operation: dict) -> dict[tuple[str, str], dict]:
    found = [resolved(document, one) for one in operation.get("parameters", ())]
    return {(one["in"], one["name"]): one for one in found}


def _named(key: tuple[str, str]) -> str:
    return f"the {key[0]} parameter {key[1]}"


def _of_bodies(
    pair: tuple[dict, dict], at: str, old: dict | None, new: dict | None
) -> Iterator[str]:
    before = resolved(pair[0], old or {})
    after = resolved(pair[1], new or {})
    if after.get("required") and not before.get("required"):
        yield f"{at}: a body is required now"
    if before and not after:
        yield f"{at}: the body is gone"
        return
    walk = _Walk(*pair, answers=False)
    yield from _of_contents(walk, f"{at}: body", before, after)


def _of_responses(
    pair: tuple[dict, dict], at: str, old: dict, new: dict
) -> Iterator[str]:
    for status, response in old.items():
        if status not in new:
            yield f"{at}: the status {status} is gone"
            continue
        before = resolved(pair[0], response)
        after = resolved(pair[1], new[status])
        for name in before.get("headers", {}).keys() - after.get("headers", {}).keys():
            yield f"{at}: {status}: the header {name} is gone"
        walk = _Walk(*reversed(pair), answers=True)
        yield from _of_contents(walk, f"{at}: {status}", before, after)


def _of_contents(walk: _Walk, at: str, before: dict, after: dict) -> Iterator[str]:
    for media_type, media in before.get("content", {}).items():
        if media_type not in after.get("content", {}):
            yield f"{at}: the media type {media_type} is gone"
            continue
        old = media.get("schema", {})
        new = after["content"][media_type].get("schema", {})
        yield from walk.compare(*((new, old) if walk.answers else (old, new)), at)


def _of_security(at: str, old: list[dict], new: list[dict]) -> Iterator[str]:
    for accepted in old or [{}]:
        if not any(
            all(
                set(scopes) <= set(accepted.get(name, ()))
                for name, scopes in one.items()
            )
            and one.keys() <= accepted.keys()
            for one in new or [{}]
        ):
            names = " and ".join(accepted) or "nobody identified"
            yield f"{at}: it is no longer open to {names}"


def resolved(document: dict, value: dict) -> dict:
    """The value, or what its $ref names, with what stands beside it."""
    while "$ref" in value:
        found: Any = document
        for name in value["$ref"].removeprefix("#/").split("/"):
            found = found[name.replace("~1", "/").replace("~0", "~")]
        beside = {name: one for name, one in value.items() if name != "$ref"}
        value = {**found, **beside}
    return value


class _Walk:
    """Finds what one schema refuses of what another one allows.

    Of requests, ``allowed`` is the contract of before and ``allowing`` that of today;
    of ``answers`` it is the other way round.
    """

    def __init__(
        self,
        allowed: dict,
        allowing: dict,
        *,
        answers: bool,
        values_may_be_added: bool = False,
    ):
        self.allowed = allowed
        self.allowing = allowing
        self.answers = answers
        self.values_may_be_added = values_may_be_added
        self.inside: list[tuple[dict, dict]] = []

    def compare(self, some: dict, others: dict, at: str) -> Iterator[str]:
        if not others:
            return
        choices = _alternatives(self.allowing, others)
        for one in _alternatives(self.allowed, some):
            found = [list(self._of_one(one, choice, at)) for choice in choices]
            yield from min(found, key=len)

    def _of_one(self, some: dict, other: dict, at: str) -> Iterator[str]:
        mine, yours = some.get("type"), other.get("type")
        if yours and mine != yours and (mine, yours) != ("integer", "number"):
            yield self._may(at, mine or "anything")
            return
        if "enum" in other and not self.values_may_be_added:
            for value in some.get("enum", ["any value"]):
                if value not in other["enum"]:
                    yield self._may(at, repr(value))
        for keyword, limit in other.items():
            mine = some.get(keyword)
            if _is_stricter(keyword, limit, mine):
                before, after = (limit, mine) if self.answers else (mine, limit)
                yield f"{at}: {keyword} was {before} and is {after}"
        if "items" in other:
            yield from self.compare(some.get("items", {}), other["items"], f"{at}[]")
        yield from self._of_fields(some, other, at)

    def _of_fields(self, some: dict, other: dict, at: str) -> Iterator[str]:
        fields, others = some.get("properties", {}), other.get("properties", {})
        if any(one is fields and two is others for one, two in self.inside):
            return  # a unit has units
        self.inside.append((fields, others))
        rest, other_rest = _rest(some), _rest(other)
        gone = others.keys() - fields.keys() if self.answers else set()
        for name in sorted(gone):
            yield f"{at}.{name}: the field is gone"
        required = set(other.get("required", ())) - set(some.get("required", ()))
        for name in sorted(required - gone):
            happened = "no longer always there" if self.answers else "required now"
            yield f"{at}.{name}: the field is {happened}"
        for name, schema in fields.items():
            if name in others:
                yield from self.compare(schema, others[name], f"{at}.{name}")
            elif other_rest is False:
                yield self._may(f"{at}.{name}", "there")
            else:
                yield from self.compare(schema, other_rest, f"{at}.{name}")
        if rest is not False and other_rest is False:
            yield self._may(at, "with other fields")
        elif rest is not False:
            yield from self.compare(rest, other_rest, f"{at}.*")
        self.inside.pop()

    def _may(self, at: str, what: str) -> str:
        return (
            f"{at}: may {f'be {what} now' if self.answers else f'no longer be {what}'}"
        )


def _is_stricter(keyword: str, limit, other) -> bool:
    if keyword in EXACT:
        return other != limit
    if keyword in LOWEST:
        return other is None or other < limit
    return keyword in HIGHEST and (other is None or other > limit)


def _rest(schema: dict) -> dict | bool:
    """What a field that has no schema of its own may be; False: there is none."""
    rest = schema.get("additionalProperties", True)
    return {} if rest is True else rest


def _alternatives(document: dict, schema: dict) -> list[dict]:
    """The schema as those of which a value fits at least one, each of one type."""
    schema = resolved(document, schema)
    for keyword in ("allOf", "oneOf", "anyOf"):
        if keyword not in schema:
            continue
        beside = {name: one for name, one in schema.items() if name != keyword}
        if keyword == "allOf":
            for part in schema["allOf"]:
                beside = _merged(beside, resolved(document, part))
            return _alternatives(document, beside)
        return [
            found
            for one in schema[keyword]
            for found in _alternatives(
                document, _merged(beside, resolved(document, one))
            )
        ]
    schema = dict(schema)
    if "const" in schema:
        schema["enum"] = [schema.pop("const")]
    types = schema.pop("type", None) or _types_of(schema)
    if not types:
        return [schema]
    found = [
        _of_type(schema, name)
        for name in ([types] if isinstance(types, str) else types)
    ]
    return [one for one in found if one.get("enum") != []]


def _of_type(schema: dict, name: str) -> dict:
    schema = {**schema, "type": name}
    if "enum" in schema:
        schema["enum"] = [one for one in schema["enum"] if _type_of(one) == name]
    return schema


def _types_of(schema: dict) -> list[str]:
    """The types of a schema that does not say them."""
    if "enum" in schema:
        return sorted({_type_of(value) for value in schema["enum"]})
    if "properties" in schema:
        return ["object"]
    return ["array"] if "items" in schema else []


def _type_of(value: Any) -> str:
    for name, kind in TYPES.items():
        if isinstance(value, kind):
            return name
    return "null"


def _merged(one: dict, other: dict) -> dict:
    """A schema that demands what both demand."""
    merged = {**one, **other}
    if "properties" in one and "properties" in other:
        merged["properties"] = {**one["properties"], **other["properties"]}
    if "required" in one and "required" in other:
        merged["required"] = [*one["required"], *other["required"]]
    return merged
