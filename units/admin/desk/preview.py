"""What the person sees before confirming a change of the tree, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from units import planning
from units.admin.desk.concerns import Change, Concern
from units.codes import Place
from units.outline import Outline
from units.planning import Plan

FLAT = 40  # lines of a table that are still read one by one


@dataclass
class Line:
    """A unit whose code changes; ``below`` are those that follow it for that alone."""

    before: str
    after: str
    name: str
    depth: int = 0  # below the first line of its table
    is_subject: bool = False
    below: list[Line] = field(default_factory=list)

    def values(self):
        return [self.before, self.after, self.name]


@dataclass
class Preview:
    """``refusal`` says why it cannot be done; then nothing else matters."""

    sentence: str = ""
    lines: list[Line] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)
    refusal: str = ""

    def values(self):
        """Plain values: if they are others later, the person is shown them anew."""
        return [
            self.refusal,
            self.sentence,
            [line.values() for line in self.lines],
            [line.values() for line in self.removed],
            [[one.text, one.lines, one.more] for one in self.concerns],
        ]

    @property
    def changing(self) -> int:
        """How many units have another code now; a new one has none yet."""
        return sum(bool(line.before) for line in self.lines)

    @property
    def tops(self) -> list[Line]:
        """The lines, or where they are many, only those that lead the others."""
        if len(self.lines) <= FLAT:
            return self.lines
        tops: list[Line] = []
        for line in self.lines:
            if line.depth == 0 or not tops:
                line.below = []
                tops.append(line)
            else:
                tops[-1].below.append(line)
        return tops


def places_of(outline: Outline) -> list[Place]:
    return [
        Place(
            unit.id, unit.parent.id if unit.parent else None, unit.position, unit.code
        )
        for unit in outline
    ]


def changed_lines(
    outline: Outline, plan: Plan, subject: int | None = None, new_name: str = ""
) -> list[Line]:
    """Every unit that takes another code, in the reading order of afterwards."""
    return list(_changed(outline, plan, subject, new_name))


def _changed(outline, plan, subject, new_name) -> Iterator[Line]:
    depths: dict[int, int] = {}
    for place in plan.applied_to(places_of(outline)):
        unit = outline.by_id.get(place.id)
        before = unit.code if unit else ""
        if before == place.code:
            continue
        # A unit that is moved leads its own: they change because it does.
        depth = depths.get(place.parent, -1) + 1
        depths[place.id] = depth
        yield Line(
            before,
            place.code,
            unit.name if unit else new_name,
            depth,
            place.id == subject,
        )


def removed_lines(outline: Outline, plan: Plan) -> list[Line]:
    gone = [outline.by_id[one] for one in plan.removed]
    return [
        Line(one.code, "", one.name, one.depth - gone[0].depth, one is gone[0])
        for one in gone
    ]


def where(outline: Outline, plan: Plan, subject: int) -> str:
    """Where the unit will stand, by the codes and names of its neighbours."""
    after = plan.applied_to(places_of(outline))
    codes = {place.id: place.code for place in after}
    parent = next(place.parent for place in after if place.id == subject)
    family = [place.id for place in after if place.parent == parent]
    rank = family.index(subject)

    def named(one: int) -> str:
        return f"{codes[one]} {outline.by_id[one].name}"

    if rank:
        return _("Quedará debajo de «%(parent)s», después de «%(previous)s».") % {
            "parent": named(parent),
            "previous": named(family[rank - 1]),
        }
    if len(family) == 1:
        return _("Será la única unidad debajo de «%(parent)s».") % {
            "parent": named(parent)
        }
    return _("Quedará debajo de «%(parent)s», la primera, antes de «%(next)s».") % {
        "parent": named(parent),
        "next": named(family[1]),
    }


def preview_of(change: Change, sentence: str, concerns: list[Concern]) -> Preview:
    subject = change.unit.id if change.unit else planning.NEW
    return Preview(
        sentence,
        changed_lines(change.outline, change.plan, subject, change.new_name),
        removed_lines(change.outline, change.plan),
        concerns,
    )
