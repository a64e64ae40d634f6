"""The first page: what needs a human, how many, where to go, and kind words when there is nothing."""

from datetime import timedelta

import pytest

from rundbord.groups import actions as groups
from rundbord.kernel import outtray, tenancy
from rundbord.kernel.models import OutgoingMessage
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.matching import people, room, starter
from tests.factories.signups import SignUpFactory
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page


def wish(organisation, **facts):
    with tenancy.scope(organisation.id):
        return SignUpFactory(organisation=organisation, **facts)


def settled(organisation):
    """An office that lacks nothing to begin with."""
    starter(organisation)
    room(organisation)


def lost(organisation, subject=None):
    with tenancy.scope(organisation.id):
        outtray.put(
            organisation_id=organisation.id, kind="signups/withdrawn", to="a@example.org", language="en",
            context={"first_name": "Kari", "link": "x", "organisation_phone": "1"}, subject=subject, now=NOW,
        )  # fmt: skip
        OutgoingMessage.objects.update(state="dead", ended_at=NOW)
        return OutgoingMessage.objects.get()


def test_an_office_with_nothing_to_do_hears_so_kindly(organisation, office):
    settled(organisation)
    assert "Nothing needs you now" in page(office, to("today"))


def test_a_new_office_is_told_what_it_lacks(organisation, office):
    shown = page(office, to("today"))
    assert "You have no starters yet." in shown
    assert "You have no rooms yet." in shown


@pytest.mark.parametrize(
    ("many", "sentence"), [(1, "1 person waits for a call."), (3, "3 people wait for a call.")]
)
def test_those_who_want_to_be_rung_are_counted(many, sentence, organisation, twin, office):
    for number in range(many):
        wish(organisation, state="unconfirmed", contact_kind="ring_me", contact=f"+479000000{number}")
    wish(twin, state="unconfirmed", contact_kind="ring_me", contact="+4790000009")
    assert sentence in page(office, to("today"))


def test_talks_are_counted(organisation, office):
    wish(organisation, state="talk")
    assert "1 person waits for a talk." in page(office, to("today"))


def test_proposals_are_counted(proposal, office):
    assert "1 proposal waits for your decision." in page(office, to("today"))


def test_a_starter_who_has_not_answered_is_counted(forming, office):
    assert "1 starter has not answered yet." in page(office, to("today"))


def test_a_group_without_a_starter_is_one_tap_away(organisation, forming, office):
    grouping.starter_answers(forming, yes=False)
    shown = page(office, to("today"))
    assert "1 group has no starter." in shown
    assert to("group", forming.id) in shown


def test_a_group_that_can_start_is_told(organisation, office):
    group = grouping.formed(organisation, people=4)
    grouping.starter_answers(group)
    for offer in grouping.offers(group):
        grouping.says_yes(offer)
    assert "1 group can start." in page(office, to("today"))


def test_a_group_ready_to_lead_itself_is_told(organisation, office):
    grouping.hold_all(grouping.started(organisation))
    assert "1 group is ready to lead itself." in page(office, to("today"))


def test_offers_by_voice_are_told(organisation, office):
    with tenancy.scope(organisation.id):
        ring = grouping.signup(organisation, contact_kind="ring_me", contact="+4790000001")
    groups.form_group(
        organisation=organisation, terms=grouping.terms(organisation),
        signups=[ring, *grouping.signups(organisation, 5)], reserves=[], by=grouping.STAFF, now=NOW,
    )  # fmt: skip
    assert "1 person has an offer and can only be rung." in page(office, to("today"))
    calls = page(office, to("calls"))
    assert "Ring and ask for the answer." in calls
    assert to("person", ring.id) in calls


def test_lost_messages_are_told_and_sent_again(organisation, twin, office):
    lost(twin)
    person = wish(organisation)
    letter = lost(organisation, person.id)
    assert "1 message did not get through." in page(office, to("today"))
    shown = page(office, to("letters"))
    assert to("person", person.id) in shown
    assert shown.count("Try again") == 1
    assert "a@example.org" not in shown
    answer = office.post(to("letter_again", letter.id), follow=True)
    assert "All messages got through." in answer.content.decode()


def test_a_message_that_is_not_lost_cannot_be_sent_again(organisation, office):
    letter = lost(organisation)
    office.post(to("letter_again", letter.id))
    assert office.post(to("letter_again", letter.id)).status_code == 404


