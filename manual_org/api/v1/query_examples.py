"""An example of each parameter of a query string, for the OpenAPI document."""

from __future__ import annotations

KEY = "6f1f64c3-3b0a-4f5e-9d0e-5a8d7c1b2a90"
EXAMPLES = {
    "branch": KEY,
    "change": "new,moved",
    "changed_since": "2021",
    "code": "8.4,8.4.3",
    "cursor": "",
    "depth": 2,
    "edition": "2021",
    "effective_from": "2026-03-01",
    "has_functions": True,
    "has_items": True,
    "key": KEY,
    "kind": "Subjefatura,División",
    "manual": "demo",
    "name": "padrones",
    "on": "2022-05-01",
    "page": 2,
    "page_size": 100,
    "parent": "8.4",
    "q": "registro patronal",
    "reason": "Oficio 12/2026",
    "since": "2021",
    "status": "authorised,withdrawn",
    "text": "registro patronal",
    "under": "8.4",
    "unit": "8.4.3",
}


def add_query_examples(result, **kwargs):
    """A hook of drf-spectacular: examples of parameters that list no values.

    Of names in a list, the first two are one. Where a parameter may be left out the
    example is its schema's: the page of the document fills in those of parameters, and
    asked for all at once they find nothing.
    """
    for item in result["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    _add_example(parameter)
    return result


def _add_example(parameter: dict) -> None:
    schema = parameter["schema"]
    if "enum" in schema or {"example", "examples"} & parameter.keys():
        return
    examples = _examples(parameter["name"], schema)
    if examples and parameter.get("required"):
        parameter["example"] = examples[0]
    elif examples:
        schema["examples"] = examples


def _examples(name: str, schema: dict) -> list:
    first, *others = schema.get("pattern", "").strip("^(").partition(")")[0].split("|")
    if name in ("fields", "expand") or others:
        return [",".join([first, *others][:2])]
    return [EXAMPLES[name]] if name in EXAMPLES else []
