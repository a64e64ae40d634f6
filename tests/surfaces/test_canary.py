"""Fifty invented people walk through everything; what they wrote shows only where it must.

Not in logs, page titles, addresses, subjects of letters or public pages, nor in the database's own bytes.
"""

import email
import email.policy
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from rundbord.groups import actions as groups
from rundbord.groups.models import Group
from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.people import RoleFactory, StaffAccountFactory
from tests.surfaces.mine.people import at, browser, code_of, inside, letters, starter_of
from tests.surfaces.public.wishing import whole

PEOPLE = 50
TOPICS = ("eating_disorder", "grief")
PUBLIC = ("front", "find", "offices", "what_is_it", "privacy", "help_lines", "wish")
OFFICE = (
    "today",
    "waiting",
    "calls",
    "letters",
    "proposals",
    "groups",
    "starters",
    "rooms",
    "numbers",
)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    """A Monday morning."""
    with time_machine.travel(NOW, tick=False):
        yield


def name(number: int) -> str:
    return f"Kanari{chr(97 + number % 26)}{chr(97 + number // 26)}fugl"


def address(number: int) -> str:
    return f"kanaripost{number}@kanaribur.example"


def note(number: int) -> str:
    return f"Kanarisorg nummer {number} handler om kanariburet"


CANARY = re.compile(rb"kanari", re.IGNORECASE)


class Seen:
    """All that browsers, mail programs and logs get to see."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.addresses: list[str] = []

    def look(self, answer: Any) -> Any:
        """Notes an answer's title and every address in it or on the way to it."""
        text = answer.content.decode(errors="replace")
        self.titles += re.findall(r"<title>([^<]*)</title>", text)
        linked = re.findall(r'(?:href|action|src)="([^"]*)"', text)
        # A starter writes to and rings her people: these open a mail or phone program, no page.
        self.addresses += [link for link in linked if not link.startswith(("mailto:", "tel:"))]
        self.addresses += [step[0] for step in getattr(answer, "redirect_chain", [])]
        self.addresses += [answer.headers.get("Location", ""), answer.request["PATH_INFO"]]
        self.addresses.append(answer.request["QUERY_STRING"])
        return answer


@pytest.fixture
def seen() -> Seen:
    """Nothing yet."""
    return Seen()


def leave_wish(seen: Seen, number: int) -> Client:
    """One person leaves her wish and types the code."""
    client = browser()
    said = whole(
        first_name=name(number), contact=address(number), note=note(number), focus=TOPICS[number % 2]
    )
    seen.look(client.post(at("public:wish"), said, follow=True))
    letter = next(letter for letter in letters("signups/confirm") if letter.to == address(number))
    seen.look(client.post(at("mine:code"), {"code": code_of(letter)}, follow=True))
    for route in ("page", "data", "change", "pause", "withdraw"):
        seen.look(client.get(at(f"mine:{route}")))
    return client


def form_one(organisation: Organisation) -> Group:
    """Eight of them are offered a place."""
    with tenancy.scope(organisation.id):
        rows = list(SignUp.objects.select_related("organisation", "place").order_by("created_at", "id")[:8])
    return groups.form_group(
        organisation=organisation,
        terms=grouping.terms(organisation, focus="grief"),
        signups=rows[:6],
        reserves=rows[6:],
        by=grouping.STAFF,
        now=NOW,
    )


def meet(seen: Seen, group: Group) -> None:
    """They say yes, the starter rings, somebody writes to everyone."""
    starter = inside(starter_of(group))
    grouping.starter_answers(group)
    for offer in grouping.offers(group)[:6]:
        client = inside(offer.signup)
        seen.look(client.get(at("mine:offer", offer.id)))
        seen.look(client.post(at("mine:say_yes", offer.id), follow=True))
        seen.look(client.post(at("mine:notice"), {"text": "Kanaribeskjed til alle"}, follow=True))
        seen.look(client.post(at("mine:rules"), {"rules": "Kanariregel"}, follow=True))
        seen.look(client.get(at("mine:table")))
    called = seen.look(starter.get(at("mine:start", group.id)))
    assert CANARY.search(called.content)  # here it must show
    for meeting in grouping.meetings(group):
        seen.look(starter.get(at("mine:meeting", group.id, meeting.id)))


def sit_at_the_desk(seen: Seen, organisation: Organisation, group: Group) -> list[bytes]:
    """The coordinator looks at every list; the lists themselves."""
    account = StaffAccountFactory()
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, account=account, kind="manager")
    desk = Client()
    desk.force_login(account, backend=BACKEND)
    shown = [seen.look(desk.get(at(f"office:{route}"))) for route in OFFICE]
    shown.append(seen.look(desk.get(at("office:group", group.id))))
    assert [answer.status_code for answer in shown] == [200] * len(shown)
    return [answer.content for answer in shown]


@pytest.fixture
def walked(seen: Seen, organisation: Organisation, caplog: pytest.LogCaptureFixture) -> list[bytes]:
    """Everybody has been everywhere; what the office's lists showed."""
    caplog.set_level(logging.DEBUG)
    for number in range(PEOPLE):
        leave_wish(seen, number)
    group = form_one(organisation)
    meet(seen, group)
    return sit_at_the_desk(seen, organisation, group)


def raw() -> bytes:
    """The database's own bytes: the image of SQLite with its free pages, or every row of PostgreSQL."""
    if connection.vendor == "sqlite":
        return bytes(connection.connection.serialize())
    rows: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            rows += [str(row[0]).encode() for row in cursor.fetchall()]
    text = b"\n".join(rows)
    # What is binary is written as hexadecimal digits: both are searched.
    return text + b"".join(
        bytes.fromhex(digits.decode()) for digits in re.findall(rb"\\x((?:[0-9a-f]{2})+)", text)
    )


def subjects() -> list[str]:
    """Subjects and senders of all letters, and the titles of the calendar entries in them."""
    with tenancy.everywhere("test"):
        written = [row.message or "" for row in OutgoingMessage.objects.all()]
    parsed = [email.message_from_string(text, policy=email.policy.default) for text in written]
    headers = [f"{letter['Subject']} {letter['From']} {letter['Message-ID']}" for letter in parsed]
    return headers + re.findall(r"SUMMARY[^\r\n]*", "\n".join(written))


def found_in(texts: list[str]) -> list[str]:
    """Those that hold a canary."""
    return [text for text in texts if CANARY.search(text.encode())]


def test_a_canary_would_be_found(organisation: Organisation) -> None:
    with tenancy.scope(organisation.id):
        type(organisation).objects.filter(pk=organisation.pk).update(name="Kanari i klartekst")
    assert CANARY.search(raw())
    assert found_in(["a kanarI b", "sparrow"]) == ["a kanarI b"]


def test_no_canary_where_none_may_be(
    walked: list[bytes], seen: Seen, organisation: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == PEOPLE
    assert found_in([record.getMessage() for record in caplog.records]) == []
    assert found_in(seen.titles) == [] and len(seen.titles) > 300
    assert found_in(seen.addresses) == []
    assert not any(topic in text for topic in TOPICS for text in (*seen.titles, *seen.addresses))
    assert found_in(subjects()) == [] and len(subjects()) > PEOPLE
    assert [text for text in subjects() if any(topic in text for topic in TOPICS)] == []
    assert not any(CANARY.search(page) for page in walked)  # lists show initials
    public = [browser().get(at(f"public:{route}")).content for route in PUBLIC]
    assert not any(CANARY.search(page) for page in public)
    kept = raw()
    assert len(kept) > 100_000
    assert CANARY.search(kept) is None
