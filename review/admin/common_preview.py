"""What each function of a group would become by a change to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from functions.admin.replacing_preview import digest
from manuals.admin.posted import posted_number
from review.admin.common_found import Common, ShownPlace
from review.common.carrying import carried
from review.common.grouping import Member
from review.compare.changes import Redline
from review.compare.redline import redline

KEEP, CARRY, FULL = "dejar", "llevar", "completo"
PREFIX = "m-"
NAMES = {
    KEEP: gettext_lazy("Dejarla como está"),
    CARRY: gettext_lazy("Hacerle el mismo cambio y conservar lo demás"),
    FULL: gettext_lazy("Ponerle el texto nuevo completo"),
}


@dataclass(frozen=True)
class Choices:
    """What a person was shown and chose: digests of texts by function, and ways."""

    known: Mapping[int, str] = field(default_factory=dict)
    ways: Mapping[int, str] = field(default_factory=dict)
    previewed: str | None = None  # the new text that the choice was made for

    @classmethod
    def read(cls, data) -> Choices:
        """From the form's fields, whatever a browser sends in them."""
        known = {}
        for pair in data.get("shown", "").split():
            pk, _sign, seen = pair.partition(":")
            if (number := posted_number(pk)) is not None:
                known[number] = seen
        ways = {pk: data.get(f"{PREFIX}{pk}", KEEP) for pk in known}
        return cls(known, ways, data.get("previewed"))

    def saw(self, member: Member) -> bool:
        return self.known.get(member.id) == digest(member.text)


@dataclass(frozen=True)
class Change:
    """From the text that a group is about to the one that the person writes."""

    old: str
    new: str


class Outcome:
    """What a text may become by a change: texts by the ways that there are.

    ``ways`` begin with KEEP; there are none where the text says already what is wanted.
    ``proposed`` is the right one unless the person says another.
    """

    def __init__(self, change: Change, text: str):
        self.ways: dict[str, str] = {}
        self.proposed = KEEP
        self.is_done = change.new == text != change.old
        self.has_it = self.unclear = False
        if change.new in (change.old, text):
            return
        own = carried(change.old, change.new, text)
        self.has_it, self.unclear = own == text, own is None
        self.ways = {KEEP: text, CARRY: own, FULL: change.new}
        if own in (None, text, change.new):
            del self.ways[CARRY]
        if not (self.has_it or self.unclear):
            self.proposed = FULL if own == change.new else CARRY


@dataclass(frozen=True)
class Way:
    """One thing that can become of a function."""

    value: str
    name: str
    redline: Redline | None
    chosen: bool


class ShownMember(ShownPlace):
    """One function of the group, with what it would become.

    ``ways`` are those that the person may choose from: none outside the units that
    they edit, or where there is nothing to do.
    """

    def __init__(self, common: Common, member: Member, change: Change, choices):
        super().__init__(common, member)
        self.name = f"{PREFIX}{member.id}"
        self.same = member.text == change.old
        self.differs = None if self.same else redline(change.old, member.text)
        self.editable = member.unit in common.editable
        self.changed = choices is not None and not choices.saw(member)
        self.outcome = Outcome(change, member.text)
        self.way = KEEP
        if self.editable:
            self.way = self._way(member, change, choices)
        self.ways = [
            Way(
                value,
                str(NAMES[value]),
                self._shown(value, text),
                value == self.way,
            )
            for value, text in self.outcome.ways.items()
            if self.editable
        ]

    def _shown(self, way: str, text: str) -> Redline | None:
        """What a way does to the text; the page has the whole new one above already."""
        if way == KEEP or (way == FULL and CARRY in self.outcome.ways):
            return None
        return redline(self.text, text)

    def _way(self, member, change, choices) -> str:
        """What the person chose; what is proposed where they have not.

        Who then writes another text finds again what they had chosen against the
        proposal.
        """
        if choices is None:
            return self.outcome.proposed
        if self.changed:
            return KEEP
        chosen = choices.ways.get(member.id, KEEP)
        if choices.previewed != change.new:
            before = Outcome(
                Change(change.old, choices.previewed or change.old), member.text
            )
            if not before.ways or chosen == before.proposed:
                return self.outcome.proposed
        return chosen if chosen in self.outcome.ways else KEEP


@dataclass
class Preview:
    """The functions of a group, first those that say the same as the old text."""

    change: Change
    members: list[ShownMember]
    stale: list[int]  # chosen ones that do not say any more what was shown

    @property
    def same(self) -> list[ShownMember]:
        return [one for one in self.members if one.same]

    @property
    def near(self) -> list[ShownMember]:
        return [one for one in self.members if not one.same]

    @property
    def is_change(self) -> bool:
        return self.change.new != self.change.old

    @property
    def redline(self) -> Redline:
        return redline(self.change.old, self.change.new)

    @property
    def may_choose(self) -> bool:
        return any(one.ways for one in self.members)

    @property
    def closed(self) -> int:
        return sum(1 for one in self.members if not one.editable)

    def chosen(self) -> list[ShownMember]:
        return [one for one in self.members if one.way != KEEP]

    def texts(self) -> tuple[dict[int, str], dict[int, str]]:
        """The new text of each function chosen, and the one it was made from."""
        chosen = self.chosen()
        return (
            {one.id: one.outcome.ways[one.way] for one in chosen},
            {one.id: one.text for one in chosen},
        )

    @property
    def shown(self) -> str:
        """What the form sends back so that later choices are known from new texts."""
        return " ".join(f"{one.id}:{digest(one.text)}" for one in self.members)


def preview_of(
    common: Common, change: Change, choices: Choices | None, always: Iterable[int]
) -> Preview:
    """The group around the old text; ``always`` are functions to show besides."""
    group = {member.id: member for member in common.surroundings.of(change.old)}
    known = choices.known if choices else {}
    for pk in (*always, *known):
        if pk in common.by_id:
            group.setdefault(pk, common.by_id[pk])
    members = sorted(group.values(), key=lambda member: member.order)
    shown = [ShownMember(common, member, change, choices) for member in members]
    counts = common.items_of(group)
    for one in shown:
        one.items = counts.get(one.id, 0)
    return Preview(change, shown, _stale(common, choices))


def _stale(common: Common, choices: Choices | None) -> list[int]:
    if choices is None:
        return []
    return [
        pk
        for pk, way in choices.ways.items()
        if way != KEEP and (pk not in common.by_id or not choices.saw(common.by_id[pk]))
    ]
