"""A unit and everything below it on one page, to read through or to print."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404

from manual_org.web import render
from manual_org.web.reading import units_with_functions
from manual_org.web.views.units import UnitPage
from manual_org.web.words import (
    enumeration,
    function_count,
    unit_count,
    validity,
)
from units.outline import OutlineUnit

# The whole of a large real manual (97 units, 2,000 functions) is one part.
PART_UNITS = 400
PART_FUNCTIONS = 4000
DEEPEST_HEADING = 6


class BranchView(UnitPage):
    """The units of the branch one after the other, each with its functions.

    A branch beyond what a browser sets with ease comes in parts (``?parte=2``), each
    of them whole units.
    """

    template_name = "web/branch_detail.html"
    url_name = "branch"

    def get_context_data(self, **kwargs):
        units = list(self.unit.branch())
        parts = in_parts(units, self.function_counts)
        part = self._part_asked(len(parts))
        shown = parts[part - 1]
        return super().get_context_data(
            unit=self.unit,
            unit_url=self._unit_page(self.unit),
            ancestors=self.unit.chain(),
            summary=self._summary(units),
            validity=validity(self.edition.effective_from, self.edition.last_day())
            if self.edition.is_closed
            else "",
            contents=self._contents(shown),
            sections=self._sections(shown),
            part=part,
            part_count=len(parts),
            previous_part=part - 1,
            next_part=part + 1 if part < len(parts) else 0,
            **kwargs,
        )

    def _part_asked(self, count):
        asked = self.request.GET.get("parte", "1")
        if not asked.isdecimal() or not 1 <= int(asked) <= count:
            raise Http404
        return int(asked)

    def _summary(self, units):
        functions = sum(self.function_counts.get(unit.id, 0) for unit in units)
        return f"{enumeration([unit_count(len(units)), function_count(functions)])}."

    def _unit_page(self, unit):
        return f"{self.edition_url}{quote(unit.code, safe='')}/"

    def _contents(self, units):
        """Each unit with how deep it is indented."""
        return [
            (unit, min(unit.depth - self.unit.depth, DEEPEST_HEADING)) for unit in units
        ]

    def _sections(self, units):
        read = units_with_functions([unit.id for unit in units])
        return [
            self._section(unit, *read[unit.id]) for unit in units if unit.id in read
        ]

    def _section(self, unit: OutlineUnit, objective, positions, rows):
        page = self._unit_page(unit)
        return {
            "unit": unit,
            "url": page,
            # The branch's own name is the page's h1.
            "heading": min(unit.depth - self.unit.depth + 2, DEEPEST_HEADING),
            "depends_on": unit.parent,
            "positions": enumeration(positions),
            "objective": render.prose(objective),
            "functions": render.function_list(
                rows,
                lambda text: self.texts.html(text, unit.key),
                page_url=page,
                id_prefix=f"{unit.code}-",
            ),
        }


def in_parts(
    units: list[OutlineUnit], function_counts: dict[int, int]
) -> list[list[OutlineUnit]]:
    """The units, in order, in parts that a browser sets with ease; at least one."""
    parts: list[list[OutlineUnit]] = [[]]
    functions = 0
    for unit in units:
        count = function_counts.get(unit.id, 0)
        if parts[-1] and (
            len(parts[-1]) >= PART_UNITS or functions + count > PART_FUNCTIONS
        ):
            parts.append([])
            functions = 0
        parts[-1].append(unit)
        functions += count
    return parts
