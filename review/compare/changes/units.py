"""What became of a unit, and of units that were split or merged. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from review.compare.changes.functions import FunctionChange
from review.compare.changes.names import RENAMED, RENUMBERED, SAME, Redline


@dataclass(slots=True)
class UnitSide:
    """A unit as one of the editions has it."""

    key: UUID
    code: str
    name: str
    kind: str
    parent_code: str | None
    printed_code: str | None
    printed_page: int | None
    positions: tuple[str, ...]
    objective: str | None
    source_line: int | None = None
    source_sha256: str | None = None


@dataclass(slots=True)
class TextChange:
    """A text of its own, such as an objective, that differs."""

    old: str | None
    new: str | None
    redline: Redline
    weight: str | None = None


@dataclass(slots=True)
class Succession:
    """A unit split into several, or several merged into one.

    ``from_keys`` are keys of the old edition, ``to_keys`` of the new one. Recorded by a
    person it is sure; otherwise it is a proposal with its confidence.
    """

    kind: str  # split or merged
    from_keys: tuple[UUID, ...]
    to_keys: tuple[UUID, ...]
    confidence: float = 1.0
    recorded: bool = True


@dataclass(slots=True)
class UnitChange:
    """What became of a unit, and of its functions.

    ``renumbering`` says why its code differs: ``chapter`` (only the number of the
    functions chapter), ``parent`` (it follows its parent) or ``own``. ``fields`` holds
    further data that differ, by name, as (old, new). ``left`` are functions that stood
    here and stand in another unit now; they are listed there.
    """

    changes: list[str]
    old: UnitSide | None
    new: UnitSide | None
    confidence: float = 1.0
    renumbering: str | None = None
    reordered: bool = False
    name_redline: Redline = ()
    name_weight: str | None = None
    objective: TextChange | None = None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)
    functions: list[FunctionChange] = field(default_factory=list)
    left: list[FunctionChange] = field(default_factory=list)

    @property
    def side(self) -> UnitSide:
        """The new side, else the old."""
        return self.new or self.old

    @property
    def key(self) -> UUID:
        return self.side.key

    @property
    def anchor(self) -> str:
        return f"unidad-{self.key}"

    @property
    def from_keys(self) -> list[UUID]:
        return _joined(one.from_keys for one in self.successions)

    @property
    def to_keys(self) -> list[UUID]:
        return _joined(one.to_keys for one in self.successions)

    @property
    def only_level_renamed(self) -> bool:
        """Its name differs only in the word for its level."""
        return (
            self.old is not None
            and self.new is not None
            and self.old.kind != self.new.kind
            and self.old.name.removeprefix(self.old.kind)
            == self.new.name.removeprefix(self.new.kind)
        )

    @property
    def only_renamed(self) -> bool:
        """Nothing else than its name, and perhaps the chapter's number, differs."""
        return set(self.changes) <= {RENAMED, RENUMBERED} and (
            self.renumbering in (None, "chapter")
        )

    @property
    def follows_parent(self) -> bool:
        """It only has another code because its parent has."""
        return self.changes == [RENUMBERED] and self.renumbering == "parent"

    @property
    def structural(self) -> bool:
        """More happened to it than another number of the whole chapter."""
        return any(
            change not in (SAME, RENUMBERED) for change in self.changes
        ) or self.renumbering in ("own", "parent")

    @property
    def differs(self) -> bool:
        """Its own data or its functions differ, renumbering by the chapter apart."""
        return (
            self.structural
            or self.objective is not None
            or "positions" in self.fields
            or bool(self.left)
            or any(
                function.change not in (SAME, RENUMBERED)
                or function.reordered
                or function.modified
                for function in self.functions
            )
        )

    def walk(self) -> Iterator[FunctionChange]:
        """Its functions and their items, in reading order."""
        for function in self.functions:
            yield from function.walk()


def _joined(groups) -> list[UUID]:
    return list(dict.fromkeys(key for group in groups for key in group))
