"""Words for mistyped and for unfinished ones: only what the editions asked really say.

The list of all words knows no edition; so what it offers counts only as far as the
scope's own passages hold it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from functions.models import Word
from functions.search import stems
from functions.search.interface import Suggestion
from functions.search.places import Asked, places_of
from functions.search.query import Typed
from manuals.models import Edition

CLOSE_ENOUGH = 76
MOST_NEIGHBOURS = 12
MOST_PREFIXED = 80


def suggestions_for(
    text: str, unknown: Iterable[Typed], editions: Sequence[Edition]
) -> tuple[Suggestion, ...]:
    """For each unknown word the likeliest that the editions hold, if any is close."""
    found = []
    for typed in unknown:
        if len(typed.word) < 4 or not typed.word.isalpha():
            continue
        near = _neighbours(typed.word)
        held = _held({word: stem for word, _form, stem, _score in near}, editions)
        likely = [
            (score, held[word], word, form)
            for word, form, _stem, score in near
            if held[word]
        ]
        if likely:
            _score, _count, word, form = max(likely)
            found.append(
                Suggestion(typed.form, form, text.replace(typed.form, form, 1))
            )
    return tuple(found)


def completions(
    prefix: str, editions: Sequence[Edition], limit: int
) -> list[tuple[str, str]]:
    """(Word, form) that begin as the prefix, the most frequent first."""
    found = Word.objects.filter(word__startswith=prefix).order_by("word")
    rows = list(found.values_list("word", "form", "stem")[:MOST_PREFIXED])
    held = _held({word: stem for word, _form, stem in rows}, editions)
    likely = sorted(
        ((-held[word], word, form) for word, form, _stem in rows if held[word]),
    )
    return [(word, form) for _count, word, form in likely[:limit]]


def _held(stem_of: dict[str, str], editions: Sequence[Edition]) -> Counter[str]:
    """How many places of the editions hold each word itself."""
    held: Counter[str] = Counter()
    if not stem_of:
        return held
    question = ("or", *sorted(set(stem_of.values())))
    for place in places_of(Asked(question), editions):
        held.update(stem_of.keys() & set(place.words.split(" ")))
    return held


def _neighbours(word: str) -> list[tuple[str, str, str, float]]:
    listed = list(Word.objects.order_by("word").values_list("word", "form", "stem"))
    close = process.extract(
        word,
        [one[0] for one in listed],
        scorer=fuzz.ratio,
        score_cutoff=CLOSE_ENOUGH,
        limit=MOST_NEIGHBOURS,
    )
    return [
        (*listed[place], score)
        for found, score, place in close
        if abs(len(found) - len(word)) <= 2 and stems.stem(found) != stems.stem(word)
    ]
