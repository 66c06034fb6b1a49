"""The admin as a matrix: every address, every kind of person, every state.

``Address`` are the named addresses as the admin's own resolver has them, so that a new
page cannot be forgotten. ``MatrixTestCase`` tries them on editions that are alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest import mock

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import URLPattern

from exchange.models import Upload
from tests.admin.support import FormReader
from tests.alike import LOG, STATES, AlikeTestCase, undone
from tests.factories import REASON
from units.models import Unit


class Address(NamedTuple):
    """One address of the admin."""

    name: str
    route: str
    view: Callable

    @property
    def model(self) -> str:
        """The model in ``manuals_edition_change``; none for the site's own pages."""
        return self.name.split("_")[1] if self.name.count("_") > 1 else ""

    @property
    def of_edition(self) -> bool:
        """Whether it is about one edition, whose state then matters."""
        one_row = "<" in self.route or "(" in self.route
        return self.model in CONTENT and (one_row or self.asks_for_edition)

    @property
    def asks_for_edition(self) -> bool:
        """Whether the edition is said in the query, not in the route."""
        return self.model in CONTENT[1:] and self.name.endswith(("_add", "_replace"))


CONTENT = ("edition", "chapter", "unit", "function", "matchdoubt", "changenote")
CONTENT += ("succession", "transition", "source")
QUERIES = {
    "functions_function_replace": "&find=Planear&replace=Programar",
    "manuals_edition_waive": "?regla=unit_empty",
    "manuals_edition_unwaive": "?regla=unit_empty",
    "manuals_edition_fix": "?regla=ending_missing",
    "autocomplete": "?app_label=manuals&model_name=branchgrant&field_name=user&term=a",
}


def addresses() -> dict[str, Address]:
    """Every named address below /admin/, by its name."""
    return {one.name: one for one in _walk(admin.site.urls[0], "") if one.name}


def unnamed() -> list:
    """The views of addresses without a name."""
    return [one.view for one in _walk(admin.site.urls[0], "") if not one.name]


def _walk(patterns, prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield Address(pattern.name or "", route, pattern.callback)
        else:
            yield from _walk(pattern.url_patterns, route)


def undrawn():
    """Pages are answered without their text: how they look is for other tests."""
    return mock.patch.object(SimpleTemplateResponse, "rendered_content", "")


class MatrixTestCase(AlikeTestCase):
    maxDiff = None

    def setUp(self):
        self.cookies = {}
        for name, user in self.people.items():
            client = Client()
            if user is not None:
                client.force_login(user)
            self.cookies[name] = client.cookies
        self.before = self.stored()

    def url(self, address: Address, letter: str) -> str:
        """The address of the object that is tried, in the edition of this state."""
        row, version = self.objects.get((address.model, letter)) or self.objects.get(
            (address.model, ""), (None, None)
        )
        edition = self.editions.get(letter)
        given = {
            "version_id": version and version.history_id,
            "edition_id": edition and edition.pk,
            "function_id": self.function_id(letter),
            "format_name": "json",
            "app_label": "manuals",
            "moment": self.moment(letter),
            "content_type_id": ContentType.objects.get_for_model(Unit).pk,
        }
        if not address.model:
            row = self.objects["unit", "A"][0]
        found = re.sub(
            r"\(\[\^/\]\+\)/history/\(\[\^/\]\+\)",
            f"{row and row.pk}/history/{given['version_id']}",
            address.route,
        )
        found = re.sub(
            r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>",
            lambda match: str(given.get(match[1] or match[2], row and row.pk)),
            found,
        )
        query = QUERIES.get(address.name, "")
        if address.asks_for_edition:
            query = f"?edition={edition.pk}{query}"
        return f"/admin/{found}{query}"

    def function_id(self, letter: str) -> int | None:
        row = self.objects.get(("function", letter))
        return row and row[0].pk

    def moment(self, letter: str) -> str:
        """When the edition's unit was last changed, as addresses of saves say it."""
        row = self.objects.get(("unit", letter))
        if row is None:
            return ""
        return row[0].history.first().history_date.strftime("%Y%m%dT%H%M%S%f")

    # Trying

    def sees(self, person: str, address: Address, letter: str) -> str:
        """yes, no (not this person), or - (not in this state)."""
        client = self.client_of(person)
        # It may leave a message in the session.
        with undrawn(), transaction.atomic():
            response = client.get(self.url(address, letter))
            transaction.set_rollback(True)
        if self.is_turned_away(response):
            return "no"
        away = response.headers.get("Location", "/admin/")
        shown = response.status_code == 200 or not away.startswith("/admin/")
        return "yes" if shown else "-"

    def writes(self, person: str, address: Address, letter: str, data: dict) -> str:
        """As :meth:`sees`; ``yes`` where rows changed, and else none has."""
        with self.one_try(person) as client:
            before = self.before
            if "upload" in data and self.people[person] is not None:
                data = {**data, "upload": self.upload(self.people[person]).pk}
                before = self.stored()
            with undrawn():
                response = client.post(self.url(address, letter), data)
            after = self.stored()
        if self.is_turned_away(response):
            self.assertEqual(after, before, (person, address.name))
            return "no"
        if {**after, LOG: None} == {**before, LOG: None}:
            self.assertEqual(after[LOG], before[LOG], (person, address.name))
            self.assertLess(response.status_code, 500)
            return "-"
        return "yes"

    @contextmanager
    def one_try(self, person: str) -> Iterator[Client]:
        """The person's client; all that happens is undone, their session too."""
        with undone():
            yield self.client_of(person)

    def client_of(self, person: str) -> Client:
        client = Client()
        client.cookies.update(self.cookies[person])
        return client

    def upload(self, user) -> Upload:
        return Upload.objects.create(user=user, name="a.json", content=self.source)

    def row(self, name: str, states: str, cells) -> str:
        """A line of the table."""
        shown = " ".join(f"{cell:3}" for cell in cells)
        return f"{name:47} {states:3}  {shown}".rstrip()

    def rows(self, name: str, answer) -> list[str]:
        """The lines of one address; states with the same cells share one."""
        address = addresses()[name.partition(":")[0]]
        states = {}
        for letter in STATES if address.of_edition else "D":
            cells = answer(address, letter)
            states.setdefault(cells, []).append(letter)
        if not address.of_edition:
            return [self.row(name, "", cells) for cells in states]
        return [self.row(name, "".join(seen), cells) for cells, seen in states.items()]

    @staticmethod
    def is_turned_away(response) -> bool:
        return response.status_code == 403 or response.headers.get(
            "Location", ""
        ).startswith("/admin/login/")

    def filled_in(self, address: Address, letter: str, values: dict) -> dict:
        """The form of a page as who may everything would send it.

        Where a page first shows what would happen and asks again, the last one's.
        """
        url = self.url(address, letter)
        with self.one_try("superuser") as client:
            data = {**self.form_on(client.get(url)), "reason": REASON, **values}
        if "action" in values:
            del data["reason"]  # asked for by the next page, with what was chosen
        for _again in range(0 if "upload" in values else 2):
            with self.one_try("superuser") as client:
                response = client.post(url, data)
            if response.status_code != 200:
                break
            data = {**data, **self.form_on(response), "reason": REASON, **values}
        return data

    @staticmethod
    def form_on(response) -> dict:
        """The page's own form: the one that knows what was seen, or the largest."""
        if (
            response.status_code != 200
            or "html" not in response.headers["Content-Type"]
        ):
            return {}
        reader = FormReader()
        reader.feed(response.content.decode())
        return max(
            reader.forms, key=lambda form: ("seen" in form, len(form)), default={}
        )
