"""The kernel alone: for tests that run it in processes of its own, on a database of their own."""

from pathlib import Path

from rundbord.config.settings.test import *  # noqa: F403
from rundbord.config.settings.test import TEMPLATES

INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "django_tasks", "django_tasks_db"]
INSTALLED_APPS += ["rundbord.kernel"]
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.kernel.routes"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
TEMPLATES[0]["OPTIONS"]["context_processors"] = []
RUNDBORD_SCHEDULES: list[tuple[str, int, str]] = []
