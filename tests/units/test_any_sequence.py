"""Any sequence of structural changes leaves what a plain model of the tree says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from functions.models import Function
from manuals.exceptions import DomainError
from manuals.history import recording
from manuals.permissions import OPERATOR
from tests.factories import REASON, make_edition, make_function, make_kind
from units.exceptions import TreeConflict
from units.models import Unit
from units.services import (
    change_unit,
    create_unit,
    delete_unit,
    move_unit,
    renumber_edition,
    write_tree,
)
from units.trees import problems_of

BY_THE_RULE = (
    # Chapter of functions and codes in reading order, "<" and the parent's where it is
    # not the one without the last part, nor the root: whole manuals and fragments.
    (8, "8.1 8.2 8.2.1 8.2.1.1 8.2.2 8.3 8.3.1 8.4"),
    (8, "8.1"),
    (7, "7.4.2 7.4.2.1 7.4.2.1.1 7.4.2.2"),
    (None, "1.1 1.1.1 1.1.1.1 1.1.2"),
    (8, " ".join(["8.1", *(f"8.2{'.1' * depth}" for depth in range(30))])),
)
OTHERWISE = (
    (8, "8.1 8.4 8.4.7 8.2 8.2.1 8.9"),
    (8, "8.1 8.3 8.3.2 8.3.4 A.1 A.1.5"),
    (None, "X Y Y.2 Y.1 Y.1.1"),
    (8, "8.1 8.2 8.3.1<8.2 8.3 8.2.1<8.3"),  # each below the other's parent
)
POSITIONS = st.sampled_from((None, -(10**12), -1, 0, 1, 2, 3, 4, 10**12))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("create", "create", "move", "move", "move", "delete", "name")),
        st.integers(0, 40),
        st.integers(0, 40),
        POSITIONS,
    ),
    min_size=1,
    max_size=10,
)
# One transaction an example: what it costs is the database, not the drawing.
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    # Shrinking takes minutes; the printed steps are short enough to follow.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass
class Node:
    """A unit of the model, with its children in order."""

    key: UUID
    parent: Node | None
    children: list[Node] = field(default_factory=list)

    def below(self):
        yield self
        for child in self.children:
            yield from child.below()


class Model:
    """What the services should do, without a database."""

    def __init__(self, units):
        self.nodes = {}
        by_code = {}
        for code, (unit, parent_code) in units.items():
            node = Node(unit.key, by_code.get(parent_code))
            if node.parent:
                node.parent.children.append(node)
            by_code[code] = self.nodes[node.key] = node

    def create(self, key, parent, position):
        self.nodes[key] = node = Node(key, self.nodes[parent])
        self._insert(node, position)

    def move(self, key, target, position):
        node = self.nodes[key]
        node.parent.children.remove(node)
        node.parent = self.nodes[target]
        self._insert(node, position)

    def delete(self, key):
        node = self.nodes[key]
        if node.parent:
            node.parent.children.remove(node)
        for one in node.below():
            del self.nodes[one.key]

    def places(self):
        """key -> (parent's key, position)."""
        found = {}
        for node in self.nodes.values():
            siblings = node.parent.children if node.parent else [node]
            parent = node.parent.key if node.parent else None
            found[node.key] = (parent, siblings.index(node) + 1)
        return found

    def codes(self, root_code, chapter):
        """key -> code by the rule of the numbers."""
        found = {}
        for node in self.nodes.values():
            if node.parent is None:
                found[node.key] = root_code
        pending = [node for node in self.nodes.values() if node.parent is None]
        while pending:
            node = pending.pop()
            for rank, child in enumerate(node.children, 1):
                if node.parent is None and found[node.key] == f"{chapter}.1":
                    found[child.key] = f"{chapter}.{rank + 1}"
                else:
                    found[child.key] = f"{found[node.key]}.{rank}"
                pending.append(child)
        return found

    @staticmethod
    def _insert(node, position):
        siblings = node.parent.children
        if position is None:
            siblings.append(node)
        else:
            siblings.insert(max(position - 1, 0), node)


def stored(edition):
    """key -> (parent's key, position, code, name) as the database has it."""
    rows = Unit.objects.filter(edition=edition).order_by()
    return {
        key: tuple(rest)
        for key, *rest in rows.values_list(
            "key", "parent__key", "position", "code", "name"
        )
    }


def histories(edition):
    return Counter(
        Unit.history.filter(edition_id=edition.pk)
        .order_by()
        .values_list("key", "history_type", "history_id")
    )


class AnySequenceTests(TestCase):
    def begin(self, chapter, drawing):
        """An edition with these codes, written as an import does."""
        self.edition = make_edition(functions_chapter=chapter)
        self.chapter = chapter
        kind = make_kind()
        rows, root = {}, drawing.split()[0]
        for drawn in drawing.split():
            code, _sign, above = drawn.partition("<")
            above = above or code.rpartition(".")[0]
            if code == root:
                above = None
            elif above not in rows:
                above = root
            unit = Unit(
                edition=self.edition, kind=kind, code=code, name=f"Unidad {code}"
            )
            rows[code] = (unit, above)
        with recording(user=OPERATOR, reason=REASON):
            write_tree(edition=self.edition, rows=list(rows.values()))
        self.names = count(1)
        self.root_code = root
        self.model = Model(rows)

    def unit(self, key):
        return Unit.objects.select_related("edition__manual").get(
            edition=self.edition, key=key
        )

    def any_key(self, number):
        keys = list(self.model.nodes)
        return keys[number % len(keys)]

    def take(self, step, number, other, position):
        """One step, in the database and in the model; False when it is refused."""
        said = {"user": OPERATOR, "reason": REASON}
        if not self.model.nodes:
            root = create_unit(
                edition=self.edition, parent=None, name="Raíz", kind=make_kind(), **said
            )
            self.model.nodes[root.key] = Node(root.key, None)
            self.root_code = root.code
            return True
        key, target = self.any_key(number), self.any_key(other)
        unit = self.unit(key)
        try:
            if step == "create":
                created = create_unit(
                    edition=self.edition,
                    parent=unit,
                    name="Nueva",
                    kind=unit.kind,
                    position=position,
                    **said,
                )
                self.model.create(created.key, key, position)
            elif step == "move":
                move_unit(
                    unit=unit, target=self.unit(target), position=position, **said
                )
                self.model.move(key, target, position)
            elif step == "delete":
                delete_unit(unit=unit, **said)
                self.model.delete(key)
            else:
                change_unit(unit=unit, name=f"Otra {next(self.names)}", **said)
        except DomainError:
            return False
        return True

    def assertSound(self):
        self.assertEqual(problems_of(self.edition), [])
        self.assertEqual(
            {key: row[:2] for key, row in stored(self.edition).items()},
            self.model.places(),
        )

    def assertOneHistoryRowPerChange(self, before, after, written):
        expected = {}
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                expected[key] = (
                    "+" if key not in before else "-" if key not in after else "~"
                )
        self.assertEqual(
            Counter((key, kind) for key, kind, _id in written.elements()),
            Counter(expected.items()),
        )

    def run_steps(self, steps):
        for step in steps:
            before, known = stored(self.edition), histories(self.edition)
            taken = self.take(*step)
            after = stored(self.edition)
            if not taken:
                self.assertEqual(after, before)
            self.assertOneHistoryRowPerChange(
                before, after, histories(self.edition) - known
            )
            self.assertSound()

    @SETTINGS
    @given(start=st.sampled_from(BY_THE_RULE), steps=STEPS)
    def test_places_codes_and_histories_are_those_of_the_model(self, start, steps):
        self.begin(*start)
        for step in steps:
            self.run_steps([step])
            self.assertEqual(
                {key: row[2] for key, row in stored(self.edition).items()},
                self.model.codes(self.root_code, self.chapter),
            )

    @SETTINGS
    @given(start=st.sampled_from(OTHERWISE), steps=STEPS)
    def test_codes_that_a_source_printed_otherwise_break_nothing(self, start, steps):
        self.begin(*start)
        self.run_steps(steps)
        renumber_edition(edition=self.edition, user=OPERATOR, reason=REASON)
        self.assertSound()
        if self.model.nodes:
            root = Unit.objects.get(edition=self.edition, parent=None)
            self.assertEqual(
                {key: row[2] for key, row in stored(self.edition).items()},
                self.model.codes(root.code, self.chapter),
            )

    def test_a_code_that_another_unit_has_is_refused_in_words(self):
        self.begin(8, "8.1 8.2 8.3.1<8.2 8.3 8.4 8.4.1")
        units = {unit.code: unit for unit in self.edition.units.all()}
        said = {"user": OPERATOR, "reason": REASON}
        new = {"name": "Nueva", "kind": make_kind(), "edition": self.edition}
        before = stored(self.edition)
        for write in (
            lambda: create_unit(parent=units["8.3"], **new, **said),
            lambda: move_unit(unit=units["8.4.1"], target=units["8.3"], **said),
            lambda: delete_unit(unit=units["8.3"], **said),
        ):
            with self.assertRaisesMessage(TreeConflict, "8.3.1"):
                write()
            self.assertEqual(stored(self.edition), before)

    def test_a_root_takes_its_number_from_a_unit_below_it(self):
        self.begin(8, "7.1 8.1<7.1 8.1.1")
        renumber_edition(edition=self.edition, user=OPERATOR, reason=REASON)
        self.assertEqual(
            sorted(row[2] for row in stored(self.edition).values()),
            ["8.1", "8.2", "8.2.1"],
        )

    def test_codes_may_be_as_long_as_the_column_and_no_longer(self):
        root = "9" * 251
        self.begin(8, " ".join(root + end for end in ("", ".1", ".1.1", ".2", ".2.1")))
        units = {unit.code[251:]: unit for unit in self.edition.units.all()}
        said = {"user": OPERATOR, "reason": REASON}
        move_unit(unit=units[".2.1"], target=units[".1"], position=1, **said)
        before = stored(self.edition)
        self.assertIn(f"{root}.1.2", {row[2] for row in before.values()})
        with self.assertRaisesMessage(TreeConflict, "255"):
            move_unit(unit=units[".2.1"], target=units[".1.1"], **said)
        self.assertEqual(stored(self.edition), before)

    @SETTINGS
    @given(steps=STEPS)
    def test_functions_stay_with_their_unit(self, steps):
        self.begin(*BY_THE_RULE[0])
        for key in list(self.model.nodes):
            make_function(self.unit(key), f"Planear en {key}.")
        self.run_steps(steps)
        found = Function.objects.filter(edition=self.edition)
        self.assertEqual(
            set(found.values_list("text", flat=True)),
            {f"Planear en {key}." for key in found.values_list("unit__key", flat=True)},
        )
