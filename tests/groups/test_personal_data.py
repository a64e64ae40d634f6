"""What is kept about people is declared, handed out, and goes."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps

from rundbord.groups import actions, personal_data
from rundbord.groups.models import Absence, GroundRule, Group, Notice, Offer, Participation, Seat
from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.factories import groups as make

NOW = make.NOW


def test_every_column_is_declared_and_nothing_else() -> None:
    for model in apps.get_app_config("groups").get_models():
        declared = set(personal_data.DECLARED[model.__name__])
        assert declared == {field.name for field in model._meta.get_fields() if field.concrete}
    assert len(personal_data.DECLARED) == len(list(apps.get_app_config("groups").get_models()))


def busy(organisation: Organisation) -> tuple[Group, Participation, Participation]:
    """A group in which two people have left traces of every kind."""
    group = make.started(organisation)
    one, two = make.people(group)[:2]
    meeting = make.meetings(group)[0]
    for person, words in ((one, "Hei fra meg"), (two, "Hei fra en annen")):
        actions.post_notice(group=group, text=words, participation=person, by=make.STAFF, now=NOW)
        actions.say_absent(meeting=meeting, participation=person, by=make.STAFF, now=NOW)
    actions.agree_ground_rules(group=group, texts=["Vi lytter"], by=make.STAFF, now=NOW)
    return group, one, two


def test_a_person_gets_what_is_hers_and_nothing_of_others(organisation: Organisation) -> None:
    group, one, two = busy(organisation)
    with tenancy.scope(organisation.id):
        told: dict[str, Any] = personal_data.export(one.signup_id)
    assert [offer["state"] for offer in told["offers"]] == ["accepted"]
    assert told["participations"][0]["slot"] == group.slot
    assert [notice["text"] for notice in told["notices"]] == ["Hei fra meg"]
    assert len(told["absences"]) == 1
    assert two.signup.first_name not in str(told) and "Vi lytter" not in str(told)


def test_an_erased_person_leaves_no_row_and_takes_nobody_along(organisation: Organisation) -> None:
    _group, one, two = busy(organisation)
    with tenancy.scope(organisation.id):
        personal_data.erase(one.signup_id, NOW)
        for model in (Offer, Seat, Participation):
            assert not model.objects.filter(signup=one.signup_id).exists()
            assert model.objects.filter(signup=two.signup_id).exists()
        assert [notice.text for notice in Notice.objects.all()] == ["Hei fra en annen"]
        assert Absence.objects.count() == 1
        assert personal_data.export(one.signup_id) == {
            "offers": [], "participations": [], "notices": [], "absences": []
        }  # fmt: skip
        personal_data.erase(one.signup_id, NOW)


def test_the_chair_of_an_erased_person_is_offered_to_the_next_in_line(organisation: Organisation) -> None:
    group = make.formed(organisation, reserves=1)
    asked, accepted = make.offers(group)[:2]
    make.says_yes(accepted)
    with tenancy.scope(organisation.id):
        reserve = group.reserves.get().signup
        personal_data.erase(asked.signup_id, NOW)
        assert group.seats.filter(signup=reserve).exists() and group.seats.count() == 6
        personal_data.erase(accepted.signup_id, NOW)  # nobody is left in line
        assert group.seats.count() == 5
    assert [offer.state for offer in make.offers(group)] == ["open"] * 5


def test_a_group_whose_last_one_is_erased_has_ended(organisation: Organisation) -> None:
    group = make.self_led(organisation, people=5)
    for one in make.people(group):
        assert make.fresh(group).state == "self_led"
        with tenancy.scope(organisation.id):
            personal_data.erase(one.signup_id, NOW)
    assert (make.fresh(group).state, make.fresh(group).end_reason) == ("ended", "too_few")


def test_rules_of_a_group_that_is_over_go_after_the_organisations_limit(organisation: Organisation) -> None:
    group, _one, _two = busy(organisation)
    alive, _three, _four = busy(organisation)
    actions.end_group(group=group, reason="finished", by=make.STAFF, now=NOW)
    assert make.fresh(group).ended_on == date(2026, 3, 2)
    personal_data.clear(NOW + timedelta(days=29))
    with tenancy.scope(organisation.id):
        assert GroundRule.objects.filter(group=group).exists()
    personal_data.clear(NOW + timedelta(days=30))
    with tenancy.scope(organisation.id):
        assert not GroundRule.objects.filter(group=group).exists()
        assert GroundRule.objects.filter(group=alive).exists()
