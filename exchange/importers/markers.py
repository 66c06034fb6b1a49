"""Bullets and printed labels at the beginning of a line, and what a label may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exchange.importers.wording import read_roman

# Private-use characters are the bullets of Symbol and Wingdings in extracted PDFs.
_SIGNS = "-–—‒―•·∙●○◦▪▫■□‣⁃➢➤✓*+\uf0b7\uf0a7\uf0d8\uf02d\uf076\uf0fc"
_UPPER = "A-ZÁÉÍÓÚÜÑ"
_BULLET = re.compile(
    rf"[{re.escape(_SIGNS)}](?:\s+|$)|[-–—](?=[{_UPPER}“¿])|[•·●▪](?=[^\W_])|o\t\s*"
)
_LABEL = re.compile(
    r"(?P<open>\()?(?P<token>\d{1,3}|[A-Za-zñÑ]{1,6})"
    r"(?:(?P<close>\.-|\.\)|-\)|[.)])(?:\s+|$|(?=[^\W\d_])))"
)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ALPHABET_WITH_ENYE = "abcdefghijklmnñopqrstuvwxyz"

NUMBER, LETTER, ROMAN, BULLET, PLAIN = "number", "letter", "roman", "bullet", "plain"


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: the token without its sign, and the sign."""

    token: str
    close: str

    def readings(self) -> dict[str, int]:
        """Every style the token can be read in, with the position it then states.

        Ambiguous: "i", "v", "x", "l", "c", "d", "m" are letters and roman numerals,
        and so are "ii", "xx", "cc" after "z". Who reads a list decides by what its
        last label was; the first "i" of a list is roman, since lists begin at "a".
        """
        found: dict[str, int] = {}
        if self.token.isdecimal():
            found[NUMBER] = int(self.token)
            return found
        letter = letter_position(self.token)
        if letter:
            found[LETTER] = letter
        roman = read_roman(self.token)
        if roman:
            found[ROMAN] = roman
        return found


@dataclass(frozen=True, slots=True)
class Marker:
    """How a line begins: ``rest`` is the offset of its text within the line."""

    bullet: bool
    label: Label | None
    rest: int


def read_marker(text: str) -> Marker:
    """The bullet and the label that a line begins with, either of which may be absent.

    An abbreviation such as "Lic." or "Art." is no label. A page break may leave a
    marker without its text: then ``rest`` is the length of the line.
    """
    bullet = _BULLET.match(text)
    at = bullet.end() if bullet else 0
    found = _LABEL.match(text, at)
    if found:
        label = Label(found["token"], found["close"])
        glued = found.end() == found.end("close") < len(text)
        initial = glued and found["close"] == "." and not found["token"].isdecimal()
        balanced = not found["open"] or found["close"] in (")", ".)", "-)")
        if label.readings() and balanced and not initial:
            return Marker(bullet is not None, label, found.end())
    return Marker(bullet is not None, None, at)


def letter_position(token: str) -> int | None:
    """The position of "a", "z", "aa", "ab" or, as some print it, "bb" after "z".

    The letter ñ has the position of n, before it; see follows().
    """
    low = token.casefold()
    if low == "ñ":
        return _ALPHABET.index("n") + 1
    if len(low) == 1:
        return _ALPHABET.find(low) + 1 or None
    if len(low) == 2 and low[0] in _ALPHABET and low[1] in _ALPHABET:
        if low[0] == "a":
            return 26 + _ALPHABET.index(low[1]) + 1
        if low[0] == low[1]:
            return 26 + _ALPHABET.index(low[0]) + 1
    return None


def follows(token: str, previous: str) -> bool:
    """Whether a lettered label comes after another, in an alphabet with ñ or without.

    >>> follows("o", "n"), follows("ñ", "n"), follows("o", "ñ"), follows("c", "a")
    (True, True, True, False)
    """
    token, previous = token.casefold(), previous.casefold()
    if "ñ" in (token, previous):
        first = _ALPHABET_WITH_ENYE.find(previous)
        return first >= 0 and _ALPHABET_WITH_ENYE.find(token) == first + 1
    first, second = letter_position(previous), letter_position(token)
    return first is not None and second == first + 1
