"""A wish on its way: confirmed, talked about, changed, moved by groups, taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from rundbord.kernel import outtray, tenancy, timeline
from rundbord.kernel.models import Counter
from rundbord.kernel.tenancy import WrongTenant
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people import queries as doors
from rundbord.signups import actions, queries
from rundbord.signups.models import IntroTalk, SignUp
from rundbord.signups.rules import NotPossible, NotUsable, steps_of_arc, told
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import kinds, letters, text, token_in

pytestmark = pytest.mark.django_db


def wish(organisation: Organisation, **facts: Any) -> SignUp:
    with tenancy.scope(organisation.id):
        return SignUpFactory(organisation=organisation, **facts)


def stored(signup: SignUp) -> SignUp | None:
    return queries.get(signup.organisation_id, signup.id)


def counted(organisation: Organisation) -> dict[tuple[str, str], int]:
    with tenancy.scope(organisation.id):
        return {(row.counter, row.detail): row.value for row in Counter.objects.all()}


def story(signup: SignUp) -> list[str]:
    with tenancy.scope(signup.organisation_id):
        return [entry.verb for entry in timeline.history(signup.id)]


def test_confirming_leads_to_the_waiting_list(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, state="unconfirmed", first_name="Kari")
    actions.confirm_wish(signup=signup, by=herself, now=now)
    assert (signup.state, signup.waiting_since, signup.confirmed_at) == ("waiting", now, now)
    (letter,) = letters()
    link = doors.find_link(token_in(letter), now + timedelta(days=59))
    assert link is not None and link.subject == signup.id
    assert "Kari" in text(letter)
    assert story(signup) == ["wish-confirmed"]
    assert counted(organisation) == {("wish-confirmed", "email"): 1}


def test_confirming_twice_is_refused_and_changes_nothing(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, state="unconfirmed")
    actions.confirm_wish(signup=signup, by=herself, now=now)
    with pytest.raises(NotPossible):
        actions.confirm_wish(signup=signup, by=herself, now=now + timedelta(days=1))
    assert counted(organisation) == {("wish-confirmed", "email"): 1}
    assert kinds() == ["welcome"]


@pytest.mark.parametrize(
    ("setting", "state"), [("none", "waiting"), ("offered", "waiting"), ("required", "talk")]
)
def test_a_talk_first_where_the_organisation_wants_it(
    organisation: Organisation, now: datetime, herself: Actor, setting: str, state: str
) -> None:
    change_setting(organisation=organisation, key="talk", value=setting, by=SYSTEM, now=now)
    signup = wish(organisation, state="unconfirmed")
    actions.confirm_wish(signup=signup, by=herself, now=now)
    assert signup.state == state
    assert queries.talks_wanted(organisation.id) == ([signup] if state == "talk" else [])


@pytest.mark.parametrize(("held", "state"), [(True, "held"), (False, "skipped")])
def test_after_the_talk_she_waits_with_the_time_she_has_waited(
    organisation: Organisation, now: datetime, staff: Actor, held: bool, state: str
) -> None:
    signup = wish(organisation, state="talk")
    since = signup.waiting_since
    actions.settle_talk(signup=signup, held=held, by=staff, now=now)
    assert (signup.state, signup.waiting_since, queries.talk_of(signup)) == ("waiting", since, state)
    assert counted(organisation) == {(f"talk-{state}", ""): 1}
    with tenancy.scope(organisation.id):
        assert IntroTalk.objects.get().settled_at == now


def test_confirmed_on_the_phone(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = wish(organisation, state="unconfirmed", contact_kind="ring_me", contact="+4791234567")
    assert [line.id for line in queries.to_ring(organisation.id)] == [signup.id]
    actions.confirm_by_phone(signup=signup, by=staff, now=now)
    assert signup.state == "waiting" and letters() == []
    assert queries.to_ring(organisation.id) == []


def test_not_me_erases_everything_in_one_tap(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    left = actions.leave_wish(organisation=organisation, fields=wish_fields(), browser="b", now=now)
    assert left is not None
    token = token_in(letters()[0])
    actions.withdraw(signup=left, by=herself, now=now)
    assert stored(left) is None
    assert doors.find_link(token, now) is None
    assert not doors.knows_browser(left.id, "b")
    assert letters() == []
    assert counted(organisation)[("wish-not-mine", "")] == 1


def test_withdrawing_takes_the_words_at_once_and_says_goodbye(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, note="Hei", not_with="Ola", gender="f", focus=["grief"])
    actions.withdraw(signup=signup, by=herself, now=now)
    row = stored(signup)
    assert row is not None and row.contact == signup.contact
    assert (row.focus, row.note, row.not_with, row.gender) == (None, None, None, None)
    assert kinds() == ["withdrawn"]
    assert counted(organisation) == {("wish-withdrawn", "4-7"): 1}


def test_who_has_a_place_leaves_through_her_group(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    with pytest.raises(NotPossible):
        actions.withdraw(signup=wish(organisation, state="placed"), by=herself, now=now)


def test_sent_on(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = wish(organisation)
    actions.send_on(signup=signup, by=staff, now=now)
    assert signup.state == "sent_on" and story(signup) == ["wish-sent-on"]


def test_offer_yes_and_the_words_are_gone(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, note="Hei", not_with="Ola", gender="f", focus=["grief"], asked_at=now)
    actions.mark_offered(signup, now)
    assert (signup.state, signup.asked_at, signup.focus) == ("offered", None, ["grief"])
    actions.mark_placed(signup, now)
    row = stored(signup)
    assert row is not None
    assert (row.state, row.focus, row.note, row.not_with, row.gender) == ("placed", None, None, None, "f")
    assert counted(organisation) == {("wish-offered", ""): 1, ("wish-placed", "4-7"): 1}


def test_a_no_remembers_the_time_and_keeps_the_place_in_the_list(
    organisation: Organisation, now: datetime
) -> None:
    signup = wish(organisation, declined_slots=[9])
    since = signup.waiting_since
    for slot in (4, 4):
        actions.mark_offered(signup, now)
        actions.mark_waiting(signup, slot, now)
    assert (signup.state, signup.declined_slots, signup.waiting_since) == ("waiting", [4, 9], since)
    assert signup.focus == ["mixed"]


def test_a_group_that_never_started_gives_her_back(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, focus=["grief"], state="offered")
    actions.mark_placed(signup, now)
    actions.mark_waiting(signup, None, now)
    assert (signup.state, signup.focus, signup.declined_slots) == ("waiting", ["mixed"], [])


@pytest.mark.parametrize("state", ["withdrawn", "sent_on", "lapsed", "finished"])
def test_who_has_left_stays_out(organisation: Organisation, now: datetime, state: str) -> None:
    signup = wish(organisation, state=state)
    actions.mark_waiting(signup, 4, now)
    actions.mark_finished(signup, now)
    row = stored(signup)
    assert row is not None and row.state == state


def test_who_is_erased_stays_erased(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, state="placed")
    actions.erase_wish(signup=signup, now=now)
    actions.mark_waiting(signup, 4, now)
    actions.mark_finished(signup, now)
    actions.erase_wish(signup=signup, now=now)
    assert stored(signup) is None


def test_changing_the_wish(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation, contact="kari@example.org", asked_at=now)
    later = now + timedelta(days=2)
    fields = wish_fields(slots=[14, 19], focus=["grief", "mixed"], note="Hei", place_code="0301")
    actions.change_wish(signup=signup, fields=fields, by=herself, now=later)
    row = stored(signup)
    assert row is not None
    assert (row.slots, row.focus, row.note, row.place.name) == ([14, 19], ["grief", "mixed"], "Hei", "Oslo")
    assert (row.state, row.heard_at, row.asked_at) == ("waiting", later, None)
    assert letters() == [] and story(signup) == ["wish-changed"]


def test_the_same_words_are_not_younger_for_being_sent_again(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, contact="kari@example.org", note="Hei", note_at=now)
    later = now + timedelta(days=20)
    actions.change_wish(signup=signup, fields=wish_fields(note="Hei"), by=herself, now=later)
    assert signup.note_at == now
    actions.change_wish(signup=signup, fields=wish_fields(note="Hei igjen"), by=herself, now=later)
    assert signup.note_at == later


def test_with_a_place_only_the_contact_changes(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, state="placed", contact="kari@example.org")
    fields = wish_fields(first_name="Kaia", focus=["grief"], note="Hei", slots=[0])
    actions.change_wish(signup=signup, fields=fields, by=herself, now=now)
    row = stored(signup)
    assert row is not None
    assert (row.first_name, row.focus, row.note, row.slots) == ("Kaia", None, None, [4, 9])


def test_a_new_address_is_told_to_the_old_one(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, contact="old@example.org", contact_kind="email")
    actions.change_wish(signup=signup, fields=wish_fields(contact="new@example.org"), by=herself, now=now)
    assert {(letter.kind, letter.to) for letter in letters()} == {
        ("signups/moved", "old@example.org"),
        ("signups/moved_here", "new@example.org"),
    }
    assert queries.with_contact(organisation.id, "new@example.org") == signup
    assert queries.with_contact(organisation.id, "old@example.org") is None


def test_changing_addresses_floods_nobody(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation, contact="mallory@example.org")
    for number in range(10):
        for address in ("mallory@example.org", f"victim+{number}@example.org"):
            actions.change_wish(signup=signup, fields=wish_fields(contact=address), by=herself, now=now)
    arrived = [letter.kind for letter in letters() if letter.to and letter.to.startswith("victim")]
    assert arrived.count("signups/moved_here") == 1


def test_wrong_answers_change_nothing(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation)
    with pytest.raises(NotUsable):
        actions.change_wish(signup=signup, fields=wish_fields(slots=[99]), by=herself, now=now)
    row = stored(signup)
    assert row is not None and row.slots == [4, 9]


def test_still_waiting_keeps_the_place_in_the_list(
    organisation: Organisation, now: datetime, herself: Actor
) -> None:
    signup = wish(organisation, asked_at=now)
    since = signup.waiting_since
    actions.still_waiting(signup=signup, by=herself, now=now)
    assert (signup.asked_at, signup.heard_at, signup.waiting_since) == (None, now, since)


def test_nobody_moves_another_organisations_wish(
    organisation: Organisation, twin: Organisation, now: datetime, staff: Actor
) -> None:
    signup = wish(organisation)
    with tenancy.scope(twin.id):
        for verb in (actions.withdraw, actions.send_on, actions.still_waiting, actions.erase_wish):
            with pytest.raises(WrongTenant):
                verb(signup=signup, now=now, **({} if verb is actions.erase_wish else {"by": staff}))
    assert queries.get(twin.id, signup.id) is None
    row = stored(signup)
    assert row is not None and row.state == "waiting"


def test_a_failing_letter_takes_everything_back(
    organisation: Organisation, now: datetime, herself: Actor, settings: Any
) -> None:
    """State, story, counter and letter are one: there is no address for the letter's link here."""
    signup = wish(organisation, state="unconfirmed")
    settings.ROOT_URLCONF = "tests.signups.no_addresses"
    with pytest.raises(Exception, match="mine"):
        actions.confirm_wish(signup=signup, by=herself, now=now)
    row = stored(signup)
    assert row is not None and row.state == "unconfirmed"
    assert counted(organisation) == {} and story(signup) == []


