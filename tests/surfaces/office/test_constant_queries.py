"""Lists cost the same number of queries for one row and for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel import tenancy
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.matching import county, people, starter
from tests.factories.signups import SignUpFactory
from tests.surfaces.office.addresses import to


def queries(client, url):
    client.get(url)  # what is read once for a process is read
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def wishes(organisation, number, **facts):
    with tenancy.scope(organisation.id):
        return [SignUpFactory(organisation=organisation, **facts) for _ in range(number)]


def test_the_waiting_list(organisation, office, search):
    county(organisation, 1)
    search(organisation)
    one = queries(office, to("waiting"))
    people(organisation, 49, slots=[3])
    search(organisation)
    assert queries(office, to("waiting")) == one


def test_the_calls_and_today(organisation, office):
    wishes(organisation, 1, state="talk")
    wishes(organisation, 1, state="unconfirmed", contact_kind="ring_me")
    wishes(organisation, 1, answer_by=NOW.date())
    one = queries(office, to("calls")), queries(office, to("today"))
    wishes(organisation, 25, state="talk")
    wishes(organisation, 24, state="unconfirmed", contact_kind="ring_me")
    wishes(organisation, 24, answer_by=NOW.date())
    assert (queries(office, to("calls")), queries(office, to("today"))) == one


def test_the_groups(organisation, office):
    grouping.started(organisation)
    one = queries(office, to("groups")), queries(office, to("today"))
    for _ in range(4):
        grouping.formed(organisation)
        grouping.started(organisation)
    assert (queries(office, to("groups")), queries(office, to("today"))) == one


def test_one_group(organisation, office):
    small = grouping.started(organisation, people=5)
    large = grouping.started(organisation, people=8)
    starter(organisation)
    assert queries(office, to("group", small.id)) == queries(office, to("group", large.id))


def test_the_board(organisation, office, search):
    county(organisation, 6)
    search(organisation)
    one = queries(office, to("proposals"))
    county(organisation, 24)
    people(organisation, 20, slots=[3])
    search(organisation)
    assert queries(office, to("proposals")) == one


def test_one_proposal(organisation, office, search):
    county(organisation, 6)
    run = search(organisation)
    with tenancy.scope(organisation.id):
        [first] = run.proposals.all()
    people(organisation, 1, slots=[3])
    one = queries(office, to("proposal", first.id))
    people(organisation, 40, slots=[3])
    assert queries(office, to("proposal", first.id)) == one


def test_starters_rooms_and_numbers(organisation, office):
    county(organisation, 1)
    names = ("starters", "rooms", "numbers")
    one = [queries(office, to(name)) for name in names]
    for _ in range(12):
        county(organisation, 1)
    assert [queries(office, to(name)) for name in names] == one
