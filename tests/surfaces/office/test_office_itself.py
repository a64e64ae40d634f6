"""The office's own affairs: the first start, the choice of desk, staff, settings, starters, rooms."""

import re

import pytest
from django.test import Client

from rundbord.kernel import tenancy
from rundbord.organisations import queries as organisations
from rundbord.organisations.models import Organisation
from rundbord.people import queries as people
from rundbord.people.models import Role, StaffAccount, Starter
from rundbord.venues.models import Room, Venue
from tests.factories.matching import room, starter
from tests.factories.people import RoleFactory
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import account_with, page, signed_in

LONG = "x" * 10_000
BEGIN = {
    "name": "LINK Elvebyen", "kind": "clearinghouse", "places": "Fredrikstad, Sarpsborg",
    "phone": "69 00 00 00", "your_name": "Kari", "email": "kari@example.org",
    "password": "en-lang-nok-setning",
}  # fmt: skip
STARTER = {
    "first_name": "Anne", "email": "anne@example.org", "place": "Moss", "max_km": "30", "physical": "on",
    "slots": ["9"], "concurrent_starts": "1",
}  # fmt: skip
HOUSE = {"name": "Huset", "address": "Storgata 1", "place": "Moss", "accessible": "on"}
ROOM = {"name": "Storstua", "capacity": "10", "slots": ["9", "14"]}


def told(answer):
    return answer.content.decode()


def test_the_first_start_makes_office_and_manager_and_is_gone():
    browser = Client()
    assert "Nobody has begun here yet." in page(browser, to("first_run"))
    answer = browser.post(to("first_run"), BEGIN, follow=True)
    assert "What needs you" in told(answer)
    office = Organisation.objects.get()
    assert organisations.areas(office.id) == ["3105", "3107"]
    assert people.roles_in(StaffAccount.objects.get(), office.id) == {"manager"}
    assert browser.get(to("first_run")).status_code == 404
    assert browser.post(to("first_run"), BEGIN).status_code == 404


@pytest.mark.parametrize("name", sorted(BEGIN))
@pytest.mark.parametrize("value", ["", LONG, "\x00", "مدينة 12"])
def test_a_first_start_with_odd_answers_makes_all_or_nothing(name, value):
    answer = Client().post(to("first_run"), BEGIN | {name: value})
    assert answer.status_code in (200, 302)
    assert Organisation.objects.count() == StaffAccount.objects.count() == (answer.status_code == 302)


def test_who_works_in_two_offices_chooses(organisation, twin):
    account = account_with(organisation, "coordinator")
    with tenancy.scope(twin.id):
        RoleFactory(organisation=twin, account=account, kind="coordinator")
    browser = signed_in(account)
    assert browser.get(to("today")).url == to("choose")
    assert "LINK Tvillingbyen" in page(browser, to("choose"))
    browser.post(to("choose"), {"organisation": twin.slug})
    assert "LINK Tvillingbyen" in page(browser, to("today"))
    browser.post(to("choose"), {"organisation": organisation.slug})
    assert "LINK Elvebyen" in page(browser, to("today"))


def test_nobody_chooses_an_office_that_is_not_hers(organisation, twin, office):
    assert office.post(to("choose"), {"organisation": twin.slug}).status_code == 200
    assert "LINK Elvebyen" in page(office, to("today"))


def test_a_colleague_is_added_and_taken_away(organisation, manager):
    said = {
        "name": "Ola",
        "email": "ola@example.org",
        "role": "coordinator",
        "password": "en-lang-nok-setning",
    }
    assert "Ola can now sign in." in told(manager.post(to("staff"), said, follow=True))
    account = StaffAccount.objects.get(email="ola@example.org")
    assert account.check_password("en-lang-nok-setning")
    with tenancy.scope(organisation.id):
        role = Role.objects.get(account=account)
    assert "The role is taken away." in told(manager.post(to("role_take", role.id), follow=True))
    assert people.roles_in(account, organisation.id) == set()


def test_the_last_manager_stays(organisation, manager):
    with tenancy.scope(organisation.id):
        role = Role.objects.get()
    assert 'data-color="danger"' in told(manager.post(to("role_take", role.id), follow=True))
    assert "What needs you" in page(manager, to("today"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"role": "king"},
        {"password": "kort"},
        {"name": ""},
        {"name": LONG},
        {"email": LONG},
    ],
)
def test_a_colleague_with_odd_answers_is_not_added(wrong, organisation, manager):
    said = {
        "name": "Ola",
        "email": "ola@example.org",
        "role": "coordinator",
        "password": "en-lang-nok-setning",
    }
    answer = manager.post(to("staff"), said | wrong)
    assert answer.status_code == 200
    assert "rb-field-wrong" in told(answer)
    assert not StaffAccount.objects.filter(name="Ola").exists()


def every_setting(organisation, **changed):
    said = organisations.settings_of(organisation.id) | changed
    return {name: "on" if value is True else value for name, value in said.items() if value is not False}


def test_a_setting_is_changed(organisation, manager):
    answer = manager.post(to("settings"), every_setting(organisation, startup_meetings=4), follow=True)
    assert "The settings are saved." in told(answer)
    assert organisations.setting(organisation.id, "startup_meetings") == 4


