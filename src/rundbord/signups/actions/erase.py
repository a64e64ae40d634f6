"""What is no longer needed goes, with every door to it."""

from datetime import datetime

from django.db import transaction

from rundbord.kernel import outtray, tenancy, timeline
from rundbord.kernel.timeline import SYSTEM
from rundbord.people import actions as people
from rundbord.signups.actions.row import note, store
from rundbord.signups.models import SignUp


def erase_row(signup: SignUp, now: datetime) -> None:
    """The row, what hangs on it, its links, browsers, codes and unsent letters. In the caller's transaction.

    The story says that somebody was erased, not who.
    """
    outtray.withdraw(subject=signup.id)
    people.revoke_access(subject=signup.id, now=now)
    timeline.record(
        organisation_id=signup.organisation_id,
        subject=signup.organisation_id,
        verb="person-erased",
        actor=SYSTEM,
        now=now,
        data={"state": signup.state},
        shown=False,
    )
    SignUp.objects.filter(id=signup.id).delete()


@transaction.atomic
def erase_wish(*, signup: SignUp, now: datetime) -> None:
    """Erases a person altogether. Done twice, it is done."""
    with tenancy.scope(signup.organisation_id):
        erase_row(signup, now)


@transaction.atomic
def erase_words(*, signup: SignUp, now: datetime) -> None:
    """Erases what the person wrote in her own words; the wish stays."""
    with tenancy.scope(signup.organisation_id):
        store(signup, {"note": None, "note_at": None})
        note(signup, "text-erased", SYSTEM, now)
