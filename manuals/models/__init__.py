"""Manuals, their editions and chapters."""

from manuals.models.changes import Change
from manuals.models.chapters import Chapter, Chart
from manuals.models.editions import Edition, Source, Sourced, Transition
from manuals.models.glossary import GlossaryTerm
from manuals.models.grants import BranchGrant
from manuals.models.manuals import Manual
from manuals.models.plain import WritableModel

__all__ = [
    "BranchGrant",
    "Change",
    "Chapter",
    "Chart",
    "Edition",
    "GlossaryTerm",
    "Manual",
    "Source",
    "Sourced",
    "Transition",
    "WritableModel",
]
