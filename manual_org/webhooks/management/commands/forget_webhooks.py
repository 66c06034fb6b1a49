"""Delete old deliveries from the outbox of webhooks; what waits stays."""

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from manual_org.webhooks.services import forget_finished

DAYS = 365


class Command(BaseCommand):
    help = _("Borra las entregas terminadas hace tiempo; nunca lo pendiente.")

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS,
            help=_("Las terminadas hace más de estos días (%(days)d).")
            % {"days": DAYS},
        )

    def handle(self, *, days, **options):
        if days < 1:
            raise CommandError(_("Indique un número de días mayor que cero."))
        before = timezone.now() - datetime.timedelta(days=days)
        self.stdout.write(
            _("Entregas borradas: %(number)d")
            % {"number": forget_finished(before=before)}
        )
