"""What became of a unit or a function from edition to edition, by its key.

Editions are given in order of time by the caller, who knows what the person may read.
Nothing is reconstructed: every edition owns its rows. The number of queries does not
depend on how many editions there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Value

from functions.models import Function
from functions.querysets import nest
from manuals.models import Edition
from review.compare.changes import (
    KIND,
    MOVED,
    NEW,
    RENAMED,
    RENUMBERED,
    REWORDED,
    SAME,
    SUPPRESSED,
)
from review.compare.redline import redline
from review.compare.weighing import is_cosmetic
from review.history.stages import (
    ARRIVED,
    LEFT,
    RETURNED,
    Elsewhere,
    FunctionStage,
    Lineage,
    Place,
    Stage,
    Text,
    UnitState,
    flat,
    steps,
    walk,
)
from review.models import Succession
from units.models import Unit


def unit_over_time(key: UUID, editions: Sequence[Edition]) -> list[Stage]:
    """The stages of a unit, the first edition that has it first.

    An absence is one stage, however many editions it lasts.
    """
    units = _unit_states(key, editions)
    lists = _lists(units)
    elsewhere = Elsewhere(
        [lists.get(edition.pk, {}) for edition in editions], editions, key
    )
    lineage = _lineage(key, editions)
    stages: list[Stage] = []
    for edition, before, base in walk(editions, stages):
        unit = units.get(edition.pk)
        if unit is None and (before is None or before.is_absence):
            continue
        stage = Stage(edition, unit, before, _last_present(stages, before))
        _compare_unit(stage)
        new = lists.get(edition.pk, {})
        old = lists.get(before.edition.pk, {}) if before else {}
        was = editions[base] if base is not None else None
        stage.total = sum(len(one.path) == 1 for one in new.values())
        stage.functions, stage.counts = steps(old, new, was, edition, elsewhere)
        _shorten(stage)
        stage.lineage = lineage.get(edition.pk, [])
        stages.append(stage)
    return stages


def function_over_time(key: UUID, editions: Sequence[Edition]) -> list[FunctionStage]:
    """The stages of a function or item with what hangs from it, the first one first."""
    own = _function_states(key, editions)
    items = _items(key, own)
    elsewhere = Elsewhere([items.get(edition.pk, {}) for edition in editions], editions)
    stages: list[FunctionStage] = []
    for edition, before, base in walk(editions, stages):
        stage = own.get(edition.pk)
        if stage is None:
            if before is None or before.is_absence:
                continue
            stage = FunctionStage(edition, None)
        stage.before, stage.present = before, _last_present(stages, before)
        _compare_function(stage)
        new = items.get(edition.pk, {})
        if before is not None and not stage.is_absence:
            old = items.get(before.edition.pk, {})
            was = editions[base] if base is not None else None
            stage.items, _counts = steps(old, new, was, edition, elsewhere)
        stages.append(stage)
    return stages


def _compare_unit(stage: Stage) -> None:
    """Say what differs from the last stage that had the unit."""
    unit, before = stage.unit, stage.present
    if unit is None:
        stage.changes = (SUPPRESSED,)
        return
    if before is None:
        stage.changes = (NEW,)
        return
    old = before.unit
    changes = [RETURNED] if stage.before and stage.before.is_absence else []
    if unit.place.name != old.place.name:
        changes.append(RENAMED)
        stage.name = redline(old.place.name, unit.place.name)
    if unit.kind != old.kind:
        changes.append(KIND)
    if (unit.parent and unit.parent.key) != (old.parent and old.parent.key):
        changes.append(MOVED)
    if unit.place.code != old.place.code:
        changes.append(RENUMBERED)
    if unit.objective != old.objective:
        changes.append(REWORDED)
        stage.objective = redline(old.objective, unit.objective)
    stage.changes = tuple(changes) or (SAME,)


def _shorten(stage: Stage) -> None:
    """Leave out what goes without saying: functions that came or went with the unit."""
    if stage.is_absence:
        heirs = Counter(
            step.place
            for step in stage.functions
            if step.change == LEFT and step.depth == 0
        )
        stage.heirs = heirs.most_common()
        stage.functions = []
    elif stage.before is None or stage.before.is_absence:
        stage.functions = [one for one in stage.functions if one.change == ARRIVED]


def _compare_function(stage: FunctionStage) -> None:
    """Say what differs from the last stage that had the function."""
    before = stage.present
    if stage.is_absence:
        stage.changes = (SUPPRESSED,)
        return
    if before is None:
        stage.changes, stage.redline = (NEW,), (("=", stage.text),)
        return
    changes = [RETURNED] if stage.before and stage.before.is_absence else []
    if stage.place.key != before.place.key:
        changes.append(MOVED)
    if stage.text != before.text:
        changes.append(REWORDED)
        stage.cosmetic = is_cosmetic(before.text, stage.text)
    if stage.path != before.path:
        changes.append(RENUMBERED)
    stage.changes = tuple(changes) or (SAME,)
    stage.redline = redline(before.text, stage.text)


def _last_present(stages: list, before):
    """The stage compared with, or if that is an absence the last one before it."""
    if before is None or not before.is_absence:
        return before
    return next(
        (one for one in stages[stages.index(before) :: -1] if not one.is_absence), None
    )


def _unit_states(key: UUID, editions: Sequence[Edition]) -> dict[int, UnitState]:
    rows = Unit.objects.filter(key=key, edition__in=editions).order_by()
    return {
        edition_id: UnitState(
            id=pk,
            place=Place(key, code, name),
            kind=kind,
            parent=Place(*parent) if parent[0] else None,
            objective=objective,
        )
        for edition_id, pk, code, name, kind, objective, *parent in rows.values_list(
            *("edition_id", "pk", "code", "name", "kind__name", "objective"),
            *("parent__key", "parent__code", "parent__name"),
        )
    }


def _lineage(key: UUID, editions: Sequence[Edition]) -> dict[int, list[Lineage]]:
    """Edition id -> the recorded splits and mergers that name the unit."""
    named = [
        (row, is_origin, others)
        for row in Succession.objects.filter(edition__in=editions)
        for is_origin, own, others in (
            (True, row.from_keys, row.to_keys),
            (False, row.to_keys, row.from_keys),
        )
        if str(key) in own
    ]
    keys = {other for _row, _is_origin, others in named for other in others}
    units = Unit.objects.filter(key__in=keys, edition__in=editions)
    places: dict[str, dict[int, Place]] = defaultdict(dict)
    for edition_id, *place in units.order_by("edition").values_list(
        "edition_id", "key", "code", "name"
    ):
        places[str(place[0])][edition_id] = Place(*place)
    index_of = {edition.pk: index for index, edition in enumerate(editions)}
    found = defaultdict(list)
    for row, is_origin, others in named:
        # Results are units of this edition, origins of the last before that had them.
        at = index_of[row.edition_id]
        sides = [
            max(
                (one for one in places[other] if index_of[one] <= at),
                key=index_of.__getitem__,
                default=None,
            )
            for other in others
        ]
        known = tuple(
            places[other][side]
            for other, side in zip(others, sides, strict=True)
            if side is not None
        )
        found[row.edition_id].append(Lineage(row.kind, is_origin, known))
    return found


def _lists(units: dict[int, UnitState]) -> dict[int, dict[UUID, Text]]:
    """Edition id -> the unit's functions and items."""
    rows = Function.objects.filter(unit__in=[unit.id for unit in units.values()]).rows()
    functions = nest(rows)
    return {
        edition_id: flat(functions.get(unit.id, []))
        for edition_id, unit in units.items()
    }