def test_only_seven_lines_stand_in_front(organisation, office):
    lost(organisation)
    wish(organisation, state="unconfirmed", contact_kind="ring_me", contact="+4790000001")
    wish(organisation, state="talk")
    unanswered, ready = grouping.formed(organisation), grouping.formed(organisation, people=4)
    assert unanswered.state == "forming"
    grouping.starter_answers(ready)
    for offer in grouping.offers(ready):
        grouping.says_yes(offer)
    grouping.starter_answers(grouping.formed(organisation, people=4), yes=False)
    grouping.hold_all(grouping.started(organisation))
    front, rest = page(office, to("today")).split("More, when you have time")
    assert front.count("rb-card-link") == 7
    assert rest.count("rb-card-link") >= 1


def test_news_offer_a_search_and_the_search_takes_it_away(organisation, office, search):
    people(organisation, 2)
    settled(organisation)
    assert "Look for groups now" in page(office, to("today"))
    search(organisation, NOW + timedelta(minutes=1))
    assert "Look for groups now" not in page(office, to("today"))


def test_the_list_of_calls_shows_initials_only(organisation, twin, office):
    wish(organisation, state="unconfirmed", contact_kind="ring_me", contact="+4790000001", first_name="Zita")
    wish(twin, state="talk", first_name="Xenia")
    shown = page(office, to("calls"))
    assert "Z, Fredrikstad" in shown
    assert "Zita" not in shown
    assert "X, Fredrikstad" not in shown


def test_nobody_to_ring_is_said_kindly(office):
    assert "Nobody waits for a call." in page(office, to("calls"))


class TestPromises:
    """ "You hear from us within seven days": first in the list before it is due, and until it is kept."""

    def waits(self, organisation, days, **facts):
        return wish(organisation, answer_by=(NOW + timedelta(days=days)).date(), **facts)

    def test_it_stands_first_before_it_is_due(self, organisation, twin, office):
        settled(organisation)
        wish(organisation, state="unconfirmed", contact_kind="ring_me", contact="+4790000001")
        self.waits(organisation, 3)
        self.waits(twin, 0)
        shown = page(office, to("today"))
        soon = shown.index("1 person is promised to hear from you within three days.")
        assert soon < shown.index("1 person waits for a call.")
        assert "by today" not in shown

    def test_what_is_four_days_off_can_wait(self, organisation, office):
        settled(organisation)
        self.waits(organisation, 4)
        assert "Nothing needs you now" in page(office, to("today"))

    def test_what_is_due_comes_before_what_is_soon(self, organisation, office):
        for days in (0, -5, 1):
            self.waits(organisation, days)
        shown = page(office, to("today"))
        late = shown.index("2 people were promised to hear from you by today.")
        assert late < shown.index("1 person is promised to hear from you within three days.")

    @pytest.mark.parametrize("state", ["paused", "offered", "withdrawn"])
    def test_who_rests_or_has_heard_is_not_counted(self, state, organisation, office):
        settled(organisation)
        self.waits(organisation, 0, state=state)
        assert "promised" not in page(office, to("today"))

    def test_who_it_is_stands_among_the_calls_as_an_initial(self, organisation, twin, office):
        person = self.waits(organisation, 0, first_name="Zita")
        self.waits(twin, 0, first_name="Xenia")
        shown = page(office, to("calls"))
        assert "Z, Fredrikstad" in shown and to("person", person.id) in shown
        assert "Promised to hear from you by Monday 2 March." in shown
        assert "Zita" not in shown and "X, Fredrikstad" not in shown

    def test_who_is_to_be_rung_anyway_stands_there_once(self, organisation, office):
        self.waits(organisation, 0, state="talk", first_name="Zita")
        assert page(office, to("calls")).count("Z, Fredrikstad") == 1

    def test_noted_once_it_is_off_the_list(self, organisation, office):
        settled(organisation)
        person = self.waits(organisation, 0)
        assert "I have been in touch" in page(office, to("person", person.id))
        answer = office.post(to("person_act", person.id, "kontaktet"), follow=True)
        assert "Noted: you have been in touch." in answer.content.decode()
        assert "I have been in touch" not in page(office, to("person", person.id))
        assert "Nothing needs you now" in page(office, to("today"))

    @pytest.mark.parametrize(
        ("many", "told"), [(1, "fewer than 5"), (4, "fewer than 5"), (5, "5 people have waited")]
    )
    def test_those_above_see_numbers_only_and_no_small_one(self, many, told, organisation, twin, office):
        twin.parent = organisation
        twin.save()
        for _number in range(many):
            self.waits(twin, -3, answer_step=3, first_name="Xenia")
        shown = page(office, to("today"))
        assert told in shown and "three days longer than promised" in shown
        assert "Xenia" not in shown and "X, Fredrikstad" not in page(office, to("calls"))

    def test_before_three_days_those_above_see_nothing(self, organisation, twin, office):
        settled(organisation)
        twin.parent = organisation
        twin.save()
        self.waits(twin, -3, answer_step=2)
        assert "Nothing needs you now" in page(office, to("today"))
