"""From seven wishes to a group that leads itself, walked through the pages by everybody it takes.

A manager begins, a coordinator decides, a starter starts, and seven people seek, answer, meet and go on by
themselves. Letters come from a real mail server; the clock is wound from meeting to meeting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import time_machine

from tests.journeys import steps
from tests.journeys.steps import Wish
from tests.journeys.walk import Letters, Person, calendar, work

pytestmark = pytest.mark.browser

OSLO = ZoneInfo("Europe/Oslo")
ADA, *OTHERS = WISHES = [
    Wish(name, f"{name.lower()}@example.org")
    for name in ("Ada", "Brage", "Celina", "Dag", "Eli", "Frode", "Guro")
]
FIRST_MEETINGS = 5

Arrive = Callable[..., Person]


@dataclass
class World:
    """Those who take part in the story, and what they hold."""

    arrive: Arrive
    letters: Letters
    clock: time_machine.Traveller
    office: Person
    seekers: dict[str, Person]
    starter: Person

    def wait(self, **time: float) -> None:
        """Time passes, and the worker does what falls due."""
        self.to(datetime.now(UTC) + timedelta(**time))

    def to(self, moment: datetime) -> None:
        """It is that moment now."""
        self.clock.move_to(moment)
        work()

    def back(self, wish: Wish) -> Person:
        """A seeker comes back through her newest letter."""
        somebody = self.seekers[wish.name]
        somebody.open_letter(self.letters, wish.email)
        return somebody


@pytest.fixture
def world(arrive: Arrive, letters: Letters, clock: time_machine.Traveller) -> World:
    """An office that has just begun, and seven people on their way."""
    manager = arrive("Marit", width=1280, checked=True)
    steps.found_the_office(manager)
    steps.set_sizes(manager, most=6)
    steps.add_colleague(manager)
    office = arrive("Kari", width=1280, checked=True)
    steps.sign_in_first(office, steps.COORDINATOR)
    steps.add_room(office)
    steps.add_starter(office)
    seekers = {wish.name: arrive(wish.name, checked=wish is ADA) for wish in WISHES}
    return World(arrive, letters, clock, office, seekers, arrive("Anne", checked=True))


def test_from_wish_to_self_led(world: World) -> None:
    everybody_leaves_a_wish(world)
    the_coordinator_says_yes_to_a_proposal(world)
    six_say_yes_and_one_says_no(world)
    the_starter_says_yes_and_rings(world)
    the_first_meetings_are_held(world)
    the_starter_hands_over(world)
    the_group_leads_itself(world)
    the_office_sees_only_what_it_should(world)
    they_end_together(world)


def everybody_leaves_a_wish(world: World) -> None:
    """Five screens and a code; the arc says where one is."""
    for wish in WISHES:
        seeker = world.seekers[wish.name]
        steps.leave_wish(seeker, wish)
        steps.confirm(seeker, wish, world.letters)
        seeker.reads("Hello, %(name)s", name=wish.name)
        seeker.reads("You wait while we look")


def the_coordinator_says_yes_to_a_proposal(world: World) -> None:
    """She looks for groups, reads why, opens a person with a reason, and approves."""
    office = world.office
    office.go("/kontor/forslag/")
    office.press("Look for groups now")
    work()
    office.go("/kontor/forslag/")
    office.reads("Who, and why")
    office.tap(office.page.locator("main h2 a, main h3 a").first)
    assert not any(office.sees(wish.name) or office.sees(wish.email) for wish in WISHES)
    office.press("Approve and send the offers")
    work()


def six_say_yes_and_one_says_no(world: World) -> None:
    """Offers by mail: one says no with a reason, and the seventh is asked instead."""
    asked = [wish for wish in WISHES if len(world.letters.to(wish.email)) > 2]
    assert len(asked) == 6
    [reserve] = [wish for wish in WISHES if wish not in asked]
    refuser = next(wish for wish in asked if wish is not ADA)
    for wish in asked:
        seeker = world.back(wish)
        seeker.follow("Look at the offer")
        seeker.reads("A starter, who is being asked now")
        if wish is refuser:
            say_no(seeker)
        else:
            seeker.press("Yes, I would like this")
            seeker.reads("Thank you. You have a place.")
    seeker = world.back(reserve)
    seeker.follow("Look at the offer")
    seeker.press("Yes, I would like this")
    world.seekers.pop(refuser.name)


def say_no(seeker: Person) -> None:
    """Not this one, because of the time; the wish goes on."""
    seeker.follow("Not this one")
    seeker.press("Send")
    seeker.reads("Please choose one.")
    seeker.choose("The time does not suit me")
    seeker.press("Send")
    seeker.reads("Thank you for answering. We look on.")


def the_starter_says_yes_and_rings(world: World) -> None:
    """A browser nobody knows asks for a code; her yes plans the meetings, and calendars follow."""
    starter = world.starter
    starter.open_letter(world.letters, steps.STARTER)
    starter.reads("You are asked")
    starter.press("Yes, I can")
    starter.tap(starter.page.locator("main h3 a").first)
    starter.reads("Ring everyone before the first meeting")
    for _ in range(6):
        starter.press("We have talked")
    starter.reads("You leave on this day")
    assert len(planned(world)) == FIRST_MEETINGS


def planned(world: World) -> list[datetime]:
    """The meetings in Ada's calendar, in local time: all Wednesdays at 18, none at Easter."""
    entries = [entry for letter in world.letters.to(ADA.email) if (entry := calendar(letter))]
    assert entries, "no calendar entry came"
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(entries[-1])).between((2026, 3), (2027,))
    starts = sorted(event.decoded("DTSTART").astimezone(OSLO) for event in events)
    assert all((start.weekday(), start.hour) == (2, 18) for start in starts)
    assert not any("gruppe" in str(event["SUMMARY"]).lower() for event in events)
    return starts


