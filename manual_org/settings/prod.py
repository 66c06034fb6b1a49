"""Production: refuses to start without what it needs, HTTPS unless told otherwise."""

import os

from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "una cadena secreta de al menos 50 caracteres",
    "ALLOWED_HOSTS": "los nombres del sitio, separados por comas",
    "DATABASE_URL": "postgres://usuario:clave@equipo/base o sqlite:////ruta/archivo",
}

missing = [name for name in REQUIRED if not os.environ.get(name, "").strip()]
if missing:
    raise ImproperlyConfigured(
        "Faltan variables de entorno para producción: "
        + "; ".join(f"{name} ({REQUIRED[name]})" for name in missing)
        + "."
    )

from manual_org.settings.base import *  # noqa: E402
from manual_org.settings.base import STATIC_ROOT, env  # noqa: E402

SECRET_KEY = env.str("SECRET_KEY")
# Keys that were used before: their sessions stay valid while a new one takes over.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

STATIC_ROOT = env.path("STATIC_ROOT", default=str(STATIC_ROOT))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "manual_org.staticfiles.DigestedFiles"},
}

# HTTPS=False is for an internal network without certificates, and only for that.
HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
# Monitors ask for the state of the server itself, not through the proxy.
SECURE_REDIRECT_EXEMPT = [r"^salud/$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = (
    env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 30) if HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool(
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True
)

# Only for a proxy that always sets or removes this header: anyone else's request
# could claim to be HTTPS with it.
if env.bool("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SILENCED_SYSTEM_CHECKS = [
    # The preload list of browsers is a decision about the institution's whole
    # domain, which this system cannot take.
    "security.W021",
]
