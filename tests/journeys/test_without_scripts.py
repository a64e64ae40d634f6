"""The seeker's part with scripts off: search, wish, code, change, pause, leave."""

from collections.abc import Callable

import pytest
import time_machine

from tests.journeys import steps
from tests.journeys.steps import Wish
from tests.journeys.walk import Letters, Person

pytestmark = pytest.mark.browser


def test_the_seekers_part_without_scripts(
    arrive: Callable[..., Person], letters: Letters, clock: time_machine.Traveller
) -> None:
    steps.found_the_office(arrive("Marit", width=1280, scripts=False))
    ada = Wish("Ada", "ada@example.org", slots=(steps.WEDNESDAY_EVENING, steps.THURSDAY_EVENING))
    seeker = arrive("Ada", scripts=False)
    seeker.go("/")
    seeker.write("Where do you live?", "fred")
    seeker.press("Find a group near me")
    seeker.reads("We found no group like that right now.")
    seeker.follow("Leave a wish")
    assert seeker.page.locator("input[name=place]").input_value() == "fred"
    steps.leave_wish(seeker, ada)
    steps.confirm(seeker, ada, letters)
    change_the_name(seeker)
    pause_and_come_back(seeker)
    leave(seeker)


def change_the_name(seeker: Person) -> None:
    """A wrong answer first: the sentence stands beside the field, and nothing typed is lost."""
    seeker.follow("Change")
    seeker.unfold("About you")
    seeker.write("What shall we call you?", "Ada på Øya")
    seeker.write("How can we reach you?", "ada@@example")
    seeker.press("Save")
    assert seeker.page.get_by_label("Ada på Øya").count() == 0
    assert seeker.page.locator("input[name=first_name]").input_value() == "Ada på Øya"
    assert seeker.page.locator("#id_contact_error").count() == 1
    seeker.page.locator("input[name=contact]").fill("ada@example.org")
    seeker.press("Save")
    seeker.reads("Hello, %(name)s", name="Ada på Øya")


def pause_and_come_back(seeker: Person) -> None:
    """Two taps to pause, one to come back."""
    seeker.follow("Pause")
    seeker.press("Pause")
    seeker.reads("Your wish is paused.")
    seeker.press("End the pause")
    seeker.reads("Thank you. You are on the list.")


def leave(seeker: Person) -> None:
    """Two taps, and she is out; her page does not open any more."""
    seeker.follow("Leave")
    seeker.press("Yes, take back my wish")
    seeker.reads("Your wish is taken back. Take care.")
    seeker.go("/min/")
    assert "/igjen/" in seeker.page.url
