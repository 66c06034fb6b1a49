"""The part of a text that shows why it was found, in pieces of plain text."""

from __future__ import annotations

from collections.abc import Iterable

from functions.search import stems
from functions.search.interface import Piece
from functions.search.shelf import KeptText

LONGEST = 320
BEFORE = 70


def snippet(
    text: str,
    wanted: frozenset[str],
    phrases: Iterable[tuple[str, ...]] = (),
    longest: int = LONGEST,
) -> tuple[Piece, ...]:
    """The text, or the part of it with the first matches, cut between words.

    ``wanted`` are stems, ``phrases`` folded words in a row.
    """
    text = stems.normal(text)
    words = stems.words_of(text)
    folded = [word.folded for word in words]
    marked = {
        place
        for place, word in enumerate(words)
        if word.stem in wanted and not stems.is_stop_word(word.folded)
    } | _said(phrases, folded)
    spans = _joined(text, [(words[i].start, words[i].end) for i in sorted(marked)])
    return _pieces(text, spans, longest)


def kept_snippet(
    text: KeptText,
    wanted: frozenset[str],
    phrases: Iterable[tuple[str, ...]] = (),
    longest: int = LONGEST,
) -> tuple[Piece, ...]:
    """The same of a text whose words are known already."""
    written, spans, at = text.written, text.spans, text.at
    marked = {
        place
        for stem in wanted
        if stem in at
        for place in at[stem]
        if not stems.is_stop_word(written[place])
    }
    if phrases:
        marked |= _said(phrases, written)
    return _pieces(
        text.shown,
        _joined(text.shown, [(spans[2 * i], spans[2 * i + 1]) for i in sorted(marked)]),
        longest,
    )


def _said(phrases: Iterable[tuple[str, ...]], folded: list[str]) -> set[int]:
    """The places of the words of phrases."""
    return {
        place
        for phrase in phrases
        for start in range(len(folded) - len(phrase) + 1)
        if tuple(folded[start : start + len(phrase)]) == phrase
        for place in range(start, start + len(phrase))
    }


def _pieces(text: str, spans: list[tuple[int, int]], longest: int) -> tuple[Piece, ...]:
    start, end = _window(text, spans, longest)
    pieces, at = [], start
    if start > 0:
        pieces.append(Piece("… "))
    for left, right in spans:
        if left < start or right > end:
            continue
        if left > at:
            pieces.append(Piece(text[at:left]))
        pieces.append(Piece(text[left:right], True))
        at = right
    if at < end:
        pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Matches with only a blank between them are one."""
    if len(spans) < 2:
        return spans
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _window(text: str, spans: list[tuple[int, int]], longest: int) -> tuple[int, int]:
    """The stretch with most matches, cut between words."""
    if len(text) <= longest:
        return 0, len(text)
    room = longest - BEFORE
    first = spans[0][0] if spans else 0
    if len(spans) > 1:
        first = max(
            (start for start, _end in spans),
            key=lambda start: (
                sum(start <= left and right <= start + room for left, right in spans),
                -start,
            ),
        )
    start = 0 if first <= BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text)
    if end - start > longest:
        end = text.rfind(" ", start, start + longest)
        if end <= first:
            end = start + longest
    return start, end
