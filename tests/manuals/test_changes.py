"""The change feed tells every write once, in its transaction, as its history says."""

import datetime

from exchange.services import duplicate_edition
from functions.lists import Listed, listed, save_function_list
from functions.models import Function
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals import changes
from manuals.history import recording
from manuals.models import Change
from manuals.services import (
    authorise_edition,
    change_chapter,
    change_edition,
    change_manual,
    create_chapter,
    create_manual,
    discard_edition,
    send_back_edition,
    submit_edition,
    withdraw_edition,
)
from review.notes import write_note
from review.undo.services import undo_save
from tests.factories import (
    OPERATOR,
    REASON,
    authorise,
    make_edition,
    make_user,
)
from tests.manuals.telling import WHO, ToldTestCase
from units.models import Unit
from units.services import change_unit, create_unit, delete_unit, move_unit, rekey_unit

DAY = datetime.date(2024, 1, 1)


class ContentTests(ToldTestCase):
    def test_a_reworded_function_is_changed(self):
        change_function(function=self.first, text="Programar.", **WHO)
        self.assertContent(functions={"changed": [self.first]})

    def test_a_function_put_between_others_renumbers_them(self):
        added = create_function(unit=self.units["8.2"], text="X.", position=2, **WHO)
        self.assertContent(
            functions={"created": [added], "renumbered": [self.second, self.third]}
        )

    def test_a_function_moves_with_its_items_and_the_rest_closes_up(self):
        move_function(function=self.second, unit=self.units["8.3"], **WHO)
        self.assertContent(
            functions={"moved": [self.second, self.item], "renumbered": [self.third]}
        )

    def test_what_hangs_from_a_deleted_function_is_deleted(self):
        delete_function(function=self.second, **WHO)
        self.assertContent(
            functions={"deleted": [self.second, self.item], "renumbered": [self.third]}
        )

    def test_a_list_saved_as_a_whole_is_one_row(self):
        rows = listed(self.units["8.2"])
        rows[0].text = "Programar."
        del rows[3]
        rows.append(Listed(0, "Nueva."))
        save_function_list(unit=self.units["8.2"], rows=rows, **WHO)
        added = self.units["8.2"].functions.get(text="Nueva.")
        self.assertContent(
            functions={
                "created": [added],
                "changed": [self.first],
                "deleted": [self.third],
            }
        )

    def test_a_save_that_changes_nothing_is_not_told(self):
        change_unit(unit=self.units["8.2"], name="Coordinación 8.2", **WHO)
        self.assertTold()

    def test_a_moved_unit_and_those_that_got_its_number(self):
        below, beside = self.units["8.2.1"], self.units["8.2.2"]
        move_unit(unit=below, target=self.units["8.3"], **WHO)
        self.assertContent(units={"moved": [below], "renumbered": [beside]})

    def test_a_deleted_unit_takes_branch_and_functions_along(self):
        gone = [self.units[code] for code in ("8.2", "8.2.1", "8.2.2")]
        functions = [self.first, self.second, self.third, self.item]
        delete_unit(unit=self.units["8.2"], **WHO)
        self.assertContent(
            units={"deleted": gone, "renumbered": [self.units["8.3"]]},
            functions={"deleted": functions},
        )

    def test_a_unit_that_takes_another_key_was_another_before(self):
        before = self.units["8.3"].key
        key = "7d0f4c1e-0000-4000-8000-000000000001"
        rekey_unit(unit=self.units["8.3"], key=key, **WHO)
        self.assertContent(units={"created": [key], "deleted": [before]})

    def test_chapters_and_notes_are_parts_too(self):
        chapter = create_chapter(
            edition=self.edition, number=2, title="Objetivos", **WHO
        )
        change_chapter(chapter=chapter, body="Uno.", **WHO)
        write_note(
            edition=self.edition,
            unit_key=self.units["8.3"].key,
            text="Cambia.",
            minor=False,
            **WHO,
        )
        self.assertEqual(
            [row.details for row in self.told()],
            [
                {"whole": False, "chapters": {"created": [2]}},
                {"whole": False, "chapters": {"changed": [2]}},
                {"whole": False, "notes": {"created": [str(self.units["8.3"].key)]}},
            ],
        )

    def test_several_services_in_one_recording_are_one_row(self):
        with recording(**WHO):
            change_function(function=self.first, text="Programar.", **WHO)
            added = create_unit(
                edition=self.edition,
                parent=self.units["8.3"],
                name="Nueva",
                kind=self.units["8.3"].kind,
                **WHO,
            )
            change_function(function=self.first, text="Planificar.", **WHO)
        self.assertContent(
            units={"created": [added]}, functions={"changed": [self.first]}
        )

    def test_what_came_and_went_in_one_save_is_not_told(self):
        with recording(**WHO):
            added = create_function(unit=self.units["8.3"], text="Fugaz.", **WHO)
            delete_function(function=added, **WHO)
        self.assertTold()

    def test_undoing_a_deletion_brings_the_same_keys_back(self):
        delete_function(function=self.first, **WHO)
        moment = self.told()[-1].at
        self.before += 1
        undo_save(edition=self.edition, moment=moment, **WHO)
        self.assertContent(
            functions={
                "created": [self.first],
                "renumbered": [self.second, self.third],
            }
        )

    def test_more_than_fit_are_told_as_a_whole(self):
        rows = [Listed(0, f"Función {number}.") for number in range(changes.LISTED)]
        save_function_list(unit=self.units["8.3"], rows=rows, **WHO)
        [row] = self.told()
        self.assertEqual(len(row.details["functions"]["created"]), changes.LISTED)
        self.before += 1
        rows.append(Listed(0, "Una más."))
        save_function_list(unit=self.units["8.2.1"], rows=rows, **WHO)
        [row] = self.told()
        self.assertEqual(row.details, {"whole": True, "parts": ["functions"]})

    def test_telling_costs_as_much_for_one_row_as_for_many(self):
        delete_unit(unit=self.units["8.2"], **WHO)
        for model, at in (
            (Function, self.first.history.first().history_date),
            (Unit, Unit.history.latest().history_date),
        ):
            with (
                self.subTest(model=model.__name__),
                self.assertNumQueries(6),  # three reads, one insert in a savepoint
            ):
                changes.tell([model], at)


