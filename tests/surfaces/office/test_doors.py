"""Who may open what: nobody without an account, nobody without a role, nobody from another organisation."""

import pytest
from django.test import Client

from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.people.models import Role
from tests.factories import groups as grouping
from tests.factories.forecasts import forecast
from tests.factories.matching import county, room
from tests.surfaces.office.addresses import MANAGERS, PLAIN, POST_ONLY, to, urlpatterns
from tests.surfaces.office.conftest import account_with, signed_in

# The choice of desk and the first start have doors of their own: tests of setting up.
ALL = sorted(p.name for p in urlpatterns if p.name not in ("first_run", "choose"))
OWN_STATES = {200, 302}


@pytest.fixture
def ours(organisation, search, coordinator):
    """One of everything that an address of the desk can name, by the name of its argument."""
    [*people] = county(organisation, 8)
    run, hall = search(organisation), room(organisation)
    with tenancy.scope(organisation.id):
        letter = OutgoingMessage.objects.create(
            organisation_id=organisation.id, kind="signups/welcome", channel="email", language="nb",
            state="dead", message_id="<a@b>", message="x", to="a@example.org",
            put_at=run.created_at, due_at=run.created_at, subject=people[0].id,
        )  # fmt: skip
        return {
            "signup_id": people[0].id,
            "run_id": run.id,
            "forecast_id": forecast(organisation).id,
            "proposal_id": run.proposals.get().id,
            "group_id": grouping.formed(organisation).id,
            "starter_id": grouping.starter(organisation).id,
            "venue_id": hall.venue_id,
            "room_id": hall.id,
            "role_id": Role.objects.get().id,
            "letter_id": letter.id,
            "verb": "finnes-ikke",
        }


def address(name, ours):
    pattern = next(p for p in urlpatterns if p.name == name)
    return to(name, *[ours[argument] for argument in pattern.pattern.converters])


def ask(client, name, ours):
    way = client.post if name in POST_ONLY else client.get
    return way(address(name, ours))


def statuses(client, names, ours):
    return {name: ask(client, name, ours).status_code for name in names}


def test_without_an_account_one_is_asked_to_sign_in(ours):
    leads = {name: ask(Client(), name, ours) for name in ALL}
    assert {
        name for name, answer in leads.items() if "/konto/login/" not in answer.get("Location", "")
    } == set()


@pytest.mark.parametrize("kind", ["starter", "content_editor"])
def test_another_role_is_not_enough(kind, ours, organisation):
    assert set(statuses(signed_in(account_with(organisation, kind)), ALL, ours).values()) == {403}


def test_an_account_without_a_role_is_told_so(ours, organisation):
    client = signed_in(account_with(organisation))
    assert {ask(client, name, ours).get("Location") for name in ALL} == {to("choose")}


def test_a_role_that_is_taken_away_counts_no_more(ours, organisation, office):
    with tenancy.scope(organisation.id):
        Role.objects.all().delete()
    assert set(statuses(office, ALL, ours).values()) == {302}


def test_a_coordinator_does_everything_but_manage(ours, office):
    refused = {name for name, status in statuses(office, ALL, ours).items() if status == 403}
    assert refused == MANAGERS


def test_a_manager_opens_everything(ours, manager):
    names = [name for name in ALL if name not in POST_ONLY]
    assert set(statuses(manager, names, ours).values()) <= OWN_STATES


def test_what_is_ours_does_not_exist_for_the_neighbour(ours, neighbour):
    names = [name for name in ALL if name not in PLAIN]
    assert set(statuses(neighbour, names, ours).values()) == {404}


def test_a_link_changes_nothing(ours, manager):
    answers = {name: manager.get(address(name, ours)).status_code for name in sorted(POST_ONLY)}
    assert set(answers.values()) == {405}


def test_looking_writes_nothing(ours, manager, django_assert_max_num_queries):
    for name in ALL:
        if name in POST_ONLY:
            continue
        with django_assert_max_num_queries(60) as captured:
            ask(manager, name, ours)
        read = ("SELECT", "SAVEPOINT", "RELEASE")
        written = [q["sql"] for q in captured if not q["sql"].startswith(read) and "session" not in q["sql"]]
        assert written == [], name


def test_no_page_of_the_desk_is_kept_by_browsers(ours, manager):
    kept = [
        name for name in ALL if "no-store" not in ask(manager, name, ours).headers.get("Cache-Control", "")
    ]
    assert kept == []


@pytest.mark.parametrize("name", ["person_act", "proposal_act", "group_act"])
def test_a_verb_that_does_not_exist_is_not_found(name, ours, manager):
    assert manager.post(address(name, ours)).status_code == 404
