"""Blanks too many, too few or in the wrong place."""

import pytest

from review.checks import fixed
from tests.review.checks.support import findings, fixes, marked, of_texts


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (" Hacer.", "Hacer."),
        ("Hacer. ", "Hacer."),
        ("Hacer , y dar.", "Hacer, y dar."),
        ("Hacer  esto.", "Hacer esto."),
        ("Hacer\testo.", "Hacer esto."),
        ("Hacer\u00a0esto.", "Hacer esto."),
        ("Hacer ( esto).", "Hacer (esto)."),
        ("Hacer (esto ).", "Hacer (esto)."),
        ("Hacer esto,aquello.", "Hacer esto, aquello."),
        ("Hacer esto.Aquello también.", "Hacer esto. Aquello también."),
        ("Hacer esto(aquello).", "Hacer esto (aquello)."),
        ("Hacer (esto)y aquello.", "Hacer (esto) y aquello."),
        ("Atenderlas demás tareas.", "Atender las demás tareas."),
    ],
)
def test_the_fix_puts_the_blank_right(text, right):
    assert fixes("spaces", text) == [right]


@pytest.mark.parametrize(
    "text",
    [
        "Hacer esto, aquello; lo demás: todo.",
        "Consultar www.gob.mx, GOB.MX y 1,234.50.",
        "Atender a la persona servidor(a) y al(la) trabajador(es).",
        "Subjefaturas (A,B,C).",
        "Atender (en su caso) lo «dicho».",
        "Realizarlas cuando proceda.",
        "Hacer... algo.",
        "",
    ],
)
def test_what_is_right_stays(text):
    assert marked("spaces", text) == []


def test_all_fixes_of_one_text_go_together():
    text = "Hacer , esto  y(aquello)."
    found = findings("spaces", of_texts(text))
    assert len(found) == 3
    assert fixed(text, found) == "Hacer, esto y (aquello)."
    assert findings("spaces", of_texts(fixed(text, found))) == []


def test_names_of_units_are_read_too():
    (finding,) = findings("spaces", of_texts("Hacer.", name="Dirección  de Pruebas"))
    assert (finding.place.field, finding.fix) == ("name", "Dirección de Pruebas")
