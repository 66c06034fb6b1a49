"""script/environment.py: a virtual environment made, recognised and repaired."""

import os
import subprocess
import sys

import pytest

from tests.scripts.loading import load_script


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The module at work in a folder of its own, where an attempt was cut short."""
    root = tmp_path_factory.mktemp("project")
    module = load_script("environment.py")
    module.ROOT, module.VENV = root, root / ".venv"
    module.STAMP = module.VENV / "manual_org.json"
    module.LOCK = root / ".venv.lock"
    module.VENV.mkdir()
    (module.VENV / "pyvenv.cfg").write_text("home = nowhere", encoding="utf-8")
    for name in (module.RUNTIME, module.EVERYTHING):
        (root / name).write_text(f"# {name}, nothing to install\n", encoding="utf-8")
    module.first_words = []
    module.prepared_python(module.RUNTIME, module.first_words.append)
    return module


@pytest.fixture
def said():
    return []


def test_a_half_made_environment_is_made_again(project):
    assert "incompleto" in project.first_words[0]
    assert "requirements-prod.txt" in project.first_words[1]
    assert project.is_whole(project.venv_python()) is True


def test_a_finished_environment_is_used_at_once(project, said):
    python = project.prepared_python(project.RUNTIME, said.append)
    assert said == []
    assert python == str(project.venv_python())


def test_changed_requirements_are_installed_again(project, said):
    with (project.ROOT / project.RUNTIME).open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    project.prepared_python(project.RUNTIME, said.append)
    assert len(said) == 1
    assert "Se instalan" in said[0]


def test_the_whole_list_serves_who_needs_the_runtime_only(project, said):
    project.prepared_python(project.EVERYTHING, said.append)
    assert len(said) == 1
    project.prepared_python(project.RUNTIME, said.append)
    assert len(said) == 1


def test_another_version_of_python_invalidates_the_stamp(project):
    project.prepared_python(project.EVERYTHING, lambda _: None)
    version = project.python_version(project.venv_python())
    assert project.fulfils(project.EVERYTHING, version) is True
    assert project.fulfils(project.EVERYTHING, "3.99.0") is False


def test_requirements_that_cannot_be_installed_leave_no_stamp(project, capfd):
    (project.ROOT / project.EVERYTHING).write_text("no-hash==1.0\n", encoding="utf-8")
    with pytest.raises(project.EnvironmentFailed, match="Revise la conexión"):
        project.prepared_python(project.EVERYTHING, lambda _: None)
    assert project.STAMP.exists() is False
    (project.ROOT / project.EVERYTHING).write_text("# all\n", encoding="utf-8")
    project.prepared_python(project.EVERYTHING, lambda _: None)
    assert project.STAMP.exists() is True


@pytest.mark.skipif(os.name == "nt", reason="Windows passes no locks to children")
def test_a_child_keeps_the_lock_of_a_killed_script(project, said):
    """pip goes on when its script is killed; the next script has to wait for it."""
    with project.sole_use(said.append) as lock:
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock,)
        )
    with project.LOCK.open("a", encoding="ascii") as file:
        assert project.locked(file.fileno()) is False
    child.communicate(b"\n")
    with project.sole_use(said.append):
        pass
    assert said == []


def test_a_package_cut_short_makes_the_environment_unfit(project):
    packages = next(project.VENV.glob("[Ll]ib/**/site-packages"))
    cut_short = packages / "django-5.2.dist-info"
    cut_short.mkdir()
    (cut_short / "METADATA").write_text("Name: django\nVersion: 5.2\n", "utf-8")
    assert project.is_whole(project.venv_python()) is False
    (cut_short / "RECORD").write_text("django/__init__.py,,\n", "utf-8")
    assert project.is_whole(project.venv_python()) is True
