"""What the private pages show, in words."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rundbord.groups.queries import MyGroup, MyPlace, OfferedPlace
from rundbord.kernel import timeline
from rundbord.matching import queries as matching
from rundbord.organisations.queries import setting
from rundbord.people import queries as people
from rundbord.shell.arc import Step
from rundbord.shell.words import plain_date, plain_times
from rundbord.signups import queries as signups
from rundbord.signups.queries import SignUp
from rundbord.signups.rules import (
    CLOSED,
    PROMISED,
    PromiseStep,
    SignUpState,
    TalkState,
    steps_of_arc,
    told,
)
from rundbord.surfaces.asking import BOTH, DIGITAL, FORMS, ROOM, also
from rundbord.surfaces.mine.waits import usual_wait
from rundbord.topics.catalogue import AgeBand, frame_label, language

_SAID_BY_SOME = ("women_only", "young_only", "access_needs", "self_start_ok", "discretion", "note")


def office(of: SignUp | people.Starter) -> dict[str, str]:
    """The phone and name of this person's office, for the help block."""
    return {"help_phone": of.organisation.phone, "help_name": of.organisation.name}


def home(me: SignUp, place: MyPlace, now: datetime) -> dict[str, Any]:
    """Everything on the person's own page."""
    return office(me) | {
        "me": me,
        "steps": _arc(me, place.mine),
        "missing": matching.why_waiting(me) if me.state == SignUpState.WAITING else None,
        "offered": still_open(place, now),
        "mine": place.mine,
        "closed": me.state in CLOSED,
        "may_pause": me.state in (SignUpState.WAITING, SignUpState.TALK),
        "paused": me.state == SignUpState.PAUSED,
        "asked": me.asked_at is not None,
        "talk": _talk(me),
        "weeks": (now - (me.waiting_since or me.created_at)).days // 7,
        "picture": _picture(me, place.mine),
        "promise": _promise(me),
        "wait": usual_wait(me.organisation_id, now) if me.state in (*PROMISED, SignUpState.PAUSED) else None,
    }


def _picture(me: SignUp, mine: MyGroup | None) -> str:
    """Where on the arc she is, drawn: looking for others, the first meetings, or on their own."""
    name = (
        "lead" if mine and mine.self_led else "start" if mine or me.state == SignUpState.OFFERED else "search"
    )
    return f"shell/parts/pictures/arc_{name}.html"


def _promise(me: SignUp) -> str:
    """Whether she is still to hear from us ("open"), has not in time ("late"), or has ("")."""
    if me.answer_by is None or me.state not in PROMISED:
        return ""
    return "open" if me.answer_step == PromiseStep.MADE else "late"


def still_open(place: MyPlace, now: datetime) -> OfferedPlace | None:
    """The offer, while it can still be answered."""
    return place.offered if place.offered and place.offered.offer.expires_at > now else None


def word(me: SignUp) -> str:
    """What her office calls a group; "" where it uses the usual word."""
    return setting(me.organisation_id, "word_group")


def _talk(me: SignUp) -> str:
    """Whether a talk is offered to her ("offered") or she has asked for one ("asked"); else nothing."""
    if me.state != SignUpState.WAITING:
        return ""
    talk = signups.talk_of(me)
    if talk is None:
        offered = setting(me.organisation_id, "talk") == "offered"
        return "offered" if offered else ""
    return "asked" if talk == TalkState.ASKED else ""


def _arc(me: SignUp, mine: MyGroup | None) -> list[Step]:
    """The whole arc: the wish's steps, and then the meetings'."""
    steps = [Step(step.label, step.state, when=step.when) for step in steps_of_arc(me, signups.talk_of(me))]
    if me.state in CLOSED:
        return steps
    return steps + _meetings(mine)


def _meetings(mine: MyGroup | None) -> list[Step]:
    labels = (_("The first meetings"), _("You lead it together"))
    if mine is None:
        return [Step(label, "ahead") for label in labels]
    here = 1 if mine.self_led else 0
    first = mine.group.first_meeting_on
    return [
        Step(label, "done" if number < here else "here" if number == here else "ahead", when=when)
        for number, (label, when) in enumerate(zip(labels, (first, mine.group.handed_over_on), strict=True))
    ]


def wish_facts(me: SignUp) -> list[tuple[str, str]]:
    """All that is kept of the wish as (term, words)."""
    spoken = [str(found.label) for code in me.languages if (found := language(code))]
    where = f"{me.postal_code} {me.place.label}".strip()
    facts = [
        (_("Name"), me.first_name),
        (_("Contact"), me.contact),
        (_("Where"), where),
        (_("How"), str(dict(FORMS)[form_of(me)])),
        (_("How far"), _("%(km)d km") % {"km": me.max_km} if me.physical else ""),
        (_("When"), plain_times(me.slots)),
        (_("Times you said no to"), plain_times(me.declined_slots)),
        (_("Kind of group"), ", ".join(str(frame_label(code)) for code in me.focus or [])),
        (_("Language"), ", ".join(spoken)),
        (_("Age"), str(AgeBand(me.age_band).label)),
        (_("Also"), "; ".join(also({name: getattr(me, name) for name in _SAID_BY_SOME}))),
        (_("Not together with"), me.not_with or ""),
        (_("Course"), me.course.name if me.course else ""),
        (_("Kept by"), me.organisation.name),
        (_("You said yes to that"), plain_date(me.created_at)),
        (_("You hear from us by"), plain_date(me.answer_by)),
        (_("Paused until"), plain_date(me.paused_until)),
    ]
    return [(term, words) for term, words in facts if words]


def form_of(me: SignUp) -> str:
    """How she would like to meet, as the form asks it."""
    if me.physical and me.digital:
        return BOTH
    return DIGITAL if me.digital else ROOM


def written(me: SignUp) -> dict[str, Any]:
    """The wish as the form shows it."""
    same = ("first_name", "contact", "slots", "languages", "age_band", "max_km", "women_only", "young_only")
    more = ("access_needs", "self_start_ok", "discretion", "note", "focus")
    return {name: getattr(me, name) for name in (*same, *more)} | {
        "place": me.postal_code or me.place.label,
        "form": form_of(me),
        "ring_me": me.contact_kind == "ring_me",
    }


def story(me: SignUp) -> list[tuple[datetime, str]]:
    """(when, sentence) of what has happened with the wish, oldest first."""
    entries = [(entry.at, told(entry.verb, entry.data)) for entry in timeline.history(me.id)]
    return [(at, sentence) for at, sentence in entries if sentence]


def who_looked(me: SignUp) -> list[tuple[datetime, str, str]]:
    """(when, who, why) for every time somebody in the office opened this person."""
    looks = signups.looks(me)
    names = people.names_of([look.account for look in looks if look.account])
    return [(look.at, names.get(look.account, "") if look.account else "", look.reason) for look in looks]
