"""Keys that a new document takes over from the edition that it continues."""

import time
from copy import deepcopy
from uuid import uuid4

import pytest

from exchange.document import Chapter, Chart, Document, Edition, Function, Unit
from exchange.importers.text import read_bytes
from exchange.matching import match, match_onto
from tests.exchange.importers.support import KINDS
from tests.support import real_manual_path

ARCHIVE = [
    "Resguardar los expedientes de personal en el archivo de concentración.",
    "Atender las solicitudes de consulta que presenten las áreas.",
    "Proponer el calendario anual de transferencias documentales.",
    "Las demás que le encomiende su superior jerárquico.",
]
LEGAL = [
    "Elaborar los proyectos de contrato de arrendamiento de inmuebles.",
    "Representar a la institución en los juicios laborales.",
    "Las demás que le encomiende su superior jerárquico.",
]


def functions(texts: list) -> list[Function]:
    """Functions from texts; a list is a text and its items."""
    return [
        Function(text[0], items=functions(text[1:]))
        if isinstance(text, list)
        else Function(text)
        for text in texts
    ]


def unit(code: str, name: str, texts: list, parent: str | None = "8.1") -> Unit:
    return Unit(
        code=code,
        name=name,
        kind=name.split()[0],
        parent_code=parent,
        functions=functions(texts),
    )


def document(*units: Unit, chapter: int = 8) -> Document:
    root = unit(f"{chapter}.1", "Dirección de Apoyo", ["Dirigir el apoyo."], None)
    return Document(edition=Edition(functions_chapter=chapter), units=[root, *units])


def base() -> Document:
    #   8.1 Dirección de Apoyo
    #   8.2 División de Archivo   8.3 División Jurídica
    return document(
        unit("8.2", "División de Archivo", ARCHIVE),
        unit("8.3", "División Jurídica", LEGAL),
    )


def again(whole: Document) -> Document:
    """The same document read anew: other keys everywhere."""
    new = deepcopy(whole)
    for one in new.units:
        one.key = uuid4()
        for function in one.functions:
            function.key = uuid4()
            for item in function.items:
                item.key = uuid4()
    return new


def keys(whole: Document) -> list:
    return [
        (one.key, [function.key for function in one.functions]) for one in whole.units
    ]


def test_the_same_document_takes_over_every_key():
    old, new = base(), again(base())
    old_keys = keys(old)
    matches = match_onto(old, new)
    assert keys(new) == keys(old) == old_keys
    assert (matches.new_units, matches.suppressed_units) == ([], [])
    assert (matches.new_functions, matches.suppressed_functions) == ([], [])
    assert matches.doubts == []
    assert {pair.confidence for pair in matches.functions} == {1.0}


def test_looking_for_matches_changes_neither_document():
    old, new = base(), again(base())
    before = deepcopy(old), deepcopy(new)
    found = match(old, new)
    assert (old, new) == before
    assert found.units and found.functions


def test_another_number_of_the_chapter_changes_no_key():
    old, new = base(), again(base())
    new.edition.functions_chapter = 7
    for one in new.units:
        one.code = "7" + one.code[1:]
    match_onto(old, new)
    assert keys(new) == keys(old)


def test_a_renamed_unit_keeps_its_key_by_its_text():
    old, new = base(), again(base())
    new.units[1].name = "División de Gestión Documental"
    match_onto(old, new)
    assert new.units[1].key == old.units[1].key


def test_a_moved_unit_keeps_its_key_by_its_name():
    old = base()
    new = document(
        unit("8.2", "División Jurídica", LEGAL),
        unit("8.2.1", "División de Archivo", ARCHIVE, "8.2"),
    )
    match_onto(old, new)
    assert new.units[1].key == old.units[2].key
    assert new.units[2].key == old.units[1].key


def test_another_unit_under_an_old_code_is_new():
    old, new = base(), again(base())
    new.units[1] = unit("8.2", "División de Compras", ["Adquirir los bienes."])
    matches = match_onto(old, new)
    assert [one.name for one in matches.new_units] == ["División de Compras"]
    assert [one.name for one in matches.suppressed_units] == ["División de Archivo"]
    assert new.units[1].key not in {one.key for one in old.units}


def test_two_units_of_one_name_are_told_apart_by_their_texts():
    old = document(
        unit("8.2", "Oficina de Normatividad", ARCHIVE),
        unit("8.3", "Oficina de Normatividad", LEGAL),
    )
    new = document(
        unit("8.2", "Oficina de Normatividad", LEGAL),
        unit("8.3", "Oficina de Normatividad", ARCHIVE),
    )
    match_onto(old, new)
    assert new.units[1].key == old.units[2].key
    assert new.units[2].key == old.units[1].key


def test_a_reworded_function_keeps_its_key():
    old, new = base(), again(base())
    reworded = new.units[1].functions[1]
    reworded.text = (
        "Atender y registrar las solicitudes de consulta de las áreas usuarias."
    )
    matches = match_onto(old, new)
    assert keys(new) == keys(old)
    (pair,) = [pair for pair in matches.functions if pair.confidence < 1]
    assert pair.new is reworded


def test_case_accents_and_punctuation_are_no_difference():
    old, new = base(), again(base())
    new.units[1].functions[0].text = new.units[1].functions[0].text.upper()
    assert {pair.confidence for pair in match_onto(old, new).functions} == {1.0}


def test_a_new_and_a_suppressed_function_are_told():
    old, new = base(), again(base())
    new.units[1].functions[2] = Function("Vigilar la humedad de los depósitos.")
    matches = match_onto(old, new)
    assert [one.text for one in matches.new_functions] == [
        "Vigilar la humedad de los depósitos."
    ]
    assert [one.text for one in matches.suppressed_functions] == [ARCHIVE[2]]


