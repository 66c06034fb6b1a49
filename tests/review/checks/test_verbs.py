"""The verb at the beginning of a function."""

import pytest

from review.checks import Catalogues
from review.checks.catalogues import LevelVerb
from tests.review.checks.support import findings, listed, marked, of_texts

VERBS = Catalogues(
    level_verbs=(
        LevelVerb("Dirección", "capturar", "disponer"),
        LevelVerb("Subjefatura", "aprobar"),
        LevelVerb("Dirección", "establecer"),
    )
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Elaboración de los informes.", "Elaboración"),
        ("En su caso, elaborar el informe.", "En"),
        ("Titular de la unidad.", "Titular"),
        ("Elaborará los informes.", "Elaborará"),
    ],
)
def test_what_is_no_infinitive_is_marked(text, word):
    assert marked("infinitive", text) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Elaborar los informes.",
        "ELABORAR LOS INFORMES.",
        "Auxiliar a la Dirección.",
        "Oír a las partes.",
        "Coordinarse con las áreas.",
        "Atender, en su caso, lo que proceda.",
        "Las demás que le encomienden.",
        "",
    ],
)
def test_infinitives_and_the_closing_are_not_marked(text):
    assert marked("infinitive", text) == []


def test_items_may_be_nouns():
    assert marked("infinitive", listed("Atender:", "Elaboración;", "Revisión.")) == []


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Elaborar y revisar informes.", "Elaborar y revisar"),
        ("Analizar, diseñar e instrumentar obras.", "Analizar, diseñar e instrumentar"),
        ("Revisar así como validar lo hecho.", "Revisar así como validar"),
        ("Difundir y dar seguimiento.", "Difundir y dar"),
    ],
)
def test_verbs_in_a_row_are_marked(text, verbs):
    assert marked("two_verbs", text) == [verbs]


@pytest.mark.parametrize(
    "text",
    [
        "Elaborar informes y revisar cuentas.",
        "Elaborar, en coordinación con otras áreas, informes.",
        "Confirmar, modificar o revocar el acto.",
        "Establecer y mantener comunicación con los gremios.",
        "Hacer cumplir las normas.",
        "Atender a pensionados y titulares.",
        "Coordinar y, en su caso, lo demás.",
    ],
)
def test_one_verb_is_no_finding(text):
    assert marked("two_verbs", text) == []


def test_the_catalogue_says_which_verbs_a_level_does_not_do():
    (finding,) = findings("verb_level", of_texts("Capturar los datos."), VERBS)
    assert finding.severity == "advice"
    assert "Se usa: disponer." in finding.message


def test_verbs_of_other_levels_and_of_no_catalogue_are_not_found():
    document = of_texts("Aprobar los planes.", "Archivar.", "Establecer coordinación.")
    assert findings("verb_level", document, VERBS) == []
    lower = of_texts("Aprobar los planes.", name="Subjefatura de X", kind="Subjefatura")
    assert len(findings("verb_level", lower, VERBS)) == 1
    assert findings("verb_level", lower) == []
