"""Who asks: a token, or the session of a browser; and whether they may ask at all.

What a person may do with an edition is answered by the core's permissions, which a
token's scope narrows: it comes to them on the person, as ``user.limits``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from manual_org.api import throttles, tokens
from manuals import permissions


class CSRFFailed(APIException):
    """A write with a session's cookie came without the CSRF token of its site."""

    status_code = 403
    default_code = "csrf_failed"
    default_detail = _(
        "Falta el encabezado X-CSRFToken o no corresponde a la sesión. "
        "Los programas usan un token en lugar de una sesión."
    )


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Token <key>``, or ``Bearer``.

    One answer, whatever is wrong: malformed, unknown, expired, revoked, of an inactive
    account. Other schemes are somebody else's, such as a proxy's, and are passed over.
    """

    schemes = ("token", "bearer")

    def authenticate(self, request):
        header = request.headers.get("authorization", "")
        scheme, _space, key = header.partition(" ")
        if scheme.lower() not in self.schemes:
            return None
        key = key.strip(" ")
        throttles.demand_may_identify(request, key)
        token = tokens.find_usable(key)
        if token is None:
            throttles.count_failure(request)
            raise AuthenticationFailed(
                _("El token no es válido o la cuenta está inactiva.")
            )
        throttles.remember_known(key)
        tokens.note_use(token)
        user = token.user
        user.limits = token.limits
        return user, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


class TokenAuthenticationScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = ["tokenAuth", "bearerAuth"]

    def get_security_requirement(self, auto_schema):
        """Either of them, where drf-spectacular would ask for both."""
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema):
        return [
            {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "`Token <key>`: a token of the administration.",
            },
            {
                "type": "http",
                "scheme": "bearer",
                "description": "The same token as `Bearer <key>`.",
            },
        ]


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of a person signed in to the site; writes need the CSRF token."""

    def enforce_csrf(self, request):
        try:
            super().enforce_csrf(request)
        except authentication.exceptions.PermissionDenied:
            raise CSRFFailed from None


class SessionAuthenticationScheme(SessionScheme):
    target_class = SessionAuthentication
    priority = 0


class MayAsk(BasePermission):
    """Reading as the installation allows; writing with an account.

    Raises ScopeMissing for a write with a token that only reads.
    """

    def has_permission(self, request, view):
        user = request.user
        if request.method in SAFE_METHODS:
            return permissions.may_read_published(user)
        if not user.is_authenticated:
            return False
        permissions.demand(permissions.may_write(user))
        return True
