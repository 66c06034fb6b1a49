"""Send what waits in the outbox of webhooks: once, or again and again."""

import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _

from manual_org.webhooks.delivery import send_due

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds between two looks


class Command(BaseCommand):
    help = _(
        "Envía los avisos pendientes a otros sistemas: una vez (cron), o con --watch "
        "hasta que se detenga (systemd)."
    )

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--once",
            action="store_true",
            help=_("Envía lo que ya toca y termina (lo hace también sin opciones)."),
        )
        how.add_argument(
            "--watch",
            action="store_true",
            help=_("Sigue enviando, y termina con SIGTERM o Ctrl-C tras un intento."),
        )

    def handle(self, *, watch, **options):
        if watch:
            self._watch()
            return
        made = 0
        while now := send_due():
            made += now
        self.stdout.write(_("Intentos de envío: %(number)d") % {"number": made})

    def _watch(self):
        ended = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_which: ended.set())
        while not ended.is_set():
            close_old_connections()
            try:
                made = send_due(lambda: not ended.is_set())
            except DatabaseError:
                # Busy, or gone for a while: claims end by themselves.
                logger.exception("webhooks: the database could not be used")
                made = 0
            if not made:
                ended.wait(PAUSE)
