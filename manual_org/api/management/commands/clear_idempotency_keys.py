"""Forget the answers that were kept for requests tried again, once they expired."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from manual_org.api.idempotency.models import RepeatableRequest
from manual_org.api.idempotency.once import forget

BATCH = 500


class Command(BaseCommand):
    help = _("Olvida las respuestas vencidas de las solicitudes con Idempotency-Key.")

    def handle(self, **options):
        total = 0
        while count := forget(RepeatableRequest.objects.expired()[:BATCH]):
            total += count
        self.stdout.write(_("Respuestas olvidadas: %(count)d") % {"count": total})
