"""Check the content of an edition; see DESIGN, section 8."""

from django.core.management.base import BaseCommand

from exchange.commandline import (
    add_file_arguments,
    demand_format,
    edition_named,
    refusals_as_errors,
    write_output,
)
from manuals.permissions import OPERATOR
from review.checks.editions import RENDERERS, check_edition
from review.checks.summary import blocking


class Command(BaseCommand):
    help = (
        "Revisa el contenido de una edición. Termina con 1 si hay errores sin dispensa."
    )

    def add_arguments(self, parser):
        parser.add_argument("manual", metavar="MANUAL", help="Manual (dirección).")
        parser.add_argument("edition", metavar="EDITION", help="Edición.")
        add_file_arguments(parser, RENDERERS, default="text")

    def handle(self, *, manual, edition, **options):
        name = options["format"]
        demand_format(name, RENDERERS)
        with refusals_as_errors():
            report = check_edition(
                edition=edition_named(manual, edition), user=OPERATOR
            )
            content = RENDERERS[name](report.findings, report.document)
            write_output(content, options["output"])
        if blocking(report.findings):
            raise SystemExit(1)
