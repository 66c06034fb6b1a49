"""Load the demonstration manual; a second run changes nothing."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from exchange.commandline import refusals_as_errors
from exchange.demo import load_demo


class Command(BaseCommand):
    help = "Carga el manual de demostración."

    def handle(self, **options):
        with refusals_as_errors():
            written = load_demo()
        for edition in written:
            self.stdout.write(_("Se cargó %(edition)s.") % {"edition": edition})
        if not written:
            self.stdout.write(_("El manual de demostración ya estaba cargado."))
