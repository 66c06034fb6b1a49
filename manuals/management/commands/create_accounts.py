"""Make the first accounts of an installation, with passwords shown this once.

There is no fixed password anywhere: each account gets one at random, and who misses it
sets another with ``manage.py changepassword``.
"""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

# No letter or digit that is read as another one.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

SUPERUSER = "administrador"
# Username and the group that gives it its role.
ROLES = {"editora": "editor", "autorizador": "autorizador"}


class Command(BaseCommand):
    help = _(
        "Crea las cuentas administrador, editora y autorizador que falten y muestra "
        "sus contraseñas una sola vez."
    )

    def handle(self, **options):
        created = create_missing_accounts()
        if not created:
            self.stdout.write(_("Las cuentas ya existen; no se cambió ninguna."))
            return
        self.stdout.write(
            _("Cuentas nuevas. Anote las contraseñas: no se volverán a mostrar.")
        )
        width = max(map(len, created))
        for username, password in created.items():
            self.stdout.write(f"  {username:<{width}}  {password}")
        self.stdout.write(
            _("Para poner otra contraseña: manage.py changepassword CUENTA")
        )


@transaction.atomic
def create_missing_accounts() -> dict[str, str]:
    """Make the accounts that do not exist; their passwords by username.

    Raises CommandError when the groups of the roles are missing.
    """
    groups = {group.name: group for group in Group.objects.all()}
    if not groups.keys() >= set(ROLES.values()):
        raise CommandError(
            _("Faltan los grupos de los roles; ejecute antes manage.py migrate."),
            returncode=2,
        )
    users = get_user_model().objects
    taken = set(
        users.filter(username__in=[SUPERUSER, *ROLES]).values_list(
            "username", flat=True
        )
    )
    created = {}
    for username in (SUPERUSER, *ROLES):
        if username in taken:
            continue
        password = created[username] = make_password()
        if username == SUPERUSER:
            users.create_superuser(username, password=password)
        else:
            user = users.create_user(username, password=password, is_staff=True)
            user.groups.add(groups[ROLES[username]])
    return created


def make_password() -> str:
    """Four groups of four signs, 79 bits: can be copied by hand."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _sign in range(4)) for _group in range(4)
    )
