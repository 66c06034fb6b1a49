"""Units split and merged: recorded by a person, or proposed from what they do."""

import pytest

from exchange.document import Document, Function, Unit
from review.compare import Succession, compare
from review.compare.changes import MERGED, SPLIT
from tests.review.compare.building import edition, function, key, unit, units_by_code
from tests.review.compare.editing import with_other_keys

MATERIALS = [
    function(f"m{number}", f"Comprar los bienes del grupo {number} del catálogo.")
    for number in range(4)
]
SERVICES = [
    function(f"s{number}", f"Vigilar el servicio {number} contratado para el edificio.")
    for number in range(4)
]
BOTH = "División de Recursos Materiales y Servicios Generales"


def whole(*units: Unit) -> Document:
    return edition(unit("8.1", "Dirección de Administración", of="root"), *units)


def one(of: str = "both") -> Document:
    return whole(unit("8.2", BOTH, *MATERIALS, *SERVICES, of=of))


def two(first: str = "both", second: str = "services") -> Document:
    return whole(
        unit("8.2", "División de Recursos Materiales", *MATERIALS, of=first),
        unit("8.3", "División de Servicios Generales", *SERVICES, of=second),
    )


def typed_again(document: Document, code: str) -> Document:
    """The functions of a unit with new keys, as if somebody had typed them again."""
    for each in document.units:
        if each.code == code:
            each.functions = [Function(old.text) for old in each.functions]
    return document


def keys(*names: str) -> tuple:
    return tuple(key(name) for name in names)


@pytest.mark.parametrize("retyped", [False, True])
def test_a_new_unit_with_functions_of_another_is_proposed_as_a_split(retyped):
    new = typed_again(two(), "8.3") if retyped else two()
    comparison = compare(one(), new)
    (split,) = comparison.successions
    assert (split.kind, split.recorded) == (SPLIT, False)
    assert (split.from_keys, split.to_keys) == (keys("both"), keys("both", "services"))
    assert 0.5 <= split.confidence <= 1
    found = units_by_code(comparison)
    assert found["8.2"].changes == ["split", "renamed"]
    assert found["8.3"].changes == ["new", "split"]
    assert found["8.3"].from_keys == [key("both")]
    assert found["8.3"].to_keys == list(keys("both", "services"))
    assert found["8.3"].confidence == split.confidence


def test_functions_that_come_along_with_a_split_say_so():
    found = units_by_code(compare(one(), two()))["8.3"].functions
    assert {(change.change, change.via) for change in found} == {("moved", "split")}


def test_a_unit_split_into_two_new_ones_is_suppressed_and_split():
    found = units_by_code(compare(one(), two("materials", "services")))
    assert [found[code].changes for code in ("8.2", "8.3")] == [["new", "split"]] * 2
    gone = compare(one(), two("materials", "services")).units[1]
    assert gone.changes == ["suppressed", "split"]


@pytest.mark.parametrize("retyped", [False, True])
def test_a_unit_that_is_gone_into_another_is_proposed_as_a_merger(retyped):
    new = typed_again(one(), "8.2") if retyped else one()
    if retyped:
        new.units[1].functions[:4] = MATERIALS
    comparison = compare(two(), new)
    (merger,) = comparison.successions
    assert merger.kind == MERGED
    assert merger.from_keys == keys("both", "services")
    assert merger.to_keys == keys("both")
    found = units_by_code(comparison)
    assert found["8.2"].changes == ["merged", "renamed"]
    assert found["8.3"].changes == ["suppressed", "merged"]


def test_looking_back_a_split_is_a_merger():
    assert [one.kind for one in compare(two(), one()).successions] == [MERGED]


def test_independent_imports_show_splits_and_mergers_too():
    split = compare(one(), with_other_keys(two())).successions
    assert [(each.kind, len(each.to_keys)) for each in split] == [(SPLIT, 2)]
    merged = compare(two(), with_other_keys(one())).successions
    assert [(each.kind, len(each.from_keys)) for each in merged] == [(MERGED, 2)]


def test_a_new_unit_that_took_one_function_of_many_is_only_new():
    new = whole(
        unit("8.2", BOTH, *MATERIALS, *SERVICES[1:], of="both"),
        unit(
            "8.3",
            "División de Archivo",
            SERVICES[0],
            *(function(f"n{n}", f"Ordenar el acervo {n}.") for n in range(4)),
            of="archive",
        ),
    )
    comparison = compare(one(), new)
    assert comparison.successions == []
    assert units_by_code(comparison)["8.3"].changes == ["new"]


def test_a_unit_whose_functions_went_to_several_is_only_suppressed():
    old = whole(
        unit("8.2", "División de Archivo", of="archive"),
        unit("8.3", "División de Correos", of="mail"),
        unit("8.4", "División de Trámites", *SERVICES, of="gone"),
    )
    new = whole(
        unit("8.2", "División de Archivo", *SERVICES[:2], of="archive"),
        unit("8.3", "División de Correos", *SERVICES[2:], of="mail"),
    )
    assert compare(old, new).successions == []


def test_common_functions_are_no_sign_of_a_split_or_merger():
    def common(name: str) -> list[Function]:
        return [
            function(f"{name}{number}", f"Atender el asunto común número {number}.")
            for number in range(4)
        ]

    own = function("own", "Guardar el acervo histórico.")
    old = whole(
        unit("8.2", "División de Archivo", own, *common("a"), of="archive"),
        unit("8.3", "División de Trámites", *common("b"), of="other"),
    )
    new = whole(
        unit("8.2", "División de Archivo", own, of="archive"),
        unit("8.3", "División de Trámites", *common("b"), of="other"),
        unit("8.4", "División de Sistemas", *common("c"), of="new"),
    )
    assert compare(old, new).successions == []


def test_what_a_person_recorded_is_taken_as_it_is():
    recorded = Succession(MERGED, keys("both", "services"), keys("both"))
    comparison = compare(two(), one(), [recorded])
    assert comparison.successions == [recorded]
    assert units_by_code(comparison)["8.3"].confidence == 1.0


def test_nothing_is_proposed_for_units_that_a_record_speaks_of():
    recorded = Succession(SPLIT, keys("root"), keys("root", "services"))
    comparison = compare(one(), two(), [recorded])
    assert comparison.successions == [recorded]
    assert units_by_code(comparison)["8.2"].changes == ["renamed"]
