"""A save in words, for templates."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import gettext as _

from review.history import words
from review.history.changes import Change, Save


class ToldSave:
    """What was done, by unit; a subclass says what it shows of each change."""

    def __init__(self, save: Save):
        self.save = save
        self.person = save.person or _("Sistema")
        self.steps = words.step_words(save)
        self.comments = words.comments(save)
        self.tallies = [words.tally_words(tally) for tally in save.tallies]
        self.renumbered = [words.renumbered(change) for change in save.renumberings]
        if self.renumbered:
            self.renumbering_title = words.renumbering_title(save)
        self.groups = [
            (unit, [self.told(change) for change in changes])
            for unit, changes in groupby(save.changes, key=words.place)
        ]

    def told(self, change: Change) -> dict:
        """The change as the template takes it."""
        return {
            "subject": words.subject(change),
            "actions": words.action_words(change),
        }
