"""Whether the tree columns say what parent and position say, and their repair."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from manuals.models import Edition
from manuals.services import lock_edition
from units.models import Unit

logger = logging.getLogger(__name__)


def broken_trees() -> list[tuple[Edition, list[str]]]:
    """Editions whose tree is broken, each with what is wrong, in words."""
    found = []
    for edition in Edition.objects.with_manual().order_by("pk"):
        problems = problems_of(edition)
        if problems:
            found.append((edition, problems))
    return found


def problems_of(edition: Edition) -> list[str]:
    """What is wrong with an edition's tree; empty when nothing is."""
    rows = list(
        Unit.objects.for_edition(edition)
        .order_by()
        .values_list(
            "pk", "parent_id", "position", "code", "tree_id", "lft", "rght", "level"
        )
    )
    codes = {row[0]: row[3] for row in rows}
    children: dict[int | None, list[tuple[int, int]]] = {}
    problems = []
    for pk, parent, position, code, *_columns in rows:
        if parent is not None and parent not in codes:
            problems.append(
                _("%(code)s depende de una unidad de otra edición.") % {"code": code}
            )
        children.setdefault(parent, []).append((position, pk))
    expected = tree_columns(children)
    for pk, _parent, _position, code, tree_id, *columns in rows:
        if tree_id != edition.pk:
            problems.append(_("%(code)s está en otro árbol.") % {"code": code})
        if pk not in expected:
            problems.append(
                _("%(code)s no se alcanza desde la unidad raíz.") % {"code": code}
            )
        elif tuple(columns) != expected[pk]:
            problems.append(
                _("%(code)s no está donde dice su unidad superior.") % {"code": code}
            )
    return problems


def tree_columns(children) -> dict[int, tuple[int, int, int]]:
    """id -> (lft, rght, level) by parent and position."""
    expected: dict[int, tuple[int, int, int]] = {}
    for _position, root in children.get(None, ()):
        counter, level = 1, 0
        opened = {root: 1}
        stack = [(root, iter(sorted(children.get(root, ()))))]
        while stack:
            pk, remaining = stack[-1]
            counter += 1
            following = next(remaining, None)
            if following is None:
                level = len(stack) - 1
                expected[pk] = (opened[pk], counter, level)
                stack.pop()
            else:
                child = following[1]
                opened[child] = counter
                stack.append((child, iter(sorted(children.get(child, ())))))
    return expected


@transaction.atomic
def repair_tree(*, edition: Edition) -> None:
    """Rebuild one edition's tree columns from parent and position.

    Only tree columns are written, so a closed edition can be repaired too.
    """
    edition = lock_edition(edition)
    Unit.objects.for_edition(edition).exclude(tree_id=edition.pk).update(
        tree_id=edition.pk
    )
    Unit.objects.partial_rebuild(edition.pk)
    logger.info("tree of %s rebuilt", edition)
