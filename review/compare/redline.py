"""Word-level differences between two texts, as segments that rebuild both.

The segments ``=`` and ``-`` joined give the old text, ``=`` and ``+`` the new one, to
the last space. Words are aligned without regard to capitals, so that "Titular" stands
beside "titular". Pure: no Django, no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq, Postfix, Prefix

from review.compare.changes import Redline
from review.compare.wordsets import word_set

_TOKEN = re.compile(r"\s*(?:\d+(?:[.,]\d+)*|\w+|[^\w\s])|\s+\Z")
# Beyond this product of lengths difflib is too slow, and a rewritten page is
# read as one replacement anyway.
_LONG = 40_000
# Between two replacements these words alone make nothing easier to read.
_WEAK = word_set("a al de del e el en la las lo los o se su sus u un una y")

Opcode = tuple[str, int, int, int, int]


class TextPair:
    """Two versions of one text, aligned word by word."""

    def __init__(self, old: str, new: str) -> None:
        self.old = _TOKEN.findall(old)
        self.new = _TOKEN.findall(new)
        self.old_words = [token.strip().casefold() for token in self.old]
        self.new_words = [token.strip().casefold() for token in self.new]
        self.opcodes = aligned(self.old_words, self.new_words)

    def write(self, writer: _Writer) -> None:
        """Write the segments; a replacement is its old words, then its new ones."""
        for tag, i1, i2, j1, j2 in _without_weak_islands(self):
            if tag == "equal":
                writer.keep_words(self.old[i1:i2], self.new[j1:j2])
            else:
                writer.change("".join(self.old[i1:i2]), "".join(self.new[j1:j2]))


def redline(old: str, new: str) -> Redline:
    """The difference between two texts; of equal ones a single ``=``."""
    if old == new:
        return unchanged(old)
    start, end = shared_ends(old, new)
    writer = _Writer()
    writer.keep(old[:start])
    TextPair(old[start : len(old) - end], new[start : len(new) - end]).write(writer)
    writer.keep(old[len(old) - end :])
    return writer.segments()


def shared_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters both texts begin and end with, up to a space.

    Long texts mostly differ in a few words, and words are dear to look at.
    """
    start = Prefix.similarity(old, new)
    if start < max(len(old), len(new)):
        start = max(old.rfind(" ", 0, start), 0)
    end = min(Postfix.similarity(old, new), min(len(old), len(new)) - start)
    space = old.find(" ", len(old) - end)
    return start, len(old) - space if space >= 0 and end else 0


def unchanged(text: str) -> Redline:
    return (("=", text),) if text else ()


def inserted(text: str) -> Redline:
    return (("+", text),) if text else ()


def deleted(text: str) -> Redline:
    return (("-", text),) if text else ()


def line_redline(old: str, new: str) -> Redline:
    """The difference between two long texts, line by line."""
    if old == new:
        return unchanged(old)
    writer = _Writer()
    was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, i1, i2, j1, j2 in aligned(was, now):
        if tag == "equal":
            writer.keep("".join(was[i1:i2]))
        else:
            writer.change("".join(was[i1:i2]), "".join(now[j1:j2]))
    return writer.segments()


def patched(old: str, segments: Redline) -> str:
    """The new text that the segments make of the old one.

    Raises ValueError where they are not the segments of this text.
    """
    if old_text(segments) != old:
        raise ValueError(f"the redline is of another text than {old[:60]!r}")
    return new_text(segments)


def old_text(segments: Redline) -> str:
    return "".join(text for mark, text in segments if mark != "+")


def new_text(segments: Redline) -> str:
    return "".join(text for mark, text in segments if mark != "-")


def aligned(
    old: Sequence[str], new: Sequence[str], start: int = 0, end: int = 0
) -> list[Opcode]:
    """What is equal and what is not, the ends compared before anything dear.

    ``start`` and ``end`` are how many they are known to begin and end with alike.
    """
    last = min(len(old), len(new))
    while start < last and old[start] == new[start]:
        start += 1
    end = min(end, last - start)
    while end < last - start and old[-1 - end] == new[-1 - end]:
        end += 1
    stop_old, stop_new = len(old) - end, len(new) - end
    opcodes: list[Opcode] = []
    if start:
        opcodes.append(("equal", 0, start, 0, start))
    middle = _opcodes(old[start:stop_old], new[start:stop_new])
    opcodes += [
        (tag, start + i1, start + i2, start + j1, start + j2)
        for tag, i1, i2, j1, j2 in middle
    ]
    if end:
        opcodes.append(("equal", stop_old, len(old), stop_new, len(new)))
    return opcodes


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[Opcode]:
    if not old and not new:
        return ()
    if not old or not new or set(old).isdisjoint(new):
        return (("replace", 0, len(old), 0, len(new)),)
    if len(old) * len(new) > _LONG:
        found = LCSseq.opcodes(old, new)
        return [
            (one.tag, one.src_start, one.src_end, one.dest_start, one.dest_end)
            for one in found
        ]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _without_weak_islands(pair: TextPair) -> list[Opcode]:
    """Neighbouring changes as one where only "de", "la" or a comma holds them apart."""
    merged: list[Opcode] = []
    opcodes = pair.opcodes
    for at, opcode in enumerate(opcodes):
        tag, i1, i2, j1, j2 = opcode
        island = (
            tag == "equal"
            and 0 < at < len(opcodes) - 1
            and i2 - i1 <= 2
            and all(_is_weak(word) for word in pair.old_words[i1:i2])
            and _replaces(opcodes[at - 1])
            and _replaces(opcodes[at + 1])
        )
        if merged and merged[-1][0] != "equal" and (island or tag != "equal"):
            _tag, k1, _k2, l1, _l2 = merged[-1]
            merged[-1] = ("replace", k1, i2, l1, j2)
        else:
            merged.append(opcode)
    return merged


def _is_weak(word: str) -> bool:
    return word in _WEAK or not any(character.isalnum() for character in word)


def _replaces(opcode: Opcode) -> bool:
    _tag, i1, i2, j1, j2 = opcode
    return i2 > i1 and j2 > j1


class _Writer:
    """Collects segments, neighbours of one kind joined."""

    def __init__(self) -> None:
        self._done: list[tuple[str, str]] = []
        self._old = ""
        self._new = ""

    def keep(self, text: str) -> None:
        """What both texts have."""
        if not text:
            return
        self._flush()
        if self._done and self._done[-1][0] == "=":
            self._done[-1] = ("=", self._done[-1][1] + text)
        else:
            self._done.append(("=", text))

    def keep_words(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Words that are equal but perhaps for capitals or the space before them."""
        if old == new:
            self.keep("".join(old))
            return
        for was, now in zip(old, new, strict=True):
            word, other = was.lstrip(), now.lstrip()
            self._space(was[: len(was) - len(word)], now[: len(now) - len(other)])
            if word == other:
                self.keep(word)
            else:
                self.change(word, other)

    def change(self, old: str, new: str) -> None:
        self._old += old
        self._new += new

    def segments(self) -> Redline:
        self._flush()
        return tuple(self._done)

    def _space(self, old: str, new: str) -> None:
        if old == new:
            self.keep(old)
        else:
            self.change(old, new)

    def _flush(self) -> None:
        old, new = self._old, self._new
        self._old = self._new = ""
        # The space before a replacement belongs to both texts.
        shared = 0
        while shared < min(len(old), len(new)) and (
            old[shared] == new[shared] and old[shared].isspace()
        ):
            shared += 1
        if shared:
            self.keep(old[:shared])
        for mark, text in (("-", old[shared:]), ("+", new[shared:])):
            if text:
                self._done.append((mark, text))
