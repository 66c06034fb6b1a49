"""Headers that tell browsers what pages of this site may load and do.

Django 5.2 has no Content-Security-Policy of its own (6.0 has); this middleware is to
be replaced by it then.
"""

from django.conf import settings


class BrowserPolicyMiddleware:
    """Adds Content-Security-Policy and Permissions-Policy to every answer.

    A view that sets one of the headers itself keeps it. Django's own error pages of
    DEBUG, made of inline styles and scripts, go without the first.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.content_policy = "; ".join(
            " ".join([directive, *sources])
            for directive, sources in settings.CONTENT_SECURITY_POLICY.items()
        )
        self.permissions_policy = ", ".join(
            f"{feature}=({' '.join(origins)})"
            for feature, origins in settings.PERMISSIONS_POLICY.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault("Content-Security-Policy", self.content_policy)
        response.headers.setdefault("Permissions-Policy", self.permissions_policy)
        return response
