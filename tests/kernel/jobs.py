"""Tasks for the queue's tests."""

from django_tasks import task

from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from tests.kernel import hands

SEEN: list[object] = []


class NotNow(Refused):
    """A task that says no by name."""


@task()
def remember(**kwargs: object) -> None:
    SEEN.append((kwargs, tenancy.current()))


@task()
def fail(**kwargs: object) -> None:
    SEEN.append(kwargs)
    raise ValueError("Kari Nordmann, kari@example.org")


@task()
def refuse(**kwargs: object) -> None:
    SEEN.append(kwargs)
    raise NotNow()


@task()
def slow(name: str) -> None:
    hands.slow(name)


@task()
def tidy(**kwargs: object) -> None:
    hands.tidy(**kwargs)  # type: ignore[arg-type]


def undeclared() -> None:
    SEEN.append("undeclared")
