"""One person: the facts of the list, and after opening what she wrote herself."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.kernel import week
from rundbord.signups import queries as signups
from rundbord.signups.actions import Opened
from rundbord.signups.rules import ContactKind, SignUpState, TalkState, can, weeks_waited
from rundbord.surfaces.office.forms.people import (
    DeclineForm,
    OpenForm,
    PauseForm,
    ReachForm,
    WishForm,
    reached,
    written,
)
from rundbord.surfaces.office.pages.waiting import FLAGS, spoken
from rundbord.topics.catalogue import AgeBand, frame_label

if TYPE_CHECKING:
    from rundbord.groups.models import Group, Offer
    from rundbord.signups.models import SignUp

_VERBS = ("confirm", "answer", "settle_talk", "still_waiting", "pause", "resume", "send_on", "withdraw")


@dataclass(frozen=True)
class Person:
    """The page. `may`: the verbs that lead somewhere now; `offer` or `group` where there is one."""

    signup: "SignUp"
    initial: str
    facts: list[tuple[str, Any]]
    may: frozenset[str]
    asked: bool
    offer: "Offer | None"
    group: "Group | None"


def person(signup: "SignUp", now: datetime) -> Person:
    """What the office may see of somebody without opening her. A constant number of queries."""
    place = groups.for_signup(signup, now)
    offer = place.offered.offer if place.offered else None
    group = place.mine.group if place.mine and not place.mine.self_led else None
    return Person(
        signup=signup,
        initial=signups.initial(signup),
        facts=_facts(signup, now),
        may=_may(signup),
        asked=signup.asked_at is not None,
        offer=offer,
        group=offer.group if offer else group,
    )


def _may(signup: "SignUp") -> frozenset[str]:
    """The verbs that lead somewhere; somebody who waits has a talk to settle only if she asked for one."""
    may = {verb for verb in _VERBS if can(verb, signup.state)}
    if signup.state == SignUpState.WAITING and signups.talk_of(signup) != TalkState.ASKED:
        may.discard("settle_talk")
    if signup.answer_by is None or signup.state == SignUpState.UNCONFIRMED:
        may.discard("answer")
    return frozenset(may)


def _facts(signup: "SignUp", now: datetime) -> list[tuple[str, Any]]:
    weeks = weeks_waited(signup.waiting_since or signup.created_at, now)
    flags = [str(FLAGS[name]) for name in FLAGS if getattr(signup, name, False)]
    if not signup.physical:
        flags = [str(FLAGS["digital_only"]), *flags[1:]]
    return [
        (_("Place"), signup.place.label),
        (_("Travels at most"), _("%(km)d km") % {"km": signup.max_km} if signup.physical else ""),
        (_("Times"), ", ".join(week.label(slot) for slot in signup.slots)),
        (_("Languages"), spoken(signup.languages)),
        (_("Age"), AgeBand(signup.age_band).label),
        (_("Wishes"), ", ".join(flags)),
        (_("Weeks on the list"), str(weeks)),
        (_("Reached by"), ContactKind(signup.contact_kind).label),
        (_("Course"), signup.course.name if signup.course else ""),
        (_("Promised to hear from you by"), signup.answer_by),
        (_("Paused until"), signup.paused_until),
    ]


def forms_for(shown: Person) -> dict[str, Any]:
    """The forms of the page, empty."""
    return {"open_form": OpenForm(), "pause_form": PauseForm(), "decline_form": DeclineForm()}


def told(signup: "SignUp", opened: Opened) -> dict[str, Any]:
    """What an opened person wrote, in words, and the form to change it; with a place, how she is reached."""
    focus = ", ".join(str(frame_label(code)) for code in opened.focus or [])
    changeable, placed = can("change", signup.state), signup.state == SignUpState.PLACED
    return {
        "opened": opened,
        "told": [
            (_("Kind of group"), focus),
            (_("Note"), opened.note),
            (_("Not together with"), opened.not_with),
        ],
        "wish_form": WishForm(initial=written(signup, opened)) if changeable and not placed else None,
        "reach_form": ReachForm(initial=reached(signup, opened)) if changeable and placed else None,
    }
