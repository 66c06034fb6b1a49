"""What became of functions and items, judged on their own text and place."""

from exchange.document import Document, Function
from review.compare import compare, redline
from tests.review.compare.building import (
    compared,
    edition,
    function,
    key,
    story,
    unit,
    units_by_code,
    weights,
)


def one_unit(*functions: Function) -> Document:
    return edition(unit("8.1", "Dirección", *functions))


def two_units(first: list[Function], second: list[Function]) -> Document:
    return edition(
        unit("8.1", "Dirección", *first), unit("8.2", "Unidad de Cobro", *second)
    )


A, B, C, D = (function(name, f"Texto {name} de prueba.") for name in "abcd")


def changes(old: Document, new: Document, code: str = "8.1"):
    return units_by_code(compare(old, new))[code].functions


def test_functions_are_the_same_reworded_new_or_suppressed():
    old = one_unit(A, B, C)
    new = one_unit(A, function("b", "Otra cosa."), D)
    found = changes(old, new)
    assert [one.change for one in found] == ["same", "reworded", "suppressed", "new"]
    assert [one.weight for one in found] == [None] + ["substantive"] * 3
    assert found[2].redline == (("-", C.text),)
    assert found[3].redline == (("+", D.text),)


def test_a_function_that_another_pushes_down_is_renumbered():
    found = changes(one_unit(A, B), one_unit(D, A, B))
    assert story(found) == [
        (D.text, "new"),
        (A.text, "renumbered"),
        (B.text, "renumbered"),
    ]
    assert not any(one.reordered for one in found)
    assert (found[1].old.number, found[1].new.number) == (1, 2)


def test_a_function_that_changes_places_is_reordered():
    found = changes(one_unit(A, B, C, D), one_unit(D, A, B, C))
    assert [one.reordered for one in found] == [True, False, False, False]


def test_two_equal_texts_that_change_places_are_told_apart_by_their_keys():
    one, other = function("x", "Igual."), function("y", "Igual.")
    found = changes(one_unit(one, other), one_unit(other, one))
    assert [(change.key, change.old.number) for change in found] == [
        (key("y"), 2),
        (key("x"), 1),
    ]
    assert [change.change for change in found] == ["renumbered", "renumbered"]


def test_a_moved_function_stands_under_its_new_unit_and_is_known_to_have_left():
    found = units_by_code(compare(two_units([A, B], [C]), two_units([A], [B, C])))
    assert story(found["8.1"].functions) == [(A.text, "same")]
    moved, shifted = found["8.2"].functions
    assert (moved.change, moved.weight) == ("moved", None)
    assert (moved.old.code, moved.old.number) == ("8.1", 2)
    assert (moved.new.code, moved.new.number) == ("8.2", 1)
    assert shifted.change == "renumbered"
    assert found["8.1"].left == [moved]
    assert found["8.1"].differs is True


def test_a_function_moved_and_reworded_is_moved_with_a_weight():
    longer = function("b", B.text.replace("prueba", "ensayo"))
    found = units_by_code(compare(two_units([A, B], []), two_units([A], [longer])))
    (moved,) = found["8.2"].functions
    assert (moved.change, moved.weight) == ("moved", "substantive")


def test_a_suppressed_function_stands_after_its_old_predecessor():
    assert story(changes(one_unit(A, B, C, D), one_unit(D, A))) == [
        (D.text, "renumbered"),
        (A.text, "renumbered"),
        (B.text, "suppressed"),
        (C.text, "suppressed"),
    ]


def test_the_first_function_suppressed_stands_first():
    assert story(changes(one_unit(A, B), one_unit(B)))[0] == (A.text, "suppressed")


def test_after_a_predecessor_that_moved_away_the_one_before_it_counts():
    found = units_by_code(compare(two_units([A, B, C], []), two_units([A], [B])))["8.1"]
    assert story(found.functions) == [(A.text, "same"), (C.text, "suppressed")]


def test_items_speak_for_themselves():
    old = one_unit(function("a", "Ver:", function("i", "uno;"), function("j", "dos.")))
    new = one_unit(
        function("a", "Ver:", function("i", "uno;"), function("j", "dos y tres."))
    )
    (found,) = changes(old, new)
    assert (found.change, found.weight) == ("same", None)
    assert [item.change for item in found.items] == ["same", "reworded"]
    assert (found.modified, found.overall) == (True, "substantive")


