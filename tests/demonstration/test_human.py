"""A phone to a human stands on every page, whoever set it up."""

from typing import Any

from django.test import Client

from tests.factories.organisations import OrganisationFactory


def test_the_phone_that_is_set_comes_first(db: None, client: Client, settings: Any) -> None:
    OrganisationFactory(phone="69 55 55 55")
    settings.RUNDBORD_HELP_PHONE = "22 11 11 11"
    page = client.get("/").content.decode()
    assert "tel:+4722111111" in page or "tel:22111111" in page
    assert "69 55 55 55" not in page


def test_else_the_office_that_receives_wishes(db: None, client: Client, settings: Any) -> None:
    OrganisationFactory(phone="69 55 55 55", name="LINK Elvebyen")
    settings.RUNDBORD_HELP_PHONE = ""
    page = client.get("/").content.decode()
    assert "69 55 55 55" in page
    assert "LINK Elvebyen" in page


def test_an_empty_start_still_has_the_help_lines(db: None, client: Client, settings: Any) -> None:
    settings.RUNDBORD_HELP_PHONE = ""
    page = client.get("/").content.decode()
    assert 'href="tel:116123"' in page
