"""Asking a starter, and her answer. A no is as welcome as a yes; then somebody else is asked."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rundbord.groups.actions import invitations, post, starting
from rundbord.groups.actions.frame import demand, locked, note, write
from rundbord.groups.models import Group, GroupState, RequestState, StarterRequest
from rundbord.groups.queries.starters import starts_in_progress
from rundbord.groups.rules.states import BEFORE_HAND_OVER, can_answer
from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations.queries import setting
from rundbord.people.models import Starter


class RequestClosed(Refused):
    """The question has been answered otherwise, has lapsed or was taken back."""

    sentence = _("This question is no longer open. Thank you for answering.")


class StarterIsBusy(Refused):
    """The starter has as many starts as she wants, or is set aside."""

    sentence = _("This starter cannot take one more now.")


class AlreadyAsked(Refused):
    """The starter has been asked about this group."""

    sentence = _("This starter has already been asked.")


class EnoughStarters(Refused):
    """Two starters may share a group, not more."""

    sentence = _("Two starters have already been asked.")


def ask_starter(*, group: Group, starter: Starter, by: Actor, now: datetime) -> StarterRequest:
    """Asks one starter; two may share. Raises StarterIsBusy, AlreadyAsked or EnoughStarters."""
    with write(group.organisation_id):
        here = locked(group.id)
        demand(here, *BEFORE_HAND_OVER)
        return ask(here, starter.id, by, now)


def ask(group: Group, starter_id: UUID, by: Actor, now: datetime) -> StarterRequest:
    """As `ask_starter`, with the group held by the caller. The starter is held too, so none is overbooked."""
    starter = Starter.objects.select_for_update(no_key=True).get(pk=starter_id)
    if group.requests.filter(starter=starter, state__in=_OPEN).exists():
        raise AlreadyAsked(starter)
    if group.requests.filter(state__in=_OPEN).count() >= 2:
        raise EnoughStarters(group)
    if not starter.active or starts_in_progress([starter.id]).get(starter.id, 0) >= starter.concurrent_starts:
        raise StarterIsBusy(starter)
    request = _open_request(group, starter, now)
    note(request, "request-sent", by, now, subject=group.id)
    post.send(
        post.starter(starter),
        "request",
        now,
        slot=group.slot,
        place="" if group.digital else group.place.name,
        number=group.startup_meetings,
        answer_by=request.expires_at,
    )
    return request


_OPEN = (RequestState.ASKED, RequestState.YES)


def _open_request(group: Group, starter: Starter, now: datetime) -> StarterRequest:
    hours = setting(group.organisation_id, "request_hours")
    request, _new = StarterRequest.objects.update_or_create(
        group=group,
        starter=starter,
        defaults={
            "organisation_id": group.organisation_id,
            "state": RequestState.ASKED,
            "asked_at": now,
            "expires_at": now + timedelta(hours=hours),
            "answered_at": None,
        },
    )
    return request


def answer_request(*, request: StarterRequest, yes: bool, by: Actor, now: datetime) -> None:
    """The starter's answer. The same answer twice counts once. Raises RequestClosed.

    A yes starts the group if enough people have said yes.
    """
    wanted = RequestState.YES if yes else RequestState.NO
    with write(request.organisation_id):
        here, mine = _held(request)
        if mine.state == wanted:
            return
        if not can_answer(mine.state, mine.expires_at, now):
            raise RequestClosed(mine)
        _settle(mine, wanted, by, now)
        if yes and not starting.start_if_ready(here, now):
            _join_late(here, mine.starter, now)


def _join_late(group: Group, starter: Starter, now: datetime) -> None:
    series = invitations.startup_series(group)
    if group.state == GroupState.STARTING and series is not None:
        invitations.invite(group, "starter_meetings_planned", [post.starter(starter)], series, now)


def withdraw_request(*, request: StarterRequest, by: Actor, now: datetime) -> None:
    """The coordinator takes the question back, also after a yes; the starter is told.

    Raises RequestClosed.
    """
    with write(request.organisation_id):
        here, mine = _held(request)
        demand(here, *BEFORE_HAND_OVER)
        if mine.state not in _OPEN:
            raise RequestClosed(mine)
        release(here, mine, by, now)


def release(group: Group, request: StarterRequest, by: Actor, now: datetime) -> None:
    """The starter is free of this group and is told. The group is held by the caller."""
    _settle(request, RequestState.WITHDRAWN, by, now)
    reader = [post.starter(request.starter)]
    invitations.call_off_all(group, "request_withdrawn", reader, now, slot=group.slot)


def lapse_requests(now: datetime) -> int:
    """Ends every question whose time is up; the office sees that a starter is missing. Returns how many."""
    with tenancy.everywhere("requests lapse in every organisation"):
        due = StarterRequest.objects.filter(state=RequestState.ASKED, expires_at__lte=now)
        rows = list(due.select_related("organisation").order_by("expires_at"))
    return sum(_lapse(row, now) for row in rows)


def _lapse(request: StarterRequest, now: datetime) -> bool:
    with write(request.organisation_id):
        _here, mine = _held(request)
        if mine.state != RequestState.ASKED or now < mine.expires_at:
            return False
        _settle(mine, RequestState.LAPSED, SYSTEM, now)
        return True


def _held(request: StarterRequest) -> tuple[Group, StarterRequest]:
    group = locked(request.group_id)
    return group, StarterRequest.objects.select_related("starter").get(pk=request.pk)


def _settle(request: StarterRequest, state: RequestState, by: Actor, now: datetime) -> None:
    request.state, request.answered_at = state, now
    request.save(update_fields=["state", "answered_at"])
    note(request, f"request-{state}", by, now, subject=request.group_id)
