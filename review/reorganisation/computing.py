"""Two documents -> the effect of the new structure on the old one.

Built on the comparison, which says what continues what; nothing is asked of the
database. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exchange.document import Document
from review.compare import Succession, compare
from review.reorganisation.citations import charts_without_unit, citations
from review.reorganisation.effect import Effect, Numbering
from review.reorganisation.homes import homes
from review.reorganisation.numbering import new_codes, new_numbers
from review.reorganisation.sides import Sides
from review.reorganisation.spans import spans
from review.reorganisation.structure import structure
from review.reorganisation.totals import totals


def effect_of(
    old: Document,
    new: Document,
    recorded: Iterable[Succession] = (),
    ranks: Mapping[str, int] | None = None,
) -> Effect:
    """What ``new`` does to ``old``; neither document is changed.

    ``recorded`` are successions that people stated; ``ranks`` orders the levels, the
    highest first. Raises ValueError for a document in which two things have one key.
    """
    comparison = compare(old, new, recorded)
    sides = Sides(old, new, comparison)
    shape = structure(sides, ranks or {})
    return Effect(
        old=comparison.old,
        new=comparison.new,
        title=new.manual.title,
        matched=comparison.matched,
        totals=totals(sides),
        structure=shape,
        homes=homes(sides, shape),
        spans=spans(sides),
        numbering=Numbering(
            new_codes(sides),
            new_numbers(sides),
            citations(sides, shape),
            charts_without_unit(sides),
        ),
    )
