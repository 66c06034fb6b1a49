"""Development and trying out on one machine; listens to this machine only."""

from manual_org.settings.base import *
from manual_org.settings.base import BASE_DIR, INSTALLED_APPS, env
from manual_org.settings.secret import kept_secret_key

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = kept_secret_key(BASE_DIR / ".secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]

# WhiteNoise serves static files from their folders, with DEBUG and without it; nothing
# is collected.
STATIC_ROOT = None
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
WHITENOISE_USE_FINDERS = True
