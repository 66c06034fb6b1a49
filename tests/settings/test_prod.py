"""Production settings: what they demand, and that nothing is left to warn about."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")


@pytest.fixture
def production(tmp_path):
    """The environment of a sensible installation."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in NEEDED and not name.startswith(("COV_", "PYTEST", "DJANGO"))
    }
    return {
        **inherited,
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "manual_org.settings.prod",
        "SECRET_KEY": "not-a-real-key-" + "0123456789abcdefghij" * 3,
        "ALLOWED_HOSTS": "manuales.example.gob.mx, otro.example.gob.mx",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "STATIC_ROOT": str(tmp_path / "static"),
    }


def manage(environment, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )


def setting(environment, expression):
    program = f"from django.conf import settings; print(settings.{expression})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def test_everything_that_is_missing_is_named_at_once(production):
    for name in NEEDED:
        del production[name]
    done = manage(production, "check")
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "Faltan variables de entorno" in last
    for name in NEEDED:
        assert name in last


@pytest.mark.parametrize("name", NEEDED)
def test_each_needed_variable_is_demanded_even_if_blank(production, name):
    production[name] = "  "
    done = manage(production, "check")
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert name in last
    for other in set(NEEDED) - {name}:
        assert other not in last


def test_the_check_for_deployment_finds_nothing(production):
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "identified no issues" in done.stdout


def test_the_check_for_deployment_warns_without_https(production):
    production["HTTPS"] = "False"
    done = manage(production, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode != 0
    assert "security.W012" in done.stderr


def test_every_static_file_is_collected_under_its_digest(production, tmp_path):
    """A style sheet that names a missing file would fail here, not in a browser."""
    done = manage(production, "collectstatic", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    collected = tmp_path / "static"
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    module = (collected / names["admin_site/functions.js"]).read_text()
    imported = re.findall(r'from "\./([^"]+)"', module)
    assert imported
    assert {f"admin_site/{name}" for name in imported} <= set(names.values())


def test_hosts_are_separated_by_commas_and_may_have_spaces(production):
    assert setting(production, "ALLOWED_HOSTS") == str(
        ["manuales.example.gob.mx", "otro.example.gob.mx"]
    )


def test_the_header_of_a_proxy_is_believed_only_when_told(production):
    assert setting(production, "SECURE_PROXY_SSL_HEADER") == "None"
    production["TRUST_X_FORWARDED_PROTO"] = "True"
    assert "https" in setting(production, "SECURE_PROXY_SSL_HEADER")


def test_nothing_is_debugged_in_production(production):
    production["DEBUG"] = "True"
    assert setting(production, "DEBUG") == "False"
