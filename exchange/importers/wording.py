"""What the words of a line tell: normal forms, verbs, unfinished sentences, dates.

Pure functions over strings, all linear in their length. The rules are those of Mexican
organizational manuals: functions begin with an infinitive, dates are written out.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WORDS = re.compile(r"[^\W_]+")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_INFINITIVE = re.compile(r"[^\W\d_]{1,}(?:[aei]r|ír)(?:se|lo|la|los|las|le|les)?")
_NOUNS_LIKE_INFINITIVES = frozenset(
    ["ayer", "bienestar", "carácter", "escolar", "familiar", "hogar", "lugar"]
    + ["militar", "mujer", "particular", "pilar", "poder", "primer", "similar"]
    + ["singular", "taller", "tercer", "titular", "vehicular"]
)
# No sentence ends with one of these.
_OPEN_WORDS = frozenset(
    ["a", "al", "ante", "bajo", "cada", "como", "con", "contra", "cual", "cuya"]
    + ["cuyas", "cuyo", "cuyos", "de", "del", "desde", "durante", "e", "el", "en"]
    + ["entre", "hacia", "hasta", "la", "las", "lo", "los", "mediante", "ni", "o"]
    + ["para", "por", "que", "se", "según", "sin", "sobre", "su", "sus", "tras"]
    + ["u", "un", "una", "y"]
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre setiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
DATE = re.compile(
    r"\b(?P<day>\d{1,2}|primero)[.]?(?:º|°|ro|er|o)?[.]?\s+de\s+"
    rf"(?P<month>{'|'.join(_MONTHS)})\s+(?:de|del)\s+(?:año\s+)?(?P<year>\d{{4}})\b"
    r"|\b(?P<iso>\d{4}-\d{2}-\d{2})\b"
    r"|\b(?P<short>\d{1,2}/\d{1,2}/\d{4})\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(
    r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SPACES = re.compile(r"\s+")
# Whole editions are brought to their normal form: what Spanish has goes the short way.
_ACCENTED = tuple(zip("áéíóúüñ", "aeiouun", strict=True))
_NO_SHORT_WAY = 0


def plain(text: str) -> str:
    """Without accents and case; "ñ" becomes "n"."""
    text = text.casefold()
    if text.isascii():
        return text
    for accented, letter in _ACCENTED:
        text = text.replace(accented, letter)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def normal(text: str) -> str:
    """Only words and numbers, without accents and case, separated by one space."""
    try:
        found = text.encode("latin-1").translate(_NORMAL)
    except UnicodeEncodeError:
        found = b"\0"
    if _NO_SHORT_WAY in found:
        return " ".join(_WORDS.findall(plain(text)))
    return b" ".join(found.split()).decode("latin-1")


def _normal_byte(code: int) -> int:
    """What a Latin-1 character becomes; _NO_SHORT_WAY where that is not one byte."""
    form = "".join(_WORDS.findall(plain(chr(code))))
    if not form:
        return ord(" ")
    return ord(form) if len(form) == 1 and ord(form) < 256 else _NO_SHORT_WAY


_NORMAL = bytes(map(_normal_byte, range(256)))


def squeezed(text: str) -> str:
    """Every run of white space as one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def without_final_dot(text: str) -> str:
    """The text without one final period, unless it is an ellipsis."""
    if text.endswith(".") and not text.endswith(".."):
        return text[:-1].rstrip()
    return text


def begins_like_a_function(text: str) -> bool:
    """Whether the first word is an infinitive, or the closing "Las demás ..."."""
    word = _FIRST_WORD.match(text)
    if not word:
        return False
    first = word.group().casefold()
    if first in ("las", "los"):
        return text[word.end() :].lstrip().casefold().startswith("demás")
    if first in _NOUNS_LIKE_INFINITIVES:
        return False
    return _INFINITIVE.fullmatch(first) is not None


def begins_in_lower_case(text: str) -> bool:
    return text[:1].islower()


def is_finished(text: str) -> bool:
    """Whether the text ends where a sentence or a listed item may end."""
    tail = text.rstrip("\"'”’»)*_ ")
    if tail.endswith((".", ";", ":", "!", "?", "…")):
        return True
    return text.endswith((", y", ", o", ", e", ", u", "; y", "; o", ";y"))


def leads_to_a_list(text: str) -> bool:
    return text.rstrip("*_ ").endswith(":")


def keeps_a_list_open(text: str) -> bool:
    """Whether a listed item ends so that another must follow."""
    return text.endswith((",", ";", " y", " o", " e", " u"))


def breaks_off(text: str) -> bool:
    """Whether the text ends on a comma or on a word that no sentence ends with."""
    if text.endswith(","):
        return True
    return text.rpartition(" ")[2].casefold() in _OPEN_WORDS


def read_date(text: str) -> date | None:
    """The first date in the text, or None if there is none or it does not exist."""
    found = DATE.search(text)
    return date_of(found) if found else None


def date_of(found: re.Match[str]) -> date | None:
    """The date of a match of DATE, or None if the calendar lacks it."""
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["short"]:
            day, month, year = map(int, found["short"].split("/"))
            return date(year, month, day)
        day = 1 if found["day"].casefold() == "primero" else int(found["day"])
        return date(int(found["year"]), _MONTHS[found["month"].casefold()], day)
    except ValueError:
        return None


def read_roman(text: str) -> int | None:
    """The value of a well-formed roman numeral, else None."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    total = 0
    largest = 0
    for letter in reversed(text.casefold()):
        value = _ROMAN_VALUES[letter]
        total += value if value >= largest else -value
        largest = max(largest, value)
    return total


def recased(text: str, known: str = "") -> str:
    """A title in capitals as a title; words of ``known`` keep the case they have there.

    Text that is not in capitals comes back as it is.
    """
    if text != text.upper():
        return text
    cases = {word.casefold(): word for word in known.split()}
    words = []
    for word in text.split():
        small = word.casefold()
        if small in cases:
            words.append(cases[small])
        elif words and small in _OPEN_WORDS:
            words.append(small)
        else:
            words.append(word.capitalize())
    return " ".join(words)
