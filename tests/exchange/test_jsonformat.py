"""The interchange format: lossless and stable."""

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exchange.document import (
    Chapter,
    Function,
    Unit,
)
from exchange.jsonformat import dumps, loads
from tests.exchange.interchange import SCHEMA, VALIDATOR, document, tree


def test_writing_and_reading_give_the_same_document_and_bytes():
    data = dumps(document())
    assert loads(data) == document()
    assert dumps(loads(data)) == data


def test_the_bytes_are_readable_utf8_with_a_final_line_end():
    data = dumps(document())
    assert data.endswith(b"}\n")
    assert "Instituto «Ñ»".encode() in data


def test_the_keys_stand_in_the_order_of_the_format():
    whole = tree()
    assert list(whole) == ["format", "manual", "edition", "chapters", "units"]
    assert list(whole["manual"]) == [
        "slug",
        "title",
        "acronym",
        "institution",
        "registration_key",
        "notice",
    ]
    assert list(whole["edition"]) == [
        "label",
        "status",
        "numbering",
        "functions_chapter",
        "effective_from",
        "effective_to",
        "withdrawn_on",
        "authorised_by",
        "authorised_position",
        "authorisation_text",
        "elaborated_by",
        "reviewed_by",
        "ratified_on",
        "document_number",
        "document_date",
        "sources",
    ]
    assert list(whole["chapters"][0]) == ["number", "title", "kind", "body", "charts"]
    assert list(whole["chapters"][0]["charts"][0]) == [
        "number",
        "title",
        "unit_key",
        "effective_from",
    ]
    unit = whole["units"][1]
    assert list(unit) == [
        "key",
        "code",
        "printed_code",
        "printed_page",
        "name",
        "kind",
        "positions",
        "parent_code",
        "objective",
        "functions",
    ]
    assert list(unit["functions"][1]) == ["key", "number", "text", "items"]
    assert list(unit["functions"][1]["items"][0]) == ["key", "label", "text", "items"]


def test_numbers_and_labels_are_computed():
    functions = tree()["units"][1]["functions"]
    assert [one["number"] for one in functions] == [1, 2]
    items = functions[1]["items"]
    assert [one["label"] for one in items] == ["a", "b"]
    assert items[0]["items"][0]["label"] == "i"


def test_what_may_be_null_may_be_absent():
    whole = tree()
    sparse = {
        "format": "manual-org/1",
        "manual": {"slug": "prueba", "title": "Manual"},
        "edition": {"label": "1", "status": "draft", "numbering": None},
        "chapters": [{"number": 1, "title": "Uno", "kind": "text", "body": None}],
        "units": [
            {name: whole["units"][0][name] for name in ("key", "code", "name", "kind")}
        ],
    }
    read = loads(json.dumps(sparse).encode())
    assert read.units[0].functions == []
    assert read.edition.numbering == "numbers"
    VALIDATOR.validate(sparse)


def test_what_is_written_satisfies_the_schema():
    Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(tree())


def test_a_byte_order_mark_is_no_error():
    assert loads(b"\xef\xbb\xbf" + dumps(document())) == document()


TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20
).filter(str.strip)
ITEMS = st.recursive(
    st.lists(TEXTS.map(Function), max_size=2),
    lambda inner: st.lists(
        st.builds(lambda text, items: Function(text, items=items), TEXTS, inner),
        max_size=2,
    ),
    max_leaves=4,
)


def depth(functions: list[Function]) -> int:
    return max((1 + depth(one.items) for one in functions), default=0)


@given(
    TEXTS,
    st.lists(
        st.tuples(TEXTS, ITEMS.filter(lambda items: depth(items) <= 3)), max_size=4
    ),
    st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)),
    st.none() | st.dates(),
)
@settings(max_examples=60, deadline=None)
def test_any_document_comes_back_as_it_was(title, units, bodies, day):
    whole = copy.deepcopy(document())
    whole.manual.title = title
    whole.edition.ratified_on = day
    whole.chapters = [
        Chapter(number, title, body=body) for number, body in enumerate(bodies, 1)
    ]
    whole.units = [
        Unit(f"1.{number}", name, name, parent_code="1.1" if number > 1 else None)
        for number, (name, _) in enumerate(units, 1)
    ]
    for unit, (_, functions) in zip(whole.units, units, strict=True):
        # The strategy may share one object between places.
        unit.functions = fresh(functions)
    data = dumps(whole)
    assert loads(data) == whole
    assert dumps(loads(data)) == data
    VALIDATOR.validate(json.loads(data))


def fresh(functions: list[Function]) -> list[Function]:
    return [Function(one.text, items=fresh(one.items)) for one in functions]
