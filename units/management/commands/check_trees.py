"""Find trees whose columns disagree with parent and position; ``--fix`` repairs."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from units.trees import broken_trees, repair_tree


class Command(BaseCommand):
    help = "Comprueba los árboles de unidades; con --fix los repara."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix", action="store_true", help="Repara los árboles dañados."
        )

    def handle(self, *, fix, **options):
        broken = broken_trees()
        for edition, problems in broken:
            self.stdout.write(str(edition))
            for problem in problems:
                self.stdout.write(f"  {problem}")
        if broken and fix:
            for edition, _problems in broken:
                repair_tree(edition=edition)
            broken = broken_trees()
            self.stdout.write(
                _("Quedan árboles dañados: %(count)d.") % {"count": len(broken)}
                if broken
                else _("Los árboles se repararon.")
            )
        elif not broken:
            self.stdout.write(_("Todos los árboles están en orden."))
        if broken:
            raise SystemExit(1)
