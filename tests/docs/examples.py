"""The examples of a page of docs/, carried out as its readers would do.

```console blocks go to one bash, whose variables last from block to block; what stands
below a command is what it must say. ```python blocks share their names in the same way,
and a ```text block that follows one is what it must print. In what is to be said ``…``
stands for anything; blanks do not count.

``manage.py`` is carried out in the process of the tests, which has the database: a
script in place of the interpreter hands it the words of the command over a socket.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import selectors
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.core.management import CommandError, call_command

PAGES = Path(__file__).parents[2] / "docs"
SITE = "http://127.0.0.1:8000"
INTERPRETER = ".venv/bin/python"
END = "--the command ended--"
LONGEST = 60  # seconds a command may take
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FORWARD = """#!{python}
import json, socket, sys
with socket.socket(socket.AF_UNIX) as link:
    link.connect({address!r})
    link.sendall(json.dumps(sys.argv[2:]).encode())
    link.shutdown(socket.SHUT_WR)
    out, err, status = json.load(link.makefile())
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(status)
"""


@dataclass
class Example:
    """A command with what it says, or a piece of Python with what it prints."""

    line: int
    language: str
    source: str
    said: str = ""

    @property
    def is_refused(self) -> bool:
        """An example of an error shows the problem that is answered."""
        return '"status": 4' in self.said


def examples(page: Path) -> list[Example]:
    text = page.read_text(encoding="utf-8")
    found: list[Example] = []
    for block in _BLOCK.finditer(text):
        language, source = block.groups()
        line = text.count("\n", 0, block.start()) + 2
        if language == "console":
            found += _commands(source, line)
        elif language == "python":
            found.append(Example(line, language, source))
        elif language == "text" and found and found[-1].language == "python":
            found[-1].said = source
    return found


def _commands(block: str, line: int):
    """A command begins with ``$``, and goes on below a backslash or an open quote."""
    command, said, at = "", [], line
    for number, text in enumerate(block.splitlines(), line):
        if text.startswith("$ "):
            if command:
                yield _command(command, said, at)
            command, said, at = text[2:], [], number
        elif not said and (command.endswith("\\") or command.count("'") % 2):
            command += f"\n{text}"
        else:
            said.append(text)
    yield _command(command, said, at)


def _command(source: str, said: list[str], line: int) -> Example:
    return Example(line, "console", source, "\n".join(said))


def is_said(expected: str, actual: str) -> bool:
    """Whether it says what a page shows: ``…`` is anything, blanks do not count."""
    pieces = ("".join(piece.split()) for piece in expected.split("…"))
    pattern = ".*?".join(map(re.escape, pieces))
    return re.fullmatch(pattern, "".join(actual.split()), re.DOTALL) is not None


class Shell:
    """One bash in a folder of its own; ``run()`` gives what a command says."""

    def __init__(self, folder: Path, site: str):
        self.site = site
        interpreter = folder / INTERPRETER
        interpreter.parent.mkdir(parents=True)
        address = folder / "manage"
        interpreter.write_text(
            _FORWARD.format(python=sys.executable, address=str(address))
        )
        interpreter.chmod(0o755)
        for name in ("docs", "exchange"):
            (folder / name).symlink_to(PAGES.parent / name)
        (folder / ".curlrc").write_text("fail-with-body\nmax-time = 30\n")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(address))
        self.listener.listen()
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env={
                "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
                "HOME": str(folder),
                "LANG": "C.UTF-8",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._tell("set -o pipefail")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.listener.close()

    def run(self, command: str) -> tuple[str, int]:
        """(what it says, its status)."""
        self._tell(f"{command}\necho {END} $?")
        said, until = b"", monotonic() + LONGEST
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            waiting.register(self.listener, selectors.EVENT_READ)
            while END.encode() not in said or not said.endswith(b"\n"):
                ready = waiting.select(max(0, until - monotonic()))
                if not ready:
                    raise TimeoutError(command)
                for key, _events in ready:
                    if key.fileobj is self.listener:
                        self._manage()
                    else:
                        said += self.process.stdout.read1()
        text, _end, status = said.decode().rpartition(END)
        return text, int(status)

    def _tell(self, command: str):
        self.process.stdin.write(command.replace(SITE, self.site).encode() + b"\n")
        self.process.stdin.flush()

    def _manage(self):
        out, err, status = io.StringIO(), io.StringIO(), 0
        link, _address = self.listener.accept()
        with link, link.makefile() as words:
            try:
                call_command(*json.load(words), stdout=out, stderr=err)
            except CommandError as error:
                err.write(f"CommandError: {error}\n")
                status = 1
            answer = [out.getvalue(), err.getvalue(), status]
            link.sendall(json.dumps(answer).encode())


def printed(source: str, names: dict, site: str) -> str:
    """What a piece of Python prints; it shares ``names`` with those before it."""
    out = io.StringIO()
    code = compile(source.replace(SITE, site), "<example>", "exec")
    with contextlib.redirect_stdout(out):
        exec(code, names)  # noqa: S102
    return out.getvalue()
