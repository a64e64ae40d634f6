"""Who stands above whom, and who serves which place."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions, queries
from rundbord.organisations.models import AreaServed, Organisation
from tests.factories.organisations import OrganisationFactory

FREDRIKSTAD, SARPSBORG, BERGEN, ARNA = "3107", "3105", "4601", "460101"


def found(name: str, kind: str, now: datetime, **facts: object) -> Organisation:
    return actions.found_organisation(name=name, kind=kind, by=SYSTEM, now=now, **facts)


def test_nearest_office_receives_the_wish(db: None, now: datetime) -> None:
    region = found("Distrikt", "regional_office", now, places=[FREDRIKSTAD, SARPSBORG])
    link = found("LINK", "clearinghouse", now, parent=region, places=[FREDRIKSTAD, SARPSBORG])
    point = found("Punkt", "contact_point", now, parent=link, places=[FREDRIKSTAD])
    assert queries.serving(FREDRIKSTAD) == [point, link, region]
    assert queries.for_wish(FREDRIKSTAD) == point
    assert queries.for_wish(SARPSBORG) == link


def test_a_place_nobody_serves_goes_to_the_highest_office(db: None, now: datetime) -> None:
    found("LINK", "clearinghouse", now, places=[FREDRIKSTAD])
    region = found("Distrikt", "regional_office", now)
    assert queries.serving(BERGEN) == []
    assert queries.for_wish(BERGEN) == region


def test_a_district_is_served_through_its_municipality(db: None, now: datetime) -> None:
    whole_town = found("LINK", "clearinghouse", now, places=[BERGEN])
    assert queries.serving(ARNA) == [whole_town]


def test_one_that_takes_no_wishes_or_has_closed_is_passed_over(db: None, now: datetime) -> None:
    found("Stengt", "contact_point", now, places=[FREDRIKSTAD], active=False)
    found("Bare råd", "contact_point", now, places=[FREDRIKSTAD], takes_wishes=False)
    assert queries.for_wish(FREDRIKSTAD) is None


def test_any_number_of_levels(db: None, now: datetime) -> None:
    chain = [found("Nivå 0", "national_centre", now)]
    for level in range(1, 6):
        chain.append(found(f"Nivå {level}", "contact_point", now, parent=chain[-1]))
    assert queries.below(chain[0].id) == chain
    assert queries.below(chain[4].id) == chain[4:]


def test_nobody_stands_above_itself(db: None, now: datetime) -> None:
    top = found("Over", "regional_office", now)
    under = found("Under", "contact_point", now, parent=top)
    with pytest.raises(actions.OwnChild):
        actions.change_facts(organisation=top, parent=under, by=SYSTEM, now=now)


def test_serving_replaces_the_area_and_touches_nobody_elses(
    organisation: Organisation, twin: Organisation, now: datetime
) -> None:
    actions.serve_places(organisation=twin, codes=[FREDRIKSTAD, SARPSBORG], by=SYSTEM, now=now)
    actions.serve_places(organisation=organisation, codes=[FREDRIKSTAD, BERGEN], by=SYSTEM, now=now)
    actions.serve_places(organisation=organisation, codes=[FREDRIKSTAD], by=SYSTEM, now=now)
    assert queries.areas(organisation.id) == [FREDRIKSTAD]
    assert queries.areas(twin.id) == [SARPSBORG, FREDRIKSTAD]


def test_two_of_the_same_name_get_different_addresses(db: None, now: datetime) -> None:
    slugs = {found("LINK Oslo", "clearinghouse", now).slug for _ in range(3)}
    assert slugs == {"link-oslo", "link-oslo-2", "link-oslo-3"}


def test_a_name_in_another_script_still_gets_an_address(db: None, now: datetime) -> None:
    assert found("Самопомощь", "clearinghouse", now).slug == "kontor"


def test_without_a_scope_there_is_no_area(organisation: Organisation) -> None:
    with pytest.raises(tenancy.NoTenantScope):
        list(AreaServed.objects.all())


def test_kinds_are_named_in_each_language(db: None) -> None:
    kinds = queries.kinds()
    assert [kind.code for kind in kinds] == [
        "contact_point",
        "clearinghouse",
        "regional_office",
        "national_centre",
    ]
    assert all({"nb", "nn", "en"} <= set(kind.names) for kind in kinds)


def test_lists_cost_the_same_with_one_and_with_many(
    db: None, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    OrganisationFactory()
    with django_assert_num_queries(1):
        [each.kind.rank for each in queries.all_active()]
    OrganisationFactory.create_batch(30)
    with django_assert_num_queries(1):
        [each.kind.rank for each in queries.all_active()]
