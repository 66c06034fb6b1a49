"""Export an edition; see DESIGN, section 8."""

from django.core.management.base import BaseCommand

from exchange.commandline import (
    demand_format,
    edition_named,
    refusals_as_errors,
    write_output,
)
from exchange.exporters import EXPORTERS
from exchange.services import export_edition
from manuals.permissions import OPERATOR


class Command(BaseCommand):
    help = "Exporta una edición de un manual."

    def add_arguments(self, parser):
        parser.add_argument("manual", metavar="MANUAL", help="Manual (dirección).")
        parser.add_argument("edition", metavar="EDITION", help="Edición.")
        parser.add_argument(
            "--format",
            required=True,
            help="Formato: {}.".format(", ".join(sorted(EXPORTERS))),
        )
        parser.add_argument("--unit", metavar="CODE", help="Solo esta unidad.")
        parser.add_argument(
            "--output", required=True, metavar="FILE", help="Archivo, o - ."
        )

    def handle(self, *, manual, edition, unit, **options):
        name = options["format"]
        demand_format(name, EXPORTERS)
        with refusals_as_errors():
            content = export_edition(
                edition=edition_named(manual, edition),
                format=name,
                unit_code=unit,
                user=OPERATOR,
            )
            write_output(content, options["output"])
