"""The eyes the other rules see with."""

import ast

import pytest

from tests.architecture import source


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GroupLeader", ["group", "leader"]),
        ("member_list", ["member", "list"]),
        ("HTTPClient2", ["http", "client", "2"]),
        ("_patient", ["patient"]),
    ],
)
def test_names_fall_into_words(name, expected):
    assert source.words(name) == expected


def test_every_kind_of_name_is_seen():
    module = ast.parse("class A:\n  def b(self, c, *d, e=1): self.f = g = 1\nfor h in []: pass")
    assert {name for name, _ in source.names_given(module)} == set("Abcdefgh") | {"self"}


def test_names_of_others_that_we_only_use_do_not_count():
    assert source.names_given(ast.parse("session.client.leader()")) == []


def test_the_room_is_the_second_part_of_the_path():
    assert source.room_of("rundbord.surfaces.office.views") == "surfaces"
    assert source.room_of("django.db.models") is None


def test_rooms_are_ordered_as_life_happens():
    heights = source.ORDER
    stack = ["kernel", "places", "organisations", "signups", "groups", "matching", "surfaces", "config"]
    assert sorted(stack, key=lambda room: heights[room]) == stack
