"""Services of the glossary: who writes it, what readers see, when pages change."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase

from manuals.exceptions import NotAllowed, ReasonRequired
from manuals.models import BranchGrant, GlossaryTerm
from manuals.permissions import OPERATOR
from manuals.services import (
    Proposal,
    TermGone,
    TermTaken,
    accept_terms,
    add_term,
    change_term,
    propose_terms,
    reject_terms,
    remove_term,
)
from tests.factories import REASON, ManualFactory, authorise, make_tree, make_user

PAE = "Procedimiento administrativo de ejecución"
BY = {"user": OPERATOR, "reason": REASON}


class GlossaryTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.manual = ManualFactory()

    def add(self, term="PAE", meaning=PAE, **fields):
        return add_term(
            **{**BY, "manual": self.manual, "term": term, "meaning": meaning, **fields}
        )

    def propose(self, *pairs, **fields):
        return propose_terms(
            **{
                **BY,
                "manual": self.manual,
                "proposals": [Proposal(term, meaning) for term, meaning in pairs],
                **fields,
            }
        )

    def publication(self):
        self.manual.refresh_from_db()
        return self.manual.publication

    def states(self):
        return set(GlossaryTerm.objects.values_list("term", "meaning", "status"))


class WritingTests(GlossaryTestCase):
    def test_a_term_is_added_accepted_with_its_author_and_reason(self):
        editor = make_user("editor")
        term = self.add(" PAE ", f"  {PAE}\n", user=editor, reason="Lo piden")
        self.assertEqual(
            (term.term, term.meaning, term.status), ("PAE", PAE, "accepted")
        )
        record = term.history.get()
        self.assertEqual(record.history_user, editor)
        self.assertEqual(record.history_change_reason, "Lo piden")

    def test_a_term_has_one_accepted_meaning_and_capitals_count(self):
        self.add("PAE", PAE)
        with self.assertRaisesMessage(ValidationError, "ya tiene un significado"):
            self.add("PAE", "Programa Anual de Evaluación")
        self.add("Pae", "Otra cosa")
        self.assertEqual(GlossaryTerm.objects.accepted().count(), 2)

    def test_the_database_holds_the_rule_too(self):
        self.add("PAE", PAE)
        with self.assertRaises(IntegrityError), transaction.atomic():
            GlossaryTerm.objects.create(
                manual=self.manual, term="PAE", meaning="Otro", status="accepted"
            )

    def test_another_manual_may_mean_something_else(self):
        self.add("PAE", PAE)
        other = ManualFactory(slug="otro")
        self.add("PAE", "Programa Anual de Evaluación", manual=other)
        self.assertEqual(other.glossary.get().meaning, "Programa Anual de Evaluación")

    def test_what_explains_nothing_is_refused(self):
        for term, meaning in [("PAE", "PAE"), ("", PAE), ("PAE", ""), ("()", PAE)]:
            with self.subTest(term=term), self.assertRaises(ValidationError):
                self.add(term, meaning)

    def test_a_term_changes_and_is_removed_with_a_reason(self):
        term = self.add()
        change_term(entry=term, explanation="Del Código Fiscal.", **BY)
        term.refresh_from_db()
        self.assertEqual(term.explanation, "Del Código Fiscal.")
        with self.assertRaises(TypeError):
            change_term(entry=term, status="rejected", **BY)
        with self.assertRaises(ReasonRequired):
            remove_term(entry=term, user=OPERATOR, reason=" ")
        remove_term(entry=term, **BY)
        self.assertFalse(GlossaryTerm.objects.exists())
        with self.assertRaisesMessage(TermGone, "ya no está en el glosario"):
            change_term(entry=term, meaning="x", **BY)
        history = GlossaryTerm.history.filter(term="PAE").order_by("history_id")
        self.assertEqual(
            list(history.values_list("history_type", flat=True)), ["+", "~", "-"]
        )


class DecisionTests(GlossaryTestCase):
    def test_an_editor_accepts_several_proposals_at_once(self):
        terms = self.propose(("PAE", PAE), ("UMA", "Unidad de Medida y Actualización"))
        changed = accept_terms(terms=terms, **BY)
        self.assertEqual(len(changed), 2)
        self.assertEqual(GlossaryTerm.objects.accepted().count(), 2)
        self.assertEqual(accept_terms(terms=terms, **BY), [])

    def test_two_meanings_of_one_term_are_not_accepted_together(self):
        terms = self.propose(("PAE", PAE), ("PAE", "Programa Anual de Evaluación"))
        with self.assertRaisesMessage(TermTaken, "solo puede tener un significado"):
            accept_terms(terms=terms, **BY)
        self.assertFalse(GlossaryTerm.objects.accepted().exists())

    def test_a_second_meaning_waits_until_the_first_is_rejected(self):
        first = self.add()
        [second] = self.propose(("PAE", "Programa Anual de Evaluación"))
        with self.assertRaises(TermTaken):
            accept_terms(terms=[second], **BY)
        reject_terms(terms=[first], **BY)
        accept_terms(terms=[second], **BY)
        self.assertEqual(
            self.states(),
            {
                ("PAE", PAE, "rejected"),
                ("PAE", "Programa Anual de Evaluación", "accepted"),
            },
        )

    def test_all_or_none(self):
        self.add()
        terms = self.propose(("UMA", "Unidad de Medida"), ("PAE", "Otro"))
        with self.assertRaises(TermTaken):
            accept_terms(terms=terms, **BY)
        self.assertIn(("UMA", "Unidad de Medida", "proposed"), self.states())


class ProposalTests(GlossaryTestCase):
    def test_what_the_glossary_has_in_any_state_is_not_proposed_again(self):
        self.add()
        [rejected] = self.propose(("UMA", "Unidad de Medida"))
        reject_terms(terms=[rejected], **BY)
        self.propose(("SAT", "Servicio de Administración Tributaria"))
        again = self.propose(
            ("PAE", PAE.upper()),
            ("UMA", "unidad de medida"),
            ("SAT", "Servicio de Administracion Tributaria"),
        )
        self.assertEqual(again, [])
        self.assertEqual(GlossaryTerm.objects.count(), 3)

    def test_another_meaning_of_an_accepted_term_is_proposed(self):
        accepted = self.add()
        [other] = self.propose(("PAE", "Programa Anual de Evaluación"))
        self.assertEqual(list(other.competing()), [accepted])

    def test_what_is_not_valid_as_a_term_is_left_out(self):
        pairs = [("A" * 81, "x"), ("PAE", "PAE"), ("UMA", "x" * 501), ("PAE", PAE)]
        self.assertEqual([term.term for term in self.propose(*pairs)], ["PAE"])
        self.assertEqual(self.states(), {("PAE", PAE, "proposed")})

    def test_a_proposal_says_where_it_was_found_and_who_imported(self):
        edition = next(iter(make_tree("8.1").values())).edition
        editor = make_user("editor")
        [term] = propose_terms(
            manual=self.manual,
            edition=edition,
            proposals=[Proposal("PAE", PAE, "8.1, función 1", "8.1/#f1", "… (PAE) …")],
            user=editor,
            reason="Importación",
        )
        self.assertEqual(term.found_in, edition)
        record = term.history.get()
        self.assertEqual(record.history_user, editor)
        self.assertEqual(record.history_change_reason, "Importación")


class PublicationTests(GlossaryTestCase):
    """Pages change with the accepted terms, and with nothing else of the glossary."""

    def test_the_counter_moves_with_what_readers_see(self):
        counts = [self.publication()]
        term = self.add()
        counts.append(self.publication())
        change_term(entry=term, meaning="Otro", **BY)
        counts.append(self.publication())
        reject_terms(terms=[term], **BY)
        counts.append(self.publication())
        accept_terms(terms=[term], **BY)
        counts.append(self.publication())
        remove_term(entry=term, **BY)
        counts.append(self.publication())
        start = counts[0]
        self.assertEqual(counts, list(range(start, start + 6)))

    def test_the_counter_stays_where_readers_see_no_change(self):
        before = self.publication()
        terms = self.propose(("PAE", PAE), ("UMA", "Unidad de Medida"))
        change_term(entry=terms[0], meaning="Otro", **BY)
        reject_terms(terms=terms[:1], **BY)
        remove_term(entry=terms[1], **BY)
        self.assertEqual(self.publication(), before)

    def test_an_authorised_edition_does_not_stand_in_the_way(self):
        authorise(next(iter(make_tree("8.1").values())).edition)
        self.add()
        self.assertEqual(GlossaryTerm.objects.count(), 1)

    def test_a_manual_has_no_record_of_its_glossary_in_its_own_history(self):
        records = self.manual.history.count()
        self.add()
        self.assertEqual(self.manual.history.count(), records)


class PermissionTests(GlossaryTestCase):
    def test_only_editors_without_a_branch_limit_write_the_glossary(self):
        limited = make_user("editor")
        root = next(iter(make_tree("8.1").values()))
        BranchGrant.objects.create(user=limited, manual=self.manual, unit_key=root.key)
        [term] = self.propose(("PAE", PAE))
        for user in [limited, make_user(), *map(make_user, ("lector", "revisor"))]:
            by = {"user": user, "reason": REASON}
            for write in [
                lambda by=by: self.add("UMA", "Unidad de Medida", **by),
                lambda by=by: change_term(entry=term, meaning="x", **by),
                lambda by=by: accept_terms(terms=[term], **by),
                lambda by=by: reject_terms(terms=[term], **by),
                lambda by=by: remove_term(entry=term, **by),
                lambda by=by: self.propose(("A", "b"), **by),
            ]:
                with self.subTest(user=user), self.assertRaises(NotAllowed):
                    write()
        self.assertEqual(self.states(), {("PAE", PAE, "proposed")})
