"""What a closed edition says, kept at hand to be searched without the database.

An authorised edition never changes, so its passages are read once and kept by
manuals/cache.py: where each stem stands, which places each passage has, and the texts
as they are shown. An edition of more places than a search ranks is not kept.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from re import compile as pattern
from sys import intern
from threading import Lock
from typing import TypeVar

from functions.models import Entry
from functions.search import stems
from functions.search.expanding import Term
from functions.search.fulltext import Question
from functions.search.interface import MOST_PLACES
from functions.search.places import (
    COLUMNS,
    TABLES,
    Asked,
    Place,
    Text,
    places_in,
    read_places,
    rows_of,
    wordiness,
)
from functions.search.ranking import Match, Matcher, matcher_of
from functions.search.reading import Slot, spots_of, standing
from manuals import cache
from manuals.blocks import split_blocks
from manuals.models import Chapter, Edition

# So many newest editions, of as many manuals, answer from what is kept; of more, all
# are asked together in the database.
MOST_SHELVES = 4
# So much is kept of what was asked: of a word that stands everywhere, 0.5 MB.
MOST_KEPT = 200
# Of manuals.cache.CAPACITY: a place takes some 3 kB.
PLACES_PER_WEIGHT = 200

T = TypeVar("T")

_TAG = pattern(r"<[^>]*>")
_SHOWN = (
    ", COALESCE(own.text, CASE entry.part WHEN 0 THEN named.name"
    " ELSE named.objective END)"
)
_NAMED = " LEFT JOIN units_unit named ON named.id = entry.unit_id"


class KeptText(Text):
    """A passage with where its stems stand, and how it is shown.

    ``shown`` is normal; "" for a chapter's, which are shown otherwise than compared.
    ``spans`` has the beginning and the end of each word in it, one after the other.
    """

    __slots__ = ("at", "shown", "spans", "wordiness", "written")

    def __init__(self, pk: int, words: str, told: str):
        super().__init__(pk, words, "")
        self.written = [intern(word) for word in words.split(" ")]
        places: dict[str, list[int]] = defaultdict(list)
        for place, stem in enumerate(told.split(" ")):
            places[intern(stem)].append(place)
        self.at = {stem: _same(tuple(found)) for stem, found in places.items()}
        self.wordiness = wordiness(len(self.written))
        self.shown = ""
        self.spans: Sequence[int] = ()

    def stand(self, wanted):
        return self.at

    def show(self, text: str) -> None:
        text = stems.normal(text)
        spans = array("I", [end for span in stems.spans_of(text) for end in span])
        # Else the index is of another version than the stemmer: see check_search.
        if len(spans) == 2 * len(self.written):
            self.shown, self.spans = text, spans


# Most stems stand at one place: a few tuples serve them all.
_same_places: dict[tuple[int, ...], tuple[int, ...]] = {(n,): (n,) for n in range(500)}


def _same(places: tuple[int, ...]) -> tuple[int, ...]:
    return _same_places.get(places, places)


@dataclass(eq=False)
class Shelf:
    """All texts of an edition with their places, found by their stems.

    What is found by the terms asked most recently is kept, too: people ask for the
    same words again and again.
    ``chapters`` has number and title of each, ``blocks`` how a chapter's parts are
    shown, by chapter and part.
    """

    texts: dict[str, tuple[KeptText, ...]]
    size: int = 0
    chapters: dict[int, tuple[int, str]] = field(default_factory=dict)
    blocks: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self):
        self._kept: OrderedDict[tuple, object] = OrderedDict()
        self._lock = Lock()

    def kept(self, name: tuple, build: Callable[[], T]) -> T:
        """``build()``, which depends on the edition and the name alone."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        value = build()
        with self._lock:
            self._kept[name] = value
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return value

    @property
    def cache_weight(self) -> int:
        return 1 + self.size // PLACES_PER_WEIGHT

    def texts_of(self, asked: Asked) -> list[KeptText]:
        found = self._holding(asked.question)
        for one in asked.but:
            found = set(found).difference(self._holding(one))
        return list(found)

    def matcher(self, terms: Sequence[Term]) -> Callable[[Text], Match]:
        """Tells what of the terms a text of the shelf holds."""
        held = [
            self.kept(("held", term), lambda term=term: self._held(term))
            for term in terms
        ]
        return matcher_of(held)

    def _held(self, term: Term) -> dict[Text, Match]:
        """The texts that hold a term, with how and where."""
        match = Matcher([term]).match
        matches = [(text, match(text)) for text in self._holding(term.question)]
        return {text: found for text, found in matches if found.at}

    def _holding(self, question: Question) -> Iterable[KeptText]:
        """The texts that hold the stems; where these stand is seen afterwards."""
        if isinstance(question, str):
            return self.texts.get(question, ())
        kind, *parts = question
        if len(parts) == 1:
            return self._holding(parts[0])
        held = [self._holding(part) for part in parts]
        if kind == "or":
            return set().union(*held)
        held.sort(key=len)
        return set(held[0]).intersection(*held[1:])


