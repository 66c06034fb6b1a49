"""What is looked for: each word typed, with the terms that stand for the same.

Synonyms and the glossary's acronyms lead from a term of one word or of several to
others. A word's own forms need none of that: they have its stem.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import TextField
from django.db.models.functions import Cast

from functions.models import Synonym, Word
from functions.search import stems
from functions.search.fulltext import Question
from functions.search.query import Query, Typed
from manuals import cache
from manuals.models import Edition, GlossaryTerm

MOST_PREFIXED = 60
TYPED, FINISHED, OTHER, FAMILY = 1.0, 0.95, 0.9, 0.5


@dataclass(frozen=True)
class Alternative:
    """One way to say a term: all these stems, near each other."""

    stems: tuple[str, ...]
    weight: float
    said: str = ""  # the other term, as the editors wrote it

    @property
    def question(self) -> Question:
        return ("and", *self.stems) if len(self.stems) > 1 else self.stems[0]


@dataclass(frozen=True)
class Term:
    """Something that a hit should hold, in one way or another.

    ``words`` are the folded words typed for it: they count most.
    """

    text: str
    words: frozenset[str]
    alternatives: tuple[Alternative, ...]

    @property
    def question(self) -> Question:
        return ("or", *(one.question for one in self.alternatives))

    @property
    def is_known(self) -> bool:
        """Whether the editors' terms lead from it to others."""
        return any(one.said for one in self.alternatives)


@dataclass(frozen=True)
class Thesaurus:
    """First stem of a term -> (its stems, the terms that also stand for it)."""

    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]

    def longest_at(
        self, words: Sequence[Typed], start: int
    ) -> tuple[int, tuple[str, ...]]:
        """How many words from ``start`` are a known term, and what also is."""
        length, also = 0, ()
        for first in words[start].stems:
            for said, others in self.by_first.get(first, ()):
                taken = _says(words, start, said)
                if taken > length:
                    length, also = taken, others
                elif taken and taken == length:
                    also = (*also, *others)
        return length, tuple(dict.fromkeys(also))


def _says(words: Sequence[Typed], start: int, said: tuple[str, ...]) -> int:
    """How many words from ``start`` say the term, 0 if they do not.

    A term of several full words may have other empty words between them: "cambio de
    dueño", "cambió el dueño". In another, such as "pagar de más", they are the term.
    """
    at = start
    for place, stem in enumerate(said):
        while place and at < len(words) and words[at].is_empty and _is_loose(said):
            at += 1
        if at == len(words) or stem not in words[at].stems:
            return 0
        at += 1
    return at - start


@lru_cache(maxsize=4096)
def _is_loose(said: tuple[str, ...]) -> bool:
    return not any(stems.is_stop_word(stem) for stem in said)


def thesaurus_for(editions: Iterable[Edition]) -> Thesaurus:
    """Synonyms of these editions' manuals and for all, and their acronyms.

    Of the glossary what was accepted: a proposal is nothing that readers see.
    """
    one_of_each = {edition.manual_id: edition for edition in editions}
    # The counter of a manual moves with its synonyms, its glossary and what ships.
    version = [(pk, one_of_each[pk].manual.publication) for pk in sorted(one_of_each)]
    return cache.for_editions(
        [one_of_each[pk] for pk, _publication in version],
        f"search thesaurus {version}",
        lambda: _read_thesaurus(set(one_of_each)),
    )


def _read_thesaurus(manuals: set[int]) -> Thesaurus:
    rows = Synonym.objects.for_manuals(manuals).order_by("pk")
    # Hundreds of rows for every search: as text, read once for the same rows.
    rows = rows.values_list("direction", "term", Cast("others", TextField()))
    acronyms = [
        ("equivalent", term, json.dumps([meaning]))
        for term, meaning in GlossaryTerm.objects.accepted()
        .filter(manual__in=manuals)
        .order_by("pk")
        .values_list("term", "meaning")
    ]
    return _thesaurus((*rows, *acronyms))


@lru_cache(maxsize=64)
def _thesaurus(rows: tuple[tuple[str, str, str], ...]) -> Thesaurus:
    """The thesaurus of rows of (direction, term, the others as JSON)."""
    by_first = defaultdict(list)

    def lead(term: str, others: Iterable[str]) -> None:
        full = content_of(term)
        said = full if len(full) > 1 else stems_of(term)
        if said:
            by_first[said[0]].append((said, tuple(others)))

    for direction, term, told in rows:
        others = json.loads(told)
        lead(term, others)
        if direction == Synonym.Direction.EQUIVALENT:
            for one in others:
                lead(one, [term, *(other for other in others if other != one)])
    return Thesaurus(dict(by_first))


@lru_cache(maxsize=4096)
def stems_of(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in stems.words_of(text))


@lru_cache(maxsize=4096)
def content_of(text: str) -> tuple[str, ...]:
    """The stems of a term without its empty words, unless it has no others."""
    words = stems.words_of(text)
    full = [word.stem for word in words if not stems.is_stop_word(word.folded)]
    return tuple(dict.fromkeys(full or [word.stem for word in words]))


def terms_of(query: Query, thesaurus: Thesaurus) -> list[Term]:
    """What the words of a query ask for, in their order; nothing twice."""
    words, terms, at = query.words, [], 0
    while at < len(words):
        length, also = thesaurus.longest_at(words, at)
        said = words[at : at + max(length, 1)]
        at += len(said)
        full = [one for one in said if one.word not in query.ignored]
        if not full or (length == 0 and not full):
            continue
        alternatives = _typed(full)
        if query.unfinished and at == len(words) and length <= 1:
            alternatives += _finished(full[-1])
        alternatives += [
            Alternative(content, OTHER, other)
            for other in also
            if (content := content_of(other))
        ]
        term = Term(
            text=" ".join(one.form for one in said),
            words=frozenset(one.word for one in full),
            alternatives=_once(alternatives),
        )
        if all(term.alternatives != other.alternatives for other in terms):
            terms.append(term)
    return terms


def with_families(terms: list[Term]) -> list[Term]:
    """The terms, each of one word also by the words derived from it or with it."""
    families = {
        next(iter(term.words)): stems.family(next(iter(term.words)))
        for term in terms
        if len(term.words) == 1
    }
    related = defaultdict(set)
    rows = Word.objects.filter(family__in=set(families.values()))
    for family, stem in rows.values_list("family", "stem"):
        related[family].add(stem)
    wider = []
    for term in terms:
        found = related.get(families.get(next(iter(term.words))) or "", ())
        more = [Alternative((stem,), FAMILY) for stem in sorted(found)]
        wider.append(
            replace(term, alternatives=_once([*term.alternatives, *more]))
            if len(term.words) == 1
            else term
        )
    return wider


def _typed(said: Sequence[Typed]) -> list[Alternative]:
    if len(said) == 1:
        return [Alternative((stem,), TYPED) for stem in sorted(said[0].stems)]
    return [Alternative(tuple(dict.fromkeys(one.stem for one in said)), TYPED)]


def _finished(typed: Typed) -> list[Alternative]:
    """The words that begin as the unfinished one."""
    found = Word.objects.filter(word__startswith=typed.word).order_by("word")
    found = set(found.values_list("stem", flat=True)[:MOST_PREFIXED])
    return [Alternative((stem,), FINISHED) for stem in sorted(found)]


def _once(alternatives: list[Alternative]) -> tuple[Alternative, ...]:
    kept: dict[tuple[str, ...], Alternative] = {}
    for one in alternatives:
        kept.setdefault(one.stems, one)
    return tuple(kept.values())
