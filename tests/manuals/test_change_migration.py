"""A database of before the feed is told as if it had always had one."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from manuals import cursors, guards
from manuals.models import Change, Edition
from manuals.permissions import OPERATOR
from manuals.services import withdraw_edition
from tests.factories import REASON, ManualFactory, authorise, make_edition

migration = import_module(
    "manuals.migrations.0007_changes_before_the_feed"
).tell_editions


def told() -> list[tuple]:
    return [
        (row.at, row.kind, row.manual_slug, row.edition_label, row.details)
        for row in Change.objects.filter(public=True).order_by("cursor")
    ]


def begun() -> list[tuple]:
    rows = Change.objects.filter(kind="edition.created", edition__status="draft")
    return [(row.at, row.edition_label, row.details, row.public) for row in rows]


class PublishedEditionsTests(TransactionTestCase):
    def setUp(self):
        base = authorise(make_edition("2021"), date(2021, 3, 4))
        other = ManualFactory(slug="otro", title="Otro")
        authorise(make_edition("2020", manual=other), date(2020, 1, 1))
        new = authorise(make_edition("2024", base=base), date(2024, 4, 1))
        withdraw_edition(edition=new, user=OPERATOR, reason=REASON, on=date(2025, 1, 1))
        authorise(make_edition("2025", base=new), date(2025, 1, 1))
        make_edition("borrador", base=new)

    def migrate(self):
        with guards.lifted():
            Change.objects.all().delete()
            migration(apps, SimpleNamespace(connection=connection))
        self.assertIs(cursors.give(), True)

    def test_is_told_what_was_told_at_the_time_in_its_order(self):
        at_the_time = told()
        self.assertEqual(len(at_the_time), 6)
        self.assertEqual(at_the_time[-1][-1]["previous"], "2024")
        self.migrate()
        self.assertEqual(told(), at_the_time)
        self.assertEqual(Change.objects.count(), len(at_the_time) + 1)

    def test_a_draft_is_told_as_begun_to_who_reads_drafts(self):
        at = datetime(2026, 1, 2, 3, tzinfo=UTC)
        draft = Edition.objects.get(label="borrador")
        for step, later in (("duplicated", 0), ("imported", 1)):
            draft.transitions.create(step=step, at=at + timedelta(hours=later))
        self.migrate()
        self.assertEqual(begun(), [(at, "borrador", {"base": "2024"}, False)])

    def test_editions_without_steps_are_told_by_their_days(self):
        with guards.lifted():
            Edition.objects.get(label="2021").transitions.all().delete()
            Edition.objects.get(label="2024").transitions.all().delete()
        self.migrate()
        self.assertEqual(
            [(kind, label) for _at, kind, _slug, label, _details in told()],
            [
                ("edition.authorised", "2021"),
                ("edition.authorised", "2024"),
                ("edition.withdrawn", "2024"),
                ("edition.authorised", "2020"),
                ("edition.authorised", "2025"),
            ],
        )
