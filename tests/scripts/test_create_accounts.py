"""create_accounts: three accounts with passwords of their own, shown once."""

from io import StringIO

from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import TestCase

User = get_user_model()


def create_accounts() -> str:
    out = StringIO()
    call_command("create_accounts", stdout=out)
    return out.getvalue()


def printed_passwords(output: str) -> dict[str, str]:
    indented = [line.split() for line in output.splitlines() if line.startswith("  ")]
    return dict(indented)


class CreateAccountsTests(TestCase):
    def test_the_printed_passwords_open_the_three_accounts(self):
        passwords = printed_passwords(create_accounts())
        self.assertEqual(list(passwords), ["administrador", "editora", "autorizador"])
        for username, password in passwords.items():
            user = authenticate(username=username, password=password)
            self.assertEqual(user.username, username)
            self.assertIs(user.is_staff, True)

    def test_each_account_has_its_role_and_no_more(self):
        create_accounts()
        self.assertIs(User.objects.get(username="administrador").is_superuser, True)
        for username, role in (("editora", "editor"), ("autorizador", "autorizador")):
            user = User.objects.get(username=username)
            self.assertIs(user.is_superuser, False)
            self.assertEqual([group.name for group in user.groups.all()], [role])

    def test_passwords_differ_between_accounts_and_between_installations(self):
        first = printed_passwords(create_accounts())
        User.objects.all().delete()
        second = printed_passwords(create_accounts())
        self.assertEqual(len({*first.values(), *second.values()}), 6)

    def test_existing_accounts_are_left_alone(self):
        editor = User.objects.create_user("editora", password="known", is_active=False)
        output = create_accounts()
        self.assertNotIn("editora", printed_passwords(output))
        self.assertEqual(User.objects.get(username="editora").password, editor.password)
        self.assertIs(User.objects.get(username="editora").is_active, False)

    def test_a_second_run_prints_no_password(self):
        create_accounts()
        self.assertEqual(
            create_accounts(), "Las cuentas ya existen; no se cambió ninguna.\n"
        )

    def test_without_the_groups_of_the_roles_nothing_is_created(self):
        Group.objects.all().delete()
        with self.assertRaisesMessage(CommandError, "manage.py migrate"):
            create_accounts()
        self.assertIs(User.objects.exists(), False)
