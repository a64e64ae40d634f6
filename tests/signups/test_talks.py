"""A talk first: offered, asked for with one tap, on the office's list, and no place waits for it."""

from datetime import datetime

import pytest

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries
from rundbord.signups.models import SignUp
from rundbord.signups.rules import NotPossible, steps_of_arc
from tests.factories.signups import SignUpFactory
from tests.signups.post import letters, text

pytestmark = pytest.mark.django_db
HERSELF, STAFF = Actor("person"), Actor("staff")
WORDS = "Would you like us to talk together first?"


@pytest.fixture
def offering(organisation: Organisation, twin: Organisation, now: datetime) -> Organisation:
    """Ours offers talks, and so does the one beside us."""
    for each in (organisation, twin):
        change_setting(organisation=each, key="talk", value="offered", by=SYSTEM, now=now)
    return organisation


def wish(organisation: Organisation, **facts: object) -> SignUp:
    with tenancy.scope(organisation.id):
        made: SignUp = SignUpFactory(organisation=organisation, ui_language="en", **facts)
        return made


def ask(signup: SignUp, now: datetime) -> None:
    actions.ask_for_talk(signup=signup, by=HERSELF, now=now)


@pytest.mark.parametrize(("setting", "told"), [("none", False), ("offered", True), ("required", False)])
def test_the_letter_of_welcome_offers_it(
    organisation: Organisation, now: datetime, setting: str, told: bool
) -> None:
    change_setting(organisation=organisation, key="talk", value=setting, by=SYSTEM, now=now)
    actions.confirm_wish(signup=wish(organisation, state="unconfirmed"), by=HERSELF, now=now)
    [letter] = letters()
    assert (WORDS in text(letter)) == told


def test_she_is_on_the_list_and_waits_all_the_same(
    offering: Organisation, twin: Organisation, now: datetime
) -> None:
    signup, quiet, theirs = wish(offering), wish(offering), wish(twin)
    since = signup.waiting_since
    for each in (signup, signup, theirs):
        ask(each, now)
    assert [row.id for row in queries.talks_wanted(offering.id)] == [signup.id]
    assert (signup.state, signup.waiting_since, queries.talk_of(signup)) == ("waiting", since, "asked")
    assert {row.id for row in queries.to_place(offering.id)} == {signup.id, quiet.id}
    assert [step.code for step in steps_of_arc(signup, "asked")] == [
        step.code for step in steps_of_arc(quiet)
    ]
    with tenancy.scope(offering.id):
        assert Counter.objects.get(counter="talk-asked").value == 1  # asked twice, it is asked


@pytest.mark.parametrize("held", [True, False])
def test_the_office_settles_it(offering: Organisation, now: datetime, held: bool) -> None:
    signup = wish(offering)
    ask(signup, now)
    actions.settle_talk(signup=signup, held=held, by=STAFF, now=now)
    assert queries.talks_wanted(offering.id) == [] and signup.state == "waiting"
    with pytest.raises(NotPossible):
        actions.settle_talk(signup=signup, held=held, by=STAFF, now=now)


def test_after_a_pause_she_waits_as_before(offering: Organisation, now: datetime) -> None:
    signup = wish(offering)
    ask(signup, now)
    actions.pause(signup=signup, until=None, by=HERSELF, now=now)
    assert queries.talks_wanted(offering.id) == []
    actions.resume(signup=signup, by=HERSELF, now=now)
    assert signup.state == "waiting" and len(queries.talks_wanted(offering.id)) == 1


def test_with_an_offer_in_hand_nobody_is_called_for_a_talk(offering: Organisation, now: datetime) -> None:
    signup = wish(offering)
    ask(signup, now)
    actions.mark_offered(signup, now)
    assert queries.talks_wanted(offering.id) == []


@pytest.mark.parametrize("setting", ["none", "required"])
def test_where_none_is_offered_none_is_asked_for(
    organisation: Organisation, now: datetime, setting: str
) -> None:
    change_setting(organisation=organisation, key="talk", value=setting, by=SYSTEM, now=now)
    with pytest.raises(actions.TalksNotOffered):
        ask(wish(organisation), now)


@pytest.mark.parametrize("state", ["unconfirmed", "offered", "placed", "withdrawn", "finished"])
def test_only_who_waits_asks(offering: Organisation, now: datetime, state: str) -> None:
    with pytest.raises(NotPossible):
        ask(wish(offering, state=state), now)
