"""A wish is the person's own: by link, by code, or on the phone. Then perhaps a talk."""

from datetime import datetime

from rundbord.kernel.timeline import Actor
from rundbord.organisations import queries as organisations
from rundbord.signups.actions.erase import erase_row
from rundbord.signups.actions.letters import tell
from rundbord.signups.actions.row import locked, move, note, unconfirmed_twins
from rundbord.signups.models import IntroTalk, SignUp
from rundbord.signups.rules import SignUpState, TalkState


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
        enter_list(signup, now)
        note(signup, "wish-confirmed-by-phone", by, now, counter="wish-confirmed", detail=signup.contact_kind)


def enter_list(signup: SignUp, now: datetime) -> None:
    """Into the waiting list, with a letter of welcome. In the caller's transaction and scope."""
    talk = organisations.setting(signup.organisation_id, "talk") == "required"
    for twin in unconfirmed_twins(signup):
        erase_row(twin, now)
    state = SignUpState.TALK if talk else SignUpState.WAITING
    move(signup, state, now, confirmed_at=now, waiting_since=now, heard_at=now)
    if talk:
        IntroTalk.objects.create(organisation=signup.organisation, signup=signup, wanted_at=now)
    tell(signup, "welcome", now, talk=talk)


def settle_talk(*, signup: SignUp, held: bool, by: Actor, now: datetime) -> None:
    """The talk was held, or left out by agreement; she waits for a place now. Raises NotPossible."""
    with locked(signup, "settle_talk"):
        state = TalkState.HELD if held else TalkState.SKIPPED
        IntroTalk.objects.filter(signup=signup).update(state=state.value, settled_at=now)
        move(signup, SignUpState.WAITING, now, heard_at=now)
        verb = f"talk-{state.value}"
        note(signup, verb, by, now, counter=verb)
