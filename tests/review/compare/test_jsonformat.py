"""The JSON form: what DESIGN promises of it, held by its schema and one example."""

import json
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

import review
from exchange.document import Chapter, Chart, Source
from review.compare import Comparison, compare
from review.compare.jsonformat import dumps, to_dict
from tests.review.compare.building import chapters, edition, function, key, unit
from tests.review.compare.editing import Author
from tests.review.compare.test_demo import demo

ROOT = Path(review.__file__).parent.parent
SCHEMA = json.loads(
    (ROOT / "docs" / "manual-org-compare-1.schema.json").read_text(encoding="utf-8")
)
validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def example() -> Comparison:
    old = edition(
        unit("8.1", "Dirección", of="root"),
        unit(
            "8.2",
            "División de Cobro",
            function("a", "Cobrar las cuotas.", function("i", "De enero")),
            function("b", "Archivar los recibos."),
            of="cobro",
            objective="Cobrar.",
        ),
        unit("8.3", "División de Archivo", of="archive"),
        label="2021",
    )
    new = edition(
        unit("7.1", "Dirección", of="root"),
        unit(
            "7.2",
            "División de Cobranza",
            function("a", "Cobrar las cuotas a tiempo.", function("i", "de enero")),
            of="cobro",
            objective="Cobrar a tiempo.",
        ),
        unit("7.3", "División de Altas", function("n", "Dar altas."), of="altas"),
        unit("7.3.1", "Oficina de Recibos", function("b", "Archivar los recibos.")),
        chapter=7,
        label="2024",
        ratified_on=date(2024, 3, 1),
        sources=[Source("a.txt", "0" * 64)],
    )
    old.chapters = [*chapters("Uno.\n\nDos."), Chapter(8, "Funciones", "functions")]
    new.chapters = [
        *chapters("Uno.\n\nTres."),
        Chapter(7, "Funciones", "functions"),
        Chapter(8, "Organogramas", "charts", charts=[Chart("8.1", "D", key("root"))]),
    ]
    return compare(old, new)


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("comparison", [example(), demo("keys"), demo("texts")])
def test_comparisons_are_valid(comparison):
    validator.validate(json.loads(dumps(comparison)))


@given(st.integers(0, 2**64).map(Random), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_random_comparisons_are_valid(dice, steps):
    author = Author(dice)
    old = author.document()
    validator.validate(json.loads(dumps(compare(old, author.revised(old, steps)))))


def test_the_schema_refuses_what_readers_do_not_know():
    tree = to_dict(example())
    tree["units"][1]["functions"][0]["change"] = "vanished"
    with pytest.raises(ValidationError):
        validator.validate(json.loads(json.dumps(tree)))


def test_the_head_names_both_editions():
    tree = to_dict(example())
    assert tree["format"] == "manual-org/compare/1"
    assert tree["old"] == {"manual": "dir", "edition": "2021"}
    assert tree["new"] == {"manual": "dir", "edition": "2024"}
    assert list(tree) == [
        "format",
        "old",
        "new",
        "matched",
        "summary",
        "manual",
        "edition",
        "chapters",
        "terminology",
        "successions",
        "units",
    ]


def test_the_edition_lists_what_differs_as_old_and_new():
    assert to_dict(example())["edition"] == {
        "label": ["2021", "2024"],
        "functions_chapter": [8, 7],
        "ratified_on": [None, "2024-03-01"],
        "sources": [[], [{"name": "a.txt", "sha256": "0" * 64}]],
    }


def test_units_stand_in_the_new_order_with_suppressed_ones_in_their_place():
    units = to_dict(example())["units"]
    assert [
        (
            one["old"] and one["old"]["code"],
            one["new"] and one["new"]["code"],
            one["changes"],
        )
        for one in units
    ] == [
        ("8.1", "7.1", ["renumbered"]),
        ("8.2", "7.2", ["renamed", "renumbered"]),
        ("8.3", None, ["suppressed"]),
        (None, "7.3", ["new"]),
        (None, "7.3.1", ["new"]),
    ]
    assert units[2]["key"] == str(key("archive"))
    assert units[1]["new"] == {
        "key": str(key("cobro")),
        "code": "7.2",
        "name": "División de Cobranza",
        "kind": "División",
        "parent_code": "7.1",
    }


def test_a_function_shows_both_sides_its_redline_and_its_items():
    units = to_dict(example())["units"]
    (reworded,) = units[1]["functions"]
    assert {
        name: reworded[name]
        for name in ("key", "change", "weight", "overall", "old", "new", "redline")
    } == {
        "key": str(key("a")),
        "change": "reworded",
        "weight": "substantive",
        "overall": "substantive",
        "old": {
            "key": str(key("a")),
            "code": "8.2",
            "number": 1,
            "label": "1",
            "anchor": "f1",
            "text": "Cobrar las cuotas.",
        },
        "new": {
            "key": str(key("a")),
            "code": "7.2",
            "number": 1,
            "label": "1",
            "anchor": "f1",
            "text": "Cobrar las cuotas a tiempo.",
        },
        "redline": [["=", "Cobrar las cuotas"], ["+", " a tiempo"], ["=", "."]],
    }
    (item,) = reworded["items"]
    assert (item["change"], item["weight"]) == ("reworded", "cosmetic")
    assert (item["new"]["number"], item["new"]["label"]) == (1, "a")
    (moved,) = units[4]["functions"]
    assert (moved["change"], moved["weight"]) == ("moved", None)
    assert units[1]["left"] == [str(key("b"))]


def test_chapters_list_their_numbered_blocks():
    first, functions, charts = to_dict(example())["chapters"]
    assert (first["number"], first["change"]) == (1, "reworded")
    assert [
        (block["number"], block["change"], block["redline"])
        for block in first["blocks"]
    ] == [
        (1, "same", [["=", "Uno."]]),
        (2, "suppressed", [["-", "Dos."]]),
        (2, "new", [["+", "Tres."]]),
    ]
    assert (functions["change"], functions["old"]["number"]) == ("renumbered", 8)
    assert (charts["change"], charts["charts"][0]["change"]) == ("new", "new")


def test_the_bytes_are_utf8_with_a_final_line_end():
    written = dumps(example())
    assert written.endswith(b"}\n")
    assert "División de Cobranza".encode() in written
