"""The secret key of a development machine."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from manual_org.settings.secret import kept_secret_key


def test_the_key_is_made_once_and_kept(tmp_path):
    path = tmp_path / ".secret-key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key
    assert list(tmp_path.iterdir()) == [path]


def test_two_machines_have_different_keys(tmp_path):
    assert kept_secret_key(tmp_path / "one") != kept_secret_key(tmp_path / "two")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_the_key(tmp_path):
    path = tmp_path / ".secret-key"
    kept_secret_key(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_share_one_key(tmp_path):
    path = tmp_path / ".secret-key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_secret_key(path), range(40)))
    assert len(keys) == 1


def test_a_file_system_without_links_gets_a_key_too(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / ".secret-key"
    assert kept_secret_key(path) == path.read_text(encoding="ascii")
    assert list(tmp_path.iterdir()) == [path]
