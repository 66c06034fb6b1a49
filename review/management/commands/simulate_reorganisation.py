"""Tell what a new structure does to the one before it; see DESIGN, section 8."""

from django.core.management.base import BaseCommand

from exchange.commandline import (
    add_file_arguments,
    demand_format,
    edition_named,
    refusals_as_errors,
    write_output,
)
from manuals.permissions import OPERATOR
from review.reorganisation.editions import RENDERERS, effect_of_edition


class Command(BaseCommand):
    help = "Dice qué efecto tiene una edición sobre la estructura de la que parte."

    def add_arguments(self, parser):
        parser.add_argument("manual", metavar="MANUAL", help="Manual (dirección).")
        parser.add_argument("edition", metavar="EDITION", help="Edición.")
        parser.add_argument(
            "--base",
            default="",
            metavar="LABEL",
            help="Edición con la que se compara (la edición de la que parte, si no "
            "se indica).",
        )
        add_file_arguments(parser, RENDERERS, default="text")

    def handle(self, *, manual, edition, base, **options):
        name = options["format"]
        demand_format(name, RENDERERS)
        with refusals_as_errors():
            effect = effect_of_edition(
                edition=edition_named(manual, edition),
                user=OPERATOR,
                base=edition_named(manual, base) if base else None,
            )
            write_output(RENDERERS[name](effect), options["output"])
