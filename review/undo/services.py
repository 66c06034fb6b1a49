"""Undoing one save of a draft: in one transaction, as one new save."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from exchange.models import MatchDoubt
from functions.rewriting import put_in, take_out
from manuals import permissions
from manuals.history import recording
from manuals.models import Edition, Transition
from manuals.services import demand_reason, lock_draft
from review.history.scope import Scope
from review.models import Undoing
from review.undo.contents import (
    Chapters,
    Charts,
    Data,
    Doubts,
    Notes,
    Successions,
)
from review.undo.exceptions import AlreadyUndone, CannotUndo, StandsInTheWay
from review.undo.functions import Functions
from review.undo.standing import Undone, later_saves, said_date
from review.undo.units import Units
from units.permissions import editable_units
from units.rearranging import rearrange_units
from units.services import rekey_unit

logger = logging.getLogger(__name__)


class Undo:
    """What undoing a save would write; read it under the edition's lock to write it.

    Raises CannotUndo and its kinds when the save is none that can be undone.
    """

    def __init__(self, edition: Edition, at: datetime):
        self.edition, self.at = edition, at
        self.undone = Undone(edition)
        self._demand_undoable()
        scope = Scope(edition)

        def written(records):
            return records.filter(history_date=at)

        self.data = Data(edition, written(scope.editions()))
        self.units = Units(edition, written(scope.units()))
        self.functions = Functions(edition, written(scope.functions()), self.units)
        self.chapters = Chapters(edition, written(scope.chapters()))
        self.charts = Charts(edition, written(scope.charts()), self.chapters)
        self.notes = Notes(edition, written(scope.notes()))
        self.successions = Successions(edition, written(scope.successions()))
        doubts = MatchDoubt.history.filter(edition=edition)
        self.doubts = Doubts(edition, written(doubts))
        if not any(table.rows for table in self.tables):
            raise CannotUndo(_("No hay ningún cambio de este borrador en ese momento."))
        for table in self.tables:
            table.plan()
        self.units.check_codes()
        self._demand_free_way()
        if all(table.is_nothing() for table in self.tables):
            raise CannotUndo(
                _("No hay nada que deshacer: todo está como antes de este cambio.")
            )

    @property
    def tables(self):
        return (
            *(self.data, self.units, self.functions, self.chapters),
            *(self.charts, self.notes, self.successions, self.doubts),
        )

    def _demand_undoable(self) -> None:
        at, edition = self.at, self.edition
        if (undo := self.undone.by(at)) is not None:
            raise AlreadyUndone(
                _(
                    "Este cambio ya se deshizo el %(date)s. Para recuperarlo, deshaga "
                    "ese otro cambio."
                )
                % {"date": said_date(undo)},
                undo,
            )
        if (
            Transition.objects.filter(edition=edition, at=at).exists()
            or Edition.history.filter(
                id=edition.pk, history_date=at, history_type="+"
            ).exists()
        ):
            raise CannotUndo(
                _(
                    "Aquí comenzó el borrador, o es un paso de su vida (importar, "
                    "duplicar, enviar, devolver): no se deshace. Si el borrador no "
                    "sirve, descártelo."
                )
            )

    def _demand_free_way(self) -> None:
        if self.units.missing_kinds():
            raise CannotUndo(
                _("El nivel de una unidad ya no está en el catálogo: agréguelo antes.")
            )
        conflicts = [one for table in self.tables for one in table.conflicts]
        if conflicts:
            raise StandsInTheWay(later_saves(conflicts, self.undone, self.at))

    def demand_permission(self, user) -> None:
        """Raise NotAllowed unless the person may write everything that returns."""
        manual = self.edition.manual
        permissions.demand(permissions.may_edit(user, manual))
        if permissions.may_edit_everything(user, manual):
            return
        whole = (self.data, self.chapters, self.charts, self.successions)
        rest = any(not table.is_nothing() for table in whole)
        editable = set(editable_units(user, self.edition).values_list("pk", flat=True))
        touched = self.functions.units_touched() | self.units.touched()
        back = {pk for pk in touched if pk < 0}  # below what is asked about anyway
        permissions.demand(
            not rest
            and not self.units.gives_codes_alone()
            and touched - back <= editable,
            _(
                "Este cambio abarca más que las ramas que usted edita: lo puede "
                "deshacer quien edita todo el manual."
            ),
        )

    def write(self, **authorship) -> None:
        """Write it, inside a recording and under the edition's lock."""
        edition = self.edition
        if not self.data.is_nothing():
            self.data.write(**authorship)
        rewriting = self.functions.rewriting()
        take_out(edition=edition, rewriting=rewriting, user=authorship["user"])
        for pk in self.units.in_anothers_way():
            self._rekey(pk, uuid4(), authorship)
        ids = {}
        if not self.units.is_nothing():
            ids = rearrange_units(
                edition=edition, arrangement=self.units.arrangement(), **authorship
            )
        put_in(edition=edition, rewriting=rewriting, units=ids)
        for pk, key in self.units.keys.items():
            self._rekey(pk, key, authorship)
        for table in self.tables[3:]:
            if not table.is_nothing():
                table.write(**authorship)

    def _rekey(self, pk: int, key: UUID, authorship) -> None:
        unit = self.units.live[pk]
        unit.edition = self.edition
        rekey_unit(unit=unit, key=key, **authorship)


@transaction.atomic
def undo_save(*, edition: Edition, moment: datetime, user, reason: str) -> datetime:
    """Undo what was saved at a moment in a draft; returns the moment of the undo.

    What merely got other numbers since is no obstacle. Undoing the undo brings back
    what the save did.

    Raises NotAllowed, EditionClosed, ReasonRequired, StandsInTheWay naming the later
    saves that changed the same, AlreadyUndone, CannotUndo.
    """
    edition = lock_draft(edition)
    permissions.demand(permissions.may_edit(user, edition.manual))
    authorship = {"user": user, "reason": demand_reason(reason)}
    undo = Undo(edition, moment)
    undo.demand_permission(user)
    with recording(**authorship) as change:
        undo.write(**authorship)
        at = change.moment.time
        Undoing.objects.create(edition=edition, undone=moment, at=at)
    logger.info("save of %s in %s undone", moment, edition)
    return at
