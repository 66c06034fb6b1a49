"""Names out of use, by the catalogue."""

from datetime import date

from review.checks import Catalogues, shipped
from review.checks.catalogues import ObsoleteName
from tests.review.checks.support import findings, fixes, marked, of_texts

NAMES = Catalogues(
    obsolete_names=(
        ObsoleteName("VIEJA", "NUEVA", direct=True, since=date(2018, 12, 1)),
        ObsoleteName("Secretaría de lo Viejo", "Secretaría de lo Nuevo"),
        ObsoleteName("Secretaría de lo Viejo y Antiguo", "", note="Se extinguió."),
        ObsoleteName("Delegaciones", "Órganos", institution="Instituto de Pruebas"),
    )
)


def old(*texts) -> list[str]:
    return marked("obsolete_name", *texts, catalogues=NAMES)


def test_an_obsolete_name_is_marked_and_mended_where_it_is_safe():
    texts = ("Informar a la VIEJA.", "Informar a la secretaría\nde\nlo\nviejo.")
    assert old(*texts) == ["VIEJA", "secretaría\nde\nlo\nviejo"]
    assert fixes("obsolete_name", *texts, catalogues=NAMES) == [
        "Informar a la NUEVA.",
        None,
    ]


def test_the_longest_name_is_meant():
    (finding,) = findings(
        "obsolete_name", of_texts("Ir a la Secretaría de lo Viejo y Antiguo."), NAMES
    )
    assert finding.message == (
        "«Secretaría de lo Viejo y Antiguo» está en desuso. Se extinguió."
    )


def test_parts_of_words_and_other_cases_of_one_word_are_not_meant():
    assert old("Informar a la VIEJAS, la PRE-VIEJA y la vieja guardia.") == []


def test_names_in_use_are_not_found():
    assert old("Informar a la Secretaría de lo Nuevo y a la NUEVA.") == []


def test_an_entry_of_one_institution_holds_in_its_manuals():
    document = of_texts("Apoyar a las Delegaciones.", "Ver la Unidad de Delegaciones.")
    assert findings("obsolete_name", document, NAMES) == []
    document.manual.institution = "INSTITUTO DE PRUEBAS"
    (finding,) = findings("obsolete_name", document, NAMES)
    assert finding.place.function_number == 1


def test_the_name_of_a_unit_is_not_touched():
    document = of_texts(
        "Apoyar a la Oficina VIEJA.", name="Oficina VIEJA", kind="Oficina"
    )
    assert findings("obsolete_name", document, NAMES) == []


def test_an_authorised_edition_is_read_on_its_day():
    document = of_texts("Informar a la VIEJA.")
    document.edition.status = "authorised"
    document.edition.effective_from = date(2018, 11, 30)
    assert findings("obsolete_name", document, NAMES) == []
    document.edition.effective_from = date(2018, 12, 1)
    assert len(findings("obsolete_name", document, NAMES)) == 1


def test_a_name_that_was_replaced_twice_leads_to_the_last_one():
    names = Catalogues(
        obsolete_names=(
            ObsoleteName("UNA", "OTRA", direct=True, since=date(2001, 1, 1)),
            ObsoleteName("OTRA", "TERCERA", direct=True, since=date(2020, 1, 1)),
            ObsoleteName("ALFA", "BETA", direct=True),
            ObsoleteName("BETA", note="Se extinguió."),
        )
    )
    document = of_texts("Ir a la UNA.", "Ir a la ALFA.")
    one, alfa = findings("obsolete_name", document, names)
    assert one.message == (
        "«UNA» está en desuso; pasó a ser «OTRA»; ahora es «TERCERA»."
    )
    assert one.fix == "Ir a la TERCERA."
    assert alfa.message == (
        "«ALFA» está en desuso; pasó a ser «BETA», también en desuso. Se extinguió."
    )
    assert alfa.fix is None
    document.edition.status = "authorised"
    document.edition.effective_from = date(2010, 1, 1)
    assert findings("obsolete_name", document, names)[0].fix == "Ir a la OTRA."


def test_names_that_replace_each_other_end_somewhere():
    names = Catalogues(
        obsolete_names=(ObsoleteName("UNA", "OTRA"), ObsoleteName("OTRA", "UNA"))
    )
    assert len(findings("obsolete_name", of_texts("Ir a la UNA."), names)) == 1


def test_the_shipped_names_know_what_is_extinct():
    document = of_texts("Atender al IFAI y a la SAGARPA.", "Ir ante la COFEMER.")
    found = {
        one.place.text[one.hit.start : one.hit.end]: one
        for one in findings("obsolete_name", document, shipped())
    }
    assert set(found) == {"IFAI", "SAGARPA", "COFEMER"}
    assert "«INAI», también en desuso. Se extinguió" in found["IFAI"].message
    assert found["IFAI"].fix is found["COFEMER"].fix is None
    assert found["SAGARPA"].hit.replacement == "SADER"


def test_on_the_day_of_an_edition_the_next_name_was_right():
    document = of_texts("Ir ante la COFEMER y el INAI.")
    document.edition.status = "authorised"
    document.edition.effective_from = date(2021, 3, 4)
    (finding,) = findings("obsolete_name", document, shipped())
    assert finding.fix == "Ir ante la CONAMER y el INAI."
