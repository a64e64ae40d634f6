"""A wish comes to an end before a place."""

from datetime import datetime

from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.signups.actions.erase import erase_row
from rundbord.signups.actions.letters import tell
from rundbord.signups.actions.row import locked, move, note
from rundbord.signups.models import SignUp
from rundbord.signups.rules import SignUpState, bucket, weeks_waited


def withdraw(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """Out at once. Theme and free text go now, the rest after the organisation's limit.

    A wish nobody confirmed ("this is not me") is erased on the spot. Raises NotPossible or WishGone;
    who has a place leaves it through her group.
    """
    with locked(signup, "withdraw"):
        if signup.state == SignUpState.UNCONFIRMED:
            note(signup, "wish-not-mine", by, now, counter="wish-not-mine", shown=False)
            erase_row(signup, now)
            signup.state = SignUpState.WITHDRAWN.value
            return
        _close(signup, SignUpState.WITHDRAWN, "wish-withdrawn", by, now)
        tell(signup, "withdrawn", now)


def send_on(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """Another way was found together with the person. Raises NotPossible or WishGone."""
    with locked(signup, "send_on"):
        _close(signup, SignUpState.SENT_ON, "wish-sent-on", by, now)
        tell(signup, "withdrawn", now)


def lapse(*, signup: SignUp, now: datetime) -> None:
    """Asked and not answered: out, without blame. Raises NotPossible or WishGone."""
    with locked(signup, "lapse"):
        _close(signup, SignUpState.LAPSED, "wish-lapsed", SYSTEM, now)
        tell(signup, "lapsed", now)


def _close(signup: SignUp, state: SignUpState, verb: str, by: Actor, now: datetime) -> None:
    weeks = weeks_waited(signup.waiting_since or signup.created_at, now)
    move(signup, state, now)
    note(signup, verb, by, now, counter=verb, detail=bucket(weeks))
