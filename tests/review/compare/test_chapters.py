"""What became of chapters, their blocks and charts, and of the edition's data."""

from datetime import date

import pytest

from exchange.document import Chapter, Chart, Document, Source
from review.compare import compare
from tests.review.compare.building import chapters, edition, key, unit


def document(*parts: Chapter, label: str = "1", **fields) -> Document:
    root = unit("8.1", "Dirección de Ingresos", of="root")
    made = edition(root, label=label, **fields)
    made.chapters = list(parts)
    return made


def of_bodies(old: str, new: str):
    """The change of one chapter whose body was this and is that."""
    (change,) = compare(document(*chapters(old)), document(*chapters(new))).chapters
    return change


def blocks(old: str, new: str) -> list[tuple[int, str, str | None]]:
    return [
        (block.side.number, block.change, block.weight)
        for block in of_bodies(old, new).blocks
    ]


def test_paragraphs_are_the_same_reworded_new_or_suppressed():
    old = "Uno dice esto.\n\nDos dice aquello.\n\nTres termina."
    new = "Uno dice esto.\n\nDos dice otra cosa.\n\nEntre dos y tres, algo nuevo."
    assert blocks(old, new) == [
        (1, "same", None),
        (2, "reworded", "substantive"),
        (3, "suppressed", "substantive"),
        (3, "new", "substantive"),
    ]


def test_list_items_are_compared_one_by_one():
    old = "- Ley A (DOF 1995).\n- Ley B (DOF 1999).\n- Ley C (DOF 2001)."
    new = "- Ley A (DOF 1995).\n- Ley Nueva (DOF 2020).\n- Ley C, (dof 2001)."
    change = of_bodies(old, new)
    assert [block.change for block in change.blocks] == ["same", "reworded", "reworded"]
    assert [block.weight for block in change.blocks][2] == "cosmetic"
    assert (change.changes, change.weight) == (["reworded"], "substantive")


def test_a_printed_ordinal_belongs_to_the_number_not_to_the_text():
    old = "- I. Fijar las reglas.\n- II. Cualquier otra."
    new = "- I. Fijar las reglas.\n- II. Prevenir fraudes.\n- III. Cualquier otra."
    assert blocks(old, new) == [
        (1, "same", None),
        (2, "new", "substantive"),
        (3, "renumbered", None),
    ]


def test_blocks_that_change_places_are_reordered():
    change = of_bodies("Uno.\n\nDos.", "Dos.\n\nUno.")
    assert [block.reordered for block in change.blocks].count(True) == 1
    assert change.weight == "substantive"


def test_another_markup_of_the_same_words_is_cosmetic():
    change = of_bodies("Uno.\n\nDos.", "Uno.\n\n\n- Dos.\n")
    assert change.changes == ["reworded"]
    assert change.weight == "cosmetic"


def test_an_unchanged_chapter_still_lists_its_blocks():
    change = of_bodies("Uno.\n\nDos.", "Uno.\n\nDos.")
    assert change.changes == ["same"]
    assert [block.redline for block in change.blocks] == [
        (("=", "Uno."),),
        (("=", "Dos."),),
    ]


def test_chapters_that_exchange_numbers_are_renumbered():
    old = document(
        Chapter(7, "Organogramas", "charts"), Chapter(8, "Funciones", "functions")
    )
    new = document(
        Chapter(7, "Funciones", "functions"), Chapter(8, "Organogramas", "charts")
    )
    assert [
        (one.old.number, one.new.number, one.changes)
        for one in compare(old, new).chapters
    ] == [(8, 7, ["renumbered"]), (7, 8, ["renumbered"])]


def test_a_chapter_with_another_title_is_known_by_what_it_says():
    body = "La Dirección atiende a las personas aseguradas en todo el país."
    old = document(Chapter(1, "Introducción", body=body), Chapter(2, "Objetivos"))
    new = document(Chapter(1, "Presentación", body=body), Chapter(2, "Objetivos"))
    assert [one.changes for one in compare(old, new).chapters] == [
        ["renamed"],
        ["same"],
    ]


def test_two_chapters_are_not_one_because_both_are_empty():
    old, new = document(Chapter(1, "Glosario")), document(Chapter(1, "Políticas"))
    assert [one.changes for one in compare(old, new).chapters] == [
        ["suppressed"],
        ["new"],
    ]


def test_a_suppressed_chapter_stands_after_its_old_predecessor():
    old = document(*chapters("Uno.", "Dos.", "Tres."))
    old.chapters[1].title = "Antecedentes"
    new = document(old.chapters[0], old.chapters[2], Chapter(9, "Glosario", body="Z."))
    assert [(one.side.title, one.change) for one in compare(old, new).chapters] == [
        ("Capítulo de prueba 1", "same"),
        ("Antecedentes", "suppressed"),
        ("Capítulo de prueba 3", "same"),
        ("Glosario", "new"),
    ]


def charts(*parts: Chart) -> Document:
    made = document(Chapter(7, "Organogramas", "charts", charts=list(parts)))
    made.units.append(unit("8.2", "Unidad de Cobro", of="cobro"))
    return made


@pytest.mark.parametrize(
    ("chart", "change", "fields"),
    [
        (("7.1", "Cobro", "cobro", 2017), "same", ()),
        (("8.1", "Cobro", "cobro", 2017), "renumbered", ()),
        (("7.1", "Cobro", "cobro", 2024), "reworded", ("effective_from",)),
        (("7.1", "Cobros", "cobro", 2017), "reworded", ("title",)),
        (("7.1", "Cobro", "root", 2017), "reworded", ("unit_key",)),
    ],
)
def test_a_chart_is_known_by_its_unit_or_its_title(chart, change, fields):
    number, title, unit_name, year = chart
    old = charts(Chart("7.1", "Cobro", key("cobro"), date(2017, 12, 16)))
    new = charts(Chart(number, title, key(unit_name), date(year, 12, 16)))
    (found,) = compare(old, new).chapters[0].charts
    assert (found.change, found.fields) == (change, fields)


def test_charts_come_and_go():
    old = charts(Chart("7.1", "Cobro", key("cobro")))
    new = charts(Chart("7.1", "Afiliación", key("root")))
    assert [one.change for one in compare(old, new).chapters[0].charts] == [
        "suppressed",
        "new",
    ]


def test_data_of_the_edition_are_compared_field_by_field():
    old = document(label="2021", ratified_on=date(2021, 3, 4))
    new = document(
        label="2024",
        ratified_on=date(2024, 3, 1),
        authorised_by="Ana Pérez",
        sources=[Source("a.txt", "a" * 64)],
    )
    comparison = compare(old, new)
    assert comparison.edition == {
        "label": ("2021", "2024"),
        "authorised_by": (None, "Ana Pérez"),
        "ratified_on": (date(2021, 3, 4), date(2024, 3, 1)),
        "sources": ([], [Source("a.txt", "a" * 64)]),
    }
    assert (comparison.old.edition, comparison.new.edition) == ("2021", "2024")
    assert comparison.manual == {}


def test_data_of_the_manual_are_compared_too():
    old, new = document(), document()
    new.manual.title = "Otro título"
    assert compare(old, new).manual == {"title": ("Manual de pruebas", "Otro título")}
