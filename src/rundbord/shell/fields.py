"""From a Django form field to what the field templates need: which kind it is, its words, its ids."""

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea, Widget
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from rundbord.kernel import week
from rundbord.shell.forms import WeekGrid

# Evenings start at 18; daytime is what fits between them on working days.
EVENING = len(week.SLOT_STARTS) - 1


def kind(widget: Widget) -> str:
    """Which template draws a widget: week, radios, checkboxes, checkbox or input."""
    if isinstance(widget, WeekGrid):
        return "week"
    if isinstance(widget, RadioSelect) and not isinstance(widget, CheckboxSelectMultiple):
        return "radios"
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    return "checkbox" if isinstance(widget, CheckboxInput) else "input"


def field_context(bound: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    """Context of shell/parts/field.html.

    `options`: label, hint, heading, optional; whatever else is named becomes an attribute of the input.
    """
    chosen = dict(options)
    label, hint = chosen.pop("label", None), chosen.pop("hint", None)
    heading, optional = chosen.pop("heading", False), chosen.pop("optional", True)
    what = kind(bound.field.widget)
    return {
        "field": bound,
        "kind": what,
        "id": bound.auto_id or bound.html_name,
        "label": bound.label if label is None else label,
        "hint": bound.help_text if hint is None else hint,
        "errors": list(bound.errors),
        "heading": heading,
        "skippable": optional and not bound.field.required,
        "control": _control(bound, chosen, hint) if what in {"input", "checkbox"} else "",
        "options": _options(bound) if what in {"radios", "checkboxes"} else [],
        "week": week_rows(bound) if what == "week" else [],
    }


def _control(bound: BoundField, attrs: dict[str, Any], hint: str | None) -> str:
    """The input itself, named for Designsystemet and tied to its hint and error."""
    base = {name.replace("_", "-"): value for name, value in attrs.items()}
    base["class"] = f"ds-input {bound.field.widget.attrs.get('class', '')}".strip()
    base["aria-describedby"] = described_by(bound, hint) or None
    if bound.errors:
        base["aria-invalid"] = "true"
        if getattr(bound.field.widget, "input_type", "") == "date":
            # A date picker throws away what it cannot read; we keep what was typed.
            bound.field.widget.input_type = "text"
    if isinstance(bound.field.widget, Textarea):
        base.setdefault("rows", bound.field.widget.attrs.get("rows", 4))
    return bound.as_widget(attrs={name: value for name, value in base.items() if value is not None})


def described_by(bound: BoundField, hint: str | None = None) -> str:
    """Ids of the hint and the error that belong to a field, as they are drawn."""
    own = bound.auto_id or bound.html_name
    has_hint = bool(bound.help_text if hint is None else hint)
    return " ".join([f"{own}_helptext"] * has_hint + [f"{own}_error"] * bool(bound.errors))


def first_id(bound: BoundField) -> str:
    """Id of the input that a link to this field should reach: the first choice of several."""
    own = bound.auto_id or bound.html_name
    return f"{own}_0" if kind(bound.field.widget) in {"week", "radios", "checkboxes"} else own


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """The choices of radios or checkboxes: id, name, value, label, whether chosen; groups are flattened."""
    return [
        {
            "id": option.data["attrs"].get("id", f"{bound.html_name}_{number}"),
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.data["label"],
            "checked": option.data["selected"],
        }
        for number, option in enumerate(bound.subwidgets)
    ]


def week_rows(bound: BoundField) -> list[dict[str, Any]]:
    """Seven days of five cells: slot, id, words, whether chosen. What cannot be read counts as not chosen."""
    chosen = {str(value) for value in (bound.value() or [])}
    own = bound.auto_id or bound.html_name
    rows = []
    for day, name in enumerate(week.WEEKDAYS):
        slots = [slot for slot in week.SLOTS if week.weekday(slot) == day]
        cells = [
            {"slot": slot, "id": f"{own}_{slot}", "label": week.label(slot), "checked": str(slot) in chosen}
            for slot in slots
        ]
        rows.append({"name": name, "short": WEEKDAYS_ABBR[day], "cells": cells})
    return rows


def week_heads() -> list[str]:
    """The starts of the day as column heads: "9", "11.30", …"""
    return [week.clock_text(start) for start in week.SLOT_STARTS]


def week_helpers() -> list[dict[str, Any]]:
    """Shortcuts over the grid for those with scripts: words and the slots they choose."""
    evenings = [slot for slot in week.SLOTS if slot % week.PER_DAY == EVENING]
    working_days = [slot for slot in week.SLOTS if week.weekday(slot) < 5 and slot not in evenings]
    weekend = [slot for slot in week.SLOTS if week.weekday(slot) >= 5]
    named = {_("All evenings"): evenings, _("Daytime on weekdays"): working_days, _("Weekends"): weekend}
    return [{"label": label, "slots": " ".join(map(str, slots))} for label, slots in named.items()]
