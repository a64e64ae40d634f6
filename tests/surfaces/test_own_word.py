"""An office's own word for a group stands where people read about its groups, and nowhere else."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import browser, inside, page

WORD = "Samtalering <b>"
LABEL = "The office calls it"


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False) as travel:
        yield travel


@pytest.fixture
def worded(organisation: Organisation) -> Organisation:
    """Ours has a word of its own."""
    change_setting(organisation=organisation, key="word_group", value=WORD, by=SYSTEM, now=NOW)
    return organisation


def test_the_public_reads_it_with_our_groups_only(worded: Organisation, twin: Organisation) -> None:
    ours, theirs = grouping.formed(worded), grouping.formed(twin)
    assert f"{LABEL} {WORD}" in page(browser(), "public:group", ours.id)
    assert LABEL not in page(browser(), "public:group", theirs.id)
    assert page(browser(), "public:find").count(WORD) == 1


def test_people_read_it_with_their_offer_and_their_meetings(worded: Organisation, twin: Organisation) -> None:
    for office, told in ((worded, True), (twin, False)):
        offer = grouping.offers(grouping.formed(office))[0]
        offered = page(inside(offer.signup), "mine:offer", offer.id)
        table = page(inside(grouping.people(grouping.started(office))[0].signup), "mine:table")
        assert (WORD in offered, WORD in table, LABEL in offered) == (told, told, told)


def test_however_many_offices_and_groups_the_list_asks_as_often(
    worded: Organisation, twin: Organisation
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(browser(), "public:find")
        return len(queries)

    grouping.formed(worded)
    few = asked()
    change_setting(organisation=twin, key="word_group", value="Krets", by=SYSTEM, now=NOW)
    for office in (worded, twin, twin):
        grouping.formed(office)
    assert asked() == few