def the_first_meetings_are_held(world: World) -> None:
    """One page per meeting with its guide; somebody cannot come; each makes the pledge."""
    starts = planned(world)
    world.to(starts[0] - timedelta(hours=5))
    ada = world.back(ADA)
    ada.follow("Open")
    ada.press("I can't come")
    ada.press("I can come after all")
    ada.follow("Read and make the pledge")
    ada.press("I make this pledge")
    for number, start in enumerate(starts):
        world.to(start + timedelta(hours=2, minutes=5))
        hold_meeting(world.starter, world.letters, number)


def hold_meeting(starter: Person, letters: Letters, number: int) -> None:
    """Ticks what was done and says that it was held."""
    starter.go("/min/start/")
    if "/igjen/" in starter.page.url:
        starter.open_letter(letters, steps.STARTER)
    starter.tap(starter.page.locator("main h3 a").first)
    starter.tap(starter.page.locator("main ol h3 a").nth(number))
    starter.page.locator("input[name=done]").first.check()
    starter.press("Save the ticks")
    assert starter.page.locator("input[name=done]").first.is_checked()
    starter.press("Yes, it was held")
    if number == 1:
        starter.follow("Write or change the ground rules")
        starter.page.get_by_role("textbox").first.fill("Vi hører hverandre ut.\nDet som sies her, blir her.")
        starter.press("Save")


def the_starter_hands_over(world: World) -> None:
    """She leaves as planned, and sees nobody's name any more."""
    starter = world.starter
    starter.follow("Hand over")
    starter.press("Yes, hand over")
    starter.reads("Handed over. Thank you for starting this.")
    assert not any(starter.sees(name) for name in world.seekers)


def the_group_leads_itself(world: World) -> None:
    """Ground rules in their own words, a message to everyone, new people welcome."""
    world.wait(hours=1)
    ada = world.back(ADA)
    ada.reads("You lead it together")
    ada.follow("Open")
    assert ada.sees("Vi hører hverandre ut.")
    ada.write("Write a message", "Jeg tar med kake på onsdag.")
    ada.press("Send to everyone")
    other = next(wish for wish in OTHERS if wish.name in world.seekers)
    friend = world.back(other)
    friend.follow("Open")
    assert friend.sees("Jeg tar med kake på onsdag.")
    ada.follow("New people")
    ada.choose("Waiting list")
    ada.press("Save")


def the_office_sees_only_what_it_should(world: World) -> None:
    """State and openings; no initials, no answers, no meetings. The public sees a word, and no number."""
    office = world.office
    steps.sign_in(office, steps.COORDINATOR)
    office.go("/kontor/grupper/")
    office.tap(office.page.locator("main a[href*='/kontor/grupper/']").first)
    assert not office.sees("kake")
    visitor = world.arrive("Hilde", checked=True)
    visitor.go("/finn/?place=Fredrikstad")
    visitor.reads("Waiting list")
    assert not any(visitor.sees(name) for name in world.seekers)


def they_end_together(world: World) -> None:
    """With a reason that names nobody; everyone is told."""
    ada = world.seekers[ADA.name]
    ada.go("/min/moter/")
    ada.follow("End together")
    ada.choose("We were done")
    ada.press("Yes, we end")
    ada.reads("Thank you for this time. Everyone is told.")
    ada.reads("This wish is over. You are welcome to leave a new one whenever you like.")
