"""All offices at once: who serves a place, who stands above, and how a county is covered."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions, queries
from rundbord.organisations.models import Organisation
from rundbord.organisations.rules import Coverage, Service, UnknownService
from rundbord.places import queries as places
from tests.factories.organisations import place

FREDRIKSTAD, SARPSBORG, HALDEN, MARKER, BERGEN, ARNA, AASANE = (
    "3107", "3105", "3101", "3122", "4601", "460101", "460107",
)  # fmt: skip


def found(name: str, kind: str, now: datetime, **facts: object) -> Organisation:
    return actions.found_organisation(name=name, kind=kind, by=SYSTEM, now=now, **facts)


@pytest.fixture
def tree(db: None, now: datetime) -> dict[str, Organisation]:
    """A regional office, a centre below it, and a contact point below that."""
    region = found("Distrikt", "regional_office", now)
    link = found("LINK", "clearinghouse", now, parent=region, places=[FREDRIKSTAD, SARPSBORG])
    point = found("Punkt", "contact_point", now, parent=link, places=[FREDRIKSTAD], takes_wishes=False)
    return {"region": region, "link": link, "point": point}


def test_who_serves_a_place_those_nearest_first_even_if_they_take_no_wishes(
    tree: dict[str, Organisation],
) -> None:
    directory = queries.directory()
    assert directory.serving(place(FREDRIKSTAD)) == [tree["point"], tree["link"]]
    assert directory.serving(place(SARPSBORG)) == [tree["link"]]
    assert directory.serving(place(BERGEN)) == []


def test_a_district_and_its_municipality_serve_one_another(db: None, now: datetime) -> None:
    district = found("Arnapunktet", "contact_point", now, places=[ARNA])
    town = found("LINK Bergen", "clearinghouse", now, places=[BERGEN])
    directory = queries.directory()
    assert directory.serving(place(ARNA)) == [district, town]
    assert directory.serving(place(BERGEN)) == [district, town]
    assert directory.serving(place(AASANE)) == [town]


def test_above_and_beneath(tree: dict[str, Organisation]) -> None:
    directory = queries.directory()
    assert directory.above(tree["point"]) == [tree["link"], tree["region"]]
    assert directory.beneath(tree["region"]) == [tree["link"]]


def test_a_closed_office_is_neither_shown_nor_led_through(
    tree: dict[str, Organisation], now: datetime
) -> None:
    actions.change_facts(organisation=tree["link"], active=False, by=SYSTEM, now=now)
    directory = queries.directory()
    assert directory.offices == [tree["point"], tree["region"]]
    assert directory.above(tree["point"]) == []
    assert directory.serving(place(SARPSBORG)) == []


def test_a_county_with_and_without_contact_points(tree: dict[str, Organisation]) -> None:
    told = {
        each.place.code: each for each in queries.covered(queries.directory(), places.municipalities("31"))
    }
    assert told[FREDRIKSTAD].coverage == Coverage.POINT
    assert told[FREDRIKSTAD].offices == [tree["point"], tree["link"]]
    assert told[SARPSBORG].coverage == Coverage.ABOVE
    assert (told[HALDEN].coverage, told[HALDEN].offices) == (Coverage.NOBODY, [])
    assert not any(each.in_parts for each in told.values())


def test_a_municipality_served_in_some_districts_says_so(db: None, now: datetime) -> None:
    found("Arnapunktet", "contact_point", now, places=[ARNA])
    [bergen] = queries.covered(queries.directory(), [place(BERGEN)])
    assert (bergen.coverage, bergen.in_parts) == (Coverage.POINT, True)


def test_the_nearest_neighbour(tree: dict[str, Organisation]) -> None:
    near = queries.directory().neighbour(place(HALDEN))
    assert near is not None
    assert near[0] == tree["link"]  # Sarpsborg is nearer to Halden than Fredrikstad is
    assert 15_000 < near[1] < 40_000


def test_among_those_in_one_place_the_nearest_kind_is_the_neighbour(db: None, now: datetime) -> None:
    found("LINK", "clearinghouse", now, places=[FREDRIKSTAD])
    point = found("Punkt", "contact_point", now, places=[FREDRIKSTAD])
    near = queries.directory().neighbour(place(HALDEN))
    assert near is not None and near[0] == point


def test_where_there_is_no_office_there_is_no_neighbour(db: None) -> None:
    directory = queries.directory()
    [bergen] = queries.covered(directory, [place(BERGEN)])
    assert (bergen.coverage, directory.neighbour(place(BERGEN))) == (Coverage.NOBODY, None)


@pytest.mark.parametrize("number", [1, 40])
def test_one_and_many_cost_two_queries(
    number: int, db: None, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    municipalities = places.municipalities("31")
    for n in range(number):
        found(f"Punkt {n}", "contact_point", now, places=[FREDRIKSTAD, HALDEN])
    with django_assert_num_queries(2):
        queries.covered(queries.directory(), municipalities)


def test_what_an_office_does_is_kept_once_in_the_order_of_the_list(
    organisation: Organisation, now: datetime
) -> None:
    said = [Service.ROOMS.value, Service.GROUPS.value, Service.ROOMS.value]
    actions.change_facts(organisation=organisation, services=said, by=SYSTEM, now=now)
    assert queries.get(organisation.id).services == ["groups", "rooms"]


def test_what_the_list_does_not_know_is_refused(organisation: Organisation, now: datetime) -> None:
    unknown = {"services": ["groups", "miracles"], "by": SYSTEM, "now": now}
    with pytest.raises(UnknownService):
        actions.change_facts(organisation=organisation, **unknown)
    with pytest.raises(UnknownService):
        actions.found_organisation(name="LINK", kind="clearinghouse", **unknown)
    assert queries.get(organisation.id).services == []
