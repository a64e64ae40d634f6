"""The tags of forms; `{% load shell %}` brings them too. The handbook is shell/README.md."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context

from rundbord.shell import fields

register = template.Library()


@register.inclusion_tag("shell/parts/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Label, hint, error, and the field with what was typed."""
    return _with_week(fields.field_context(bound, options))


@register.inclusion_tag("shell/parts/field.html")
def week_grid(bound: BoundField, **options: Any) -> dict[str, Any]:
    """The week as a table of checkboxes; `bound` belongs to a SlotsField."""
    context = fields.field_context(bound, options)
    return _with_week({**context, "kind": "week", "week": fields.week_rows(bound)})


def _with_week(context: dict[str, Any]) -> dict[str, Any]:
    if context["kind"] == "week":
        context |= {"week_heads": fields.week_heads(), "week_helpers": fields.week_helpers()}
    return context


@register.inclusion_tag("shell/parts/error_summary.html")
def error_summary(*forms: BaseForm | None) -> dict[str, Any]:
    """What must be looked at again, with links to the fields; nothing when all is well."""
    return {"problems": [problem for form in forms if form is not None for problem in _problems(form)]}


def _problems(form: BaseForm) -> Iterable[dict[str, str]]:
    for sentence in form.non_field_errors():
        yield {"text": str(sentence), "target": ""}
    for bound in form:
        for sentence in bound.errors:
            yield {"text": str(sentence), "target": fields.first_id(bound), "label": str(bound.label)}


@register.inclusion_tag("shell/parts/form_fields.html")
def form_fields(form: BaseForm | None, optional: bool = True) -> dict[str, Any]:
    """The inside of a form: token, error summary, and every field in turn. A form of None has the token only.

    `optional` False: no field says that it may be skipped.
    """
    return {"form": form, "optional": optional}


@register.inclusion_tag("shell/parts/plain_form.html")
def plain_form(
    form: BaseForm | None, label: str, to: str = "", back: str = "", **options: Any
) -> dict[str, Any]:
    """A whole form: its fields, a button saying `label`, and a way `back` (an address).

    `to`: where it is sent, if not to this page. Options: `back_label`, `optional` as in form_fields,
    `tone` and `variant` of the button.
    """
    looks = {"optional": True, "tone": "", "variant": "", "back_label": ""} | options
    return {"form": form, "label": label, "to": to, "back": back} | looks


@register.inclusion_tag("shell/parts/post_button.html", takes_context=True)
def post_button(
    context: Context, url: str, label: str, variant: str = "primary", tone: str = "", name: str = "",
    value: str = "", icon: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A form with one button; the only way a link-like thing may change something."""
    return {
        "csrf_token": context.get("csrf_token"),
        "url": url,
        "label": label,
        "variant": variant,
        "tone": tone,
        "name": name,
        "value": value,
        "icon": icon,
    }
