"""Cross-origin requests: closed, and then free of cost, unless origins are set."""

from corsheaders.middleware import CorsMiddleware as Middleware
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


class CorsMiddleware(Middleware):
    """Answers preflights and names the origin that may read an answer of the API.

    The settings are CORS_ in settings/api.py. ``Vary: Origin`` keeps shared caches from
    giving one origin's answer to another.
    """

    def __init__(self, get_response):
        if not (settings.CORS_ALLOWED_ORIGINS or settings.CORS_ALLOW_ALL_ORIGINS):
            raise MiddlewareNotUsed
        super().__init__(get_response)
