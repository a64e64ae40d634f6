"""Several at the same moment: one mail, one wish, one winner. The locks are PostgreSQL's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import AccessCode
from rundbord.signups import actions, queries
from rundbord.signups.models import MailPause, SignUp
from rundbord.signups.rules import broken
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import kinds

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
CROWD = 12


def together(act: Callable[[int], Any], crowd: int = CROWD) -> list[Any]:
    """What everybody gets when all act at once; a refusal counts as an answer."""
    gate = Barrier(crowd)

    def one(number: int) -> Any:
        gate.wait()
        try:
            return act(number)
        except Refused as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(one, range(crowd)))


def leave(organisation: Organisation, browser: str, now: datetime) -> SignUp | None:
    return actions.leave_wish(organisation=organisation, fields=wish_fields(), browser=browser, now=now)


def test_one_mail_for_one_victim_of_many_at_once(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    together(lambda number: leave((organisation, twin)[number % 2], f"browser-{number}", now))
    assert kinds() == ["confirm"]
    with tenancy.everywhere("test"):
        assert MailPause.objects.count() == 1
        assert AccessCode.objects.count() == 1


def test_a_double_tap_makes_one_wish(organisation: Organisation, now: datetime) -> None:
    left = together(lambda _number: leave(organisation, "the-same-browser", now), 6)
    assert len({row.id for row in left}) == 1
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == 1
        assert Counter.objects.get(counter="wish-left").value == 6


def test_five_tries_however_many_hands_type(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation)
    door = {"kind": "signup", "subject": signup.id, "browser": "b", "now": now}
    right = people.new_code(organisation_id=organisation.id, **door)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    answers = together(lambda _number: people.use_code(code=wrong, **door))
    assert sorted(map(str, answers)) == ["CodeUsedUp"] * (CROWD - 5) + ["False"] * 5
    with pytest.raises(people.CodeUsedUp):
        people.use_code(code=right, **door)


@pytest.mark.parametrize("_again", range(5))
def test_leaving_and_being_offered_at_once(organisation: Organisation, now: datetime, _again: int) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation)
    copies = [queries.get(organisation.id, signup.id) for _number in range(2)]

    def act(number: int) -> str:
        mine = copies[number]
        assert mine is not None
        if number:
            actions.mark_offered(mine, now)
        else:
            actions.withdraw(signup=mine, by=Actor("person", signup.id), now=now)
        return "done"

    answers = together(act, 2)
    row = queries.get(organisation.id, signup.id)
    assert row is not None and broken(row) == []
    # Whoever comes first, nobody is kept from leaving; an offer after that is refused.
    assert row.state == "withdrawn" and answers[0] == "done"
    assert answers[1] in ("done", "NotPossible")


def test_two_in_the_office_offer_once(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation)
    copies = [queries.get(organisation.id, signup.id) for _number in range(CROWD)]
    answers = together(lambda number: actions.mark_offered(copies[number], now))  # type: ignore[arg-type]
    assert sorted(map(str, answers)) == ["None"] + ["NotPossible"] * (CROWD - 1)
    with tenancy.scope(organisation.id):
        assert Counter.objects.get(counter="wish-offered").value == 1


def test_confirmed_once_by_link_and_phone(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation, state="unconfirmed")
    copies = [queries.get(organisation.id, signup.id) for _number in range(6)]

    def act(number: int) -> None:
        verb = actions.confirm_by_phone if number % 2 else actions.confirm_wish
        verb(signup=copies[number], by=Actor("person"), now=now)  # type: ignore[arg-type]

    assert sorted(map(str, together(act, 6))) == ["None"] + ["NotPossible"] * 5
    assert kinds() == ["welcome"]
