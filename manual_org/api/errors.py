"""Every error of the API as problem details (RFC 9457), in one place."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.core.signals import got_request_exception
from django.db import IntegrityError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status

from manual_org.api.blocking import blockers_of
from manual_org.api.rendering import to_bytes
from manuals.exceptions import DomainError, ScopeMissing

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:problem-type:manual-org:"
BLOCKERS_NAMED = 10

TITLES = {
    400: gettext_lazy("Solicitud no válida"),
    401: gettext_lazy("Identificación necesaria"),
    403: gettext_lazy("Sin permiso"),
    404: gettext_lazy("No encontrado"),
    405: gettext_lazy("Método no permitido"),
    406: gettext_lazy("Formato no disponible"),
    409: gettext_lazy("Conflicto con el estado actual"),
    412: gettext_lazy("La versión ya no es la actual"),
    413: gettext_lazy("Cuerpo demasiado grande"),
    415: gettext_lazy("Tipo de contenido no admitido"),
    422: gettext_lazy("Idempotency-Key ya usada"),
    428: gettext_lazy("Falta If-Match"),
    429: gettext_lazy("Demasiadas solicitudes"),
    500: gettext_lazy("Error interno"),
    503: gettext_lazy("Servicio no disponible"),
}


# code -> what of a request it is about, where that is not the request as a whole.
ABOUT = {
    "authentication_failed": {"header": "Authorization"},
    "not_authenticated": {"header": "Authorization"},
    "scope_missing": {"header": "Authorization"},
    "csrf_failed": {"header": "X-CSRFToken"},
    "not_acceptable": {"header": "Accept"},
    "unsupported_media_type": {"header": "Content-Type"},
    "precondition_required": {"header": "If-Match"},
    "stale": {"header": "If-Match"},
    "already_done": {"header": "Idempotency-Key"},
    "idempotency_key_reused": {"header": "Idempotency-Key"},
    "invalid_idempotency_key": {"header": "Idempotency-Key"},
    "reason_required": {"pointer": "#/reason"},
}


class BodyTooLarge(exceptions.APIException):
    """The body is larger than settings.API_MAX_BODY_BYTES."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "body_too_large"
    default_detail = gettext_lazy("El cuerpo de la solicitud es demasiado grande.")


class PreconditionRequired(exceptions.APIException):
    """A change came without saying which version it is a change of."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = gettext_lazy(
        "Indique en If-Match el ETag de la versión que leyó y quiere cambiar."
    )


class InvalidQuery(exceptions.ValidationError):
    """The query string is wrong; ``detail`` maps parameters to errors."""

    default_code = "invalid_query"

    @classmethod
    def of(cls, parameter: str, text: str, code: str) -> InvalidQuery:
        """What is wrong with one parameter."""
        return cls({parameter: [exceptions.ErrorDetail(text, code=code)]})


@dataclass
class Problem:
    """What is wrong, for a program (status, code, errors) and for a person.

    Each of the errors says what of the request it is about: a ``pointer`` into the
    body, or ``#``, the request as a whole, besides which a ``parameter`` or a
    ``header`` may be named.
    """

    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    scope: str = ""  # what a token lacks

    def response(self) -> HttpResponse:
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code,
            "title": str(TITLES.get(self.status, self.status)),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.scope:
            body["scope"] = self.scope
        about = ABOUT.get(self.code, {})
        errors = self.errors or [{**about, "code": self.code, "detail": self.detail}]
        body["errors"] = [{"pointer": "#", **error} for error in errors]
        response = HttpResponse(
            to_bytes(body),
            status=self.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )
        response.headers["Cache-Control"] = "no-store"
        return response


class Refused(Exception):
    """What is asked for is not possible, for the reasons that the problem says."""

    def __init__(self, problem: Problem):
        self.problem = problem
        super().__init__(problem.detail)


# What a write may be refused with, each of which problem_of() knows.
REFUSALS = (
    DomainError,
    ValidationError,
    exceptions.APIException,
    ProtectedError,
    RestrictedError,
    IntegrityError,
)


def exception_handler(exc: Exception, context: dict) -> HttpResponse:
    """DRF's EXCEPTION_HANDLER: any exception as a problem, unexpected ones logged."""
    view, request = context["view"], context["request"]._request
    problem = problem_of(exc, getattr(view, "body_names", {}))
    if problem is not None:
        if not problem.errors:
            problem.errors = blockers_of(exc, request, getattr(view, "edition", None))
        return problem.response()
    # As Django does for an uncaught exception: tell whoever listens, log it once.
    got_request_exception.send(sender=None, request=request)
    response = Problem(
        500, "server_error", _("Ocurrió un error inesperado. Quedó registrado.")
    ).response()
    log_response(
        "%s: %s",
        response.reason_phrase,
        request.path,
        response=response,
        request=request,
        exception=exc,
    )
    return response


