"""What the clock does: absences forgotten, meetings planned on, starters reminded of the hand-over."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from rundbord.groups.actions import invitations, post
from rundbord.groups.actions.frame import locked, note, write
from rundbord.groups.actions.life import plan_on
from rundbord.groups.models import Absence, Group, GroupState, Meeting, MeetingKind, MeetingState
from rundbord.groups.rules import planning
from rundbord.kernel import tenancy
from rundbord.kernel.models import TimelineEntry
from rundbord.kernel.timeline import SYSTEM

REMIND_AFTER = timedelta(days=1)  # after the last startup meeting
_REMINDED = "hand-over-reminded"


def forget_absences(now: datetime) -> int:
    """Who could not come is forgotten when the meeting is over (PRODUCT.md, rule 1). Returns how many."""
    with tenancy.everywhere("absences are forgotten in every organisation"):
        gone, _each = Absence.objects.filter(meeting__ends_at__lte=now).delete()
    return gone


def plan_all_ahead(now: datetime) -> int:
    """Plans the next meetings of all self-led groups that have few left. Returns how many groups."""
    left = Count("meetings", filter=Q(meetings__state=MeetingState.PLANNED, meetings__starts_at__gt=now))
    with tenancy.everywhere("meetings are planned on in every organisation"):
        rows = Group.objects.filter(state=GroupState.SELF_LED).annotate(left=left)
        few = list(rows.filter(left__lt=planning.TOP_UP_BELOW).order_by("id"))
    return sum(plan_ahead(group=group, now=now) for group in few)


def plan_ahead(*, group: Group, now: datetime) -> bool:
    """Plans the next meetings of a self-led group that has few left; whether it did."""
    with write(group.organisation_id):
        here = locked(group.id)
        left = here.meetings.filter(state=MeetingState.PLANNED, starts_at__gt=now).count()
        if here.state != GroupState.SELF_LED or left >= planning.TOP_UP_BELOW:
            return False
        plan_on(here, now, "next_meetings")
        return True


def remind_of_hand_over(now: datetime) -> int:
    """Writes once to the starters of groups whose startup meetings are past. Returns how many groups."""
    startup = Meeting._base_manager.filter(group=OuterRef("pk"), kind=MeetingKind.STARTUP)
    late = startup.filter(
        starts_at__gt=now - REMIND_AFTER, state__in=[MeetingState.PLANNED, MeetingState.HELD]
    )
    reminded = TimelineEntry._base_manager.filter(subject=OuterRef("pk"), verb=_REMINDED)
    with tenancy.everywhere("starters are reminded in every organisation"):
        rows = Group.objects.filter(
            Exists(startup), ~Exists(late), ~Exists(reminded), state=GroupState.STARTING
        )
        due = list(rows.order_by("id"))
    return sum(_remind(group, now) for group in due)


def _remind(group: Group, now: datetime) -> bool:
    with write(group.organisation_id):
        here = locked(group.id)
        if here.state != GroupState.STARTING or TimelineEntry.objects.filter(subject=here.id, verb=_REMINDED):
            return False
        note(here, _REMINDED, SYSTEM, now, counted=False, shown=False)
        for starter in invitations.starters(here):
            post.send(post.starter(starter), "hand_over_due", now, slot=here.slot)
        return True
