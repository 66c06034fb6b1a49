"""Codes: repeats, gaps, codes of another family, other printed ones."""

from exchange.document import Function
from tests.review.checks.support import codes, findings, units
from tests.review.compare.building import edition, unit


def test_a_well_numbered_edition_has_no_findings():
    document = edition(*units("8.1", "8.2", "8.2.1", "8.2.2", "8.3", "8.3.1"))
    for name in ("code_repeated", "code_parent", "code_gap", "code_printed"):
        assert codes(name, document) == []


def test_the_second_unit_with_a_code_is_found():
    document = edition(*units("8.1", "8.2", "8.2"))
    (finding,) = findings("code_repeated", document)
    assert finding.place.unit_key == document.units[2].key
    assert finding.severity == "error"
    assert "8.2" in finding.message and "División 8.2" in finding.message
    assert codes("code_gap", document) == []


def test_a_gap_is_one_finding():
    document = edition(*units("8.1", "8.2", "8.2.1", "8.2.3", "8.2.4", "8.3"))
    (finding,) = findings("code_gap", document)
    assert finding.place.unit_code == "8.2.3"
    assert finding.message == "Antes de 8.2.3 falta 8.2.2."


def test_the_first_child_of_the_root_is_two_and_of_others_one():
    assert codes("code_gap", edition(*units("8.1", "8.3"))) == ["8.3"]
    assert codes("code_gap", edition(*units("8.1", "8.2", "8.2.2"))) == ["8.2.2"]


def test_a_code_out_of_order_is_found():
    document = edition(*units("8.1", "8.2", "8.4", "8.3"))
    assert codes("code_gap", document) == ["8.4", "8.3"]


def test_ten_comes_after_nine():
    document = edition(*units("8.1", *(f"8.{number}" for number in range(2, 12))))
    assert codes("code_gap", document) == []


def test_a_code_of_another_family_is_found():
    document = edition(*units("8.1", "8.2", ("8.3.1", "8.2"), ("8.2.x", "8.2")))
    assert codes("code_parent", document) == ["8.3.1", "8.2.x"]
    assert codes("code_gap", document) == []


def test_a_parent_that_is_not_there_is_found():
    (finding,) = findings("code_parent", edition(*units("8.1", "8.4.1")))
    assert finding.message == "No existe la unidad superior 8.4."


def test_the_root_bears_the_number_of_the_chapter():
    assert codes("code_parent", edition(*units("7.1"), chapter=8)) == ["7.1"]
    assert codes("code_parent", edition(*units("7.1"), chapter=7)) == []
    assert codes("code_parent", edition(*units("7.1"), chapter=None)) == []


def test_a_fragment_numbers_below_its_own_code():
    top = unit("7.4", "Unidad", Function("Hacer."), parent_code=None)
    document = edition(top, *units("7.4.1", "7.4.2"), chapter=None)
    for name in ("code_parent", "code_gap"):
        assert codes(name, document) == []


def test_another_printed_code_is_a_warning():
    document = edition(*units("8.1", "8.2", "8.2.1"))
    document.units[2].printed_code = "8.2"
    document.units[1].printed_code = "8.2"
    (finding,) = findings("code_printed", document)
    assert finding.place.unit_code == "8.2.1"
    assert finding.severity == "warning"
    assert "que es el código de División 8.2" in finding.message
