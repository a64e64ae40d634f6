"""Staff accounts and roles."""

from datetime import datetime
from typing import Any

import pytest

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions, queries
from rundbord.people.rules import MAY, BadContact, RoleKind, may
from tests.factories.people import RoleFactory, StaffAccountFactory

pytestmark = pytest.mark.django_db


def test_an_account_signs_in_with_its_password() -> None:
    account = actions.make_account(email=" Siri@Example.ORG", name=" Siri ", password="et langt passord")
    assert (account.email, account.name, account.is_active) == ("siri@example.org", "Siri", True)
    assert account.check_password("et langt passord")


def test_an_account_without_a_password_is_entered_by_passkey_only() -> None:
    account = actions.make_account(email="siri@example.org", name="Siri")
    assert not account.has_usable_password()
    assert not account.check_password("")


def test_an_address_has_one_account() -> None:
    actions.make_account(email="siri@example.org", name="Siri")
    with pytest.raises(actions.AccountExists):
        actions.make_account(email="SIRI@example.org", name="Another")


def test_an_account_needs_an_address() -> None:
    with pytest.raises(BadContact):
        actions.make_account(email="siri", name="Siri")


def test_an_account_is_found_however_it_is_written() -> None:
    account = StaffAccountFactory(email="siri@example.org")
    assert queries.account_with_email(" Siri@EXAMPLE.org ") == account
    assert queries.account_with_email("ola@example.org") is None
    assert queries.account(account.id) == account


def test_a_closed_account() -> None:
    account = StaffAccountFactory()
    actions.set_account_active(account=account, active=False)
    account.refresh_from_db()
    assert not account.is_active


def test_a_role_counts_in_its_own_organisation_only(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    account = StaffAccountFactory()
    actions.give_role(account=account, organisation=organisation, kind="coordinator", by=SYSTEM, now=now)
    assert queries.roles_in(account, organisation.id) == {"coordinator"}
    assert queries.roles_in(account, twin.id) == set()
    assert queries.organisations_of(account) == [organisation]


def test_a_role_given_twice_is_one_role(organisation: Organisation, now: datetime) -> None:
    account = StaffAccountFactory()
    roles = {
        actions.give_role(account=account, organisation=organisation, kind=kind, by=SYSTEM, now=now).id
        for kind in ("manager", RoleKind.MANAGER)
    }
    assert len(roles) == 1
    with tenancy.scope(organisation.id):
        assert [entry.verb for entry in timeline.history(account.id)] == ["role-given"]


def test_a_role_nobody_knows(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(ValueError, match="king"):
        actions.give_role(
            account=StaffAccountFactory(), organisation=organisation, kind="king", by=SYSTEM, now=now
        )


def test_a_role_is_taken(organisation: Organisation, now: datetime) -> None:
    account = StaffAccountFactory()
    by = Actor("staff", account.id)
    role = actions.give_role(account=account, organisation=organisation, kind="coordinator", by=by, now=now)
    actions.take_role(role=role, by=by, now=now)
    assert queries.roles_in(account, organisation.id) == set()


def test_the_last_manager_stays(organisation: Organisation, twin: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        role = RoleFactory(organisation=organisation, kind=RoleKind.MANAGER)
    with tenancy.scope(twin.id):
        RoleFactory(organisation=twin, kind=RoleKind.MANAGER)
    with pytest.raises(actions.LastManager):
        actions.take_role(role=role, by=SYSTEM, now=now)
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, kind=RoleKind.MANAGER)
    actions.take_role(role=role, by=SYSTEM, now=now)
    assert len(queries.staff(organisation.id)) == 1


def test_a_manager_who_cannot_sign_in_does_not_count(organisation: Organisation, now: datetime) -> None:
    closed = StaffAccountFactory(is_active=False)
    with tenancy.scope(organisation.id):
        role = RoleFactory(organisation=organisation, kind=RoleKind.MANAGER)
        RoleFactory(organisation=organisation, kind=RoleKind.MANAGER, account=closed)
    with pytest.raises(actions.LastManager):
        actions.take_role(role=role, by=SYSTEM, now=now)


@pytest.mark.parametrize("count", [1, 7])
def test_lists_cost_one_query(
    organisation: Organisation, twin: Organisation, count: int, django_assert_num_queries: Any
) -> None:
    account = StaffAccountFactory()
    with tenancy.scope(organisation.id):
        ours = [RoleFactory(organisation=organisation) for _number in range(count)]
        mine = RoleFactory(organisation=organisation, account=account)
    with tenancy.scope(twin.id):
        RoleFactory(organisation=twin)
    with django_assert_num_queries(1):
        found = queries.staff(organisation.id)
        assert {role.account.name for role in found} == {role.account.name for role in [*ours, mine]}
    with django_assert_num_queries(1):
        assert [role.organisation.name for role in queries.roles_of(account)] == [organisation.name]
    with django_assert_num_queries(1):
        names = queries.names_of(role.account_id for role in ours)
    assert names == {role.account_id: role.account.name for role in ours}


def test_an_organisation_that_is_closed_gives_no_roles(organisation: Organisation) -> None:
    with tenancy.scope(organisation.id):
        role = RoleFactory(organisation=organisation)
    organisation.active = False
    organisation.save()
    assert queries.roles_of(role.account) == []


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("manager", {"coordinate", "manage", "write"}),
        ("coordinator", {"coordinate"}),
        ("content_editor", {"write"}),
        ("starter", set()),
    ],
)
def test_what_each_role_may_do(role: str, allowed: set[str]) -> None:
    assert {what for what in MAY if may([role], what)} == allowed


def test_nobody_may_anything_without_a_role() -> None:
    assert not any(may([], what) for what in MAY)
    with pytest.raises(KeyError):
        may(["manager"], "everything")
