"""The answers on their way through the five screens: carried in the page, read once more at the end."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from rundbord.groups import queries as groups
from rundbord.kernel.ids import unpid
from rundbord.organisations import queries as organisations
from rundbord.shell.words import plain_times
from rundbord.signups.rules import WishFields
from rundbord.surfaces.asking import FORMS, wish_of
from rundbord.surfaces.public.forms import STEPS, ConsentForm
from rundbord.topics.catalogue import DEFAULT_LANGUAGE, MIXED, AgeBand, frame_label, language

_MOST_VALUES = 40  # of one field; the week has 35 slots
_MANY = {"slots", "focus", "languages"}


def step_of(posted: QueryDict) -> int:
    """Which screen was sent, 1..5; anything strange is the first."""
    text = posted.get("step", "")
    return int(text) if text in {str(number) for number in range(1, len(STEPS) + 1)} else 1


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
    source = request.POST if request.method == "POST" else QueryDict(mutable=True)
    others = [form for number, form in enumerate(STEPS, 1) if number != step and form is not ConsentForm]
    names = [name for form in others for name in form.base_fields]
    found = [(name, value) for name in names for value in source.getlist(name)[:_MOST_VALUES]]
    return found or [(name, str(value)) for name, value in _from_group(request)]


def from_query(query: QueryDict) -> dict[str, Any]:
    """What a search or a group page already told, for the first screen."""
    initial: dict[str, Any] = {name: query[name] for name in ("place", "form", "max_km") if query.get(name)}
    group = _group(query)
    if group is not None:
        initial |= {"place": group.place.label, "form": "digital" if group.digital else "room"}
    return initial


def _from_group(request: HttpRequest) -> list[tuple[str, Any]]:
    """A wish that starts at a group's page begins with its time, kind and language."""
    group = _group(request.GET)
    return (
        []
        if group is None
        else [("slots", group.slot), ("focus", group.focus), ("languages", group.language)]
    )


def _group(query: QueryDict) -> Any:
    try:
        return groups.public_group(unpid(query.get("to", "")))
    except ValueError:
        return None


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


def summary(posted: QueryDict) -> dict[str, Any]:
    """The answers in words for the last screen, and who will receive them."""
    said = cleaned(posted)
    chosen = [str(language(code).label) for code in said["languages"] or [DEFAULT_LANGUAGE] if language(code)]  # type: ignore[union-attr]
    rows = [
        (1, _("Where"), said["place"].label),
        (1, _("How"), str(dict(FORMS).get(said["form"] or "room"))),
        (2, _("When"), plain_times(said["slots"])),
        (3, _("Kind of group"), ", ".join(str(frame_label(code)) for code in said["focus"] or [MIXED])),
        (3, _("Language"), ", ".join(chosen)),
        (4, _("Name"), said["first_name"]),
        (4, _("Age"), str(AgeBand(said["age_band"]).label)),
        (4, _("Contact"), said["contact_value"]),
    ]
    return {"rows": rows, "receiver": organisations.for_wish(said["place"].place.code)}
