"""Forecasts that have been asked for, and one that is done."""

from datetime import datetime
from typing import Any

from rundbord.forecasts import actions
from rundbord.forecasts.models import Forecast
from rundbord.forecasts.rules import Question
from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.factories.matching import MONDAY

ONE_STARTER = Question(starters=1, rooms=0, weeks=26, decline=15)


def forecast(organisation: Organisation, now: datetime = MONDAY, **facts: Any) -> Forecast:
    """Asked for, and not begun."""
    facts = {"starters": 1, "rooms": 0, "weeks": 26, "decline": 15, "created_at": now} | facts
    with tenancy.scope(organisation.id):
        return Forecast.objects.create(organisation=organisation, **facts)


def answered(
    organisation: Organisation, now: datetime = MONDAY, question: Question = ONE_STARTER
) -> Forecast:
    """Asked for, and worked out as the worker does it. Somebody must wait."""
    asked = actions.ask(organisation=organisation, question=question, now=now)
    done = actions.run_now(forecast_id=asked.id, organisation_id=organisation.id, now=now)
    assert done is not None
    return done
