"""Which of the offered forms an Accept header prefers."""

from __future__ import annotations

import pytest

from manual_org.api.formats.accept import chosen

JSON, LD, CSV = "application/json", "application/ld+json", "text/csv"
OFFERED = (JSON, LD, CSV)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        (" , ,", JSON),
        ("*/*", JSON),
        ("*", JSON),
        ("application/*", JSON),
        ("text/*", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv; charset=utf-8; header=present", CSV),
        ("application/json; indent=4", JSON),
        ('application/ld+json;profile="a,b"', LD),
        # the better quality wins, wherever it stands
        ("application/json;q=0.5, text/csv;q=0.6", CSV),
        ("text/csv;q=0.6, application/json;q=0.5", CSV),
        ("*/*;q=0.1, application/ld+json", LD),
        ("text/csv, application/json", JSON),
        # the most specific range decides, also downwards
        ("*/*, application/json;q=0", LD),
        ("application/*;q=0, */*", CSV),
        ("application/*;q=0.2, application/ld+json;q=0.1, */*;q=0.3", CSV),
        # browsers
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("text/html, image/gif, *; q=.2", JSON),
        # nothing fits, or nothing can be read
        ("application/pdf", None),
        ("application/json;q=0", None),
        ("application/json;q=2", None),
        ("application/json;q=x", None),
        ("garbage", None),
        ("application/", None),
        ("*/json", None),
        ("\xff", None),
    ],
)
def test_what_is_chosen(accept, expected):
    assert chosen(accept, OFFERED) == expected


def test_no_header_takes_long_to_read():
    for header in ('"' * 5000, "a/b;" * 2000, "*/*," * 5000, 'a/b;x="' + "\\" * 5000):
        chosen(header, OFFERED)


def test_only_so_many_ranges_count():
    assert chosen("a/b," * 64 + "text/csv", OFFERED) is None
