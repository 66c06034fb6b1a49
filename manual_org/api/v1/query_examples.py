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

    Of names in a list, the first two are one.
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
    first, *others = schema.get("pattern", "").strip("^(").partition(")")[0].split("|")
    if parameter["name"] in ("fields", "expand") or others:
        parameter["example"] = ",".join([first, *others][:2])
    elif parameter["name"] in EXAMPLES:
        parameter["example"] = EXAMPLES[parameter["name"]]
