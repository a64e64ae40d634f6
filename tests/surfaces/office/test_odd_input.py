"""Whatever is typed into any form of the desk: a page comes back, never a breakdown, and keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import outtray, tenancy
from rundbord.kernel.ids import new_id, pid
from rundbord.kernel.models import OutgoingMessage
from rundbord.people.models import Role
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.matching import county, room
from tests.factories.signups import SignUpFactory
from tests.surfaces.hostile import examples, holds, lost, read, said, tried
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
    "name", "email", "role", "password", "capacity", "address", "owner_email", "owner_phone", "services",
    "key_note", "phone", "places", "about", "takes_wishes", "surname", "woman", "concurrent_starts",
    "digital", "group_floor", "group_ceiling", "group_enough", "offer_hours", "talk", "link",
    "organisation", "starters", "rooms", "weeks", "decline",
)  # fmt: skip
ANSWERS = st.dictionaries(
    st.sampled_from(FIELDS), st.one_of(WORDS, st.lists(WORDS, max_size=4)), max_size=14
).map(lambda said: {"token": "x"} | said)
PLAIN = (
    "register",
    "staff",
    "settings",
    "facts",
    "shown",
    "hide_name",
    "starter_add",
    "venue_add",
    "run",
    "choose",
    "forecast",
)
ROWS = {
    "starter": "starter", "starter_active": "starter", "venue": "venue", "room": "room", "room_add": "venue",
    "role_take": "role", "letter_again": "letter",
}  # fmt: skip
# Every deed with what its form asks; most ask nothing.
PERSON = {
    "bekreft": "", "kontaktet": "", "samtale-holdt": "", "uten-samtale": "", "venter-fortsatt": "",
    "pause": "until", "fortsett": "", "videre": "", "ta-ut": "",
    "endre": "first_name contact ring_me place form slots note",
    "kontakt": "first_name contact ring_me ui_language", "ja": "", "nei": "reason",
}  # fmt: skip
PROPOSAL = ("ta-ut", "ta-inn", "flytt", "igangsetter", "rom", "legg-bort", "godkjenn")
GROUP = {
    "spor": "starter", "planlegg": "first_on", "lenke": "link", "start": "", "selv": "", "gi-opp": "",
    "overlever": "", "flytt": "day time", "avlys": "", "holdt": "", "ikke-holdt": "", "nei": "reason",
    "ja": "", "trekk-tilbud": "", "trekk-sporsmal": "",
}  # fmt: skip
WHICH = {
    **dict.fromkeys(("flytt", "avlys", "holdt", "ikke-holdt"), "meeting"),
    **dict.fromkeys(("nei", "ja", "trekk-tilbud"), "offer"),
    "trekk-sporsmal": "request",
}
SOON = {"first_on": "2026-03-20", "day": "2026-03-20", "time": "18:00"}
DEEDS = {"person": {*PERSON}, "proposal": {*PROPOSAL}, "groups": {*GROUP}}
COVERED = {f"office:{name}" for name in (*PLAIN, *ROWS, "person", "person_act", "proposal_act", "group_act")}


@pytest.fixture
def ids(organisation, search, manager):
    """Something real behind each id, so that the words reach the forms."""
    people = county(organisation, 8)
    run = search(organisation)
    group, forming, hall = (
        grouping.started(organisation, digital=True), grouping.formed(organisation), room(organisation)
    )  # fmt: skip
    with tenancy.scope(organisation.id):
        paused = SignUpFactory(organisation=organisation, state="paused")
        offered = forming.offers.first().signup
        return {
            "people": [people[0].id, paused.id, offered.id],
            "proposal": run.proposals.get().id,
            "group": group.id,
            "forming": forming.id,
            "meeting": pid(group.meetings.first().id),
            "offer": pid(forming.offers.first().id),
            "request": pid(forming.requests.first().id),
            "starter": grouping.starter(organisation).id,
            "room": hall.id,
            "venue": hall.venue_id,
            "role": Role.objects.first().id,
            "letter": lost_letter(organisation).id,
        }


def lost_letter(organisation):
    """A message that did not get through."""
    outtray.put(
        organisation_id=organisation.id, kind="accounts/password", to="kari@example.org", language="nb",
        context={"link": "https://example.org/"}, subject=new_id(), now=NOW,
    )  # fmt: skip
    letter = OutgoingMessage.objects.latest("put_at")
    OutgoingMessage.objects.filter(pk=letter.pk).update(state="dead")
    return letter


def unbroken(answer):
    assert answer.status_code < 500
    assert answer.status_code in (200, 302, 404, 405)


@examples(0.15)
@given(posted=ANSWERS)
def test_forms(posted, ids, manager):
    # Counting somebody who asked is a form of its own on the page of callers.
    own = "asked_by" if "asked_by" in posted else " ".join(posted)
    for name in PLAIN:
        holds(manager, to(name), posted, own)
    for name, kind in ROWS.items():
        holds(manager, to(name, ids[kind]), posted)


@examples(0.15)
@given(posted=said(" ".join(["reason", *PERSON.values()])), number=st.integers(0, 2))
def test_deeds_with_a_person(posted, number, ids, manager):
    who = ids["people"][number]
    holds(manager, to("person", who), posted, "reason")
    for verb, own in PERSON.items():
        holds(manager, to("person_act", who, verb), posted, own)


@examples(0.15)
@given(posted=ANSWERS)
def test_deeds_with_a_proposal(posted, ids, manager):
    for verb in PROPOSAL:
        assert tried(manager, to("proposal_act", ids["proposal"], verb), posted).status_code in (302, 404)


@examples(0.15)
@given(posted=said(" ".join(GROUP.values()), **SOON), which=st.sampled_from(["group", "forming"]))
def test_deeds_with_a_group(posted, which, ids, manager):
    for verb, own in GROUP.items():
        about = {"which": ids.get(WHICH.get(verb, ""), "")} | posted
        holds(manager, to("group_act", ids[which], verb), about, own)


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("planlegg", {"first_on": "2026-03-02"}, "later day than today"),
        ("flytt", {"day": "2026-03-02", "time": "08:00"}, "has not passed"),
    ],
)
def test_a_day_that_will_not_do_is_said_beside_it_and_kept(verb, typed, sentence, ids, manager):
    answer = manager.post(to("group_act", ids["group"], verb), typed | {"which": ids["meeting"]})
    assert any(sentence in words for words in (e.text for e in marked(answer))), answer.status_code
    assert lost(answer, typed) == []


def test_a_pause_that_will_not_do_is_said_beside_it_and_kept(ids, manager):
    answer = manager.post(to("person_act", ids["people"][0], "pause"), {"until": "2031-01-01"})
    assert any("within the next year" in e.text for e in marked(answer))
    assert lost(answer, {"until": "2031-01-01"}) == []


def marked(answer):
    """The sentences beside the fields."""
    return read(answer).all("div", data_field="validation")


@examples(0.6)
@given(asked=ANSWERS, name=st.sampled_from(["waiting", "numbers", "groups", "proposals", "today"]))
def test_filters(asked, name, ids, manager):
    unbroken(manager.get(to(name), asked))
