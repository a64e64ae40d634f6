"""Every public and private form with anything in it: nothing breaks, and what was typed stays."""

from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.hostile import NASTY, examples, holds, plain, refused, said, text
from tests.surfaces.mine.people import at, browser, inside, starter_of, wish
from tests.surfaces.public.wishing import Fields, whole

FIELDS = {
    "public:wish": "step place form max_km slots focus languages first_name age_band contact ring_me "
    "women_only young_only access_needs self_start_ok discretion note consent back",
    "public:find": "place radius weekday part form language access focus",
    "mine:again": "contact",
    "mine:code": "code",
    "mine:change": "place form max_km slots focus languages first_name age_band contact "
    "ring_me note discretion",
    "mine:pause": "until",
    "mine:resume": "x",
    "mine:still_waiting": "x",
}
ROUND_THE_TABLE = {
    "mine:notice": "text",
    "mine:rules": "rules",
    "mine:newcomers": "newcomers places",
    "mine:end": "reason",
    "mine:pledge": "x",
    "mine:rest": "x",
}
STARTER = ("start_notice", "start_rules", "meeting", "settle", "move")
COVERED = {*FIELDS, *ROUND_THE_TABLE, *(f"mine:{name}" for name in STARTER), "mine:say_no"}
many = examples(0.6)


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("route", FIELDS)
@many
@given(data=st.data())
def test_forms_of_anybody_and_of_who_waits(organisation, route, data):
    client = inside(wish(organisation)) if route.startswith("mine:") else browser()
    posted = data.draw(said(FIELDS[route]))
    holds(client, at(route), posted, FIELDS[route].removeprefix("step "))


@pytest.fixture
def group(organisation: Any) -> Any:
    """A group that meets with its starter."""
    return grouping.started(organisation, 5)


@pytest.mark.parametrize("route", ROUND_THE_TABLE)
@many
@given(data=st.data())
def test_forms_round_the_table(group, route, data):
    client = inside(grouping.people(group)[0].signup)
    refused(client, at(route), data.draw(said(ROUND_THE_TABLE[route])))


@many
@given(posted=said("text rules done held day time"), route=st.sampled_from(STARTER))
def test_forms_of_the_starter(group, route, posted):
    client, meeting = inside(starter_of(group)), grouping.meetings(group)[0]
    args = (group.id,) if route.startswith("start_") else (group.id, meeting.id)
    refused(client, at(f"mine:{route}", *args), posted)


@many
@given(posted=said("reason"))
def test_forms_of_an_offer(organisation, posted):
    offer = grouping.offers(grouping.formed(organisation, 4))[0]
    refused(inside(offer.signup), at("mine:say_no", offer.id), posted)


@many
@given(typed=text, wrong=st.sampled_from([("place", "Atlantis"), ("age_band", "x"), ("slots", "99")]))
def test_what_was_typed_is_kept_whatever_else_was_wrong(organisation, typed, wrong):
    answer = browser().post(at("public:wish"), whole(first_name=typed, note=typed) | dict([wrong]))
    kept = dict(Fields(answer.content.decode()).sent)
    for name in ("first_name", "note"):
        assert plain(kept[name]) == plain(typed), name


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("route", ["public:find", "public:wish"])
def test_anything_in_an_address(organisation, route, value):
    names = [*FIELDS[route].split(), "to"]
    answer = browser().get(at(route), dict.fromkeys(names, value))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("wrong_id", ["x", "a" * 26, "A" * 26, "0" * 26, "æ" * 26, "%00", "-1", "a" * 500])
@pytest.mark.parametrize(
    "address", ["/finn/{}/", "/min/svar/{}/", "/min/start/{}/", "/min/moter/{}/kommer-ikke/"]
)
def test_wrong_ids_in_addresses(organisation, address, wrong_id):
    client = inside(wish(organisation))
    for answer in (client.get(address.format(wrong_id)), client.post(address.format(wrong_id))):
        assert answer.status_code in (302, 403, 404, 405), answer.status_code
