"""The closing function."""

import pytest

from review.checks.words import is_closing
from tests.review.checks.support import codes, marked, of_lists

CLOSING = "Las demás que le señalen las disposiciones aplicables."


@pytest.mark.parametrize(
    "text",
    [
        CLOSING,
        "Ejercer las demás funciones propias del puesto.",
        "Atenderlas demás tareas que le encomienden.",
        "Atender los demás asuntos que le confieran.",
        "Desempeñar las otras actividades que le asignen.",
        "Cumplir con las demás atribuciones que le confiera la Ley.",
    ],
)
def test_what_closes(text):
    assert is_closing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Coordinar las demás áreas del Instituto.",
        "Las unidades elaborarán informes.",
        "Elaborar los informes y las demás funciones que se pidan.",
        "Informar a los demás.",
    ],
)
def test_what_does_not_close(text):
    assert not is_closing(text)


def test_a_unit_without_closing_is_found_where_most_have_one():
    closed = {name: ["Hacer.", CLOSING] for name in "ABCD"}
    document = of_lists(**closed, E=["Hacer."])
    assert codes("closing_missing", document) == ["8.1", "8.6"]


def test_an_edition_that_closes_nothing_has_no_findings():
    document = of_lists(A=["Hacer."], B=["Hacer.", CLOSING], C=["Hacer.", CLOSING])
    assert codes("closing_missing", document) == []


def test_a_closing_function_is_the_last():
    assert marked("closing_not_last", CLOSING, "Hacer.") == [CLOSING]
    assert marked("closing_not_last", "Hacer.", CLOSING) == []