def test_the_story_is_told_in_sentences(organisation: Organisation, now: datetime, herself: Actor) -> None:
    signup = wish(organisation, state="unconfirmed")
    actions.confirm_wish(signup=signup, by=herself, now=now)
    actions.pause(signup=signup, until=None, by=herself, now=now)
    actions.resume(signup=signup, by=herself, now=now)
    actions.mark_offered(signup, now)
    actions.mark_waiting(signup, 4, now)
    actions.withdraw(signup=signup, by=herself, now=now)
    assert len(story(signup)) == 6
    assert all(told(verb) for verb in story(signup))
    assert told("something-else") == ""


@pytest.mark.parametrize(
    ("state", "talk", "here"),
    [
        ("unconfirmed", None, "confirmed"),
        ("talk", "wanted", "talk"),
        ("waiting", None, "waiting"),
        ("waiting", "held", "waiting"),
        ("paused", None, "waiting"),
        ("offered", "skipped", "offer"),
    ],
)
def test_the_arc_has_one_here(organisation: Organisation, state: str, talk: str | None, here: str) -> None:
    steps = steps_of_arc(wish(organisation, state=state), talk)
    assert [step.code for step in steps if step.state == "here"] == [here]
    assert ("talk" in [step.code for step in steps]) == (talk is not None)
    states = [step.state for step in steps if step.state != "skipped"]
    assert states == sorted(states, key=["done", "here", "ahead"].index)


def test_the_arc_of_what_is_over(organisation: Organisation) -> None:
    assert {step.state for step in steps_of_arc(wish(organisation, state="placed"))} == {"done"}
    closed = {step.code: step.state for step in steps_of_arc(wish(organisation, state="lapsed"))}
    assert (closed["wish"], closed["offer"], "here" in closed.values()) == ("done", "skipped", False)


def test_unsent_letters_go_with_the_person(organisation: Organisation, now: datetime) -> None:
    signup = wish(organisation, state="unconfirmed")
    actions.confirm_wish(signup=signup, by=SYSTEM, now=now)
    token = people.issue_link(kind="signup", subject=signup.id, organisation_id=organisation.id, now=now)
    actions.erase_wish(signup=signup, now=now)
    assert letters() == [] and doors.find_link(token, now) is None
    with tenancy.everywhere("test"):
        assert outtray.deliver_due(now=now) == 0
