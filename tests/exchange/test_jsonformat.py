"""The interchange format: lossless, stable, and strict about what it reads."""

import copy
import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exchange.document import (
    Chapter,
    Chart,
    Document,
    Edition,
    Function,
    Manual,
    Source,
    Unit,
)
from exchange.importers.errors import ImportRejected
from exchange.jsonformat import dumps, loads

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "manual-org-1.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(
    SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER
)


def key(number: int) -> UUID:
    return UUID(int=number)


def document() -> Document:
    return Document(
        manual=Manual(
            slug="prueba",
            title="Manual de prueba",
            acronym="MP",
            institution="Instituto «Ñ»",
            registration_key="R-1",
            notice="Textos ficticios",
        ),
        edition=Edition(
            label="2021",
            status="authorised",
            numbering="bullets",
            functions_chapter=2,
            effective_from=date(2021, 3, 4),
            effective_to=date(2024, 1, 31),
            withdrawn_on=None,
            authorised_by="Ana",
            authorised_position="Titular",
            authorisation_text="Uno.\n\nDos.",
            elaborated_by=None,
            reviewed_by="Luz",
            ratified_on=date(2021, 3, 4),
            document_number="09/1",
            document_date=date(2021, 3, 1),
            sources=[Source("m.txt", "0" * 64)],
        ),
        chapters=[
            Chapter(
                1,
                "Organogramas",
                "charts",
                charts=[
                    Chart("1.1", "Dirección", key(1), date(2020, 1, 1)),
                    Chart("1.2", "Otra"),
                ],
            ),
            Chapter(2, "Funciones", "functions"),
            Chapter(3, "Glosario", body="Uno:\n\n- dos\n- tres"),
        ],
        units=[
            Unit("2.1", "Dirección", "Dirección", key(1)),
            Unit(
                code="2.2",
                name="Unidades A, B",
                kind="Unidad",
                key=key(2),
                printed_code="2.1",
                printed_page=7,
                positions=["A", "B"],
                parent_code="2.1",
                objective="Servir.",
                functions=[
                    Function("Hacer “bien”.", key(10)),
                    Function(
                        "Revisar:",
                        key(11),
                        items=[
                            Function("Altas:", key(12), [Function("firma.", key(13))]),
                            Function("Bajas.", key(14)),
                        ],
                    ),
                ],
            ),
        ],
    )


def tree() -> dict:
    return json.loads(dumps(document()))


def refused(changed, kind: str | None = "json_content") -> str:
    data = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
    with pytest.raises(ImportRejected) as caught:
        loads(data)
    assert kind is None or caught.value.code == kind
    return caught.value.message


def at(whole, *path):
    for step in path:
        whole = whole[step]
    return whole


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


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_read_or_refused(value):
    with pytest.raises(ImportRejected):
        loads(json.dumps(value).encode())
