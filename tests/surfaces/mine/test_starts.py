"""The starter's pages: what she is asked, whom to ring, one page per meeting, and her departure."""

import re
from datetime import timedelta

import pytest

from rundbord.groups import actions
from rundbord.groups.models import StarterRequest
from rundbord.kernel import tenancy
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import at, does, inside, page, starter_of, starting, words


@pytest.fixture
def group(organisation):
    """Six have said yes, and so has the starter."""
    return grouping.started(organisation, 6)


@pytest.fixture
def anne(group):
    """The starter's browser."""
    return inside(starter_of(group))


def startup(group):
    """The first meetings, in order."""
    return grouping.meetings(group, kind="startup")


class TestAsked:
    @pytest.fixture
    def asked(self, organisation):
        """A group whose starter has not answered, her browser, and the question."""
        group = grouping.formed(organisation, 6)
        with tenancy.scope(organisation.id):
            return group, inside(starter_of(group)), StarterRequest.objects.get(group=group)

    def test_she_sees_when_where_and_how_often(self, asked):
        said = page(asked[1], "mine:starts")
        assert "You are asked" in said and "Tuesday" in said and "Fredrikstad" in said
        assert "5 meetings with you" in said and "Answer by" in said

    def test_yes(self, asked):
        group, client, question = asked
        assert "Thank you. You find it below." in does(client, "mine:answer", question.id, answer="yes")
        assert "Tuesday" in page(client, "mine:start", group.id)

    @pytest.mark.parametrize("answer", ["no", "", "maybe", "\x00"])
    def test_anything_else_is_no_and_no_is_fine(self, asked, answer):
        group, client, question = asked
        assert "No is fine." in does(client, "mine:answer", question.id, answer=answer)
        assert client.get(at("mine:start", group.id)).status_code == 404

    def test_twice_and_too_late_is_said_kindly(self, asked, clock):
        _group, client, question = asked
        does(client, "mine:answer", question.id, answer="no")
        assert "This question is no longer open." in does(client, "mine:answer", question.id, answer="yes")

    def test_after_the_time_ran_out(self, asked, clock):
        _group, client, question = asked
        later = question.expires_at + timedelta(minutes=1)
        clock.move_to(later)
        client = inside(question.starter, later)
        assert "This question is no longer open." in does(client, "mine:answer", question.id, answer="yes")

    def test_looking_answers_nothing(self, asked):
        _group, client, question = asked
        assert client.get(at("mine:answer", question.id)).status_code == 405

    def test_somebody_elses_question_stays_open(self, asked, organisation, twin):
        _group, _client, question = asked
        for house in (organisation, twin):
            other = inside(starting(house))
            assert "no longer open" in does(other, "mine:answer", question.id, answer="yes")
        with tenancy.scope(organisation.id):
            assert StarterRequest.objects.get(pk=question.pk).state == "asked"

    def test_nothing_to_do(self, organisation):
        assert "Nothing right now." in page(inside(starting(organisation)), "mine:starts")


class TestStart:
    def test_the_call_list_has_names_and_how_to_reach_them(self, anne, group):
        said = page(anne, "mine:start", group.id)
        for member in grouping.people(group):
            assert member.signup.first_name in said and member.signup.contact in said

    def test_her_departure_is_said_from_the_start(self, anne, group):
        assert "You leave on this day" in page(anne, "mine:start", group.id)

    def test_who_has_been_rung_is_ticked(self, anne, group):
        [first, *_] = grouping.people(group)
        assert page(anne, "mine:start", group.id).count("We have talked") == 6
        assert "It is noted." in does(anne, "mine:called", group.id, first.id)
        assert page(anne, "mine:start", group.id).count("We have talked") == 5

    def test_the_calls_come_first_until_the_first_meeting_and_the_meetings_afterwards(self, group, clock):
        said = page(inside(starter_of(group)), "mine:start", group.id)
        assert said.index("Ring everyone before the first meeting") < said.index("The meetings")
        later = startup(group)[0].ends_at
        clock.move_to(later)
        said = page(inside(starter_of(group), later), "mine:start", group.id)
        assert said.index("The meetings") < said.index("Those who take part")
        assert "We have talked" not in said and "Ring everyone" not in said

    def test_the_offices_phone_stands_in_the_help_block(self, anne, group, organisation):
        assert organisation.phone in page(anne, "mine:start", group.id)

    def test_only_her_own(self, anne, group, organisation, twin):
        for house in (organisation, twin):
            theirs = grouping.started(house, 5)
            [member, *_] = grouping.people(theirs)
            [meeting, *_] = startup(theirs)
            for route, args in (
                ("mine:start", (theirs.id,)),
                ("mine:start_rules", (theirs.id,)),
                ("mine:hand_over", (theirs.id,)),
                ("mine:meeting", (theirs.id, meeting.id)),
                ("mine:meeting", (group.id, meeting.id)),
            ):
                assert anne.get(at(route, *args)).status_code == 404, route
            assert anne.post(at("mine:called", group.id, member.id)).status_code == 404
            assert anne.post(at("mine:called", theirs.id, member.id)).status_code == 404
            assert anne.post(at("mine:settle", group.id, meeting.id)).status_code == 404
            assert anne.post(at("mine:start_notice", theirs.id), {"text": "x"}).status_code == 404

    def test_a_message_to_everyone(self, anne, group):
        assert "Everyone can read it now." in does(anne, "mine:start_notice", group.id, text="Welcome!")
        said = page(inside(grouping.people(group)[0].signup), "mine:table")
        assert "Welcome!" in said and "From the starter" in said

    @pytest.mark.parametrize("text", ["", "n" * 10_000])
    def test_a_message_that_cannot_be_sent_is_kept(self, anne, group, text):
        answer = anne.post(at("mine:start_notice", group.id), {"text": text})
        assert answer.status_code == 200 and 'aria-invalid="true"' in answer.content.decode()
        assert text in answer.content.decode()

    def test_the_ground_rules_as_they_agree_on_them(self, anne, group):
        assert "The ground rules are saved." in does(anne, "mine:start_rules", group.id, rules="We listen.")
        assert "We listen." in page(inside(grouping.people(group)[0].signup), "mine:table")
        answer = anne.post(at("mine:start_rules", group.id), {"rules": "r" * 400})
        assert answer.status_code == 200 and "Up to 20 rules" in words(answer)


