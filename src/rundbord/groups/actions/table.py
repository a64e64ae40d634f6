"""What those round the table do: the starter's call, the pledge, ground rules, absence, notices."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations, post
from rundbord.groups.actions.frame import GroupNotThere, demand, locked, note, write
from rundbord.groups.actions.meetings import MeetingSettled, TimeHasPassed
from rundbord.groups.models import (
    Absence,
    GroundRule,
    Group,
    GroupState,
    Meeting,
    MeetingState,
    Notice,
    Participation,
)
from rundbord.kernel import clock
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor

MOST_RULES = 20
RULE_LENGTH = 300
NOTICE_LENGTH = 1000
NOTICES_A_DAY = 10  # from one person: a notice goes to everybody's mailbox

_TOGETHER = (GroupState.STARTING, GroupState.SELF_LED, GroupState.PAUSED)


class RulesNotUsable(Refused):
    """Too many rules, an empty one, or one that is too long."""

    sentence = _("Up to 20 rules, each of up to 300 characters.")


class NoticeNotUsable(Refused):
    """Nothing is written, or too much."""

    sentence = _("Write something, up to 1000 characters.")


class TooManyNotices(Refused):
    """One person has posted many notices today."""

    sentence = _("That is many messages for one day. Please wait until tomorrow.")


class NotInThisGroup(Refused):
    """The person has left, or belongs elsewhere."""

    sentence = _("This is only for those who take part now.")


def record_call(*, participation: Participation, by: Actor, now: datetime) -> None:
    """The starter has rung the person before the first meeting. Noted once."""
    with write(participation.organisation_id):
        mine = _present(participation)
        if mine.called_at is None:
            mine.called_at = now
            mine.save(update_fields=["called_at"])
            note(mine, "call-made", by, now, subject=mine.signup_id)


def make_pledge(*, participation: Participation, by: Actor, now: datetime) -> None:
    """The person makes the confidentiality pledge. Once for each group; a group opened anew asks afresh."""
    with write(participation.organisation_id):
        mine = _present(participation)
        if mine.pledged_at is None:
            mine.pledged_at = now
            mine.save(update_fields=["pledged_at"])
            note(mine, "pledge-made", by, now, subject=mine.signup_id)


def _present(participation: Participation) -> Participation:
    mine = Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    if mine.left_at is not None:
        raise NotInThisGroup(mine)
    return mine


def agree_ground_rules(*, group: Group, texts: list[str], by: Actor, now: datetime) -> None:
    """The group's rules from now on, in its own words; empty lines are left out. Raises RulesNotUsable."""
    texts = [text.strip() for text in texts if text.strip()]
    if len(texts) > MOST_RULES or any(len(text) > RULE_LENGTH for text in texts):
        raise RulesNotUsable
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, *_TOGETHER)
        here.ground_rules.all().delete()
        for number, text in enumerate(texts, start=1):
            _write_rule(here, number, text, now)
        note(here, "rules-agreed", by, now, rules=len(texts))


def _write_rule(group: Group, number: int, text: str, now: datetime) -> None:
    GroundRule.objects.create(
        organisation_id=group.organisation_id,
        group=group,
        number=number,
        text=text,
        agreed_on=clock.local(now).date(),
    )


def say_absent(*, meeting: Meeting, participation: Participation, by: Actor, now: datetime) -> None:
    """The person cannot come; forgotten after the meeting.

    Raises MeetingSettled, TimeHasPassed or NotInThisGroup.
    """
    with write(meeting.organisation_id):
        mine = _coming(meeting, participation, now)
        Absence.objects.get_or_create(
            meeting=mine,
            participation=participation,
            defaults={"organisation_id": mine.organisation_id, "said_at": now},
        )


def will_come(*, meeting: Meeting, participation: Participation, by: Actor, now: datetime) -> None:
    """The person can come after all. Raises as `say_absent`."""
    with write(meeting.organisation_id):
        mine = _coming(meeting, participation, now)
        Absence.objects.filter(meeting=mine, participation=participation).delete()


def _coming(meeting: Meeting, participation: Participation, now: datetime) -> Meeting:
    locked(meeting.group_id)
    mine = Meeting.objects.get(pk=meeting.pk)
    if _present(participation).group_id != mine.group_id:
        raise NotInThisGroup(participation)
    if mine.state != MeetingState.PLANNED:
        raise MeetingSettled(mine)
    if mine.starts_at <= now:
        raise TimeHasPassed(mine)
    return mine


def post_notice(
    *, group: Group, text: str, participation: Participation | None, by: Actor, now: datetime
) -> Notice:
    """A notice to all round the table; from the starter when `participation` is None.

    The letter says only that there is something on the page. Raises NoticeNotUsable, TooManyNotices,
    NotInThisGroup or GroupNotThere.
    """
    text = text.strip()
    if not text or len(text) > NOTICE_LENGTH:
        raise NoticeNotUsable
    with write(group.organisation_id):
        here = locked(group.id)
        _refuse_writer(here, participation, now)
        notice = Notice.objects.create(
            organisation_id=here.organisation_id,
            group=here,
            text=text,
            from_starter=participation is None,
            from_participation=participation,
            at=now,
        )
        note(here, "notice-posted", by, now, shown=False)
        _tell(here, participation, now)
        return notice


def _refuse_writer(group: Group, participation: Participation | None, now: datetime) -> None:
    demand(group, *_TOGETHER)
    if participation is None and group.state != GroupState.STARTING:
        raise GroupNotThere(group)  # the starter has left; the group speaks for itself
    if participation is not None and _present(participation).group_id != group.id:
        raise NotInThisGroup(participation)
    today = Notice.objects.filter(
        group=group, from_participation=participation, at__gt=now - timedelta(days=1)
    )
    if today.count() >= NOTICES_A_DAY:
        raise TooManyNotices(group)


def _tell(group: Group, writer: Participation | None, now: datetime) -> None:
    for member in invitations.members(group):
        if writer is None or member.id != writer.id:
            post.send(post.participant(member.signup), "notice", now)
    if writer is not None and group.state == GroupState.STARTING:
        for starter in invitations.starters(group):
            post.send(post.starter(starter), "notice", now)
