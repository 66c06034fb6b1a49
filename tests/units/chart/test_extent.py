"""Which units a chart draws."""

from tests.units.chart.support import fan, outline_from
from units.chart.extent import (
    MOST_BOXES,
    boxes_by_levels,
    extent_of,
    nodes_of,
    readable_levels,
)

SMALL = outline_from([[[], []], [[[]]], []])
TOP = SMALL.root


def drawn(top, *args, **kwargs):
    root, _lacking = nodes_of(top, extent_of(top, *args, **kwargs))
    return [node.unit.code for node in root.branch()]


def test_counts_boxes_by_levels():
    assert boxes_by_levels(TOP) == [1, 4, 7, 8]


def test_shows_as_many_levels_as_asked_for():
    assert drawn(TOP, 0) == ["1"]
    assert drawn(TOP, 1) == ["1", "1.1", "1.2", "1.3"]
    assert drawn(TOP, 99) == [unit.code for unit in SMALL]


def test_draws_only_the_branch_of_the_unit():
    assert drawn(SMALL.by_code["1.2"], 9) == ["1.2", "1.2.1", "1.2.1.1"]


def test_single_units_are_folded_and_unfolded():
    assert drawn(TOP, 1, unfolded=["1.1"]) == [
        *("1", "1.1", "1.1.1", "1.1.2", "1.2", "1.3")
    ]
    assert drawn(TOP, 3, folded=["1.2"]) == [
        *("1", "1.1", "1.1.1", "1.1.2", "1.2", "1.3")
    ]


def test_codes_of_leaves_and_of_nobody_fall_away():
    extent = extent_of(TOP, 1, folded=["1.3", "9.9"], unfolded=["<b>", "1.1"])
    assert (extent.folded, extent.unfolded) == (frozenset(), frozenset({"1.1"}))


def test_toggling_twice_is_as_before():
    extent = extent_of(TOP, 1)
    for code, depth, is_open in [("1.1", 1, False), ("1", 0, True)]:
        unit = SMALL.by_code[code]
        once = extent.toggled(unit, depth, is_open=is_open)
        assert once != extent
        assert once.toggled(unit, depth, is_open=not is_open) == extent


def test_a_folded_unit_says_how_many_it_hides():
    root, _lacking = nodes_of(TOP, extent_of(TOP, 1))
    assert [node.hidden for node in root.branch()] == [0, 2, 2, 0]


def test_without_a_choice_shows_what_can_be_read():
    assert readable_levels(TOP) == 3
    assert readable_levels(outline_from(fan(5, 5, 5)).root) == 2
    assert readable_levels(outline_from(fan(60, 5)).root) == 1


def test_never_draws_more_than_can_be_read_at_all():
    top = outline_from(fan(30, 30, 3)).root
    extent = extent_of(top, 3)
    assert (extent.levels, extent.refused) == (1, True)
    assert len(drawn(top, 3)) == 31


def test_unfolding_stops_where_the_chart_is_full():
    top = outline_from(fan(30, 30)).root
    everything = [unit.code for unit in top.children]
    root, lacking = nodes_of(top, extent_of(top, 1, unfolded=everything))
    assert lacking is True
    assert 30 < len(root.branch()) <= MOST_BOXES


def test_a_unit_that_leads_too_many_stands_alone():
    top = outline_from(fan(3000)).root
    assert drawn(top) == ["1"]
    assert drawn(top, unfolded=["1"]) == ["1"]
