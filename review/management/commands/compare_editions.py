"""Compare two editions of a manual; see DESIGN, section 8."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.commandline import edition_named, refusals_as_errors, write_output
from manuals.permissions import OPERATOR
from review.compare.editions import RENDERERS, comparison_file


class Command(BaseCommand):
    help = "Compara dos ediciones de un manual."

    def add_arguments(self, parser):
        parser.add_argument("manual", metavar="MANUAL", help="Manual (dirección).")
        parser.add_argument("old", metavar="OLD", help="Edición anterior.")
        parser.add_argument("new", metavar="NEW", help="Edición nueva.")
        parser.add_argument(
            "--format",
            required=True,
            help="Formato: {}.".format(", ".join(sorted(RENDERERS))),
        )
        parser.add_argument(
            "--output",
            default="-",
            metavar="FILE",
            help="Archivo, o - para la salida estándar (así, si no se indica).",
        )

    def handle(self, *, manual, old, new, **options):
        name = options["format"]
        if name not in RENDERERS:
            raise CommandError(
                _("El formato «%(format)s» no está disponible.") % {"format": name},
                returncode=2,
            )
        with refusals_as_errors():
            content = comparison_file(
                old=edition_named(manual, old),
                new=edition_named(manual, new),
                format=name,
                user=OPERATOR,
            )
            write_output(content, options["output"])
