"""Serve this machine only, for trying out: runserver that speaks Spanish.

It takes one address and never reloads; production has an application server.
"""

from django.core.management.commands import runserver
from django.utils.translation import gettext as _


class Command(runserver.Command):
    help = _("Sirve el sistema en esta computadora; lo usa script/server.")

    def run(self, **options):
        self.inner_run(
            None, **options | {"shutdown_message": _("\nServidor detenido.")}
        )

    def on_bind(self, server_port):
        address = f"{self.protocol}://{self.addr}:{server_port}/"
        self.stdout.write(
            _("\nEl sistema está en %(address)s\nPara detenerlo, oprima Ctrl-C.\n")
            % {"address": address}
        )
