"""Bring an installation to where it can be tried: what script/server runs first."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from manuals.models import Manual


class Command(BaseCommand):
    help = _(
        "Actualiza la base de datos, carga el manual de demostración si no hay ningún "
        "manual y crea las cuentas que falten."
    )

    def handle(self, **options):
        call_command("migrate", verbosity=0, interactive=False, stdout=self.stdout)
        if not Manual.objects.exists():
            self.stdout.write(_("Se carga el manual de demostración…"))
            # A demonstration cut short would count as a manual and stay incomplete.
            with transaction.atomic():
                call_command("load_demo", stdout=self.stdout)
        call_command("create_accounts", stdout=self.stdout)
