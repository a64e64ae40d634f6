"""What the worker calls: one forecast."""

from uuid import UUID

from rundbord.forecasts import actions
from rundbord.kernel import clock


def run(organisation_id: str, forecast_id: str) -> None:
    """Carries out one queued forecast (ids as text, as the queue keeps them)."""
    actions.run_now(forecast_id=UUID(forecast_id), organisation_id=UUID(organisation_id), now=clock.now())