def problem_of(exc: Exception, names: Mapping[str, str]) -> Problem | None:
    """The problem that an exception stands for, None for an unexpected one.

    ``names`` are the body's names of model fields that are called otherwise there.
    """
    if isinstance(exc, Refused):
        return exc.problem
    if isinstance(exc, ScopeMissing):
        challenge = (
            f'Bearer realm="api", error="insufficient_scope", scope="{exc.scope}"'
        )
        return Problem(
            exc.status,
            exc.code,
            str(exc),
            headers={"WWW-Authenticate": challenge},
            scope=exc.scope,
        )
    if isinstance(exc, DomainError):
        return Problem(exc.status, exc.code, str(exc))
    if isinstance(exc, InvalidQuery):
        return Problem(
            400,
            "invalid_query",
            _("La dirección contiene parámetros no válidos."),
            [
                {"parameter": name, "code": error.code, "detail": str(error)}
                for name, errors in exc.detail.items()
                for error in errors
            ],
        )
    if isinstance(exc, exceptions.ValidationError):
        return _invalid(list(_pointed(exc.detail, "#")))
    if isinstance(exc, ValidationError):
        return _invalid(list(_pointed_by_model(exc, names)))
    if isinstance(exc, exceptions.APIException):
        return _of_api_exception(exc)
    if isinstance(exc, Http404):
        return Problem(404, "not_found", _("No hay nada en esta dirección."))
    if isinstance(exc, PermissionDenied):
        return Problem(
            403, "permission_denied", _("No tiene permiso para esta operación.")
        )
    if isinstance(exc, (ProtectedError, RestrictedError)):
        return _blocked(exc)
    if isinstance(exc, IntegrityError):
        logger.warning("The database refused a write: %s", exc)
        return Problem(
            409,
            "conflict",
            _("La base de datos rechazó el cambio: contradice lo que está guardado."),
        )
    if isinstance(exc, OperationalError):
        logger.error("The database could not answer: %s", exc)
        return Problem(
            503,
            "unavailable",
            _("La base de datos no pudo atender la solicitud. Intente más tarde."),
            headers={"Retry-After": "5"},
        )
    if isinstance(exc, RequestDataTooBig):
        return Problem(413, BodyTooLarge.default_code, str(BodyTooLarge.default_detail))
    if isinstance(exc, (SuspiciousOperation, BadRequest, MultiPartParserError)):
        return Problem(400, "bad_request", _("La solicitud no es válida."))
    return None


def _of_api_exception(exc: exceptions.APIException) -> Problem:
    headers = {}
    detail = str(exc.detail)
    code = exc.get_codes()
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if isinstance(exc, exceptions.NotAuthenticated):
        detail = _("Identifíquese con un token o inicie sesión.")
    elif isinstance(exc, exceptions.MethodNotAllowed):
        detail = _("Esta dirección no admite el método de la solicitud.")
    elif isinstance(exc, exceptions.NotAcceptable):
        offered = ", ".join(form.media_type for form in exc.available_renderers)
        detail = _("Accept no permite lo que hay en esta dirección: %(offered)s.")
        detail %= {"offered": offered}
    elif isinstance(exc, exceptions.UnsupportedMediaType):
        code = "unsupported_media_type"
        detail = _("El cuerpo debe ser JSON: Content-Type: application/json.")
    elif isinstance(exc, exceptions.Throttled):
        seconds = max(1, math.ceil(exc.wait or 1))
        headers["Retry-After"] = str(seconds)
        detail = _("Intente de nuevo en %(seconds)d segundos.") % {"seconds": seconds}
    return Problem(exc.status_code, code, detail, headers=headers)


def _invalid(errors: list[dict[str, str]]) -> Problem:
    return Problem(400, "invalid", _("El contenido no es válido."), errors)


def _pointed(detail, pointer: str) -> Iterator[dict[str, str]]:
    """DRF's nested errors, each with the JSON pointer of what it is about."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = pointer
            if name != "non_field_errors":
                escaped = str(name).replace("~", "~0").replace("/", "~1")
                here = f"{pointer}/{escaped}"
            yield from _pointed(inner, here)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, (Mapping, list))
            yield from _pointed(inner, f"{pointer}/{index}" if nested else pointer)
    else:
        yield {"pointer": pointer, "code": detail.code, "detail": str(detail)}


def _pointed_by_model(exc: ValidationError, names: Mapping[str, str]):
    """The errors of a model's or service's validation, by the names of the body."""
    by_field = (
        exc.error_dict if hasattr(exc, "error_dict") else {NON_FIELD_ERRORS: [exc]}
    )
    for name, errors in by_field.items():
        pointer = "#" if name == NON_FIELD_ERRORS else f"#/{names.get(name, name)}"
        for error in errors:
            for single in error.error_list:
                (message,) = single.messages
                yield {
                    "pointer": pointer,
                    "code": single.code or "invalid",
                    "detail": message,
                }


def _blocked(exc: ProtectedError | RestrictedError) -> Problem:
    blockers = list(getattr(exc, "protected_objects", ()) or exc.restricted_objects)
    named = ", ".join(str(blocker) for blocker in blockers[:BLOCKERS_NAMED])
    if len(blockers) > BLOCKERS_NAMED:
        named += ", …"
    return Problem(
        409,
        "blocked",
        _("No se puede eliminar; lo usan: %(names)s.") % {"names": named},
    )
