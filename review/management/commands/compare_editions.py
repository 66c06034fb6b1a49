"""Compare two editions of a manual; see DESIGN, section 8."""

from django.core.management.base import BaseCommand

from exchange.commandline import (
    add_file_arguments,
    demand_format,
    edition_named,
    refusals_as_errors,
    write_output,
)
from manuals.permissions import OPERATOR
from review.compare.editions import RENDERERS, comparison_file


class Command(BaseCommand):
    help = "Compara dos ediciones de un manual."

    def add_arguments(self, parser):
        parser.add_argument("manual", metavar="MANUAL", help="Manual (dirección).")
        parser.add_argument("old", metavar="OLD", help="Edición anterior.")
        parser.add_argument("new", metavar="NEW", help="Edición nueva.")
        add_file_arguments(parser, RENDERERS)

    def handle(self, *, manual, old, new, **options):
        name = options["format"]
        demand_format(name, RENDERERS)
        with refusals_as_errors():
            content = comparison_file(
                old=edition_named(manual, old),
                new=edition_named(manual, new),
                format=name,
                user=OPERATOR,
            )
            write_output(content, options["output"])
