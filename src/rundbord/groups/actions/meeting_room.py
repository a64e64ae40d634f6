"""The link that opens the meeting room of a digital group."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations
from rundbord.groups.actions.frame import GroupNotThere, demand, locked, note, write
from rundbord.groups.models import Group, Meeting, MeetingKind, MeetingState
from rundbord.groups.rules.states import LIVE, may_set_link
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor

LINK_LENGTH = 300

_https = URLValidator(schemes=["https"])


class LinkNotUsable(Refused):
    """Not an https address, or too long."""

    sentence = _("Paste the whole link. It begins with https:// and has at most 300 characters.")


class NotDigital(Refused):
    """The group meets in a room that one walks into."""

    sentence = _("Only digital meetings have a link.")


def set_meeting_link(*, group: Group, link: str, by: Actor, now: datetime) -> None:
    """The digital meetings are opened by `link` (https, at most 300 characters) from now on.

    Starter and office set it before hand-over, those who take part when they lead the group themselves.
    If meetings are planned, everybody's calendar follows. Raises LinkNotUsable, NotDigital or GroupNotThere.
    """
    link = _usable(link)
    with write(group.organisation_id):
        here = locked(group.id)
        if not here.digital:
            raise NotDigital(here)
        demand(here, *LIVE)
        if not may_set_link(by.kind, here.state, here.self_start):
            raise GroupNotThere(here)
        if here.meeting_link == link:
            return
        here.meeting_link = link
        here.save(update_fields=["meeting_link"])
        note(here, "link-set", by, now)
        _tell(here, now)


def _usable(link: str) -> str:
    link = link.strip()
    try:
        _https(link)
    except ValidationError:
        raise LinkNotUsable from None
    if len(link) > LINK_LENGTH or not link.isascii() or "@" in link.split("/")[2]:
        raise LinkNotUsable
    return link


def _tell(group: Group, now: datetime) -> None:
    """A calendar entry holds one series, so everybody gets a letter for each series with meetings ahead."""
    for meeting in _one_of_each_series(group, now):
        invitations.raise_sequence(meeting.series)
        meeting.refresh_from_db(fields=["sequence"])
        invitations.invite_all(group, "link_changed", meeting, now)


def _one_of_each_series(group: Group, now: datetime) -> list[Meeting]:
    """The next meeting of each; the return visit, where there is one, so that the starter is told too."""
    chosen: dict[UUID, Meeting] = {}
    for meeting in group.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now).order_by("starts_at"):
        if meeting.series not in chosen or meeting.kind == MeetingKind.VISIT:
            chosen[meeting.series] = meeting
    return list(chosen.values())