class TestMeeting:
    def test_the_guide_of_each_meeting(self, anne, group):
        pages = [page(anne, "mine:meeting", group.id, meeting.id) for meeting in startup(group)]
        assert len(pages) == 5 and len(set(pages)) == 5
        assert all("Done" in said for said in pages)

    def test_ticks_are_kept_and_taken_away(self, anne, group):
        [meeting, *_] = startup(group)
        address = at("mine:meeting", group.id, meeting.id)
        codes = re.findall(r'name="done" value="([^"]+)"', anne.get(address).content.decode())
        does(anne, "mine:meeting", group.id, meeting.id, done=codes[:2])
        assert sorted(startup(group)[0].ticks) == sorted(codes[:2])
        does(anne, "mine:meeting", group.id, meeting.id, done=[codes[1], "invented", "\x00"])
        assert startup(group)[0].ticks == [codes[1]]
        assert anne.get(address).content.decode().count(" checked") == 1

    @pytest.mark.parametrize("held, state", [("yes", "held"), ("no", "not_held"), ("", "not_held")])
    def test_held_or_not(self, group, clock, held, state):
        [meeting, *_] = startup(group)
        clock.move_to(meeting.ends_at)
        anne = inside(starter_of(group), meeting.ends_at)
        assert "Was the meeting held?" in page(anne, "mine:meeting", group.id, meeting.id)
        does(anne, "mine:settle", group.id, meeting.id, held=held)
        assert startup(group)[0].state == state
        assert len(startup(group)) == (5 if state == "held" else 6)

    def test_not_before_it_has_begun(self, anne, group):
        [meeting, *_] = startup(group)
        assert "This meeting has not begun yet." in does(
            anne, "mine:settle", group.id, meeting.id, held="yes"
        )

    def test_another_time(self, anne, group):
        [meeting, *_] = startup(group)
        day = meeting.starts_at.date() + timedelta(days=1)
        said = does(anne, "mine:move", group.id, meeting.id, day=day.isoformat(), time="19:30")
        assert "The meeting is moved. Everyone is told." in said
        moved = grouping.meetings(group, id=meeting.id)[0].starts_at
        assert (moved.date(), moved.hour, moved.minute) == (day, 18, 30)  # UTC, winter time

    @pytest.mark.parametrize(
        "day, time",
        [
            ("", ""),
            ("2026-03-01", "18:00"),
            ("0001-01-01", "00:00"),
            ("9999-12-31", "23:59"),
            ("31.2.2026", "18:00"),
            ("2026-03-20", "25:00"),
            ("2026-03-20", "\x00"),
            ("x" * 10_000, "y" * 10_000),
        ],
    )
    def test_a_time_that_cannot_be(self, anne, group, day, time):
        [meeting, *_] = startup(group)
        answer = anne.post(at("mine:move", group.id, meeting.id), {"day": day, "time": time})
        assert answer.status_code == 200 and '<details class="ds-details" open>' in answer.content.decode()
        assert startup(group)[0].starts_at == meeting.starts_at


class TestHandOver:
    def test_not_too_soon(self, anne, group):
        assert "Hand over at the last startup meeting" in does(anne, "mine:hand_over", group.id)
        assert grouping.fresh(group).state == "starting"

    def test_afterwards_she_sees_neither_names_nor_what_they_agree(self, group, clock):
        names = [member.signup.first_name for member in grouping.people(group)]
        [meeting, *_] = startup(group)
        later = grouping.hold_all(group)
        clock.move_to(later)
        anne = inside(starter_of(group), later)
        assert "From now on they lead themselves." in page(anne, "mine:hand_over", group.id)
        assert "Handed over. Thank you for starting this." in does(anne, "mine:hand_over", group.id)
        assert grouping.fresh(group).state == "self_led"
        said = page(anne, "mine:starts")
        assert not any(name in said.split() for name in names)
        for route, args in (
            ("mine:start", (group.id,)),
            ("mine:start_rules", (group.id,)),
            ("mine:meeting", (group.id, meeting.id)),
            ("mine:hand_over", (group.id,)),
        ):
            assert anne.get(at(route, *args)).status_code == 404, route
        assert anne.post(at("mine:start_notice", group.id), {"text": "Hello again"}).status_code == 404

    def test_a_group_that_was_given_up_is_gone(self, organisation):
        group = grouping.formed(organisation, 5)
        grouping.starter_answers(group)
        anne = inside(starter_of(group))
        assert "Nobody has said yes yet." in page(anne, "mine:start", group.id)
        actions.give_up_group(group=group, by=grouping.STAFF, now=NOW)
        assert anne.get(at("mine:start", group.id)).status_code == 404
        assert "Nothing right now." in page(anne, "mine:starts")
