"""What the office shows of itself, and whether one's own name stands there."""

import pytest
from django.test import Client

from rundbord.organisations import queries as organisations
from rundbord.people import queries
from tests.surfaces.hostile import lost, read
from tests.surfaces.mine.people import at
from tests.surfaces.mine.people import page as public
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import account_with, page, signed_in

FACTS = {
    "name": "LINK Nybyen",
    "phone": "70 00 00 00",
    "phone_hours": "9–15",
    "email": "post@nybyen.example",
    "services": ["groups", "talks"],
    "about": "Vi holder til på biblioteket.\n\nStikk innom.",
    "takes_wishes": "on",
    "places": "Moss\nRåde",
}


def told(answer):
    return answer.content.decode()


def test_all_that_is_written_stands_on_the_public_page(organisation, manager):
    assert "The office is saved." in told(manager.post(to("facts"), FACTS, follow=True))
    said = public(Client(), "public:office", organisation.slug)
    for words in (
        "LINK Nybyen", "70 00 00 00", "9–15", "post@nybyen.example", "Starts self-help groups",
        "Talks with you first", "biblioteket", "Stikk innom", "Moss", "Råde",
    ):  # fmt: skip
        assert words in said, words
    assert "Trains starters" not in said


def test_the_form_shows_what_was_saved(organisation, manager):
    manager.post(to("facts"), FACTS)
    form = read(manager.get(to("facts")))
    chosen = {e.attrs["value"] for e in form.all("input", name="services") if "checked" in e.attrs}
    assert chosen == {"groups", "talks"}
    assert form.all("input", name="email")[0].attrs["value"] == "post@nybyen.example"


@pytest.mark.parametrize(
    "wrong", [{"services": ["miracles"]}, {"email": "post"}, {"about": "x" * 2001}, {"places": "Atlantis"}]
)
def test_what_will_not_do_is_said_kept_and_changes_nothing(wrong, organisation, manager):
    answer = manager.post(to("facts"), FACTS | wrong)
    assert read(answer).all("div", data_field="validation")
    assert lost(answer, FACTS | wrong) == []
    assert organisations.get(organisation.id).name == organisation.name


def test_as_many_questions_for_one_place_as_for_a_county(
    organisation, manager, django_assert_max_num_queries
):
    manager.post(to("facts"), FACTS | {"places": "Moss\nRåde\nHalden\nSarpsborg\nFredrikstad\nHvaler"})
    with django_assert_max_num_queries(12):
        manager.get(to("facts"))


def test_a_name_is_shown_by_its_owner_and_taken_away_at_once(organisation, twin, office):
    assert "Your name does not stand there now." in page(office, to("shown"))
    answer = office.post(to("shown"), {"name": "Siri <b>"}, follow=True)
    assert "Your name stands on the public page." in told(answer)
    assert "Siri <b>" in public(Client(), "public:office", organisation.slug)
    assert "Siri" not in public(Client(), "public:office", twin.slug)
    office.post(to("hide_name"))
    assert "Siri" not in public(Client(), "public:office", organisation.slug)


def test_a_browser_that_kept_the_page_is_told_that_the_name_is_gone(organisation, office):
    office.post(to("shown"), {"name": "Siri"})
    address = at("public:office", organisation.slug)
    kept = Client().get(address)
    office.post(to("hide_name"))
    again = Client().get(address, HTTP_IF_NONE_MATCH=kept.headers["ETag"])
    assert again.status_code == 200 and "Siri" not in told(again)


def test_nobody_can_say_it_for_another(organisation, office, manager):
    manager.post(to("shown"), {"name": "Marit"})
    assert "has stood there" not in page(office, to("shown"))
    office.post(to("hide_name"))
    assert queries.public_names(organisation.id) == ["Marit"]


def test_without_a_name_the_form_comes_back(organisation, office):
    answer = office.post(to("shown"), {"name": " \u202e "})
    assert read(answer).all("div", data_field="validation")
    assert queries.public_names(organisation.id) == []


def test_in_another_office_she_is_asked_anew(organisation, twin):
    account = account_with(organisation, "coordinator")
    client = signed_in(account)
    client.post(to("shown"), {"name": "Siri"})
    assert queries.public_names(twin.id) == []
    assert queries.public_name(account, twin.id) is None
