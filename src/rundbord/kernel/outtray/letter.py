"""Writing a letter: template to text, text to the very bytes that go over the wire."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import select_template
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.ids import new_id
from rundbord.kernel.refusals import Refused

Channel = Literal["email", "sms"]
Method = Literal["REQUEST", "CANCEL"]

_KIND = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*")
_NUMBER = re.compile(r"\+?[0-9]{5,15}")


class AddressRefused(Refused):
    """Nothing can be sent to what was given as an address or a number."""

    sentence = _("This address or number does not work. Please check it.")


@dataclass(frozen=True)
class Written:
    """A finished letter. `data` is ASCII with CRLF line ends."""

    message_id: str
    data: bytes


def sender(shown: str = "") -> Address:
    """Who letters come from; unless an office wants its own name shown, it tells nothing about Rundbord."""
    name, address = parseaddr(settings.RUNDBORD_MAIL_FROM)
    return Address(display_name=shown or name or gettext("Messages"), addr_spec=address)


def email_address(to: str) -> str:
    """The address in ASCII. Raises AddressRefused, also for anything that could start a new header."""
    local, at, domain = to.strip().rpartition("@")
    try:
        plain = f"{local}{at}{domain.encode('idna').decode('ascii')}"
        validate_email(plain)
        Address(addr_spec=plain.encode("ascii").decode("ascii"))
    except (ValidationError, UnicodeError, ValueError, IndexError):
        raise AddressRefused() from None
    return plain


def sms_address(to: str) -> str:
    """A number as an address at the e-mail-to-SMS gateway. Raises AddressRefused."""
    number = to.replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise AddressRefused()
    pattern = settings.RUNDBORD_SMS_GATEWAY or "{number}@sms.invalid"
    return pattern.replace("{number}", number.lstrip("+"))


def body(kind: str, channel: Channel, language: str, context: Mapping[str, Any]) -> str:
    """The text of mail/<kind>.txt (for SMS mail/<kind>.sms.txt, if there is one) in that language."""
    if not _KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is not a kind of letter")
    names = [f"mail/{kind}.txt"]
    if channel == "sms":
        names.insert(0, f"mail/{kind}.sms.txt")
    with translation.override(language):
        # Letters are plain text: escaping would show "&amp;" where somebody is called "Kari & Per".
        text = select_template(names).template.render(Context(dict(context), autoescape=False))
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def write(
    *,
    channel: Channel,
    to: str,
    text: str,
    language: str,
    now: datetime,
    calendar: bytes | None = None,
    method: Method = "REQUEST",
    shown: str = "",
) -> Written:
    """The letter as bytes, with its Message-ID and Date. Raises AddressRefused.

    `calendar` is one iCalendar file in UTF-8; mail programs get it as a part they act on and as a file.
    `shown` is the sender's display name; "" for a neutral one.
    """
    with translation.override(language):
        message = _headed(channel, to, now, shown)
    message.set_content(text, cte="quoted-printable")
    message["Content-Language"] = language
    if calendar is not None:
        message.add_alternative(
            calendar.decode("utf-8"), subtype="calendar", cte="base64", params={"method": method}
        )
        message.add_attachment(calendar, maintype="application", subtype="ics", filename="calendar.ics")
    return Written(str(message["Message-ID"]), message.as_bytes())


def _headed(channel: Channel, to: str, now: datetime, shown: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender(shown)
    message["To"] = Address(addr_spec=sms_address(to) if channel == "sms" else email_address(to))
    if channel == "email":  # a gateway would spend a text message's first line on it
        message["Subject"] = gettext("A message for you")
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{new_id().hex}@{sender().domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    return message
