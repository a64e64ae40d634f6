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
    """A code to the page of this address or number. For one nobody knows the same is done, for a door that
    leads nowhere: its letter is taken back, its code stays, so that typing one is the same work too."""
    door, office = _behind(contact), organisations.fallback()
    nowhere = Door("signup", new_id(), office.id) if office else None
    way = _way(door or nowhere) if nowhere else None
    try:
        with transaction.atomic():
            if nowhere is not None:
                real = door if door and way else None
                _send(real or nowhere, way or (_NOWHERE, "email", get_language() or "nb"), browser, now)
                transaction.set_rollback(real is None)
    except Refused:
        return door  # asked too often: the page that follows is the same, and an earlier code may still work
    _keep_code(None if door and way else nowhere, browser, now)
    return door if door and way else nowhere


def _keep_code(nowhere: Door | None, browser: str, now: datetime) -> None:
    """One query for everybody: a code to nowhere, or a look at nothing in its stead."""
    if nowhere is None:
        people.knows_browser(new_id(), browser)
        return
    people_actions.new_code(
        kind=nowhere.kind, subject=nowhere.id, organisation_id=nowhere.organisation, browser=browser, now=now
    )


def _behind(contact: str) -> Door | None:
    """Whose address or number it is; both are looked for, whoever it is."""
    signup, starter = signups.anywhere(contact), people.starter_anywhere(contact)
    if signup is not None:
        return Door("signup", signup.id, signup.organisation_id)
    return Door("starter", starter.id, starter.organisation_id) if starter else None


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
