"""The engine's problem is what the rows say, of this organisation only, and without a name in it."""

import json
from datetime import timedelta

import pytest

from rundbord.engine.problem import load
from rundbord.groups.models import Group, Offer, Seat, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching.problem import build
from rundbord.organisations.actions import change_setting
from rundbord.topics.catalogue import frame_codes
from rundbord.venues.actions import note_loan
from tests.factories.matching import TUESDAY_EVENING, WEDNESDAY_EVENING, county, people, room, starter
from tests.factories.organisations import place

pytestmark = pytest.mark.django_db


def seeker(organisation, now, **facts):
    people(organisation, 1, **facts)
    return build(organisation.id, now)[0]["seekers"][-1]


def group(organisation, now, seated=(), **facts):
    base = {
        "focus": "mixed", "language": "no", "place": place(), "slot": TUESDAY_EVENING, "digital": True,
        "created_at": now, "state_since": now,
    }  # fmt: skip
    with tenancy.scope(organisation.id):
        made = Group.objects.create(organisation=organisation, **base | facts)
        for number, signup in enumerate(seated, start=1):
            Seat.objects.create(
                organisation=organisation, group=made, number=number, ceiling=8, signup=signup, held_since=now
            )
        return made


def test_the_engine_can_read_it(organisation, now):
    county(organisation, 7)
    problem = load(build(organisation.id, now)[0])
    assert (len(problem.seekers), len(problem.rooms), len(problem.starters)) == (7, 1, 1)


def test_the_twin_never_enters(organisation, twin, now):
    ours = county(organisation, 3)
    county(twin, 9)
    instance, keys = build(organisation.id, now)
    assert [keys.signups[row["id"]].id for row in instance["seekers"]] == [person.id for person in ours]
    owners = {row.organisation_id for row in [*keys.rooms.values(), *keys.starters.values()]}
    assert owners == {organisation.id}


def test_no_name_and_no_way_of_contact_enters(organisation, now):
    said = {"first_name": "Kanarifugl", "contact": "kanari@example.org", "not_with": "kanari"}
    county(organisation, 3, **said)
    text = json.dumps(build(organisation.id, now)[0]).lower()
    assert "kanari" not in text and "anne" not in text


@pytest.mark.parametrize("state", ["unconfirmed", "talk", "offered", "placed", "paused", "withdrawn"])
def test_only_those_who_wait(organisation, now, state):
    people(organisation, 2, state=state)
    waiting = people(organisation, 1)
    _instance, keys = build(organisation.id, now)
    assert [row.id for row in keys.signups.values()] == [waiting[0].id]


def test_a_person_in_numbers(organisation, now):
    row = seeker(
        organisation, now, physical=True, digital=True, max_km=12, slots=[14, 9],
        focus=["grief", "mixed", "burnout"], languages=["pl", "no"], gender="f", age_band="18-30",
        women_only=True, young_only=True, discretion=2,
        access_needs=True, self_start_ok=True, waiting_since=now - timedelta(days=20), postal_code="1606",
    )  # fmt: skip
    grief, mixed, burnout = (str(frame_codes().index(code)) for code in ("grief", "mixed", "burnout"))
    assert row == {
        "id": "s0", "x": place().x, "y": place().y, "pc": 1606, "muni": 0, "modes": ["physical", "digital"],
        "max_m": 12_000, "slots": {"9": 1, "14": 1},
        "frames": {grief: 0, mixed: 1, burnout: 2},
        "langs": [3, 0], "gender": "f", "age": 24, "only": ["women", "young"], "discretion": 2,
        "access": True, "self_start_ok": True, "wait_weeks": 2, "bundle": None,
    }  # fmt: skip


def test_a_time_she_said_no_to_is_left_out(organisation, now):
    assert seeker(organisation, now, slots=[4, 9], declined_slots=[9])["slots"] == {"4": 1}


def test_whose_focus_is_gone_may_come_to_any(organisation, now):
    assert seeker(organisation, now, focus=None)["frames"] == {str(frame_codes().index("mixed")): 0}


def test_gender_not_said_is_neither(organisation, now):
    assert seeker(organisation, now, gender=None)["gender"] == "x"


def test_a_district_belongs_to_its_municipality(organisation, now):
    people(organisation, 1, place=place("0301"))
    row = seeker(organisation, now, place=place("030101"))
    assert row["muni"] == build(organisation.id, now)[0]["seekers"][0]["muni"]


def test_discretion_without_a_postal_code_means_the_municipality(organisation, now):
    assert seeker(organisation, now, discretion=1, postal_code="")["discretion"] == 2
    assert seeker(organisation, now, discretion=1, postal_code="1606")["discretion"] == 1


def test_who_may_be_neighbours_are_kept_apart_when_one_asked_for_it(organisation, now):
    people(organisation, 1, discretion=1, postal_code="1606")
    people(organisation, 1, postal_code="")  # perhaps her neighbour
    people(organisation, 1, postal_code="1601")  # not
    people(organisation, 1, postal_code="", place=place("3103"))  # not
    assert build(organisation.id, now)[0]["blocked"] == [["s0", "s1"]]


def test_a_note_about_others_is_never_a_filter(organisation, now):
    people(organisation, 2, not_with="Kari")
    assert build(organisation.id, now)[0]["blocked"] == []


