"""What changed between two editions: pure functions on their documents."""

from review.compare.changes import (
    BlockChange,
    BlockSide,
    ChapterChange,
    ChapterSide,
    ChartChange,
    ChartSide,
    Comparison,
    EditionRef,
    FunctionChange,
    FunctionSide,
    Redline,
    Succession,
    Term,
    TextChange,
    UnitChange,
    UnitSide,
)
from review.compare.comparing import compare
from review.compare.patching import NotItsEdition, apply

__all__ = [
    "BlockChange",
    "BlockSide",
    "ChapterChange",
    "ChapterSide",
    "ChartChange",
    "ChartSide",
    "Comparison",
    "EditionRef",
    "FunctionChange",
    "FunctionSide",
    "NotItsEdition",
    "Redline",
    "Succession",
    "Term",
    "TextChange",
    "UnitChange",
    "UnitSide",
    "apply",
    "compare",
]
