"""How the code runs: no one is called behind one's back, no query before it is needed."""

import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, imported, python_files

SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.db.backends.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
    "allauth.account.signals",
    "allauth.mfa.signals",
    "allauth.socialaccount.signals",
)
# Imports everything with a database that cannot be opened: a query on the way in would fail.
IMPORT_ALL = """
import pkgutil, warnings
from importlib import import_module
warnings.simplefilter("error", RuntimeWarning)
import django
django.setup()
import rundbord
count = 0
for module in pkgutil.walk_packages(rundbord.__path__, "rundbord."):
    if ".migrations" in module.name or ".settings." in module.name or module.name.endswith("__main__"):
        continue
    import_module(module.name)
    count += 1
from django.urls import get_resolver
get_resolver().url_patterns
print(count)
"""


@pytest.mark.parametrize("signal", SIGNALS)
def test_nobody_listens_to_signals(signal):
    assert [path for path in python_files() if signal in imported(path)] == []


def test_importing_asks_nothing_of_the_database(tmp_path):
    nowhere = f"sqlite:///{tmp_path}/no/such/folder/database"
    env = {**os.environ, "DATABASE_URL": nowhere, "DJANGO_SETTINGS_MODULE": "rundbord.config.settings.test"}
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env["RUNDBORD_DATA"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50
