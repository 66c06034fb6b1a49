"""Stored editions compared: real ones, edited ones, and who may see the result."""

from datetime import date
from random import Random

from django.test import TestCase

from exchange.reading import read_document
from exchange.services import duplicate_edition, import_edition
from functions.lists import listed, save_function_list
from manuals.exceptions import NotAllowed
from manuals.models import Edition
from manuals.permissions import OPERATOR
from manuals.services import change_chapter, change_edition, create_chapter
from review.compare import apply, compare
from review.compare.editions import change_reasons, compare_editions, comparison_file
from review.compare.summary import summary
from review.models import ChangeNote
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_user,
)
from tests.support import real_manual_path
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit


class RealEditionsTests(TestCase):
    """The whole manual against the draft that the two later fragments make of it."""

    @classmethod
    def setUpTestData(cls):
        for number, options in (
            ("002", {"label": "2021"}),
            ("003", {"label": "2024", "base_label": "2021"}),
            ("000", {"label": "2024", "base_label": "2021"}),
        ):
            path = real_manual_path(number)
            import_edition(
                data=path.read_bytes(),
                name=path.name,
                user=OPERATOR,
                manual_slug="dir",
                **options,
            )
        cls.old = Edition.objects.get(manual__slug="dir", label="2021")
        cls.new = Edition.objects.get(manual__slug="dir", label="2024")

    def setUp(self):
        self.comparison = compare_editions(old=self.old, new=self.new, user=OPERATOR)

    def test_the_functions_of_both_units_are_aligned_in_order(self):
        found = {}
        for unit in self.comparison.units:
            modified = [one for one in unit.functions if one.modified]
            if modified:
                found[unit.new.code] = (
                    len(unit.functions),
                    len(modified),
                    sum(one.only_cosmetic for one in modified),
                )
                for number, one in enumerate(unit.functions, 1):
                    self.assertEqual((one.old.number, one.new.number), (number, number))
        self.assertEqual(found, {"7.4": (22, 11, 3), "7.4.3.2": (37, 13, 9)})

    def test_nothing_else_differs_but_codes(self):
        counts = summary(self.comparison)
        self.assertEqual(
            {name: count for name, count in counts["units"].items() if count},
            {"total": {"old": 97, "new": 97}, "renumbered": 97, "differing": 2},
        )
        self.assertEqual(
            {unit.renumbering for unit in self.comparison.units}, {"chapter"}
        )
        functions = counts["functions"]
        self.assertEqual(functions["total"], {"old": 1960, "new": 1960})
        self.assertEqual(functions["reworded"] + functions["same"], 1960)
        self.assertEqual(functions["modified"], 24)
        self.assertEqual(functions["modified_by_weight"]["cosmetic"], 12)
        self.assertEqual(counts["items"]["reworded"] + counts["items"]["same"], 215)
        self.assertEqual(self.comparison.successions, [])

    def test_the_chapters_exchange_their_numbers(self):
        self.assertEqual(
            [
                (one.new.number, one.old.number, one.changes)
                for one in self.comparison.chapters
            ],
            [(number, number, ["same"]) for number in range(1, 7)]
            + [(7, 8, ["renumbered"]), (8, 7, ["renumbered"])],
        )
        charts = self.comparison.chapters[7].charts
        self.assertEqual([chart.change for chart in charts], ["renumbered"] * 6)

    def test_what_is_said_of_the_edition(self):
        self.assertEqual(
            set(self.comparison.edition), {"label", "functions_chapter", "sources"}
        )

    def test_applying_it_gives_the_draft(self):
        self.assertEqual(
            apply(read_document(self.old), self.comparison), read_document(self.new)
        )


