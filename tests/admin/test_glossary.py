"""The glossary in the admin: proposals with their sentences, decided one or several."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from manuals.models import GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services import Proposal, add_term, propose_terms
from tests.admin.support import AdminTestCase, form_of
from tests.factories import REASON, ManualFactory

PAE = "Procedimiento administrativo de ejecución"
UMA = "Unidad de Medida y Actualización"
BY = {"user": OPERATOR, "reason": REASON}


class GlossaryTests(AdminTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.manual = cls.draft.manual
        cls.pae, cls.uma = propose_terms(
            manual=cls.manual,
            edition=cls.closed,
            proposals=[
                Proposal("PAE", PAE, "8.2, función 1", "8.2/#f1", "… <b>(PAE)</b> …"),
                Proposal("UMA", UMA, "8.3, función 2", "8.3/#f2", "… (UMA) …"),
            ],
            **BY,
        )

    def decide(self, action, *terms, user=None, **values):
        """Choose terms in the list; then, where there is a form, send it."""
        self.client.force_login(user or self.editor)
        address = self.url("glossaryterm", "changelist")
        chosen = {
            "action": f"{action}_selected",
            "_selected_action": [term.pk for term in terms],
        }
        page = self.client.post(address, {**chosen, "index": 0})
        if not values:
            return page
        return self.client.post(
            address, {**form_of(page), **chosen, **values}, follow=True
        )

    def states(self):
        return dict(GlossaryTerm.objects.values_list("meaning", "status"))

    def test_a_term_is_added_changed_and_removed_with_a_reason(self):
        self.send(
            *("glossaryterm", "add"),
            manual=self.manual.pk,
            term="SAT",
            meaning="Servicio de Administración Tributaria",
            reason="Falta",
        )
        term = GlossaryTerm.objects.get(term="SAT")
        self.assertEqual(term.status, "accepted")
        self.assertEqual(term.history.get().history_user, self.editor)
        self.send(
            "glossaryterm", "change", term.pk, explanation="Autoridad.", reason="x"
        )
        term.refresh_from_db()
        self.assertEqual(term.explanation, "Autoridad.")
        self.send("glossaryterm", "delete", term.pk, reason="Sobra")
        self.assertFalse(GlossaryTerm.objects.filter(term="SAT").exists())

    def test_histories_tell_who_decided_also_about_what_was_removed(self):
        self.send("glossaryterm", "aceptar", self.pae.pk, reason="Correcta")
        page = self.open("glossaryterm", "history", self.pae.pk)
        self.assertContains(page, "Correcta")
        self.assertContains(page, "propuesto")
        self.send("glossaryterm", "delete", self.pae.pk, reason="Sobra")
        page = self.open("glossaryterm", "deleted")
        self.assertContains(page, f"PAE: {PAE}")

    def test_a_second_accepted_meaning_is_refused_on_the_form(self):
        add_term(manual=self.manual, term="SAT", meaning="Uno", **BY)
        response = self.send(
            *("glossaryterm", "add"),
            manual=self.manual.pk,
            term="SAT",
            meaning="Otro",
            reason="x",
        )
        self.assertIn("ya tiene un significado aceptado", self.errors(response))

    def test_the_list_shows_what_waits_first_with_its_sentence(self):
        add_term(manual=self.manual, term="AAA", meaning="Primero del abecedario", **BY)
        rival = propose_terms(
            manual=self.manual, proposals=[Proposal("AAA", "Otra cosa")], **BY
        )[0]
        add_term(manual=self.manual, term="BBB", meaning="Nada por decidir", **BY)
        page = self.open("glossaryterm", "changelist")
        terms = [row.term for row in page.context["cl"].result_list]
        self.assertEqual(terms, ["AAA", "AAA", "PAE", "UMA", "BBB"])
        self.assertContains(page, "… &lt;b&gt;(PAE)&lt;/b&gt; …")
        self.assertContains(
            page,
            '<a href="/manuales/dir/2021/8.2/#f1">2021: 8.2, función 1</a>',
            html=True,
        )
        self.assertContains(page, f"{rival.pk}/change/")
        self.assertContains(page, "Otra cosa</a> (propuesto)")

    def test_the_list_is_filtered_by_manual_and_state(self):
        add_term(manual=ManualFactory(slug="otro"), term="X1", meaning="Otro", **BY)
        for query, expected in [
            ({"manual__id__exact": self.manual.pk}, ["PAE", "UMA"]),
            ({"status__exact": "accepted"}, ["X1"]),
        ]:
            with self.subTest(query=query):
                page = self.open("glossaryterm", "changelist", **query)
                found = [row.term for row in page.context["cl"].result_list]
                self.assertEqual(found, expected)

    def test_several_proposals_are_accepted_after_seeing_their_sentences(self):
        page = self.decide("accept", self.pae, self.uma)
        self.assertContains(page, "… (UMA) …")
        self.assertContains(page, "8.2, función 1")
        self.assertEqual(set(self.states().values()), {"proposed"})
        response = self.decide("accept", self.pae, self.uma, reason="Revisadas")
        self.assertContains(response, "Se aceptaron 2 términos.")
        self.assertEqual(set(self.states().values()), {"accepted"})
        record = self.pae.history.latest("history_id")
        self.assertEqual(record.history_user, self.editor)
        self.assertEqual(record.history_change_reason, "Revisadas")

    def test_a_decision_needs_its_reason(self):
        response = self.decide("reject", self.pae, reason=" ")
        self.assertContains(response, "Indique el motivo del cambio.")
        self.assertEqual(self.states()[PAE], "proposed")

    def test_rejected_proposals_stay_out_of_sight_of_readers(self):
        response = self.decide("reject", self.pae, reason="No es de aquí")
        self.assertContains(response, "Se rechazó 1 término.")
        self.assertEqual(self.states(), {PAE: "rejected", UMA: "proposed"})

    def test_two_meanings_of_one_term_come_back_with_the_refusal(self):
        add_term(manual=self.manual, term="PAE", meaning="Otro", **BY)
        response = self.decide("accept", self.pae, self.uma, reason="x")
        self.assertContains(
            response, "solo puede tener un significado", status_code=409
        )
        self.assertEqual(self.states()[UMA], "proposed")

    def test_a_decision_about_what_changed_meanwhile_is_shown_again(self):
        page = self.decide("accept", self.pae)
        GlossaryTerm.objects.filter(pk=self.pae.pk).update(meaning="Otro")
        response = self.client.post(
            page.request["PATH_INFO"],
            {**form_of(page), "_selected_action": [self.pae.pk], "reason": "x"},
        )
        self.assertContains(response, "Otra persona guardó cambios", status_code=412)
        self.assertEqual(self.states()["Otro"], "proposed")

    def test_one_proposal_is_decided_on_its_page(self):
        response = self.send("glossaryterm", "aceptar", self.pae.pk, reason="Correcta")
        self.assertRedirects(response, self.url("glossaryterm", "changelist"))
        self.send("glossaryterm", "rechazar", self.uma.pk, reason="Sobra")
        self.assertEqual(self.states(), {PAE: "accepted", UMA: "rejected"})
        response = self.client.get(self.url("glossaryterm", "aceptar", self.pae.pk))
        self.assertRedirects(response, self.url("glossaryterm", "change", self.pae.pk))

    def test_only_editors_without_a_branch_limit_decide(self):
        for user in [self.lector, self.revisor, self.autorizador, self.branch_editor]:
            with self.subTest(user=user):
                page = self.open("glossaryterm", "changelist", user=user)
                self.assertNotContains(page, "accept_selected")
                self.decide("accept", self.pae, user=user)
                address = self.url("glossaryterm", "aceptar", self.pae.pk)
                self.assertEqual(self.client.get(address).status_code, 403)
                address = self.url("glossaryterm", "add")
                self.assertEqual(self.client.get(address).status_code, 403)
        self.assertEqual(set(self.states().values()), {"proposed"})

    def test_manuals_say_how_much_waits(self):
        add_term(manual=self.manual, term="SAT", meaning="Servicio", **BY)
        page = self.open("manual", "changelist")
        self.assertContains(page, "3 términos, 2 por decidir")

    def test_the_list_takes_the_same_queries_for_many_terms(self):
        self.open("glossaryterm", "changelist")
        with CaptureQueriesContext(connection) as few:
            self.open("glossaryterm", "changelist")
        propose_terms(
            manual=self.manual,
            edition=self.closed,
            proposals=[
                Proposal(f"T{n}", f"Número {n}", excerpt="x") for n in range(30)
            ],
            **BY,
        )
        with CaptureQueriesContext(connection) as many:
            self.open("glossaryterm", "changelist")
        self.assertEqual(len(few), len(many))
