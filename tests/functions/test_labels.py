"""Labels of functions and items, from levels and positions."""

import pytest

from functions.labels import letters, path_label, printed_labels, roman


def test_after_z_come_two_letters():
    assert [letters(place) for place in (1, 26, 27, 52, 53)] == [
        *("a", "z", "aa", "az", "ba")
    ]


def test_the_third_level_is_roman():
    assert [roman(place) for place in (1, 4, 9, 14, 40)] == [
        *("i", "iv", "ix", "xiv", "xl")
    ]


def test_a_flat_list_is_counted_anew_below_each_row():
    assert printed_labels([0, 1, 1, 2, 0, 1, 2, 2, 1]) == [
        *("1.", "a)", "b)", "i)", "2.", "a)", "i)", "ii)", "b)")
    ]


def test_a_path_reads_from_the_top():
    assert path_label((3, 2, 4)) == "3. b) iv)"


def test_there_is_no_fourth_level():
    with pytest.raises(ValueError, match="level 3"):
        path_label((1, 1, 1, 1))
