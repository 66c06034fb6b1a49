"""Larger editions and a reader of pages, for the tests of pages."""

import datetime
from html.parser import HTMLParser

from django.conf import settings
from django.db import transaction

from functions.models import Function
from functions.services import write_functions
from manuals.history import recording
from manuals.permissions import OPERATOR
from tests.factories import REASON, authorise, make_edition, make_kind
from units.models import Unit
from units.services import write_tree

PAST = datetime.date(2021, 3, 4)
LATER = datetime.date(2024, 2, 1)
FUTURE = datetime.date(2199, 1, 1)


def filled_edition(label="2021", units=3, functions=2, depth=3, **fields):
    """A draft of that many units with that many functions each, written in bulk.

    Units hang from the root in chains of ``depth``; every tenth has an item.
    """
    edition = make_edition(label, **fields)
    kind = make_kind("Coordinación")
    chapter = edition.functions_chapter
    rows = [(Unit(code=f"{chapter}.1", name="Coordinación raíz", kind=kind), None)]
    chain = []
    for number in range(units - 1):
        if not number % depth:
            chain = [f"{chapter}.{number // depth + 2}"]
            parent = f"{chapter}.1"
        else:
            parent = chain[-1]
            chain.append(f"{parent}.1")
        rows.append((Unit(code=chain[-1], name=f"Unidad {number}", kind=kind), parent))
    with transaction.atomic(), recording(user=OPERATOR, reason=REASON):
        written = write_tree(edition=edition, rows=rows)
        functions_written = []
        for place, unit in enumerate(written.values()):
            for position in range(1, functions + 1):
                function = Function(
                    unit=unit, position=position, text=f"Planear {position}."
                )
                functions_written.append((function, None))
                if not place % 10:
                    item = Function(unit=unit, position=1, text="Un inciso.")
                    functions_written.append((item, function))
        write_functions(edition=edition, rows=functions_written)
    return edition


def published(label="2021", effective_from=PAST, **fields):
    """An edition like :func:`filled_edition`, authorised from a day."""
    return authorise(filled_edition(label, **fields), effective_from)


class Reader(HTMLParser):
    """Addresses, ids, headings and text of a page; start tags with attributes."""

    def __init__(self, response):
        super().__init__()
        self.tags, self.links, self.sources, self.ids = [], [], [], []
        self.headings, self.texts, self.current = [], [], []
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        for name in ("href", "src", "action"):
            if name in attributes:
                where = self.links if tag == "a" else self.sources
                where.append(attributes[name])

    def handle_data(self, data):
        if data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def foreign_tags(self):
        """The names of all tags but those of the project's own script files."""
        return {
            tag
            for tag, attributes in self.tags
            if tag != "script"
            or attributes.get("type") != "module"
            or not attributes.get("src", "").startswith(f"{settings.STATIC_URL}js/")
        }

    @property
    def text(self):
        return " ".join(self.texts)
