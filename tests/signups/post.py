"""Reading what lies in the out-tray."""

import email
import email.policy
import re

from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage


def letters() -> list[OutgoingMessage]:
    """Everything that waits to be sent, in the order in which it was put."""
    with tenancy.everywhere("test"):
        return list(OutgoingMessage.objects.filter(state="waiting").order_by("put_at", "message_id"))


def kinds() -> list[str]:
    """What waits to be sent."""
    return sorted(letter.kind.removeprefix("signups/") for letter in letters())


def text(letter: OutgoingMessage) -> str:
    """The plain words of a letter."""
    parsed = email.message_from_string(letter.message or "", policy=email.policy.default)
    part = parsed.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def code_in(letter: OutgoingMessage) -> str:
    """The six digits of a letter."""
    found = re.search(r"\b[0-9]{6}\b", text(letter))
    assert found is not None
    return found[0]


def token_in(letter: OutgoingMessage) -> str:
    """The token of the private link in a letter."""
    found = re.search(r"/mine/in/([A-Za-z0-9_-]{22})/", text(letter))
    assert found is not None
    return found[1]
