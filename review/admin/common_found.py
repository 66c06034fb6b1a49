"""The common functions of an edition as the admin reads them, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from functions.models import Function
from manuals import cache
from manuals.models import Edition
from review.checks.words import fold
from review.common.grouping import (
    Group,
    Member,
    Surroundings,
    similar_groups,
    units_of,
    verbatim_groups,
    wordings,
)
from review.compare.changes import Redline
from review.compare.redline import redline
from units.outline import OutlineUnit, outline_of
from units.permissions import editable_units

VERBATIM, SIMILAR = "", "parecidas"
_MADE: dict[str, Callable] = {VERBATIM: verbatim_groups, SIMILAR: similar_groups}


class Kept(list):
    """Groups as they are kept; they hold the texts of their functions."""

    cache_weight = 4


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know it takes as not asked."""

    mode: str = VERBATIM
    branch: str = ""
    words: str = ""
    page: str = ""

    @classmethod
    def read(cls, query) -> Asked:
        return cls(
            mode=SIMILAR if query.get("modo") == SIMILAR else VERBATIM,
            branch=query.get("rama", ""),
            words=" ".join(query.get("q", "").split()),
            page=query.get("p", ""),
        )

    def query(self, **others) -> str:
        asked = {
            "modo": self.mode,
            "rama": self.branch,
            "q": self.words,
            "p": self.page,
            **others,
        }
        return urlencode({name: value for name, value in asked.items() if value})


class Common:
    """The functions of an edition, where they stand, and which are common.

    ``writing``: somebody sent a change, which a closed edition refuses when it is to
    be saved; until then what they chose stays chosen.
    """

    def __init__(self, edition: Edition, user, *, writing: bool = False):
        self.edition, self.user = edition, user
        self.writable = edition.is_draft or writing
        self.outline = outline_of(edition)
        orders = {unit.id: order for order, unit in enumerate(self.outline)}
        rows = Function.objects.for_edition(edition).top_level().rows()
        self.members = [
            Member(row.id, row.unit_id, (orders[row.unit_id], row.position), row.text)
            for row in rows
            if row.unit_id in orders
        ]

    @cached_property
    def by_id(self) -> dict[int, Member]:
        return {member.id: member for member in self.members}

    @cached_property
    def surroundings(self) -> Surroundings:
        return Surroundings(self.members)

    @cached_property
    def editable(self) -> frozenset[int]:
        """The units whose functions the person may change now."""
        if not self.writable:
            return frozenset()
        units = editable_units(self.user, self.edition).order_by()
        return frozenset(units.values_list("pk", flat=True))

    def groups(self, asked: Asked) -> list[Group]:
        """Those that the filters leave: of a branch one function is enough."""
        found = cache.for_edition(
            self.edition,
            f"review.common:{asked.mode}",
            lambda: Kept(_MADE[asked.mode](self.members)),
        )
        top = self.outline.by_code.get(asked.branch)
        if top is not None:
            units = {unit.id for unit in top.branch()}
            found = [
                group for group in found if any(one.unit in units for one in group)
            ]
        if words := fold(asked.words).split():
            found = [group for group in found if _says(group, words)]
        return found

    def shown(self, page: Page, asked: Asked) -> list[ShownGroup]:
        return [ShownGroup(self, group, asked) for group in page.object_list]

    def items_of(self, ids: Iterable[int]) -> dict[int, int]:
        """How many items hang from each of these functions, where there are any."""
        items = Function.objects.filter(parent__in=list(ids)).order_by()
        return dict(items.values_list("parent").annotate(Count("pk")))

    def unit(self, member: Member) -> OutlineUnit:
        return self.outline.by_id[member.unit]

    def place(self, member: Member) -> str:
        return said_place(self.unit(member).code, member.order[1])


def said_place(code: str, position: int) -> str:
    """«8.2.1, función 3»."""
    return _("%(code)s, función %(number)d") % {"code": code, "number": position}


def _says(group: Group, words: list[str]) -> bool:
    """Whether one of the texts has all the words, or their beginnings or ends."""
    texts = {fold(member.text) for member in group}
    return any(all(word in text for word in words) for text in texts)


class ShownPlace:
    """One function of a group."""

    def __init__(self, common: Common, member: Member):
        self.id = member.id
        self.text = member.text
        self.place = common.place(member)
        self.unit = common.unit(member).name
        self.url = unit_url(member.unit)


@dataclass(frozen=True)
class Wording:
    """Another text of a group: what it says otherwise, and where."""

    redline: Redline
    places: list[ShownPlace]


class ShownGroup:
    """One group of the list."""

    def __init__(self, common: Common, group: Group, asked: Asked):
        first, *others = wordings(group)
        self.text = first[0].text
        self.number, self.units = len(group), units_of(group)
        self.places = [ShownPlace(common, member) for member in first]
        self.others = [
            Wording(
                redline(self.text, some[0].text),
                [ShownPlace(common, member) for member in some],
            )
            for some in others
        ]
        own = [member for member in first if member.unit in common.editable]
        self.may_change = any(member.unit in common.editable for member in group)
        self.url = group_url(common.edition, (own or first)[0].id, asked)


def group_url(edition: Edition, function_id: int, asked: Asked, **others) -> str:
    """The page of the group around a function; it knows the way back to the list."""
    address = reverse(
        "admin:manuals_edition_common_group", args=[edition.pk, function_id]
    )
    query = asked.query(**others)
    return f"{address}?{query}" if query else address


def unit_url(unit_id: int) -> str:
    return f"{reverse('admin:units_unit_change', args=[unit_id])}#functions"
