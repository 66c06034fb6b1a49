"""Many texts changed at once: one moment, all or nothing, and nobody's change lost."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from functions.models import Function
from functions.search.checking import wrong
from functions.services import change_function, delete_function
from functions.texts import TextsChanged, change_texts
from manuals.exceptions import EditionClosed, NotAllowed, ReasonRequired
from manuals.models import BranchGrant
from manuals.permissions import OPERATOR
from tests.factories import (
    REASON,
    authorise,
    make_edition,
    make_function,
    make_tree,
    make_user,
)

WHO = {"user": OPERATOR, "reason": REASON}


class ChangeTextsTests(TestCase):
    # 8.2    1. Uno.  a) Uno a.  i) Uno a i.
    # 8.2.1  1. Dos.
    # 8.3    1. Tres.
    @classmethod
    def setUpTestData(cls):
        cls.units = make_tree("8.1 8.2 8.2.1 8.3", edition=make_edition("2024"))
        cls.edition = cls.units["8.1"].edition
        cls.one = make_function(cls.units["8.2"], "Uno.")
        cls.a = make_function(cls.units["8.2"], "Uno a.", parent=cls.one)
        cls.i = make_function(cls.units["8.2"], "Uno a i.", parent=cls.a)
        cls.two = make_function(cls.units["8.2.1"], "Dos.")
        cls.three = make_function(cls.units["8.3"], "Tres.")

    def change(self, texts, seen=None, **options):
        """``texts`` by function; ``seen`` where it is not what is stored."""
        stored = dict(Function.objects.values_list("pk", "text"))
        return change_texts(
            edition=self.edition,
            texts={function.pk: text for function, text in texts.items()},
            seen={
                function.pk: (seen or {}).get(function, stored.get(function.pk, ""))
                for function in texts
            },
            **{**WHO, **options},
        )

    def texts(self):
        return list(Function.objects.order_by("pk").values_list("text", flat=True))

    def test_changes_all_of_them_and_nothing_else(self):
        done = self.change({self.one: "Una.", self.i: "Una a i.", self.three: "Tría."})
        self.assertEqual(done, 3)
        self.assertEqual(self.texts(), ["Una.", "Uno a.", "Una a i.", "Dos.", "Tría."])
        again = Function.objects.get(pk=self.i.pk)
        self.assertEqual(
            (again.key, again.parent_id, again.position), (self.i.key, self.a.pk, 1)
        )

    def test_is_one_moment_of_the_history_with_one_reason(self):
        before = Function.history.count()
        editor = make_user("editor")
        self.change({self.one: "Una.", self.two: "Dúo."}, user=editor, reason=" Por… ")
        rows = Function.history.order_by("-history_id")[:2]
        self.assertEqual(Function.history.count(), before + 2)
        self.assertEqual({row.text for row in rows}, {"Una.", "Dúo."})
        self.assertEqual(
            {
                (row.history_user_id, row.history_change_reason, row.history_type)
                for row in rows
            },
            {(editor.pk, "Por…", "~")},
        )
        self.assertEqual(len({row.history_date for row in rows}), 1)

    def test_writes_no_history_where_nothing_changes(self):
        before = Function.history.count()
        self.assertEqual(self.change({self.one: " Uno. ", self.two: "Dúo."}), 1)
        self.assertEqual(Function.history.count(), before + 1)
        self.assertEqual(self.change({self.one: "Uno."}), 0)

    def test_the_search_follows(self):
        self.change({self.one: "Una palabra nueva.", self.two: "Otra distinta."})
        self.assertEqual(wrong(), [])

    def test_a_text_changed_meanwhile_is_named_and_nothing_is_saved(self):
        before = self.texts()
        with self.assertRaisesMessage(
            TextsChanged, "Otra persona cambió mientras tanto: 8.2, 1. a)."
        ) as caught:
            self.change({self.a: "Una a.", self.two: "Dúo."}, seen={self.a: "Otro."})
        self.assertEqual(caught.exception.ids, {self.a.pk})
        self.assertEqual(self.texts(), before)

    def test_a_text_deleted_meanwhile_is_told(self):
        delete_function(function=self.two, **WHO)
        self.two.pk = self.two.pk or -1
        with self.assertRaisesMessage(TextsChanged, "eliminó mientras tanto 1 de las"):
            self.change({self.one: "Una.", self.two: "Dúo."})
        self.assertEqual(self.texts()[0], "Uno.")

    def test_a_function_of_another_edition_counts_as_gone(self):
        other = make_function(
            make_tree("8.1", edition=make_edition("2030"))["8.1"], "Ajena."
        )
        with self.assertRaises(TextsChanged):
            self.change({other: "Cambiada."})

    def test_names_a_text_that_cannot_be(self):
        with self.assertRaisesMessage(
            ValidationError, "8.2.1, 1.: El texto no puede quedar vacío."
        ):
            self.change({self.one: "Una.", self.two: "  "})
        self.assertEqual(self.texts()[0], "Uno.")

    def test_blanks_are_made_even(self):
        self.change({self.one: "Una  cosa\nmás."})
        self.assertEqual(self.texts()[0], "Una cosa más.")

    def test_editors_of_a_branch_change_their_units_only(self):
        person = make_user("editor")
        BranchGrant.objects.create(
            user=person, manual=self.edition.manual, unit_key=self.units["8.2"].key
        )
        self.assertEqual(
            self.change({self.one: "Una.", self.two: "Dúo."}, user=person), 2
        )
        with self.assertRaisesMessage(NotAllowed, "esta unidad: 8.3."):
            self.change({self.one: "Un.", self.three: "Tría."}, user=person)
        self.assertEqual(self.texts()[0], "Una.")

    def test_who_does_not_edit_is_refused(self):
        for role in ("lector", "revisor", "autorizador", None):
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                self.change({self.one: "Una."}, user=make_user(role))

    def test_an_edition_that_is_no_draft_is_closed(self):
        authorise(self.edition)
        with self.assertRaises(EditionClosed):
            self.change({self.one: "Una."})

    def test_asks_for_the_reason(self):
        with self.assertRaises(ReasonRequired):
            self.change({self.one: "Una."}, reason=" ")

    def test_asks_the_database_as_often_for_many_as_for_few(self):
        for number in range(40):
            make_function(self.units["8.3"], f"Función {number}.")
        change_function(function=self.three, text="Otra.", **WHO)
        functions = list(Function.objects.all())

        def count(some):
            with CaptureQueriesContext(connection) as queries:
                self.change({one: f"{one.text} más" for one in some})
            return len(queries)

        self.assertEqual(count(functions[-5:]), count(functions[:-5]))
