"""A person is opened for a reason, logged first, shown once; and what may be done with her wish."""

import pytest

from rundbord.groups import actions as groups
from rundbord.kernel import tenancy
from rundbord.kernel.models import TimelineEntry
from rundbord.signups import queries
from rundbord.signups.models import SignUp
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.signups import SignUpFactory
from tests.surfaces.office.addresses import to

CANARIES = ("Zitanella", "zitanella@example.org", "Ring etter kl. 16", "Min tidligere nabo", "Grief and loss")


@pytest.fixture
def person(organisation):
    """Somebody with everything that may be told."""
    with tenancy.scope(organisation.id):
        return SignUpFactory(
            organisation=organisation, first_name="Zitanella", contact="zitanella@example.org",
            note="Ring etter kl. 16", not_with="Min tidligere nabo", focus=["grief"], gender="f",
        )  # fmt: skip


def told(answer):
    return answer.content.decode()


def log(organisation):
    with tenancy.scope(organisation.id):
        return list(TimelineEntry.objects.filter(verb="person-opened"))


def story(person):
    with tenancy.scope(person.organisation_id):
        return list(TimelineEntry.objects.filter(subject=person.id))


def now_is(person):
    with tenancy.scope(person.organisation_id):
        return SignUp.objects.get(pk=person.pk)


def do(office, person, verb, **said):
    return office.post(to("person_act", person.id, verb), said, follow=True)


def test_without_a_reason_nothing_personal_is_shown(person, organisation, office):
    for answer in (office.get(to("person", person.id)), office.post(to("person", person.id), {})):
        assert [canary for canary in CANARIES if canary in told(answer)] == []
        assert "Z, Fredrikstad" in told(answer)
    assert log(organisation) == []


@pytest.mark.parametrize("reason", ["", "curious", "x" * 10_000, "ring\x00"])
def test_a_reason_that_does_not_exist_opens_nothing(reason, person, organisation, office):
    answer = office.post(to("person", person.id), {"reason": reason})
    assert answer.status_code == 200
    assert [canary for canary in CANARIES if canary in told(answer)] == []
    assert log(organisation) == []


@pytest.mark.parametrize("reason", ["ring", "talk", "match", "help", "correct"])
def test_with_a_reason_all_is_shown_and_logged(reason, person, organisation, office, coordinator):
    answer = office.post(to("person", person.id), {"reason": reason})
    assert [canary for canary in CANARIES if canary not in told(answer)] == []
    assert "no-store" in answer.headers["Cache-Control"]
    [line] = log(organisation)
    assert (line.subject, line.actor_id, line.data) == (person.id, coordinator.id, {"reason": reason})
    assert [look.account for look in queries.looks(now_is(person))] == [coordinator.id]


def test_each_look_is_a_line_of_its_own(person, organisation, office):
    for _ in range(3):
        office.post(to("person", person.id), {"reason": "ring"})
    assert len(log(organisation)) == 3


def test_no_page_of_the_desk_shows_what_is_personal(person, organisation, office, search):
    search(organisation)
    names = ("today", "calls", "waiting", "proposals", "groups", "letters", "numbers")
    shown = "".join(told(office.get(to(name))) for name in names)
    assert [canary for canary in CANARIES if canary in shown] == []
    assert log(organisation) == []


def test_the_neighbour_can_neither_see_nor_open_nor_do(person, organisation, neighbour):
    assert neighbour.get(to("person", person.id)).status_code == 404
    assert neighbour.post(to("person", person.id), {"reason": "ring"}).status_code == 404
    for verb in ("pause", "ta-ut", "videre", "endre", "ja"):
        assert neighbour.post(to("person_act", person.id, verb)).status_code == 404
    assert log(organisation) == []
    assert now_is(person).state == "waiting"


@pytest.mark.parametrize(
    ("state", "verb", "then"),
    [
        ("unconfirmed", "bekreft", "waiting"),
        ("talk", "samtale-holdt", "waiting"),
        ("talk", "uten-samtale", "waiting"),
        ("waiting", "venter-fortsatt", "waiting"),
        ("waiting", "pause", "paused"),
        ("paused", "fortsett", "waiting"),
        ("waiting", "videre", "sent_on"),
        ("waiting", "ta-ut", "withdrawn"),
    ],
)
def test_what_is_done_is_done(state, verb, then, organisation, office):
    with tenancy.scope(organisation.id):
        wish = SignUpFactory(organisation=organisation, state=state)
    answer = do(office, wish, verb)
    assert answer.status_code == 200
    assert 'data-color="success"' in told(answer)
    assert now_is(wish).state == then


@pytest.mark.parametrize("verb", ["bekreft", "samtale-holdt", "fortsett", "ja", "nei"])
def test_what_leads_nowhere_is_refused_in_a_sentence(verb, person, office):
    answer = do(office, person, verb, reason="time")
    assert answer.status_code == 200
    assert 'data-color="danger"' in told(answer)
    assert now_is(person).state == "waiting"


def test_done_twice_is_refused_kindly(person, office):
    do(office, person, "videre")
    assert "This cannot be done any more." in told(do(office, person, "videre"))


def test_a_wish_that_was_not_hers_is_gone_and_the_list_comes_back(organisation, office):
    with tenancy.scope(organisation.id):
        wish = SignUpFactory(organisation=organisation, state="unconfirmed")
    answer = do(office, wish, "ta-ut")
    assert answer.redirect_chain[-1][0] == to("waiting")
    assert office.get(to("person", wish.id)).status_code == 404


def test_a_pause_until_a_day(person, office):
    do(office, person, "pause", until="2026-06-01")
    assert str(now_is(person).paused_until) == "2026-06-01"


