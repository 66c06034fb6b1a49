"""What became of a unit's rows since the base edition."""

from uuid import UUID

from functions.changes import BaseRow, NowRow, changes_of, suppressed


def key(number):
    return UUID(int=number)


# 1. A  a) B  b) C  2. D  3. E
BASE = [
    BaseRow(key(1), 0, "A", 1, None),
    BaseRow(key(2), 1, "B", 1, key(1)),
    BaseRow(key(3), 1, "C", 2, key(1)),
    BaseRow(key(4), 0, "D", 2, None),
    BaseRow(key(5), 0, "E", 3, None),
]
SAME = [NowRow(row.key, row.level, row.text) for row in BASE]


def said(rows, base=BASE):
    """The changes as words, by text; what is the same is left out."""
    found = {}
    for row, change in zip(rows, changes_of(rows, base), strict=True):
        words = [
            name
            for name in ("is_new", "reworded", "moved", "level")
            if getattr(change, name)
        ]
        if change.before and change.before.unit:
            words.append("elsewhere")
        assert change.is_same == (not words)
        if words:
            found[row.text] = " ".join(words)
    return found


def test_nothing_changed():
    assert said(SAME) == {}
    assert suppressed(SAME, BASE) == []


def test_new_reworded_and_suppressed():
    rows = [*SAME[:3], NowRow(None, 0, "Nueva"), NowRow(key(4), 0, "D bis")]
    assert said(rows) == {"Nueva": "is_new", "D bis": "reworded"}
    assert [row.text for row in suppressed(rows, BASE)] == ["E"]


def test_white_space_is_no_change():
    assert said([NowRow(key(4), 0, "  D\n")], BASE) == {}


def test_only_what_moved_has_moved():
    assert said([SAME[4], *SAME[:4]]) == {"E": "moved"}
    assert said([SAME[0], SAME[2], SAME[1], *SAME[3:]]) in (
        {"B": "moved"},
        {"C": "moved"},
    )


def test_items_that_go_with_their_function_have_not_moved():
    assert said([SAME[3], *SAME[:3], SAME[4]]) in ({"D": "moved"}, {"A": "moved"})


def test_an_item_below_another_function_has_moved():
    assert said([SAME[0], SAME[1], SAME[3], SAME[2], SAME[4]]) == {"C": "moved"}


def test_another_level_is_said_as_such():
    rows = [*SAME[:3], NowRow(key(4), 1, "D"), SAME[4]]
    assert said(rows) == {"D": "level"}


def test_a_row_of_another_unit_says_where_it_was():
    base = [*BASE, BaseRow(key(9), 0, "Z", 4, None, unit="8.3 Otra")]
    rows = [*SAME, NowRow(key(9), 0, "Z")]
    assert said(rows, base) == {"Z": "elsewhere"}
    assert suppressed(SAME, base) == []
