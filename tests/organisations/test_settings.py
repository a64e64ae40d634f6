"""The numbers of the practice, per organisation."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from rundbord.kernel.timeline import Actor
from rundbord.organisations import actions, queries, rules
from rundbord.organisations.models import Organisation
from rundbord.organisations.rules import SETTINGS, Choice, Number, Switch, Words

MANAGER = Actor("staff")


def change(organisation: Organisation, now: datetime, **values: object) -> None:
    actions.change_settings(organisation=organisation, values=values, by=MANAGER, now=now)


def test_defaults_hold_until_changed(organisation: Organisation) -> None:
    found = queries.settings_of(organisation.id)
    assert found["group_ceiling"] == 8
    assert found["startup_meetings"] == 5
    assert found["talk"] == "none"
    assert found == {key: setting.default for key, setting in SETTINGS.items()}


def test_a_change_is_ours_alone(organisation: Organisation, twin: Organisation, now: datetime) -> None:
    change(organisation, now, startup_meetings=3, talk="required")
    assert queries.setting(organisation.id, "startup_meetings") == 3
    assert queries.setting(organisation.id, "talk") == "required"
    assert queries.setting(twin.id, "startup_meetings") == 5


def test_back_to_the_default_is_forgotten(organisation: Organisation, now: datetime) -> None:
    change(organisation, now, offer_hours=48)
    change(organisation, now, offer_hours=72)
    assert queries.setting(organisation.id, "offer_hours") == 72


def test_all_settings_cost_one_query(
    organisation: Organisation, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        queries.settings_of(organisation.id)
    change(organisation, now, offer_hours=48, every_weeks=2, startup_meetings=4)
    with django_assert_num_queries(1):
        queries.settings_of(organisation.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"group_ceiling": 9},
        {"group_floor": 3},
        {"startup_meetings": 0},
        {"startup_meetings": "5"},
        {"startup_meetings": True},
        {"self_start": 1},
        {"talk": "sometimes"},
        {"word_group": "x" * 41},
        {"word_group": "a\nb"},
    ],
)
def test_outside_the_range_is_refused(
    organisation: Organisation, now: datetime, wrong: dict[str, object]
) -> None:
    with pytest.raises(rules.SettingOutOfRange):
        change(organisation, now, **wrong)


def test_all_or_none(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(rules.SettingOutOfRange):
        change(organisation, now, startup_meetings=3, group_ceiling=9)
    assert queries.setting(organisation.id, "startup_meetings") == 5


def test_an_unknown_name_is_refused(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(rules.UnknownSetting):
        change(organisation, now, group_leader="Anne")


def test_sizes_must_fit_together(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(actions.SizesDisagree):
        change(organisation, now, group_ceiling=5, group_window_low=6)
    change(organisation, now, group_ceiling=6, group_window_low=6, group_enough=5)
    assert queries.setting(organisation.id, "group_ceiling") == 6


def test_people_are_asked_before_they_are_taken_out(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(actions.ClocksDisagree):
        change(organisation, now, ask_waiting_days=90, out_waiting_days=80)


def test_every_setting_says_where_it_comes_from_and_its_default_is_in_range() -> None:
    for key, setting in SETTINGS.items():
        assert str(setting.source), key
        assert str(setting.label), key
        assert rules.clean(key, setting.default) == setting.default


@given(
    key=st.sampled_from(sorted(SETTINGS)),
    value=st.one_of(st.integers(-10, 400), st.text(max_size=60), st.none()),
)
@settings(max_examples=300)
def test_clean_gives_a_value_in_range_or_refuses(key: str, value: object) -> None:
    setting = SETTINGS[key]
    try:
        cleaned = rules.clean(key, value)
    except rules.SettingOutOfRange:
        return
    match setting:
        case Number():
            assert setting.low <= cleaned <= setting.high
        case Choice():
            assert cleaned in dict(setting.options)
        case Words():
            assert len(cleaned) <= setting.longest
        case Switch():
            assert cleaned in (True, False)


def test_the_letterhead_is_the_organisations_own_and_costs_one_query(
    organisation: Organisation,
    twin: Organisation,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    change(twin, now, sender_name="Tvillingen")
    with django_assert_num_queries(1):
        assert queries.letterhead(organisation.id) == queries.Letterhead(organisation.phone, "")
    change(organisation, now, sender_name=" Kari på kontoret ", offer_hours=48)
    with django_assert_num_queries(1):
        assert queries.letterhead(organisation.id).sender == "Kari på kontoret"
