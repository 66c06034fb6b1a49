"""Acronyms that nothing explains."""

from exchange.document import Chapter
from review.checks import Catalogues
from review.checks.catalogues import KnownAcronym
from tests.review.checks.support import findings, marked, of_texts

KNOWN = Catalogues(
    acronyms=(
        KnownAcronym("RFC", "Registro", True),
        KnownAcronym("XYZ", "Equis", False),
    )
)


def test_the_first_place_is_found_and_the_others_counted():
    document = of_texts("Usar el SIPROB.", "Revisar el SIPROB y el SIPROB.")
    (finding,) = findings("acronym", document)
    assert finding.place.function_number == 1
    assert finding.message == "Nada dice qué es «SIPROB». Está 3 veces."


def test_a_waiver_is_of_the_acronym_wherever_it_stands_first():
    (before,) = findings("acronym", of_texts("Usar el SIPROB."))
    (after,) = findings("acronym", of_texts("Abrir el SIPROB.", "Usar el SIPROB."))
    (other,) = findings("acronym", of_texts("Usar el SIPROC."))
    assert before.fingerprint == after.fingerprint != other.fingerprint


def test_an_acronym_explained_anywhere_is_not_found():
    assert marked("acronym", "Usar el SIP.", "El Sistema de Pruebas (SIP) sirve.") == []
    document = of_texts("Usar el SIP.")
    document.chapters = [
        Chapter(1, "Uno", body="El Sistema Integral de Pruebas (SIP).")
    ]
    assert findings("acronym", document) == []


def test_in_parentheses_after_other_letters_it_is_explained_too():
    assert marked("acronym", "Usar el Módulo Único (MORUN).", "Ver MORUN.") == []


def test_the_catalogue_says_what_is_common_and_what_others_mean():
    document = of_texts("Pedir el RFC a XYZ.")
    (finding,) = findings("acronym", document, KNOWN)
    assert finding.message == "Nada dice qué es «XYZ»: Equis."


def test_the_acronym_of_the_manual_is_known_by_its_title():
    document = of_texts("Informar a la DIP.")
    document.manual.acronym = "DIP"
    assert findings("acronym", document) == []


def test_figures_addresses_and_capitals_are_no_acronyms():
    texts = ("Ver el capítulo XIV.", "Ver GOB.MX.", "ATENDER LOS CASOS.", "Ver A y B.")
    assert marked("acronym", *texts) == []
