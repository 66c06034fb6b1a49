"""What the commands share: refusals are one message and exit status 2."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from exchange.importers.errors import ImportRejected
from manuals.exceptions import DomainError
from manuals.models import Edition


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """Turn what services refuse into a CommandError with status 2."""
    try:
        yield
    except ImportRejected as error:
        place = _("Línea %(line)d: ") % {"line": error.line} if error.line else ""
        raise CommandError(f"{place}{error.message}", returncode=2) from None
    except ValidationError as error:
        raise CommandError(" ".join(error.messages), returncode=2) from None
    except DomainError as error:
        raise CommandError(str(error), returncode=2) from None
    except DatabaseError as error:
        raise CommandError(
            _("La base no responde o necesita «manage.py migrate»: %(problem)s")
            % {"problem": error},
            returncode=2,
        ) from None
    except OSError as error:
        raise CommandError(
            _("No se puede usar %(file)s: %(problem)s.")
            % {"file": error.filename, "problem": _problem(error)},
            returncode=2,
        ) from None


def _problem(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("no existe")
    if isinstance(error, PermissionError):
        return _("no hay permiso")
    return error.strerror or str(error)


def add_file_arguments(parser, formats: Collection[str], default: str = "") -> None:
    """``--format``, demanded unless there is a default, and ``--output``."""
    names = ", ".join(sorted(formats))
    parser.add_argument(
        "--format",
        required=not default,
        default=default or None,
        help=f"Formato: {names} ({default}, si no se indica)."
        if default
        else f"Formato: {names}.",
    )
    parser.add_argument(
        "--output",
        default="-",
        metavar="FILE",
        help="Archivo, o - para la salida estándar (así, si no se indica).",
    )


def demand_format(name: str, formats: Collection[str]) -> None:
    """Raise CommandError 2 for a format that there is not."""
    if name not in formats:
        raise CommandError(
            _("El formato «%(format)s» no está disponible.") % {"format": name},
            returncode=2,
        )


def edition_named(manual: str, label: str) -> Edition:
    """The edition of a manual by slug and label; CommandError 2 without it."""
    try:
        return Edition.objects.with_manual().get(manual__slug=manual, label=label)
    except Edition.DoesNotExist:
        raise CommandError(
            _("No existe la edición %(label)s del manual %(manual)s.")
            % {"label": label, "manual": manual},
            returncode=2,
        ) from None


def write_output(content: bytes, output: str) -> None:
    """Write to a file, whole or not at all; to standard output for ``-``."""
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    if path.is_dir():
        raise IsADirectoryError(21, _("es una carpeta"), output)
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, output) from None
