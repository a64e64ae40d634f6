"""Tables: they point down the stack only, and each column says whether it is about a person."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from rundbord.kernel.personal import Rule
from tests.architecture.source import ORDER, room_of

OURS = [model for model in apps.get_models() if room_of(model.__module__)]


def wrong_way(model: type[models.Model]) -> list[str]:
    """Fields that point to a table of a higher room."""
    here = ORDER[room_of(model.__module__) or ""]
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    targets = {field.name: room_of(field.related_model.__module__) for field in fields if field.related_model}
    return [name for name, room in targets.items() if room and ORDER[room] > here]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_to_the_same_or_a_lower_room(model):
    assert wrong_way(model) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_column_has_a_rule_for_personal_data(model):
    room = import_module(f"rundbord.{room_of(model.__module__)}.personal_data")
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    declared = room.DECLARED.get(model.__name__, {})
    assert set(declared) == {field.name for field in fields}
    assert all(isinstance(rule, Rule) for rule in declared.values())


def test_no_rule_is_left_over_from_a_table_that_is_gone():
    known = {(room_of(model.__module__), model.__name__) for model in OURS}
    rooms = {room for room, _ in known if room}
    declared = {
        (room, name) for room in rooms for name in import_module(f"rundbord.{room}.personal_data").DECLARED
    }
    assert declared - known == set()


def test_there_are_tables_to_look_at():
    assert {"kernel", "people", "signups", "groups"} <= {room_of(model.__module__) for model in OURS}
