"""What time it is. Views ask here once and pass `now` on; nothing deeper asks again."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def local(dt: datetime) -> datetime:
    """The same moment as wall time in settings.TIME_ZONE."""
    return timezone.localtime(dt, timezone.get_default_timezone())


def today() -> date:
    """Today's date where the groups meet (settings.TIME_ZONE), not in UTC."""
    return local(now()).date()
