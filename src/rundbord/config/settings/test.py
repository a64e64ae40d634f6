"""For the test suite: quick hashing, everything else as real as in use."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("RUNDBORD_DATA", tempfile.mkdtemp(prefix="rundbord-test-"))

from rundbord.config.settings.base import *  # noqa: F403

_data = Path(os.environ["RUNDBORD_DATA"])
SECRET_KEY = "only-for-tests-" + "0" * 50
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
RUNDBORD_HELP_PHONE = "00 00 00 00"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False
