"""What the office writes down: callers, enquiries, courses; and what the room keeps about people."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, personal_data, queries
from rundbord.signups.actions.enquiries import EndsBeforeStart
from rundbord.signups.models import Course, Enquiry, SignUp
from rundbord.signups.rules import NotUsable
from tests.factories.organisations import place
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import kinds


def register(organisation: Organisation, now: datetime, staff: Actor, **changes: Any) -> SignUp:
    return actions.register_caller(
        organisation=organisation, fields=wish_fields(**changes), channel="phone", by=staff, now=now
    )


@pytest.mark.django_db
def test_a_caller_waits_at_once(organisation: Organisation, now: datetime, staff: Actor) -> None:
    signup = register(organisation, now, staff, contact_kind="ring_me", contact="912 34 567")
    assert (signup.state, signup.confirmed_at, signup.waiting_since) == ("waiting", now, now)
    assert kinds() == []
    with tenancy.scope(organisation.id):
        counted = {(row.counter, row.detail): row.value for row in Counter.objects.all()}
        enquiry = Enquiry.objects.get()
    assert counted == {("wish-confirmed", "ring_me"): 1, ("enquiry", "phone"): 1}
    assert (enquiry.channel, enquiry.became_wish) == ("phone", True)


@pytest.mark.django_db
def test_a_caller_with_an_address_gets_her_page(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    register(organisation, now, staff)
    assert kinds() == ["welcome"]


@pytest.mark.django_db
def test_a_caller_who_is_here_already(
    organisation: Organisation, twin: Organisation, now: datetime, staff: Actor
) -> None:
    register(organisation, now, staff)
    with pytest.raises(actions.AlreadyHere):
        register(organisation, now, staff, contact=" KARI@example.org")
    register(twin, now, staff)
    assert len(queries.waiting(organisation.id, now)) == 1


@pytest.mark.django_db
def test_a_caller_with_wrong_answers_is_not_half_written(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    for wrong, refusal in (({"slots": []}, NotUsable), ({"place_code": "9999"}, actions.UnknownPlace)):
        with pytest.raises(refusal):
            register(organisation, now, staff, **wrong)
    with pytest.raises(ValueError, match="pigeon"):
        actions.register_caller(
            organisation=organisation, fields=wish_fields(), channel="pigeon", by=staff, now=now
        )
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == Enquiry.objects.count() == Counter.objects.count() == 0
    assert kinds() == []


@pytest.mark.django_db
def test_enquiries_are_counted(organisation: Organisation, now: datetime, staff: Actor) -> None:
    for channel in ("phone", "phone", "professional"):
        actions.count_enquiry(
            organisation=organisation, channel=channel, became_wish=False, by=staff, now=now
        )
    with tenancy.scope(organisation.id):
        assert dict(Counter.objects.values_list("detail", "value")) == {"phone": 2, "professional": 1}


def course(organisation: Organisation, now: datetime, staff: Actor, **changes: Any) -> Course:
    usual = {"starts_on": date(2026, 3, 9), "ends_on": date(2026, 5, 11)}
    return actions.add_course(
        organisation=organisation,
        name=" Kurs ",
        provider="Frisklivssentralen",
        place=place(),
        by=staff,
        now=now,
        **(usual | changes),
    )


@pytest.mark.django_db
def test_the_code_of_a_course_tells_nothing(organisation: Organisation, now: datetime, staff: Actor) -> None:
    made = course(organisation, now, staff)
    assert len(made.code) == 8 and not set("il1o0") & set(made.code)
    assert queries.course_by_code(f" {made.code.upper()} ") == made
    assert queries.course_by_code("nosuch") is None
    with tenancy.scope(organisation.id):
        assert list(queries.courses(organisation.id)) == [made]


@pytest.mark.django_db
def test_a_wish_from_a_card_knows_its_course(
    organisation: Organisation, twin: Organisation, now: datetime, staff: Actor
) -> None:
    ours, theirs = course(organisation, now, staff), course(twin, now, staff)
    assert register(organisation, now, staff, course_code=ours.code.upper()).course == ours
    other = register(organisation, now, staff, course_code=theirs.code, contact="other@example.org")
    assert other.course is None
    assert {line.course for line in queries.waiting(organisation.id, now)} == {ours.code, ""}


@pytest.mark.django_db
def test_another_wish_is_still_from_that_course(
    organisation: Organisation, now: datetime, staff: Actor
) -> None:
    ours = course(organisation, now, staff)
    signup = register(organisation, now, staff, course_code=ours.code)
    actions.change_wish(signup=signup, fields=wish_fields(slots=[3]), by=staff, now=now)
    with tenancy.scope(organisation.id):
        assert SignUp.objects.get(pk=signup.pk).course == ours


@pytest.mark.django_db
def test_a_course_ends_after_it_begins(organisation: Organisation, now: datetime, staff: Actor) -> None:
    with pytest.raises(EndsBeforeStart):
        course(organisation, now, staff, ends_on=date(2026, 3, 8))


def test_every_column_is_declared() -> None:
    models = {model.__name__: model for model in apps.get_app_config("signups").get_models()}
    assert set(models) == set(personal_data.DECLARED)
    for name, model in models.items():
        declared = set(personal_data.DECLARED[name])
        assert {field.name for field in model._meta.concrete_fields} == declared, name


@pytest.mark.django_db
def test_a_person_gets_everything_that_is_hers(
    organisation: Organisation, twin: Organisation, staff: Actor
) -> None:
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation, first_name="Kari", note="Hei", state="talk")
        SignUpFactory(organisation=organisation, first_name="Berit")
    with tenancy.scope(twin.id):
        SignUpFactory(organisation=twin, first_name="Tvilling")
    with tenancy.scope(organisation.id):
        told = json.loads(json.dumps(personal_data.export(signup.id)))
    assert [row["first_name"] for row in told["wish"]] == ["Kari"]
    assert (told["wish"][0]["note"], told["wish"][0]["focus"]) == ("Hei", ["mixed"])
    assert [row["state"] for row in told["talk"]] == ["wanted"]
    assert "contact_index" not in told["wish"][0]


@pytest.mark.django_db
def test_erasing_one_leaves_the_others(organisation: Organisation, now: datetime) -> None:
    with tenancy.scope(organisation.id):
        signup, other = SignUpFactory(organisation=organisation), SignUpFactory(organisation=organisation)
        personal_data.erase(signup.id, now)
        personal_data.erase(signup.id, now)
        assert [row.id for row in SignUp.objects.all()] == [other.id]
