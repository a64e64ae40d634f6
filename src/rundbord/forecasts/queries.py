"""Reads: forecasts of one office, and the office's own numbers they start from."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min, Sum

from rundbord.forecasts.models import Forecast
from rundbord.forecasts.rules import FEW_ANSWERS, FEW_WISHES, UNDER_WAY, Own
from rundbord.kernel import tenancy
from rundbord.kernel.clock import local
from rundbord.kernel.models import Counter

YEAR = 52  # weeks
LEAST = 4  # weeks; from fewer nobody can tell how many come
KEPT = 5  # shown


def forecast(organisation_id: UUID, forecast_id: UUID) -> Forecast | None:
    """One forecast, if it is this organisation's."""
    with tenancy.scope(organisation_id):
        return Forecast.objects.filter(pk=forecast_id).first()


def earlier(organisation_id: UUID) -> list[Forecast]:
    """The newest forecasts, those under way too. One query."""
    with tenancy.scope(organisation_id):
        return list(Forecast.objects.order_by("-created_at")[:KEPT])


def under_way(organisation_id: UUID) -> Forecast | None:
    """The forecast that waits or works now."""
    with tenancy.scope(organisation_id):
        return Forecast.objects.filter(state__in=UNDER_WAY).first()


def own(organisation_id: UUID, now: datetime) -> Own:
    """What the office's counters say about the last year, or as long as they have counted. Two queries."""
    today = local(now).date()
    with tenancy.scope(organisation_id):
        first = Counter.objects.aggregate(first=Min("day"))["first"] or today
        weeks = max(LEAST, min(YEAR, (today - first).days // 7))
        rows = Counter.objects.filter(day__gt=today - timedelta(weeks=weeks)).values_list("counter")
        counted: dict[str, int] = dict(rows.annotate(number=Sum("value")))
    wishes, no = counted.get("wish-confirmed", 0), counted.get("offer-declined", 0)
    answered = no + counted.get("offer-accepted", 0)
    return Own(
        weeks=weeks,
        arrivals_per_week=wishes / weeks if wishes >= FEW_WISHES else None,
        decline=no / answered if answered >= FEW_ANSWERS else None,
    )
