"""What became of a unit or function: by its key, or by a code of an old edition."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from manual_org.api.errors import InvalidQuery
from manual_org.api.fields import Day, Query
from manual_org.api.v1 import addressing, reading
from manual_org.api.v1.representations import stamp
from manual_org.api.v1.successor_shapes import FunctionSuccessors, UnitSuccessors
from manual_org.api.v1.successors import Told, function_rows, unit_rows
from manual_org.api.views import View
from manuals import permissions
from manuals.brief import linked_editions
from manuals.models import Edition
from review.becoming import Became, function_became, in_time, unit_became


class TargetQuery(Query):
    edition = serializers.CharField(
        required=False,
        max_length=40,
        help_text="The edition to follow it to, by its label; the one in force today "
        "unless given. It may be an earlier one.",
    )
    on = Day(
        required=False, help_text="Follow it to the edition that was in force that day."
    )


class SuccessorsQuery(TargetQuery):
    since = serializers.CharField(
        required=False,
        max_length=40,
        help_text="The label of the edition to follow it from; the first one that has "
        "the key unless given.",
    )
    manual = serializers.CharField(
        required=False,
        max_length=80,
        help_text="The manual's slug, where several manuals have the key.",
    )


class SuccessorsView(View):
    """Drafts are followed only where one is named, and the caller may read it."""

    holding: str  # units or functions
    parameters = {"GET": SuccessorsQuery}

    def follow_key(self, key: UUID) -> None:
        """Find the key's manual, its editions and where to follow it from.

        Raises NotFound or InvalidQuery.
        """
        holders = addressing.editions_with(self.holding, key)
        readable = [
            one for one in holders if permissions.may_read(self.request.user, one)
        ]
        slugs = {one.manual.slug for one in readable}
        if "manual" in self.query:
            slugs &= {self.query["manual"]}
        if len(slugs) > 1:
            raise InvalidQuery.of(
                "manual", _("Varios manuales lo tienen: indique cuál."), "required"
            )
        if not slugs:
            raise _unknown()
        self.read_editions(*slugs)
        since = self.named(self.query["since"]) if "since" in self.query else None
        self.set_out(key, {one.pk for one in holders}, since)

    def read_editions(self, slug: str) -> None:
        self.slug = slug
        self.all_editions = linked_editions(slug)

    def named(self, label: str, on=None) -> Edition:
        return addressing.edition_at(
            self.request.user,
            self.slug,
            label,
            on,
            read=lambda _slug: self.all_editions,
        )

    def set_out(self, key: UUID, holders: set[int], since: Edition | None) -> None:
        """Say where the walk begins and ends; ``holders`` are ids of editions.

        Raises NotFound where no edition of the answer has the key, InvalidQuery where
        ``since`` has not.
        """
        self.key = key
        self.target = self._target()
        named = {self.target, since}
        self.editions = in_time(
            one for one in self.all_editions if one.is_closed or one in named
        )
        holding = [one for one in self.editions if one.pk in holders]
        if not holding:
            raise _unknown()
        if since is not None and since not in holding:
            raise InvalidQuery.of(
                "since", _("Esta edición no tiene el identificador."), "unknown_key"
            )
        self.since = since or holding[0]
        # The answer is as confidential as the edition that is most so.
        self.edition = min(self.editions, key=lambda edition: edition.is_closed)

    def _target(self) -> Edition | None:
        """The edition that the question is about; None while none is in force."""
        if self.query.keys() & {"edition", "on"}:
            label = self.query.get("edition", addressing.CURRENT)
            return self.named(label, self.query.get("on"))
        return next((one for one in self.all_editions if one.is_in_force()), None)

    def walk(self, became, key: UUID, since: Edition) -> Became:
        """To the target; without one, to the newest edition."""
        return became(
            key,
            self.editions,
            since=since,
            target=self.target or self.editions[-1],
            user=self.request.user,
        )

    def answer(self, told: Told, became: Became, **more) -> Response:
        return Response(
            {
                "edition": stamp(self.target) if self.target else None,
                "since": stamp(self.since),
                "ended": told.ended(self.key),
                "key": str(self.key),
                "editions": told.stands(self.key),
                "became": told.events(became),
                "today": self.today(told, became, self.key),
                **more,
                "url": self.request.build_absolute_uri(self.request.path),
            }
        )

    def today(self, told: Told, became: Became, key: UUID) -> list[dict]:
        if self.target is None:
            return []
        return told.found(self.target, key, became.heirs)


class UnitSuccessorsView(SuccessorsView):
    holding = "units"
    operations = {"GET": "units_successors"}

    @extend_schema(responses=UnitSuccessors)
    def get(self, request, key):
        """What became of a unit: where it stood, what it is today.

        It is followed from edition to edition, through splits and mergers that people
        recorded and those that the comparison proposes, from the first edition that
        has the key to the one in force. `edition` or `on` name another end, an earlier
        one too.
        """
        self.follow_key(key)
        return self.answer_unit()

    def answer_unit(self) -> Response:
        became = self.walk(unit_became, self.key, self.since)
        rows = unit_rows(self.editions, became.keys | {self.key})
        return self.answer(Told(self.request, self.editions, rows), became)


class UnitSuccessorsByCodeView(UnitSuccessorsView):
    operations = {"GET": "units_successors_by_code"}
    parameters = {"GET": TargetQuery}

    @extend_schema(responses=UnitSuccessors)
    def get(self, request, slug, label, code):
        """What became of the unit that had this code in this edition.

        The plain question of whoever keeps codes: it is followed from the edition of
        the address to the one in force, or to the one that `edition` or `on` name.
        """
        self.read_editions(slug)
        since = self.named(label)
        key = reading.unit_row(since, {"code": code}).key
        holders = addressing.editions_with(self.holding, key)
        self.set_out(key, {one.pk for one in holders}, since)
        return self.answer_unit()


class FunctionSuccessorsView(SuccessorsView):
    holding = "functions"
    operations = {"GET": "functions_successors"}

    @extend_schema(responses=FunctionSuccessors)
    def get(self, request, key):
        """What became of a function or item: where it stood, what it is today.

        Where nothing continues it, `units` says what the unit that had it last is.
        """
        self.follow_key(key)
        became = self.walk(function_became, key, self.since)
        rows = function_rows(self.editions, became.keys | {key})
        told = Told(request, self.editions, rows)
        units = []
        if self.target is not None and not became.heirs:
            units = self._units(told, became)
        return self.answer(told, became, units=units)

    def _units(self, told: Told, became: Became) -> list[dict]:
        """What the unit that had the function last became."""
        edition, unit = next(
            (edition, row.unit_key)
            for edition in reversed(became.editions)
            for key in became.keys | {self.key}
            if (row := told.row(edition, key))
        )
        way = self.walk(unit_became, unit, edition)
        rows = unit_rows([self.target], way.keys | {unit})
        return self.today(Told(self.request, self.editions, rows), way, unit)


def _unknown() -> NotFound:
    return NotFound(_("Ninguna edición de la consulta tiene este identificador."))
