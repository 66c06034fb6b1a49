"""Fixtures for every test, the place of the real manuals, and what ran at the end."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import LiveServerTestCase, TransactionTestCase

from tests import support

ROOT = Path(__file__).resolve().parent.parent

# The only place that names the folder of the real manuals.
os.environ.setdefault("MANUALS_DIR", str(ROOT.parent / "shared" / "manuals"))


@pytest.fixture
def manuals_dir() -> Path:
    """The folder of the real manuals."""
    return support.manuals_folder()


@pytest.fixture
def real_manual():
    """A function from a leading number, such as "002", to the file's path."""
    return support.real_manual_path


@pytest.fixture
def chromium_options() -> dict:
    """Arguments for playwright's chromium.launch()."""
    return support.chromium_options()


@pytest.fixture
def postgres() -> None:
    """The test runs on PostgreSQL only."""
    support.require_postgres()


@pytest.fixture(autouse=True)
def empty_cache():
    """A test rolled back leaves ids that the next one uses again, in cache keys too."""
    cache.clear()


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out what no engine changes: no database, appearance, any_engine",
    )
    parser.addoption(
        "--cover-every",
        type=int,
        default=1,
        metavar="N",
        help="measure coverage in every Nth test: a lower bound, in less time",
    )


def pytest_configure(config):
    support.required()


def pytest_collection_modifyitems(config, items):
    every = config.getoption("--cover-every")
    for place, item in enumerate(items):
        # Measuring coverage takes as long again.
        if is_long(item) or place % every:
            item.add_marker("no_cover")
    if not config.getoption("--only-database"):
        return
    kept, left_out = [], []
    for item in items:
        differs = uses_database(item) and not same_on_any_engine(item)
        (kept if differs else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def same_on_any_engine(item) -> bool:
    return any(map(item.get_closest_marker, ("appearance", "any_engine")))


def is_long(item) -> bool:
    """Whether the test does what others do, in a browser or many times over."""
    in_browser = issubclass(getattr(item, "cls", None) or object, LiveServerTestCase)
    many_times = getattr(item.obj, "is_hypothesis_test", False)
    return in_browser or many_times or same_on_any_engine(item)


def uses_database(item) -> bool:
    """Whether pytest-django gives the test a database."""
    case = getattr(item, "cls", None)
    if case is not None and issubclass(case, TransactionTestCase):
        return True
    asked = {"db", "transactional_db", "live_server", "postgres"}
    return item.get_closest_marker("django_db") is not None or bool(
        asked & set(item.fixturenames)
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """What is not measured is not measured while it is set up either."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", 0)
    if not coverage or not item.get_closest_marker("no_cover"):
        return (yield)
    coverage.pause()
    try:
        return (yield)
    finally:
        coverage.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Note on the last report what the test used; it travels from xdist's workers."""
    report = yield
    if call.when != "teardown":
        return report
    for requirement, outcome in support.used.items():
        report.user_properties.append((f"requirement:{requirement}", outcome))
    support.used.clear()
    return report


def pytest_terminal_summary(terminalreporter):
    outcomes = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name.startswith("requirement:"):
                    outcomes.setdefault(name.removeprefix("requirement:"), set()).add(
                        value
                    )
    terminalreporter.section("surroundings")
    terminalreporter.write_line(f"engine: {engine()}")
    for requirement in support.REQUIREMENTS:
        said = "; ".join(sorted(outcomes.get(requirement, {"no test asked for it"})))
        marker = " (required)" if requirement in support.required() else ""
        terminalreporter.write_line(f"{requirement}{marker}: {said}")


def engine() -> str:
    if connection.vendor == "sqlite":
        version = ".".join(map(str, connection.Database.sqlite_version_info))
    else:
        settings = connection.settings_dict
        version = f"at {settings['HOST'] or 'local socket'}:{settings['PORT']}"
    return f"{connection.display_name} {version}"
