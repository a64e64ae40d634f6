"""A clock that stands still, and can be wound."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.conftest import NOW


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[Any]:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel
