"""The arc of a wish as a person reads it, up to her yes; groups tell the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.signups.rules.states import CLOSED, SignUpState, TalkState

StepState = Literal["done", "here", "ahead", "skipped"]


@dataclass(frozen=True)
class ArcStep:
    """One step. `when` is set for what has happened and is known."""

    code: str
    label: str | Promise
    state: StepState
    when: datetime | None = None


_LABELS: dict[str, str | Promise] = {
    "wish": _("You left a wish"),
    "confirmed": _("You confirmed it"),
    "talk": _("We talk together"),
    "waiting": _("You wait while we look"),
    "offer": _("You get an offer"),
    "yes": _("You say yes"),
}
_S = SignUpState
# The step somebody in this state is at; those before are done, those after lie ahead.
_HERE = {
    _S.UNCONFIRMED: "confirmed",
    _S.TALK: "talk",
    _S.WAITING: "waiting",
    _S.PAUSED: "waiting",
    _S.OFFERED: "offer",
}


def steps_of_arc(signup: Any, talk: str | None = None) -> list[ArcStep]:
    """The steps of a wish in order; `talk` is the TalkState of its talk, None where there is none.

    A talk that she asked for is no step on the way: the place does not wait for it.
    Exactly one step is "here" while the wish is under way; with a place all are done; of a wish that was
    closed on the way, what never happened is "skipped".
    """
    codes = [code for code in _LABELS if code != "talk" or talk not in (None, TalkState.ASKED)]
    state = SignUpState(signup.state)
    when = {"wish": signup.created_at, "confirmed": signup.confirmed_at}
    return [ArcStep(code, _LABELS[code], _where(code, codes, state, talk), when.get(code)) for code in codes]


def _where(code: str, codes: list[str], state: SignUpState, talk: str | None) -> StepState:
    if code == "talk" and talk == TalkState.SKIPPED:
        return "skipped"
    if state in (_S.PLACED, _S.FINISHED):
        return "done"
    if state in CLOSED:
        return "done" if code in ("wish", "confirmed") else "skipped"
    here = _HERE[state]
    at = codes.index(here if here in codes else "waiting")
    place = codes.index(code)
    return "here" if place == at else "done" if place < at else "ahead"
