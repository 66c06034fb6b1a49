"""Webhooks: what other systems are told by themselves, and where that may go."""

import ipaddress

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def networks(texts: list[str]) -> list[str]:
    """The same networks; ImproperlyConfigured for what is none."""
    try:
        return [str(ipaddress.ip_network(text.strip())) for text in texts]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"WEBHOOK_ALLOWED_PRIVATE_NETWORKS: {error}; por ejemplo 10.2.0.0/16."
        ) from None


# How others call this site: what is sent names its addresses with it. Without it they
# are paths of the site.
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
if SITE_URL and not SITE_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        "SITE_URL es la dirección completa del sitio: https://manuales.ejemplo.mx."
    )

# Nothing is sent to addresses that are not public, but for those of these networks.
WEBHOOK_ALLOWED_PRIVATE_NETWORKS = networks(
    env.list("WEBHOOK_ALLOWED_PRIVATE_NETWORKS", default=[])
)
# http:// too: in an internal network without certificates, and only there.
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=False)
# Authorities (PEM) that sign certificates of consumers, beside those of the system.
WEBHOOK_CA_FILE = env.str("WEBHOOK_CA_FILE", default="")
