"""What became of units and functions from edition to edition."""

import datetime
from itertools import count

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from exchange.services import duplicate_edition
from functions.models import Function
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals.models import Edition
from manuals.services import record_authorised_edition
from review.history.over_time import function_over_time, unit_over_time
from review.successions import record_succession
from tests.factories import (
    authorise,
    make_edition,
    make_function,
    make_kind,
    make_tree,
)
from tests.review.history.support import WHO
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit

_years = count(2022)


def plain(segments):
    return "".join(f"{mark}{text}" for mark, text in segments)


class OverTimeTests(TestCase):
    # 8.2   1. Uno.  a) Uno a.
    #       2. Dos.
    #       3. Tres.
    # 8.3   1. Ajena.
    @classmethod
    def setUpTestData(cls):
        units = make_tree("8.1 8.2 8.3", edition=make_edition("2021"))
        cls.first = units["8.1"].edition
        cls.key = units["8.2"].key
        one = make_function(units["8.2"], "Uno.")
        make_function(units["8.2"], "Uno a.", parent=one)
        make_function(units["8.2"], "Dos.")
        make_function(units["8.2"], "Tres.")
        make_function(units["8.3"], "Ajena.")
        authorise(cls.first, datetime.date(2021, 3, 4))

    def setUp(self):
        self.editions = [Edition.objects.get(pk=self.first.pk)]
        self.draft = self.new_draft()

    def new_draft(self):
        draft = duplicate_edition(
            edition=self.editions[-1], label=f"e{next(_years)}", **WHO
        )
        self.editions.append(draft)
        return draft

    def close(self):
        """Authorise the draft and begin the next one."""
        year = 2021 + len(self.editions)
        record_authorised_edition(
            edition=self.draft,
            effective_from=datetime.date(year, 1, 1),
            user=WHO["user"],
        )
        self.editions[-1] = Edition.objects.get(pk=self.draft.pk)
        self.draft = self.new_draft()

    def unit(self, code="8.2"):
        return Unit.objects.get(edition=self.draft, code=code)

    def function(self, text):
        return Function.objects.get(edition=self.draft, text=text)

    def stages(self, key=None):
        return unit_over_time(key or self.key, self.editions)

    def told(self, stage):
        return [(one.change, one.label, plain(one.redline)) for one in stage.functions]

    def test_an_edition_that_changes_nothing_says_so(self):
        first, same = self.stages()
        self.assertEqual((first.changes, first.total), (("new",), 3))
        self.assertEqual((same.changes, same.functions), (("same",), []))
        self.assertEqual(same.before, first)
        self.assertEqual(sum(same.counts.values()), 0)

    def test_name_level_place_code_and_objective(self):
        unit = self.unit()
        change_unit(
            unit=unit,
            name="División de Archivo",
            kind=make_kind("División"),
            objective="Guardar.",
            **WHO,
        )
        move_unit(unit=unit, target=self.unit("8.3"), **WHO)
        stage = self.stages()[-1]
        self.assertEqual(
            stage.changes, ("renamed", "kind", "moved", "renumbered", "reworded")
        )
        self.assertEqual(plain(stage.name), "-Coordinación 8.2+División de Archivo")
        self.assertEqual(plain(stage.objective), "+Guardar.")
        self.assertEqual(stage.unit.place.code, "8.2.1")
        self.assertEqual(stage.unit.parent.name, "Coordinación 8.3")

    def test_functions_new_reworded_suppressed_and_those_only_renumbered(self):
        create_function(unit=self.unit(), text="Cero.", position=1, **WHO)
        change_function(function=self.function("Dos."), text="Dos y más.", **WHO)
        delete_function(function=self.function("Tres."), **WHO)
        stage = self.stages()[-1]
        self.assertEqual(
            self.told(stage),
            [
                ("new", "1.", "+Cero."),
                ("reworded", "3.", "=Dos+ y más=."),
                ("suppressed", "3.", "-Tres."),
            ],
        )
        self.assertEqual(stage.total, 3)
        self.assertEqual(
            dict(stage.counts),
            {"renumbered": 3, "new": 1, "reworded": 1, "suppressed": 1},
        )

    def test_a_change_of_capitals_and_punctuation_is_known(self):
        change_function(function=self.function("Dos."), text="dos;", **WHO)
        change_function(function=self.function("Tres."), text="Cuatro.", **WHO)
        stage = self.stages()[-1]
        self.assertEqual([one.cosmetic for one in stage.functions], [True, False])

    def test_items_speak_for_themselves(self):
        change_function(function=self.function("Uno a."), text="Uno b.", **WHO)
        self.assertEqual(
            self.told(self.stages()[-1]), [("reworded", "1. a)", "=Uno -a+b=.")]
        )

    def test_functions_that_come_from_and_go_to_other_units(self):
        move_function(function=self.function("Ajena."), unit=self.unit(), **WHO)
        change_function(function=self.function("Ajena."), text="Propia.", **WHO)
        move_function(function=self.function("Uno."), unit=self.unit("8.3"), **WHO)
        stage = self.stages()[-1]
        self.assertEqual(
            [
                (*told, one.place.code)
                for told, one in zip(self.told(stage), stage.functions, strict=True)
            ],
            [
                ("arrived", "3.", "-Ajena+Propia=.", "8.3"),
                ("left", "1.", "=Uno.", "8.3"),
                ("left", "1. a)", "=Uno a.", "8.3"),
            ],
        )

    def test_a_suppressed_unit_is_told_once_with_where_its_functions_went(self):
        for text in ("Uno.", "Dos."):
            move_function(function=self.function(text), unit=self.unit("8.3"), **WHO)
        delete_unit(unit=self.unit(), **WHO)
        self.close()
        self.close()
        stages = self.stages()
        self.assertEqual(len(stages), 2)
        gone = stages[-1]
        self.assertEqual((gone.changes, gone.unit), (("suppressed",), None))
        self.assertEqual(
            [(place.name, number) for place, number in gone.heirs],
            [("Coordinación 8.3", 2)],
        )
        self.assertEqual((gone.counts["suppressed"], gone.functions), (1, []))

    def test_a_unit_that_returns_is_compared_with_what_it_was(self):
        unit, kind = self.unit(), self.unit().kind
        delete_unit(unit=unit, **WHO)
        self.close()
        create_unit(
            edition=self.draft,
            parent=self.unit("8.1"),
            name="Coordinación vuelta",
            kind=kind,
            key=self.key,
            **WHO,
        )
        stages = self.stages()
        self.assertEqual(
            [stage.changes[0] for stage in stages], ["new", "suppressed", "returned"]
        )
        self.assertEqual(stages[-1].changes, ("returned", "renamed", "renumbered"))
        self.assertEqual(plain(stages[-1].name), "=Coordinación -8.2+vuelta")

    def test_a_new_unit_says_only_what_came_from_others(self):
        new = create_unit(
            edition=self.draft,
            parent=self.unit("8.1"),
            name="Coordinación nueva",
            kind=self.unit().kind,
            **WHO,
        )
        create_function(unit=new, text="Propia.", **WHO)
        move_function(function=self.function("Dos."), unit=new, **WHO)
        (stage,) = self.stages(new.key)
        self.assertEqual((stage.edition, stage.total), (self.draft, 2))
        self.assertEqual(self.told(stage), [("arrived", "2.", "=Dos.")])

    def test_a_draft_is_compared_with_its_base(self):
        change_function(function=self.function("Dos."), text="Dos de 2023.", **WHO)
        self.close()
        change_function(function=self.function("Tres."), text="Tres más.", **WHO)
        late = duplicate_edition(edition=self.editions[0], label="tardia", **WHO)
        change_function(
            function=Function.objects.get(edition=late, text="Uno."),
            text="Uno más.",
            **WHO,
        )
        stages = unit_over_time(self.key, [*self.editions[:2], late])
        self.assertEqual(stages[-1].before.edition, self.editions[0])
        self.assertEqual([told[2] for told in self.told(stages[-1])], ["=Uno+ más=."])

    def test_recorded_splits_and_mergers_name_the_other_side(self):
        results = [
            create_unit(
                edition=self.draft,
                parent=self.unit("8.1"),
                name=f"Coordinación {name}",
                kind=self.unit().kind,
                **WHO,
            )
            for name in "AB"
        ]
        record_succession(
            edition=self.draft,
            kind="split",
            from_keys=[self.key],
            to_keys=[unit.key for unit in results],
            **WHO,
        )
        delete_unit(unit=self.unit(), **WHO)
        (lineage,) = self.stages()[-1].lineage
        self.assertEqual((lineage.kind, lineage.is_origin), ("split", True))
        self.assertEqual(
            [place.name for place in lineage.others],
            ["Coordinación A", "Coordinación B"],
        )
        (lineage,) = self.stages(results[0].key)[0].lineage
        self.assertEqual((lineage.kind, lineage.is_origin), ("split", False))
        self.assertEqual(
            [(place.code, place.name) for place in lineage.others],
            [("8.2", "Coordinación 8.2")],
        )
        self.assertEqual(self.stages(self.unit("8.1").key)[-1].lineage, [])

    def test_a_key_that_no_edition_has_has_no_stages(self):
        other = make_tree("8.1", edition=make_edition("otra"))["8.1"]
        self.assertEqual(self.stages(other.key), [])
        self.assertEqual(function_over_time(other.key, self.editions), [])

    # Functions

    def function_stages(self, text="Uno."):
        key = Function.objects.get(edition=self.first, text=text).key
        return function_over_time(key, self.editions)

    def test_a_function_reworded_renumbered_and_moved(self):
        function = self.function("Dos.")
        change_function(function=function, text="Dos y más.", **WHO)
        self.close()
        move_function(function=self.function("Dos y más."), position=1, **WHO)
        self.close()
        move_function(
            function=self.function("Dos y más."), unit=self.unit("8.3"), **WHO
        )
        stages = self.function_stages("Dos.")
        self.assertEqual(
            [(one.changes, one.place.code, one.label) for one in stages],
            [
                (("new",), "8.2", "2."),
                (("reworded",), "8.2", "2."),
                (("renumbered",), "8.2", "1."),
                (("moved", "renumbered"), "8.3", "2."),
            ],
        )
        self.assertEqual(plain(stages[1].redline), "=Dos+ y más=.")

    def test_a_suppressed_function_and_its_items(self):
        delete_function(function=self.function("Uno."), **WHO)
        self.close()
        stages = self.function_stages()
        self.assertEqual([one.changes[0] for one in stages], ["new", "suppressed"])
        self.assertTrue(stages[-1].is_absence)

    def test_items_of_a_function_new_reworded_moved_and_suppressed(self):
        one = self.function("Uno.")
        create_function(unit=self.unit(), text="Uno b.", parent=one, **WHO)
        inner = self.function("Uno a.")
        create_function(unit=self.unit(), text="Interior.", parent=inner, **WHO)
        change_function(function=inner, text="Uno A.", **WHO)
        stage = self.function_stages()[-1]
        self.assertEqual(
            [(item.change, item.label, item.cosmetic) for item in stage.items],
            [
                ("reworded", "1. a)", True),
                ("new", "1. a) i)", False),
                ("new", "1. b)", False),
            ],
        )
        self.close()
        move_function(
            function=self.function("Uno b."), parent=self.function("Dos."), **WHO
        )
        delete_function(function=self.function("Interior."), **WHO)
        stage = self.function_stages()[-1]
        self.assertEqual(
            [(item.change, item.label) for item in stage.items],
            [("suppressed", "1. a) i)"), ("left", "1. b)")],
        )

    def test_an_item_has_a_history_of_its_own(self):
        change_function(function=self.function("Uno a."), text="Uno z.", **WHO)
        stages = self.function_stages("Uno a.")
        self.assertEqual(
            [(one.changes, one.label) for one in stages],
            [(("new",), "1. a)"), (("reworded",), "1. a)")],
        )

    def test_the_queries_do_not_depend_on_the_number_of_editions(self):
        def queries():
            editions = list(
                Edition.objects.filter(pk__in=[e.pk for e in self.editions])
            )
            editions.sort(key=lambda one: (not one.is_closed, one.pk))
            with CaptureQueriesContext(connection) as captured:
                unit_over_time(self.key, editions)
                function_over_time(key, editions)
            return len(captured)

        key = self.function("Uno.").key
        delete_function(function=self.function("Uno a."), **WHO)
        few = queries()
        for number in range(4):
            self.close()
            create_function(unit=self.unit(), text=f"Nueva {number}.", **WHO)
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 8)
