"""What every test may lean on: a settled clock, two organisations, a mail server that is real."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import settings

from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation, OrganisationKind
from rundbord.places.actions.seeding import load_seed
from tests.factories.organisations import OrganisationFactory

# A busy machine is no reason to fail.
settings.register_profile("steady", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_CALM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning in winter time


# `house` is a database of its own, which child processes work in.
_DATABASE = {"db", "transactional_db", "live_server", "house"}


def _touches_database(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    return bool(_DATABASE & named) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database; the rest is tried on the SQLite leg and cannot differ."""
    if connection.vendor != "postgresql":
        return
    apart = [item for item in items if not _touches_database(item)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [item for item in items if _touches_database(item)]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """For browsers a file, as in use: in memory, the server's threads would share one connection."""
    database = django_settings.DATABASES["default"]
    walked = any(item.get_closest_marker("browser") for item in request.session.items)
    if walked and database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "walked.sqlite3"
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(file)}


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return NOW


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Ours."""
    return OrganisationFactory(name="LINK Elvebyen")


@pytest.fixture
def twin(db: None) -> Organisation:
    """Somebody else's, as like ours as can be: nothing of it may ever show."""
    return OrganisationFactory(name="LINK Tvillingbyen")


@pytest.fixture
def scoped(organisation: Organisation) -> Iterator[Organisation]:
    """Ours, with its scope open."""
    with tenancy.scope(organisation.id):
        yield organisation


@pytest.fixture(autouse=True)
def seeded(request: pytest.FixtureRequest) -> None:
    """Tests that commit are flushed afterwards, the product's own seeds too: put them back."""
    if not _touches_database(request.node):
        return
    request.getfixturevalue("_django_db_helper")
    if not OrganisationKind.objects.exists():
        kinds = import_module("rundbord.organisations.migrations.0002_kinds")
        kinds.name_kinds(apps, None)
        load_seed()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium."""
    chromium = os.environ.get("RUNDBORD_CHROMIUM", "/usr/bin/chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": _CALM}
