"""Akoma Ntoso: valid against the published schema, whatever the document holds."""

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.document import (
    Chapter,
    Chart,
    Document,
    Edition,
    Function,
    Manual,
    Unit,
)
from exchange.exporters.akn import branch_akn, edition_akn, unit_akn
from manuals.blocks import split_blocks
from tests.exchange.exporters.akn import BASE_URL, find, read, text_of, valid
from tests.exchange.interchange import document, key


def test_a_document_in_every_field_is_valid():
    read(document())


def test_an_empty_edition_is_valid():
    whole = read(Document())
    assert text_of(find(whole, "//akn:mainBody")[0]).strip() == ""


def test_a_fragment_has_its_unit_without_a_chapter():
    whole = read(Document(units=[Unit("7.4", "Unidad", "Unidad")]))
    (unit,) = find(whole, "//akn:mainBody/akn:hcontainer")
    assert unit.get("eId") == "hcontainer_7-4"


def test_a_unit_and_a_branch_are_portions_of_the_edition():
    unit = valid(unit_akn(document(), "2.1", base_url=BASE_URL))
    branch = valid(branch_akn(document(), "2.1", base_url=BASE_URL))
    for whole in (unit, branch):
        (portion,) = find(whole, "/akn:akomaNtoso/akn:portion")
        assert portion.get("includedIn") == "/akn/mx/doc/manual/prueba/spa@2021"
        assert find(whole, "//akn:FRBRportion/@from") == ["#hcontainer_2-1"]
    assert find(unit, "//akn:hcontainer/@eId") == ["hcontainer_2-1"]
    assert find(branch, "//akn:hcontainer/@eId") == ["hcontainer_2-1", "hcontainer_2-2"]


@pytest.mark.parametrize("write", [unit_akn, branch_akn])
def test_a_code_that_the_edition_lacks_is_refused(write):
    with pytest.raises(KeyError):
        write(document(), "9.9", base_url=BASE_URL)


def test_without_an_address_references_begin_at_the_root():
    whole = valid(edition_akn(document()))
    assert find(whole, "//akn:hcontainer/@GUID")[0] == f"/id/unidad/{key(1)}"


def test_the_same_edition_gives_the_same_bytes():
    first = edition_akn(document(), base_url=BASE_URL)
    assert edition_akn(document(), base_url=BASE_URL) == first
    assert first.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso ')
    assert first.endswith(b"</akomaNtoso>\n")


def test_codes_that_look_alike_have_identifiers_of_their_own():
    units = [
        Unit("8.1", "Una", "Unidad"),
        Unit("8-1", "Otra", "Unidad", parent_code="8.1"),
        Unit("8.1-", "Tercera", "Unidad", parent_code="8.1"),
    ]
    whole = read(Document(units=units))
    assert len(set(find(whole, "//akn:hcontainer/@eId"))) == 3


def test_charts_with_one_number_have_identifiers_of_their_own():
    charts = [Chart("7.1", title) for title in ("Una", "Otra", "Tercera")]
    whole = read(Document(chapters=[Chapter(7, "Organogramas", "charts", "", charts)]))
    assert len(set(find(whole, "//akn:hcontainer/@eId"))) == 3


@pytest.mark.parametrize(
    "body",
    [
        "- a\n  - b\n    - c\n- d",
        "- - a\n- b",
        "1. a\n2. b\n\n   más de b\n\n- c",
        "# Título\n\nTexto\n\n- # Dentro\n- b",
        "*énfasis* **fuerte *ambos*** `código`\\\nlínea\nsigue",
        "-\n- b",
        "<b>no</b> & [enlace](http://x.mx) ![](y)",
        "\n\n",
    ],
)
def test_any_shape_of_markdown_is_valid_and_says_the_same(body):

    charts = [Chart("1.1", "Una", effective_from=date(2020, 1, 1))]
    for chapter in (
        Chapter(1, "A", body=body),
        Chapter(1, "A", "charts", body, charts),
    ):
        whole = read(Document(chapters=[chapter]))
        texts = find(whole, "//akn:chapter/akn:*[self::akn:content or self::akn:intro]")
        lines = [
            text_of(line)
            for one in texts
            for line in find(one, ".//akn:p|.//akn:block")
        ]
        assert lines == [plain(block) for block in split_blocks(body)]


def plain(block) -> str:
    """What a reader of the page reads."""

    return unescape(re.sub("<[^>]*>", "", block.html))


_TEXT = st.text(max_size=20)
_FUNCTION = st.builds(
    Function,
    text=_TEXT,
    key=st.uuids(),
    items=st.lists(st.builds(Function, text=_TEXT, key=st.uuids()), max_size=2),
)
_DAY = st.none() | st.dates()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(_TEXT, _TEXT, st.lists(_FUNCTION, max_size=2)), max_size=3),
    st.builds(Manual, slug=_TEXT, title=_TEXT, institution=_TEXT, notice=_TEXT),
    st.builds(
        Edition,
        label=_TEXT,
        effective_from=_DAY,
        withdrawn_on=_DAY,
        authorised_by=_TEXT,
        document_number=_TEXT,
        authorisation_text=_TEXT,
    ),
    _TEXT,
)
def test_any_text_is_valid(units, manual, edition, body):
    written = [
        Unit(
            f"1.{number}",
            f"Unidad {name}",
            kind,
            functions=functions,
            printed_code=name,
        )
        for number, (name, kind, functions) in enumerate(units, 1)
    ]
    read(Document(manual, edition, [Chapter(1, body, body=body)], written))


def test_what_xml_cannot_hold_is_shown_as_a_mark():
    odd = "a\x00b\x0bc\ud800d\ufffee\tf\rg\nh & <i>"
    unit = Unit("1.1", "U", "Unidad", functions=[Function(odd)])
    whole = read(Document(units=[unit]))
    mark = "\ufffd"
    (line,) = find(whole, "//akn:paragraph//akn:p")
    assert text_of(line) == f"a{mark}b{mark}c{mark}d{mark}e\tf\rg\nh & <i>"


def test_control_characters_are_marked_wherever_they_stand():
    odd = "x\x07"
    charts = [Chart(odd, odd), Chart("2", odd, key(1))]
    whole = read(
        Document(
            Manual(odd, odd, odd, odd, odd, odd),
            Edition("2021", authorised_by=odd, authorised_position=odd),
            [Chapter(1, odd, "charts", f"*{odd}*\n\n- `{odd}`", charts)],
            [Unit(odd, odd, odd, key(1), odd, 1, [odd], None, odd, [Function(odd)])],
        )
    )
    assert text_of(whole).count("x\ufffd") == 13
