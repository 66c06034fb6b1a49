"""Import a manual; see DESIGN, sections 6 and 8."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.commandline import refusals_as_errors, write_output
from exchange.importers import LARGEST_SOURCE
from exchange.services import import_edition, report_bytes
from manuals.permissions import OPERATOR


class Command(BaseCommand):
    help = "Importa un manual de organización como borrador."

    def add_arguments(self, parser):
        parser.add_argument("source", metavar="SOURCE", help="Archivo del manual.")
        parser.add_argument("--manual", metavar="SLUG", help="Manual al que pertenece.")
        parser.add_argument("--edition", metavar="LABEL", help="Nombre de la edición.")
        parser.add_argument(
            "--base", metavar="LABEL", help="Edición sobre la que se lee el documento."
        )
        parser.add_argument(
            "--authorised",
            action="store_true",
            help="Registra la edición como autorizada fuera del sistema.",
        )
        parser.add_argument(
            "--effective-from", metavar="DATE", help="Inicio de vigencia (AAAA-MM-DD)."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Prueba todo y no guarda nada."
        )
        parser.add_argument(
            "--report", metavar="FILE.json", help="Archivo para el informe de lectura."
        )

    def handle(self, *, source, **options):
        effective_from = _date(options["effective_from"])
        with refusals_as_errors():
            path = Path(source)
            result = import_edition(
                data=_read(path),
                name=path.name,
                user=OPERATOR,
                manual_slug=options["manual"],
                label=options["edition"],
                base_label=options["base"],
                authorised=options["authorised"],
                effective_from=effective_from,
                dry_run=options["dry_run"],
            )
            if options["report"]:
                write_output(report_bytes(result.reading), options["report"])
        self._tell(result)
        if not result.reading.report.understood and (
            result.written or options["dry_run"]
        ):
            raise SystemExit(1)

    def _tell(self, result):
        report = result.reading.report
        counts = report.counts
        if result.edition is None:
            outcome = _("Ensayo: no se guardó nada.")
        elif result.written:
            outcome = _("Se importó la edición %(edition)s.") % {
                "edition": result.edition
            }
        else:
            outcome = _("La edición %(edition)s ya contiene este documento.") % {
                "edition": result.edition
            }
        lines = [
            outcome,
            _(
                "Unidades: %(units)d · funciones: %(functions)d · incisos: %(items)d · "
                "tercer nivel: %(third_level)d · capítulos: %(chapters)d"
            )
            % counts,
            *(
                _("Línea %(line)d, corrección: «%(printed)s» se leyó «%(read)s».")
                % vars(correction)
                for correction in report.corrections
            ),
            *(
                _("Línea %(line)s, duda: %(message)s (%(text)s)")
                % {**vars(doubt), "line": doubt.line or "—"}
                for doubt in report.doubts
            ),
            *_told(report.glossary),
            _("Comprendido: %(share).2f %% de %(characters)d caracteres.")
            % {"share": report.coverage * 100, "characters": report.characters},
        ]
        self.stdout.write("\n".join(lines))


def _told(proposed):
    """What the import proposes for the glossary, in lines."""
    if not proposed:
        return []
    return [
        ngettext(
            "Glosario: se propone %(number)d término, que una persona acepta o rechaza "
            "en la administración.",
            "Glosario: se proponen %(number)d términos, que una persona acepta o "
            "rechaza en la administración.",
            len(proposed),
        )
        % {"number": len(proposed)},
        *(
            _("Línea %(line)s, término: %(term)s = %(meaning)s (%(place)s)")
            % {**vars(term), "line": term.line or "—"}
            for term in proposed
        ),
    ]


def _date(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CommandError(
            _("«%(value)s» no es una fecha AAAA-MM-DD.") % {"value": value},
            returncode=2,
        ) from None


def _read(path: Path) -> bytes:
    """The file's bytes; never more of it than the importer takes."""
    if path.is_dir():
        raise IsADirectoryError(21, _("es una carpeta"), str(path))
    with path.open("rb") as file:
        return file.read(LARGEST_SOURCE + 1)
