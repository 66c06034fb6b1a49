#!/usr/bin/env python
"""Run Django's commands, with the development settings unless told otherwise."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manual_org.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "No se encuentra Django en este Python. Use el entorno del proyecto:\n"
            "  .venv/bin/python manage.py ...          (Linux, macOS)\n"
            "  .venv\\Scripts\\python manage.py ...      (Windows)\n"
            "Si aún no existe, script/server lo prepara."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        # Ctrl-C is a wish, not a failure: no traceback.
        sys.exit(130)


if __name__ == "__main__":
    main()
