"""Errors that no view saw, such as a wrong Host header: problems below /api/ too."""

from django.utils.translation import gettext as _
from django.views import defaults

from manual_org.api.errors import Problem

PREFIX = "/api/"


def handler400(request, exception):
    if request.path_info.startswith(PREFIX):
        return Problem(400, "bad_request", _("La solicitud no es válida.")).response()
    return defaults.bad_request(request, exception)


def handler500(request):
    if request.path_info.startswith(PREFIX):
        return Problem(
            500, "server_error", _("Ocurrió un error inesperado. Quedó registrado.")
        ).response()
    return defaults.server_error(request)
