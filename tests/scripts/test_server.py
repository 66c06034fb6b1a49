"""script/server before it prepares anything: what it refuses, and how fast."""

import ast
import runpy
import shutil
import socket
import subprocess
import sys

import pytest

from tests.scripts.loading import SCRIPTS


@pytest.fixture
def copied_script(tmp_path):
    """script/ in an empty project, where preparing anything would leave a trace."""
    shutil.copytree(SCRIPTS, tmp_path / "script")
    return tmp_path / "script" / "server"


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-B", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )


def test_a_taken_port_is_told_before_anything_is_prepared(copied_script):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(copied_script, "--port", str(port))
    assert done.returncode == 2
    assert f"El puerto {port} está ocupado" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert (copied_script.parent.parent / ".venv").exists() is False


@pytest.mark.parametrize("port", ["0", "65536", "ocho", "-1"])
def test_a_port_that_is_none_is_refused(copied_script, port):
    done = run(copied_script, f"--port={port}")
    assert done.returncode == 2
    assert "un número de 1 a 65535" in done.stderr


@pytest.mark.parametrize("script", ["server", "test"])
def test_an_older_python_is_told_what_is_needed(script, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(SCRIPTS / script), run_name="__main__")
    assert ended.value.code == 2
    assert "3.11" in capsys.readouterr().err


@pytest.mark.parametrize("script", ["server", "test"])
def test_an_older_python_can_read_the_script_so_far(script):
    source = (SCRIPTS / script).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
