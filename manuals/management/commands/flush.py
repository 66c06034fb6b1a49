"""Django's flush, with the database guards out of its way."""

from django.core.management.commands.flush import Command as FlushCommand

from manuals import guards


class Command(FlushCommand):
    def handle(self, **options):
        with guards.lifted(options["database"]):
            super().handle(**options)
