"""Finding a term in texts and replacing the hits that a person chose.

A term is taken as it stands unless it is said to be a regular expression. A whole word
is one that no letter (á, ñ and combining accents are letters), digit or joining hyphen
continues: «práctico» is no whole word of «teórico-práctico». Accents may be composed
in the term and combining in the text, and a blank stands for any blanks.

Regular expressions are those of Python's ``re``, run by the ``regex`` library within a
time limit; counts are bounded since they cost memory before anything runs.

No Django, no database.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

import regex

from functions.articles import Gender, agreeing

Key = TypeVar("Key", bound=Hashable)
Problem = Literal[
    "empty", "long", "syntax", "braces", "counts", "group", "slow", "huge"
]

MAX_FIND, MAX_REPLACE = 200, 500
_SECONDS = 2.0  # of computing, as regex counts them; for all texts of a search
_MAX_COUNTS = 1_000  # the product of an expression's {n}
_MAX_NEW = 2_000_000  # characters of all replacements of a search

_LETTER = r"[\w\u0300-\u036f]"
_HYPHEN = r"[-\u2010\u2011\u00ad]"
_WORD_BEGINS = rf"(?:(?!{_LETTER})|(?<!{_LETTER}|{_LETTER}{_HYPHEN}))"
_WORD_ENDS = rf"(?:(?<!{_LETTER})|(?!{_LETTER}|{_HYPHEN}{_LETTER}))"
_WHOLE_LETTER = r"(?![\u0300-\u036f])"
_ESCAPED, _SET = re.compile(r"\\."), re.compile(r"\[\^?\]?[^\]]*\]")
_COUNT = re.compile(r"\{(?:(\d*)(?:,(\d*))?\})?")
_BLANKS = re.compile(r"\s+")


class BadTerm(ValueError):
    """The term cannot be searched for; ``problem`` says why."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True)
class Term:
    """What to find and what to put in its place.

    ``adapt_case`` writes the replacement as each hit is written: all in capitals, all
    in small letters, or with a capital at the beginning. ``article`` is the gender of
    the replacement, with which an article right before a hit is made to agree; without
    one, articles stay as they are.
    """

    find: str
    replace: str = ""
    whole_word: bool = True
    match_case: bool = True
    expression: bool = False
    adapt_case: bool = False
    article: Gender | None = None


class Hit(NamedTuple):
    """``text[start:end]``, which is ``old``, would become ``new``.

    The term itself begins at ``found``: later than ``start`` where the article before
    it changes too, or the blank before it goes with it. ``done`` if the text already
    says what it would say.
    """

    start: int
    end: int
    old: str
    new: str
    found: int
    done: bool


def find_in(texts: Mapping[Key, str], term: Term) -> dict[Key, list[Hit]]:
    """The hits of each text that has any, in order, none over another.

    Raises BadTerm, also when the search takes too long.
    """
    pattern = _compiled(term)
    deadline = time.thread_time() + _SECONDS
    hits: dict[Key, list[Hit]] = {}
    written = 0
    for key, text in texts.items():
        found = []
        for hit in _hits(text, term, pattern, deadline):
            found.append(hit)
            written += len(hit.new)
            if written > _MAX_NEW:
                raise BadTerm("huge")
        if found:
            hits[key] = found
    return hits


def replaced(text: str, hits: Iterable[Hit]) -> str:
    """The text with these hits replaced.

    Raises ValueError if one lies over another or is not of this text.
    """
    parts, done = [], 0
    for hit in sorted(hits):
        if hit.start < done or text[hit.start : hit.end] != hit.old:
            raise ValueError(f"no hit of this text: {hit}")
        parts += [text[done : hit.start], hit.new]
        done = hit.end
    return "".join((*parts, text[done:]))


def around(text: str, hit: Hit, width: int = 90) -> tuple[str, str]:
    """What stands before and after a hit: whole words, an ellipsis where cut."""
    before, after = text[: hit.start], text[hit.end :]
    if len(before) > width:
        space = before.find(" ", len(before) - width)
        before = "… " + before[space + 1 if space >= 0 else -width :]
    if len(after) > width:
        space = after.rfind(" ", 0, width)
        after = after[: space if space > 0 else width] + " …"
    return before, after


