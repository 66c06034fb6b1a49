"""What holds for every layout, whatever the tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.units.chart.support import assert_well_laid_out, fan, outline_from
from units import chart as charts

TREES = st.recursive(
    st.just([]), lambda below: st.lists(below, max_size=6), max_leaves=60
)


def everything(tree):
    outline = outline_from(tree)
    return charts.draw(outline, outline.root, 99)


def crosses(line, box):
    (x1, y1), (x2, y2) = line
    return (
        max(x1, x2) > box.x + 1
        and min(x1, x2) < box.x + box.width - 1
        and max(y1, y2) > box.y + 1
        and min(y1, y2) < box.bottom - 1
    )


@given(TREES)
@settings(max_examples=60, deadline=None)
def test_boxes_stand_apart_and_below_their_superiors(tree):
    assert_well_laid_out(everything(tree))


@given(TREES)
@settings(max_examples=40, deadline=None)
def test_no_line_runs_through_a_box(tree):
    layout = everything(tree).layout
    for line in layout.lines:
        for box in layout.boxes:
            assert not crosses(line, box), box.unit.code


@pytest.mark.parametrize(
    "tree",
    [[], fan(1), fan(40), fan(399), fan(1, 1, 1, 1, 1, 1, 1, 1), fan(5, 3, 3, 2)],
    ids=["alone", "one", "forty", "flat", "chain", "manual"],
)
def test_shapes_of_trees_that_occur(tree):
    assert_well_laid_out(everything(tree))


def test_the_deepest_chain_that_can_be_drawn():
    tree = []
    for _level in range(charts.MOST_BOXES - 1):
        tree = [tree]
    assert_well_laid_out(everything(tree))


def test_every_unit_is_reached_by_a_line():
    chart = everything(fan(3, 3, 3))
    ends = {end for line in chart.layout.lines for end in line}
    for box in chart.layout.boxes[1:]:
        on_top = (box.middle, box.y) in ends
        on_the_side = any(x == box.x and box.y < y < box.bottom for x, y in ends)
        assert on_top or on_the_side, box.unit.code


def test_a_unit_stands_over_the_middle_of_what_stands_side_by_side_below_it():
    boxes = {box.unit.code: box for box in everything(fan(3, 3, 3)).layout.boxes}
    root, first, last = (boxes[code] for code in ("1", "1.1", "1.3"))
    assert first.y == last.y
    assert root.middle == pytest.approx((first.middle + last.middle) / 2)


def test_the_lowest_levels_hang_one_under_the_other():
    chart = everything(fan(4, 3, 3))
    boxes = {box.unit.code: box for box in chart.layout.boxes}
    assert boxes["1.1.1.1"].x == boxes["1.1.1.3"].x > boxes["1.1.1"].x


@pytest.mark.parametrize("tree", [fan(60), fan(5, 3, 3), fan(2, 25), fan(3, 8, 2)])
def test_comes_close_to_the_shape_of_a_sheet(tree):
    layout = everything(tree).layout
    assert 0.7 < layout.width / layout.height < 2.9


def test_long_names_make_higher_boxes_with_the_whole_name():
    outline = outline_from([[]])
    leaf = outline.by_code["1.1"]
    leaf.name = "Subjefatura de División de Supervisión de Procesos de Cobranza"
    box = charts.draw(outline, outline.root).layout.boxes[1]
    assert " ".join(box.name) == leaf.name
    assert box.height > charts.draw(outline, outline.root).layout.boxes[0].height