def shelf_of(edition: Edition) -> Shelf | None:
    """What is kept of a closed edition; None of another, or of one too large."""
    if not edition.is_closed:
        return None
    return cache.for_edition(edition, "search shelf", lambda: _read(edition))


def only_shelf(editions: Sequence[Edition]) -> Shelf | None:
    """What is kept of the one edition asked; None where that is not all that is."""
    return shelf_of(editions[0]) if len(editions) == 1 <= MOST_SHELVES else None


def texts_of(asked: Asked, editions: Sequence[Edition]) -> tuple[list[Text], bool]:
    """The texts that answer, with their places; ``editions`` newest first.

    At most MOST_PLACES of these, and whether they are not all.
    """
    by_manual: dict[int, list[Edition]] = {}
    for edition in editions:
        by_manual.setdefault(edition.manual_id, []).append(edition)
    newest = [found[0] for found in by_manual.values()]
    texts: list[Text] = []
    places: list[Place] = []
    unkept = []
    for edition in newest:
        shelf = shelf_of(edition) if len(newest) <= MOST_SHELVES else None
        if shelf is None:
            unkept.append(edition.pk)
        else:
            texts += shelf.texts_of(asked)
    room = MOST_PLACES - sum([len(text.places) for text in texts])
    if unkept:
        places += read_places(asked, unkept)
    for first, *others in by_manual.values():
        if others and len(places) <= room:
            places += read_places(asked, [one.pk for one in others], lacking=first.pk)
    if len(places) <= room:
        return [*texts, *_grouped(places)], False
    while room < 0:
        room += len(texts.pop().places)
    return [*texts, *_grouped(places[:room])], True


def _grouped(places: Iterable[Place]) -> Iterable[Text]:
    """The texts of places, which these then know."""
    by_text: dict[Text, list[Place]] = defaultdict(list)
    for place in places:
        by_text[place.text].append(place)
    for text, found in by_text.items():
        text.places = tuple(found)
    return by_text


def _read(edition: Edition) -> Shelf | None:
    if Entry.objects.filter(edition=edition.pk).count() > MOST_PLACES:
        return None
    rows = rows_of(
        f"SELECT {COLUMNS}{_SHOWN}{TABLES}{_NAMED}"  # noqa: S608 - our own text
        " WHERE entry.edition_id = %s ORDER BY entry.id",
        [edition.pk],
    )
    texts: dict[int, KeptText] = {}
    slots: dict[tuple, Slot] = {}
    spots = spots_of(edition)
    for text in _grouped(places_in((row[:-1] for row in rows), texts, KeptText)):
        text.standings = tuple(standing(place, spots, slots) for place in text.places)
    for row in rows:
        text = texts[row[9]]
        if row[-1] and not text.shown:
            text.show(row[-1])
    holding: dict[str, list[KeptText]] = defaultdict(list)
    for text in texts.values():
        for stem in text.at:
            holding[stem].append(text)
    shelf = Shelf({stem: tuple(found) for stem, found in holding.items()}, len(rows))
    for text in texts.values():
        text.shelf = shelf
    for chapter in Chapter.objects.filter(edition=edition.pk).only(
        "number", "title", "body"
    ):
        shelf.chapters[chapter.pk] = chapter.number, chapter.title
        shelf.blocks |= {
            (chapter.pk, part): text for part, text in shown_parts(chapter).items()
        }
    return shelf


def shown_parts(chapter: Chapter) -> dict[int, str]:
    """The title of a chapter and its blocks as plain text, by part."""
    return {0: chapter.title} | {
        block.number: unescape(_TAG.sub("", block.html))
        for block in split_blocks(chapter.body)
    }
