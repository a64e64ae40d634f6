"""Putting letters in the tray and taking them out again. One verb each, in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.outtray import letter
from rundbord.kernel.outtray.transport import sms_available
from rundbord.kernel.refusals import Refused
from rundbord.kernel.tenancy import everywhere

# TRUST.md: letters are wiped 7 days after they left; undelivered ones stay a month for a human to see.
SENT_KEPT = timedelta(days=7)
DEAD_KEPT = timedelta(days=30)
ROWS_KEPT = timedelta(days=365)

State = OutgoingMessage.State


class NoSmsGateway(Refused):
    """No way to send a text message is set up here."""

    sentence = _("We cannot send text messages here. Please choose another way.")


class NothingToSend(Refused):
    """The letter's words are already wiped."""

    sentence = _("This message is no longer kept and cannot be sent again.")


def put(
    *,
    organisation_id: UUID,
    kind: str,
    to: str,
    channel: letter.Channel = "email",
    language: Literal["nb", "nn", "en"],
    context: dict[str, Any],
    subject: UUID | None,
    now: datetime,
    calendar: bytes | None = None,
    calendar_method: letter.Method = "REQUEST",
    not_before: datetime | None = None,
    sender: str = "",
) -> OutgoingMessage:
    """Writes the letter of this kind, once and for all, and lays it in the tray.

    subject: whose letter it is (a wish, a starter), for `withdraw`. calendar: an iCalendar file.
    sender: the display name to show, else a neutral one.
    Raises AddressRefused, NoSmsGateway, TemplateDoesNotExist.
    """
    if channel == "sms" and not sms_available():
        raise NoSmsGateway()
    text = letter.body(kind, channel, language, context)
    written = letter.write(
        channel=channel,
        to=to,
        text=text,
        language=language,
        now=now,
        calendar=calendar,
        method=calendar_method,
        shown=sender,
    )
    return OutgoingMessage.objects.create(
        organisation_id=organisation_id,
        kind=kind,
        channel=channel,
        language=language,
        subject=subject,
        to=letter.sms_address(to) if channel == "sms" else letter.email_address(to),
        message=written.data.decode("ascii"),
        message_id=written.message_id,
        put_at=now,
        due_at=not_before or now,
    )


def withdraw(*, subject: UUID, kinds: Iterable[str] | None = None) -> int:
    """Takes the subject's unsent letters back (of these kinds, or all) and wipes them. Returns how many.

    A letter being handed over at this moment is past taking back.
    """
    waiting = OutgoingMessage.objects.filter(subject=subject, state=State.WAITING)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    with transaction.atomic():
        free = list(waiting.select_for_update(skip_locked=True).values_list("id", flat=True))
        rows = OutgoingMessage.objects.filter(id__in=free)
        return rows.update(state=State.WITHDRAWN, to=None, message=None)


def dead_letters() -> QuerySet[OutgoingMessage]:
    """Letters given up, oldest first: a human should find another way to the person."""
    return OutgoingMessage.objects.filter(state=State.DEAD).order_by("ended_at")


def send_again(*, message: OutgoingMessage, now: datetime) -> None:
    """A human sends a dead letter once more: the same bytes, with the whole waiting time anew.

    Raises NothingToSend when it is wiped or not dead.
    """
    dead = OutgoingMessage.objects.filter(id=message.id, state=State.DEAD, message__isnull=False)
    if not dead.update(state=State.WAITING, due_at=now, attempts=0, first_tried_at=None, ended_at=None):
        raise NothingToSend(message)


def forget_sent(now: datetime) -> int:
    """Wipes the words and addresses of letters long gone, and rows past a year. Returns letters wiped."""
    with everywhere("the out-tray is cleared for every organisation"), transaction.atomic():
        OutgoingMessage.objects.exclude(state=State.WAITING).filter(put_at__lte=now - ROWS_KEPT).delete()
        past = Q(state=State.SENT, ended_at__lte=now - SENT_KEPT)
        past |= Q(state=State.DEAD, ended_at__lte=now - DEAD_KEPT)
        full = OutgoingMessage.objects.filter(past).exclude(message__isnull=True)
        return full.update(to=None, message=None)
