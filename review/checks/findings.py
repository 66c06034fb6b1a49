"""What a rule finds, and where. Pure: no Django, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from uuid import UUID


class Severity(StrEnum):
    """Error is reserved for structure: codes, numbering, index, empty unit or item."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """The text that a finding is about.

    ``field`` says which: ``text`` of a function or item; ``name``, ``code`` or ``page``
    of a unit, or ``functions`` (the unit as a whole, shown by its name); the title of a
    ``chapter`` or ``chart``, or a ``block`` of a chapter's body, which have no unit.
    ``item_label`` is ``a``, or ``a-i`` on the third level, as in the item's address.
    ``order`` is where it stands.
    """

    field: str
    text: str = ""
    unit_code: str | None = None
    function_number: int | None = None
    item_label: str | None = None
    unit_key: UUID | None = None
    function_key: UUID | None = None
    chapter_number: int | None = None
    block_number: int | None = None
    order: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hit:
    """What a rule says of ``place.text[start:end]``.

    ``replacement`` would stand there instead, given only where that is safe.
    ``related`` are other places that the finding is about. ``basis`` is what was judged
    besides the text: while neither changes, a waiver holds. With ``anywhere`` the basis
    alone was judged, a word that may stand elsewhere in the next edition.
    """

    place: Place
    start: int
    end: int
    message: str
    replacement: str | None = None
    related: tuple[Place, ...] = ()
    basis: str = ""
    anywhere: bool = False


@dataclass(frozen=True)
class Finding:
    """A hit of a rule, ready to be shown."""

    rule: str
    severity: Severity
    hit: Hit
    waived: bool = False

    @property
    def place(self) -> Place:
        return self.hit.place

    @property
    def message(self) -> str:
        return self.hit.message

    @property
    def fix(self) -> str | None:
        """The whole text as it would be; None where no change is safe."""
        return fixed(self.place.text, [self]) if self.has_fix else None

    @property
    def has_fix(self) -> bool:
        return self.hit.replacement is not None

    @property
    def excerpt(self) -> str:
        return excerpt(self.place.text, self.hit.start, self.hit.end)

    @cached_property
    def fingerprint(self) -> str:
        """The same in every edition while what was judged stays the same.

        It holds the keys, which survive duplication, so that a renumbered function
        keeps its waiver; and the text, so that a reworded one loses it.
        """
        place, hit = self.place, self.hit
        parts = (self.rule, hit.basis)
        if not hit.anywhere:
            parts += (place.field, place.unit_key, place.function_key)
            parts += (place.text, hit.start, hit.end)
        said = "\0".join("" if part is None else str(part) for part in parts)
        return hashlib.sha256(said.encode()).hexdigest()

    def waive(self) -> Finding:
        return replace(self, waived=True)


@dataclass(frozen=True)
class Rule:
    """A rule of the registry; ``title`` and ``explanation`` are read by people.

    ``find`` takes a :class:`review.checks.subject.Subject` and yields hits in any
    order. Its docstring states the share of false alarms on the manual of 2021.
    """

    id: str
    severity: Severity
    title: str
    explanation: str
    find: Callable[..., Iterator[Hit]]

    def check(self, subject) -> Iterator[Finding]:
        for hit in self.find(subject):
            yield Finding(self.id, self.severity, hit)


def rule(
    id: str, severity: Severity, *, title: str, explanation: str
) -> Callable[[Callable[..., Iterator[Hit]]], Rule]:
    """Make a rule of the function that follows."""

    def made(find: Callable[..., Iterator[Hit]]) -> Rule:
        return Rule(id, severity, title, explanation, find)

    return made


def fixed(text: str, findings: Iterable[Finding]) -> str:
    """The text with the fixes of these findings, which are all about it.

    Where two fixes overlap the first one wins: check again afterwards.
    """
    parts, done = [], 0
    for hit in sorted(
        (finding.hit for finding in findings if finding.has_fix),
        key=lambda hit: (hit.start, hit.end),
    ):
        if hit.start >= done:
            parts += [text[done : hit.start], hit.replacement]
            done = hit.end
    return "".join((*parts, text[done:]))


_AROUND, _LONGEST = 40, 120  # characters of an excerpt


def excerpt(text: str, start: int, end: int) -> str:
    """The range with some words before and after it; an ellipsis where cut."""
    return "".join(excerpt_parts(text, start, end))


def excerpt_parts(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The same in three: what is before the range, the range, what is after it."""
    low = max(0, start - _AROUND)
    if low:
        low = text.find(" ", low, start) + 1 or low
    high = min(len(text), end + _AROUND)
    if high < len(text):
        blank = text.rfind(" ", end, high)
        high = blank if blank > end else high
    middle = text[start:end]
    if len(middle) > _LONGEST:
        first, last = middle[: _LONGEST // 2], middle[-_LONGEST // 2 :]
        if " " in first and " " in last:
            first, last = first.rpartition(" ")[0], last.partition(" ")[2]
        middle = f"{first.rstrip()} … {last.lstrip()}"
    before, after = "…" if low else "", "…" if high < len(text) else ""
    return f"{before}{text[low:start]}", middle, f"{text[end:high]}{after}"