def _hits(text: str, term: Term, pattern: regex.Pattern, deadline: float):
    last = 0
    left = deadline - time.thread_time()
    if left <= 0:
        raise BadTerm("slow")
    try:
        # An expression may take its time: other requests go on meanwhile.
        for match in pattern.finditer(text, timeout=left, concurrent=term.expression):
            if match.start() == match.end():
                continue
            hit = _hit(text, term, match, last)
            last = hit.end
            yield hit
    except TimeoutError:
        raise BadTerm("slow") from None


def _hit(text: str, term: Term, match: regex.Match, last: int) -> Hit:
    """``last`` is where the hit before ends: an article before that is not ours."""
    start, end = found, _end = match.span()
    new = match.expand(term.replace) if term.expression else term.replace
    if term.adapt_case:
        new = _in_case_of(match.group(), new)
    done = _says_already(text, match, new)
    if term.article and new:
        start, article = agreeing(text, found, term.article)
        if start < last:
            start, article = found, ""
        new = article + new
    if not new and start > last and text[start - 1].isspace():
        # With the blank that would be left over, also before a comma.
        start -= not text[end : end + 1].isalnum()
    old = text[start:end]
    return Hit(start, end, old, new, found, done or old == new)


def _says_already(text: str, match: regex.Match, new: str) -> bool:
    """Whether the hit is the part of ``new`` that stands there whole."""
    if len(new) > MAX_REPLACE:  # an expression's; comparing would take long
        return False
    old, at = match.group(), -1
    while (at := new.find(old, at + 1)) >= 0:
        start = match.start() - at
        if start >= 0 and text.startswith(new, start):
            return True
    return False


def _in_case_of(old: str, new: str) -> str:
    if old.isupper() and sum(map(str.isalpha, old)) > 1:
        return new.upper()
    if old.islower():
        return new.lower()
    first = next(filter(str.isalpha, old), "")
    return new[:1].upper() + new[1:] if first.isupper() else new


def _compiled(term: Term) -> regex.Pattern:
    if not term.find.strip():
        raise BadTerm("empty")
    if len(term.find) > MAX_FIND or len(term.replace) > MAX_REPLACE:
        raise BadTerm("long")
    if term.expression:
        _demand_sound(term)
    pattern = f"(?:{term.find})" if term.expression else _literal(term.find.strip())
    if term.whole_word:
        pattern = f"{_WORD_BEGINS}{pattern}{_WORD_ENDS}"
    try:
        return regex.compile(
            pattern + _WHOLE_LETTER, 0 if term.match_case else regex.IGNORECASE
        )
    except (regex.error, ValueError, RecursionError, OverflowError):
        raise BadTerm("syntax") from None


def _demand_sound(term: Term) -> None:
    """Raise BadTerm unless expression and replacement are valid and not too dear.

    What ``re`` does not know, ``regex`` may: recursion, or ``{e<3}`` for mistyped
    words. Both would open ways to hang, so ``re`` judges first.
    """
    counts = 1
    for count in _COUNT.finditer(_SET.sub("x", _ESCAPED.sub("x", term.find))):
        if count.group(1) is None:
            raise BadTerm("braces")
        numbers = [int(number) for number in count.groups() if number]
        counts *= max(*numbers, 1, 1)
        if counts > _MAX_COUNTS:
            raise BadTerm("counts")
    try:
        pattern = re.compile(term.find)
    except (re.error, ValueError, RecursionError, OverflowError):
        raise BadTerm("syntax") from None
    try:
        pattern.sub(term.replace, "")
    except (re.error, IndexError):
        raise BadTerm("group") from None


def _literal(find: str) -> str:
    return r"\s+".join(
        "".join(map(_letter, unicodedata.normalize("NFC", part)))
        for part in _BLANKS.split(find)
    )


def _letter(char: str) -> str:
    """A pattern of the letter, its accent part of it or combining."""
    apart = unicodedata.normalize("NFD", char)
    if apart == char:
        return regex.escape(char)
    return f"(?:{regex.escape(char)}|{regex.escape(apart)})"
