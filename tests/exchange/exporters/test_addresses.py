"""Addresses in exported documents are those that the system answers."""

from uuid import UUID

import pytest
from django.urls import reverse

from exchange.exporters.addresses import Addresses, plain

KEY = UUID(int=7)
ADDRESSES = Addresses("https://x.mx", "dir")


@pytest.mark.parametrize(
    "address, name, arguments",
    [
        (ADDRESSES.unit_by_key(KEY), "web:unit-by-key", [KEY]),
        (ADDRESSES.function_by_key(KEY), "web:function-by-key", [KEY]),
        (ADDRESSES.manual, "web:manual", ["dir"]),
        (ADDRESSES.edition("2021"), "web:edition", ["dir", "2021"]),
        (ADDRESSES.unit("2021", "8.4.3"), "web:unit", ["dir", "2021", "8.4.3"]),
        (ADDRESSES.chapter("2021", 4), "web:chapter", ["dir", "2021", 4]),
        (ADDRESSES.manual_data, "api:v1:manual", ["dir"]),
        (ADDRESSES.edition_data("2021"), "api:v1:edition", ["dir", "2021"]),
        (ADDRESSES.unit_data("2021", "8.4"), "api:v1:unit", ["dir", "2021", "8.4"]),
    ],
)
def test_addresses_are_those_of_the_pages_and_of_the_api(address, name, arguments):
    assert address == f"https://x.mx{reverse(name, args=arguments)}"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("8.4.3.2", "8-4-3-2"),
        ("Jefatura de Servicios", "jefatura-de-servicios"),
        ("División", "division"),
        (" (A) ", "a"),
        ("«»", "nn"),
    ],
)
def test_parts_of_identifiers_are_plain(text, expected):
    assert plain(text) == expected
