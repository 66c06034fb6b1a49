"""Words for mistyped and for unfinished ones: only what the editions asked really say.

The list of all words knows no edition; so what it offers counts only as far as the
scope's own passages hold it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from functions.models import Synonym, Word
from functions.search import stems
from functions.search.expanding import content_of
from functions.search.interface import Suggestion
from functions.search.places import Asked
from functions.search.query import Typed
from functions.search.shelf import texts_of
from functions.search.sounds import sound
from manuals.models import Edition

# Of all words those that may be meant, by their letters alone, from 0 to 1 ...
NEAR_ENOUGH = 0.55
MOST_NEAR = 60
# ... and of these the likeliest, by how they sound, too.
CLOSE_ENOUGH = 0.7
MOST_NEIGHBOURS = 12
MOST_PREFIXED = 400
# People seldom mistake how a word begins.
FIRST_LETTER = 0.1


def suggestions_for(
    text: str, unknown: Iterable[Typed], editions: Sequence[Edition]
) -> tuple[Suggestion, ...]:
    """For each unknown word the likeliest that the editions hold, if any is close.

    Or a synonym's term that leads to what they hold. The text of each is the query
    with all of them instead.
    """
    instead: dict[str, tuple[str, str]] = {}
    terms: dict[str, tuple[str, set[str]]] | None = None
    for typed in unknown:
        if len(typed.word) < 4 or not typed.word.isalpha() or typed.word in instead:
            continue
        terms = _terms_for(editions) if terms is None else terms
        near = _neighbours(typed.word, terms)
        held = _held({word: stem for word, _form, stem, _score in near}, editions)
        for word, *_rest in near:
            if not held[word] and word in terms and _leads(terms[word][1], editions):
                held[word] = 1
        likely = [
            (score, held[word], word, form)
            for word, form, _stem, score in near
            if held[word]
        ]
        if likely:
            instead[typed.word] = typed.form, max(likely)[3]
    if not instead:
        return ()
    better = _with(text, {word: form for word, (_typed, form) in instead.items()})
    if better == text:
        return ()
    return tuple(Suggestion(typed, form, better) for typed, form in instead.values())


def _terms_for(editions: Sequence[Edition]) -> dict[str, tuple[str, set[str]]]:
    """Each synonym of one word, folded -> (as written, the terms it leads to)."""
    manuals = {edition.manual_id for edition in editions}
    rows = Synonym.objects.for_manuals(manuals).order_by("pk")
    terms: dict[str, tuple[str, set[str]]] = {}
    for term, others in rows.values_list("term", "others"):
        read = stems.words_of(term)
        if len(read) == 1 and read[0].folded.isalpha():
            terms.setdefault(read[0].folded, (term, set()))[1].update(others)
    return terms


def _leads(others: Iterable[str], editions: Sequence[Edition]) -> bool:
    """Whether the editions hold any of these terms."""
    questions = [("and", *content_of(other)) for other in sorted(others)]
    return bool(texts_of(Asked(("or", *questions)), editions)[0])


def _with(text: str, instead: dict[str, str]) -> str:
    """The text with these words (folded) for others, whole words only."""
    text = stems.normal(text)
    pieces, at = [], 0
    for word in stems.words_of(text):
        if word.folded in instead:
            pieces += [text[at : word.start], instead[word.folded]]
            at = word.end
    return "".join([*pieces, text[at:]])


def completions(
    prefix: str, before: Iterable[str], editions: Sequence[Edition], limit: int
) -> list[tuple[str, str]]:
    """(Word, form) that begin as the prefix, the most frequent first.

    ``before`` are the stems already asked for: what stands with all of them, if
    anything does. Of the forms of one word, which find the same, the most frequent
    alone; none of the word that stands there already.
    """
    found = Word.objects.filter(word__startswith=prefix).order_by("word")
    rows = list(found.values_list("word", "form", "stem")[:MOST_PREFIXED])
    stem_of = {word: stem for word, _form, stem in rows}
    held = _held(stem_of, editions, tuple(before)) or _held(stem_of, editions)
    likely = sorted(
        (-held[word], word, form, stem) for word, form, stem in rows if held[word]
    )
    said = {stem for _count, word, _form, stem in likely if word == prefix}
    kept = []
    for _count, word, form, stem in likely:
        if stem not in said:
            said.add(stem)
            kept.append((word, form))
    return kept[:limit]


def _held(
    stem_of: dict[str, str], editions: Sequence[Edition], beside: tuple[str, ...] = ()
) -> Counter[str]:
    """How many places of the editions hold each word itself, and all stems beside."""
    held: Counter[str] = Counter()
    if not stem_of:
        return held
    question = ("or", *sorted(set(stem_of.values())))
    texts, _partial = texts_of(Asked(("and", question, *beside)), editions)
    for text in texts:
        for word in stem_of.keys() & set(text.written):
            held[word] += len(text.places)
    return held


def _neighbours(
    word: str, terms: dict[str, tuple[str, set[str]]]
) -> list[tuple[str, str, str, float]]:
    """(Word, form, stem, score) of the likeliest words, the likeliest first."""
    listed = list(Word.objects.order_by("word").values_list("word", "form", "stem"))
    known = {one[0] for one in listed}
    listed += [
        (term, form, stems.stem(form))
        for term, (form, _others) in sorted(terms.items())
        if term not in known
    ]
    near = process.extract(
        word,
        [one[0] for one in listed],
        scorer=OSA.normalized_similarity,
        score_cutoff=NEAR_ENOUGH,
        limit=MOST_NEAR,
    )
    stem = stems.stem(word)
    close = [
        (*listed[place], score)
        for found, _score, place in near
        if abs(len(found) - len(word)) <= 3
        and listed[place][2] != stem
        and (score := likeness(word, found)) >= CLOSE_ENOUGH
    ]
    close.sort(key=lambda one: (-one[3], one[0]))
    return close[:MOST_NEIGHBOURS]


def likeness(typed: str, word: str) -> float:
    """How likely it is, about from 0 to 1, that who typed one word meant the other."""
    heard, said = sound(typed), sound(word)
    alike = (
        OSA.normalized_similarity(typed, word)
        + 2 * OSA.normalized_similarity(heard, said)
    ) / 3
    return alike + (FIRST_LETTER if heard[:1] == said[:1] else -FIRST_LETTER)
