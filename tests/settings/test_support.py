"""The surroundings of tests: skipped with a reason, or failed where required."""

from unittest import SkipTest

import pytest

from tests import support


@pytest.fixture(autouse=True)
def no_record():
    """What these tests provoke must not appear as what the run used."""
    yield
    support.used.clear()


def test_a_missing_folder_of_manuals_skips_with_its_path(monkeypatch, tmp_path):
    monkeypatch.setenv("MANUALS_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("REQUIRE", "")
    with pytest.raises(SkipTest, match="none"):
        support.real_manual_path("002")


def test_a_required_folder_that_is_missing_fails(monkeypatch, tmp_path):
    monkeypatch.setenv("MANUALS_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("REQUIRE", "chromium, manuals")
    with pytest.raises(AssertionError, match="REQUIRE=manuals"):
        support.manuals_folder()


def test_a_manual_is_found_by_its_leading_number(monkeypatch, tmp_path):
    monkeypatch.setenv("MANUALS_DIR", str(tmp_path))
    file = tmp_path / "002_abc.txt"
    file.touch()
    (tmp_path / "0020_abc.txt").touch()
    assert support.real_manual_path("002") == file


def test_a_manual_that_is_not_in_the_folder_skips(monkeypatch, tmp_path):
    monkeypatch.setenv("MANUALS_DIR", str(tmp_path))
    monkeypatch.setenv("REQUIRE", "")
    with pytest.raises(SkipTest, match="007"):
        support.real_manual_path("007")


def test_a_misspelt_requirement_is_refused(monkeypatch):
    monkeypatch.setenv("REQUIRE", "postgress")
    with pytest.raises(ValueError, match="postgress"):
        support.required()


def test_a_missing_browser_skips(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("REQUIRE", "")
    with pytest.raises(SkipTest, match="Chromium"):
        support.chromium_options()
