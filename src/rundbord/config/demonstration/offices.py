"""The invented offices: a tree of three kinds, what each does and says of itself, and who works there."""

from datetime import datetime
from typing import Any

from rundbord.config.demonstration import facts
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations import actions as organisations
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import StaffAccount


def make(founded: datetime) -> tuple[Organisation, Actor]:
    """The office that starts groups, with those above and below it; and its coordinator."""
    words: dict[str, Any]
    words = {"does": facts.REGION_DOES, "says": facts.REGION_SAYS, "takes_wishes": False}
    region = _office(facts.REGION, founded, **words)
    words = {"does": facts.LINK_DOES, "says": facts.LINK_SAYS, "places": facts.AREA, "parent": region}
    link = _office(facts.LINK, founded, **words)
    for name, area, hours, does, says, shown in facts.POINTS:
        about = {"phone_hours": hours, "places": area, "parent": link, "takes_wishes": False}
        point = _office((name, "contact_point"), founded, does=does, says=says, **about)
        if shown:
            account = _account("coordinator", *shown, point, founded)
            _show(account, shown[0].split()[0], point, founded)
    accounts = [_account(role, name, email, link, founded) for role, name, email in facts.STAFF]
    for account in accounts:
        if account.email in facts.SHOWN:
            _show(account, facts.SHOWN[account.email], link, founded)
    return link, Actor("staff", accounts[-1].id)


def _office(
    called: tuple[str, str], founded: datetime, *, does: Any, says: Any, **about: Any
) -> Organisation:
    name, kind = called
    told = {"phone": facts.PHONE, "phone_hours": facts.HOURS, "email": facts.MAIL} | about
    return organisations.found_organisation(
        name=name, kind=kind, services=does, about=says, by=SYSTEM, now=founded, **told
    )


def _account(role: str, name: str, email: str, office: Organisation, now: datetime) -> StaffAccount:
    # No password: the demonstration's own doors are the way in, and there is none to guess.
    account = people.make_account(email=email, name=name)
    people.give_role(account=account, organisation=office, kind=role, by=SYSTEM, now=now)
    return account


def _show(account: StaffAccount, name: str, office: Organisation, now: datetime) -> None:
    people.show_name(account=account, organisation=office, name=name, now=now)
