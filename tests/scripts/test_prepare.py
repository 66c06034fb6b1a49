"""prepare: what script/server runs before it serves, once and again."""

from io import StringIO
from unittest import mock

from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import TestCase

from manual_org.management.commands import prepare
from manuals.models import Manual

User = get_user_model()


class PrepareTests(TestCase):
    def run_prepare(self, load_demo) -> str:
        """Run it with another load_demo, whose own tests are elsewhere."""
        out = StringIO()
        self.called = []

        def call(name, *arguments, **options):
            self.called.append(name)
            if name == "load_demo":
                return load_demo()
            return call_command(name, *arguments, **options)

        with mock.patch.object(prepare, "call_command", call):
            call_command("prepare", stdout=out)
        return out.getvalue()

    def make_manual(self):
        Manual.objects.create(slug="demo", title="Manual", institution="Instituto")

    def test_an_empty_database_gets_the_demonstration_and_the_accounts(self):
        output = self.run_prepare(self.make_manual)
        self.assertEqual(self.called, ["migrate", "load_demo", "create_accounts"])
        self.assertIn("Se carga el manual de demostración", output)
        self.assertEqual(User.objects.count(), 3)

    def test_a_database_with_a_manual_is_left_with_what_it_has(self):
        self.make_manual()
        output = self.run_prepare(self.fail)
        self.assertNotIn("load_demo", self.called)
        self.assertNotIn("demostración", output)

    def test_a_second_run_changes_nothing(self):
        self.run_prepare(self.make_manual)
        passwords = set(User.objects.values_list("password", flat=True))
        output = self.run_prepare(self.fail)
        self.assertEqual(output, "Las cuentas ya existen; no se cambió ninguna.\n")
        self.assertEqual(
            set(User.objects.values_list("password", flat=True)), passwords
        )

    def test_a_demonstration_cut_short_leaves_nothing(self):
        """Otherwise the next run would take the half of it for somebody's manual."""

        def cut_short():
            self.make_manual()
            raise CommandError("cut short")

        with self.assertRaisesMessage(CommandError, "cut short"):
            self.run_prepare(cut_short)
        self.assertIs(Manual.objects.exists(), False)
