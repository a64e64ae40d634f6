"""One group's public page: where about, when, what kind; never who or how many."""

from datetime import timedelta
from random import Random

import pytest
from icalendar import Calendar

from rundbord.groups import actions, queries
from rundbord.groups.models import Group, Participation, Seat
from rundbord.kernel import clock, tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.shell.help_lines import HELP_LINES
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.organisations import place
from tests.surfaces.mine.people import at, browser, page
from tests.surfaces.public.finding import TUESDAY, bare, found


class TestGroup:
    def test_a_group_that_is_being_formed(self, organisation):
        group = grouping.formed(organisation)
        said = page(browser(), "public:group", group.id)
        assert "Tuesday" in said and "Being formed" in said and "Fredrikstad" in said
        assert "Storgata" not in said and "Kari" not in said and "Anne" not in said
        assert organisation.name in said
        assert organisation.name not in found(page(browser(), "public:find"))

    def test_a_closed_group_says_why(self, organisation):
        said = page(browser(), "public:group", grouping.started(organisation).id)
        assert "This group is closed, so that those who are in it can be safe." in said
        assert "when you have said yes" not in said

    def test_an_open_group_can_be_asked_for_a_place(self, organisation):
        group = grouping.self_led(organisation)
        later = grouping.meetings(group)[-1].ends_at
        actions.set_newcomers(group=group, newcomers="open", places=1, by=SYSTEM, now=later)
        said = page(browser(), "public:group", group.id)
        assert "Ask for a place" in said
        actions.set_newcomers(group=group, newcomers="waiting_list", places=0, by=SYSTEM, now=later)
        assert "There is no place right now." in page(browser(), "public:group", group.id)

    def test_the_title_names_no_topic(self, organisation):
        group = grouping.formed(organisation, focus="grief")
        text = browser().get(at("public:group", group.id)).content.decode()
        assert "grief" not in text.split("</title>")[0].lower()

    def test_what_is_over_or_never_was_is_not_there(self, organisation):
        group = grouping.formed(organisation)
        actions.give_up_group(group=group, by=SYSTEM, now=NOW)
        for group_id in (group.id, organisation.id):
            answer = browser().get(at("public:group", group_id))
            assert answer.status_code == 404
            assert all(line.number in answer.content.decode() for line in HELP_LINES)

    def test_an_unlisted_group_is_not_there(self, organisation):
        group = grouping.formed(organisation)
        with tenancy.scope(organisation.id):
            type(group).objects.filter(pk=group.pk).update(listed=False)
        assert browser().get(at("public:group", group.id)).status_code == 404
        assert "Tuesday" not in found(page(browser(), "public:find"))

    def test_who_joins_and_leaves_changes_nothing_outside(self, organisation):
        group = grouping.started(organisation, 6, place_code=place().code)
        before = [browser().get(at(route, *args)).content for route, args in self.pages(group)]
        for participation in grouping.people(group)[:2]:
            actions.leave_group(participation=participation, by=SYSTEM, now=NOW, wait_again=False)
            assert [browser().get(at(route, *args)).content for route, args in self.pages(group)] == before

    def pages(self, group):
        """Where the group shows."""
        return [("public:find", ()), ("public:group", (group.id,))]


