"""The person changes her mind about the wish, and says she still waits."""

from datetime import date, datetime
from typing import Any

from rundbord.kernel import links, outtray
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import letterhead
from rundbord.signups import queries
from rundbord.signups.actions.letters import take_mail_of_the_day, tell
from rundbord.signups.actions.row import columns_of, locked, move, note, store
from rundbord.signups.models import SignUp
from rundbord.signups.rules import (
    WITHOUT_FOCUS,
    SignUpState,
    WishFields,
    back_to,
    check_pause,
    cleaned_wish,
    moved_by_rest,
)

# With a place only this may be changed: the wish itself is over, and its words are gone.
_REACHED_BY = ("first_name", "contact_kind", "contact", "contact_index", "ui_language")


def change_wish(*, signup: SignUp, fields: WishFields, by: Actor, now: datetime) -> None:
    """The wish holds these answers from now on. Raises NotUsable, UnknownPlace, NotPossible or WishGone.

    A changed address is told to the old one and greeted at the new one (once in 24 hours).
    """
    wish = cleaned_wish(fields)
    with locked(signup, "change"):
        columns = columns_of(signup.organisation, wish, now)
        if signup.state in WITHOUT_FOCUS:
            columns = {name: columns[name] for name in _REACHED_BY}
        moved_from = queries.reach(signup) if signup.contact != wish.contact else None
        moved = signup.contact != wish.contact
        heard = {"heard_at": now, "asked_at": None} if by.kind == "person" else {}
        _keep_note_date(signup, columns)
        _keep_course(signup, columns)
        store(signup, {**columns, **heard})
        note(signup, "contact-changed" if moved else "wish-changed", by, now)
        if moved:
            _tell_both(signup, moved_from, now)


def _keep_note_date(signup: SignUp, columns: dict[str, Any]) -> None:
    """The same words are not younger for being sent in again."""
    if "note" in columns and columns["note"] is not None and columns["note"] == signup.note:
        columns["note_at"] = signup.note_at


def _keep_course(signup: SignUp, columns: dict[str, Any]) -> None:
    """She came from the course she came from, whatever she wishes now."""
    if "course" in columns and columns["course"] is None:
        columns["course"] = signup.course


def _tell_both(signup: SignUp, old: queries.Reach | None, now: datetime) -> None:
    if old is not None:
        head = letterhead(signup.organisation_id)
        outtray.put(
            organisation_id=signup.organisation_id,
            kind="signups/moved",
            to=old.to,
            channel=old.channel,  # type: ignore[arg-type]
            language=old.language,  # type: ignore[arg-type]
            context={
                "organisation_phone": head.phone,
                "link": links.absolute("public:front", language=old.language),
            },
            subject=signup.id,
            now=now,
            sender=head.sender,
        )
    if queries.reach(signup) and take_mail_of_the_day(signup.contact_kind, signup.contact, now):
        tell(signup, "moved_here", now)


def pause(*, signup: SignUp, until: date | None, by: Actor, now: datetime) -> None:
    """No offers for a while. Raises BadPause, NotPossible or WishGone.

    Without a day we ask again when the organisation's waiting clock runs out.
    """
    check_pause(until, now)
    with locked(signup, "pause"):
        move(signup, SignUpState.PAUSED, now, paused_until=until, heard_at=now)
        note(signup, "wish-paused", by, now, counter="wish-paused")


def resume(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """Back where the pause began; the waiting time counts on. Raises NotPossible or WishGone.

    When the clock does it and not the person, she is asked at once whether she still wants to wait.
    """
    with locked(signup, "resume"):
        heard: dict[str, Any] = {"asked_at": now} if by == SYSTEM else {"heard_at": now}
        move(signup, back_to(queries.talk_of(signup)), now, **heard, **_promise_after_rest(signup, now))
        note(signup, "wish-resumed", by, now, counter="wish-resumed")
        if by == SYSTEM:
            tell(signup, "pause_over", now)


def _promise_after_rest(signup: SignUp, now: datetime) -> dict[str, Any]:
    """A promise that was open when the rest began has its usual time ahead again."""
    if signup.answer_by is None:
        return {}
    days = organisations.setting(signup.organisation_id, "answer_days")
    return {"answer_by": moved_by_rest(signup.answer_by, now, days)}


def still_waiting(*, signup: SignUp, by: Actor, now: datetime) -> None:
    """She still waits: the clock starts anew, her place in the list stays. Raises NotPossible or WishGone."""
    with locked(signup, "still_waiting"):
        store(signup, {"heard_at": now, "asked_at": None})
        note(signup, "still-waiting", by, now, counter="still-waiting")


def ask_still_waiting(*, signup: SignUp, days: int, now: datetime) -> None:
    """Asks whether she still waits; `days` she has to answer. Who wants to be rung gets on the call list."""
    with locked(signup, "still_waiting"):
        store(signup, {"asked_at": now})
        note(signup, "still-asked", SYSTEM, now, counter="still-asked")
        tell(signup, "still_waiting", now, days=days, within=days)
