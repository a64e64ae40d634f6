"""People with browsers: each comes in through her own door, and reads English."""

import html
import re
from datetime import datetime
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rundbord.groups.models import Group, StarterRequest
from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.organisations.models import Organisation
from rundbord.people import actions as people
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from tests.conftest import NOW
from tests.factories.people import StarterFactory
from tests.factories.signups import SignUpFactory
from tests.signups.post import text

COOKIE = "rundbord-browser"
_browsers = count(1)


def at(route: str, *args: Any, language: str = "en") -> str:
    """The address of a page in a language."""
    with override(language):
        return reverse(route, args=args)


def browser() -> Client:
    """A browser with a name that nobody knows yet."""
    client = Client()
    client.cookies[COOKIE] = f"browser-number-{next(_browsers):08d}"
    return client


def name_of(client: Client) -> str:
    """What the browser is called."""
    return client.cookies[COOKIE].value


def known(row: SignUp | Starter, client: Client, now: datetime = NOW) -> Client:
    """The browser has shown to belong to this person."""
    kind = "starter" if isinstance(row, Starter) else "signup"
    about: dict[str, Any] = {"kind": kind, "subject": row.id, "organisation_id": row.organisation_id}
    people.remember_browser(browser=name_of(client), now=now, **about)
    return client


def link_to(row: SignUp | Starter, now: datetime = NOW) -> str:
    """A private link's token."""
    kind = "starter" if isinstance(row, Starter) else "signup"
    return people.issue_link(kind=kind, subject=row.id, organisation_id=row.organisation_id, now=now)


def inside(row: SignUp | Starter, now: datetime = NOW) -> Client:
    """Her own browser, signed in by her link."""
    client = known(row, browser(), now)
    answer = client.post(at("mine:enter", link_to(row, now)))
    assert answer.status_code == 302, answer.status_code
    return client


def wish(organisation: Organisation, **facts: Any) -> SignUp:
    """A wish that waits, or in another state."""
    with tenancy.scope(organisation.id):
        return SignUpFactory(organisation=organisation, **facts)


def starting(organisation: Organisation, **facts: Any) -> Starter:
    """A starter."""
    with tenancy.scope(organisation.id):
        return StarterFactory(organisation=organisation, **facts)


def starter_of(group: Group) -> Starter:
    """Who starts the group."""
    with tenancy.scope(group.organisation_id):
        return StarterRequest.objects.select_related("starter").get(group=group).starter


def fresh(row: SignUp) -> SignUp | None:
    """The wish as it is now."""
    with tenancy.scope(row.organisation_id):
        return SignUp.objects.filter(pk=row.pk).first()


def letters(kind: str = "") -> list[OutgoingMessage]:
    """Letters that wait in the tray, oldest first."""
    with tenancy.everywhere("test"):
        rows = OutgoingMessage.objects.filter(kind__startswith=kind, state="waiting")
        return list(rows.order_by("put_at", "message_id"))


def code_of(letter: OutgoingMessage) -> str:
    """The six digits in a letter."""
    found = re.search(r"\b[0-9]{6}\b", text(letter))
    assert found is not None
    return found[0]


def another(code: str) -> str:
    """Six other digits."""
    return f"{(int(code) + 1) % 10**6:06d}"


def words(answer: Any) -> str:
    """What a page says, without its marks."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(page).split())


def page(client: Client, route: str, *args: Any, **asked: Any) -> str:
    """What a page that works says."""
    answer = client.get(at(route, *args), asked)
    assert answer.status_code == 200, (route, answer.status_code, answer.headers.get("Location"))
    return words(answer)


def does(client: Client, route: str, *args: Any, **said: Any) -> str:
    """Sends a form and reads the page it leads to."""
    answer = client.post(at(route, *args), said, follow=True)
    assert answer.status_code == 200, (route, answer.status_code)
    return words(answer)


def without_tokens(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of an answer, without the random tokens every form has."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    body = re.sub(rb"/[A-Za-z0-9_-]{22}/", b"/token/", body)
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    cookies = {name: len(morsel.value) for name, morsel in answer.cookies.items()}
    return answer.status_code, body, headers | {"cookies": str(cookies)}
