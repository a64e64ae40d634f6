"""Postal codes to look up, taken in the way an operator does it."""

import pytest

from rundbord.places.actions import import_file
from tests.places import samples


@pytest.fixture
def postal(db: None) -> None:
    """The small register and the positions of two of its codes."""
    import_file(samples.REGISTER.encode())
    import_file(samples.GEONAMES.encode())