class EditedDraftTests(TestCase):
    """A draft edited through the services, compared with the edition it came from."""

    # 8.1 > 8.2 > 8.2.1, 8.2.2; 8.1 > 8.3 > 8.3.1

    @classmethod
    def setUpTestData(cls):
        cls.old = make_edition("2021")
        units = make_tree("8.1 8.2 8.2.1 8.2.2 8.3 8.3.1", cls.old)
        for unit in units.values():
            for number in range(4):
                one = make_function(unit, f"Atender el asunto {number} con las áreas:")
                make_function(unit, f"inciso de {unit.code};", parent=one)
        create_chapter(
            edition=cls.old,
            number=1,
            title="Introducción",
            kind="text",
            body="Uno.\n\nDos.",
            user=OPERATOR,
            reason=REASON,
        )
        authorise(cls.old)
        cls.new = duplicate_edition(
            edition=cls.old, label="2024", user=OPERATOR, reason=REASON
        )

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(edition=self.new, code=code)

    def check(self):
        old, new = (
            read_document(Edition.objects.get(pk=edition.pk))
            for edition in (self.old, self.new)
        )
        comparison = compare(old, new)
        self.assertEqual(apply(old, comparison), new)
        return comparison

    def test_a_duplicate_differs_in_its_own_data_only(self):
        comparison = self.check()
        self.assertEqual(
            {name for unit in comparison.units for name in unit.changes}, {"same"}
        )
        self.assertLessEqual(
            set(comparison.edition), {"label", "status", "effective_from"}
        )

    def test_random_edits_through_the_services_are_all_accounted_for(self):
        dice = Random(31)  # noqa: S311 - the same edits every time
        said = {"user": OPERATOR, "reason": REASON}
        for _ in range(25):
            units = list(Unit.objects.filter(edition=self.new).order_by("code"))
            unit = dice.choice(units)
            below = dice.choice(units[1:]) if len(units) > 1 else unit
            edit = dice.randrange(6)
            if edit == 0:
                change_unit(unit=unit, name=f"{unit.kind} {dice.randrange(9)}", **said)
            elif edit == 1:
                create_unit(
                    edition=self.new,
                    parent=unit,
                    name=f"División {dice.randrange(99)}",
                    kind=unit.kind,
                    **said,
                )
            elif edit == 2 and below.parent and not below.get_children():
                delete_unit(unit=below, **said)
            elif edit == 3 and below.parent:
                targets = [
                    one
                    for one in units
                    if one != below and not one.is_descendant_of(below)
                ]
                move_unit(unit=below, target=dice.choice(targets), position=1, **said)
            elif edit == 4:
                rows = [row for row in listed(unit) if row.level == 0]
                dice.shuffle(rows)
                for row in rows[:1]:
                    row.text = f"Resolver el asunto {dice.randrange(9)}."
                save_function_list(unit=unit, rows=rows[: dice.randrange(5)], **said)
            else:
                chapter = self.new.chapters.get(number=1)
                body = f"{chapter.body}\n\nPárrafo {dice.randrange(9)}."
                change_chapter(chapter=chapter, body=body, **said)
            self.check()
        change_edition(edition=self.new, authorised_by="Luz Ríos", **said)
        self.assertIn("authorised_by", self.check().edition)

    def test_change_notes_of_the_way_explain_units(self):
        key, other = self.unit("8.2").key, self.unit("8.3").key

        def note(edition, unit, **fields):
            ChangeNote.objects.create(edition=edition, unit_key=unit, **fields)

        note(self.new, key, text="Reforma de 2023.")
        authorise(self.new, date(2024, 3, 1))
        later = duplicate_edition(
            edition=self.new, label="2025", user=OPERATOR, reason=REASON
        )
        note(later, key, text="Reforma de 2025.")
        note(later, other, minor=True)
        self.assertEqual(
            change_reasons(self.old, later),
            {key: "Reforma de 2023.\nReforma de 2025.", other: "Cambio menor."},
        )
        self.assertEqual(
            change_reasons(self.new, later),
            {key: "Reforma de 2025.", other: "Cambio menor."},
        )
        self.assertEqual(change_reasons(later, self.old), {})

    def test_a_draft_is_compared_only_for_those_who_may_read_it(self):
        with self.assertRaises(NotAllowed):
            compare_editions(old=self.old, new=self.new, user=None)
        with self.assertRaises(NotAllowed):
            comparison_file(old=self.new, new=self.old, format="json", user=make_user())
        reader = make_user("lector")
        self.assertEqual(
            compare_editions(old=self.old, new=self.new, user=reader).matched, "keys"
        )

    def test_the_number_of_queries_does_not_depend_on_the_size(self):
        with self.assertNumQueries(11):
            compare_editions(old=self.old, new=self.new, user=OPERATOR)
