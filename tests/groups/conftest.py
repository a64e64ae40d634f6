"""Letters out of this room need an address to point to."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import translation

from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.organisations.models import Organisation


@pytest.fixture(autouse=True)
def doors(settings: object) -> None:
    """`mine:enter` exists."""
    settings.ROOT_URLCONF = "tests.groups.doors"  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The words that tests look for are the sources of the translations."""
    with translation.override("en"):
        yield


class Post:
    """The letters in the tray, read as a mail program reads them."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    def rows(self, kind: str | None = None) -> list[OutgoingMessage]:
        """Letters of a kind (without the room's name), oldest first."""
        with tenancy.scope(self.organisation.id):
            rows = OutgoingMessage.objects.filter(kind__startswith="groups/").order_by("put_at", "id")
            return list(rows.filter(kind=f"groups/{kind}") if kind else rows)

    def kinds(self) -> list[str]:
        """Kinds of all letters in the tray."""
        return [row.kind.removeprefix("groups/") for row in self.rows()]

    def letters(self, kind: str | None = None) -> list[EmailMessage]:
        """The letters themselves."""
        return [read(row) for row in self.rows(kind)]

    def to(self, address: str, kind: str | None = None) -> list[EmailMessage]:
        """Letters to one address."""
        return [read(row) for row in self.rows(kind) if row.to == address]

    def empty(self) -> None:
        """Away with what is there."""
        with tenancy.scope(self.organisation.id):
            OutgoingMessage.objects.all().delete()


def read(row: OutgoingMessage) -> EmailMessage:
    """The letter as a mail program sees it."""
    assert row.message is not None
    found = message_from_bytes(row.message.encode("ascii"), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text(letter: EmailMessage) -> str:
    """The words of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def calendar_of(letter: EmailMessage) -> bytes | None:
    """The calendar part of a letter."""
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_payload(decode=True)  # type: ignore[return-value]
    return None


@pytest.fixture
def post(organisation: Organisation) -> Post:
    """Our letters."""
    return Post(organisation)
