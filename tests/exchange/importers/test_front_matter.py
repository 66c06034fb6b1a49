"""The data of the manual and of its authorisation."""

from datetime import date

from tests.exchange.importers.support import read, said

BODY = """
1. Introducción.

La Dirección de Prueba (DP) del Instituto de Ensayos Públicos (IEP) atiende.

2. Funciones.

2.1 Dirección de Prueba.

- Dirigir.
"""
TITLE = "MANUAL DE ORGANIZACIÓN DE LA DIRECCIÓN DE PRUEBA"
FRONT = f"""

{TITLE}

Autorización

Lic. Ana Robles Quintana
Titular de la Dirección de Prueba

"Se ratifica con fecha 07 de mayo de 2020, según el oficio núm. 01 02/003/2021, \
de fecha 4 de mayo de 2020, firmado por la Titular.

"El personal trabajará con honradez."
"""


def test_the_authorisation_is_read():
    edition = read(FRONT + BODY).document.edition
    assert edition.authorised_by == "Lic. Ana Robles Quintana"
    assert edition.authorised_position == "Titular de la Dirección de Prueba"
    assert edition.ratified_on == date(2020, 5, 7)
    assert edition.document_number == "01 02/003/2021"
    assert edition.document_date == date(2020, 5, 4)
    assert edition.authorisation_text.split("\n\n")[1] == (
        "El personal trabajará con honradez."
    )


def test_title_acronym_and_institution_are_found():
    manual = read(FRONT + BODY).document.manual
    assert manual.title == "Manual de Organización de la Dirección de Prueba"
    assert (manual.acronym, manual.institution) == (
        "DP",
        "Instituto de Ensayos Públicos",
    )


def test_what_is_not_stated_stays_unknown():
    document = read("2.1 Dirección de Prueba\n\n- Dirigir.\n").document
    assert document.manual.acronym is None
    assert document.manual.institution is None
    assert document.edition.ratified_on is None


def test_the_title_of_a_fragment_is_its_page_header():
    text = f"2.1 Dirección de Prueba\n\n- Dirigir.\n\n{TITLE}\n"
    assert read(text).document.manual.title == (
        "Manual de Organización de la Dirección de Prueba"
    )


def test_labelled_lines_state_more():
    front = FRONT + (
        "\nInstitución: Instituto Uno\nSiglas: DIPRU\nElaboró: Luz Mora\n"
        "Vigente a partir del: 5 de abril de 2021\nEdición: 2021-b\n"
    )
    document = read(front + BODY).document
    assert document.manual.institution == "Instituto Uno"
    assert document.manual.acronym == "DIPRU"
    assert document.edition.elaborated_by == "Luz Mora"
    assert document.edition.effective_from == date(2021, 4, 5)
    assert document.edition.label == "2021-b"


def test_a_labelled_date_that_does_not_exist_is_a_doubt():
    reading = read(FRONT + "\nVigencia: 31 de abril de 2021\n" + BODY)
    assert reading.document.edition.effective_from is None
    assert len(said(reading.report.doubts, "date")) == 1


def test_front_matter_is_accounted_as_such():
    report = read(FRONT + BODY).report
    assert report.accounted["front_matter"] > 200
    assert report.accounted["not_understood"] == 0
