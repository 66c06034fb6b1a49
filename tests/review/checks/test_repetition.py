"""Doubled words, repeated functions, copies in other units."""

import pytest

from tests.review.checks.support import (
    findings,
    fixes,
    listed,
    marked,
    of_lists,
    of_texts,
)

LONG = "Elaborar los informes que soliciten las autoridades competentes en la materia"


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Atender de de los casos.", "Atender de los casos."),
        ("Atender a la A la unidad.", "Atender a la unidad."),
        ("Atender los casos los casos.", "Atender los casos."),
        ("Atender  los\nlos casos.", "Atender  los casos."),
    ],
)
def test_words_that_stand_twice_are_taken_out(text, fixed):
    assert fixes("doubled_word", text) == [fixed]


@pytest.mark.parametrize(
    "text",
    [
        "Atender los casos y los casos urgentes.",
        "Atender casos, casos y más casos.",
        "Emitir los oficios 10 10 y B B.",
        "Atender desde el semiárido árido.",
        "Atender lo teórico-práctico práctico.",
    ],
)
def test_words_apart_figures_and_parts_of_words_are_no_repetition(text):
    assert marked("doubled_word", text) == []


def test_two_articles_in_a_row_are_found():
    texts = (
        "Atender las del el Consejo.",
        "Informar al el Titular.",
        "Ver los las actas.",
    )
    assert marked("doubled_article", *texts) == ["del el", "al el", "los las"]
    assert fixes("doubled_article", *texts) == [
        "Atender las del Consejo.",
        "Informar al Titular.",
        None,
    ]


def test_articles_that_belong_there_are_not_found():
    texts = (
        "Atender a las y los patrones, y las del Consejo.",
        "Ver los de la unidad y el uno por ciento.",
        "Atender de la la unidad.",
    )
    assert marked("doubled_article", *texts) == []


def test_the_second_of_two_equal_functions_is_found():
    document = of_texts("Hacer el informe.", "Otra cosa.", "HACER EL INFORME;")
    (finding,) = findings("function_repeated", document)
    assert finding.place.function_number == 3
    assert finding.message == "Repite la función 1."
    assert [place.function_number for place in finding.hit.related] == [1]


def test_other_items_make_another_function():
    same_head = (listed("Hacer:", "A;", "B."), listed("Hacer:", "C;", "D."))
    assert marked("function_repeated", *same_head) == []
    assert marked("function_repeated", listed("Hacer:", "A;", "a.")) == ["a."]


def test_items_of_two_lists_may_be_equal():
    lists = (listed("Hacer:", "A;", "B."), listed("Dar:", "A;", "B."))
    assert marked("function_repeated", *lists) == []


def test_copies_in_other_units_are_one_finding():
    document = of_lists(A=[f"{LONG}."], B=["Otra cosa.", f"{LONG}s."], C=[f"{LONG};"])
    (finding,) = findings("near_copy", document)
    assert (finding.place.unit_code, finding.severity) == ("8.2", "advice")
    assert [(one.unit_code, one.function_number) for one in finding.hit.related] == [
        ("8.3", 2),
        ("8.4", 1),
    ]
    assert finding.message == (
        "Una función casi igual en 3 unidades: también 8.3, función 2; 8.4, función 1."
    )


def test_word_for_word_copies_are_called_the_same():
    (finding,) = findings("near_copy", of_lists(A=[f"{LONG}."], B=[f"{LONG};"]))
    assert finding.message.startswith("La misma función en 2 unidades")


def test_the_items_belong_to_the_function():
    head = "Diseñar las políticas que sigan las unidades en las materias siguientes:"
    cuotas, archivo = (
        listed(head, "Cuotas;", "Pagos."),
        listed(head, "Archivo;", "Correo."),
    )
    assert findings("near_copy", of_lists(A=[cuotas], B=[archivo])) == []
    again = listed(head, "Cuotas;", "Pagos.")
    (finding,) = findings("near_copy", of_lists(A=[cuotas], B=[again]))
    assert finding.message.startswith("La misma función")


def test_the_same_words_on_another_matter_are_no_copy():
    about = "Elaborar los informes que soliciten las áreas en materia de {} vigentes."
    to = "Elaborar los informes que soliciten las áreas sobre los recibos de {}."
    document = of_lists(
        A=[about.format("cuotas"), to.format("enero")],
        B=[about.format("visitas"), to.format("junio")],
    )
    assert findings("near_copy", document) == []


def test_a_verb_or_an_addressee_reworded_is_still_a_copy():
    text = (
        "Elaborar y {} los informes sobre las cuotas omitidas que deban presentarse a "
        "las {} competentes del Instituto en el ejercicio de sus atribuciones."
    )
    document = of_lists(
        A=[text.format("aprobar", "áreas")], B=[text.format("acordar", "áreas")]
    )
    assert len(findings("near_copy", document)) == 1


def test_what_is_no_copy():
    closing = "Ejercer las demás funciones que pida el puesto."
    document = of_lists(
        A=[f"{LONG}.", f"{LONG}.", closing, "Hacer el informe anual."],
        B=[f"Revisar{LONG[8:]}.", closing, "Hacer el informe anual."],
        C=["Elaborar los informes que pida la Subjefatura de otra materia."],
    )
    assert findings("near_copy", document) == []
