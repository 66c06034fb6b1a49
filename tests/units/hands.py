"""Hands that change the structure of drafts: insert, move, delete, rename, number."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from exchange.services import duplicate_edition
from manuals.history import recording
from manuals.models import BranchGrant, Edition
from manuals.permissions import OPERATOR
from manuals.services import move_functions_chapter
from tests.factories import (
    REASON,
    make_edition,
    make_function,
    make_kind,
    make_user,
)
from tests.hands import Deed, Hands
from units.models import Unit
from units.services import (
    change_unit,
    create_unit,
    delete_unit,
    move_unit,
    renumber_edition,
    write_tree,
)

STEPS = ["create"] * 5 + ["move"] * 7 + ["delete"] * 3 + ["rename"] * 4 + ["renumber"]
POSITIONS = (None, None, 1, 1, 2, 3, 5, 40)


def make_draft(label: str, size: int) -> Edition:
    """A draft of ``size`` units, four below each, some with functions.

    8.1 > 8.2 8.3 8.4 8.5 > 8.2.1 ... as deep as the size asks.
    """
    edition, kind = make_edition(label), make_kind()
    rows: list[tuple[Unit, str | None]] = [(Unit(code="8.1"), None)]
    for above, _parent in rows:
        for rank in range(1, 5):
            if len(rows) == size:
                break
            code = f"{above.code}.{rank}" if len(rows) > 4 else f"8.{rank + 1}"
            rows.append((Unit(code=code), above.code))
    for unit, _above in rows:
        unit.kind, unit.name = kind, f"Coordinación {unit.code}"
    with recording(user=OPERATOR, reason=REASON):
        units = write_tree(edition=edition, rows=rows)
    for code in ("8.1", "8.2", "8.2.1", "8.3.2"):
        make_function(units[code])
    return edition


def make_people(edition: Edition, number: int) -> list:
    """Editors; the last of them may change one branch only."""
    people = [make_user("editor") for _number in range(number)]
    branch = Unit.objects.get(edition=edition, code="8.2")
    BranchGrant.objects.create(
        user=people[-1], manual=edition.manual, unit_key=branch.key
    )
    return people


def make_hands(*, people: int, operations: int) -> StructureHands:
    """Hands on a draft of 60 units and, a quarter of the time, on one of 20."""
    drafts = {}
    for label, size in (("2024", 60), ("2025", 20)):
        draft = make_draft(label, size)
        copy = duplicate_edition(
            edition=draft, label=f"{label}-b", user=OPERATOR, reason=REASON
        )
        drafts[draft.pk] = copy.pk
    first = Edition.objects.get(label="2024")
    return StructureHands(
        drafts=drafts, people=make_people(first, people), operations=operations
    )


class StructureHands(Hands):
    models = (Unit, Edition)

    def look(self, edition):
        units = Unit.objects.filter(edition=edition).order_by("pk")
        return {
            unit.key: unit for unit in units.select_related("edition__manual", "kind")
        }

    def choose(self, chance, seen):
        keys = list(seen)
        step, key, other = (
            chance.choice(STEPS),
            chance.choice(keys),
            chance.choice(keys),
        )
        position = chance.choice(POSITIONS)
        if step == "create":
            new = UUID(int=chance.getrandbits(128), version=4)
            name = f"Coordinación {chance.randrange(10**6)}"
            said = {"parent": key, "key": new, "position": position, "name": name}
        elif step == "move":
            said = {"unit": key, "target": other, "position": position}
        elif step == "delete":
            # The one with the least below it: else hardly anything would be left.
            few = chance.sample(keys, min(3, len(keys)))
            said = {"unit": min(few, key=lambda one: seen[one].rght - seen[one].lft)}
        elif step == "rename":
            said = {"unit": key, "name": f"Coordinación {chance.randrange(10**6)}"}
        else:
            said = {"chapter": chance.choice((7, 8, 9))}
        return step, said

    def perform(self, deed: Deed, seen):
        said, who = deed.said, {"user": deed.user, "reason": deed.reason}

        def unit(name):
            if seen is not None:
                return seen[said[name]]
            units = Unit.objects.select_related("edition__manual")
            return units.get(edition=deed.draft, key=said[name])

        if deed.step == "create":
            parent = unit("parent")
            create_unit(
                edition=parent.edition,
                parent=parent,
                name=said["name"],
                kind=parent.kind,
                position=said["position"],
                key=said["key"],
                **who,
            )
        elif deed.step == "move":
            target, position = unit("target"), said["position"]
            move_unit(unit=unit("unit"), target=target, position=position, **who)
        elif deed.step == "delete":
            delete_unit(unit=unit("unit"), **who)
        elif deed.step == "rename":
            change_unit(unit=unit("unit"), name=said["name"], **who)
        else:
            edition = Edition.objects.get(pk=deed.draft)
            with recording(**who):
                move_functions_chapter(edition=edition, number=said["chapter"], **who)
                renumber_edition(edition=edition, **who)

    def may_change_nothing(self, deed):
        return deed.step == "move"  # to where it stood, when its turn came

    def state(self, edition):
        rows = Unit.objects.filter(edition=edition).order_by("lft")
        found = {
            key: tuple(rest)
            for key, *rest in rows.values_list(
                "key", "parent__key", "position", "code", "name", "level"
            )
        }
        chapter = Edition.objects.get(pk=edition).functions_chapter
        return {"chapter": chapter, "order": list(found), "units": found}

    def told(self, rows):
        found = Counter()
        for row in rows:
            if row.instance_type is Edition:
                found["edition", row.history_type, row.functions_chapter] += 1
            else:
                found[row.key, row.history_type, row.code, row.position, row.name] += 1
        return found
