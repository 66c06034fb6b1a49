"""Final punctuation of functions and of the items of a list."""

import pytest

from tests.review.checks.support import fixes, listed, marked


def test_a_missing_period_is_put():
    assert fixes("ending_missing", "Hacer esto", "Hacer esto ") == ["Hacer esto."] * 2


ENDED = ["Hacer.", "Hacer;", "Hacer:", "¿Hacer?", "", "Etc. ", "Hacer «esto.»", "(Sí.)"]


@pytest.mark.parametrize("text", ENDED)
def test_any_sign_is_an_ending(text):
    assert marked("ending_missing", text) == []


def test_what_announces_a_list_is_no_matter_of_periods():
    assert marked("ending_missing", listed("Hacer", "a;", "b.")) == []
    assert fixes("list_without_colon", listed("Hacer", "a;", "b.")) == ["Hacer:"]
    assert fixes("list_without_colon", listed("Hacer.", "a;", "b.")) == ["Hacer:"]
    assert fixes("list_without_colon", listed("¿Hacer?", "a;", "b.")) == [None]
    assert marked("list_without_colon", listed("Hacer:", "a;", "b."), "Hacer.") == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Hacer..", "Hacer."),
        ("Hacer. .", "Hacer."),
        ("Hacer;.", "Hacer."),
        ("Hacer.,", "Hacer."),
        ("Hacer;;", "Hacer;"),
        ("Hacer....", "Hacer."),
    ],
)
def test_two_signs_become_one(text, fixed):
    assert fixes("ending_doubled", text) == [fixed]


@pytest.mark.parametrize("text", ["Hacer.", "Hacer...", "Hacer…", "Hacer (etc.).", ""])
def test_one_sign_stays(text):
    assert marked("ending_doubled", text) == []


def test_separators_become_periods():
    assert fixes("ending_separator", "Hacer;", "Hacer ,") == ["Hacer.", "Hacer."]
    assert marked("ending_separator", "Hacer.", listed("Hacer:", "uno;", "dos.")) == []


def test_a_colon_announces_a_list():
    assert marked("colon_without_list", "Hacer lo siguiente:") == [":"]
    nested = listed("Hacer:", "uno:", "dos.")
    assert marked("colon_without_list", nested) == [":"]
    assert marked("colon_without_list", listed("Hacer:", "uno;", "dos.")) == []


@pytest.mark.parametrize(
    "items",
    [
        ("Uno;", "Dos;", "Tres."),
        ("Uno;", "Dos; y", "Tres."),
        ("Uno;", "Dos, y", "Tres."),
        ("Uno.", "Dos.", "Tres."),
        ("Uno.",),
    ],
)
def test_well_punctuated_lists(items):
    assert fixes("item_ending", listed("Hacer:", *items)) == []


def test_an_item_ends_as_most_of_its_list():
    assert fixes("item_ending", listed("H:", "Uno.", "Dos;", "Tres.", "Cuatro.")) == [
        "Dos."
    ]
    assert fixes("item_ending", listed("H:", "Uno;", "Dos", "Tres;", "Cuatro.")) == [
        "Dos;"
    ]


def test_a_list_of_lists_is_read_list_by_list():
    deep = listed("Uno:", "Alfa,", "Beta,", "Gama.")
    assert fixes("item_ending", listed("H:", deep, "Dos;", "Tres;", "Cuatro.")) == []
    last_deep = listed("H:", "Uno;", "Dos;", "Tres.", listed("Cuatro:", "A;", "B."))
    assert fixes("item_ending", last_deep) == ["Tres;"]


def test_a_list_without_any_punctuation_is_left_alone():
    assert fixes("item_ending", listed("H:", "Uno", "Dos", "Tres")) == []
    assert fixes("item_ending", listed("H:", "Uno", "Dos", "Tres.")) == ["Uno;", "Dos;"]


def test_the_conjunction_stays_when_the_sign_is_put():
    assert fixes("item_ending", listed("H:", "Uno,", "Dos y", "Tres.")) == ["Dos, y"]


def test_the_last_item_ends_in_a_period():
    assert fixes("item_ending", listed("H:", "Uno;", "Dos;")) == ["Dos."]
    assert fixes("item_ending", listed("H:", "Uno;", "Dos; y")) == ["Dos."]
    assert fixes("item_ending", listed("H:", "Uno.", "Dos")) == ["Dos."]


def test_what_announces_a_third_level_keeps_its_colon():
    third = listed("Dos:", "Alfa,", "Beta.")
    assert fixes("item_ending", listed("H:", "Uno;", third, "Tres.")) == []
    ending_as_around = listed("Dos:", "Alfa;", "Beta;")
    assert fixes("item_ending", listed("H:", "Uno;", ending_as_around, "Tres.")) == []
