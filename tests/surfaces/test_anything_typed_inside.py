"""What private pages do at a tap, with anything sent along: nothing breaks, nothing typed is lost."""

from collections.abc import Iterator

import pytest
import time_machine
from hypothesis import given

from rundbord.groups.models import StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.hostile import examples, refused, said
from tests.surfaces.mine.people import at, browser, inside, link_to, starter_of, wish

BY_LINK = ("mine:enter", "mine:not_me")
ALONE = (
    "mine:ask_for_talk", "mine:withdraw", "mine:erase", "mine:out", "mine:out_everywhere", "mine:stay",
)  # fmt: skip
OFFERED = ("mine:say_yes",)
ROUND_THE_TABLE = ("mine:link", "mine:leave", "mine:absent")
STARTER = ("mine:called", "mine:start_link", "mine:hand_over")
ASKED = ("mine:answer",)
COVERED = {*BY_LINK, *ALONE, *OFFERED, *ROUND_THE_TABLE, *STARTER, *ASKED}
ANYTHING = said("link again answer reason text x")


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


def taps(client, addresses, posted):
    """Each leads on, or says what is wrong and keeps it."""
    for address in addresses:
        refused(client, address, posted, "link again answer reason")


@examples(0.25)
@given(posted=ANYTHING)
def test_behind_a_link(organisation, posted):
    known, unknown = link_to(wish(organisation, state="unconfirmed")), "x" * 22
    for token in (known, unknown):
        taps(browser(), [at("mine:enter", token)], posted)
        answer = browser().post(at("mine:not_me", token), posted)
        assert answer.status_code == 200
        assert "<h1" in answer.content.decode()


@examples(0.25)
@given(posted=ANYTHING)
def test_somebody_who_waits(organisation, posted):
    taps(inside(wish(organisation)), [at(route) for route in ALONE], posted)


@examples(0.25)
@given(posted=ANYTHING)
def test_somebody_with_an_offer_and_the_starter_who_is_asked(organisation, posted):
    group = grouping.formed(organisation, 4)
    offer = grouping.offers(group)[0]
    for mine in (offer.id, new_id()):
        taps(inside(offer.signup), [at(route, mine) for route in OFFERED], posted)
    with tenancy.scope(organisation.id):
        request = StarterRequest.objects.get(group=group)
    taps(inside(starter_of(group)), [at(route, request.id) for route in ASKED], posted)


@pytest.fixture
def self_led(organisation):
    """A digital group that leads itself, and the page of somebody in it."""
    group = grouping.self_led(organisation, 5, digital=True)
    return group, inside(grouping.people(group)[0].signup)


@examples(0.5)
@given(posted=ANYTHING)
def test_somebody_round_the_table(self_led, posted):
    group, client = self_led
    ids = {"mine:absent": [grouping.meetings(group)[-1].id]}
    taps(client, [at(route, *ids.get(route, [])) for route in ROUND_THE_TABLE], posted)


@pytest.fixture
def start(organisation):
    """A digital group that meets with its starter, and her pages."""
    group = grouping.started(organisation, 5, digital=True)
    return group, inside(starter_of(group))


@examples(0.5)
@given(posted=ANYTHING)
def test_the_starter(start, posted):
    group, client = start
    ids = {"mine:called": [grouping.people(group)[0].id]}
    taps(client, [at(route, group.id, *ids.get(route, [])) for route in STARTER], posted)
