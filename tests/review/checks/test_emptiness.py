"""Empty units and items, lists of one."""

from tests.review.checks.support import codes, findings, listed, marked, of_texts
from tests.review.compare.building import edition, unit


def test_a_unit_without_functions_is_an_error():
    (finding,) = findings("unit_empty", edition(unit("8.1", "Dirección")))
    assert (finding.place.unit_code, finding.severity) == ("8.1", "error")
    assert codes("unit_empty", of_texts("Hacer.")) == []


def test_an_item_without_letters_is_empty():
    empty = findings(
        "item_empty", of_texts("", "Hacer:", " . ", listed("H:", "A", "-"))
    )
    assert [(one.place.function_number, one.place.item_label) for one in empty] == [
        (1, None),
        (3, None),
        (4, "b"),
    ]


def test_a_list_of_one_is_found_on_each_level():
    assert marked("list_of_one", listed("Hacer:", "Sola.")) == ["Sola."]
    deep = listed("Hacer:", "Una.", listed("Otra:", "Tercera."))
    assert marked("list_of_one", deep) == ["Tercera."]
    assert marked("list_of_one", "Única función.", listed("Hacer:", "A;", "B.")) == []
