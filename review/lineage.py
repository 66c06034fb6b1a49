"""What became of a thing from edition to edition: kept, split, merged, replaced, gone.

Editions stand in a row, and each step leads from one to the next: a walk along them
ends after as many steps as there are, whatever was recorded. Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

REPLACED, SUPPRESSED, NEW, RETURNED = "replaced", "suppressed", "new", "returned"


@dataclass(frozen=True, slots=True)
class Link:
    """That a thing of one edition is, or is part of, another thing of the next one.

    ``kind`` is split, merged or REPLACED. Recorded by a person it is sure; otherwise
    the comparison proposes it.
    """

    old: UUID
    new: UUID
    kind: str
    recorded: bool = True
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next: the keys that either has, and links between them.

    A key that both have is the same thing and needs no link.
    """

    old: Collection[UUID]
    new: Collection[UUID]
    links: Sequence[Link] = ()

    def reversed(self) -> Step:
        """The same, from the later edition back to the earlier one."""
        links = tuple(replace(one, old=one.new, new=one.old) for one in self.links)
        return Step(self.new, self.old, links)


@dataclass(frozen=True, slots=True)
class Heir:
    """What a thing is now. ``recorded``: nothing on the way to it was proposed."""

    key: UUID
    recorded: bool = True
    confidence: float = 1.0

    def by(self, link: Link) -> Heir:
        return Heir(
            link.new,
            self.recorded and link.recorded,
            round(self.confidence * link.confidence, 2),
        )

    @property
    def _certainty(self) -> tuple[bool, float]:
        return self.recorded, self.confidence


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a thing in the step of this number, and what it led to.

    ``recorded`` is None where nobody has to say it: the thing left or returned.
    """

    step: int
    key: UUID
    kind: str
    to: tuple[UUID, ...] = ()
    recorded: bool | None = None
    confidence: float = 1.0


def follow(key: UUID, steps: Iterable[Step]) -> tuple[list[Event], list[Heir]]:
    """What happened to a thing of the first edition, and what it is in the last one.

    A thing that is missing for some editions and then returns is itself again.
    """
    events: list[Event] = []
    reached: dict[UUID, Heir] = {key: Heir(key)}
    gone: dict[UUID, Heir] = {}
    for number, step in enumerate(steps):
        onward: dict[UUID, Heir] = {}
        for heir in reached.values():
            links = _links_from(heir.key, step)
            stays = heir.key in step.new
            if stays:
                _keep(onward, heir)
            else:
                gone[heir.key] = heir
            events += _told(number, heir.key, links, stays)
            for link in links:
                _keep(onward, heir.by(link))
        for absent in [one for one in gone if one in step.new]:
            heir = gone.pop(absent)
            events.append(Event(number, absent, RETURNED, (absent,)))
            _keep(onward, heir)
        reached = onward
    return events, list(reached.values())


def _keep(reached: dict[UUID, Heir], heir: Heir) -> None:
    """Reach something; by several ways, what is surest counts."""
    known = reached.get(heir.key)
    if known is None or known._certainty < heir._certainty:
        reached[heir.key] = heir


def _links_from(key: UUID, step: Step) -> list[Link]:
    """Where a thing leads in one step, as if each link led there at once.

    What was recorded in drafts between the two editions may lead by a unit that one of
    them lacks, or both; several people may have recorded a circle.
    """
    by_old: dict[UUID, list[Link]] = {}
    for link in step.links:
        by_old.setdefault(link.old, []).append(link)
    found: dict[UUID, Link] = {}
    seen, waiting = {key}, list(by_old.get(key, ()))
    while waiting:
        link = waiting.pop(0)
        stays = link.new in step.new
        if stays and link.new != key:
            found.setdefault(link.new, replace(link, old=key))
        if link.new not in seen and not (stays and link.new in step.old):
            seen.add(link.new)
            waiting += [
                replace(
                    further,
                    recorded=link.recorded and further.recorded,
                    confidence=link.confidence * further.confidence,
                )
                for further in by_old.get(link.new, ())
            ]
    return list(found.values())


def _told(number: int, key: UUID, links: list[Link], stays: bool) -> Iterable[Event]:
    if not links and not stays:
        yield Event(number, key, SUPPRESSED)
    told: dict[tuple[str, bool], list[Link]] = {}
    for link in links:
        told.setdefault((link.kind, link.recorded), []).append(link)
    for (kind, recorded), those in told.items():
        yield Event(
            number,
            key,
            kind,
            tuple(link.new for link in those),
            recorded,
            round(min(link.confidence for link in those), 2),
        )
