"""Groups move a wish along: offered, placed, back, finished."""

from datetime import datetime

from django.db import transaction

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.signups.actions.row import locked, move, note
from rundbord.signups.models import SignUp
from rundbord.signups.rules import CLOSED, SignUpState, bucket, weeks_waited
from rundbord.topics.catalogue import MIXED


def mark_offered(signup: SignUp, now: datetime) -> None:
    """She has an offer to answer. Raises NotPossible unless she waits."""
    with locked(signup, "offer"):
        move(signup, SignUpState.OFFERED, now)
        note(signup, "wish-offered", SYSTEM, now, counter="wish-offered")


def mark_placed(signup: SignUp, now: datetime) -> None:
    """She said yes. Theme, note and "not together with" are gone with it. Raises NotPossible."""
    with locked(signup, "place"):
        weeks = weeks_waited(signup.waiting_since or signup.created_at, now)
        move(signup, SignUpState.PLACED, now, heard_at=now)
        note(signup, "wish-placed", SYSTEM, now, counter="wish-placed", detail=bucket(weeks))


def mark_waiting(signup: SignUp, declined_slot: int | None, now: datetime) -> None:
    """Back in the list with her old waiting time. `declined_slot`: a time she said no to.

    Who has left in the meantime stays out. Who had a place told us her theme before and it is gone: mixed,
    until she says otherwise.
    """
    if _has_left(signup):
        return
    with locked(signup, "return"):
        columns: dict[str, object] = {}
        if signup.state == SignUpState.PLACED:
            columns["focus"] = [MIXED]
        if declined_slot is not None:
            columns |= {"declined_slots": sorted({*signup.declined_slots, declined_slot}), "heard_at": now}
        move(signup, SignUpState.WAITING, now, **columns)
        note(signup, "wish-waiting", SYSTEM, now, counter="wish-waiting-again")


def mark_finished(signup: SignUp, now: datetime) -> None:
    """Her time in the group is over. Said twice, it is said. Raises NotPossible unless she had a place."""
    if _has_left(signup):
        return
    with locked(signup, "finish"):
        move(signup, SignUpState.FINISHED, now)
        note(signup, "wish-finished", SYSTEM, now, counter="wish-finished")


@transaction.atomic
def _has_left(signup: SignUp) -> bool:
    """Whether the wish is closed or gone."""
    with tenancy.scope(signup.organisation_id):
        state = SignUp.objects.filter(id=signup.id).values_list("state", flat=True).first()
    return state is None or state in CLOSED
