"""What is planned for the tree is what the services then do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_edition, make_kind
from tests.units.test_any_sequence import (
    BY_THE_RULE,
    OTHERWISE,
    SETTINGS,
    STEPS,
)
from units import planning
from units.codes import Place
from units.exceptions import TreeConflict
from units.models import Unit
from units.services import (
    create_unit,
    delete_unit,
    move_unit,
    places_of,
    renumber_edition,
    write_tree,
)

# 8.1
# ├── 8.2
# │   ├── 8.2.1
# │   └── 8.2.2
# └── 8.3
PLACES = [
    Place(1, None, 1, "8.1"),
    Place(2, 1, 1, "8.2"),
    Place(3, 2, 1, "8.2.1"),
    Place(4, 2, 2, "8.2.2"),
    Place(5, 1, 2, "8.3"),
]


def drawn(places):
    return [(place.id, place.parent, place.code) for place in places]


def test_an_insertion_names_the_new_unit_and_those_that_make_room():
    plan = planning.insertion(PLACES, parent=2, position=1, chapter=8)
    assert plan.places == {
        planning.NEW: (1, "8.2.1"),
        3: (2, "8.2.2"),
        4: (3, "8.2.3"),
    }
    assert drawn(plan.applied_to(PLACES)) == [
        (1, None, "8.1"),
        (2, 1, "8.2"),
        (planning.NEW, 2, "8.2.1"),
        (3, 2, "8.2.2"),
        (4, 2, "8.2.3"),
        (5, 1, "8.3"),
    ]


def test_a_move_takes_the_branch_along_and_closes_ranks():
    plan = planning.move(PLACES, unit=2, target=5, position=None, chapter=8)
    assert plan.parents == {2: 5}
    assert drawn(plan.applied_to(PLACES)) == [
        (1, None, "8.1"),
        (5, 1, "8.2"),
        (2, 5, "8.2.1"),
        (3, 2, "8.2.1.1"),
        (4, 2, "8.2.1.2"),
    ]


def test_a_move_to_where_it_is_changes_nothing():
    plan = planning.move(PLACES, unit=4, target=2, position=None, chapter=8)
    assert not plan
    assert plan.applied_to(PLACES) == PLACES


def test_a_deletion_names_what_goes_in_reading_order():
    plan = planning.deletion(PLACES, unit=2, chapter=8)
    assert plan.removed == (2, 3, 4)
    assert drawn(plan.applied_to(PLACES)) == [(1, None, "8.1"), (5, 1, "8.2")]


def test_the_whole_tree_goes_with_its_root():
    plan = planning.deletion(PLACES, unit=1, chapter=8)
    assert plan.applied_to(PLACES) == []


def test_renumbering_follows_the_chapter():
    plan = planning.renumbering(PLACES, chapter=7)
    assert [place.code for place in plan.applied_to(PLACES)] == [
        "7.1",
        "7.2",
        "7.2.1",
        "7.2.2",
        "7.3",
    ]


@pytest.mark.parametrize(
    ("unit", "target", "said"),
    [
        (1, 2, "La unidad raíz no se puede mover."),
        (2, 2, "Una unidad no puede depender de sí misma."),
        (2, 4, "Una unidad no puede depender de sí misma."),
    ],
)
def test_refuses_the_root_and_a_place_below_itself(unit, target, said):
    with pytest.raises(TreeConflict, match=said):
        planning.move(PLACES, unit=unit, target=target, position=1, chapter=8)


class AgreementTests(TestCase):
    """Whatever the tree: the plan first, then the service, then both compared."""

    def write(self, drawing):
        """The units of a drawing of test_any_sequence, as an import writes them."""
        rows, kind = {}, make_kind()
        for drawn in drawing.split():
            code, _sign, above = drawn.partition("<")
            above = above or code.rpartition(".")[0]
            if above not in rows:
                above = next(iter(rows), None)
            unit = Unit(edition=self.edition, kind=kind, code=code, name=code)
            rows[code] = (unit, above)
        with recording(user=OPERATOR, reason=REASON):
            write_tree(edition=self.edition, rows=list(rows.values()))

    def stored(self):
        return {
            place.id: (place.parent, place.position, place.code)
            for place in places_of(self.edition)
        }

    def agree(self, plan, do):
        """Run both; a refusal of one is a refusal of the other, with its words."""
        before = places_of(self.edition)
        said = planned = None
        try:
            planned = plan(before, self.edition.functions_chapter)
        except TreeConflict as refusal:
            said = str(refusal)
        try:
            done = do()
        except DomainError as refusal:
            self.assertEqual(said, str(refusal))
            self.assertEqual(self.stored(), {p.id: seat(p) for p in before})
            return
        self.assertIsNone(said)
        new = done.pk if planning.NEW in planned.places else None
        expected = {
            new if place.id == planning.NEW else place.id: seat(place)
            for place in planned.applied_to(before)
        }
        self.assertEqual(self.stored(), expected)
        order = Unit.objects.for_edition(self.edition).in_reading_order()
        self.assertEqual(list(order.values_list("pk", flat=True)), list(expected))

    def take(self, what, first, second, position):
        ids = sorted(place.id for place in places_of(self.edition))
        if not ids:
            return
        one, other = ids[first % len(ids)], ids[second % len(ids)]
        said = {"user": OPERATOR, "reason": REASON}
        if what == "create":
            self.agree(
                lambda places, chapter: planning.insertion(
                    places, parent=one, position=position, chapter=chapter
                ),
                lambda: create_unit(
                    edition=self.edition,
                    parent=Unit.objects.get(pk=one),
                    position=position,
                    name="Nueva",
                    kind=make_kind(),
                    **said,
                ),
            )
        elif what == "move":
            self.agree(
                lambda places, chapter: planning.move(
                    places, unit=one, target=other, position=position, chapter=chapter
                ),
                lambda: move_unit(
                    unit=Unit.objects.get(pk=one),
                    target=Unit.objects.get(pk=other),
                    position=position,
                    **said,
                ),
            )
        elif what == "delete":
            self.agree(
                lambda places, chapter: planning.deletion(
                    places, unit=one, chapter=chapter
                ),
                lambda: delete_unit(unit=Unit.objects.get(pk=one), **said),
            )
        else:
            self.agree(
                lambda places, chapter: planning.renumbering(places, chapter=chapter),
                lambda: renumber_edition(edition=self.edition, **said),
            )

    @SETTINGS
    @given(start=st.sampled_from(BY_THE_RULE + OTHERWISE), steps=STEPS)
    def test_services_do_what_was_planned(self, start, steps):
        chapter, drawing = start
        self.edition = make_edition(functions_chapter=chapter)
        self.write(drawing)
        for step in steps:
            self.take(*step)


def seat(place):
    return (place.parent, place.position, place.code)
