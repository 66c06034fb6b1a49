"""Akoma Ntoso: what stands where, and under which identifiers."""

from dataclasses import replace
from datetime import date

from exchange.document import Chapter, Document, Edition, Function, Manual, Unit
from exchange.exporters.akn import edition_akn, unit_akn
from tests.exchange.exporters.akn import (
    BASE_URL,
    by_eid,
    find,
    own_text,
    read,
    text_of,
    valid,
)
from tests.exchange.interchange import document, key

# 8.1 Dirección de Pruebas
#   8.2 Unidad de Ensayos
#     8.2.1 División de Muestras


def tree(**fields) -> Document:
    units = [
        Unit("8.1", "Dirección de Pruebas", "Dirección", key(1)),
        Unit("8.2", "Unidad de Ensayos", "Unidad", key(2), parent_code="8.1"),
        Unit("8.2.1", "División de Muestras", "División", key(3), parent_code="8.2"),
    ]
    chapters = [Chapter(8, "Funciones", "functions")]
    return Document(Manual("m", "M"), Edition("2021"), chapters, units, **fields)


def test_units_are_nested_as_they_hang_from_each_other():
    whole = read(tree())
    chapter = by_eid(whole, "chp_8")
    path = "akn:hcontainer/akn:hcontainer/akn:hcontainer/@eId"
    assert find(chapter, path) == ["hcontainer_8-2-1"]
    unit = by_eid(whole, "hcontainer_8-2-1")
    assert find(unit, "akn:num")[0].text == "8.2.1"
    assert find(unit, "akn:heading")[0].text == "División de Muestras"
    (organization,) = find(whole, "//akn:TLCOrganization[@eId='unit_8-2-1']")
    assert unit.get("refersTo") == "#unit_8-2-1"
    assert organization.get("href") == f"{BASE_URL}/id/unidad/{key(3)}"
    assert organization.get("showAs") == "División de Muestras"


def test_functions_and_items_are_numbered_on_three_levels():
    whole = read(document())
    third = "hcontainer_2-2__para_2__list_1__point_a__list_1__point_i"
    for eid, number, text in (
        ("hcontainer_2-2__para_1", "1.", "Hacer “bien”."),
        ("hcontainer_2-2__para_2", "2.", "Revisar:"),
        ("hcontainer_2-2__para_2__list_1__point_a", "a)", "Altas:"),
        (third, "i)", "firma."),
        ("hcontainer_2-2__para_2__list_1__point_b", "b)", "Bajas."),
    ):
        element = by_eid(whole, eid)
        assert find(element, "akn:num")[0].text == number
        assert own_text(element) == text


def test_numbers_that_the_source_does_not_print_are_editorial():
    bullets = document()
    numbers = replace(bullets, edition=replace(bullets.edition, numbering="numbers"))
    path = "//akn:paragraph/akn:num/@status"
    assert find(read(bullets), path) == ["editorial", "editorial"]
    assert find(read(numbers), path) == []


def test_renumbering_changes_the_eid_and_keeps_the_wid():
    before, after = tree(), tree()
    for whole in (before, after):
        whole.units[2].functions = [Function("Pesar.", key(10))]
    after.units[1].code, after.units[2].code = "8.3", "8.3.1"
    after.units[2].parent_code = "8.3"
    after.units[2].functions.insert(0, Function("Medir.", key(11)))
    ids = {}
    for whole in (before, after):
        element = find(read(whole), f"//*[@wId='para_{key(10)}']")[0]
        ids[element.get("eId")] = element.get("GUID")
    assert ids == {
        "hcontainer_8-2-1__para_1": f"{BASE_URL}/id/funcion/{key(10)}",
        "hcontainer_8-3-1__para_2": f"{BASE_URL}/id/funcion/{key(10)}",
    }


