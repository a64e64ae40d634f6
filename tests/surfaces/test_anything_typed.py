"""Every public and private form with anything in it: nothing breaks, and what was typed stays."""

import html
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import at, browser, inside, starter_of, wish
from tests.surfaces.public.wishing import Fields, whole

NASTY = [
    "",
    " ",
    "\x00",
    "x" * 10_000,
    "\u202eolleh\u202c",
    "ﷺ 王芳 Иван فاطمة நிலா",
    "🙂‍↔️" * 50,
    "0001-01-01",
    "31.02.2026",
    "-1",
    "1e400",
    "٣",
    "' OR 1=1 --",
    "<script>alert(1)</script>{{ 7 }}{% x %}",
    "../../etc/passwd",
    "\r\n\r\nSet-Cookie: a=b",
    "kari@example.org\nBcc: a@example.org",
    "\ud83d",
]
text = st.one_of(
    st.sampled_from([value for value in NASTY if value != "\ud83d"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
)
values = st.one_of(text, st.lists(text, max_size=3))

FIELDS = {
    "public:wish": "step place form max_km slots focus languages first_name age_band contact ring_me "
    "women_only young_only access_needs self_start_ok discretion note consent back",
    "public:find": "place radius weekday part form language access focus",
    "mine:again": "contact",
    "mine:code": "code",
    "mine:change": "place form max_km slots focus languages first_name age_band contact "
    "ring_me note discretion",
    "mine:pause": "until",
    "mine:resume": "x",
    "mine:still_waiting": "x",
}
ROUND_THE_TABLE = {
    "mine:notice": "text",
    "mine:rules": "rules",
    "mine:newcomers": "newcomers places",
    "mine:end": "reason",
    "mine:pledge": "x",
    "mine:rest": "x",
}
many = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def clock(db: None) -> Any:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


def filled(data: st.DataObject, names: str) -> dict[str, Any]:
    """Some of the fields, each with anything, some several times."""
    return {name: data.draw(values, label=name) for name in names.split() if data.draw(st.booleans())}


def holds(client: Client, address: str, said: dict[str, Any]) -> None:
    """The form answers with itself or leads on; it never breaks."""
    answer = client.post(address, said)
    assert answer.status_code in (200, 302, 400, 404), answer.status_code
    if answer.status_code == 200:
        assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("route", FIELDS)
@many
@given(data=st.data())
def test_forms_of_anybody_and_of_who_waits(organisation, route, data):
    client = inside(wish(organisation)) if route.startswith("mine:") else browser()
    holds(client, at(route), filled(data, FIELDS[route]))


@pytest.fixture
def group(organisation: Any) -> Any:
    """A group that meets with its starter."""
    return grouping.started(organisation, 5)


@pytest.mark.parametrize("route", ROUND_THE_TABLE)
@many
@given(data=st.data())
def test_forms_round_the_table(group, route, data):
    client = inside(grouping.people(group)[0].signup) if grouping.people(group) else browser()
    holds(client, at(route), filled(data, ROUND_THE_TABLE[route]))


@many
@given(data=st.data(), route=st.sampled_from(["start_notice", "start_rules", "meeting", "settle", "move"]))
def test_forms_of_the_starter(group, route, data):
    client, meeting = inside(starter_of(group)), grouping.meetings(group)[0]
    args = (group.id,) if route.startswith("start_") else (group.id, meeting.id)
    holds(client, at(f"mine:{route}", *args), filled(data, "text rules done held day time"))


@many
@given(data=st.data(), reason=values)
def test_forms_of_an_offer(organisation, data, reason):
    offer = grouping.offers(grouping.formed(organisation, 4))[0]
    holds(inside(offer.signup), at("mine:say_no", offer.id), {"reason": reason})


@many
@given(typed=text, wrong=st.sampled_from([("place", "Atlantis"), ("age_band", "x"), ("slots", "99")]))
def test_what_was_typed_is_kept_whatever_else_was_wrong(organisation, typed, wrong):
    answer = browser().post(at("public:wish"), whole(first_name=typed, note=typed) | dict([wrong]))
    kept = dict(Fields(answer.content.decode()).sent)
    for name in ("first_name", "note"):
        assert same(kept[name], typed), name


def same(one: str, other: str) -> bool:
    """The same words: browsers and parsers see line ends and NULs differently."""
    return plain(one) == plain(other)


def plain(words: str) -> str:
    return "".join(sign for sign in html.unescape(words) if not sign.isspace() and sign not in "\x00\ufffd")


@pytest.mark.parametrize("value", NASTY[:-1])
@pytest.mark.parametrize("route", ["public:find", "public:wish"])
def test_anything_in_an_address(organisation, route, value):
    names = [*FIELDS[route].split(), "to"]
    answer = browser().get(at(route), dict.fromkeys(names, value))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("wrong_id", ["x", "a" * 26, "A" * 26, "0" * 26, "æ" * 26, "%00", "-1", "a" * 500])
@pytest.mark.parametrize(
    "address", ["/finn/{}/", "/min/svar/{}/", "/min/start/{}/", "/min/moter/{}/kommer-ikke/"]
)
def test_wrong_ids_in_addresses(organisation, address, wrong_id):
    client = inside(wish(organisation))
    for answer in (client.get(address.format(wrong_id)), client.post(address.format(wrong_id))):
        assert answer.status_code in (302, 403, 404, 405), answer.status_code
