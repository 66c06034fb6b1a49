"""Random changes of a draft through the services, and what the draft then is."""

from __future__ import annotations

from random import Random
from uuid import UUID

from django.core.exceptions import ValidationError

from exchange.reading import read_document
from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
    rekey_function,
)
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.models import Edition
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_kind
from units.models import Unit
from units.services import (
    change_unit,
    create_unit,
    delete_unit,
    move_unit,
    rekey_unit,
    renumber_edition,
)

WHO = {"user": OPERATOR, "reason": REASON}
KINDS = (
    *("create", "move", "move", "delete", "name", "rekey", "renumber"),
    *("add", "add", "reword", "reword", "place", "place", "carry", "carry"),
    *("drop", "list", "list", "refunction"),
)


def state(edition: Edition):
    """Everything that an undo has to bring back: the neutral document."""
    return read_document(Edition.objects.select_related("manual").get(pk=edition.pk))


def gaps(edition: Edition) -> list:
    """Families whose positions are not 1, 2, 3 ..., and items in another unit."""
    families: dict = {}
    rows = Function.objects.filter(edition=edition).values_list(
        "unit_id", "parent_id", "position", "parent__unit_id"
    )
    wrong = []
    for unit, parent, position, parents_unit in rows:
        families.setdefault(parent or f"unit {unit}", []).append(position)
        if parent and parents_unit != unit:
            wrong.append((unit, parent))
    for parent, position in Unit.objects.filter(edition=edition).values_list(
        "parent_id", "position"
    ):
        families.setdefault(f"below {parent}", []).append(position)
    return wrong + [
        (family, sorted(found))
        for family, found in families.items()
        if sorted(found) != list(range(1, len(found) + 1))
    ]


class Hands:
    """Somebody who changes a draft at random; what is refused changes nothing."""

    def __init__(self, edition: Edition, seed: int):
        self.edition, self.random = edition, Random(seed)  # noqa: S311
        self.written = 0

    def save(self, kinds) -> object | None:
        """Take these steps as one save; returns its moment, None if nothing was."""
        with recording(**WHO) as change:
            for kind in kinds:
                try:
                    getattr(self, kind)()
                except (DomainError, ValidationError, LookupError):
                    continue
        return change.moment.time if change.moment.has_come else None

    def unit(self) -> Unit:
        rows = Unit.objects.filter(edition=self.edition).order_by("lft")
        return self.random.choice(rows.select_related("edition__manual"))

    def function(self) -> Function:
        rows = Function.objects.filter(edition=self.edition).order_by("pk")
        return self.random.choice(rows.select_related("unit__edition__manual"))

    def words(self) -> str:
        self.written += 1
        return f"Texto {self.written}."

    def place(self) -> None:
        function = self.function()
        move_function(
            function=function,
            parent=function.parent,
            unit=function.unit,
            position=self.random.randint(1, 5),
            **WHO,
        )

    def carry(self) -> None:
        target = self.random.choice((self.function, self.unit))()
        below = {"parent": target} if isinstance(target, Function) else {"unit": target}
        position = self.random.choice((None, 1, 2))
        move_function(function=self.function(), position=position, **below, **WHO)

    def create(self) -> None:
        create_unit(
            edition=self.edition,
            parent=self.unit() if self.edition.units.exists() else None,
            name=self.words(),
            kind=make_kind(),
            position=self.random.choice((None, 1, 2)),
            **WHO,
        )

    def move(self) -> None:
        position = self.random.choice((None, 1, 2, 3))
        move_unit(unit=self.unit(), target=self.unit(), position=position, **WHO)

    def delete(self) -> None:
        delete_unit(unit=self.unit(), **WHO)

    def name(self) -> None:
        change_unit(unit=self.unit(), name=self.words(), **WHO)

    def rekey(self) -> None:
        rekey_unit(unit=self.unit(), key=self.any_key(), **WHO)

    def any_key(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def renumber(self) -> None:
        renumber_edition(edition=self.edition, **WHO)

    def add(self) -> None:
        parent = self.random.choice((None, self.function))
        parent = parent and parent()
        create_function(
            unit=parent.unit if parent else self.unit(),
            parent=parent,
            text=self.words(),
            position=self.random.choice((None, 1, 2)),
            **WHO,
        )

    def reword(self) -> None:
        change_function(function=self.function(), text=self.words(), **WHO)

    def drop(self) -> None:
        delete_function(function=self.function(), **WHO)

    def refunction(self) -> None:
        rekey_function(function=self.function(), key=self.any_key(), **WHO)

    def list(self) -> None:
        """Shuffle a unit's list, drop some, reword some, add one."""
        unit = self.unit()
        rows = listed(unit)
        self.random.shuffle(rows)
        del rows[: self.random.randint(0, 1)]
        rows.append(Listed(0, self.words()))
        depth = -1
        for row in rows:
            depth = row.level = self.random.randint(0, min(depth + 1, 2))
            if self.random.random() < 0.2:
                row.text = self.words()
        save_function_list(unit=unit, rows=rows, **WHO)
