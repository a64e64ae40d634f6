"""A question about more starters or rooms, and what simulated years answered: numbers only."""

from django.db import models
from django.db.models import Q

from rundbord.forecasts.rules import UNDER_WAY, ForecastState
from rundbord.organisations.models import OwnedRow


class Forecast(OwnedRow):
    """One question and its answer; progress in per cent. assumed, result: see `actions`."""

    state = models.CharField(max_length=8, choices=ForecastState, default=ForecastState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    starters = models.PositiveSmallIntegerField()
    rooms = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField()
    decline = models.PositiveSmallIntegerField()  # per cent
    assumed = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="forecast_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=UNDER_WAY), name="forecast_one_at_a_time"
            )
        ]