def test_blocks_of_a_chapter_keep_the_number_that_pages_cite():
    whole = tree()
    body = "Uno *dos*.\n\n## Tres\n\n1. Cuatro\n   - Cinco\n2. **Seis**\n\n   Siete"
    whole.chapters.insert(0, Chapter(4, "Marco", body=body))
    whole = read(whole)
    for eid, text in (
        ("chp_4__p_1", "Uno dos."),
        ("chp_4__block_2", "Tres"),
        ("chp_4__p_3", "Cuatro"),
        ("chp_4__p_4", "Cinco"),
        ("chp_4__p_5", "Seis"),
        ("chp_4__p_6", "Siete"),
    ):
        assert text_of(by_eid(whole, eid)) == text
    assert find(whole, "//akn:p/akn:i")[0].text == "dos"
    assert find(whole, "//akn:p/akn:b")[0].text == "Seis"
    (first, second) = find(by_eid(whole, "chp_4__list_1"), "akn:item")
    assert (
        find(first, "akn:num|akn:p|akn:blockList/akn:item/akn:p/@eId")[0].text == "1."
    )
    assert find(first, "akn:blockList/akn:item/akn:p/@eId") == ["chp_4__p_4"]
    assert find(second, "akn:p/@eId") == ["chp_4__p_5", "chp_4__p_6"]


def test_names_of_units_in_texts_are_references():
    whole = tree()
    text = "Apoyar a la Unidad de Ensayos y a la División de Muestras."
    whole.units[2].functions = [Function(text, key(10))]
    body = "La **Unidad de Ensayos** y la Unidad *de Ensayos*."
    whole.chapters.insert(0, Chapter(1, "Uno", body=body))
    edition = read(whole)
    function = by_eid(edition, "hcontainer_8-2-1__para_1")
    (reference,) = find(function, ".//akn:ref")  # its own name leads nowhere
    assert reference.text == "Unidad de Ensayos"
    assert reference.get("href") == "#hcontainer_8-2"
    assert own_text(function) == text
    line = by_eid(edition, "chp_1__p_1")
    (reference,) = find(line, ".//akn:ref")  # half of a name in emphasis makes none
    assert reference.getparent().tag.endswith("}b")
    assert text_of(line) == "La Unidad de Ensayos y la Unidad de Ensayos."
    alone = valid(unit_akn(whole, "8.2.1", base_url=BASE_URL))
    assert find(alone, "//akn:ref/@href") == [f"{BASE_URL}/id/unidad/{key(2)}"]


def test_a_name_that_several_units_bear_makes_no_reference():
    whole = tree()
    whole.units.append(
        Unit("8.2.2", "División de Muestras", "División", key(4), parent_code="8.2")
    )
    whole.units[0].functions = [Function("Dirigir a la División de Muestras.")]
    assert find(read(whole), "//akn:ref") == []


def test_charts_name_their_unit_and_their_own_day():
    (chart, other) = find(read(document()), "//akn:hcontainer[@name='chart']")
    assert find(chart, "akn:num")[0].text == "1.1"
    assert chart.get("refersTo") == "#unit_2-1"
    assert find(chart, "akn:heading/akn:ref/@href") == ["#hcontainer_2-1"]
    (day,) = find(chart, ".//akn:date")
    assert (day.get("date"), day.text) == ("2020-01-01", "1 de enero de 2020")
    assert other.get("refersTo") is None
    assert text_of(find(other, "akn:heading")[0]) == "Otra"


def test_what_was_printed_otherwise_is_a_note():
    whole = read(document())
    (note,) = find(whole, "//akn:notes/akn:note")
    unit = by_eid(whole, "hcontainer_2-2")
    assert find(unit, "akn:num/akn:noteRef/@href") == [f"#{note.get('eId')}"]
    assert text_of(note).strip() == "El documento imprime el código 2.1."
    (own,) = find(whole, "//mo:unit[@href='#hcontainer_2-2']")
    assert dict(own.attrib) == {
        "href": "#hcontainer_2-2",
        "kind": "Unidad",
        "positions": "A,B",
        "printedCode": "2.1",
        "printedPage": "7",
    }


def test_front_matter_has_title_notice_and_authorisation():
    whole = read(document())
    assert find(whole, "//akn:preface//akn:docTitle")[0].text == "Manual de prueba"
    (notice,) = find(whole, "//akn:preface/akn:container[@name='notice']")
    assert text_of(notice).strip() == "Textos ficticios"
    lines = find(whole, "//akn:preamble/akn:container/akn:p")
    assert [text_of(line) for line in lines] == ["Uno.", "Dos."]


