"""What differs between two editions, as plain dataclasses.

Field names and values are those of the JSON form ``manual-org/compare/1`` where it has
them; review.compare.jsonformat writes it, docs/compare.md explains it. Pure: no
Django, no database.
"""

from review.compare.changes.chapters import (
    BlockChange,
    BlockSide,
    ChapterChange,
    ChapterSide,
    ChartChange,
    ChartSide,
)
from review.compare.changes.functions import (
    FunctionChange,
    FunctionSide,
)
from review.compare.changes.names import (
    CHAPTER_CHANGES,
    COSMETIC,
    FUNCTION_CHANGES,
    KIND,
    MERGED,
    MOVED,
    NEW,
    RENAMED,
    RENUMBERED,
    REWORDED,
    SAME,
    SPLIT,
    SUBSTANTIVE,
    SUPPRESSED,
    TERMINOLOGY,
    UNIT_CHANGES,
    WEIGHTS,
    Redline,
    Segment,
    heaviest,
)
from review.compare.changes.units import (
    Succession,
    TextChange,
    UnitChange,
    UnitSide,
)
from review.compare.changes.whole import (
    Comparison,
    EditionRef,
    Term,
)

__all__ = [
    "BlockChange",
    "BlockSide",
    "CHAPTER_CHANGES",
    "COSMETIC",
    "ChapterChange",
    "ChapterSide",
    "ChartChange",
    "ChartSide",
    "Comparison",
    "EditionRef",
    "FUNCTION_CHANGES",
    "FunctionChange",
    "FunctionSide",
    "KIND",
    "MERGED",
    "MOVED",
    "NEW",
    "RENAMED",
    "RENUMBERED",
    "REWORDED",
    "Redline",
    "SAME",
    "SPLIT",
    "SUBSTANTIVE",
    "SUPPRESSED",
    "Segment",
    "Succession",
    "TERMINOLOGY",
    "Term",
    "TextChange",
    "UNIT_CHANGES",
    "UnitChange",
    "UnitSide",
    "WEIGHTS",
    "heaviest",
]
