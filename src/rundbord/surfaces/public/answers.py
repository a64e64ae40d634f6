"""The answers on their way through the five screens: carried in the page, read once more at the end."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.kernel.ids import unpid
from rundbord.signups.rules import WishFields
from rundbord.surfaces.asking import wish_of
from rundbord.surfaces.public.forms import STEPS, UNDER_18, ConsentForm, HintsForm
from rundbord.topics.catalogue import language_codes

LAST = len(STEPS)
_AGE_ASKED_ON = 4
_MOST_VALUES = 40  # of one field; the week has 35 slots
_MANY = {"slots", "focus", "languages"}


def step_of(posted: QueryDict) -> int:
    """Which screen was sent, 1..5; anything strange is the first."""
    return _screen(posted.get("step", ""), LAST)


def changed_step(posted: QueryDict) -> int | None:
    """The screen somebody wants to change from the last one, or None."""
    return _screen(posted.get("change", ""), LAST - 1) if "change" in posted else None


def _screen(text: str, most: int) -> int:
    return int(text) if text in {str(number) for number in range(1, most + 1)} else 1


def returning(posted: QueryDict) -> bool:
    """Whether the screen was opened from the last one, and leads back there."""
    return "returning" in posted or "change" in posted


def says_under_18(posted: QueryDict) -> bool:
    """Whether she has come to the question of age, and answered that she is under 18."""
    return step_of(posted) >= _AGE_ASKED_ON and posted.get("age_band") == UNDER_18


def first_wrong(posted: QueryDict, *, upto: int) -> int | None:
    """The first screen up to and with `upto` whose answers do not hold, or None."""
    return next((number for number in range(1, upto + 1) if not STEPS[number - 1](posted).is_valid()), None)


def typed(posted: QueryDict, step: int) -> dict[str, Any]:
    """What was typed on a screen, to be shown again there. A yes is given anew each time."""
    form = STEPS[step - 1]
    names = [] if form is ConsentForm else form.base_fields
    return {name: _value(posted, name) for name in names if name in posted}


def _value(posted: QueryDict, name: str) -> Any:
    return posted.getlist(name)[:_MOST_VALUES] if name in _MANY else posted.get(name)


def carried(request: HttpRequest, step: int) -> list[tuple[str, str]]:
    """(name, value) of the answers from the other screens, for hidden fields. A consent is never carried."""
    asked = request.POST if request.method == "POST" else request.GET
    hints = [(name, str(asked[name])) for name in _hints(asked)]
    if request.method != "POST":
        return [(name, str(value)) for name, value in _begun(asked)] + hints
    others = [form for number, form in enumerate(STEPS, 1) if number != step and form is not ConsentForm]
    names = [name for form in others for name in form.base_fields]
    return [(name, value) for name in names for value in asked.getlist(name)[:_MOST_VALUES]] + hints


def from_query(query: QueryDict) -> dict[str, Any]:
    """What a search or a group page already told, for the first screen."""
    initial: dict[str, Any] = {name: query[name] for name in ("place", "form", "max_km") if query.get(name)}
    if query.get("radius"):
        initial.setdefault("max_km", query["radius"])
    group = _group(query)
    if group is not None:
        initial |= {"place": group.place.label, "form": "digital" if group.digital else "room"}
    return initial


def _begun(query: QueryDict) -> list[tuple[str, Any]]:
    """What she has said before the first screen: the language she searched for, or a group's frame."""
    group = _group(query)
    if group is not None:
        return [("slots", group.slot), ("focus", group.focus), ("languages", group.language)]
    spoken = query.get("language", "")
    return [("languages", spoken)] if spoken in language_codes() else []


def _group(query: QueryDict) -> Any:
    try:
        return groups.public_group(unpid(query.get("to", "")))
    except ValueError:
        return None


def _hints(asked: QueryDict) -> dict[str, Any]:
    form = HintsForm(asked)
    form.is_valid()
    return form.cleaned_data


def searched(posted: QueryDict) -> str:
    """The time she searched for, in words above the week; nothing is ticked for her."""
    form, hints = HintsForm(), _hints(posted)
    said = [str(dict(form.fields[name].choices)[hints[name]]).lower() for name in hints]  # type: ignore[attr-defined]
    return _("You searched for %(when)s.") % {"when": ", ".join(said)} if said else ""


def cleaned(posted: QueryDict) -> dict[str, Any]:
    """All screens' clean answers in one; the screens have been found right before."""
    together: dict[str, Any] = {}
    for form in (step(posted) for step in STEPS):
        form.is_valid()
        together |= form.cleaned_data
    return together


def fields(posted: QueryDict, *, ui_language: str) -> WishFields:
    """The wish, from the five screens."""
    return wish_of(cleaned(posted), ui_language=ui_language)
