"""What this room keeps about people: nothing. A forecast is numbers of simulated years."""

from datetime import datetime, timedelta

from rundbord.forecasts.models import Forecast
from rundbord.kernel.personal import not_personal

KEPT = timedelta(days=90)  # by then the list is another one

DECLARED = {
    "Forecast": not_personal(
        "id organisation state progress starters rooms weeks decline assumed result created_at started_at "
        "finished_at"
    )
}


def clear(now: datetime) -> int:
    """Deletes forecasts that are old. Returns how many. Call it in a scope."""
    old = Forecast.objects.filter(created_at__lte=now - KEPT)
    gone = old.count()
    old.delete()
    return gone
