"""What some tests need: real manuals, Chromium, Node.js, PostgreSQL.

Plain functions, for TestCase classes and for functions alike. What is missing skips the
test with its reason; named in REQUIRE (comma separated: manuals, chromium, node,
postgres) it fails instead. tests/conftest.py prints at the end which of them ran.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NoReturn
from unittest import SkipTest

from django.db import connection

MANUALS = "manuals"
CHROMIUM = "chromium"
NODE = "node"
POSTGRES = "postgres"
REQUIREMENTS = (MANUALS, CHROMIUM, NODE, POSTGRES)

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)

# The requirements met and missed since tests/conftest.py last emptied this.
used: dict[str, str] = {}


def required() -> set[str]:
    """The requirements named in REQUIRE; ValueError for an unknown one."""
    names = {name.strip() for name in os.environ.get("REQUIRE", "").split(",")} - {""}
    unknown = names - set(REQUIREMENTS)
    if unknown:
        raise ValueError(f"REQUIRE names the unknown {', '.join(sorted(unknown))}.")
    return names


def skip_or_fail(requirement: str, reason: str) -> NoReturn:
    """Skip the test because of the reason; fail it where REQUIRE says so."""
    used[requirement] = f"skipped: {reason}"
    if requirement in required():
        raise AssertionError(f"REQUIRE={requirement}, but {reason}")
    raise SkipTest(reason)


def manuals_folder() -> Path:
    """The folder of the real manuals, which tests/conftest.py names."""
    folder = os.environ.get("MANUALS_DIR")
    if not folder:
        skip_or_fail(MANUALS, "MANUALS_DIR does not say where the real manuals are")
    if not Path(folder).is_dir():
        skip_or_fail(MANUALS, f"the real manuals are not at {folder} (MANUALS_DIR)")
    used[MANUALS] = f"ran on {folder}"
    return Path(folder)


def real_manual_path(number: str) -> Path:
    """The real manual whose file name begins with the number, such as "002"."""
    folder = manuals_folder()
    found = sorted(folder.glob(f"{number}_*.txt"))
    if not found:
        skip_or_fail(MANUALS, f"{folder} holds no manual {number}_*.txt")
    return found[0]


def chromium_options() -> dict[str, Any]:
    """Arguments for playwright's chromium.launch(), with the system's browser.

    The environment variable CHROMIUM names one that is not on the PATH.
    """
    candidates = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    path = next(filter(None, (shutil.which(name) for name in candidates if name)), None)
    if path is None:
        skip_or_fail(CHROMIUM, "no Chromium was found on the PATH or in CHROMIUM")
    used[CHROMIUM] = f"ran with {path}"
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # Chromium refuses its sandbox to root, as in containers.
    return {"executable_path": path, "args": ["--no-sandbox"] if as_root else []}


def installed_node(sources: Path) -> Path:
    """The folder node_modules of a package-lock.json, installed once for each.

    ``sources`` has package.json and package-lock.json. NODE_PACKAGES names where what
    is installed is kept; the folder of temporary files unless it is set.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        skip_or_fail(NODE, "node and npm are not on the PATH")
    lock = sources / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    kept = Path(os.environ.get("NODE_PACKAGES") or tempfile.gettempdir())
    # Of this person alone: others may not put programs in its place.
    owner = os.getuid() if hasattr(os, "getuid") else "me"
    target = kept / f"manual_org-node-{owner}-{digest}"
    if not (target / "node_modules").is_dir():
        _install_node_packages(npm, sources, target)
    if hasattr(os, "getuid") and target.stat().st_uid != os.getuid():
        raise AssertionError(f"{target} belongs to somebody else")
    used[NODE] = f"ran with {node}"
    return target / "node_modules"


def _install_node_packages(npm: str, sources: Path, target: Path) -> None:
    """All or nothing: another process may be at the same."""
    made = Path(tempfile.mkdtemp(dir=_folder(target.parent)))
    for name in ("package.json", "package-lock.json"):
        shutil.copy(sources / name, made)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=made,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        shutil.rmtree(made)
        said = done.stderr.strip()[-1000:]
        skip_or_fail(NODE, f"npm could not install {sources.name}: {said}")
    try:
        made.rename(target)
    except OSError:
        shutil.rmtree(made)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def require_postgres() -> None:
    """For tests of what only PostgreSQL does."""
    if connection.vendor != "postgresql":
        skip_or_fail(POSTGRES, "DATABASE_URL does not point at PostgreSQL")
    used[POSTGRES] = "ran"


def require_sqlite() -> None:
    """For tests of what only SQLite does; the run on SQLite covers them."""
    if connection.vendor != "sqlite":
        raise SkipTest("DATABASE_URL does not point at SQLite")
