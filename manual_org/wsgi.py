"""Entry point of WSGI servers: production unless the environment says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manual_org.settings.prod")

application = get_wsgi_application()
