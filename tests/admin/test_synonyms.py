"""The synonyms of the search in the admin: with a reason, by editors without limits."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from functions.models import Synonym
from functions.synonyms import add_synonym
from manuals.permissions import OPERATOR
from tests.admin.support import AdminTestCase
from tests.factories import REASON, ManualFactory

BY = {"user": OPERATOR, "reason": REASON}


class SynonymTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        Synonym.objects.all().delete()  # those that ship
        cls.manual = cls.draft.manual
        cls.entry = add_synonym(
            manual=cls.manual,
            direction="equivalent",
            term="COFEMER",
            others=["CONAMER"],
            **BY,
        )

    def test_one_is_added_changed_and_removed_with_a_reason(self):
        self.send(
            *("synonym", "add"),
            term="multa",
            others="sanción\n\n  penalización pecuniaria \n",
            direction="everyday",
            manual="",
            reason="Lo dicen así",
        )
        synonym = Synonym.objects.get(term="multa")
        self.assertEqual(synonym.others, ["sanción", "penalización pecuniaria"])
        self.assertIsNone(synonym.manual)
        record = synonym.history.get()
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Lo dicen así")
        self.send("synonym", "change", synonym.pk, others="sanción", reason="Sobra")
        synonym.refresh_from_db()
        self.assertEqual(synonym.others, ["sanción"])
        self.send("synonym", "delete", synonym.pk, reason="Sobra")
        self.assertFalse(Synonym.objects.filter(term="multa").exists())
        self.assertContains(self.open("synonym", "deleted"), "multa: sanción")

    def test_the_form_explains_itself_with_an_example(self):
        page = self.open("synonym", "add")
        self.assertContains(page, "CONAMER")
        self.assertContains(page, "Una palabra o un término por renglón.")
        page = self.open("synonym", "change", self.entry.pk)
        self.assertContains(page, "CONAMER</textarea>")

    def test_a_change_needs_its_reason_and_a_change(self):
        response = self.send(
            "synonym", "change", self.entry.pk, others="CONAMER\nComisión", reason=" "
        )
        self.assertIn("Indique el motivo del cambio.", self.errors(response))
        response = self.send("synonym", "change", self.entry.pk, reason="Nada")
        self.assertEqual(self.entry.history.count(), 1)

    def test_what_is_not_valid_comes_back_at_its_field(self):
        add = {"direction": "everyday", "manual": "", "reason": "x"}
        for values, expected in (
            ({"term": "¿?", "others": "uno"}, "Escriba letras o números."),
            ({"term": "uno", "others": " \n "}, "Este campo es"),
            ({"term": "uno", "others": "uno"}, "El término se repite a sí mismo."),
            ({"term": "uno", "others": "…"}, "Escriba letras o números."),
        ):
            with self.subTest(values):
                response = self.send("synonym", "add", **add, **values)
                self.assertIn(expected, self.errors(response))
        response = self.send(
            *("synonym", "add"),
            **add | {"direction": "equivalent", "manual": self.manual.pk},
            term="COFEMER",
            others="Otra",
        )
        self.assertIn("El término ya tiene sinónimos aquí.", self.errors(response))
        self.assertEqual(Synonym.objects.count(), 1)

    def test_somebody_elses_change_meanwhile_is_not_lost(self):
        page = self.open("synonym", "change", self.entry.pk)
        self.send("synonym", "change", self.entry.pk, others="Otra", reason="Primera")
        response = self.send(
            "synonym", "change", self.entry.pk, page=page, others="Tercera", reason="x"
        )
        self.assertIn("guardó cambios mientras tanto", self.errors(response))
        self.entry.refresh_from_db()
        self.assertEqual(self.entry.others, ["Otra"])

    def test_only_editors_without_a_branch_limit_write(self):
        for user in (
            self.lector,
            self.revisor,
            self.autorizador,
            self.branch_editor,
        ):
            with self.subTest(user=user):
                page = self.open("synonym", "changelist", user=user)
                self.assertContains(page, "COFEMER")
                for name, args in (("add", ()), ("delete", (self.entry.pk,))):
                    address = self.url("synonym", name, *args)
                    self.assertEqual(self.client.get(address).status_code, 403)
                page = self.open("synonym", "change", self.entry.pk, user=user)
                self.assertNotContains(page, "<textarea")
                address = self.url("synonym", "change", self.entry.pk)
                response = self.client.post(address, {"term": "x", "reason": "x"})
                self.assertEqual(response.status_code, 403)
        self.assertEqual(Synonym.objects.get().term, "COFEMER")

    def test_the_list_is_searched_and_filtered(self):
        add_synonym(
            manual=None, direction="everyday", term="multa", others=["sanción"], **BY
        )
        for query, expected in (
            ({}, ["COFEMER", "multa"]),
            ({"q": "conamer"}, ["COFEMER"]),
            ({"q": "multa"}, ["multa"]),
            ({"direction__exact": "everyday"}, ["multa"]),
            ({"manual__id__exact": self.manual.pk}, ["COFEMER"]),
        ):
            with self.subTest(query):
                page = self.open("synonym", "changelist", **query)
                found = [row.term for row in page.context["cl"].result_list]
                self.assertEqual(found, expected)

    def test_the_list_takes_the_same_queries_for_many(self):
        self.open("synonym", "changelist")
        with CaptureQueriesContext(connection) as few:
            self.open("synonym", "changelist")
        for number in range(20):
            manual = ManualFactory(slug=f"m{number}")
            add_synonym(
                manual=manual, direction="everyday", term="x", others=["y"], **BY
            )
        with CaptureQueriesContext(connection) as many:
            self.open("synonym", "changelist")
        self.assertEqual(len(few), len(many))
