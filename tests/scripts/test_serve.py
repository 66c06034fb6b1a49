"""serve: what a person reads at the terminal, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.scripts.loading import SCRIPTS


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listen_to_ctrl_c() -> None:
    """What runs in the background, as this test may, has it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_it_says_its_address_answers_and_ends_cleanly_on_ctrl_c(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "manual_org.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "false",
    }
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    manage = [sys.executable, "manage.py"]
    subprocess.run(
        [*manage, "migrate", "-v0"], cwd=SCRIPTS.parent, env=environment, check=True
    )
    server = subprocess.Popen(
        [*manage, "serve", "--skip-checks", f"127.0.0.1:{port}"],
        cwd=SCRIPTS.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        preexec_fn=listen_to_ctrl_c,
    )
    try:
        assert server.stdout.readline() == "\n"
        assert server.stdout.readline() == f"El sistema está en {address}\n"
        assert "Ctrl-C" in server.stdout.readline()
        with urllib.request.urlopen(f"{address}admin/login/") as page:  # noqa: S310
            assert "Content-Security-Policy" in page.headers
        style = f"{address}static/admin/css/base.css"
        with urllib.request.urlopen(style) as css:  # noqa: S310
            assert css.status == 200
        server.send_signal(signal.SIGINT)
        assert "Servidor detenido." in server.communicate(timeout=20)[0]
        assert server.returncode == 0
    finally:
        server.kill()
        server.wait()
