"""A run of the real engine over whatever has been invented so far."""

from collections.abc import Callable
from datetime import datetime

import pytest

from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor
from rundbord.matching import actions, queries
from rundbord.matching.models import MatchRun
from rundbord.organisations.models import Organisation

COORDINATOR = Actor("staff", new_id())


@pytest.fixture
def by() -> Actor:
    """Somebody at the desk."""
    return COORDINATOR


@pytest.fixture
def run(now: datetime) -> Callable[[Organisation], MatchRun]:
    """Queues a run and carries it out, as the worker does; quickly."""

    def carry_out(organisation: Organisation, at: datetime = now) -> MatchRun:
        queued = actions.start_run(organisation=organisation, by=COORDINATOR, now=at)
        actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=at)
        done = queries.run(organisation.id, queued.id)
        assert done is not None
        return done

    return carry_out
