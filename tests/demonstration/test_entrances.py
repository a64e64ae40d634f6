"""One-tap entrances: for everybody's role, in demonstration mode, from this machine, and never else."""

from collections.abc import Iterator
from importlib import reload
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client
from django.urls import clear_url_caches

import rundbord.config.urls
from rundbord.config.demonstration import county, views
from rundbord.kernel import clock

ROLES = ["manager", "coordinator", *views._DOORS]


@pytest.fixture
def demonstration(settings: Any) -> Iterator[None]:
    """The addresses as they are in demonstration mode."""
    settings.RUNDBORD_DEMO = True
    reload(rundbord.config.urls)
    clear_url_caches()
    yield
    settings.RUNDBORD_DEMO = False
    reload(rundbord.config.urls)
    clear_url_caches()


@pytest.fixture
def made(demonstration: None, db: None) -> None:
    """The county."""
    county.make(clock.now())


def test_one_tap_for_each_role(made: None) -> None:
    for role in ROLES:
        client = Client()
        assert client.get("/demo/").status_code == 200
        answer = client.post(f"/demo/inn/{role}/", follow=True)
        assert answer.status_code == 200, role
        expected = "/kontor/" if role in {"manager", "coordinator"} else "/min/"
        assert answer.redirect_chain[-1][0].startswith(expected), role


def test_looking_is_not_entering(demonstration: None, db: None, client: Client) -> None:
    assert client.get("/demo/inn/coordinator/").status_code == 405
    assert client.get("/kontor/").status_code == 302


def test_not_from_another_machine(demonstration: None, db: None, client: Client) -> None:
    assert client.get("/demo/", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.post("/demo/inn/coordinator/", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_an_unknown_role_is_nobody(demonstration: None, db: None, client: Client) -> None:
    assert client.post("/demo/inn/helsedirektor/").status_code == 404


def test_no_address_at_all_otherwise(db: None, client: Client) -> None:
    assert not live.RUNDBORD_DEMO
    assert client.get("/demo/").status_code == 404


def test_the_outbox_shows_letters(
    demonstration: None, db: None, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.RUNDBORD_DATA = tmp_path
    (tmp_path / "outbox").mkdir()
    letter = "To: ada@demo.example\nSubject: Hei\n\nSe <b>http://127.0.0.1/min/</b>\n"
    (tmp_path / "outbox" / "1.eml").write_text(letter)
    page = client.get("/demo/outbox/").content.decode()
    assert "ada@demo.example" in page
    assert "<b>" not in page
