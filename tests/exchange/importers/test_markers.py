"""Bullets and labels at the beginning of a line."""

import pytest

from exchange.importers.markers import follows, letter_position, read_marker


@pytest.mark.parametrize(
    ("line", "bullet", "token", "rest"),
    [
        ("- Hacer", True, None, "Hacer"),
        ("• Hacer", True, None, "Hacer"),
        ("\uf0b7 Hacer", True, None, "Hacer"),
        ("o\tHacer", True, None, "Hacer"),
        ("-Hacer", True, None, "Hacer"),
        ("- a) Altas", True, "a", "Altas"),
        ("- a. Altas", True, "a", "Altas"),
        ("a) Altas", False, "a", "Altas"),
        ("(a) Altas", False, "a", "Altas"),
        ("12. Hacer", False, "12", "Hacer"),
        ("12.- Hacer", False, "12", "Hacer"),
        ("12.Hacer", False, "12", "Hacer"),
        ("ii) Altas", False, "ii", "Altas"),
        ("- XVIII. Presentar", True, "XVIII", "Presentar"),
        ("aa) Altas", False, "aa", "Altas"),
        ("ñ) Altas", False, "ñ", "Altas"),
    ],
)
def test_a_marker_is_told_from_the_text(line, bullet, token, rest):
    marker = read_marker(line)
    assert marker.bullet is bullet
    assert (marker.label.token if marker.label else None) == token
    assert line[marker.rest :] == rest


@pytest.mark.parametrize(
    "line",
    [
        "Lic. Ana Pérez",
        "Art. 5 de la Ley",
        "y demás disposiciones",
        "-patronales",
        "2021 fue el año",
        "(a la fecha) sigue",
        "*verbi gratia*",
        "8.2.1 Coordinación",
        "o servicios",
    ],
)
def test_text_is_no_marker(line):
    marker = read_marker(line)
    assert (marker.bullet, marker.label, marker.rest) == (False, None, 0)


def test_a_lone_bullet_has_no_text():
    assert read_marker("-").rest == 1


def test_an_ambiguous_token_has_both_readings():
    assert read_marker("i) x").label.readings() == {"letter": 9, "roman": 1}


def test_letters_count_on_after_z():
    assert [letter_position(one) for one in ("a", "z", "aa", "ab", "bb", "8")] == [
        1,
        26,
        27,
        28,
        28,
        None,
    ]


@pytest.mark.parametrize(
    ("token", "previous", "expected"),
    [
        ("b", "a", True),
        ("o", "n", True),
        ("ñ", "n", True),
        ("o", "ñ", True),
        ("aa", "z", True),
        ("c", "a", False),
        ("a", "b", False),
    ],
)
def test_letters_follow_with_and_without_enye(token, previous, expected):
    assert follows(token, previous) is expected
