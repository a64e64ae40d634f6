"""The link of digital meetings: the starter's until hand-over, then theirs; a room needs none."""

import pytest

from rundbord.groups.models import Group
from rundbord.organisations.models import Organisation
from tests.factories import groups as grouping
from tests.surfaces.mine.people import at, does, inside, page, starter_of

LINK = "https://meet.example.org/rom/7f3a"


@pytest.fixture
def digital(organisation: Organisation) -> Group:
    """A digital group with its meetings planned."""
    return grouping.started(organisation, digital=True)


def test_the_starter_saves_it_and_everybody_reads_it(digital: Group) -> None:
    starter, person = inside(starter_of(digital)), inside(grouping.people(digital)[0].signup)
    assert "The link comes in a message." in page(person, "mine:table")
    assert "The link is saved." in does(starter, "mine:start_link", digital.id, link=f" {LINK} ")
    assert f'href="{LINK}"' in person.get(at("mine:table")).content.decode()
    assert "Save the link" not in page(person, "mine:table")


def test_what_is_no_link_is_answered_by_the_field_and_kept_as_typed(digital: Group) -> None:
    starter = inside(starter_of(digital))
    for typed in ("", "meet.example.org", "http://meet.example.org/a", "x" * 10_000, "ߧߧ https:// "):
        answer = does(starter, "mine:start_link", digital.id, link=typed)
        assert "The link is saved." not in answer
    assert grouping.fresh(digital).meeting_link is None


def test_after_hand_over_it_is_theirs(organisation: Organisation) -> None:
    group = grouping.self_led(organisation, digital=True)
    starter, person = inside(starter_of(group)), inside(grouping.people(group)[0].signup)
    assert "The link is saved." in does(person, "mine:link", link=LINK)
    assert grouping.fresh(group).meeting_link == LINK
    assert starter.post(at("mine:start_link", group.id), {"link": LINK}).status_code == 404


def test_a_participant_cannot_before_and_nobody_in_a_room(organisation: Organisation, digital: Group) -> None:
    early = inside(grouping.people(digital)[0].signup)
    assert "The link is saved." not in does(early, "mine:link", link=LINK)
    walked_in = grouping.started(organisation)
    starter = inside(starter_of(walked_in))
    assert "Save the link" not in page(starter, "mine:start", walked_in.id)
    assert "Only digital meetings have a link." in does(starter, "mine:start_link", walked_in.id, link=LINK)