class TestJoiningAndLeaving:
    def test_a_thousand_of_them_reveal_none(self, organisation):
        """Whoever looks every day and compares learns nothing: the line depends on the group's own word."""
        draw = Random(5)
        with tenancy.scope(organisation.id):
            groups = [
                *bare(organisation, 2, state="starting"),
                *bare(organisation, 2, state="self_led"),
                *bare(organisation, 1, state="self_led", newcomers="waiting_list"),
                *bare(organisation, 1, state="self_led", newcomers="open", newcomer_places=3),
            ]
            free = grouping.signups(organisation, 30)
            inside: list[Participation] = []
            before = self.seen(groups)
            for step in range(1000):
                if inside and (not free or draw.random() < 0.5):
                    gone = inside.pop(draw.randrange(len(inside)))
                    free.append(gone.signup)
                    gone.delete()
                    Seat.objects.filter(signup=gone.signup).delete()
                else:
                    inside.append(self.join(free.pop(), draw.choice(groups), draw))
                if step % 10 == 0:
                    assert queries.public_list() == before[0] and queries.public_places() == before[1]
                if step % 200 == 0:
                    assert self.seen(groups) == before

    def join(self, signup, group, draw):
        """She joins; how many places are left to offer changes as well."""
        taken = set(Seat.objects.filter(group=group).values_list("number", flat=True))
        number = next((n for n in range(1, 9) if n not in taken), None)
        if number:
            Seat.objects.create(
                organisation=group.organisation,
                group=group,
                number=number,
                ceiling=8,
                signup=signup,
                held_since=NOW,
            )
        Group.objects.filter(pk=group.pk).update(newcomer_places=draw.randrange(4))
        return Participation.objects.create(
            organisation=group.organisation, group=group, signup=signup, joined_at=NOW
        )

    def seen(self, groups):
        """All that can be seen from outside."""
        client = browser()
        addresses = [at("public:find"), *(at("public:group", group.id) for group in groups)]
        with tenancy.everywhere("a test looks from outside"):
            pages = [client.get(address).content for address in addresses]
        return queries.public_list(), queries.public_places(), pages

    @pytest.mark.parametrize(
        "hidden",
        [
            {"ceiling": 6}, {"enough": 7}, {"self_start": True}, {"startup_meetings": 2},
            {"first_meeting_on": NOW.date()}, {"created_at": NOW - timedelta(days=9)}, {"newcomer_places": 2},
        ],
        ids=str,
    )  # fmt: skip
    def test_no_other_column_shows(self, organisation, hidden):
        [group] = bare(organisation, state="self_led", newcomers="open", newcomer_places=1)
        before = [browser().get(at(*where)).content for where in self.places(group)]
        with tenancy.scope(organisation.id):
            Group.objects.filter(pk=group.pk).update(**hidden)
        assert [browser().get(at(*where)).content for where in self.places(group)] == before

    def places(self, group):
        """Where the group shows."""
        return [("public:find",), ("public:group", group.id), ("public:group_calendar", group.id)]


class TestCalendar:
    @pytest.fixture
    def group(self, organisation):
        return bare(organisation, state="self_led", newcomers="open", newcomer_places=1)[0]

    def test_the_weekly_time_and_nothing_that_tells_what_it_is(self, organisation, group):
        answer = browser().get(at("public:group_calendar", group.id))
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="avtale.ics"'
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event["summary"] == "Appointment" and event["rrule"]["FREQ"] == ["WEEKLY"]
        start = event["dtstart"].dt
        assert (start.date(), start.hour) == (clock.today() + timedelta(days=1), 18)
        said = answer.content.decode().lower()
        assert not any(word in said for word in ("group", "help", "mixed", "fredrikstad", "location", "url:"))
        assert organisation.name.lower() not in said and str(group.id) not in said

    def test_two_groups_at_the_same_time_have_the_same_entry(self, twin, group):
        [other] = bare(
            twin, state="self_led", newcomers="open", newcomer_places=1, focus="grief", place=place("3105")
        )
        files = [browser().get(at("public:group_calendar", one.id)).content for one in (group, other)]
        assert files[0] == files[1]

    @pytest.mark.parametrize(
        "facts",
        [
            {"state": "forming"},
            {"state": "starting"},
            {"newcomers": "waiting_list"},
            {"every_weeks": 2},
            {"listed": False},
        ],
    )
    def test_only_while_one_can_ask_for_a_place(self, organisation, facts):
        given = {"state": "self_led", "newcomers": "open", "newcomer_places": 1, "slot": TUESDAY, **facts}
        [group] = bare(organisation, **given)
        assert browser().get(at("public:group_calendar", group.id)).status_code == 404
        page_ = browser().get(at("public:group", group.id)).content.decode()
        assert "avtale.ics" not in page_
