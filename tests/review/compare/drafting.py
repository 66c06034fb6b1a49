"""What an editor does to a draft, through the services, for the property test.

Every edit takes three small numbers, which choose among what the draft has at that
moment; 0 chooses the first, so that a failing list of edits shrinks to a short one.
An edit that the services refuse, or that has nothing to work on, changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from functions.lists import listed, save_function_list
from functions.models import Function
from functions.restoring import restore_function, restore_unit
from functions.services import (
    change_function,
    create_function,
    delete_function,
    move_function,
)
from manuals.charts import ListedChart, save_charts
from manuals.exceptions import DomainError
from manuals.models import Chapter, Edition
from manuals.permissions import OPERATOR
from manuals.services import (
    change_chapter,
    change_edition,
    create_chapter,
    delete_chapter,
    move_functions_chapter,
)
from tests.factories import REASON, make_kind
from tests.review.compare.editing import NAMES, PARAGRAPHS, TEXTS, TITLES
from units.models import Unit
from units.services import (
    change_unit,
    create_unit,
    delete_unit,
    move_unit,
    renumber_edition,
)

T = TypeVar("T")
SAID = {"user": OPERATOR, "reason": REASON}


class Nothing(Exception):
    """The draft has nothing that the edit could be made to."""


class Draft:
    """What an edit can choose among."""

    def __init__(self, edition: Edition) -> None:
        self.draft = edition

    def units(self) -> list[Unit]:
        return list(
            Unit.objects.for_edition(self.draft)
            .in_reading_order()
            .select_related("edition__manual")
        )

    def unit(self, number: int) -> Unit:
        return chosen(self.units(), number)

    def lower_unit(self, number: int) -> Unit:
        """Any but the root."""
        return chosen(self.units()[1:], number)

    def functions(self, unit: Unit | None = None) -> list[Function]:
        """Of the edition or of one unit: items too, but in no order of reading."""
        found = Function.objects.for_edition(self.draft)
        if unit is not None:
            found = found.filter(unit=unit, parent=None)
        return list(
            found.order_by("unit__code", "parent_id", "position").select_related(
                "edition__manual", "unit"
            )
        )

    def function(self, number: int) -> Function:
        return chosen(self.functions(), number)

    def chapters(self) -> list[Chapter]:
        found = self.draft.chapters.order_by("number")
        return list(found.select_related("edition__manual"))

    def chapter(self, number: int) -> Chapter:
        return chosen(self.chapters(), number)


class Editor(Draft):
    """Edits one draft; every public method of its own is an edit."""

    # Functions

    def reword(self, number, text, _other) -> None:
        change_function(
            function=self.function(number), text=chosen(TEXTS, text), **SAID
        )

    def add_function(self, unit, text, place) -> None:
        create_function(
            unit=self.unit(unit), text=chosen(TEXTS, text), position=place, **SAID
        )

    def add_item(self, number, text, place) -> None:
        parent = self.function(number)
        create_function(
            unit=parent.unit,
            parent=parent,
            text=chosen(TEXTS, text),
            position=place,
            **SAID,
        )

    def drop_function(self, number, _other, _place) -> None:
        delete_function(function=self.function(number), **SAID)

    def move_within_list(self, number, place, _other) -> None:
        function = self.function(number)
        move_function(function=function, parent=function.parent, position=place, **SAID)

    def move_to_unit(self, number, unit, place) -> None:
        """An item becomes a function."""
        move_function(
            function=self.function(number),
            unit=self.unit(unit),
            position=place,
            **SAID,
        )

    def move_below_function(self, number, other, place) -> None:
        move_function(
            function=self.function(number),
            parent=self.function(other),
            position=place,
            **SAID,
        )

    def swap_texts(self, number, other, _place) -> None:
        one, two = self.function(number), self.function(other)
        change_function(function=one, text=two.text, **SAID)
        change_function(function=two, text=one.text, **SAID)

    def swap_equal_texts(self, number, other, _place) -> None:
        """Two functions of one text change places, in their list or across units."""
        one = self.function(number)
        two = chosen([each for each in self.functions() if each != one], other)
        change_function(function=two, text=one.text, **SAID)
        places = [
            {"unit": each.unit, "parent": each.parent, "position": each.position}
            for each in (one, two)
        ]
        move_function(function=one, **places[1], **SAID)
        move_function(function=two, **places[0], **SAID)

    def reverse_list(self, unit, _other, _place) -> None:
        """As the page that saves a whole list does it; items leave their function."""
        unit = self.unit(unit)
        rows = listed(unit)
        for row in rows:
            row.level = 0
        save_function_list(unit=unit, rows=rows[::-1], **SAID)

    def split_function(self, number, _other, _place) -> None:
        function = self.function(number)
        words = function.text.split(" ")
        cut = len(words) // 2
        change_function(function=function, text=" ".join(words[:cut]), **SAID)
        create_function(
            unit=function.unit,
            parent=function.parent,
            text=" ".join(words[cut:]),
            position=function.position + 1,
            **SAID,
        )

    def join_functions(self, number, _other, _place) -> None:
        function = self.function(number)
        siblings = Function.objects.filter(
            unit=function.unit, parent=function.parent, position=function.position + 1
        )
        gone = chosen(list(siblings.select_related("edition__manual")), 0)
        text = f"{function.text} {gone.text}"
        change_function(function=function, text=text, **SAID)
        for item in gone.items.select_related("edition__manual"):
            move_function(function=item, parent=function, **SAID)
        delete_function(function=gone, **SAID)

    def restore_function(self, number, other, _place) -> None:
        """One deleted before, or else deleted now."""
        deleted = Function.history.filter(edition_id=self.draft.pk, history_type="-")
        if not deleted.exists():
            delete_function(function=self.function(other), **SAID)
        record = chosen(list(deleted.order_by("-history_id")), number)
        restore_function(record=record, **SAID)

    # Units

    def rename_unit(self, unit, name, _place) -> None:
        name = chosen(NAMES, name)
        kind = make_kind(name.split()[0])
        change_unit(unit=self.unit(unit), name=name, kind=kind, **SAID)

    def describe_unit(self, unit, what, _other) -> None:
        said = chosen(
            [
                {"objective": TEXTS[0], "positions": ["B", "C"]},
                {"objective": "", "positions": [], "printed_page": None},
                {"printed_code": "8.9", "printed_page": 40},
            ],
            what,
        )
        change_unit(unit=self.unit(unit), **said, **SAID)

    def add_unit(self, parent, name, place) -> None:
        self._new_unit(self.unit(parent), name, place)

    def _new_unit(self, parent: Unit, name: int, place: int) -> Unit:
        name = chosen(NAMES, name)
        return create_unit(
            edition=self.draft,
            parent=parent,
            name=name,
            kind=make_kind(name.split()[0]),
            position=place,
            **SAID,
        )

    def drop_unit(self, unit, _other, _place) -> None:
        delete_unit(unit=self.lower_unit(unit), **SAID)

    def move_unit(self, unit, target, place) -> None:
        move_unit(
            unit=self.lower_unit(unit),
            target=self.unit(target),
            position=place,
            **SAID,
        )

    def rename_and_move_unit(self, unit, target, name) -> None:
        unit, target = self.lower_unit(unit), self.unit(target)
        change_unit(unit=unit, name=chosen(NAMES, name), **SAID)
        move_unit(unit=unit, target=target, **SAID)

    def swap_names(self, unit, other, _place) -> None:
        one, two = self.unit(unit), self.unit(other)
        change_unit(unit=one, name=two.name, kind=two.kind, **SAID)
        change_unit(unit=two, name=one.name, kind=one.kind, **SAID)

    def split_unit(self, unit, name, place) -> None:
        """Every other function goes to a new unit beside it."""
        unit = self.lower_unit(unit)
        piece = self._new_unit(unit.parent, name, place)
        for function in self.functions(unit)[1::2]:
            move_function(function=function, unit=piece, **SAID)

    def join_units(self, unit, other, _place) -> None:
        """The second takes what the first has, functions and units below it."""
        unit, heir = self.lower_unit(unit), self.unit(other)
        if heir.is_descendant_of(unit, include_self=True):
            raise Nothing
        for function in self.functions(unit):
            move_function(function=function, unit=heir, **SAID)
        for child in self.units():
            if child.parent_id == unit.pk:
                move_unit(unit=child, target=heir, **SAID)
        delete_unit(unit=unit, **SAID)

    def restore_unit(self, number, other, _place) -> None:
        """One deleted before, or else deleted now."""
        deleted = Unit.history.filter(edition_id=self.draft.pk, history_type="-")
        if not deleted.exists():
            delete_unit(unit=self.lower_unit(other), **SAID)
        record = chosen(list(deleted.order_by("-history_id")), number)
        restore_unit(record=record, **SAID)

    # Chapters and the edition

    def write_chapter(self, chapter, first, second) -> None:
        body = f"{chosen(PARAGRAPHS, first)}\n\n{chosen(PARAGRAPHS, second)}"
        change_chapter(chapter=self.chapter(chapter), body=body, **SAID)

    def add_paragraph(self, chapter, paragraph, _other) -> None:
        chapter = self.chapter(chapter)
        body = f"{chosen(PARAGRAPHS, paragraph)}\n\n{chapter.body}"
        change_chapter(chapter=chapter, body=body, **SAID)

    def title_chapter(self, chapter, title, _other) -> None:
        change_chapter(
            chapter=self.chapter(chapter), title=chosen(TITLES, title), **SAID
        )

    def number_chapter(self, chapter, number, _other) -> None:
        change_chapter(chapter=self.chapter(chapter), number=number + 1, **SAID)

    def add_chapter(self, number, title, paragraph) -> None:
        create_chapter(
            edition=self.draft,
            number=number + 1,
            title=chosen(TITLES, title),
            body=chosen(PARAGRAPHS, paragraph),
            **SAID,
        )

    def drop_chapter(self, chapter, _other, _place) -> None:
        delete_chapter(chapter=self.chapter(chapter), **SAID)

    def list_charts(self, chapter, unit, how_many) -> None:
        units = self.units()[unit:]
        rows = [
            ListedChart(f"7.{number}", each.name, each.key, date(2021, 1, number))
            for number, each in enumerate(units[:how_many], 1)
        ]
        save_charts(chapter=self.chapter(chapter), rows=rows, **SAID)

    def number_functions_chapter(self, number, _other, _place) -> None:
        self.draft.refresh_from_db()
        move_functions_chapter(edition=self.draft, number=number + 5, **SAID)
        renumber_edition(edition=self.draft, **SAID)

    def data_of_edition(self, what, _other, _place) -> None:
        said = chosen(
            [
                {"authorised_by": "Luz Díaz", "authorised_position": "Titular"},
                {"label": "2024-b", "numbering": "bullets"},
                {"effective_from": date(2024, 1, 1), "ratified_on": date(2023, 12, 1)},
                {"authorisation_text": "Se autoriza.\n\n", "document_number": ""},
            ],
            what,
        )
        self.draft.refresh_from_db()
        change_edition(edition=self.draft, **said, **SAID)


EDITS = [name for name in vars(Editor) if not name.startswith("_")]


def take(editor: Editor, edit: str, *numbers: int) -> bool:
    """Make an edit by its name; returns whether it was possible."""
    try:
        with transaction.atomic():
            getattr(editor, edit)(*numbers)
    except (Nothing, DomainError, ValidationError):
        return False
    return True


def chosen(things: Sequence[T], number: int) -> T:
    """One of them by a number of any size; raises Nothing where there is none."""
    if not things:
        raise Nothing
    return things[number % len(things)]