def test_reordered_functions_keep_their_keys():
    old, new = base(), again(base())
    new.units[1].functions.reverse()
    match_onto(old, new)
    assert [one.key for one in new.units[1].functions] == [
        one.key for one in reversed(old.units[1].functions)
    ]


def test_a_function_moved_to_another_unit_keeps_its_key():
    old, new = base(), again(base())
    moved = new.units[1].functions.pop(2)
    new.units[2].functions.append(moved)
    matches = match_onto(old, new)
    assert moved.key == old.units[1].functions[2].key
    assert matches.suppressed_functions == []


def test_a_common_function_lost_here_and_gained_there_has_not_moved():
    old, new = base(), again(base())
    del new.units[1].functions[3]
    new.units[0].functions.append(Function(ARCHIVE[3]))
    matches = match_onto(old, new)
    assert len(matches.new_functions) == len(matches.suppressed_functions) == 1


def test_items_keep_their_keys_too():
    old = document(
        unit("8.2", "Oficina A", [["Revisar:", "Altas;", "Bajas; y", "Cambios."]])
    )
    new = document(
        unit("8.2", "Oficina A", [["Revisar:", "Altas;", "Cambios;", "Otros."]])
    )
    matches = match_onto(old, new)
    before = old.units[1].functions[0].items
    after = new.units[1].functions[0].items
    assert [one.key for one in after[:2]] == [before[0].key, before[2].key]
    assert after[2].key not in {one.key for one in before}
    assert [one.text for one in matches.suppressed_functions] == ["Bajas; y"]


def test_a_doubtful_pair_is_reported_with_its_line():
    old, new = base(), again(base())
    new.units[2].functions[0].text = "Elaborar los convenios de arrendamiento."
    new.units[2].functions[0].source_line = 42
    (doubt,) = match_onto(old, new).doubts
    assert (doubt.line, doubt.kind) == (42, "match_function")
    assert "semejanza" in doubt.message


def test_charts_follow_their_units():
    old, new = base(), again(base())
    chart = Chart("7.2", "División de Archivo", unit_key=new.units[1].key)
    new.chapters = [Chapter(7, "Organogramas", "charts", charts=[chart])]
    match_onto(old, new)
    assert chart.unit_key == old.units[1].key


def test_keys_that_the_document_brings_decide_alone():
    old, new = base(), base()
    new.units[1].key = old.units[1].key
    new.units[1].name = "Otra"
    new.units[1].functions = [
        Function("Nada de lo anterior.", key=old.units[1].functions[0].key)
    ]
    matches = match_onto(old, new)
    assert new.units[1].key == old.units[1].key
    assert matches.functions[1].base is old.units[1].functions[0]


def test_a_fragment_suppresses_nothing_outside_itself():
    old = base()
    fragment = Document(
        edition=Edition(functions_chapter=7),
        units=[unit("7.2", "División de Archivo", ARCHIVE[:3], None)],
    )
    matches = match_onto(old, fragment, fragment=True)
    assert fragment.units[0].key == old.units[1].key
    assert matches.suppressed_units == []
    assert [one.text for one in matches.suppressed_functions] == [ARCHIVE[3]]
    assert matches.base_of(fragment.units[0]) is old.units[1]


def test_a_function_of_a_fragment_is_not_taken_from_a_unit_outside():
    old = base()
    fragment = Document(
        edition=Edition(functions_chapter=8),
        units=[unit("8.2", "División de Archivo", [*ARCHIVE, LEGAL[0]], None)],
    )
    matches = match_onto(old, fragment, fragment=True)
    assert [one.text for one in matches.new_functions] == [LEGAL[0]]


def test_no_key_is_given_twice():
    old = document(unit("8.2", "Oficina A", ["Revisar."] * 3))
    new = document(unit("8.2", "Oficina A", ["Revisar."] * 5))
    match_onto(old, new)
    found = [one.key for one in new.units[1].functions]
    assert len(set(found)) == 5
    assert found[:3] == [one.key for one in old.units[1].functions]


def test_a_long_list_of_other_texts_is_compared_in_bounded_time():
    old = document(
        unit("8.2", "Oficina A", [f"Revisar {n:x} {n * 7}." for n in range(4000)])
    )
    new = document(
        unit("8.2", "Oficina A", [f"Emitir {n:o} {n * 3}." for n in range(4000)])
    )
    start = time.process_time()
    match_onto(old, new)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("number", "code", "count", "items", "changed"),
    [("003", "8.4", 22, 21, 11), ("000", "8.4.3.2", 37, 4, 13)],
)
def test_the_real_fragments_keep_every_key_in_order(
    number, code, count, items, changed
):
    def document_of(prefix):
        path = real_manual_path(prefix)
        return read_bytes(
            path.read_bytes(), source_name=path.name, kinds=KINDS
        ).document

    whole, fragment = document_of("002"), document_of(number)
    matches = match_onto(whole, fragment, fragment=True)
    (pair,) = matches.units
    old, new = pair.base, pair.new
    assert (old.code, new.key) == (code, old.key)
    assert [one.key for one in new.functions] == [one.key for one in old.functions]
    assert len(new.functions) == count
    item_keys = [[item.key for item in one.items] for one in new.functions]
    assert item_keys == [[item.key for item in one.items] for one in old.functions]
    assert sum(map(len, item_keys)) == items

    def words(function):
        return [function.text, [words(item) for item in function.items]]

    different = [
        one
        for one, other in zip(new.functions, old.functions, strict=True)
        if words(one) != words(other)
    ]
    assert len(different) == changed
    assert (matches.new_functions, matches.suppressed_functions) == ([], [])
