"""Displayed labels of functions and their items, computed from level and position.

Level 0 is a function (``1``), level 1 a sub-item (``a``), level 2 the third level
(``i``). Letters run from a to z without ñ, then aa, ab ... No Django here.
"""

from collections.abc import Iterable

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def letters(position: int) -> str:
    """The position-th lettered label, from 1: a ... z, aa, ab ..."""
    label = ""
    while position > 0:
        position, remainder = divmod(position - 1, len(ALPHABET))
        label = ALPHABET[remainder] + label
    return label


def roman(position: int) -> str:
    """The position in lower-case roman numerals, from 1."""
    label = ""
    for value, numeral in _ROMAN:
        count, position = divmod(position, value)
        label += numeral * count
    return label


def label(level: int, position: int) -> str:
    """The label without its ")" or "."; level 0, 1 or 2, position from 1.

    Raises ValueError for any other level or for a position below 1.
    """
    if position < 1 or not 0 <= level <= 2:
        raise ValueError(f"no label for level {level}, position {position}")
    return (str, letters, roman)[level](position)


def printed_label(level: int, position: int) -> str:
    """The label as people read it: ``1.``, ``a)``, ``i)``."""
    return label(level, position) + ("." if level == 0 else ")")


def printed_labels(levels: Iterable[int]) -> list[str]:
    """The labels of a list that is kept flat, in reading order, by its rows' levels."""
    labels, counts = [], [0, 0, 0]
    for level in levels:
        counts[level] += 1
        counts[level + 1 :] = [0] * (2 - level)
        labels.append(printed_label(level, counts[level]))
    return labels


def path_label(path: Iterable[int]) -> str:
    """``3.``, ``3. b)``, ``3. b) ii)``: the way to an item as people write it."""
    return " ".join(printed_label(level, one) for level, one in enumerate(path))


def anchor(*positions: int) -> str:
    """The address of an item on its unit's page: ``f12``, ``f1-a``, ``f1-a-i``."""
    return "f" + "-".join(
        label(level, position) for level, position in enumerate(positions)
    )
