"""The golden set of the search: queries, pairs of variants, frequent words, synonyms.

README.md beside it says what each file holds and how it was made.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import functions.search

FOLDER = Path(__file__).parent
SHIPPED = Path(functions.search.__file__).parent / "data" / "synonyms.json"


def queries() -> list[dict[str, Any]]:
    return _read("queries.json")["queries"]


def pairs() -> list[dict[str, Any]]:
    return _read("variants.json")["pairs"]


def synonyms() -> list[dict[str, Any]]:
    """What ships: functions/search/data/ holds it."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))["synonyms"]


def frequent_words(*, stop_words: bool) -> list[tuple[str, int]]:
    """The 20 most frequent words of the functions, folded, with their counts."""
    key = "with_stop_words" if stop_words else "without_stop_words"
    return [(word, count) for word, count in _read("frequent.json")[key]]


def fold(text: str) -> str:
    """Lower case without accents; ñ and ü count as n and u."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@cache
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text; digits and marks separate them."""
    return tuple(re.findall("[a-z]+", fold(text)))


def holders(texts: dict[str, str], forms: list[str]) -> set[str]:
    """The addresses whose own text holds one of the folded forms as a whole word."""
    wanted = set(forms)
    return {
        address for address, text in texts.items() if not wanted.isdisjoint(words(text))
    }


def _read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
