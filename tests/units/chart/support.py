"""Outlines made without a database, and what holds for every chart."""

from itertools import combinations
from uuid import uuid4

from units.chart.layout import HANGING_GAP, MARGIN
from units.outline import Outline, OutlineUnit


def outline_from(tree, kinds=("Dirección", "Coordinación", "División", "Subjefatura")):
    """An outline from nested lists: each list is a unit with the units below it.

    ``[[], [[]]]`` is a root that leads a leaf and a unit with one leaf. Codes are 1,
    1.1, 1.2, 1.2.1; the level follows from the depth.
    """
    units = []

    def entered(branch, code, position, parent):
        depth = parent.depth + 1 if parent else 0
        kind = kinds[min(depth, len(kinds) - 1)]
        unit = OutlineUnit(
            id=len(units) + 1,
            key=uuid4(),
            code=code,
            name=f"{kind} de Pruebas {code}",
            kind=kind,
            position=position,
            depth=depth,
            parent=parent,
        )
        units.append(unit)
        for place, below in enumerate(branch, 1):
            child = entered(below, f"{code}.{place}", place, unit)
            unit.children.append(child)
            unit.descendants += 1 + child.descendants
        return unit

    entered(tree, "1", 1, None)
    return Outline(units)


def fan(*sizes):
    """Nested lists: the root leads as many as the first size, each of them so many
    as the second, and so on.
    """
    if not sizes:
        return []
    return [fan(*sizes[1:]) for _ in range(sizes[0])]


def overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.bottom
        and other.y < one.bottom
    )


def assert_well_laid_out(chart):
    layout = chart.layout
    boxes = {box.unit: box for box in layout.boxes}
    assert len(boxes) == len(layout.boxes) == len(chart.root.branch())
    for box in layout.boxes:
        assert box.x >= MARGIN - 0.01
        assert box.y >= MARGIN - 0.01
        assert box.x + box.width <= layout.width
        assert box.bottom <= layout.height
        if box.unit.parent in boxes:
            above = boxes[box.unit.parent]
            # Below its superior, with room for the line.
            assert box.y >= above.bottom + HANGING_GAP - 0.01
    for one, other in combinations(layout.boxes, 2):
        assert not overlap(one, other), (one.unit.code, other.unit.code)
