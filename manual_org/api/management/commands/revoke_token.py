"""End a token, named by the beginning of its key."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.commandline import refusals_as_errors
from manual_org.api import keys
from manual_org.api.models import ApiToken
from manual_org.api.tokens import revoke_token
from manuals.permissions import OPERATOR


class Command(BaseCommand):
    help = _("Revoca un token de la API: deja de servir de inmediato.")

    def add_arguments(self, parser):
        parser.add_argument(
            "prefix", help=_("el comienzo de su clave, como está en la lista")
        )
        parser.add_argument(
            "--reason", default=_("Revocado en el servidor"), help=_("por qué")
        )

    def handle(self, *, prefix, reason, **options):
        # The whole key does as well: whoever finds one need not shorten it.
        found = ApiToken.objects.select_related("user").filter(
            prefix=keys.prefix_of(prefix.rstrip("…"))
        )
        tokens = list(found.filter(revoked_at=None) or found)
        if len(tokens) != 1:
            message = (
                _("Varios tokens comienzan con «%(prefix)s»: revóquelo en la página.")
                if tokens
                else _("Ningún token comienza con «%(prefix)s».")
            )
            raise CommandError(message % {"prefix": prefix}, returncode=2)
        with refusals_as_errors():
            token = revoke_token(token=tokens[0], by=OPERATOR, reason=reason)
        self.stdout.write(_("Se revocó «%(token)s».") % {"token": token})