@pytest.mark.parametrize(
    "wrong",
    [{"group_ceiling": 9}, {"group_floor": 7, "group_enough": 5}, {"talk": "maybe"}, {"offer_hours": "long"}],
)
def test_settings_that_cannot_be_change_nothing(wrong, organisation, manager):
    before = organisations.settings_of(organisation.id)
    answer = manager.post(to("settings"), every_setting(organisation, **wrong))
    assert answer.status_code == 200
    assert "rb-field-wrong" in told(answer)
    assert organisations.settings_of(organisation.id) == before


def test_what_the_public_sees_of_the_office_is_changed(organisation, manager):
    said = {"name": "LINK Nybyen", "phone": "70 00 00 00", "takes_wishes": "on", "places": "Moss\nRåde"}
    assert "The office is saved." in told(manager.post(to("facts"), said, follow=True))
    assert organisations.get(organisation.id).name == "LINK Nybyen"
    assert set(organisations.areas(organisation.id)) == {"3103", "3112"}
    assert "Moss\nRåde" in page(manager, to("facts"))


def test_a_starter_is_added_changed_and_set_aside(organisation, twin, office):
    starter(twin, first_name="Xenia")
    assert "The starter is saved." in told(office.post(to("starter_add"), STARTER, follow=True))
    with tenancy.scope(organisation.id):
        [made] = Starter.objects.all()
    shown = page(office, to("starters"))
    assert "Anne" in shown
    assert "Xenia" not in shown
    office.post(to("starter", made.id), STARTER | {"first_name": "Berit"})
    office.post(to("starter_active", made.id))
    with tenancy.scope(organisation.id):
        made.refresh_from_db()
    assert (made.first_name, made.active) == ("Berit", False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "anne"}, {"place": "Ingensteds"}, {"max_km": "0"}, {"max_km": LONG}, {"physical": ""},
        {"concurrent_starts": "99"}, {"slots": ["99"]}, {"first_name": LONG}, {"languages": ["xx"]},
        {"phone": "12"}, {"ui_language": "de"},
    ],
)  # fmt: skip
def test_a_starter_with_odd_answers_is_not_added(wrong, organisation, office):
    answer = office.post(to("starter_add"), STARTER | wrong)
    assert answer.status_code == 200
    assert "rb-field-wrong" in told(answer)
    with tenancy.scope(organisation.id):
        assert not Starter.objects.exists()


def test_the_same_address_twice_is_said_beside_it(office):
    office.post(to("starter_add"), STARTER)
    assert "rb-field-wrong" in told(office.post(to("starter_add"), STARTER))


def test_a_house_and_its_room(organisation, twin, office):
    theirs = room(twin, name="Fremmedhuset")
    office.post(to("venue_add"), HOUSE)
    with tenancy.scope(organisation.id):
        house = Venue.objects.get()
    office.post(to("room_add", house.id), ROOM)
    with tenancy.scope(organisation.id):
        hall = Room.objects.get()
    assert (hall.name, hall.capacity, hall.slots) == ("Storstua", 10, [9, 14])
    office.post(to("room", hall.id), ROOM | {"capacity": "8"})
    office.post(to("venue", house.id), HOUSE | {"name": "Nyhuset"})
    shown = page(office, to("rooms"))
    assert "Nyhuset" in shown
    assert "8 seats" in shown
    assert theirs.venue.name not in shown


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"place": "Ingensteds"}, {"owner_email": "x"}, {"key_note": LONG}]
)
def test_a_house_with_odd_answers_is_not_added(wrong, organisation, office):
    answer = office.post(to("venue_add"), HOUSE | wrong)
    assert answer.status_code == 200
    assert "rb-field-wrong" in told(answer)
    with tenancy.scope(organisation.id):
        assert not Venue.objects.exists()


@pytest.mark.parametrize("wrong", [{"capacity": "4"}, {"capacity": "x"}, {"name": LONG}, {"slots": ["-1"]}])
def test_a_room_with_odd_answers_is_not_added(wrong, organisation, office):
    office.post(to("venue_add"), HOUSE)
    with tenancy.scope(organisation.id):
        house = Venue.objects.get()
    answer = office.post(to("room_add", house.id), ROOM | wrong)
    assert answer.status_code == 200
    assert "rb-field-wrong" in told(answer)
    with tenancy.scope(organisation.id):
        assert not Room.objects.exists()


def marked(client, url):
    """The links of the menu that are marked, and how."""
    return re.findall(r'<a href="([^"]+)" aria-current="(page|true)">', page(client, url))


def test_the_menu_says_which_part_one_is_in(forming, office):
    assert marked(office, to("today"))[0] == (to("today"), "page")
    assert marked(office, to("groups"))[0] == (to("groups"), "page")
    assert (to("groups"), "true") in marked(office, to("group", forming.id))
    assert to("today") not in dict(marked(office, to("group", forming.id)))


def test_every_setting_stands_under_a_heading(manager):
    form = manager.get(to("settings")).context["form"]
    asked = [bound.name for _heading, fields in form.chapters() for bound in fields]
    assert sorted(asked) == sorted(form.fields)
    assert "Other settings" not in [str(heading) for heading, _fields in form.chapters()]
