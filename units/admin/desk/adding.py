"""The preview of a new unit, for the step in the tree and for the form of units."""

from __future__ import annotations

from units import planning
from units.admin.desk.concerns import Change, concerns_of
from units.admin.desk.preview import Preview, places_of, preview_of, where
from units.exceptions import TreeConflict
from units.outline import Outline


def planned(edition, outline: Outline, parent_id: int, position: int | None):
    """(Plan, where in a sentence) of a new unit. Raises TreeConflict."""
    plan = planning.insertion(
        places_of(outline),
        parent=parent_id,
        position=position,
        chapter=edition.functions_chapter,
    )
    return plan, where(outline, plan, planning.NEW)


def previewed(
    edition, outline: Outline, parent_id: int, position: int | None
) -> Preview:
    try:
        plan, sentence = planned(edition, outline, parent_id, position)
    except TreeConflict as refusal:
        return Preview(refusal=str(refusal))
    change = Change(Change.INSERT, edition, outline, None, plan)
    return preview_of(change, sentence, concerns_of(change))
