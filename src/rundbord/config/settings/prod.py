"""In use: https only, secrets from the environment, nothing invented."""

import os

from rundbord.config.settings.base import *  # noqa: F403

DEBUG = False
RUNDBORD_MAKE_KEY_FILE = False  # a key file that went missing is an error, never a reason to make a new one
SECRET_KEY = os.environ["RUNDBORD_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["RUNDBORD_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
