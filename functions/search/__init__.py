"""Search over units, functions, items and chapters: who does what, in one box.

``search`` answers a query, ``complete`` a word being typed. What they are asked and
what they answer is in interface.py.
"""

from __future__ import annotations

from functions.search.answering import answer_to
from functions.search.direct import find_direct
from functions.search.interface import (
    MOST_PLACES,
    PAGE_SIZE,
    BranchFacet,
    Direct,
    Expansion,
    Filters,
    Hit,
    Kind,
    KindFacet,
    Piece,
    Responsible,
    Results,
    Scope,
    Suggestion,
)
from functions.search.query import parse
from functions.search.reading import Reading
from functions.search.showing import Shown, filtered, responsible
from functions.search.stems import LONGEST_WORD, is_stop_word, words_of
from functions.search.suggesting import completions, suggestions_for
from units.outline import OutlineUnit

__all__ = [
    "MOST_PLACES",
    "PAGE_SIZE",
    "BranchFacet",
    "Direct",
    "Expansion",
    "Filters",
    "Hit",
    "Kind",
    "KindFacet",
    "Piece",
    "Responsible",
    "Results",
    "Scope",
    "Suggestion",
    "complete",
    "search",
]


def search(
    scope: Scope,
    text: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    typing: bool = False,
    who: bool = False,
    near: OutlineUnit | None = None,
) -> Results:
    """The answer to a query, whatever was typed; no query is an error.

    ``typing``: the last word may be unfinished. ``who``: fill ``responsible``, the
    units that do this, the nearest first: in the tree to ``near`` if given, else in
    meaning to the query. A page out of range is the nearest that exists.
    """
    reading = Reading(scope)
    direct = find_direct(text, reading)
    if direct is not None:
        return Results(text=text.strip(), direct=direct)
    query = parse(text, typing=typing)
    answer = answer_to(query, reading)
    left, kinds, branches = filtered(answer.ranked, filters or Filters(), reading)
    pages = max(1, -(-len(left) // page_size))
    page = min(max(page, 1), pages)
    shown = left[(page - 1) * page_size : page * page_size]
    return Results(
        text=query.text,
        hits=Shown(shown, answer, query, reading).hits(),
        total=len(left),
        page=page,
        pages=pages,
        kinds=kinds,
        branches=branches,
        responsible=responsible(left, answer, query, reading, near) if who else (),
        suggestions=suggestions_for(query.text, answer.unknown, reading.editions),
        expansions=answer.expansions,
        left_out=answer.left_out,
        ignored=tuple(
            dict.fromkeys(one.form for one in query.words if one.word in query.ignored)
        ),
        relaxed=answer.relaxed,
        truncated=query.truncated,
        is_partial=answer.ranked.is_partial,
        is_wordless=not (query.words or query.phrases),
    )


def complete(scope: Scope, text: str, *, limit: int = 8) -> list[str]:
    """Ways to go on with the last word of ``text``, as whole queries, likeliest first.

    Only words that the scope's own texts hold, beside the others if they can.
    """
    end = text[-LONGEST_WORD:]
    last = words_of(end)
    if not last or last[-1].end != len(end):
        return []
    prefix = last[-1].folded
    if len(prefix) < 2:
        return []
    head = text[: len(text) - len(prefix)]
    before = dict.fromkeys(
        word.stem for word in last[:-1] if not is_stop_word(word.folded)
    )
    found = completions(prefix, before, Reading(scope).editions, limit)
    return [f"{head}{form}" for _word, form in found]