def test_a_portion_carries_the_notice_of_the_manual():
    whole = valid(unit_akn(document(), "2.1"))
    assert text_of(by_eid(whole, "note_notice")).strip() == "Textos ficticios"


def test_the_manual_is_the_work_and_the_edition_its_expression():
    whole = read(document())

    def values(path):
        return find(whole, f"//akn:identification/{path}")

    assert values("akn:FRBRWork/akn:FRBRuri/@value") == ["/akn/mx/doc/manual/prueba"]
    assert values("akn:FRBRWork/akn:FRBRcountry/@value") == ["mx"]
    assert values("akn:FRBRWork/akn:FRBRnumber/@value") == ["R-1"]
    expression = "/akn/mx/doc/manual/prueba/spa@2021"
    assert values("akn:FRBRExpression/akn:FRBRuri/@value") == [expression]
    assert values("akn:FRBRExpression/akn:FRBRlanguage/@language") == ["spa"]
    assert values("akn:FRBRExpression/akn:FRBRdate/@name") == [
        "ratification",
        "effectiveFrom",
    ]
    (author,) = values("akn:FRBRExpression/akn:FRBRauthor[@as='#authorised']/@href")
    assert by_eid(whole, author[1:]).get("showAs") == "Ana"
    assert by_eid(whole, "authorised").get("showAs") == "Titular"
    assert by_eid(whole, "institution").get("showAs") == "Instituto «Ñ»"
    (letter,) = find(whole, "//akn:publication")
    assert (letter.get("number"), letter.get("date")) == ("09/1", "2021-03-01")


def lifecycle(**fields) -> dict:
    whole = read(Document(edition=Edition("2021", **fields)))
    events = find(whole, "//akn:eventRef")
    (interval,) = find(whole, "//akn:timeInterval")
    ids = {f"#{event.get('eId')}": event.get("date") for event in events}
    return {
        "events": [(event.get("refersTo"), event.get("type")) for event in events],
        "in force": (ids[interval.get("start")], ids.get(interval.get("end"))),
        "period": find(whole, "//akn:mainBody/@period"),
    }


def test_the_events_of_an_edition_bound_its_days_in_force():
    start, last, gone = date(2021, 3, 4), date(2024, 1, 31), date(2023, 5, 1)
    said = lifecycle(ratified_on=start, effective_from=start)
    assert said["events"] == [("#ratification", "generation"), ("#effectiveFrom", None)]
    assert said["in force"] == ("2021-03-04", None)
    assert said["period"] == ["#tmpg_1"]
    said = lifecycle(effective_from=start, effective_to=last)
    assert said["in force"] == ("2021-03-04", "2024-01-31")
    said = lifecycle(effective_from=start, effective_to=last, withdrawn_on=gone)
    assert said["events"][-1] == ("#withdrawal", "repeal")
    assert said["in force"] == ("2021-03-04", "2023-05-01")
    later = date(2025, 1, 1)
    said = lifecycle(effective_from=start, effective_to=last, withdrawn_on=later)
    assert said["in force"] == ("2021-03-04", "2024-01-31")


def test_a_draft_without_days_says_so():
    whole = read(Document(edition=Edition("2024", status="draft")))
    assert set(find(whole, "//akn:FRBRdate/@name")) == {"undated"}
    assert find(whole, "//akn:FRBRExpression/akn:FRBRauthoritative/@value") == ["false"]
    assert find(whole, "//akn:lifecycle|//akn:temporalData|//@period") == []
    assert find(whole, "//mo:edition/@status") == ["draft"]


def test_identifiers_are_unique_and_every_reference_has_its_target():
    for whole in (read(document()), valid(unit_akn(document(), "2.2"))):
        eids = find(whole, "//@eId")
        assert len(eids) == len(set(eids))
        targets = find(whole, "//@href|//@source|//@as|//@start|//@end|//@period")
        targets += [one for many in find(whole, "//@refersTo") for one in many.split()]
        assert {one[1:] for one in targets if one.startswith("#")} <= set(eids)


def test_a_title_with_a_markup_sign_is_escaped():
    data = edition_akn(Document(manual=Manual(title='A < B & "C"')))
    assert b'<docTitle>A &lt; B &amp; "C"</docTitle>' in data
