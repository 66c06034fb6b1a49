"""What functions add to the desk of the tree: counts, and texts that name units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from functions.labels import path_label
from functions.mentions import NamingFunction, index_of, mentions_of
from functions.models import Function
from units.admin.desk.concerns import Change, Concern, count_with, tell_with


def counts(edition) -> dict[int, int]:
    return Function.objects.for_edition(edition).counts_by_unit()


def concerns(change: Change) -> Iterator[Concern]:
    if change.what == Change.DELETE:
        yield from _deleted(change)
    elif change.what == Change.RENAME:
        yield from _renamed(change)


def _deleted(change: Change) -> Iterator[Concern]:
    """The functions that go, and those elsewhere that name what goes."""
    gone = {unit.id: unit for unit in change.removed()}
    index = index_of(change.edition, change.outline)
    held = [
        (unit, number)
        for unit in gone.values()
        if (number := index.function_counts.get(unit.id, 0))
    ]
    total = sum(number for _unit, number in held)
    if total:
        yield Concern.listing(
            ngettext(
                "Se elimina también %(number)d función:",
                "Se eliminan también %(number)d funciones:",
                total,
            )
            % {"number": total},
            held,
            lambda one: (
                f"{one[0].code} {one[0].name}: {one[1]}",
                _unit_url(one[0].id),
            ),
        )
    naming = {
        one.id: one
        for unit in gone.values()
        if unit.key in index.by_key
        for one in index.by_key[unit.key].functions
        if one.unit_id not in gone
    }
    if naming:
        yield Concern.listing(
            ngettext(
                "%(number)d función de otra unidad nombra lo que se elimina y "
                "quedará como está:",
                "%(number)d funciones de otras unidades nombran lo que se elimina y "
                "quedarán como están:",
                len(naming),
            )
            % {"number": len(naming)},
            naming.values(),
            partial(_line, change),
        )


def _renamed(change: Change) -> Iterator[Concern]:
    """The functions whose texts name the unit by the name that it had."""
    mentions = mentions_of(change.edition, change.outline, change.unit)
    if mentions.functions:
        number = len(mentions.functions)
        yield Concern.listing(
            ngettext(
                "%(number)d función nombra la unidad como «%(name)s»; el texto no "
                "cambia por sí solo:",
                "%(number)d funciones nombran la unidad como «%(name)s»; sus textos no "
                "cambian por sí solos:",
                number,
            )
            % {"number": number, "name": change.unit.name},
            mentions.functions,
            partial(_line, change),
            url=_replace_url(change),
            url_text=_("Buscar y reemplazar el nombre"),
        )
    chapters = sorted({block.chapter for block in mentions.blocks})
    if chapters:
        yield Concern(
            ngettext(
                "También la nombra el capítulo %(numbers)s.",
                "También la nombran los capítulos %(numbers)s.",
                len(chapters),
            )
            % {"numbers": ", ".join(map(str, chapters))}
        )


def _line(change: Change, one: NamingFunction) -> tuple[str, str]:
    unit = change.outline.by_id[one.unit_id]
    label = path_label(one.positions).removesuffix(".")
    words = {"unit": unit.code, "label": label, "name": unit.name}
    return _("%(unit)s %(name)s, función %(label)s") % words, _unit_url(unit.id)


def _unit_url(unit_id: int) -> str:
    return reverse("admin:units_unit_change", args=[unit_id])


def _replace_url(change: Change) -> str:
    """Find and replace over the draft, filled in."""
    address = reverse("admin:functions_function_replace")
    asked = {"edition": change.edition.pk, "find": change.unit.name}
    asked["replace"] = change.new_name or change.unit.name
    return f"{address}?{urlencode(asked)}"


tell_with(concerns)
count_with(counts)
