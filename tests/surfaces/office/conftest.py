"""A desk to sit at: the clock stands still, somebody is signed in, and there is enough to do."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from rundbord.groups.models import Group
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.matching import actions, queries
from rundbord.matching.models import MatchRun, Proposal
from rundbord.organisations.models import Organisation
from rundbord.people.models import StaffAccount
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.matching import county
from tests.factories.people import RoleFactory, StaffAccountFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def settled_clock(db: None) -> Iterator[None]:
    """A Monday morning, and it stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


def account_with(organisation: Organisation, *kinds: str) -> StaffAccount:
    """An account with these roles there."""
    account: StaffAccount = StaffAccountFactory()
    with tenancy.scope(organisation.id):
        for kind in kinds:
            RoleFactory(organisation=organisation, account=account, kind=kind)
    return account


def signed_in(account: StaffAccount) -> Client:
    """A browser in which the account is signed in, reading English."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["shown_at"] = time.time()  # who she is, and just now: giving roles asks for that
    session.save()
    return client


@pytest.fixture
def coordinator(organisation: Organisation) -> StaffAccount:
    """She coordinates ours and has no other role."""
    return account_with(organisation, "coordinator")


@pytest.fixture
def by(coordinator: StaffAccount) -> Actor:
    """The coordinator as the story names her."""
    return Actor("staff", coordinator.id)


@pytest.fixture
def office(coordinator: StaffAccount) -> Client:
    """Her browser."""
    return signed_in(coordinator)


@pytest.fixture
def manager(organisation: Organisation) -> Client:
    """The browser of somebody who manages ours."""
    return signed_in(account_with(organisation, "manager"))


@pytest.fixture
def neighbour(twin: Organisation) -> Client:
    """The browser of somebody who manages the other organisation, and nothing here."""
    return signed_in(account_with(twin, "manager"))


Search = Callable[[Organisation], MatchRun]


@pytest.fixture
def search() -> Search:
    """Looks for groups as the worker does."""

    def carry_out(organisation: Organisation, at: datetime = NOW) -> MatchRun:
        queued = actions.start_run(organisation=organisation, by=grouping.STAFF, now=at)
        actions.run_now(run_id=queued.id, organisation_id=organisation.id, now=at)
        done = queries.run(organisation.id, queued.id)
        assert done is not None
        return done

    return carry_out


@pytest.fixture
def proposal(organisation: Organisation, search: Search) -> Proposal:
    """Eight who fit, proposed as one group, and nobody left out."""
    county(organisation, 8)
    search(organisation)
    [found] = queries.board(organisation.id).proposals
    return found


@pytest.fixture
def forming(organisation: Organisation) -> Group:
    """A group with six offers out and a starter asked."""
    return grouping.formed(organisation)


def page(client: Client, url: str, **about: object) -> str:
    """What a page that works says."""
    answer = client.get(url, about)
    assert answer.status_code == 200, (url, answer.status_code)
    return str(answer.content.decode())
