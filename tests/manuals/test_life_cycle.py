"""From draft to authorised to withdrawn: who may take each step, and what it does."""

import datetime

from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings

from manuals.exceptions import (
    EditionClosed,
    EditionsOverlap,
    InvalidTransition,
    NotAllowed,
    ReasonRequired,
)
from manuals.models import Edition, Manual, Transition
from manuals.permissions import OPERATOR
from manuals.services import (
    authorise_edition,
    change_edition,
    change_manual,
    create_chapter,
    create_edition,
    discard_edition,
    edition_closed_by,
    record_authorised_edition,
    send_back_edition,
    submit_edition,
    withdraw_edition,
)
from tests.factories import REASON, authorise, make_edition, make_tree, make_user

DAY = datetime.date


class LifeCycleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.editor = make_user("editor")
        cls.authoriser = make_user("autorizador")

    def authorised(self):
        submit_edition(edition=self.edition, user=self.editor)
        return authorise_edition(
            edition=self.edition,
            user=self.authoriser,
            effective_from=DAY(2021, 3, 4),
            comment="Conforme",
        )

    def test_an_edition_goes_from_draft_to_authorised_by_two_people(self):
        edition = self.authorised()
        self.assertEqual(edition.status, "authorised")
        self.assertEqual(
            list(edition.transitions.values_list("step", "user_id", "comment")),
            [
                ("submitted", self.editor.pk, ""),
                ("authorised", self.authoriser.pk, "Conforme"),
            ],
        )
        row = Edition.history.latest("history_id")
        self.assertEqual(row.history_user, self.authoriser)
        self.assertEqual(row.history_change_reason, "Conforme")

    def test_authorising_makes_copies_of_pages_stale(self):
        before = Manual.objects.get().publication
        self.authorised()
        self.assertEqual(Manual.objects.get().publication, before + 1)

    def test_content_is_closed_in_review_until_sent_back(self):
        submit_edition(edition=self.edition, user=self.editor)
        change = {"edition": self.edition, "user": self.editor, "reason": REASON}
        with self.assertRaises(EditionClosed):
            change_edition(elaborated_by="Otra persona", **change)
        send_back_edition(
            edition=self.edition, user=self.authoriser, comment="Falta un capítulo"
        )
        change_edition(elaborated_by="Otra persona", **change)
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.elaborated_by, "Otra persona")

    def test_sending_back_needs_a_reason(self):
        submit_edition(edition=self.edition, user=self.editor)
        with self.assertRaises(ReasonRequired):
            send_back_edition(edition=self.edition, user=self.authoriser, comment="")

    def test_nobody_authorises_what_they_submitted_not_even_a_superuser(self):
        superuser = make_user("superuser")
        submit_edition(edition=self.edition, user=superuser)
        step = {"edition": self.edition, "effective_from": DAY(2021, 3, 4)}
        with self.assertRaises(NotAllowed):
            authorise_edition(user=superuser, **step)
        authorise_edition(user=make_user("superuser"), **step)

    def test_each_step_asks_for_its_role(self):
        steps = {
            "submit": (lambda user: submit_edition(edition=self.edition, user=user)),
            "discard": (
                lambda user: discard_edition(
                    edition=self.edition, user=user, reason=REASON
                )
            ),
            "change": (
                lambda user: change_edition(
                    edition=self.edition, user=user, reason=REASON
                )
            ),
        }
        for role in ("lector", "revisor", "autorizador", None):
            user = make_user(role)
            for name, step in steps.items():
                with self.subTest(role=role, step=name), self.assertRaises(NotAllowed):
                    step(user)
        submit_edition(edition=self.edition, user=self.editor)
        for role in ("lector", "editor", None):
            user = make_user(role)
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                send_back_edition(edition=self.edition, user=user, comment="No")
            with self.subTest(role=role), self.assertRaises(NotAllowed):
                authorise_edition(
                    edition=self.edition, user=user, effective_from=DAY(2021, 3, 4)
                )

    def test_steps_out_of_order_are_refused(self):
        with self.assertRaises(InvalidTransition):
            authorise_edition(
                edition=self.edition,
                user=self.authoriser,
                effective_from=DAY(2021, 3, 4),
            )
        with self.assertRaises(InvalidTransition):
            withdraw_edition(edition=self.edition, user=self.authoriser, reason="x")
        self.authorised()
        with self.assertRaises(InvalidTransition):
            submit_edition(edition=self.edition, user=self.editor)
        with self.assertRaises(EditionClosed):
            discard_edition(edition=self.edition, user=self.editor, reason=REASON)
        with self.assertRaises(EditionClosed):
            create_chapter(
                edition=self.edition,
                number=1,
                title="Introducción",
                user=self.editor,
                reason=REASON,
            )

    def test_authorising_closes_the_edition_in_force_the_day_before(self):
        old = self.authorised()
        new = make_edition("2024")
        self.assertEqual(
            edition_closed_by(edition=new, effective_from=DAY(2024, 4, 1)), old
        )
        submit_edition(edition=new, user=self.editor)
        authorise_edition(
            edition=new, user=self.authoriser, effective_from=DAY(2024, 4, 1)
        )
        old.refresh_from_db()
        self.assertEqual(old.effective_to, DAY(2024, 3, 31))
        self.assertEqual(old.transitions.last().step, Transition.Step.CLOSED)

    def test_a_validity_that_was_closed_is_not_closed_again(self):
        authorise(self.edition)
        new = make_edition("2024")
        authorise(new, DAY(2024, 4, 1))
        between = make_edition("2023")
        submit_edition(edition=between, user=self.editor)
        with self.assertRaises(EditionsOverlap):
            authorise_edition(
                edition=between, user=self.authoriser, effective_from=DAY(2023, 1, 1)
            )
        between.refresh_from_db()
        self.assertEqual(between.status, "review")

    def test_an_older_edition_recorded_later_ends_where_the_next_begins(self):
        authorise(make_edition("2024"), DAY(2024, 4, 1))
        old = authorise(self.edition, DAY(2021, 3, 4))
        self.assertEqual(old.effective_to, DAY(2024, 3, 31))

    def test_recording_names_all_that_is_missing(self):
        bare = make_edition(
            "2030",
            authorised_by="",
            authorised_position="",
            document_number="",
            ratified_on=None,
        )
        with self.assertRaises(ValidationError) as caught:
            record_authorised_edition(edition=bare, user=OPERATOR)
        (message,) = caught.exception.messages
        for part in ("quién autorizó", "el cargo", "número de oficio", "vigencia"):
            self.assertIn(part, message)
        with self.assertRaises(NotAllowed):
            record_authorised_edition(edition=self.edition, user=self.editor)

    def test_an_edition_withdrawn_answers_for_the_days_before(self):
        edition = self.authorised()
        withdraw_edition(
            edition=edition,
            user=self.authoriser,
            reason="Se abroga",
            on=DAY(2022, 1, 10),
        )
        in_force = Edition.objects.in_force
        self.assertEqual(in_force(DAY(2022, 1, 9)).get(), edition)
        self.assertFalse(in_force(DAY(2022, 1, 10)).exists())
        self.assertEqual(edition.transitions.last().comment, "Se abroga")

    def test_a_mistyped_year_is_refused_and_nothing_is_written(self):
        edition = self.authorised()
        with self.assertRaisesMessage(ValidationError, "El año parece equivocado"):
            withdraw_edition(
                edition=edition,
                user=self.authoriser,
                reason="Se abroga",
                on=DAY(1, 1, 1),
            )
        edition.refresh_from_db()
        self.assertEqual(edition.status, Edition.Status.AUTHORISED)
        self.assertIsNone(edition.withdrawn_on)

    def test_both_ends_of_a_validity_are_days_in_force(self):
        authorise(self.edition, DAY(2021, 3, 4))
        new = authorise(make_edition("2024"), DAY(2024, 4, 1))
        answers = {
            DAY(2021, 3, 3): None,
            DAY(2021, 3, 4): self.edition,
            DAY(2024, 3, 31): self.edition,
            DAY(2024, 4, 1): new,
        }
        for day, edition in answers.items():
            with self.subTest(day=day):
                self.assertEqual(Edition.objects.in_force(day).first(), edition)

    def test_discarding_deletes_the_draft_and_keeps_its_history(self):
        units = make_tree("8.1 8.2", edition=self.edition)
        discard_edition(edition=self.edition, user=self.editor, reason="No procede")
        self.assertFalse(Edition.objects.exists())
        gone = units["8.2"].history.model.objects.filter(history_type="-")
        self.assertEqual(gone.count(), 2)
        self.assertEqual(gone.first().history_change_reason, "No procede")

    def test_labels_are_addresses(self):
        for label in ("a", "comparar", "Dos mil", "2021/2", "año", "2021", ""):
            with self.subTest(label=label), self.assertRaises(ValidationError):
                create_edition(
                    manual=self.edition.manual,
                    label=label,
                    user=self.editor,
                    reason=REASON,
                )

    def test_changing_a_manual_makes_copies_of_its_pages_stale(self):
        manual = change_manual(
            manual=self.edition.manual,
            notice="Aviso",
            user=self.editor,
            reason=REASON,
        )
        self.assertEqual(Manual.objects.get().publication, 1)
        self.assertEqual(manual.notice, "Aviso")


class VisibilityTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.draft = make_edition("2030")
        cls.published = authorise(make_edition())

    def visible(self, user):
        return set(Edition.objects.visible_to(user).values_list("label", flat=True))

    def test_drafts_are_seen_only_by_people_with_a_role(self):
        self.assertEqual(self.visible(None), {"2021"})
        self.assertEqual(self.visible(make_user()), {"2021"})
        for role in ("lector", "editor", "revisor", "autorizador", "superuser"):
            with self.subTest(role=role):
                self.assertEqual(self.visible(make_user(role)), {"2021", "2030"})

    def test_a_manual_with_drafts_only_is_not_shown(self):
        other = make_edition("2040", manual__slug="otro", manual__title="Otro").manual
        self.assertNotIn(other, Manual.objects.visible_to(None))
        self.assertIn(other, Manual.objects.visible_to(make_user("lector")))

    @override_settings(PUBLIC_READING=False)
    def test_one_setting_closes_public_reading(self):
        self.assertEqual(self.visible(None), set())
        self.assertFalse(Manual.objects.visible_to(None).exists())
        self.assertEqual(self.visible(make_user()), {"2021"})
