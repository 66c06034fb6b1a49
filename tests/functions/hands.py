"""Hands that edit the functions of the same few units: whole lists and single rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from exchange.services import duplicate_edition
from functions.lists import Listed, fingerprint_of, listed, save_function_list
from functions.models import Function
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_edition, make_function, make_tree, make_user
from tests.hands import Deed, Hands
from units.models import Unit

STEPS = ["save"] * 5 + ["move"] * 5 + ["create"] * 3 + ["reword"] * 3 + ["delete"] * 2
POSITIONS = (None, 1, 1, 2, 3, 40)
UNITS = ("8.2", "8.3")


@dataclass
class Screen:
    """What a person has before them: the rows, and each unit's list with its mark."""

    units: dict[str, Unit]
    functions: dict[UUID, Function]
    lists: dict[str, list[Listed]]
    marks: dict[str, str]


def make_hands(*, people: int, operations: int) -> FunctionHands:
    """Hands on a draft whose 8.2 and 8.3 have six functions and three items each."""
    units = make_tree("8.1 8.2 8.3", make_edition("2024"))
    for code in UNITS:
        for number in range(6):
            function = make_function(units[code], f"Atender el asunto {number}.")
            if number % 2:
                make_function(units[code], "En su parte.", parent=function)
    draft = units["8.1"].edition
    copy = duplicate_edition(
        edition=draft, label="2024-b", user=OPERATOR, reason=REASON
    )
    return FunctionHands(
        drafts={draft.pk: copy.pk},
        people=[make_user("editor") for _number in range(people)],
        operations=operations,
    )


class FunctionHands(Hands):
    models = (Function,)
    LOOKS_AGAIN_AFTER = 1  # a list of before is refused: else hardly any is saved

    def look(self, edition):
        units = Unit.objects.select_related("edition__manual")
        units = {unit.code: unit for unit in units.filter(edition=edition)}
        functions = Function.objects.select_related("edition__manual", "unit", "parent")
        lists = {code: listed(units[code]) for code in UNITS}
        return Screen(
            units,
            {one.key: one for one in functions.filter(edition=edition).order_by("pk")},
            lists,
            # Of the very rows that are edited: somebody may save between two reads.
            {code: fingerprint_of(rows) for code, rows in lists.items()},
        )

    def choose(self, chance, seen):
        step, code = chance.choice(STEPS), chance.choice(UNITS)
        text = f"Atender el asunto {chance.randrange(10**6)}."
        new = UUID(int=chance.getrandbits(128), version=4)
        keys = list(seen.functions)
        if step != "save" and not keys:
            step = "create"
        if step == "save":
            rows = self._edited(chance, seen.lists[code], text, new)
            return step, {"unit": code, "rows": rows}
        position = chance.choice(POSITIONS)
        parent = chance.choice(keys) if keys and chance.random() < 0.3 else None
        if step == "create":
            if parent is not None:
                code = seen.functions[parent].unit.code
            said = {"unit": code, "parent": parent, "position": position}
            return step, {**said, "text": text, "key": new}
        said = {"function": chance.choice(keys)}
        if step == "move":
            said |= {"unit": code, "parent": parent, "position": position}
        elif step == "reword":
            said["text"] = text
        return step, said

    @staticmethod
    def _edited(chance, rows, text, new):
        """The list with one more row, one less, one reworded or two exchanged."""
        edited = [(row.level, row.text, row.key) for row in rows]
        at = chance.randrange(len(edited) + 1)
        what = chance.random()
        if what < 0.3 or len(edited) < 4:
            edited.insert(at, (0, text, new))
        elif what < 0.5:
            edited.pop(at - 1)
        elif what < 0.8:
            level, _text, key = edited[at - 1]
            edited[at - 1] = (level, text, key)
        else:
            at = max(at, 2)  # a row exchanged with itself would change nothing
            edited[at - 1], edited[0] = edited[0], edited[at - 1]
        return edited

    def perform(self, deed: Deed, seen):
        said, who = deed.said, {"user": deed.user, "reason": deed.reason}
        mark = seen.marks[said["unit"]] if seen and "unit" in said else None
        seen = seen or self.look(deed.draft)
        parent = seen.functions[said["parent"]] if said.get("parent") else None
        if deed.step == "save":
            rows = [Listed(level, text, key) for level, text, key in said["rows"]]
            unit = seen.units[said["unit"]]
            save_function_list(unit=unit, rows=rows, seen=mark, **who)
        elif deed.step == "create":
            create_function(
                unit=seen.units[said["unit"]],
                text=said["text"],
                parent=parent,
                position=said["position"],
                key=said["key"],
                **who,
            )
        elif deed.step == "move":
            move_function(
                function=seen.functions[said["function"]],
                unit=seen.units[said["unit"]],
                parent=parent,
                position=said["position"],
                **who,
            )
        elif deed.step == "reword":
            function = seen.functions[said["function"]]
            change_function(function=function, text=said["text"], **who)
        else:
            delete_function(function=seen.functions[said["function"]], **who)

    def state(self, edition):
        rows = Function.objects.filter(edition=edition)
        return {
            key: tuple(rest)
            for key, *rest in rows.values_list(
                "key", "unit__key", "parent__key", "position", "text"
            )
        }

    def told(self, rows):
        return Counter(
            (row.key, row.history_type, row.position, row.text) for row in rows
        )