def test_a_lent_room_is_not_free(organisation, now):
    lent = room(organisation, slots=[TUESDAY_EVENING, WEDNESDAY_EVENING])
    note_loan(room=lent, slot=TUESDAY_EVENING, starts_on=now.date(), by=SYSTEM, now=now)
    [row] = build(organisation.id, now)[0]["rooms"]
    assert row["slots"] == [WEDNESDAY_EVENING]


def test_rooms_set_aside_are_not_there(organisation, now):
    room(organisation, active=False)
    assert build(organisation.id, now)[0]["rooms"] == []


def test_a_starter_who_starts_one_can_start_one_less_and_not_then(organisation, now):
    busy = starter(organisation, slots=[4, TUESDAY_EVENING], concurrent_starts=2)
    forming = group(organisation, now)
    with tenancy.scope(organisation.id):
        StarterRequest.objects.create(
            organisation=organisation, group=forming, starter=busy, state="yes", asked_at=now, expires_at=now
        )
    [row] = build(organisation.id, now)[0]["starters"]
    assert (row["capacity"], row["slots"]) == (1, [4])


@pytest.mark.parametrize(("state", "asked"), [("no", "forming"), ("lapsed", "forming"), ("yes", "self_led")])
def test_a_start_that_is_over_or_was_refused_binds_nobody(organisation, now, state, asked):
    free = starter(organisation)
    made = group(organisation, now, state=asked)
    with tenancy.scope(organisation.id):
        StarterRequest.objects.create(
            organisation=organisation, group=made, starter=free, state=state, asked_at=now, expires_at=now
        )
    [row] = build(organisation.id, now)[0]["starters"]
    assert (row["capacity"], row["slots"]) == (1, [TUESDAY_EVENING])


def test_a_starter_set_aside_is_not_there(organisation, now):
    starter(organisation, active=False)
    assert build(organisation.id, now)[0]["starters"] == []


def test_free_places_of_a_group_being_formed(organisation, now):
    seated = people(organisation, 6, state="placed")
    group(organisation, now, seated)
    [row] = build(organisation.id, now)[0]["open_groups"]
    assert (row["free"], len(row["members"]), row["venue"]) == (2, 6, None)


def test_a_small_room_has_fewer_places(organisation, now):
    seated = people(organisation, 6, state="placed")
    group(organisation, now, seated, digital=False, room=room(organisation, capacity=8))
    [row] = build(organisation.id, now)[0]["open_groups"]
    assert row["free"] == 1  # the starter needs a chair


def test_a_group_that_leads_itself_takes_as_many_as_it_said(organisation, now):
    seated = people(organisation, 5, state="placed")
    open_ = group(organisation, now, seated, state="self_led", newcomers="open", newcomer_places=2)
    [row] = build(organisation.id, now)[0]["open_groups"]
    assert row["free"] == 2
    with tenancy.scope(organisation.id):
        [asked] = people(organisation, 1, state="offered")
        offer = {"sent_at": now, "expires_at": now + timedelta(days=3)}
        Offer.objects.create(organisation=organisation, group=open_, signup=asked, **offer)
    [row] = build(organisation.id, now)[0]["open_groups"]
    assert row["free"] == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "self_led"},
        {"state": "self_led", "newcomers": "waiting_list"},
        {"state": "starting"},
        {"state": "paused", "newcomers": "open", "newcomer_places": 2},
        {"state": "ended"},
    ],
)
def test_closed_groups_take_nobody(organisation, now, facts):
    group(organisation, now, people(organisation, 5, state="placed"), **facts)
    assert build(organisation.id, now)[0]["open_groups"] == []


def test_who_had_an_offer_from_a_group_is_not_proposed_for_it_again(organisation, now):
    made = group(organisation, now, people(organisation, 6, state="placed"))
    [before] = people(organisation, 1)
    people(organisation, 1)
    with tenancy.scope(organisation.id):
        offer = {"state": "declined", "sent_at": now, "expires_at": now}
        Offer.objects.create(organisation=organisation, group=made, signup=before, **offer)
    instance, keys = build(organisation.id, now)
    [[kept_out, _member]] = instance["blocked"]
    assert keys.signups[kept_out].id == before.id


def test_who_wants_a_starter_is_not_proposed_for_a_group_that_starts_by_itself(organisation, now):
    group(organisation, now, people(organisation, 6, state="placed"), self_start=True)
    [wants] = people(organisation, 1)
    people(organisation, 1, self_start_ok=True)
    instance, keys = build(organisation.id, now)
    [[kept_out, _member]] = instance["blocked"]
    assert keys.signups[kept_out].id == wants.id


def test_the_policy_is_the_organisations(organisation, now):
    change_setting(organisation=organisation, key="self_start", value=False, by=SYSTEM, now=now)
    change_setting(organisation=organisation, key="group_window_low", value=5, by=SYSTEM, now=now)
    policy = build(organisation.id, now)[0]["policy"]
    assert (policy["min_size"], policy["max_size"], policy["self_start"]) == (5, 8, False)
    assert build(organisation.id, now, by_hand=True)[0]["policy"]["min_size"] == 4


def test_an_empty_organisation_has_an_empty_problem(organisation, now):
    assert len(load(build(organisation.id, now)[0]).seekers) == 0


@pytest.mark.parametrize("number", [1, 12])
def test_as_many_queries_for_many_as_for_one(organisation, now, number, django_assert_num_queries):
    for _ in range(number):
        county(organisation, 2, postal_code="1606")
        group(organisation, now, people(organisation, 2, state="placed"))
    with django_assert_num_queries(11):
        build(organisation.id, now)
