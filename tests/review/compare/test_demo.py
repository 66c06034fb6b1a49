"""The demonstration editions compared: what exchange/samples/CHANGES.md says."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import exchange
from exchange.document import Document
from exchange.importers.text import read_bytes
from exchange.matching import match_onto
from review.compare import Comparison, FunctionChange, UnitChange, apply, compare
from review.compare.summary import summary

SAMPLES = Path(exchange.__file__).parent / "samples"
CHANGES = (SAMPLES / "CHANGES.md").read_text(encoding="utf-8")
KINDS = (
    ("Dirección", "Direcciones"),
    ("Unidad", "Unidades"),
    ("Coordinación", "Coordinaciones"),
    ("División", "Divisiones"),
    ("Subjefatura", "Subjefaturas"),
)
Place = tuple[str, int]

by_keys_and_by_texts = pytest.mark.parametrize("matched", ["keys", "texts"])


def document(year: str) -> Document:
    path = SAMPLES / f"dir-{year}.md"
    return read_bytes(path.read_bytes(), source_name=path.name, kinds=KINDS).document


@cache
def demo(matched: str) -> Comparison:
    """With the keys that an import onto the earlier edition gives, or without."""
    old, new = document("2021"), document("2024")
    if matched == "keys":
        match_onto(old, new)
    comparison = compare(old, new)
    assert comparison.matched == matched
    assert apply(old, comparison) == new
    return comparison


def paragraph(beginning: str) -> str:
    found = re.search(rf"^- {beginning}.*?(?=^- |^#|\Z)", CHANGES, re.M | re.S)
    return " ".join(found.group().split())


def places(beginning: str) -> list[Place]:
    """What a paragraph cites: "7.1 (2, 4); 7.2 (1)"."""
    return [
        (code, int(number))
        for code, numbers in re.findall(
            r"(\d+(?:\.\d+)+) \((\d+(?:, \d+)*)\)", paragraph(beginning)
        )
        for number in numbers.split(",")
    ]


def rows(kind: str) -> list[tuple[str, str]]:
    """The codes of a kind of change in the table of units, before and after."""
    return re.findall(
        rf"^\| {kind} \| ([\d.]+|-)[^|]*\| ([\d.]+|-)[^|]*\|$", CHANGES, re.M
    )


def codes(change: UnitChange) -> tuple[str, str]:
    return (
        change.old.code if change.old else "-",
        change.new.code if change.new else "-",
    )


def place(change: FunctionChange) -> Place:
    side = change.new or change.old
    return side.code, side.number


def functions(matched: str) -> list[FunctionChange]:
    return [one for unit in demo(matched).units for one in unit.functions]


def weighing(matched: str, weight: str) -> list[Place]:
    return sorted(
        place(one)
        for one in functions(matched)
        if one.old and one.new and one.weight == weight
    )


@by_keys_and_by_texts
def test_the_units_change_as_listed(matched):
    units = demo(matched).units
    named = {"split", "merged", "kind"}
    found = {
        "Nueva": [u for u in units if u.changes == ["new"]],
        "Suprimida": [u for u in units if u.changes == ["suppressed"]],
        "Se mueve": [u for u in units if "moved" in u.changes],
        "Cambia de nivel": [u for u in units if "kind" in u.changes],
        "Cambia de nombre": [
            u for u in units if "renamed" in u.changes and named.isdisjoint(u.changes)
        ],
        "Cambia de número entre hermanas": [
            u
            for u in units
            if u.changes == ["renumbered"] and u.renumbering in ("own", "parent")
        ],
    }
    for kind, changes in found.items():
        assert sorted(map(codes, changes)) == sorted(rows(kind)), kind
    others = Counter(tuple(unit.changes) for unit in units)
    assert others["renumbered",] == 94 - 5 - 1 - 3 - 2
    assert others["same",] == 0


@by_keys_and_by_texts
def test_the_merger_and_the_split_are_proposed(matched):
    comparison = demo(matched)
    before = {u.old.key: u.old.code for u in comparison.units if u.old}
    after = {u.new.key: u.new.code for u in comparison.units if u.new}
    found = {
        one.kind: [(before[a], after[b]) for a in one.from_keys for b in one.to_keys]
        for one in comparison.successions
    }
    assert found == {"merged": rows("Fusión"), "split": rows("División")}


@by_keys_and_by_texts
def test_functions_changed_only_in_capitals_or_punctuation(matched):
    cited = places("Solo mayúsculas o puntuación")
    assert len(cited) == 14
    assert weighing(matched, "cosmetic") == sorted(cited)


@by_keys_and_by_texts
def test_functions_changed_only_in_terms(matched):
    cited = places("Solo términos")
    assert len(cited) == 31
    assert weighing(matched, "terminology") == sorted(cited)


@by_keys_and_by_texts
def test_functions_reworded(matched):
    cited = places("Redacción")
    assert len(cited) == 77
    assert weighing(matched, "substantive") == sorted(cited)


@by_keys_and_by_texts
def test_functions_new_and_suppressed(matched):
    comparison = demo(matched)
    new = [
        place(one)
        for unit in comparison.units
        if unit.changes != ["new"]
        for one in unit.functions
        if one.change == "new"
    ]
    assert sorted(new) == sorted(places("Nuevas, sin contar"))
    gone = [
        place(one)
        for unit in comparison.units
        if unit.new
        for one in unit.functions
        if one.change == "suppressed"
    ]
    assert sorted(gone) == sorted(places("Suprimidas en unidades"))


@by_keys_and_by_texts
def test_functions_moved_by_themselves_with_a_merger_and_with_a_split(matched):
    moved = [one for one in functions(matched) if one.change == "moved"]
    cited = re.findall(
        r"([\d.]+) n\.º (\d+) a ([\d.]+) n\.º (\d+)", paragraph("Movidas a otra unidad")
    )
    assert len(cited) == 8
    alone = [
        (one.old.code, str(one.old.number), one.new.code, str(one.new.number))
        for one in moved
        if one.via is None
    ]
    assert sorted(alone) == sorted(cited)
    along = {
        (one.old.code, one.old.number): (one.new.code, one.new.number, one.via)
        for one in moved
        if one.via
    }
    assert along == {
        **{("8.4.1.1.2", n): ("7.4.1.1.1", n + 5, "merged") for n in range(1, 6)},
        ("8.6.3.2", 3): ("7.6.3.3", 1, "split"),
        ("8.6.3.2", 5): ("7.6.3.3", 4, "split"),
    }


@by_keys_and_by_texts
def test_functions_reordered(matched):
    found = {one.new.code for one in functions(matched) if one.reordered}
    assert found == set(
        re.findall(r"\d(?:\.\d)+", paragraph("Reordenadas dentro de su unidad"))
    )


@by_keys_and_by_texts
def test_functions_changed_in_their_items(matched):
    found = {
        place(one): [
            (item.side.label, item.change, item.weight)
            for item in one.items
            if item.change != "same" and item.weight != "cosmetic"
        ]
        for one in functions(matched)
        if one.old and any(item.change != "same" for item in one.items)
    }
    assert found == {
        ("7.3.1.2", 2): [
            ("d", "new", "substantive"),
            ("e", "reworded", "substantive"),
        ],
        ("7.4.2.2", 2): [("d", "suppressed", "substantive")],
        ("7.5.2.2", 2): [],
        ("7.6.2", 5): [
            ("a", "reworded", "substantive"),
            ("d", "new", "substantive"),
        ],
        ("7.2.1.3", 4): [("a", "reworded", "substantive")],
        ("7.3.2.2", 3): [],
        ("7.5.4.1", 3): [],
    }
    (swapped,) = (one for one in functions(matched) if place(one) == ("7.5.2.2", 2))
    assert [item.old.label for item in swapped.items][2:] == ["d", "c"]
    assert (swapped.overall, swapped.only_cosmetic) == ("substantive", False)


@by_keys_and_by_texts
def test_the_terms_replaced(matched):
    found = {term.old: term.new for term in demo(matched).terminology}
    assert found.pop("Delegaciones") == (
        "Órganos de Operación Administrativa Desconcentrada"
    )
    assert found.pop("buzón IMSS") == "buzón tributario"
    renamed = {u.old.name: u.new.name for u in demo(matched).units if u.old and u.new}
    assert found.items() <= renamed.items()
    assert "División de Enlace y Análisis Operativo" not in found


@by_keys_and_by_texts
def test_the_chapters(matched):
    chapters = demo(matched).chapters
    assert [(one.side.title, one.changes) for one in chapters] == [
        ("Introducción", ["reworded"]),
        ("Objetivos", ["reworded"]),
        ("Antecedentes Históricos", ["reworded"]),
        ("Marco Jurídico Administrativo", ["reworded"]),
        ("Atribuciones", ["reworded"]),
        ("Políticas", ["reworded"]),
        ("Funciones Sustantivas", ["renumbered"]),
        ("Organogramas Estructurales", ["reworded", "renumbered"]),
    ]
    assert [
        [
            (block.new.number, block.change, block.weight)
            for block in one.blocks
            if block.change not in ("same", "renumbered")
        ]
        for one in chapters[:6]
    ] == [
        [
            (1, "reworded", "cosmetic"),
            (2, "reworded", "substantive"),
            (4, "reworded", "substantive"),
        ],
        [(3, "reworded", "substantive"), (4, "new", "substantive")],
        [
            (12, "reworded", "substantive"),
            (13, "new", "substantive"),
            (14, "new", "substantive"),
        ],
        [
            (18, "reworded", "substantive"),
            (19, "new", "substantive"),
            (20, "new", "substantive"),
            (27, "reworded", "cosmetic"),
        ],
        [
            (7, "reworded", "substantive"),
            (10, "reworded", "substantive"),
            (12, "reworded", "terminology"),
            (16, "new", "substantive"),
        ],
        [
            (4, "reworded", "terminology"),
            (8, "reworded", "substantive"),
            (9, "new", "substantive"),
        ],
    ]
    assert chapters[4].blocks[-1].change == "renumbered"
    dates = {chart.new.effective_from.isoformat() for chart in chapters[7].charts}
    assert dates == {"2024-03-01", "2023-10-16"}


def test_the_counts():
    counts = summary(demo("keys"))
    assert counts["units"]["total"] == {"old": 97, "new": 98}
    assert counts["functions"]["total"] == {"old": 650, "new": 665}
    assert counts["items"]["total"] == {"old": 106, "new": 113}
    assert counts["functions"]["new"] - counts["functions"]["suppressed"] == 15
    assert counts["functions"]["moved"] == 8 + 5 + 2
    assert counts["functions"]["by_weight"]["terminology"] == 31


def test_the_data_of_the_edition():
    assert {
        name: tuple(map(str, values))
        for name, values in demo("keys").edition.items()
        if name not in ("authorisation_text", "sources")
    } == {
        "numbering": ("bullets", "numbers"),
        "functions_chapter": ("8", "7"),
        "authorised_by": ("Mtra. Elena Robles Quintana", "Mtro. Julián Arriaga Montes"),
        "ratified_on": ("2021-01-15", "2024-03-01"),
        "document_number": ("00 11 22 3000/004/2021", "00 11 22 3000/017/2024"),
        "document_date": ("2021-01-11", "2024-02-26"),
    }
