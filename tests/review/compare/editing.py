"""Random documents and random edits of them, for the property tests.

The texts are few and short on purpose: equal texts in one unit, in several units and
on several levels are what goes wrong first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from random import Random
from uuid import UUID

from exchange.document import (
    MAX_DEPTH,
    Chapter,
    Chart,
    Document,
    Edition,
    Function,
    Manual,
    Source,
    Unit,
)

TEXTS = (
    "Planear las acciones de las Delegaciones.",
    "Planear las acciones de los Órganos de Operación.",
    "Planear, las acciones de las delegaciones",
    "Supervisar el cobro y rendir 3 informes al mes.",
    "Supervisar el cobro y rendir 3 informes al mes; y",
    "Las demás que le encomiende la persona titular.",
    "Autorizar  los convenios:",
    "Autorizar los convenios:",
    "",
    "Ñandú, pingüino y “cita”…\u00a0fin",
)
NAMES = (
    "Coordinación de Cobranza",
    "Coordinación de Afiliación",
    "División de Cobranza y Afiliación",
    "División de Recursos Materiales y Servicios Generales",
    "División de Recursos Materiales",
    "División de Servicios Generales",
    "Subjefatura de Normatividad",
)
PARAGRAPHS = (
    "La Dirección atiende a las Delegaciones.",
    "La Dirección atiende a los Órganos de Operación.",
    "- I. Fijar las reglas.\n- II. Cobrar las cuotas.",
    "- II. Fijar las reglas.",
    "1. Primero\n   - dentro\n2. Segundo",
    "## Historia",
    "  sangrado  raro\ty tabulador",
    "Una línea\notra línea",
)
TITLES = ("Introducción", "Objetivos", "Políticas", "Políticas de operación")


class Author:
    """Writes documents and changes them; every choice is the dice's."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice

    def key(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128))

    def document(self) -> Document:
        document = Document(
            manual=Manual("dir", "Manual"),
            edition=Edition("1", functions_chapter=8),
            units=[Unit("8.1", "Dirección", "Dirección", self.key())],
            chapters=[
                self.chapter(number, title) for number, title in enumerate(TITLES, 1)
            ],
        )
        document.chapters.append(Chapter(8, "Funciones", "functions"))
        for _ in range(self.dice.randrange(6)):
            self.add_unit(document)
        for unit in document.units:
            unit.functions = [self.function() for _ in range(self.dice.randrange(5))]
        return document

    def chapter(self, number: int, title: str) -> Chapter:
        parts = self.dice.choices(PARAGRAPHS, k=self.dice.randrange(4))
        return Chapter(number, title, body="\n\n".join(parts))

    def function(self, level: int = 0) -> Function:
        items = []
        if level + 1 < MAX_DEPTH and self.dice.random() < 0.3:
            items = [self.function(level + 1) for _ in range(self.dice.randrange(4))]
        return Function(self.dice.choice(TEXTS), self.key(), items)

    # Edits: each changes the document in place

    def edits(self) -> list[Callable[[Document], None]]:
        return [
            self.reword,
            self.add_function,
            self.drop_function,
            self.move_function,
            self.swap_texts,
            self.reorder_functions,
            self.split_function,
            self.join_functions,
            self.add_unit,
            self.drop_unit,
            self.rename_unit,
            self.rename_and_move_unit,
            self.reorder_units,
            self.split_unit,
            self.join_units,
            self.renumber,
            self.describe_unit,
            self.edit_chapter,
            self.add_chapter,
            self.drop_chapter,
            self.swap_chapter_numbers,
            self.edit_charts,
            self.edit_edition,
            self.edit_manual,
            self.replace_term,
        ]

    def revised(self, document: Document, steps: int) -> Document:
        new = deepcopy(document)
        for _ in range(steps):
            self.dice.choice(self.edits())(new)
        return new

    def lists(self, document: Document) -> list[tuple[list[Function], int]]:
        """Every list of siblings with its level."""
        found = []

        def look(functions: list[Function], level: int) -> None:
            found.append((functions, level))
            if level + 1 < MAX_DEPTH:
                for function in functions:
                    look(function.items, level + 1)

        for unit in document.units:
            look(unit.functions, 0)
        return found

    def some_list(self, document: Document, least: int = 0) -> list[Function]:
        lists = [one for one, _ in self.lists(document) if len(one) >= least]
        return self.dice.choice(lists) if lists else []

    def place(self, functions: list[Function]) -> int:
        return self.dice.randrange(len(functions) + 1)

    def reword(self, document: Document) -> None:
        for function in self.some_list(document, 1)[:1]:
            function.text = self.dice.choice(TEXTS)

    def add_function(self, document: Document) -> None:
        functions, level = self.dice.choice(self.lists(document))
        functions.insert(self.place(functions), self.function(level))

    def drop_function(self, document: Document) -> None:
        functions = self.some_list(document, 1)
        if functions:
            functions.pop(self.dice.randrange(len(functions)))

    def move_function(self, document: Document) -> None:
        """To any place: another unit, under another function, up or down a level."""
        functions = self.some_list(document, 1)
        if not functions:
            return
        function = functions.pop(self.dice.randrange(len(functions)))
        levels = height(function)
        places = [
            one for one, level in self.lists(document) if level + levels <= MAX_DEPTH
        ]
        target = self.dice.choice(places)
        target.insert(self.place(target), function)

    def swap_texts(self, document: Document) -> None:
        """Two functions, perhaps with equal texts, change places."""
        functions = self.some_list(document, 2)
        if functions:
            one, other = self.dice.sample(range(len(functions)), 2)
            functions[one], functions[other] = functions[other], functions[one]

    def reorder_functions(self, document: Document) -> None:
        self.dice.shuffle(self.some_list(document))

    def split_function(self, document: Document) -> None:
        functions = self.some_list(document, 1)
        if functions:
            at = self.dice.randrange(len(functions))
            words = functions[at].text.split(" ")
            cut = len(words) // 2
            functions[at].text = " ".join(words[:cut])
            functions.insert(at + 1, Function(" ".join(words[cut:]), self.key()))

    def join_functions(self, document: Document) -> None:
        functions = self.some_list(document, 2)
        if functions:
            gone = functions.pop()
            functions[-1].text += " " + gone.text
            functions[-1].items += gone.items

    def add_unit(self, document: Document) -> None:
        parent = self.dice.choice(document.units)
        name = self.dice.choice(NAMES)
        unit = Unit(
            f"{parent.code}.{self.dice.randrange(1000)}",
            name,
            name.split()[0],
            self.key(),
            parent_code=parent.code,
            functions=[self.function() for _ in range(self.dice.randrange(3))],
        )
        document.units.insert(document.units.index(parent) + 1, unit)

    def below(self, document: Document) -> list[Unit]:
        return document.units[1:]

    def drop_unit(self, document: Document) -> None:
        if self.below(document):
            gone = self.dice.choice(self.below(document))
            document.units.remove(gone)
            for unit in document.units:
                if unit.parent_code == gone.code:
                    unit.parent_code = gone.parent_code

    def rename_unit(self, document: Document) -> None:
        unit = self.dice.choice(document.units)
        unit.name = self.dice.choice(NAMES)
        unit.kind = unit.name.split()[0]

    def rename_and_move_unit(self, document: Document) -> None:
        self.rename_unit(document)
        if len(document.units) > 2:
            unit = self.dice.choice(document.units[2:])
            before = document.units[: document.units.index(unit)]
            unit.parent_code = self.dice.choice(before).code

    def reorder_units(self, document: Document) -> None:
        """Any order, parents still first."""
        order = self.below(document)
        self.dice.shuffle(order)
        placed = [document.units[0]]
        while order:
            codes = {unit.code for unit in placed}
            unit = next(one for one in order if one.parent_code in codes)
            order.remove(unit)
            placed.append(unit)
        document.units[:] = placed

    def split_unit(self, document: Document) -> None:
        unit = self.dice.choice(document.units)
        cut = len(unit.functions) // 2
        piece = Unit(
            f"{unit.code}.s{self.dice.randrange(1000)}",
            self.dice.choice(NAMES),
            "División",
            self.key(),
            parent_code=unit.code,
            functions=unit.functions[cut:],
        )
        unit.functions = unit.functions[:cut]
        document.units.insert(document.units.index(unit) + 1, piece)

    def join_units(self, document: Document) -> None:
        if len(document.units) > 2:
            one, other = self.dice.sample(self.below(document), 2)
            one.functions += other.functions
            other.functions = []
            document.units.remove(other)
            for unit in document.units:
                if unit.parent_code == other.code:
                    unit.parent_code = document.units[0].code
            document.units[:] = parents_first(document.units)

    def renumber(self, document: Document) -> None:
        """The functions chapter takes another number, and with it every code."""
        before, after = document.edition.functions_chapter, self.dice.choice((7, 8, 9))
        document.edition.functions_chapter = after
        for unit in document.units:
            unit.code = unit.code.replace(f"{before}.", f"{after}.", 1)
            if unit.parent_code:
                unit.parent_code = unit.parent_code.replace(
                    f"{before}.", f"{after}.", 1
                )

    def describe_unit(self, document: Document) -> None:
        unit = self.dice.choice(document.units)
        unit.objective = self.dice.choice((None, "", *TEXTS[:4]))
        unit.positions = self.dice.choice(([], ["A"], ["A", "B"]))
        unit.printed_code = self.dice.choice((None, "8.9"))
        unit.printed_page = self.dice.choice((None, 3, 4))
        unit.source_line = self.dice.choice((None, 10))
        unit.source_sha256 = self.dice.choice((None, "a" * 64))

    def edit_chapter(self, document: Document) -> None:
        chapter = self.dice.choice(document.chapters)
        parts = chapter.body.split("\n\n") if chapter.body else []
        parts.insert(self.dice.randrange(len(parts) + 1), self.dice.choice(PARAGRAPHS))
        if self.dice.random() < 0.5:
            parts.pop(self.dice.randrange(len(parts)))
        chapter.body = "\n\n".join(parts) + self.dice.choice(("", "\n", " "))
        chapter.title = self.dice.choice((chapter.title, *TITLES))

    def add_chapter(self, document: Document) -> None:
        number = 1 + max((chapter.number for chapter in document.chapters), default=0)
        title = self.dice.choice(TITLES)
        document.chapters.insert(
            self.dice.randrange(len(document.chapters) + 1),
            self.chapter(number, title),
        )

    def drop_chapter(self, document: Document) -> None:
        if len(document.chapters) > 1:
            document.chapters.remove(self.dice.choice(document.chapters))

    def swap_chapter_numbers(self, document: Document) -> None:
        if len(document.chapters) > 1:
            one, other = self.dice.sample(document.chapters, 2)
            one.number, other.number = other.number, one.number

    def edit_charts(self, document: Document) -> None:
        chapter = self.dice.choice(document.chapters)
        chapter.charts = [
            Chart(
                f"{chapter.number}.{number}",
                self.dice.choice(NAMES),
                self.dice.choice((None, self.dice.choice(document.units).key)),
                self.dice.choice((None, date(2021, 1, 1), date(2024, 3, 1))),
            )
            for number in range(self.dice.randrange(4))
        ]

    def edit_edition(self, document: Document) -> None:
        edition = document.edition
        edition.label = self.dice.choice(("1", "2"))
        edition.status = self.dice.choice(("draft", "authorised"))
        edition.ratified_on = self.dice.choice((None, date(2024, 3, 1)))
        edition.authorisation_text = self.dice.choice((None, "Se autoriza.", ""))
        edition.sources = [
            Source(f"{name}.txt", name * 64)
            for name in self.dice.sample("abc", self.dice.randrange(3))
        ]

    def edit_manual(self, document: Document) -> None:
        document.manual.title = self.dice.choice(("Manual", "Manual de pruebas"))
        document.manual.notice = self.dice.choice((None, "Textos ficticios"))

    def replace_term(self, document: Document) -> None:
        for function in every_function(document):
            function.text = function.text.replace(
                "las Delegaciones", "los Órganos de Operación"
            )


def every_function(document: Document) -> Iterator[Function]:
    def walk(functions: list[Function]) -> Iterator[Function]:
        for function in functions:
            yield function
            yield from walk(function.items)

    for unit in document.units:
        yield from walk(unit.functions)


def height(function: Function) -> int:
    return 1 + max((height(item) for item in function.items), default=0)


def parents_first(units: list[Unit]) -> list[Unit]:
    """The units in an order where every parent stands before its children."""
    placed, codes, waiting = [], set(), list(units)
    while waiting:
        unit = next(
            one
            for one in waiting
            if one.parent_code is None or one.parent_code in codes
        )
        waiting.remove(unit)
        placed.append(unit)
        codes.add(unit.code)
    return placed


def with_other_keys(document: Document) -> Document:
    """The same edition as another import would read it: no key is shared."""
    copy = deepcopy(document)
    keys = {}
    for unit in copy.units:
        keys[unit.key] = unit.key = UUID(int=unit.key.int ^ 1)
    for function in every_function(copy):
        function.key = UUID(int=function.key.int ^ 1)
    for chapter in copy.chapters:
        for chart in chapter.charts:
            chart.unit_key = keys.get(chart.unit_key, chart.unit_key)
    return copy
