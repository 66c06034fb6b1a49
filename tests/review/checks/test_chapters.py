"""Chapters are read too, paragraph by paragraph."""

import json

import pytest

from exchange.document import Chapter
from review.checks import Catalogues, check
from review.checks.catalogues import KnownAcronym, ObsoleteName
from review.checks.jsonformat import dumps
from review.checks.textformat import dumps as text_dumps
from review.checks.textformat import place_name
from review.checks.texts import passages_of, with_block
from tests.review.checks.support import NOTHING, findings, of_texts

NAMES = Catalogues(
    obsolete_names=(ObsoleteName("Ley de Prueba", "Ley de Ensayo", direct=True),)
)


def with_chapters(*bodies: str, title: str = "Marco jurídico"):
    document = of_texts("Elaborar informes.")
    document.chapters = [
        Chapter(number, title, body=body) for number, body in enumerate(bodies, 1)
    ]
    return document


def marked(rule: str, *bodies: str, catalogues=NOTHING, **more):
    """(chapter, paragraph, what is marked) of each finding."""
    return [
        (
            one.place.chapter_number,
            one.place.block_number,
            one.place.text[one.hit.start : one.hit.end],
        )
        for one in findings(rule, with_chapters(*bodies, **more), catalogues)
    ]


@pytest.mark.parametrize(
    ("rule", "text", "wrong"),
    [
        ("doubled_word", "Conforme a la la ley.", " la"),
        ("doubled_article", "Las del el Consejo.", "del el"),
        ("spaces", "Conforme , a la ley.", " "),
        ("stray_comma", "Para la, entrega.", ","),
        ("broken_sentence", "Se creó. y se cerró.", ". y"),
        ("ending_doubled", "Se creó..", ".."),
        ("acronym", "Lo dirá la CUYA.", "CUYA"),
        (
            "unit_elsewhere",
            "La Dirección de Finanzas lo dirá.",
            "Dirección de Finanzas",
        ),
        ("unit_unknown", "La Dirección de Prueba lo dirá.", "Dirección de Prueba"),
        ("obsolete_name", "- Ley de Prueba.", "Ley de Prueba"),
    ],
)
def test_what_is_wrong_in_a_paragraph_is_found_there(rule, text, wrong):
    body = f"Lo primero.\n\n{text}"
    found = marked(rule, "Nada.", body, catalogues=NAMES)
    assert found == [(2, 2, wrong)]


def test_a_chapter_of_history_names_what_was():
    text = "La Ley de Prueba y la Dirección de Finanzas."
    for title in ("Antecedentes históricos", "Historia", "Reseña"):
        for rule in ("obsolete_name", "unit_elsewhere", "unit_unknown"):
            assert marked(rule, text, catalogues=NAMES, title=title) == []


def test_a_law_in_a_chapter_is_not_replaced_since_its_day_of_publication_follows():
    (one,) = findings("obsolete_name", with_chapters("Ley de Prueba."), NAMES)
    assert not one.has_fix


def test_an_acronym_is_explained_by_a_chapter_or_asked_for_once():
    known = Catalogues(acronyms=(KnownAcronym("CUYA", "Cosa Usada"),))
    assert marked("acronym", "Clave Única (CUYA).", "La CUYA.", catalogues=known) == []
    (one,) = findings("acronym", with_chapters("La CUYA.", "La CUYA."), known)
    assert one.place.chapter_number == 1
    assert one.message.endswith(" Está 2 veces.")


def test_the_end_of_a_line_is_a_blank_like_others():
    assert marked("spaces", "Conforme a\nla ley.  \nY más.") == []
    assert marked("doubled_word", "Conforme a la\nla ley.") == [(1, 1, " la")]


def test_a_passage_ends_as_most_of_its_chapter_do():
    body = "- Una.\n- Otra.\n- La tercera\n- La cuarta;"
    assert marked("ending_missing", f"{body}\n- Quinta.") == [(1, 3, "")]
    assert marked("ending_separator", f"{body}\n- Quinta.") == [(1, 4, ";")]
    assert marked("ending_missing", "- Una;\n- Otra\n- Tercera") == []
    assert marked("ending_missing", "# Título\n\nUna.\n\nOtra.") == []


def test_the_place_is_said_and_written():
    document = with_chapters("Nada.", "Conforme a la la ley.")
    (one,) = findings("doubled_word", document)
    assert place_name(one.place) == "capítulo 2, párrafo 1"
    (written,) = json.loads(dumps([one], document))["findings"]
    assert (written["field"], written["unit_code"]) == ("block", None)
    assert (written["chapter_number"], written["block_number"]) == (2, 1)
    said = text_dumps([one], document).decode()
    assert "\n2. Marco jurídico\n  párrafo 1: advertencia: «la» está dos veces." in said


def test_a_finding_is_the_same_when_its_chapter_moves():
    first = findings("doubled_word", with_chapters("De de todo.", "Nada."))
    then = findings("doubled_word", with_chapters("Nada.", "Nada.\n\nDe de todo."))
    assert [one.fingerprint for one in first] == [one.fingerprint for one in then]


def test_chapters_come_before_units():
    document = with_chapters("De de todo.")
    document.units[0].functions[0].text = "Elaborar de de todo."
    found = check(document, NAMES, ["doubled_word"])
    assert [one.place.field for one in found] == ["block", "text"]


def test_a_block_is_put_into_its_body_by_the_letter():
    body = "# Uno\n\nDe de todo.\n\n1. Nada.\n2. Nada.\n\nDos\nlíneas."
    assert with_block(body, 2, "De todo.") == body.replace("De de", "De")
    # Twice the same; in two lines; not there.
    assert with_block(body, 3, "Algo.") is None
    assert with_block(body, 5, "Dos líneas.") is None
    assert with_block(body, 9, "Algo.") is None
    # It would become a list of its own.
    assert with_block(body, 2, "- Algo") is None


def test_every_passage_is_read_with_its_number():
    document = with_chapters("Uno.\n\n- Dos.\n- Tres.")
    places = [one.place for one in passages_of(document)]
    assert [(one.block_number, one.text) for one in places] == [
        (1, "Uno."),
        (2, "Dos."),
        (3, "Tres."),
    ]
