"""What the saves of an edition are told with: plain dataclasses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from manuals.models import Transition
from review.compare.changes import Redline

CREATED = "created"
DELETED = "deleted"
MOVED = "moved"  # to another unit, or below another one
RENAMED = "renamed"
REWORDED = "reworded"
PLACED = "placed"  # in another depth or below another function of its unit
CHANGED = "changed"  # other data
RENUMBERED = "renumbered"

# The first as it is told, the others following.
ACTIONS = (CREATED, DELETED, MOVED, PLACED, RENAMED, REWORDED, CHANGED, RENUMBERED)


@dataclass(frozen=True)
class Fact:
    """One thing that a change changed, as it was and as it is; long ones as redline."""

    name: str
    old: str = ""
    new: str = ""
    redline: Redline = ()


@dataclass
class Change:
    """What one record says: what was done to which row, named as at that time.

    ``code`` is that of the unit, ``label`` the number of a function or item (``3 b``);
    ``id`` and ``history_id`` find the row's history and this record of it.
    """

    kind: str
    actions: tuple[str, ...]
    id: int
    history_id: int
    code: str = ""
    label: str = ""
    name: str = ""
    text: Redline = ()
    facts: list[Fact] = field(default_factory=list)
    order: tuple = ()

    @property
    def action(self) -> str:
        return self.actions[0]

    @property
    def is_renumbering(self) -> bool:
        """Nothing but its number or code changed, because of its neighbours."""
        return self.actions == (RENUMBERED,)


@dataclass(frozen=True)
class Tally:
    """Rows that are counted, not listed: ``number`` of a kind, with the same action."""

    kind: str
    action: str
    number: int


BEGINNINGS = (
    Transition.Step.CREATED,
    Transition.Step.DUPLICATED,
    Transition.Step.IMPORTED,
)


@dataclass(frozen=True)
class Step:
    """A step of the edition's life (manuals.models.Transition.Step)."""

    step: str
    comment: str


@dataclass
class Save:
    """Everything that one person changed at one moment, for one reason.

    ``changes`` are told one by one; ``renumberings`` and ``tallies`` in short.
    """

    at: datetime
    user_id: int | None
    person: str = ""
    reason: str = ""
    steps: list[Step] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    renumberings: list[Change] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)

    @property
    def is_beginning(self) -> bool:
        """The edition came to be: what it began with is counted, not listed."""
        return any(step.step in BEGINNINGS for step in self.steps)
