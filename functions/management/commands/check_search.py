"""Compare the index of the search with the texts; ``--fix`` makes it anew."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from functions.search import checking


class Command(BaseCommand):
    help = "Comprueba el índice de la búsqueda; con --fix lo hace de nuevo."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix", action="store_true", help="Hace el índice de nuevo."
        )

    def handle(self, *, fix, **options):
        wrong = checking.wrong()
        for sentence in wrong:
            self.stdout.write(sentence)
        if fix:
            checking.rebuild()
            wrong = checking.wrong()
            self.stdout.write(
                _("El índice de la búsqueda sigue dañado.")
                if wrong
                else _("El índice de la búsqueda se hizo de nuevo.")
            )
        elif not wrong:
            self.stdout.write(_("El índice de la búsqueda está en orden."))
        if wrong:
            raise SystemExit(1)
