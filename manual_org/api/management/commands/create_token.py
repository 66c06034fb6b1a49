"""Make a token for another system; its key goes to standard output, this once."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchange.commandline import refusals_as_errors
from manual_org.api.tokens import DAYS, create_token
from manuals.dates import today
from manuals.models import Manual
from manuals.permissions import OPERATOR
from units.admin.grants import edition_for_grants
from units.models import Unit
from units.outline import outline_of


class Command(BaseCommand):
    help = _(
        "Crea un token de la API para una cuenta y escribe su clave en la salida "
        "estándar, una sola vez. Sin alcance lee solo lo publicado."
    )

    def add_arguments(self, parser):
        parser.add_argument("user", help=_("la cuenta en cuyo nombre actúa"))
        parser.add_argument("--name", required=True, help=_("el sistema que lo usará"))
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS,
            help=_("en cuántos días vence (%(days)d)") % {"days": DAYS},
        )
        parser.add_argument(
            "--read-drafts", action="store_true", help=_("lee también borradores")
        )
        parser.add_argument(
            "--write", action="store_true", help=_("lee y escribe en borradores")
        )
        parser.add_argument("--manual", help=_("solo en el manual con este nombre"))
        parser.add_argument(
            "--under",
            help=_("escribe solo en la rama de esta unidad: su código o su clave"),
        )

    def handle(self, *, user, name, days, read_drafts, write, manual, under, **options):
        with refusals_as_errors():
            limit = _manual(manual) if manual is not None else None
            token, key = create_token(
                user=_account(user),
                name=name,
                by=OPERATOR,
                last_day=_last_day(days),
                read_drafts=read_drafts,
                write=write,
                manual=limit,
                unit_key=_branch(limit, under) if under is not None else None,
            )
        self.stderr.write(
            _("Token %(prefix)s… de %(user)s; último día: %(day)s.")
            % {
                "prefix": token.prefix,
                "user": user,
                "day": date_format(token.last_day),
            }
        )
        self.stdout.write(key)


def _account(username: str):
    model = get_user_model()
    try:
        return model.objects.get_by_natural_key(username)
    except model.DoesNotExist:
        raise ValidationError(
            _("No hay una cuenta «%(name)s».") % {"name": username}
        ) from None


def _last_day(days: int) -> datetime.date:
    try:
        return today() + datetime.timedelta(days=days)
    except OverflowError:
        return datetime.date.max  # refused like any other that is too late


def _manual(slug: str) -> Manual:
    manual = Manual.objects.filter(slug=slug).first()
    if manual is None:
        raise ValidationError(_("No hay un manual «%(name)s».") % {"name": slug})
    return manual


def _branch(manual: Manual | None, named: str) -> UUID:
    """The key of the manual's unit that is named by it or by its code."""
    if manual is None:
        raise ValidationError(_("Indique con --manual de qué manual es la rama."))
    try:
        key = UUID(named)
    except ValueError:
        edition = edition_for_grants(manual.pk)
        unit = outline_of(edition).by_code.get(named) if edition else None
        key = unit.key if unit else None
    if not Unit.objects.filter(key=key, edition__manual=manual).exists():
        raise ValidationError(
            _("El manual no tiene una unidad «%(name)s».") % {"name": named}
        )
    return key
