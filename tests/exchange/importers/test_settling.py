"""The right code of each unit from what is printed, the index and the levels."""

import pytest

from exchange.importers.numbering import follows, parse, write
from exchange.importers.settling import NameIndex, Printed, settle
from tests.exchange.importers.support import outline, read, said

LEVELS = ("Dirección", "Unidad", "Coordinación", "División", "Subjefatura")
#   8.1 Dirección
#   8.2 Unidad > 8.2.1 Coordinación > 8.2.1.1, 8.2.1.2 División
#   8.3 Unidad > 8.3.1 Coordinación
TREE = [
    ("8.1", "Dirección de A"),
    ("8.2", "Unidad de B"),
    ("8.2.1", "Coordinación de C"),
    ("8.2.1.1", "División de D"),
    ("8.2.1.2", "División de E"),
    ("8.3", "Unidad de F"),
    ("8.3.1", "Coordinación de G"),
]


def settled(printed: list[tuple[str, str]], index: list[tuple[str, str]] = ()):
    headings = [
        Printed(parse(code), name, name.partition(" ")[0]) for code, name in printed
    ]
    names = NameIndex((parse(code), name) for code, name in index)
    return [write(one.code) for one in settle(headings, names)]


def misprinted(at: int, code: str) -> list[tuple[str, str]]:
    return [*TREE[:at], (code, TREE[at][1]), *TREE[at + 1 :]]


CODES = [code for code, _ in TREE]


def test_good_codes_stay():
    assert settled(TREE) == settled(TREE, TREE) == CODES


@pytest.mark.parametrize(
    ("at", "code"),
    [(4, "8.2.1.1"), (4, "8.2.1"), (3, "8.2.1"), (5, "8.2"), (4, ""), (5, "9.3")],
)
def test_a_repeated_missing_or_foreign_code_is_settled_by_the_level(at, code):
    assert settled(misprinted(at, code)) == CODES


@pytest.mark.parametrize("code", ["8.2.1.7", "8.5.1.2", "8.2.1.1", "8.3.2", ""])
def test_with_an_index_any_code_is_settled(code):
    assert settled(misprinted(4, code), TREE) == CODES


def test_a_parent_out_of_turn_is_settled_by_its_child():
    assert settled(misprinted(2, "8.2.4")) == CODES


def test_a_gap_is_kept_since_a_unit_may_be_missing():
    printed = [*TREE[:3], ("8.2.1.3", "División de E"), *TREE[5:]]
    assert settled(printed)[3] == "8.2.1.3"


def test_a_name_much_like_the_one_of_the_index_is_the_same_unit():
    printed = misprinted(4, "8.2.1.1")
    index = [*TREE[:4], ("8.2.1.2", "División dee E"), *TREE[5:]]
    assert settled(printed, index) == CODES


def test_units_that_share_a_name_take_the_codes_in_order():
    shared = [("8.1", "Dirección"), ("8.2", "Unidad X"), ("8.3", "Unidad X")]
    assert settled([shared[0], ("", "Unidad X"), ("", "Unidad X")], shared) == [
        "8.1",
        "8.2",
        "8.3",
    ]


def test_no_code_comes_twice():
    codes = settled([("8.1", f"Dirección {n}") for n in range(50)])
    assert len(set(codes)) == 50


def test_a_first_unit_without_code_takes_none_that_another_has():
    assert settled([("", "Dirección de A"), ("8.1", "Unidad de B")]) == ["8.2", "8.1"]


@pytest.mark.parametrize(
    ("code", "previous", "expected"),
    [
        ("8.2.1", "8.2", True),
        ("8.3", "8.2.1.4", True),
        ("8.2.2", "8.2.1.4", True),
        ("8.2.3", "8.2.1.4", False),
        ("8.2.1.4.2", "8.2.1.4", False),
    ],
)
def test_which_code_may_follow_which(code, previous, expected):
    assert follows(parse(code), parse(previous)) is expected


def as_text(headings: list[tuple[str, str]]) -> str:
    return "".join(f"{code} {name}\n\n- Hacer algo.\n\n" for code, name in headings)


def test_the_root_is_parent_of_what_looks_like_its_siblings():
    document = read(as_text(TREE)).document
    assert [(code, parent) for code, parent, _, _ in outline(document)] == [
        ("8.1", None),
        ("8.2", "8.1"),
        ("8.2.1", "8.2"),
        ("8.2.1.1", "8.2.1"),
        ("8.2.1.2", "8.2.1"),
        ("8.3", "8.1"),
        ("8.3.1", "8.3"),
    ]


def test_codes_under_the_root_are_its_children_too():
    text = as_text(
        [("7.1", "Jefatura de Servicios de A"), ("7.1.1", "Departamento de B")]
    )
    assert outline(read(text).document)[1][1] == "7.1"


def test_a_fragment_keeps_the_code_of_its_topmost_unit():
    text = as_text([("8.4.3", "Coordinación de A"), ("8.4.3.1", "División de B")])
    document = read(text).document
    assert [(code, parent) for code, parent, _, _ in outline(document)] == [
        ("8.4.3", None),
        ("8.4.3.1", "8.4.3"),
    ]
    assert document.edition.functions_chapter == 8


def test_a_unit_without_its_parent_hangs_from_the_nearest_one_with_a_doubt():
    text = as_text([("8.4", "Unidad de A"), ("8.4.3.1", "División de B")])
    reading = read(text)
    assert outline(reading.document)[1][:2] == ("8.4.3.1", "8.4")
    assert "parent" in [doubt.kind for doubt in reading.report.doubts]


def test_a_corrected_code_keeps_what_was_printed_and_says_so():
    reading = read(as_text(misprinted(4, "8.2.1.1")))
    unit = reading.document.units[4]
    assert (unit.code, unit.printed_code) == ("8.2.1.2", "8.2.1.1")
    (correction,) = said(reading.report.corrections, "code")
    assert (correction.printed, correction.read) == ("8.2.1.1 División de E", "8.2.1.2")
    assert len(said(reading.report.doubts, "code")) == 1


def test_a_final_dot_is_a_correction_but_no_printed_code():
    reading = read(as_text([("8.1.", "Dirección de A")]))
    assert reading.document.units[0].printed_code is None
    assert len(said(reading.report.corrections, "code_dot")) == 1


def test_a_gap_is_a_doubt():
    reading = read(as_text([*TREE[:3], ("8.2.1.2", "División de E")]))
    assert [one.kind for one in reading.report.doubts] == ["code_gap"]
