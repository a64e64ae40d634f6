"""The retention clock and the record of what is kept."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.models import TimelineEntry
from rundbord.kernel.timeline import SYSTEM
from rundbord.matching import actions as matching
from rundbord.matching.models import MatchRun
from rundbord.privacy import actions, queries, rooms, tasks
from tests.factories.matching import county

pytestmark = pytest.mark.django_db


def told(organisation, at):
    with tenancy.scope(organisation.id):
        about = {"organisation_id": organisation.id, "subject": organisation.id}
        timeline.record(**about, verb="something", actor=SYSTEM, now=at)


def stories(organisation):
    with tenancy.scope(organisation.id):
        return TimelineEntry.objects.filter(verb="something").count()


def test_the_story_is_forgotten_after_a_year_in_every_organisation(organisation, twin, now):
    for ours in (organisation, twin):
        told(ours, now - timedelta(days=365))
        told(ours, now - timedelta(days=364))
    assert actions.clear(now)["story"] == 2
    assert (stories(organisation), stories(twin)) == (1, 1)


def test_every_room_has_its_turn(organisation, now):
    county(organisation, 6)
    for days in (0, 20):
        at = now + timedelta(days=days)
        queued = matching.start_run(organisation=organisation, by=SYSTEM, now=at)
        matching.run_now(run_id=queued.id, organisation_id=organisation.id, now=at)
    tasks.tick(now + timedelta(days=20))
    with tenancy.scope(organisation.id):
        assert MatchRun.objects.count() == 1


def test_a_room_that_fails_does_not_stop_the_others_and_is_heard_of(organisation, now, monkeypatch, caplog):
    told(organisation, now - timedelta(days=400))
    turns = []
    broken = SimpleNamespace(clear=lambda now: 1 // 0)
    whole = SimpleNamespace(clear=turns.append)
    monkeypatch.setattr(rooms, "having", lambda _name: [("first", broken), ("second", whole)])
    with pytest.raises(ZeroDivisionError):
        actions.clear(now)
    assert turns == [now] and stories(organisation) == 0
    assert "retention in first failed" in caplog.text


def test_the_highest_room_comes_first():
    labels = [room for room, _module in rooms.modules()]
    assert (
        labels.index("privacy") < labels.index("matching") < labels.index("groups") < labels.index("signups")
    )
    assert labels.index("signups") < labels.index("people") < labels.index("kernel")


def test_rooms_that_hold_persons_can_hand_out_and_erase():
    for function in ("export", "erase"):
        able = {room for room, _module in rooms.having(function)}
        assert {"matching", "groups", "signups", "people"} <= able


def test_every_column_of_every_room_has_a_rule():
    """A column about which nobody has said why it is kept is a column too many."""
    record = queries.declared()
    for config in apps.get_app_configs():
        if not config.name.startswith(rooms.PRODUCT):
            continue
        for model in config.get_models():
            columns = {field.name for field in model._meta.concrete_fields}
            rules = record.get(f"{config.label}.{model.__name__}", {})
            assert columns <= set(rules), f"{model.__name__}: {columns - set(rules)}"


def test_whatever_says_something_about_a_person_has_a_reason_and_a_limit():
    personal = [
        (model, column, rule)
        for model, rules in queries.declared().items()
        for column, rule in rules.items()
        if rule.why
    ]
    assert len(personal) > 60
    assert all(rule.kept and rule.erase for _model, _column, rule in personal)
