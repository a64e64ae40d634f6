"""A name on the public page: by her own yes only, and gone the moment she takes it back."""

from datetime import datetime, timedelta

import pytest

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations.models import Organisation
from rundbord.people import actions, queries
from rundbord.people.models import PublicName, StaffAccount
from tests.factories.people import RoleFactory, StaffAccountFactory


@pytest.fixture
def account(organisation: Organisation) -> StaffAccount:
    """She coordinates ours."""
    made: StaffAccount = StaffAccountFactory(name="Siri Storm")
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, account=made, kind="coordinator")
    return made


def show(account: StaffAccount, organisation: Organisation, now: datetime, name: str = "Siri") -> PublicName:
    return actions.show_name(account=account, organisation=organisation, name=name, now=now)


def test_nobody_stands_there_by_herself(organisation: Organisation, account: StaffAccount) -> None:
    assert queries.public_names(organisation.id) == []
    assert queries.public_name(account, organisation.id) is None


def test_her_yes_is_kept_with_its_day_and_told(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    show(account, organisation, now, " Siri ")
    kept = queries.public_name(account, organisation.id)
    assert kept is not None and (kept.name, kept.said_yes_at) == ("Siri", now)
    assert queries.public_names(organisation.id) == ["Siri"]
    with tenancy.scope(organisation.id):
        [line] = timeline.history(account.id)
    assert (line.verb, line.actor_id, line.data) == ("name-shown", account.id, {})


def test_said_again_there_is_one_name_and_a_new_day(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    show(account, organisation, now)
    again = show(account, organisation, now + timedelta(days=3), "Siri S.")
    assert queries.public_names(organisation.id) == ["Siri S."]
    assert again.said_yes_at == now + timedelta(days=3)


def test_taken_back_it_is_gone_and_twice_is_no_harm(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    show(account, organisation, now)
    for _ in range(2):
        actions.hide_name(account=account, organisation=organisation, now=now)
    assert queries.public_names(organisation.id) == []
    with tenancy.scope(organisation.id):
        assert not PublicName.objects.exists()
        assert [entry.verb for entry in timeline.history(account.id)] == ["name-shown", "name-hidden"]


def test_a_yes_counts_in_one_organisation_only(
    organisation: Organisation, twin: Organisation, account: StaffAccount, now: datetime
) -> None:
    show(account, organisation, now)
    assert queries.public_names(twin.id) == []
    with pytest.raises(actions.NotHere):
        show(account, twin, now)


def test_without_a_name_there_is_nothing_to_show(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    with pytest.raises(actions.NameMissing):
        show(account, organisation, now, "  ")


def test_whoever_leaves_is_gone_and_does_not_come_back_by_herself(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    about = {"account": account, "organisation": organisation, "by": SYSTEM, "now": now}
    second = actions.give_role(kind="content_editor", **about)
    show(account, organisation, now)
    actions.take_role(role=second, by=SYSTEM, now=now)
    assert queries.public_names(organisation.id) == ["Siri"]  # she still coordinates
    [first] = [role for role in queries.staff(organisation.id) if role.account == account]
    actions.take_role(role=first, by=SYSTEM, now=now)
    assert queries.public_names(organisation.id) == []
    actions.give_role(kind="coordinator", **about)
    assert queries.public_names(organisation.id) == []


def test_a_closed_account_stands_nowhere(
    organisation: Organisation, account: StaffAccount, now: datetime
) -> None:
    show(account, organisation, now)
    actions.set_account_active(account=account, active=False)
    assert queries.public_names(organisation.id) == []
