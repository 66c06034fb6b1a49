"""Lines that fit: widths come from the font, breaks from the words."""

from hypothesis import given
from hypothesis import strategies as st

from units.chart.text import ELLIPSIS, shorten, width, wrap

ROOM = 176


def test_widths_are_those_of_the_font():
    # 1139 and 455 of 2048 units to the em in Liberation Sans, as in Arial.
    assert width("a", 2048) == 1139
    assert width("ai", 2048) == 1139 + 455
    assert width("Ñ", 13) == width("N", 13)
    assert width("abc", 13, bold=True) > width("abc", 13)


def test_a_letter_that_the_font_lacks_counts_as_a_wide_one():
    assert width("漢", 10) >= width("W", 10)


def test_breaks_between_words():
    name = "Subjefatura de División de Planeación y Desarrollo de Modelos"
    lines = wrap(name, 13, ROOM, lines=6)
    assert len(lines) == 3
    assert " ".join(lines) == name


@given(st.text(alphabet="aáeiñmWl .,-", max_size=200), st.booleans())
def test_no_line_is_wider_than_the_room_and_no_letter_gets_lost(text, bold):
    lines = wrap(text, 13, ROOM, lines=1000, bold=bold)
    assert all(width(line, 13, bold=bold) <= ROOM for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="aW ", min_size=100, max_size=400))
def test_never_more_lines_than_asked_for(text):
    lines = wrap(text, 13, ROOM, lines=2)
    assert len(lines) <= 2
    assert all(width(line, 13) <= ROOM for line in lines)


def test_what_is_too_much_ends_in_an_ellipsis():
    assert wrap("palabra " * 50, 13, ROOM, lines=2)[-1].endswith(ELLIPSIS)
    assert shorten("8.4 · Jefatura de Servicios", 11, 60).endswith(ELLIPSIS)
    assert shorten("8.4", 11, 60) == "8.4"
