"""Where the boxes and lines of a chart stand.

As on official charts: the upper levels side by side, each unit above the middle of what
it leads; the lowest levels hang one under the other below their superior, one step
further in per level, beside a line. How many levels hang, and in how many columns, is
chosen so that the whole comes close to the shape of a sheet.

Where the columns stand follows from constraints that a solver fulfils: none touches its
neighbours, each unit stands above the middle of what it leads, nothing takes more room
than it must. Layouts of trees of equal nodes space all siblings evenly, which made the
largest manual half as wide again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kiwisolver import Solver, Variable

from units.chart.extent import Node
from units.chart.text import shorten, width, wrap
from units.outline import OutlineUnit

BOX_WIDTH = 196
PADDING = 10
CODE_SIZE, NAME_SIZE = 11, 13
CODE_HEIGHT, LINE_HEIGHT = 17, 16
MOST_LINES = 6
INDENT = 22  # of each level that hangs
SPINE = 9  # from a column's edge to its line
COLUMN_GAP = 18
ROW_GAP = 44
HANGING_GAP = 24
MARGIN = 16
SHEET = 1.45  # width by height that charts come close to
MOST_SPREAD = 6  # levels that stand side by side
MOST_COLUMNS = 120  # for the solver to be quick; more would not be readable
COLUMN_HEIGHTS = (500, 800, 1200, 1700, math.inf)


@dataclass(eq=False, slots=True)
class Box:
    """A unit in its place; the top left corner is ``x``, ``y``."""

    node: Node
    width: float
    height: float
    caption: str  # code and level
    name: tuple[str, ...]
    # Of its branch where it hangs: the height with all gaps, and the steps below it.
    hung_height: float = 0
    hung_steps: int = 0
    x: float = 0
    y: float = 0

    @property
    def unit(self) -> OutlineUnit:
        return self.node.unit

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


Line = tuple[tuple[float, float], ...]


@dataclass(slots=True)
class Layout:
    """Boxes in reading order, and the lines between them as corners."""

    boxes: list[Box]
    lines: list[Line] = field(default_factory=list)
    width: float = 0
    height: float = 0


@dataclass(eq=False, slots=True)
class _Column:
    """What the solver places: a spread unit, or some that hang one under the other.

    ``box``: the unit at its head; None where a unit's columns are several.
    ``children``: the columns beside each other below it; ``hanging``: what it holds.
    """

    box: Box | None
    row: int
    children: list[_Column] = field(default_factory=list)
    hanging: list[Node] = field(default_factory=list)
    width: float = BOX_WIDTH
    x: float = 0

    def all(self) -> Iterator[_Column]:
        yield self
        for child in self.children:
            yield from child.all()


def lay_out(root: Node) -> Layout:
    """The chart of the nodes below the root, itself included."""
    nodes = root.branch()
    boxes = {node: _box(node) for node in nodes}
    for node in reversed(nodes):
        box = boxes[node]
        box.hung_height = box.height + HANGING_GAP
        for child in node.children:
            box.hung_height += boxes[child].hung_height
            box.hung_steps = max(box.hung_steps, boxes[child].hung_steps + 1)
    all_levels = boxes[root].hung_steps
    shape = min(
        (
            shape
            for hung in range(max(0, all_levels - MOST_SPREAD), all_levels + 1)
            for tallest in COLUMN_HEIGHTS
            if len((shape := _Shape(root, boxes, hung, tallest)).columns)
            <= MOST_COLUMNS
            or hung == all_levels
        ),
        key=lambda shape: shape.cost,
    )
    return shape.placed()


def _box(node: Node) -> Box:
    room = BOX_WIDTH - 2 * PADDING
    name = wrap(node.unit.name, NAME_SIZE, room, lines=MOST_LINES, bold=not node.depth)
    code = f"{node.unit.code} · "
    kind = shorten(node.unit.kind, CODE_SIZE, room - width(code, CODE_SIZE))
    height = 2 * PADDING + CODE_HEIGHT + LINE_HEIGHT * len(name) - 4
    return Box(node, BOX_WIDTH, height, code + kind, tuple(name))


class _Shape:
    """One way to lay the chart out: with so many levels that hang, in columns of about
    such a height.
    """

    def __init__(
        self, root: Node, boxes: Mapping[Node, Box], hung: int, tallest: float
    ):
        self.boxes = boxes
        self.hung = hung
        self.tallest = tallest
        self.top = self._column(root)
        self.columns = list(self.top.all())
        for column in self.columns:
            if column.hanging:
                column.width += INDENT * self._steps(column)
        self.rows = self._rows()
        self.height = max(self._bottom(column) for column in self.columns)

    @property
    def cost(self) -> float:
        """How far it is from the shape of a sheet, how much of it it takes, and how
        many columns there are that no unit heads: they are a way out, not a rule.
        """
        ends = [column for column in self.columns if not column.children]
        wide = sum(column.width + COLUMN_GAP for column in ends)
        shape = abs(math.log(wide / self.height / SHEET))
        headless = sum(column.box is None for column in ends) / len(ends)
        return shape + 0.35 * math.log(wide * self.height) + headless

    def _column(self, node: Node) -> _Column:
        column = _Column(self.boxes[node], node.depth)
        if not node.children:
            return column
        if self.boxes[node].hung_steps > self.hung:
            column.children = [self._column(child) for child in node.children]
            return column
        groups = self._groups(node)
        if len(groups) == 1:
            column.hanging = groups[0]
        else:
            column.children = [
                _Column(None, node.depth + 1, hanging=group) for group in groups
            ]
        return column

    def _groups(self, node: Node) -> list[list[Node]]:
        """The branches below a unit in columns that are about equally high."""
        heights = [self.boxes[child].hung_height for child in node.children]
        columns = max(1, math.ceil(sum(heights) / self.tallest))
        limit = sum(heights) / columns
        groups: list[list[Node]] = [[]]
        taken = 0.0
        for child, height in zip(node.children, heights, strict=True):
            if groups[-1] and taken + height / 2 > limit and len(groups) < columns:
                groups.append([])
                taken = 0.0
            groups[-1].append(child)
            taken += height
        return groups

    def _hanging_height(self, nodes: list[Node]) -> float:
        return sum(self.boxes[node].hung_height for node in nodes)

    def _steps(self, column: _Column) -> int:
        """How many steps from the edge of a column its deepest box stands."""
        return 1 + max(self.boxes[node].hung_steps for node in column.hanging)

    def _rows(self) -> list[float]:
        """The upper edge of each row of heads."""
        heights = [0.0] * (max(column.row for column in self.columns) + 1)
        for column in self.columns:
            if column.box:
                heights[column.row] = max(heights[column.row], column.box.height)
        edges = [0.0]
        for height in heights[:-1]:
            edges.append(edges[-1] + height + ROW_GAP)
        return edges

    def _bottom(self, column: _Column) -> float:
        edge = self.rows[column.row]
        if column.box:
            edge += column.box.height + (HANGING_GAP if column.hanging else 0)
        return edge + self._hanging_height(column.hanging)

    def placed(self) -> Layout:
        """Solve where the columns stand and put everything in its place."""
        self._solve()
        layout = Layout(list(self.boxes.values()))
        for column in self.columns:
            self._place(column, layout.lines)
        for column in self.columns:
            _join(column, self.rows, layout.lines)
        _move_to_margin(layout)
        return layout

    def _solve(self) -> None:
        solver = Solver()
        edges = {column: Variable() for column in self.columns}
        for row in self._columns_by_row():
            for left, right in pairwise(row):
                beside = edges[left] + left.width + COLUMN_GAP
                solver.addConstraint(edges[right] >= beside)
                solver.addConstraint((edges[right] == beside) | "weak")
        for column in self.columns:
            if column.children:
                first, last = column.children[0], column.children[-1]
                # From edge to edge, as all boxes are equally wide.
                middle = (edges[first] + edges[last]) / 2
                solver.addConstraint(edges[column] == middle)
        solver.addConstraint(edges[self.top] == 0)
        solver.updateVariables()
        for column, edge in edges.items():
            column.x = edge.value()

    def _columns_by_row(self) -> list[list[_Column]]:
        """The columns that each row meets, from left to right; hanging ones go down."""
        rows: list[list[_Column]] = [[] for _row in self.rows]
        for column in self.columns:
            last = len(rows) if column.hanging else column.row + 1
            for row in rows[column.row : last]:
                row.append(column)
        return rows

    def _place(self, column: _Column, lines: list[Line]) -> None:
        y = self.rows[column.row]
        if column.box:
            column.box.x, column.box.y = column.x, y
            y += column.box.height + HANGING_GAP
        if column.hanging:
            bottom = column.box.bottom if column.box else y - ROW_GAP / 2
            self._hang(column.hanging, column.x, bottom, y, lines)

    def _hang(
        self, nodes: list[Node], x: float, start: float, y: float, lines: list[Line]
    ) -> float:
        """Hang branches beside a line that starts above them; the next free height."""
        elbow = start
        for node in nodes:
            box = self.boxes[node]
            box.x, box.y = x + INDENT, y
            y = box.bottom + HANGING_GAP
            elbow = box.y + PADDING + CODE_HEIGHT / 2
            lines.append(((x + SPINE, elbow), (box.x, elbow)))
            if node.children:
                y = self._hang(node.children, box.x, box.bottom, y, lines)
        lines.append(((x + SPINE, start), (x + SPINE, elbow)))
        return y


def _join(column: _Column, rows: list[float], lines: list[Line]) -> None:
    """The lines from a unit to what stands side by side below it."""
    if not column.children or column.box is None:
        return
    bus = rows[column.row + 1] - ROW_GAP / 2
    lines.append(((column.box.middle, column.box.bottom), (column.box.middle, bus)))
    ends = [
        child.box.middle if child.box else child.x + SPINE for child in column.children
    ]
    left, right = min(*ends, column.box.middle), max(*ends, column.box.middle)
    if left < right:
        lines.append(((left, bus), (right, bus)))
    for child, end in zip(column.children, ends, strict=True):
        if child.box:
            lines.append(((end, bus), (end, child.box.y)))


def _move_to_margin(layout: Layout) -> None:
    left = min(min(x for x, _y in line) for line in [*layout.lines, *_corners(layout)])
    for box in layout.boxes:
        box.x += MARGIN - left
        box.y += MARGIN
    layout.lines = [
        tuple((x + MARGIN - left, y + MARGIN) for x, y in line) for line in layout.lines
    ]
    layout.width = max(box.x + box.width for box in layout.boxes) + MARGIN
    # The mark of what is folded stands on the lower edge.
    layout.height = max(box.bottom for box in layout.boxes) + MARGIN + HANGING_GAP / 2


def _corners(layout: Layout) -> list[Line]:
    return [((box.x, box.y),) for box in layout.boxes]
