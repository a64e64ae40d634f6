"""What every test may lean on: a settled clock, two organisations, a mail server that is real."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.factories.organisations import OrganisationFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday morning in winter time


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
