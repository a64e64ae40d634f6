"""Log lines must not tell what people typed, nor which page with a private link they opened."""

import logging
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from rundbord.kernel.discretion import DiscreetFilter, reduced, route, trail
from rundbord.kernel.models import Counter, ScheduleRun
from rundbord.kernel.tenancy import NoTenantScope

CANARY = "kari@example.org"


@pytest.fixture
def log() -> tuple[logging.Logger, StringIO]:
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(DiscreetFilter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, out


def test_an_exception_is_told_by_class_and_place_not_by_its_words(log) -> None:
    logger, out = log
    try:
        try:
            int(CANARY)
        except ValueError as inner:
            raise RuntimeError(f"could not read {CANARY}") from inner
    except RuntimeError:
        logger.exception("a form failed")
    told = out.getvalue()
    assert CANARY not in told
    for part in ("a form failed", "builtins.ValueError", "builtins.RuntimeError", "test_discretion.py"):
        assert part in told
    assert told.index("ValueError") < told.index("RuntimeError")


def test_no_handler_further_on_gets_the_exception_itself() -> None:
    error = ValueError(CANARY)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), (ValueError, error, None))
    assert DiscreetFilter().filter(record)
    assert record.exc_info is None
    assert record.exc_text == "builtins.ValueError"


def test_exceptions_given_as_arguments_are_reduced_too(log) -> None:
    logger, out = log
    logger.warning("not delivered: %s (%d)", ValueError(CANARY), 3)
    assert out.getvalue() == "not delivered: builtins.ValueError (3)\n"


@pytest.mark.django_db
def test_a_database_error_is_its_class_and_its_constraint(log, now) -> None:
    logger, out = log
    ScheduleRun.objects.create(name=CANARY)
    try:
        with transaction.atomic():
            ScheduleRun.objects.create(name=CANARY)
    except IntegrityError as error:
        logger.exception("twice")
        told = reduced(error)
    assert CANARY not in out.getvalue()
    assert told.startswith("django.db.utils.IntegrityError ")
    assert "kernel_schedulerun" in told


def test_programs_own_complaints_stay_readable() -> None:
    assert reduced(ImproperlyConfigured("set X")).endswith(": set X")
    assert "scope" in reduced(NoTenantScope("open scope(organisation_id)"))
    with pytest.raises(NoTenantScope) as shut:
        Counter.objects.count()
    assert "everywhere(reason)" in trail(shut.value)


def test_an_exception_that_causes_itself_ends() -> None:
    one, two = ValueError("a"), KeyError("b")
    one.__cause__, two.__cause__ = two, one
    assert trail(one) == "builtins.KeyError\nbuiltins.ValueError"


@pytest.mark.urls("tests.kernel.routes")
def test_requests_are_told_by_route(client, log) -> None:
    logger, out = log
    request = RequestFactory().get(f"/min/side/{CANARY}/")
    request.resolver_match = None  # type: ignore[assignment]
    logger.warning("Not Found: %s", request.path, extra={"request": request, "status_code": 404})
    found = client.get("/min/side/aaaaaaaaaaaaaaaaaaaaaaaaaa/").wsgi_request
    logger.error("Internal Server Error: %s", found.path, extra={"request": found, "status_code": 500})
    assert out.getvalue() == "404 no route\n500 mine:page\n"
    assert route(object()) == "no route"


def test_ordinary_lines_pass_as_they_are(log) -> None:
    logger, out = log
    logger.warning("letter %s not taken: %s", "id", "smtp-450")
    logger.warning("no arguments 100 %")
    logger.warning("%(a)s", {"a": 1})
    assert out.getvalue() == "letter id not taken: smtp-450\nno arguments 100 %\n1\n"
