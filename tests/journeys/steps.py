"""Pieces of stories that more than one story tells."""

from dataclasses import dataclass

from tests.journeys.walk import Letters, Person

WEDNESDAY_EVENING = 14  # kernel.week: Wednesday at 18
THURSDAY_EVENING = 19
PASSWORD = "et langt og rolig passord"
FIRST_PASSWORD = "et ganske midlertidig passord"
MANAGER, COORDINATOR, STARTER = "marit@example.org", "kari@example.org", "anne@example.org"


@dataclass(frozen=True)
class Wish:
    """What somebody who seeks answers on the five screens."""

    name: str
    email: str
    place: str = "Fredrikstad"
    slots: tuple[int, ...] = (WEDNESDAY_EVENING,)
    age: str = "31–45 years"


def found_the_office(manager: Person) -> None:
    """First run: the organisation and its manager."""
    manager.go("/kontor/forste/")
    manager.write("What is your office called?", "LINK Prøvebyen")
    manager.page.get_by_label("LINK").check()
    manager.write("Which places do you serve?", "Fredrikstad\nSarpsborg")
    manager.write("Phone to a human", "69 11 22 33")
    manager.write("Your name", "Marit")
    manager.write("Your e-mail address", MANAGER)
    manager.write("Password", PASSWORD)
    manager.press("Begin")


def sign_in(somebody: Person, email: str) -> None:
    """Staff sign-in with her own password."""
    type_password(somebody, email, PASSWORD)


def sign_in_first(somebody: Person, email: str) -> None:
    """The first sign-in, with the password she was given; she chooses her own."""
    type_password(somebody, email, FIRST_PASSWORD)
    somebody.write("New password", PASSWORD)
    somebody.press("Save and go on")


def type_password(somebody: Person, email: str, password: str) -> None:
    """Address and password on the sign-in page."""
    somebody.go("/konto/login/")
    somebody.page.locator("input[name=login]").fill(email)
    somebody.page.locator("input[name=password]").fill(password)
    somebody.tap(somebody.page.locator("main form button[type=submit], main form button:not([type])").first)


def set_sizes(manager: Person, *, most: int) -> None:
    """Smaller groups than usual."""
    manager.go("/kontor/innstillinger/")
    manager.write("Never more than", str(most))
    manager.press("Save")
    manager.reads("The settings are saved.")


def add_colleague(manager: Person) -> None:
    """The coordinator gets her account."""
    manager.go("/kontor/ansatte/")
    manager.write("Name", "Kari")
    manager.write("E-mail address", COORDINATOR)
    manager.choose("Coordinator")
    manager.write("First password", FIRST_PASSWORD)
    manager.press("Add")


def add_room(coordinator: Person) -> None:
    """A house with a room that is free on Wednesday evenings."""
    coordinator.go("/kontor/lokaler/nytt/")
    coordinator.write("Name of the house", "Elvehuset")
    coordinator.write("Address", "Brygga 1")
    coordinator.write("Municipality or postal code", "Fredrikstad")
    coordinator.press("Save")
    coordinator.follow("Add a room")
    coordinator.write("Name of the room", "Stua")
    coordinator.write("Seats round the table", "10")
    coordinator.tick_times(WEDNESDAY_EVENING)
    coordinator.press("Save")


def add_starter(coordinator: Person) -> None:
    """Anne, who is free on Wednesday evenings."""
    coordinator.go("/kontor/igangsettere/ny/")
    coordinator.write("First name", "Anne")
    coordinator.write("E-mail address", STARTER)
    coordinator.write("Lives in", "Fredrikstad")
    coordinator.tick_times(WEDNESDAY_EVENING)
    coordinator.press("Save")


def leave_wish(seeker: Person, wish: Wish) -> None:
    """The five screens, to the page that asks for the code."""
    seeker.go("/onske/")
    seeker.write("Where do you live, or where would you like to meet?", wish.place)
    seeker.press("Next")
    seeker.tick_times(*wish.slots)
    seeker.press("Next")
    seeker.press("Next")
    seeker.write("What shall we call you?", wish.name)
    seeker.write("How can we reach you?", wish.email)
    seeker.choose(wish.age)
    seeker.press("Next")
    seeker.page.locator("input[name=consent]").check()
    seeker.press("Send")


def confirm(seeker: Person, wish: Wish, letters: Letters) -> None:
    """Types the code from the letter."""
    seeker.write("Your code", letters.code(wish.email))
    seeker.press("Go on")
