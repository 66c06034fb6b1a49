"""What is no document of the interchange format is refused, as its schema says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.importers.errors import ImportRejected
from exchange.jsonformat import loads
from tests.exchange.interchange import VALIDATOR, at, key, tree


def refused(changed, kind: str | None = "json_content") -> str:
    data = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
    with pytest.raises(ImportRejected) as caught:
        loads(data)
    assert kind is None or caught.value.code == kind
    return caught.value.message


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("format",), "manual-org/2", "/format"),
        (("manual", "slug"), None, "/manual/slug"),
        (("manual", "title"), "  ", "/manual/title"),
        (("manual", "acronym"), 5, "/manual/acronym"),
        (("edition", "status"), "nueva", "/edition/status"),
        (("edition", "status"), [], "/edition/status"),
        (("edition", "numbering"), "romans", "/edition/numbering"),
        (("edition", "ratified_on"), "4/3/2021", "/edition/ratified_on"),
        (("edition", "ratified_on"), "2021-02-30", "/edition/ratified_on"),
        (("edition", "functions_chapter"), 0, "/edition/functions_chapter"),
        (("edition", "functions_chapter"), True, "/edition/functions_chapter"),
        (("edition", "sources", 0, "sha256"), "abc", "/edition/sources/0/sha256"),
        (("chapters", 0, "kind"), "anexo", "/chapters/0/kind"),
        (("chapters", 0, "number"), "1", "/chapters/0/number"),
        (
            ("chapters", 0, "charts", 0, "unit_key"),
            "x",
            "/chapters/0/charts/0/unit_key",
        ),
        (("units",), {}, "/units"),
        (("units", 1), [], "/units/1"),
        (("units", 1, "key"), None, "/units/1/key"),
        (("units", 1, "code"), "2..2", "/units/1/code"),
        (("units", 1, "name"), "", "/units/1/name"),
        (("units", 1, "positions"), "A", "/units/1/positions"),
        (("units", 1, "printed_page"), -1, "/units/1/printed_page"),
        (("units", 1, "functions", 0, "text"), None, "/units/1/functions/0/text"),
        (
            ("units", 1, "functions", 1, "items", 0, "items"),
            3,
            "/units/1/functions/1/items/0/items",
        ),
    ],
)
def test_a_wrong_value_is_refused_here_and_by_the_schema(path, value, place):
    whole = tree()
    at(whole, *path[:-1])[path[-1]] = value
    assert f" {place}:" in refused(whole)
    assert not VALIDATOR.is_valid(json.loads(json.dumps(whole)))


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("manual",),
        ("edition",),
        ("edition", "sources", 0),
        ("chapters", 0),
        ("chapters", 0, "charts", 0),
        ("units", 1),
        ("units", 1, "functions", 1),
        ("units", 1, "functions", 1, "items", 0),
    ],
)
def test_an_unknown_field_is_refused_since_it_would_be_lost(path):
    whole = tree()
    at(whole, *path)["sorpresa"] = 1
    assert "sorpresa" in refused(whole)
    assert not VALIDATOR.is_valid(whole)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("edition", "functions_chapter"), 7.0, "/edition/functions_chapter"),
        (("units", 1, "code"), "2.1", "/units/1/code"),
        (("units", 1, "key"), str(key(1)), "/units/1/key"),
        (("units", 1, "functions", 0, "key"), str(key(13)), "/items/0/key"),
        (("units", 1, "parent_code"), "2.9", "/units/1/parent_code"),
        (("units", 1, "parent_code"), "2.2", "/units/1/parent_code"),
        (("units", 1, "parent_code"), None, "/units/1/parent_code"),
        (("units", 0, "parent_code"), "2.2", "/units/0/parent_code"),
        (("units", 1, "functions", 1, "number"), 3, "/functions/1/number"),
        (("units", 1, "functions", 0, "number"), True, "/functions/0/number"),
        (("units", 1, "functions", 1, "items", 1, "label"), "c", "/items/1/label"),
        (("chapters", 1, "number"), 1, "/chapters/1/number"),
        (("units", 1, "name"), "A\u0000", "/units/1/name"),
        (("units", 1, "name"), "A\ud800", "/units/1/name"),
    ],
)
def test_what_a_schema_cannot_say_is_refused(path, value, place):
    whole = tree()
    at(whole, *path[:-1])[path[-1]] = value
    assert f"{place}:" in refused(whole)


def test_a_fourth_level_is_refused():
    whole = tree()
    third = at(whole, "units", 1, "functions", 1, "items", 0, "items", 0)
    third["items"] = [{"key": str(key(99)), "label": "1", "text": "x", "items": []}]
    assert "niveles" in refused(whole)
    assert not VALIDATOR.is_valid(whole)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "json_syntax"),
        (b"{", "json_syntax"),
        (b'{"format": "manual-org/1",}', "json_syntax"),
        (b'{"format": NaN}', "json_syntax"),
        (b'{"a": 1, "a": 2}', "json_duplicate"),
        (b'{"format": ' + b"9" * 5000 + b"}", "json_syntax"),
        (b"[" * 200_000, "json_nesting"),
        (b'{"a":' * 200_000, "json_nesting"),
        ("{}".encode("utf-16"), "undecodable"),
        (b"\xff{}", "undecodable"),
        (b"[]", "json_content"),
        (b"null", "json_content"),
        (b"{}", "json_content"),
        (b'"manual-org/1"', "json_content"),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(data, kind):
    message = refused(data, kind)
    assert message.endswith(".") and "\n" not in message


def test_the_line_of_a_syntax_error_is_named():
    with pytest.raises(ImportRejected) as caught:
        loads(b'{\n"format": "manual-org/1",\n oops}')
    assert caught.value.line == 3


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value):
    with pytest.raises(ImportRejected):
        loads(json.dumps(value).encode())