def _function_states(key: UUID, editions) -> dict[int, FunctionStage]:
    by_id = {edition.pk: edition for edition in editions}
    rows = Function.objects.filter(key=key, edition__in=by_id).order_by()
    states = {}
    for edition_id, text, own, above, top, *place in rows.values_list(
        *("edition_id", "text"),
        *("position", "parent__position", "parent__parent__position"),
        *("unit__key", "unit__code", "unit__name"),
    ):
        path = tuple(one for one in (top, above, own) if one is not None)
        states[edition_id] = FunctionStage(by_id[edition_id], Place(*place), path, text)
    return states


def _items(key: UUID, states: dict[int, FunctionStage]) -> dict[int, dict]:
    """Edition id -> what hangs from the function, in reading order."""
    below = Function.objects.filter(edition__in=list(states)).order_by()
    rows = [
        *below.filter(parent__key=key)
        .annotate(second=Value(0))
        .values_list("edition_id", "position", "second", "key", "text"),
        *below.filter(parent__parent__key=key).values_list(
            "edition_id", "parent__position", "position", "key", "text"
        ),
    ]
    items = defaultdict(dict)
    for edition_id, first, second, item, text in sorted(rows, key=lambda row: row[:3]):
        path = (*states[edition_id].path, first, *((second,) if second else ()))
        items[edition_id][item] = Text(path, text)
    return items
