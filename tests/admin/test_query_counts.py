"""No page of the admin asks more of the database because there is more in it."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from functions.models import Function
from functions.services import write_functions
from manuals.charts import ListedChart, save_charts
from manuals.history import recording
from manuals.models import BranchGrant, Manual, Source, Transition
from manuals.permissions import OPERATOR
from manuals.services import create_chapter, discard_edition
from review.models import ChangeNote
from tests.factories import REASON, make_edition, make_kind, make_user
from units.models import Unit
from units.services import change_unit, delete_unit, write_tree

FEW, MANY = 3, 300
MOST_FUNCTIONS = 60  # more than the fullest real unit has


def fill(edition, number):
    """A root and a branch of ``number`` units in all, its top with many functions."""
    kind = make_kind()
    with recording(user=None, reason=REASON):
        rows = [(Unit(code="8.1", name="Raíz", kind=kind), None)]
        rows.append((Unit(code="8.2", name="Rama", kind=kind), "8.1"))
        rows += [
            (Unit(code=f"8.2.{n}", name=f"Unidad {n}", kind=kind), "8.2")
            for n in range(1, number - 1)
        ]
        units = write_tree(edition=edition, rows=rows)
        functions = []
        for n in range(1, min(number, MOST_FUNCTIONS) + 1):
            function = Function(unit=units["8.2"], position=n, text=f"Función {n}.")
            item = Function(unit=units["8.2"], position=1, text=f"Inciso {n}.")
            functions += [(function, None), (item, function)]
        write_functions(edition=edition, rows=functions)
    return units


class QueryCountTests(TestCase):
    """Each page is opened where there is little and where there is much."""

    @classmethod
    def setUpTestData(cls):
        cls.superuser = make_user("superuser")
        cls.editor = make_user("editor")
        cls.small, cls.large = make_edition("2023"), make_edition("2024")
        cls.units = {
            edition: fill(edition, number)
            for edition, number in ((cls.small, FEW), (cls.large, MANY))
        }
        cls.chapters = {}
        for edition, number in ((cls.small, FEW), (cls.large, 30)):
            cls.chapters[edition] = create_chapter(
                edition=edition,
                number=50,
                title="Organogramas",
                kind="charts",
                user=OPERATOR,
                reason=REASON,
            )
            save_charts(
                chapter=cls.chapters[edition],
                rows=[
                    ListedChart(f"7.{n}", "Uno", cls.units[edition]["8.1"].key)
                    for n in range(number)
                ],
                user=OPERATOR,
                reason=REASON,
            )
            for n in range(number):
                create_chapter(
                    edition=edition, number=n, title="T", user=OPERATOR, reason=REASON
                )
                Source.objects.create(edition=edition, name="a.txt", sha256=str(n))
                ChangeNote.objects.create(
                    edition=edition,
                    unit_key=list(cls.units[edition].values())[n].key
                    if n < FEW - 1
                    else Unit(name="x").key,
                    text="Por algo",
                )

    def count(self, address, user=None, **query) -> int:
        self.client.force_login(user or self.superuser)
        # What is kept for the life of the process is not part of the page.
        self.client.get(address, query)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = self.client.get(address, query)
        self.assertEqual(response.status_code, 200, address)
        self.asked = [query["sql"][:150] for query in queries]
        return len(queries)

    def url(self, name, *args):
        return reverse(f"admin:{name}", args=args)

    def assertSame(self, few, many, at_most):
        """``few`` and ``many`` are the arguments of :meth:`count`."""
        few_queries = self.count(*few[0], **few[1])
        first = self.asked
        many_queries = self.count(*many[0], **many[1])
        self.assertEqual(few_queries, many_queries, [first, self.asked])
        self.assertLessEqual(many_queries, at_most)

    def test_lists_of_an_edition(self):
        for user in (self.superuser, self.editor):
            for name, at_most in (
                ("units_unit_changelist", 16),
                ("functions_function_changelist", 12),
                ("manuals_chapter_changelist", 12),
                ("manuals_source_changelist", 12),
                ("review_changenote_changelist", 14),
            ):
                with self.subTest(page=name, user=user):
                    few, many = (
                        ([self.url(name), user], {"edicion": edition.pk})
                        for edition in (self.small, self.large)
                    )
                    self.assertSame(few, many, at_most)

    def test_search_and_filters_of_units(self):
        for query in ({"q": "unidad"}, {"kind__id__exact": make_kind().pk}):
            with self.subTest(query):
                few, many = (
                    (
                        [self.url("units_unit_changelist")],
                        {"edicion": edition.pk, **query},
                    )
                    for edition in (self.small, self.large)
                )
                self.assertSame(few, many, 17)

    def test_pages_of_a_unit(self):
        for user in (self.superuser, self.editor):
            for name, code, at_most in (
                ("units_unit_change", "8.2", 20),
                ("units_unit_delete", "8.2", 16),
                ("units_unit_mover", "8.2.1", 16),
                ("units_unit_history", "8.2", 14),
                ("units_unit_functions_history", "8.2", 14),
            ):
                with self.subTest(page=name, user=user):
                    few, many = (
                        ([self.url(name, units[code].pk), user], {})
                        for units in self.units.values()
                    )
                    self.assertSame(few, many, at_most)

    def test_a_unit_is_read_in_constant_queries_by_who_may_not_write(self):
        lector = make_user("lector")
        few, many = (
            ([self.url("units_unit_change", units["8.2"].pk), lector], {})
            for units in self.units.values()
        )
        self.assertSame(few, many, 18)

    def test_pages_of_an_edition(self):
        for name, at_most in (
            ("manuals_edition_change", 18),
            ("manuals_edition_delete", 18),
            ("manuals_edition_history", 12),
            ("manuals_edition_enviar", 10),
        ):
            with self.subTest(name):
                few, many = (
                    ([self.url(name, edition.pk)], {})
                    for edition in (self.small, self.large)
                )
                self.assertSame(few, many, at_most)
        few, many = (
            ([self.url("units_unit_add")], {"edition": edition.pk})
            for edition in (self.small, self.large)
        )
        self.assertSame(few, many, 14)

    def test_the_form_of_a_chapter_with_its_charts(self):
        few, many = (
            ([self.url("manuals_chapter_change", chapter.pk)], {})
            for chapter in self.chapters.values()
        )
        self.assertSame(few, many, 16)

    def test_long_histories(self):
        unit = self.units[self.small]["8.2.1"]
        address = self.url("units_unit_history", unit.pk)
        change_unit(unit=unit, name="Otro nombre", user=self.editor, reason="x")
        few = self.count(address)
        for number in range(40):
            person = make_user("editor")
            change_unit(unit=unit, name=f"N{number}", user=person, reason="x")
        self.assertEqual(self.count(address), few)

    def test_lists_that_grow_with_the_installation(self):
        pages = {
            "index": reverse("admin:index"),
            **{
                name: self.url(f"{name}_changelist")
                for name in (
                    "manuals_manual",
                    "manuals_edition",
                    "manuals_transition",
                    "manuals_branchgrant",
                    "units_unitkind",
                    "auth_user",
                    "auth_group",
                )
            },
        }
        units = self.units[self.small]
        delete_unit(unit=units["8.2.1"], user=OPERATOR, reason="x")
        discard_edition(edition=make_edition("2000"), user=OPERATOR, reason="x")
        for name in ("units_unit", "manuals_edition", "functions_function"):
            pages[f"{name}_deleted"] = self.url(f"{name}_deleted")
        Transition.objects.create(edition=self.small, step="created", user=self.editor)
        BranchGrant.objects.create(
            user=self.editor, manual=self.small.manual, unit_key=units["8.2"].key
        )
        few = {name: self.count(address) for name, address in pages.items()}
        for number in range(6):
            manual = Manual.objects.create(slug=f"m{number}", title=f"Manual {number}")
            edition = make_edition("2025", manual=manual)
            discard_edition(
                edition=make_edition("2000", manual=manual), user=OPERATOR, reason="x"
            )
            root = fill(edition, FEW)
            delete_unit(unit=root["8.2.1"], user=OPERATOR, reason="x")
            person = make_user("editor")
            Transition.objects.create(edition=edition, step="created", user=person)
            BranchGrant.objects.create(
                user=person, manual=manual, unit_key=root["8.2"].key
            )
            make_kind(f"Nivel {number}")
            Group.objects.create(name=f"grupo {number}")
        ContentType.objects.clear_cache()
        many = {name: self.count(address) for name, address in pages.items()}
        self.assertEqual(many, few)
