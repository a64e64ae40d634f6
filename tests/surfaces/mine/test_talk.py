"""A talk first, where the office offers one: seen, asked for with one tap, and then said."""

import pytest

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from tests.conftest import NOW
from tests.surfaces.mine.people import does, inside, page, wish

ASK = "Ask for a talk"


def test_it_is_asked_for_with_one_tap(organisation: Organisation) -> None:
    change_setting(organisation=organisation, key="talk", value="offered", by=SYSTEM, now=NOW)
    client = inside(wish(organisation))
    assert ASK in page(client, "mine:page")
    assert "We will get in touch." in does(client, "mine:ask_for_talk")
    said = page(client, "mine:page")
    assert "You have asked for a talk." in said and ASK not in said


@pytest.mark.parametrize("setting", ["none", "required"])
def test_where_none_is_offered_nothing_is_said(organisation: Organisation, setting: str) -> None:
    change_setting(organisation=organisation, key="talk", value=setting, by=SYSTEM, now=NOW)
    client = inside(wish(organisation))
    assert ASK not in page(client, "mine:page")
    assert "No talks are held here now." in does(client, "mine:ask_for_talk")
