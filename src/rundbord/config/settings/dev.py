"""On one's own machine: loopback only, mail into a folder, demonstration entrances when asked for."""

import os

from rundbord.config.settings.base import *  # noqa: F403
from rundbord.config.settings.base import RUNDBORD_DATA

RUNDBORD_DATA.mkdir(parents=True, exist_ok=True)
DEBUG = False
SECRET_KEY = os.environ.get("RUNDBORD_SECRET_KEY", "only-for-this-machine-" + "0" * 40)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
RUNDBORD_DEMO = os.environ.get("RUNDBORD_DEMO") == "1"
# Passkeys on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
