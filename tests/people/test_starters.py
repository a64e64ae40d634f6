"""Starters: written down, changed, set aside, erased."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.ids import new_id
from rundbord.kernel.tenancy import WrongTenant
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people import actions, personal_data, queries
from rundbord.people.models import Starter
from rundbord.people.rules import StarterFields, check_starter, cleaned_starter
from tests.factories.people import StarterFactory

STAFF = Actor("staff", new_id())
ANNE = StarterFields(
    first_name=" Anne ",
    surname="Berg",
    email="Anne@Example.org",
    phone="912 34 567",
    place_code="3107",
    languages=["no", "en", "no"],
    slots=[9, 4, 4],
    concurrent_starts=2,
)


@pytest.mark.django_db
def test_a_starter_is_written_down(organisation: Organisation, now: datetime) -> None:
    made = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    found = queries.starter(organisation.id, made.id)
    assert found is not None
    told = (found.first_name, found.surname, found.email, found.phone, found.place.name)
    assert told == ("Anne", "Berg", "anne@example.org", "+4791234567", "Fredrikstad")
    assert (found.slots, found.languages, found.concurrent_starts) == ([4, 9], ["no", "en"], 2)
    assert queries.starter_with_email(organisation.id, "anne@example.org") == made


@pytest.mark.django_db
def test_the_story_of_a_starter_holds_no_name(organisation: Organisation, now: datetime) -> None:
    made = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    actions.change_starter(starter=made, fields=replace(ANNE, max_km=80), by=STAFF, now=now)
    with tenancy.scope(organisation.id):
        story = [(entry.verb, entry.data) for entry in timeline.history(made.id)]
    assert story == [("starter-added", {}), ("starter-changed", {"fields": ["max_km"]})]


@pytest.mark.django_db
def test_one_address_one_starter_in_each_organisation(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    first = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    actions.add_starter(organisation=twin, fields=ANNE, by=STAFF, now=now)
    with pytest.raises(actions.StarterKnown):
        actions.add_starter(
            organisation=organisation, fields=replace(ANNE, email="ANNE@example.org"), by=STAFF, now=now
        )
    actions.change_starter(starter=first, fields=ANNE, by=STAFF, now=now)
    assert [found.id for found in queries.starters(organisation.id)] == [first.id]


@pytest.mark.django_db
def test_changing_into_another_starter_is_refused(organisation: Organisation, now: datetime) -> None:
    actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    other = actions.add_starter(
        organisation=organisation, fields=replace(ANNE, email="berit@example.org"), by=STAFF, now=now
    )
    with pytest.raises(actions.StarterKnown):
        actions.change_starter(starter=other, fields=ANNE, by=STAFF, now=now)


@pytest.mark.django_db
def test_a_place_nobody_knows(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(actions.UnknownPlace):
        actions.add_starter(
            organisation=organisation, fields=replace(ANNE, place_code="9999"), by=STAFF, now=now
        )


@pytest.mark.django_db
def test_setting_aside_shuts_the_doors(organisation: Organisation, now: datetime) -> None:
    made = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    token = actions.issue_link(kind="starter", subject=made.id, organisation_id=organisation.id, now=now)
    actions.set_starter_active(starter=made, active=False, by=STAFF, now=now)
    assert queries.find_link(token, now) is None
    assert queries.starters(organisation.id) == []
    assert queries.starters(organisation.id, active_only=False) == [made]
    actions.set_starter_active(starter=made, active=True, by=STAFF, now=now)
    assert queries.starters(organisation.id) == [made]


@pytest.mark.django_db
def test_nobody_changes_another_organisations_starter(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    made = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    with tenancy.scope(twin.id), pytest.raises(WrongTenant):
        actions.change_starter(starter=made, fields=ANNE, by=STAFF, now=now)
    assert queries.starter(twin.id, made.id) is None


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 6])
def test_the_list_costs_one_query(
    organisation: Organisation, twin: Organisation, count: int, django_assert_num_queries: Any
) -> None:
    with tenancy.scope(organisation.id):
        for number in range(count):
            StarterFactory(organisation=organisation, first_name=f"{'ÅFEDCB'[number]}nne")
    with tenancy.scope(twin.id):
        StarterFactory(organisation=twin, first_name="Anne")
    with django_assert_num_queries(1):
        names = [(found.first_name, found.place.name) for found in queries.starters(organisation.id)]
    assert names == [(f"{letter}nne", "Fredrikstad") for letter in "BCDEFÅ"[6 - count :]]


@pytest.mark.django_db
def test_a_starter_gets_her_data_and_can_be_erased(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    made = actions.add_starter(organisation=organisation, fields=ANNE, by=STAFF, now=now)
    other = actions.add_starter(organisation=twin, fields=ANNE, by=STAFF, now=now)
    token = actions.issue_link(kind="starter", subject=made.id, organisation_id=organisation.id, now=now)
    with tenancy.scope(organisation.id):
        told = personal_data.export(made.id)
        personal_data.erase(made.id, now)
        row = Starter.objects.get(id=made.id)
    assert (told["starter"][0]["first_name"], told["starter"][0]["phone"]) == ("Anne", "+4791234567")
    assert len(told["links"]) == 1
    assert "email_index" not in told["starter"][0]
    assert (row.first_name, row.surname, row.email, row.phone, row.email_index, row.active) == (
        "", None, "", None, None, False,
    )  # fmt: skip
    assert queries.find_link(token, now) is None
    twin_row = queries.starter(twin.id, other.id)
    assert twin_row is not None and twin_row.first_name == "Anne"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"first_name": "x" * 61}, "first_name"),
        ({"surname": "x" * 61}, "surname"),
        ({"email": "anne"}, "email"),
        ({"phone": "abc"}, "phone"),
        ({"place_code": ""}, "place_code"),
        ({"languages": []}, "languages"),
        ({"languages": ["tlh"]}, "languages"),
        ({"slots": [35]}, "slots"),
        ({"physical": False}, "physical"),
        ({"max_km": 0}, "max_km"),
        ({"concurrent_starts": 11}, "concurrent_starts"),
    ],
)
def test_each_wrong_answer_gets_its_own_sentence(change: dict[str, Any], field: str) -> None:
    wrong = check_starter(replace(ANNE, **change))
    assert list(wrong) == [field]
    assert str(wrong[field]).endswith(".")


def test_a_phone_can_be_left_out() -> None:
    assert check_starter(replace(ANNE, phone=" ")) == {}
    assert cleaned_starter(replace(ANNE, phone=" ")).phone == ""


@given(st.builds(StarterFields, first_name=st.text(), email=st.text(), place_code=st.text(), phone=st.text()))
def test_whatever_is_written_is_checked_without_a_crash(fields: StarterFields) -> None:
    assert all(str(sentence) for sentence in check_starter(fields).values())


@pytest.mark.django_db
def test_the_way_back_for_a_starter(
    organisation: Organisation, twin: Organisation, now: datetime, django_assert_num_queries: Any
) -> None:
    made = actions.add_starter(organisation=twin, fields=ANNE, by=STAFF, now=now)
    for written, found in ((" ANNE@example.org", made), ("berit@example.org", None), ("anne", None)):
        with django_assert_num_queries(2):
            assert queries.starter_anywhere(written) == found
    actions.set_starter_active(starter=made, active=False, by=STAFF, now=now)
    assert queries.starter_anywhere("anne@example.org") is None
