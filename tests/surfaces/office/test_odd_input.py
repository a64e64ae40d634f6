"""Whatever is typed into any form of the desk: a page comes back, never a breakdown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy
from rundbord.kernel.ids import pid
from tests.factories import groups as grouping
from tests.factories.matching import county, room
from tests.factories.signups import SignUpFactory
from tests.surfaces.office.addresses import to

WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "-1", "4", "9999-12-31", "2026-03-20", "18:00", "1e9", "\x00", "٣", "on", "Moss"]
    ),
    st.integers().map(str),
)
# Every field of every form of the desk; each view takes those it knows.
FIELDS = (
    "version", "person", "to", "starter", "room", "which", "reason", "until", "day", "time", "first_on",
    "year", "part", "state", "place", "weekday", "side", "channel", "consent", "first_name", "contact",
    "ring_me", "age_band", "slots", "focus", "languages", "form", "max_km", "women_only", "young_only",
    "note", "physical", "access_needs", "self_start_ok", "discretion", "ui_language", "asked_by",
    "name", "email", "role", "password", "capacity", "address", "owner_email", "owner_phone",
    "key_note", "phone", "places", "about", "takes_wishes", "surname", "woman", "concurrent_starts",
    "digital", "group_floor", "group_ceiling", "group_enough", "offer_hours", "talk",
)  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from(FIELDS), st.one_of(WORDS, st.lists(WORDS, max_size=4)), max_size=14)
WITH_PATIENCE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def ids(organisation, search):
    """Something real behind each id, so that the words reach the forms."""
    people = county(organisation, 8)
    run = search(organisation)
    group, hall = grouping.started(organisation), room(organisation)
    with tenancy.scope(organisation.id):
        paused = SignUpFactory(organisation=organisation, state="paused")
        return {
            "people": [people[0].id, paused.id],
            "proposal": run.proposals.get().id,
            "group": group.id,
            "meeting": pid(group.meetings.first().id),
            "offer": pid(group.offers.first().id),
            "starter": grouping.starter(organisation).id,
            "room": hall.id,
            "venue": hall.venue_id,
        }


def unbroken(answer):
    assert answer.status_code < 500
    assert answer.status_code in (200, 302, 404, 405)


def plain(ids):
    return [
        *[to(name) for name in ("register", "staff", "settings", "facts", "starter_add", "venue_add")],
        to("starter", ids["starter"]), to("venue", ids["venue"]), to("room", ids["room"]),
        to("room_add", ids["venue"]), *[to("person", who) for who in ids["people"]],
    ]  # fmt: skip


@WITH_PATIENCE
@given(said=ANSWERS, number=st.integers(0, 11))
def test_forms(said, number, ids, manager):
    unbroken(manager.post(plain(ids)[number], said))


@WITH_PATIENCE
@given(
    said=ANSWERS,
    verb=st.sampled_from(["bekreft", "samtale-holdt", "pause", "fortsett", "endre", "ja", "nei"]),
)
def test_deeds_with_a_person(said, verb, ids, manager):
    for who in ids["people"]:
        unbroken(manager.post(to("person_act", who, verb), said))


@WITH_PATIENCE
@given(said=ANSWERS, verb=st.sampled_from(["ta-ut", "ta-inn", "flytt", "igangsetter", "rom", "legg-bort"]))
def test_deeds_with_a_proposal(said, verb, ids, manager):
    unbroken(manager.post(to("proposal_act", ids["proposal"], verb), said))


@WITH_PATIENCE
@given(said=ANSWERS, verb=st.sampled_from(["spor", "planlegg", "flytt", "nei", "trekk-tilbud", "holdt"]))
def test_deeds_with_a_group(said, verb, ids, manager):
    which = {
        "flytt": ids["meeting"],
        "holdt": ids["meeting"],
        "nei": ids["offer"],
        "trekk-tilbud": ids["offer"],
    }
    unbroken(manager.post(to("group_act", ids["group"], verb), {"which": which.get(verb, ""), **said}))


@WITH_PATIENCE
@given(said=ANSWERS, name=st.sampled_from(["waiting", "numbers", "groups", "proposals", "today"]))
def test_filters(said, name, ids, manager):
    unbroken(manager.get(to(name), said))