@pytest.mark.parametrize("until", ["2020-01-01", "9999-12-31", "tomorrow", "x" * 10_000, "0001-01-01"])
def test_a_day_that_cannot_be_is_refused(until, person, office):
    answer = do(office, person, "pause", until=until)
    assert answer.status_code == 200
    assert now_is(person).state == "waiting"


CHANGED = {
    "first_name": "Zita", "contact": "zitanella@example.org", "place": "Sarpsborg", "age_band": "46-60",
    "slots": ["4"], "focus": ["mixed"],
}  # fmt: skip


def test_the_wish_is_changed_together_with_her(person, office):
    assert "The wish is changed." in told(do(office, person, "endre", **CHANGED))
    wish = now_is(person)
    assert (wish.first_name, wish.place_id, wish.slots, wish.focus) == ("Zita", "3105", [4], ["mixed"])


def test_the_form_of_change_is_there_only_when_she_is_open(person, office):
    assert 'name="first_name"' not in told(office.get(to("person", person.id)))
    shown = told(office.post(to("person", person.id), {"reason": "correct"}))
    assert 'value="Zitanella"' in shown
    assert 'name="contact" value="zitanella@example.org"' in shown


@pytest.mark.parametrize(
    "changed", [{"place": "Ingensteds"}, {"slots": []}, {"contact": "?"}, {"first_name": ""}]
)
def test_a_change_that_cannot_be_keeps_what_was_typed_and_shows_nothing_more(
    changed, person, organisation, office
):
    answer = do(office, person, "endre", **(CHANGED | {"note": "Nytt notat"} | changed))
    shown = told(answer)
    assert "Nytt notat" in shown
    assert "Ring etter kl. 16" not in shown
    assert "Min tidligere nabo" not in shown
    assert now_is(person).first_name == "Zitanella"
    assert log(organisation) == []


@pytest.fixture
def offered(organisation):
    """Somebody who can only be rung and has an offer."""
    ring = grouping.signup(organisation, contact_kind="ring_me", contact="+4790000001", first_name="Zita")
    group = groups.form_group(
        organisation=organisation, terms=grouping.terms(organisation),
        signups=[ring, *grouping.signups(organisation, 5)], reserves=[], by=grouping.STAFF, now=NOW,
    )  # fmt: skip
    return ring, group


def test_a_yes_on_the_phone_is_noted(offered, office):
    person, group = offered
    assert "Yes to the place" in told(office.get(to("person", person.id)))
    assert "The yes is noted." in told(do(office, person, "ja"))
    assert now_is(person).state == "placed"
    assert to("group", group.id) in told(office.get(to("person", person.id)))


def test_a_no_on_the_phone_has_a_reason(offered, office):
    person, _group = offered
    assert "Please choose one." in told(do(office, person, "nei"))
    assert now_is(person).state == "offered"
    assert "The no is noted." in told(do(office, person, "nei", reason="time"))
    assert now_is(person).state == "waiting"


def test_an_answer_comes_too_late_in_a_sentence(offered, office):
    person, _group = offered
    do(office, person, "ja")
    assert "This offer is already answered" in told(do(office, person, "ja"))


def test_after_hand_over_the_group_is_no_longer_told(organisation, office):
    group = grouping.self_led(organisation)
    [first, *_rest] = grouping.people(group)
    assert to("group", group.id) not in told(office.get(to("person", first.signup_id)))


@pytest.fixture
def placed(organisation):
    """Somebody in a group that starts."""
    group = grouping.started(organisation)
    return grouping.people(group)[0].signup


REACHED = {"first_name": "Zita", "contact": "900 00 001", "ring_me": "on", "ui_language": "nn"}


def test_name_and_contact_of_somebody_with_a_place_are_changed_and_nothing_else(placed, office):
    before = now_is(placed)
    assert "Name and contact are changed." in told(do(office, placed, "kontakt", **REACHED))
    wish = now_is(placed)
    assert (wish.first_name, wish.contact, wish.contact_kind) == ("Zita", "+4790000001", "ring_me")
    assert (wish.state, wish.ui_language) == ("placed", "nn")
    kept = ("slots", "place_id", "age_band", "languages", "focus", "note")
    assert [getattr(wish, name) for name in kept] == [getattr(before, name) for name in kept]
    assert [line.verb for line in story(wish)].count("contact-changed") == 1


def test_the_form_of_contact_is_there_only_when_she_is_open(placed, organisation, office):
    assert 'name="contact"' not in told(office.get(to("person", placed.id)))
    assert log(organisation) == []
    shown = told(office.post(to("person", placed.id), {"reason": "correct"}))
    assert f'name="contact" value="{now_is(placed).contact}"' in shown
    assert 'name="slots"' not in shown
    assert len(log(organisation)) == 1


@pytest.mark.parametrize("changed", [{"contact": "?"}, {"contact": ""}, {"first_name": ""}])
def test_a_contact_that_cannot_be_keeps_what_was_typed_and_shows_nothing_more(
    changed, placed, organisation, office
):
    before = now_is(placed)
    shown = told(do(office, placed, "kontakt", **(REACHED | {"first_name": "Zitanella"} | changed)))
    assert "rb-field-wrong" in shown
    assert before.contact not in shown
    assert now_is(placed).contact == before.contact
    assert log(organisation) == []


def test_the_contact_of_somebody_who_waits_leaves_the_wish_as_it_is(person, office):
    """The page was open while the place was given up."""
    do(office, person, "kontakt", **REACHED)
    wish = now_is(person)
    assert (wish.first_name, wish.focus, wish.note) == ("Zita", ["grief"], "Ring etter kl. 16")
    assert (wish.not_with, wish.gender) == ("Min tidligere nabo", "f")
