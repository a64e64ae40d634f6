"""Round the table: one's own group and nobody else's; what they do and decide together."""

from datetime import timedelta

import pytest

from rundbord.groups import actions
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import at, browser, does, inside, page, wish, words

DOINGS = ["table", "pledge", "rules", "newcomers", "end", "leave"]


@pytest.fixture
def group(organisation):
    """Six people, their first meetings planned."""
    return grouping.started(organisation, 6)


@pytest.fixture
def members(group):
    """Those who take part."""
    return grouping.people(group)


@pytest.fixture
def me(members):
    """The browser of one of them."""
    return inside(members[0].signup)


@pytest.fixture
def alone(organisation, clock):
    """The browser of one in a group that leads itself, and the group."""
    group = grouping.self_led(organisation)
    later = grouping.meetings(group, kind="startup")[-1].ends_at
    clock.move_to(later)
    return inside(grouping.people(group)[0].signup, later), grouping.fresh(group)


def next_meeting(group):
    """The first that is planned."""
    return grouping.meetings(group, state="planned")[0]


class TestPage:
    def test_next_meeting_place_and_names(self, me, members):
        said = page(me, "mine:table")
        assert "Next meeting" in said and "Storgata 1" in said and "Starter:" in said
        assert all(member.signup.first_name in said for member in members)

    def test_no_address_of_anybody_is_shown(self, me, members):
        said = page(me, "mine:table")
        assert not any(member.signup.contact in said for member in members)

    def test_nothing_of_any_other_group(self, organisation, twin, me, members):
        theirs = [grouping.started(organisation, 5), grouping.started(twin, 5)]
        for other in theirs:
            [writer, *_] = grouping.people(other)
            actions.post_notice(
                group=other, text="CANARYnotice", participation=writer, by=grouping.STAFF, now=NOW
            )
            actions.agree_ground_rules(group=other, texts=["CANARYrule"], by=grouping.STAFF, now=NOW)
        said = page(me, "mine:table") + page(me, "mine:page") + page(me, "mine:rules")
        strangers = [each.signup.first_name for other in theirs for each in grouping.people(other)]
        assert "CANARY" not in said
        assert not set(strangers) & set(said.replace(",", " ").split())

    @pytest.mark.parametrize("doing", DOINGS)
    def test_only_for_those_who_take_part(self, organisation, group, doing):
        outsider = inside(wish(organisation))
        for answer in (outsider.get(at(f"mine:{doing}")), outsider.post(at(f"mine:{doing}"), {"text": "x"})):
            assert answer.status_code in (404, 405)

    def test_who_has_left_sees_nothing_more(self, me, members):
        does(me, "mine:leave")
        assert me.get(at("mine:table")).status_code == 404

    def test_two_taps_to_leave(self, me, members, group):
        assert f'href="{at("mine:leave")}"' in me.get(at("mine:table")).content.decode()
        assert "You have left. Take care." in does(me, "mine:leave")
        assert members[0].id not in {each.id for each in grouping.people(group)}
        assert len(grouping.people(group)) == 5

    @pytest.mark.parametrize("people", [5, 8])
    def test_as_many_queries_for_few_as_for_many(self, organisation, people, django_assert_max_num_queries):
        group = grouping.started(organisation, people)
        client = inside(grouping.people(group)[0].signup)
        with django_assert_max_num_queries(16):
            client.get(at("mine:table"))


class TestAbsent:
    def test_one_tap_and_the_others_see_it(self, me, members, group):
        meeting = next_meeting(group)
        assert "The others see that you cannot come." in does(me, "mine:absent", meeting.id)
        other = inside(members[1].signup)
        assert f"Cannot come: {members[0].signup.first_name}" in page(other, "mine:table")

    def test_a_second_tap_takes_it_back(self, me, members, group):
        meeting = next_meeting(group)
        does(me, "mine:absent", meeting.id)
        assert "Good that you can come." in does(me, "mine:absent", meeting.id)
        assert "Cannot come" not in page(inside(members[1].signup), "mine:table")

    def test_looking_says_nothing(self, me, group):
        assert me.get(at("mine:absent", next_meeting(group).id)).status_code == 405

    def test_somebody_elses_meeting_is_not_there(self, me, organisation, twin):
        for other in (organisation, twin):
            meeting = next_meeting(grouping.started(other, 5))
            assert me.post(at("mine:absent", meeting.id)).status_code == 404

    def test_a_meeting_that_has_passed_is_refused_kindly(self, members, group, clock):
        meeting = next_meeting(group)
        later = meeting.ends_at + timedelta(minutes=1)
        clock.move_to(later)
        answer = inside(members[0].signup, later).post(at("mine:absent", meeting.id), follow=True)
        assert answer.status_code == 200 and "The others see" not in words(answer)


class TestPledge:
    def test_each_makes_her_own(self, me, members):
        assert "Your pledge" in page(me, "mine:table")
        assert "I keep to myself what the others tell" in page(me, "mine:pledge")
        assert "Thank you for your pledge." in does(me, "mine:pledge")
        assert "Your pledge" not in page(me, "mine:table")
        assert "Your pledge" in page(inside(members[1].signup), "mine:table")

    def test_reading_it_is_not_making_it(self, me):
        page(me, "mine:pledge")
        assert "Your pledge" in page(me, "mine:table")


