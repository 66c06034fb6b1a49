"""What the tables of an effect say, section by section. Pure."""

from __future__ import annotations

from review.reorganisation.effect import Effect
from review.reorganisation.tables import Section
from review.reorganisation.telling.homes import homes
from review.reorganisation.telling.numbering import numbering
from review.reorganisation.telling.spans import spans
from review.reorganisation.telling.structure import structure
from review.reorganisation.telling.totals import totals

__all__ = ["sections"]


def sections(effect: Effect) -> list[Section]:
    """Everything that the effect holds, in the order in which it is read."""
    return [
        structure(effect),
        homes(effect),
        spans(effect),
        numbering(effect),
        totals(effect),
    ]
