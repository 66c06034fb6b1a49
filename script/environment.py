"""The virtual environment of the project: made, completed and repaired as needed.

Only the standard library is used here: nothing else is installed yet. A stamp inside
the environment names the requirements it fulfils, so that the next start is quick; it
is removed before anything changes and written last, so that an installation cut short
is noticed and done again. One process at a time changes it; a pip whose script was
killed still holds the lock until it ends.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if os.name == "nt":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "manual_org.json"
LOCK = ROOT / ".venv.lock"
# What the larger list holds, the smaller one needs not install.
RUNTIME = "requirements-prod.txt"
EVERYTHING = "requirements.txt"


class EnvironmentFailed(Exception):
    """The environment could not be made; the message tells people what to do."""


def venv_python() -> Path:
    if os.name == "nt":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def prepared_python(requirements: str, say=print) -> str:
    """The environment's Python, with the requirements installed.

    Raises EnvironmentFailed with a message for people.
    """
    python = venv_python()
    version = python_version(python)
    if version and fulfils(requirements, version):
        return str(python)
    with sole_use(say) as lock:
        version = python_version(python)
        if version is None or not is_whole(python):
            make_venv(say, lock)
            version = python_version(python)
            if version is None:
                raise EnvironmentFailed(f"El entorno nuevo de {VENV} no funciona.")
        if not fulfils(requirements, version):
            install(python, requirements, version, say, lock)
    return str(python)


@contextmanager
def sole_use(say) -> Iterator[int]:
    """Wait for the lock; yields its descriptor, which children are to inherit."""
    with LOCK.open("a", encoding="ascii") as file:
        waiting = False
        while not locked(file.fileno()):
            if not waiting:
                waiting = True
                say("Otro proceso está preparando el entorno; se espera a que termine…")
            time.sleep(0.2)
        yield file.fileno()


def locked(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def run_locked(command: list, lock: int) -> None:
    """Run a command that keeps the lock even if this process is killed."""
    inherited = {} if os.name == "nt" else {"pass_fds": (lock,)}
    subprocess.run(command, check=True, cwd=ROOT, **inherited)


def answer_of(python: Path, program: str) -> str | None:
    """What a program prints in the environment's Python; None when it fails."""
    try:
        done = subprocess.run(
            [python, "-c", program], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def python_version(python: Path) -> str | None:
    """The version of the environment's Python; None when missing, broken or old."""
    version = answer_of(python, "import sys; print(*sys.version_info[:3], sep='.')")
    if version and tuple(map(int, version.split("."))) >= (3, 11):
        return version
    return None


def is_whole(python: Path) -> bool:
    """Whether pip is there and no package was left half installed.

    pip writes RECORD last; a package without it would count as installed.
    """
    program = (
        "from importlib.metadata import distribution, distributions\n"
        "distribution('pip')\n"
        "print(all(d.read_text('RECORD') for d in distributions()))"
    )
    return answer_of(python, program) == "True"


def make_venv(say, lock: int) -> None:
    if VENV.exists():
        say(f"El entorno de {VENV} está incompleto; se hace de nuevo.")
        shutil.rmtree(VENV)
    else:
        say(f"Se crea el entorno de Python en {VENV}…")
    if importlib.util.find_spec("ensurepip") is None:
        raise EnvironmentFailed(
            "A este Python le falta el módulo venv. En Debian o Ubuntu instálelo con: "
            "apt install python3-venv"
        )
    try:
        run_locked([sys.executable, "-m", "venv", VENV], lock)
    except subprocess.CalledProcessError as error:
        raise EnvironmentFailed(
            f"No se pudo crear el entorno de Python en {VENV}."
        ) from error


def digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def fulfils(requirements: str, version: str) -> bool:
    """Whether the stamp says that these requirements, or all, are installed."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    accepted = {digest(requirements), digest(EVERYTHING)}
    return stamp.get("python") == version and stamp.get("sha256") in accepted


def install(python: Path, requirements: str, version: str, say, lock: int) -> None:
    say(f"Se instalan las dependencias de {requirements}; puede tardar un minuto…")
    STAMP.unlink(missing_ok=True)
    pip = [
        python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        "--requirement",
        ROOT / requirements,
    ]
    try:
        run_locked(pip, lock)
    except subprocess.CalledProcessError as error:
        raise EnvironmentFailed(
            "No se pudieron instalar las dependencias; lo que dijo pip está arriba. "
            "Revise la conexión o la configuración de pip y vuelva a intentarlo."
        ) from error
    stamp = {"python": version, "sha256": digest(requirements)}
    draft = STAMP.with_suffix(".tmp")
    draft.write_text(json.dumps(stamp), encoding="utf-8")
    draft.replace(STAMP)
