"""What the tests of wishes share."""

from typing import Any
from uuid import UUID

import pytest

from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.signups.addresses"
    settings.RUNDBORD_SMS_GATEWAY = ""


@pytest.fixture
def staff() -> Actor:
    """A named coordinator."""
    return Actor("staff", new_id())


@pytest.fixture
def herself() -> Actor:
    """The person."""
    return Actor("person", UUID(int=7))
