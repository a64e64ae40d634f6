"""Codes to doors: the same work whether somebody lives behind the door or not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from rundbord.kernel.ids import new_id
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations import queries as organisations
from rundbord.people import actions as people_actions
from rundbord.people import queries as people
from rundbord.shell.browser import Door
from rundbord.signups import actions as signups_actions
from rundbord.signups import queries as signups
from rundbord.signups.queries import SignUp
from rundbord.signups.rules import SignUpState

_NOWHERE = "nobody@example.org"


def send_code(door: Door, *, browser: str, now: datetime) -> None:
    """A code to whoever lives behind the door, the way she wants to be reached. Raises TooManyCodes."""
    way = _way(door)
    if way is not None:
        _send(door, way, browser, now)


def _send(door: Door, way: tuple[str, str, str], browser: str, now: datetime) -> None:
    to, channel, language = way
    people_actions.send_code(
        kind=door.kind,
        subject=door.id,
        organisation_id=door.organisation,
        browser=browser,
        to=to,
        channel=channel,  # type: ignore[arg-type]
        language=language,
        now=now,
    )


def _way(door: Door) -> tuple[str, str, str] | None:
    """(to, channel, language), or None for those who can only be rung and those who are gone."""
    if door.kind == "starter":
        starter = people.starter(door.organisation, door.id)
        return (starter.email, "email", starter.ui_language) if starter and starter.active else None
    signup = signups.get(door.organisation, door.id)
    reach = signups.reach(signup) if signup else None
    return (reach.to, reach.channel, reach.language) if reach else None


def send_to_contact(contact: str, *, browser: str, now: datetime) -> Door | None:
    """A code to the page of this address or number. For one nobody knows, the same is done and taken back."""
    door = _behind(contact)
    try:
        with transaction.atomic():
            if door is not None:
                send_code(door, browser=browser, now=now)
            else:
                _pretend(browser, now)
    except Refused:
        pass  # asked too often: the page that follows is the same, and an earlier code may still work
    return door


def _behind(contact: str) -> Door | None:
    signup = signups.anywhere(contact)
    if signup is not None:
        return Door("signup", signup.id, signup.organisation_id)
    starter = people.starter_anywhere(contact)
    return Door("starter", starter.id, starter.organisation_id) if starter else None


def _pretend(browser: str, now: datetime) -> None:
    office = organisations.fallback()
    if office is not None:
        door = Door("signup", new_id(), office.id)
        _way(door)
        _send(door, (_NOWHERE, "email", get_language() or "nb"), browser, now)
    transaction.set_rollback(True)


def use_code(door: Door | None, *, browser: str | None, code: str, now: datetime) -> bool:
    """Whether the code opens the door. Raises CodeExpired or CodeUsedUp, also where there is no door."""
    somewhere = door or Door("signup", new_id(), new_id())
    return people_actions.use_code(
        kind=somewhere.kind, subject=somewhere.id, browser=browser or "", code=code, now=now
    )


def confirm(door: Door, now: datetime) -> None:
    """Coming in with proof confirms a wish that was not."""
    if door.kind != "signup":
        return
    signup = signups.get(door.organisation, door.id)
    if signup is not None and signup.state == SignUpState.UNCONFIRMED:
        signups_actions.confirm_wish(signup=signup, by=Actor("person", signup.id), now=now)


def refuse(signup: SignUp, by: Actor, now: datetime) -> None:
    """ "This was not me": erases a wish nobody confirmed; a confirmed one stays as it is."""
    if signup.state == SignUpState.UNCONFIRMED:
        signups_actions.withdraw(signup=signup, by=by, now=now)
