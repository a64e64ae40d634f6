"""Every component on one page, with invented content, for those who draw and test. Development only."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rundbord.kernel.ids import new_id
from rundbord.shell import icons, states
from rundbord.shell.access import ANYONE, open_to
from rundbord.shell.arc import Step
from rundbord.shell.forms import (
    ChoiceField,
    ChoicesField,
    CleanCharField,
    DayField,
    EmailField,
    PhoneField,
    SelectField,
    SlotsField,
    TickField,
)

BASES = {"public": "shell/base.html", "private": "shell/private.html", "office": "shell/office.html"}
WRONG = {
    "email": "kari@",
    "phone": "12",
    "name": "<b>Kari</b>" * 9,
    "slots": ["3", "99"],
    "day": "31.02.2027",
}
MOMENT = datetime(2027, 1, 12, 17, 0, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = CleanCharField(label="First name or alias", max_length=40, help_text="Only those you meet see it.")
    email = EmailField(label="E-mail", required=False)
    phone = PhoneField(label="Mobile", required=False, help_text="So that we can ring you.")
    day = DayField(label="From which day?", required=False)
    story = CleanCharField(label="Anything we should know?", multiline=True, max_length=1000, required=False)
    place = SelectField(label="Where", choices=[("", "Choose a place"), ("3044", "Hol"), ("3301", "Drammen")])
    focus = ChoiceField(label="Mixed or a topic?", choices=[("mixed", "Mixed"), ("topic", "A topic")])
    forms_of_meeting = ChoicesField(
        label="How would you like to meet?",
        choices=[("room", "In a room"), ("outdoors", "Outdoors"), ("digital", "On a screen")],
        required=False,
        help_text="Choose as many as you like.",
    )
    slots = SlotsField(label="When can you come?", help_text="A meeting lasts two hours.", initial=[4, 9, 19])
    consent = TickField(
        label="You may keep this until I have a place", help_text="You can take it back whenever you like."
    )


@open_to(ANYONE)
def gallery(request: HttpRequest, kind: str = "public") -> HttpResponse:
    """The gallery on one of the three bases; `?wrong=1` shows the form with its errors."""
    form = SampleForm(WRONG) if "wrong" in request.GET else SampleForm()
    context = {**_samples(request), "form": form, "base": BASES.get(kind, BASES["public"])}
    return render(request, "shell/gallery.html", context)


def _samples(request: HttpRequest) -> dict[str, Any]:
    return {
        "help_phone": "35 00 00 00",
        "help_name": "LINK Eksempel",
        "steps": [
            Step("Your wish", "done", when=date(2026, 11, 2)),
            Step("Confirmed", "done"),
            Step("A talk", "skipped"),
            Step("Waiting", "here", "We lack a starter on Tuesdays in Hol."),
            Step("An offer", "ahead"),
            Step("First meeting", "ahead", when=MOMENT),
        ],
        "facts": [("Where", "Hol"), ("When", "Tuesdays 18–20"), ("Language", "Norsk, العربية")],
        "codes": list(states.STATES),
        "icon_names": icons.names(),
        "page": Paginator(range(60), 20).page(2),
        "tab_items": [("Gallery", request.path, 12), ("Another", "/another/"), ("Third", "/third/", 0)],
        "columns": ["Who", "Where", "Can come", "Waiting"],
        "rows": [
            ["K. (34)", "Hol", "Tue 18, Wed 18", "3 weeks"],
            ["M. (51)", "Gol, Ål", "Tue 18", "11 weeks"],
        ],
        "row_id": new_id(),
        "moment": MOMENT,
        "slot": 9,
    }
