"""How much a change of words weighs: cosmetic, terminology or substantive.

Cosmetic is what changes only capitals, punctuation or spacing; digits, signs such as
"%" and accents are neither. The "y" that closes a list item moves with the last item
and counts as punctuation; an "o" does not. Pure: no Django, no database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from review.compare.changes import (
    COSMETIC,
    SUBSTANTIVE,
    TERMINOLOGY,
    BlockChange,
    FunctionChange,
    Term,
    TextChange,
)
from review.compare.redline import redline, shared_ends
from review.compare.terminology import Reworded, Terms

# A separator inside a number and a sign that is read aloud are no punctuation.
_SIGNIFICANT = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰&@#§$€£¥¢+=<>±×÷≤≥≠°¼½¾^~|]")
_LIST_END = re.compile(r"[,;]\s*[ye]\s*\Z")

Change = FunctionChange | BlockChange | TextChange


def cosmetic_form(text: str) -> str:
    """What remains of a text without capitals, punctuation and spacing.

    Two numbers keep apart: "2, 3" is not 23.
    """
    return _letters(_without_list_end(text))


def is_cosmetic(old: str, new: str) -> bool:
    """Whether two texts have the same cosmetic form."""
    old, new = _without_list_end(old), _without_list_end(new)
    start, end = shared_ends(old, new)
    return _letters(old[start : len(old) - end]) == _letters(
        new[start : len(new) - end]
    )


def _without_list_end(text: str) -> str:
    """The text without the "; y" by which a list announces its last item."""
    return _LIST_END.sub("", text)


def _letters(text: str) -> str:
    form = ""
    for piece in _SIGNIFICANT.findall(unicodedata.normalize("NFC", text).casefold()):
        if form and form[-1].isdigit() and piece[0].isdigit():
            form += " "
        form += "º" if piece == "°" else piece
    return form


@dataclass(slots=True)
class _Waiting:
    change: Change
    reworded: Reworded


class Rewordings:
    """The reworded texts of a comparison, weighed when all of them are known.

    One text alone cannot tell a new term from a new wording.
    """

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []
        self.scopes: set[Hashable] = set()

    def add(self, change: Change, old: str, new: str, scope: Hashable) -> None:
        """Give the change its redline, and its weight if that is cosmetic.

        ``scope`` names the unit or chapter that the text stands in.
        """
        change.redline = redline(old, new)
        self.scopes.add(scope)
        if is_cosmetic(old, new):
            change.weight = COSMETIC
        else:
            self._waiting.append(_Waiting(change, Reworded(old, new)))

    def weigh(
        self, renamed: Iterable[tuple[str, str]], touched: Iterable[str]
    ) -> list[Term]:
        """Weigh all that is not cosmetic; returns the terms that were replaced.

        ``renamed`` are names of units, old and new; ``touched`` the new texts of all
        scopes, where a replaced term should hardly be found any more.
        """
        terms = Terms.found(
            [waiting.reworded for waiting in self._waiting],
            renamed,
            touched,
        )
        for waiting in self._waiting:
            explained = terms.explain(waiting.reworded)
            waiting.change.weight = TERMINOLOGY if explained else SUBSTANTIVE
        return terms.listed
