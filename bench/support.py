"""What the measurements share: a database of their own and a source to read."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "exchange" / "samples" / "dir-2021.md"


def source() -> Path:
    """The real manual where it is at hand, else the demonstration manual."""
    folder = Path(os.environ.get("MANUALS_DIR", ROOT.parent / "shared" / "manuals"))
    found = sorted(folder.glob("002_*.txt"))
    return found[0] if found else DEMO


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """An empty migrated database; yields the environment that uses it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": os.environ.get("DATABASE_URL", "")
            or f"sqlite:///{folder}/bench.sqlite3",
            "STATIC_ROOT": f"{folder}/static",
        }
        manage(environment, "migrate", "--verbosity=0")
        manage(environment, "flush", "--no-input", "--verbosity=0")
        manage(environment, "shell", "--verbosity=0", "-c", _LEVELS)
        yield environment


# The catalogue of levels comes with a migration, and flush empties it.
_LEVELS = (
    "from importlib import import_module; from django.apps import apps;"
    "import_module('units.migrations.0002_levels').create_levels(apps, None)"
)


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
    )


def engine(environment: dict[str, str]) -> str:
    return environment["DATABASE_URL"].partition(":")[0]