class TestNotices:
    def test_everyone_reads_it_with_the_writers_name(self, me, members):
        assert "Everyone can read it now." in does(me, "mine:notice", text="I bring the coffee.\nAnd cake.")
        said = page(inside(members[1].signup), "mine:table")
        assert "I bring the coffee. And cake." in said and members[0].signup.first_name in said

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "n" * 1001, "n" * 10_000])
    def test_what_cannot_be_sent_is_kept_with_a_sentence(self, me, text):
        answer = me.post(at("mine:notice"), {"text": text})
        assert answer.status_code == 200 and 'aria-invalid="true"' in answer.content.decode()
        assert text.strip("\x00 ") in answer.content.decode()

    def test_too_many_in_a_day_are_kept_with_a_sentence(self, me):
        said = ""
        for number in range(60):
            said = does(me, "mine:notice", text=f"Message number {number}")
            if "That is many messages for one day." in said:
                break
        assert "That is many messages for one day." in said
        assert f"Message number {number}" in said

    def test_marks_stay_words(self, me):
        does(me, "mine:notice", text="<script>alert(1)</script>")
        assert "<script>alert" not in me.get(at("mine:table")).content.decode()


class TestRules:
    def test_in_their_own_words(self, me, members):
        assert "The ground rules are saved." in does(
            me, "mine:rules", rules="We begin on time.\n\n We listen. "
        )
        said = page(inside(members[1].signup), "mine:table")
        assert "We begin on time." in said and "We listen." in said

    @pytest.mark.parametrize("rules", ["", "r" * 301, "\n".join(["rule"] * 21), "r" * 10_000])
    def test_too_many_or_too_long_are_kept_with_a_sentence(self, me, rules):
        answer = me.post(at("mine:rules"), {"rules": rules})
        assert answer.status_code == 200 and 'aria-invalid="true"' in answer.content.decode()
        assert rules[:300] in answer.content.decode()


class TestTogether:
    def test_before_the_hand_over_there_is_less_to_decide(self, me):
        text = me.get(at("mine:table")).content.decode()
        assert at("mine:newcomers") not in text and at("mine:rest") not in text

    def test_newcomers(self, alone):
        client, group = alone
        assert "It is noted." in does(client, "mine:newcomers", newcomers="open", places="2")
        assert (grouping.fresh(group).newcomers, grouping.fresh(group).newcomer_places) == ("open", 2)

    @pytest.mark.parametrize("places", ["-1", "8", "many", "0", "", "\x00", "9" * 5000])
    def test_places_that_cannot_be(self, alone, places):
        client, group = alone
        answer = client.post(at("mine:newcomers"), {"newcomers": "open", "places": places})
        assert answer.status_code == 200 and 'aria-invalid="true"' in answer.content.decode()
        assert grouping.fresh(group).newcomers == "closed"

    def test_a_break_and_going_on(self, alone):
        client, group = alone
        does(client, "mine:rest")
        assert grouping.fresh(group).state == "paused"
        assert "Go on after the break" in page(client, "mine:table")
        does(client, "mine:rest")
        assert grouping.fresh(group).state == "self_led"

    def test_a_break_before_the_hand_over_is_refused_kindly(self, me, group):
        assert me.post(at("mine:rest"), follow=True).status_code == 200
        assert grouping.fresh(group).state == "starting"

    @pytest.mark.parametrize("reason", ["finished", "too_few", "no_room", "disagreement", "other"])
    def test_ending_with_a_reason(self, alone, reason):
        client, group = alone
        assert "Thank you for this time." in does(client, "mine:end", reason=reason)
        assert (grouping.fresh(group).state, grouping.fresh(group).end_reason) == ("ended", reason)
        assert "This wish is over." in page(client, "mine:page")

    @pytest.mark.parametrize("reason", ["", "reopened", "not_started", "boredom"])
    def test_not_without_one_of_theirs(self, alone, reason):
        client, group = alone
        assert client.post(at("mine:end"), {"reason": reason}).status_code == 200
        assert grouping.fresh(group).state == "self_led"

    def test_two_who_end_at_once(self, alone):
        client, group = alone
        other = inside(
            grouping.people(group)[1].signup, grouping.meetings(group)[0].ends_at + timedelta(days=60)
        )
        does(client, "mine:end", reason="finished")
        assert other.post(at("mine:end"), {"reason": "other"}).status_code in (302, 404)
        assert grouping.fresh(group).end_reason == "finished"


def test_leaving_one_that_is_being_formed_to_wait_for_another(organisation):
    group = grouping.formed(organisation, 5)
    offer = grouping.offers(group)[0]
    grouping.says_yes(offer)
    client = inside(offer.signup)
    assert "Leave this one, and wait for another" in page(client, "mine:leave")
    does(client, "mine:leave", again="1")
    assert "You wait while we look" in page(client, "mine:page")
    assert browser().get(at("mine:leave")).url == at("mine:again")