class LifeCycleTests(ToldTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.editor, cls.judge = make_user("editor"), make_user("autorizador")

    def test_an_edition_from_draft_to_withdrawal(self):
        old = authorise(make_edition("2021"))
        self.before = Change.objects.count()
        submit_edition(edition=self.edition, user=self.editor)
        send_back_edition(edition=self.edition, user=self.judge, comment="Falta.")
        submit_edition(edition=self.edition, user=self.editor)
        authorise_edition(edition=self.edition, user=self.judge, effective_from=DAY)
        withdraw_edition(edition=self.edition, user=self.judge, reason=REASON, on=DAY)
        self.assertTold(
            "edition.submitted",
            "edition.sent_back",
            "edition.submitted",
            "edition.ended",
            "edition.authorised",
            "edition.withdrawn",
        )
        *_drafts, ended, authorised, withdrawn = self.told()
        self.assertEqual([row.public for row in self.told()], [False] * 3 + [True] * 3)
        self.assertEqual(
            (ended.edition, ended.details), (old, {"effective_to": "2023-12-31"})
        )
        self.assertEqual(
            authorised.details,
            {"base": None, "previous": "2021", "effective_from": "2024-01-01"},
        )
        self.assertEqual(withdrawn.details, {"withdrawn_on": "2024-01-01"})

    def test_a_withdrawn_edition_is_the_previous_one_of_the_next_day(self):
        old = authorise(make_edition("2021"))
        withdraw_edition(edition=old, user=OPERATOR, reason=REASON, on=DAY)
        authorise(self.edition, DAY)
        self.assertEqual(self.told()[-1].details["previous"], "2021")

    def test_an_end_set_by_hand_is_told(self):
        edition = authorise(make_edition("2021"))
        self.before = Change.objects.count()
        edition.effective_to = datetime.date(2022, 1, 1)
        edition.save()
        [row] = self.told()
        self.assertEqual(row.kind, "edition.ended")

    def test_data_of_a_draft_are_named(self):
        change_edition(edition=self.edition, label="2025", document_number="1", **WHO)
        [row] = self.told()
        self.assertEqual(
            (row.kind, row.edition_label, row.details),
            (
                "edition.changed",
                "2025",
                {"fields": ["document_number", "label"], "renamed_from": "2024"},
            ),
        )

    def test_a_duplicate_is_created_and_its_content_is_not_listed(self):
        duplicate_edition(edition=self.edition, label="2025", **WHO)
        [row] = self.told()
        self.assertEqual(
            (row.kind, row.edition_label, row.details),
            ("edition.created", "2025", {"base": "2024"}),
        )

    def test_a_save_in_a_new_draft_and_in_another_tells_of_each_what_it_is(self):
        with recording(**WHO):
            draft = duplicate_edition(edition=self.edition, label="2025", **WHO)
            twin = draft.functions.get(key=self.first.key)
            for function in (twin, self.first):
                change_function(function=function, text="Programar.", **WHO)
            change_edition(edition=draft, document_number="1", **WHO)
        created, content = self.told()
        self.assertEqual(
            (created.kind, created.edition_label, content.edition_label),
            ("edition.created", "2025", "2024"),
        )
        self.assertEqual(
            content.details["functions"], {"changed": [str(self.first.key)]}
        )

    def test_a_discarded_draft_keeps_its_rows(self):
        rows = list(Change.objects.filter(edition=self.edition).values_list("pk"))
        self.assertGreater(len(rows), 5)
        discard_edition(edition=self.edition, **WHO)
        self.assertTold("edition.discarded")
        kept = Change.objects.filter(edition_label="2024", edition=None)
        self.assertEqual(kept.count(), len(rows) + 1)

    def test_a_manual_is_public_with_its_first_edition(self):
        manual = create_manual(slug="otro", title="Otro", **WHO)
        change_manual(manual=manual, slug="otra", **WHO)
        edition = authorise(make_edition("2021", manual=manual))
        change_manual(manual=edition.manual, title="Otra", **WHO)
        self.assertEqual(
            [(row.kind, row.manual_slug, row.public) for row in self.told()],
            [
                ("manual.created", "otro", False),
                ("manual.changed", "otra", False),
                ("edition.created", "otra", False),
                ("edition.authorised", "otra", True),
                ("manual.changed", "otra", True),
            ],
        )
        self.assertEqual(self.told()[1].details["renamed_from"], "otro")
