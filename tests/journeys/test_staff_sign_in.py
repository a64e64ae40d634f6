"""Staff come in: with a passkey, with password and code, by an OpenID Connect provider; and not otherwise."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine

from tests.config.provider import providing
from tests.journeys import steps
from tests.journeys.walk import Letters, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
Arrive = Callable[..., Person]
WAYS = "/konto/2fa/"
NEW_PASSWORD = "et helt annet og langt passord"


@pytest.fixture
def manager(arrive: Arrive, clock: time_machine.Traveller) -> Person:
    """Marit, who has just begun."""
    marit = arrive("Marit", checked=True)
    marit.go("/kontor/")
    assert urlsplit(marit.page.url).path == "/kontor/forste/"
    steps.found_the_office(marit)
    return marit


def give_phone(somebody: Person) -> None:
    """A phone that keeps passkeys and knows her finger."""
    phone = somebody.page.context.new_cdp_session(somebody.page)
    phone.send("WebAuthn.enable")
    abilities = ("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation")
    options: dict[str, Any] = {"protocol": "ctap2", "transport": "internal", **dict.fromkeys(abilities, True)}
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def touch(somebody: Person, button: str, *, leads_to: str) -> None:
    """Presses a button that lets the phone answer first."""
    somebody.button(button).click()
    somebody.page.wait_for_url(re.compile(rf"https?://[^/]+{leads_to}$"))
    somebody.look()


def leave(somebody: Person) -> None:
    """Signs out; the office is closed then."""
    somebody.go("/konto/logout/")
    somebody.press("Sign out")
    somebody.go("/kontor/")
    somebody.reads("Sign in to the office")


def is_in(somebody: Person) -> bool:
    """Whether the office is open to her."""
    somebody.go("/kontor/")
    return urlsplit(somebody.page.url).path == "/kontor/"


def show_it_is_her(somebody: Person, password: str = steps.PASSWORD) -> None:
    """The password once more, before something important."""
    somebody.reads("Is it you?")
    somebody.write("Password", password)
    somebody.press("Go on")


def code_of(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    [number] = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"


def test_a_passkey_from_the_first_minute_to_the_last(manager: Person) -> None:
    give_phone(manager)
    manager.go(WAYS)
    manager.follow("Add a passkey")
    show_it_is_her(manager)
    touch(manager, "Add the passkey", leads_to=f"{WAYS}recovery-codes/")
    assert manager.page.locator("#codes li").count() == 10

    leave(manager)
    touch(manager, "Sign in with a passkey", leads_to="/kontor/")
    leave(manager)
    steps.type_password(manager, steps.MANAGER, steps.PASSWORD)
    manager.reads("One more step")
    assert not is_in(manager), "a password alone"
    touch(manager, "Use a passkey", leads_to="/kontor/")

    manager.go(WAYS)
    manager.follow("See your passkeys")
    manager.tap(manager.page.locator("main a[href$='/edit/']"))
    show_it_is_her(manager)
    manager.write("What will you call it?", "Telefonen")
    manager.press("Save")
    assert manager.sees("Telefonen")
    manager.tap(manager.page.locator("main a[href$='/remove/']"))
    manager.press("Remove")
    manager.reads("You have no passkey yet.")
    leave(manager)
    steps.type_password(manager, steps.MANAGER, steps.PASSWORD)
    assert is_in(manager)


def test_a_phone_without_a_passkey_is_told_so(manager: Person) -> None:
    leave(manager)
    give_phone(manager)
    manager.button("Sign in with a passkey").click()
    manager.page.locator("[data-passkey-trouble]:not([hidden])").wait_for()
    manager.look()
    manager.reads("That did not work")


def test_password_and_code(manager: Person, clock: time_machine.Traveller) -> None:
    manager.go(WAYS)
    manager.tap(manager.page.locator("main a[href$='/totp/activate/']"))
    show_it_is_her(manager)
    manager.write("The six digits in the app", "000000")
    manager.press("Switch on")
    manager.reads("This code does not work. Please check it.")
    secret = manager.page.locator("#secret").inner_text()
    manager.write("The six digits in the app", code_of(secret))
    manager.press("Switch on")
    spare, other = manager.page.locator("#codes li").all_inner_texts()[:2]

    leave(manager)
    clock.shift(60)
    steps.type_password(manager, steps.MANAGER, steps.PASSWORD)
    manager.write("Code", "12345")
    manager.press("Sign in")
    manager.reads("This code does not work. Please check it.")
    manager.write("Code", code_of(secret))
    manager.press("Sign in")
    assert is_in(manager)

    sign_in_with(manager, spare)
    assert is_in(manager)
    sign_in_with(manager, spare)
    manager.reads("This code does not work. Please check it.")
    manager.press("Cancel")
    steps.type_password(manager, steps.MANAGER, steps.PASSWORD)
    manager.write("Code", other)
    manager.press("Sign in")
    switch_the_app_off(manager)


def sign_in_with(somebody: Person, code: str) -> None:
    """Out, and in again with her password and this code."""
    leave(somebody)
    steps.type_password(somebody, steps.MANAGER, steps.PASSWORD)
    somebody.write("Code", code)
    somebody.press("Sign in")


def switch_the_app_off(somebody: Person) -> None:
    """New recovery codes, then neither app nor codes."""
    somebody.go(WAYS)
    somebody.follow("Make new codes")
    show_it_is_her(somebody)
    somebody.press("Make new codes")
    assert somebody.page.locator("#codes li").count() == 10
    somebody.go(WAYS)
    somebody.follow("Switch off")
    somebody.press("Switch off")
    somebody.reads("The app is switched off.")
    leave(somebody)
    steps.type_password(somebody, steps.MANAGER, steps.PASSWORD)
    assert is_in(somebody)


def test_a_wrong_password_says_no_more_than_that(manager: Person, arrive: Arrive) -> None:
    other = arrive("Ukjent", checked=True)
    for address in (steps.MANAGER, "nobody@example.org"):
        steps.type_password(other, address, "feil passord her")
        other.reads("The e-mail address or the password is not right.")
        assert other.page.locator("input[name=login]").input_value() == address
        assert other.page.locator("input[name=password]").input_value() == ""
    assert not is_in(other)


def test_a_colleague_chooses_her_own_password_before_she_is_in(manager: Person, arrive: Arrive) -> None:
    steps.add_colleague(manager)
    kari = arrive("Kari", checked=True)
    steps.type_password(kari, steps.COORDINATOR, steps.FIRST_PASSWORD)
    kari.reads("Choose a password of your own")
    assert not is_in(kari), "with a password that somebody else knows"
    kari.write("New password", steps.FIRST_PASSWORD)
    kari.press("Save and go on")
    kari.reads("Please choose another one than you were given.")
    kari.write("New password", steps.PASSWORD)
    kari.press("Save and go on")
    assert is_in(kari)
    leave(kari)
    steps.sign_in(kari, steps.COORDINATOR)
    assert is_in(kari)


def test_giving_roles_asks_once_more_who_is_there(manager: Person, clock: time_machine.Traveller) -> None:
    manager.go("/kontor/ansatte/")
    manager.reads("Add a colleague")
    clock.shift(16 * 60)
    manager.go("/kontor/ansatte/")
    show_it_is_her(manager)
    manager.reads("Add a colleague")
    steps.add_colleague(manager)
    assert manager.sees(steps.COORDINATOR)


def test_a_forgotten_password(manager: Person, letters: Letters) -> None:
    leave(manager)
    for address in ("nobody@example.org", steps.MANAGER):
        manager.go("/konto/login/")
        manager.follow("Have you forgotten your password?")
        manager.write("E-mail address", address)
        manager.press("Send me a link")
        manager.reads("Look in your mailbox")
    assert letters.to("nobody@example.org") == []
    [link] = re.findall(r"https?://\S+/password/reset/key/\S+", letters.newest(steps.MANAGER))
    manager.go(link)
    manager.write("New password", NEW_PASSWORD)
    manager.write("New password once more", NEW_PASSWORD)
    manager.press("Save")
    manager.reads("You can sign in with it now.")
    steps.type_password(manager, steps.MANAGER, NEW_PASSWORD)
    assert is_in(manager)
    manager.go(link)
    manager.reads("This link does not work any more")


def test_the_password_is_changed(manager: Person) -> None:
    manager.go(WAYS)
    manager.follow("Change the password")
    manager.write("The password you have now", "feil passord her")
    manager.write("New password", NEW_PASSWORD)
    manager.write("New password once more", NEW_PASSWORD)
    manager.press("Change the password")
    manager.reads("This is not the password you have now.")
    manager.write("The password you have now", steps.PASSWORD)
    manager.write("New password", NEW_PASSWORD)
    manager.write("New password once more", NEW_PASSWORD)
    manager.press("Change the password")
    manager.reads("The password is changed.")
    leave(manager)
    steps.type_password(manager, steps.MANAGER, NEW_PASSWORD)
    assert is_in(manager)


def test_a_provider_opens_the_office_to_those_who_have_an_account(manager: Person, settings: Any) -> None:
    leave(manager)
    with providing(sub="1", email=steps.MANAGER, email_verified=True) as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.app()
        manager.go("/konto/login/")
        manager.follow("Sign in with %(name)s", name="Kommunen")
        assert is_in(manager)
        leave(manager)
        provider.claims["email"] = "nobody@example.org"
        manager.go("/konto/login/")
        manager.follow("Sign in with %(name)s", name="Kommunen")
        manager.reads("You have no account here")
        assert not is_in(manager)


def test_nobody_begins_twice(manager: Person, arrive: Arrive) -> None:
    late = arrive("Sein", checked=True)
    late.go("/kontor/forste/")
    late.reads("Somebody has already begun here")
    late.follow("Sign in")
    late.reads("Sign in to the office")
