"""A wish is the person's own: by link, by code, or on the phone. Then perhaps a talk."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations import queries as organisations
from rundbord.signups.actions.erase import erase_row
from rundbord.signups.actions.letters import tell
from rundbord.signups.actions.row import locked, move, note, unconfirmed_twins
from rundbord.signups.models import IntroTalk, SignUp
from rundbord.signups.rules import NotPossible, SignUpState, TalkState, promised_for


class TalksNotOffered(Refused):
    """The organisation holds no talks for those who ask."""

    sentence = _("No talks are held here now. You are welcome to ring us.")


def confirm_wish(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """The person says it is hers: she waits, or waits for a talk where the organisation wants one first.

    Other unconfirmed wishes of the same contact are gone. Raises NotPossible or WishGone.
    """
    with locked(signup, "confirm"):
        enter_list(signup, now)
        note(signup, "wish-confirmed", by, now, counter="wish-confirmed", detail=signup.contact_kind)


def confirm_by_phone(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """The office has rung her and she said yes. Raises NotPossible or WishGone."""
    with locked(signup, "confirm"):
        enter_list(signup, now, heard=True)
        note(signup, "wish-confirmed-by-phone", by, now, counter="wish-confirmed", detail=signup.contact_kind)


def enter_list(signup: SignUp, now: datetime, *, heard: bool = False) -> None:
    """Into the waiting list, with a letter of welcome. In the caller's transaction and scope.

    `heard`: somebody in the office talks with her at this moment, so nothing is left to promise.
    """
    wanted = organisations.setting(signup.organisation_id, "talk")
    talk = wanted == "required"
    for twin in unconfirmed_twins(signup):
        erase_row(twin, now)
    state = SignUpState.TALK if talk else SignUpState.WAITING
    by = None if heard else promised_for(now, organisations.setting(signup.organisation_id, "answer_days"))
    move(signup, state, now, confirmed_at=now, waiting_since=now, heard_at=now, answer_by=by)
    if talk:
        IntroTalk.objects.create(organisation=signup.organisation, signup=signup, wanted_at=now)
    tell(signup, "welcome", now, talk=talk, may_talk=wanted == "offered", answer_by=by)


def ask_for_talk(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """She would like a talk first; she waits on, and may get an offer before it. Asked twice, it is asked.

    Raises TalksNotOffered where the organisation offers none, NotPossible or WishGone.
    """
    if organisations.setting(signup.organisation_id, "talk") != "offered":
        raise TalksNotOffered(signup)
    with locked(signup, "ask_for_talk"):
        asked = {"organisation": signup.organisation, "state": TalkState.ASKED.value, "wanted_at": now}
        _talk, new = IntroTalk.objects.get_or_create(signup=signup, defaults=asked)
        if new:
            note(signup, "talk-asked", by, now, counter="talk-asked")


def settle_talk(*, signup: SignUp, held: bool, by: Actor, now: datetime) -> None:
    """The talk was held, or left out by agreement; she waits for a place now. Raises NotPossible."""
    with locked(signup, "settle_talk"):
        state = TalkState.HELD if held else TalkState.SKIPPED
        open_ = IntroTalk.objects.filter(signup=signup, state__in=[TalkState.WANTED, TalkState.ASKED])
        settled = open_.update(state=state.value, settled_at=now)
        if not settled and signup.state == SignUpState.WAITING:
            raise NotPossible("settle_talk", signup.state)
        move(signup, SignUpState.WAITING, now, heard_at=now, answer_by=None)
        verb = f"talk-{state.value}"
        note(signup, verb, by, now, counter=verb)
