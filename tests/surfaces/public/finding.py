"""What the tests of finding share: many groups at once, and what stands where on the page."""

import html
import re
from typing import Any

from django.test import Client

from rundbord.groups.models import Group
from rundbord.kernel import tenancy
from rundbord.organisations.models import Organisation
from tests.conftest import NOW
from tests.factories.organisations import place
from tests.surfaces.mine.people import at, browser

TUESDAY, WEDNESDAY = 9, 14


def bare(organisation: Organisation, number: int = 1, **facts: Any) -> list[Group]:
    """Groups' rows alone, on Tuesday evenings in Fredrikstad: enough for lists."""
    given: dict[str, Any] = {
        "focus": "mixed", "language": "no", "place": place(), "slot": TUESDAY,
        "created_at": NOW, "state_since": NOW, **facts,
    }  # fmt: skip
    with tenancy.scope(organisation.id):
        return Group.objects.bulk_create([Group(organisation=organisation, **given) for _ in range(number)])


def search(client: Client | None = None, **asked: Any) -> str:
    """The page of a search by address."""
    answer = (client or browser()).get(at("public:find"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def found(said: str) -> str:
    """What the list says, without the search above it."""
    return said.split("What we found")[1].split("Nothing that suits you?")[0]


def map_of(text: str) -> str:
    """The map's markup; "" without one."""
    drawn = re.search(r'<figure class="rb-map".*?</figure>', text, re.DOTALL)
    return drawn[0] if drawn else ""


def map_links(text: str) -> dict[str, str]:
    """What the dots of a map are called -> where they lead."""
    pairs = re.findall(r'<a href="([^"]+)"><title>([^<]+)</title>', map_of(text))
    return {html.unescape(name): html.unescape(address) for address, name in pairs}
