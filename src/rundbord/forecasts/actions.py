"""Asking for a forecast, and making it: one at a time for each organisation, in the background."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rundbord.engine.simulate import Policy, simulate
from rundbord.forecasts import own, rules
from rundbord.forecasts.models import Forecast
from rundbord.forecasts.rules import ForecastState, Question
from rundbord.kernel import tenancy, timeline, worker
from rundbord.kernel.discretion import reduced
from rundbord.kernel.refusals import Refused
from rundbord.organisations.models import Organisation
from rundbord.signups.queries import to_place

log = logging.getLogger(__name__)

TASK = "rundbord.forecasts.tasks.run"
YEARS = 10  # simulated with and without the change
LONGEST = 120  # seconds after which no new year is begun
SAVE_EVERY = 0.5  # seconds between two savings of the progress


class NobodyWaits(Refused):
    """There is nobody to learn newcomers' wishes from."""

    sentence = _("Nobody waits now. The forecast learns from the wishes of those who wait.")


class NotAQuestion(Refused):
    """Nothing more is asked for, or more than can be tried."""

    sentence = _("Say how many more starters or rooms you think of.")


def ask(*, organisation: Organisation, question: Question, now: datetime) -> Forecast:
    """Queues a forecast, or gives the one under way: pressing twice starts one.

    Raises NotAQuestion, NobodyWaits.
    """
    if not question.possible():
        raise NotAQuestion(question)
    with tenancy.scope(organisation.id):
        if not to_place(organisation.id):
            raise NobodyWaits(organisation)
        _give_up_abandoned(now)
        try:
            with transaction.atomic():
                return _queue(organisation, question, now)
        except IntegrityError:
            return Forecast.objects.get(state__in=rules.UNDER_WAY)


def _queue(organisation: Organisation, question: Question, now: datetime) -> Forecast:
    forecast = Forecast.objects.create(organisation=organisation, created_at=now, **vars(question))
    # Counted, not told: a line in the story would be news to the matching, which looks for groups then.
    timeline.count(organisation_id=organisation.id, counter="forecast-asked", now=now)
    worker.enqueue(TASK, organisation_id=organisation.id, forecast_id=forecast.id)
    return forecast


def _give_up_abandoned(now: datetime) -> None:
    for row in Forecast.objects.filter(state__in=rules.UNDER_WAY):
        if rules.abandoned(row.state, row.started_at or row.created_at, now):
            row.state, row.finished_at = ForecastState.FAILED, now
            row.save(update_fields=["state", "finished_at"])


def run_now(*, forecast_id: UUID, organisation_id: UUID, now: datetime) -> Forecast | None:
    """Carries out a queued forecast; one that a lost worker had begun is begun anew. None if it is over.

    Whatever goes wrong marks it as failed and is raised.
    """
    with tenancy.scope(organisation_id):
        forecast = _claim(forecast_id, now)
        if forecast is None:
            return None
        began = time.monotonic()
        try:
            assumed, result = _simulated(forecast, now)
        except Exception as error:
            log.error("forecast %s failed: %s", forecast.id, reduced(error))
            _mine(forecast).update(state=ForecastState.FAILED, finished_at=now)
            raise
        ended = now + timedelta(seconds=time.monotonic() - began)
        done = {"state": ForecastState.DONE, "progress": 100, "finished_at": ended}
        _mine(forecast).update(assumed=assumed, result=result, **done)
        return Forecast.objects.get(pk=forecast.pk)


def _claim(forecast_id: UUID, now: datetime) -> Forecast | None:
    with transaction.atomic():
        row = Forecast.objects.select_for_update(no_key=True).filter(pk=forecast_id).first()
        if row is None or row.state not in rules.UNDER_WAY:
            return None
        row.state, row.started_at, row.progress = ForecastState.RUNNING, now, 0
        row.save(update_fields=["state", "started_at", "progress"])
        return row


def _mine(forecast: Forecast) -> Any:
    """The row, as long as nobody else has begun it anew."""
    return Forecast.objects.filter(
        pk=forecast.pk, state=ForecastState.RUNNING, started_at=forecast.started_at
    )


def _simulated(forecast: Forecast, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what was assumed, what came out), numbers only."""
    instance = own.instance(forecast.organisation_id, now)
    rates, assumed = own.rates(forecast, instance, now)
    more = Policy("more", more_starters=forecast.starters, more_rooms=forecast.rooms)
    told = simulate(
        instance, [Policy("now"), more], rates=rates, replications=YEARS, weeks=forecast.weeks,
        seconds=LONGEST, progress=_teller(forecast),
    )  # fmt: skip
    return assumed, rules.outcome(*told["policies"])


def _teller(forecast: Forecast) -> Callable[[float], None]:
    """Saves the per cent at most every half second, so that the page can be loaded anew at any time."""
    saved = time.monotonic()

    def tell(share: float) -> None:
        nonlocal saved
        if time.monotonic() - saved >= SAVE_EVERY:
            _mine(forecast).update(progress=min(99, int(100 * share)))
            saved = time.monotonic()

    return tell