def test_the_third_level_counts_for_the_function():
    def document(text: str) -> Document:
        inner = function("k", text)
        return one_unit(function("a", "Ver:", function("i", "uno:", inner)))

    (found,) = changes(document("Los Avisos"), document("los avisos"))
    assert found.items[0].items[0].weight == "cosmetic"
    assert (found.items[0].overall, found.overall) == ("cosmetic", "cosmetic")
    assert found.only_cosmetic is True


def test_items_that_change_places_are_more_than_cosmetic():
    i, j = function("i", "uno;"), function("j", "dos.")
    (found,) = changes(
        one_unit(function("a", "Ver:", i, j)), one_unit(function("a", "Ver:", j, i))
    )
    assert [item.change for item in found.items] == ["renumbered", "renumbered"]
    assert (found.change, found.overall) == ("same", "substantive")
    assert found.only_cosmetic is False


def test_an_item_that_becomes_a_function_has_moved():
    i = function("i", "Llevar el archivo.")
    found = changes(
        one_unit(function("a", "Ver:", i)), one_unit(function("a", "Ver:"), i)
    )
    assert story(found) == [("Ver:", "same"), ("Llevar el archivo.", "moved")]
    assert found[0].left == [found[1]]
    assert found[0].modified is True


def test_a_function_that_becomes_an_item_of_a_new_function_has_moved():
    found = changes(one_unit(A), one_unit(function("n", "Nueva:", A)))
    assert story(found) == [("Nueva:", "new")]
    assert story(found[0].items) == [(A.text, "moved")]


def test_an_item_stays_with_a_function_that_moves():
    i = function("i", "uno;")
    old = two_units([function("a", "Ver:", i)], [])
    new = two_units([], [function("a", "Ver:", i)])
    (found,) = changes(old, new, "8.2")
    assert (found.change, found.items[0].change) == ("moved", "same")


def test_the_items_of_a_suppressed_function_are_suppressed_with_it():
    (found,) = changes(
        one_unit(function("a", "Ver:", function("i", "uno;"), function("j", "dos."))),
        edition(unit("8.1", "Dirección")),
    )
    assert story(found.items) == [("uno;", "suppressed"), ("dos.", "suppressed")]


def test_an_item_that_outlives_its_function_is_listed_where_it_went():
    i = function("i", "uno;")
    found = changes(
        one_unit(A, function("b", "Ver:", i)), one_unit(function("a", A.text, i))
    )
    assert story(found) == [(A.text, "same"), ("Ver:", "suppressed")]
    assert story(found[0].items) == [("uno;", "moved")]
    assert found[1].items == []
    assert found[1].left == found[0].items


def test_splitting_and_joining_functions_keep_what_is_left_of_them():
    whole = "Llevar el padrón y el censo."
    found = compared([whole], ["Llevar el padrón.", "Llevar el censo."]).units[0]
    assert [one.change for one in found.functions] == ["reworded", "new"]
    found = compared(["Llevar el padrón.", "Llevar el censo."], [whole]).units[0]
    assert [one.change for one in found.functions] == ["reworded", "suppressed"]


def test_the_anchors_lead_to_the_items_of_each_edition():
    i = function("i", "uno;")
    (found,) = changes(
        one_unit(function("a", "Ver:", i)), one_unit(function("a", "Ver:", i))
    )
    assert (found.new.anchor, found.items[0].new.anchor) == ("f1", "f1-a")
    assert found.items[0].anchor == f"funcion-{key('i')}"
    assert (found.new.label, found.items[0].new.printed_label) == ("1", "a)")


def test_only_texts_that_differ_are_compared_word_by_word(monkeypatch):
    looked_at = []
    pair = redline.TextPair

    def noted(old, new):
        looked_at.append((old, new))
        return pair(old, new)

    monkeypatch.setattr(redline, "TextPair", noted)
    same = [f"Función {number}." for number in range(300)]
    compared([*same, "Una."], [*same, "Otra."])
    assert len(looked_at) == 1
    assert weights(["a"], ["a"]) == [None]
