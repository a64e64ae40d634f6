"""`{% load shell %}`: everything a page template needs. The handbook is shell/README.md."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rundbord.kernel import ids, week
from rundbord.shell import icons, languages, states, words
from rundbord.shell.arc import Step
from rundbord.shell.canonical import Canonical, canonical
from rundbord.shell.help_lines import HELP_LINES, HelpLine
from rundbord.shell.templatetags import shell_forms

register = template.Library()
register.tags.update(shell_forms.register.tags)

for _filter in (words.plain_date, words.plain_time, words.plain_moment, words.km, words.phone_href):
    register.filter(_filter.__name__, _filter)


@register.filter
def pid(value: UUID | None) -> str:
    """The public form of an id; empty for None."""
    return ids.pid(value) if isinstance(value, UUID) else ""


@register.filter
def slot_label(value: int | None) -> str:
    """ "tirsdag kl. 18"; empty for anything that is not a slot."""
    return week.label(value) if isinstance(value, int) and value in week.SLOTS else ""


@register.filter
def slot_short(value: int | None) -> str:
    """ "tir 18"; empty for anything that is not a slot."""
    return week.short_label(value) if isinstance(value, int) and value in week.SLOTS else ""


# Things on a page


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon that stands beside words."""
    path, turns = icons.drawing(name)
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        "rb-icon rb-icon-turns" if turns else "rb-icon",
        path,
    )


@register.inclusion_tag("shell/parts/link_button.html")
def link_button(
    url: str, label: str, variant: str = "primary", tone: str = "", icon: str = ""
) -> dict[str, Any]:
    """A link that looks like a button."""
    return {"url": url, "label": label, "variant": variant, "tone": tone, "icon": icon}


@register.simple_block_tag
def notice(content: str, tone: str = "info", heading: str = "", level: int = 2) -> str:
    """A message box round its content."""
    return _around("notice", content, tone=tone, heading=heading, level=level)


@register.simple_block_tag
def card(content: str, heading: str = "", level: int = 2, href: str = "", tone: str = "") -> str:
    """A card round its content."""
    return _around("card", content, heading=heading, level=level, href=href, tone=tone)


def _around(part: str, content: str, **context: Any) -> str:
    # What stands between the tags was rendered, and escaped, by the page's own template.
    return render_to_string(f"shell/parts/{part}.html", {**context, "content": mark_safe(content)})


@register.inclusion_tag("shell/parts/fact_list.html")
def fact_list(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Pairs of term and value; a pair without a value is left out."""
    return {"items": [(term, value) for term, value in items or () if value not in (None, "")]}


@register.inclusion_tag("shell/parts/state_tag.html")
def state_tag(code: str, label: str = "", tone: str = "") -> dict[str, Any]:
    """A state as words in a coloured tag."""
    return {"look": states.look(code, label, tone)}


@register.inclusion_tag("shell/parts/arc.html")
def arc(steps: Iterable[Step]) -> dict[str, Any]:
    """The steps of the arc as a list with "you are here"."""
    return {"steps": list(steps or ())}


@register.inclusion_tag("shell/parts/stepper.html")
def stepper(n: int, total: int) -> dict[str, Any]:
    """ "Step 2 of 5"."""
    return {"n": n, "total": total, "seats": [place < n for place in range(total)]}


@register.inclusion_tag("shell/parts/progress.html")
def progress(share: float | None, text: str) -> dict[str, Any]:
    """Long work in words and a bar. `share` from 0 to 1, or None while nobody knows."""
    return {"percent": None if share is None else _percent(share, 1), "text": text}


@register.inclusion_tag("shell/parts/meter.html")
def meter(value: float, maximum: float, label: str) -> dict[str, Any]:
    """A part of a whole as a bar with words. A whole of nothing counts as empty."""
    return {"percent": _percent(value, maximum), "label": label}


def _percent(value: float | None, maximum: float | None) -> int:
    if not value or not maximum or maximum < 0:
        return 0
    return round(100 * min(1.0, max(0.0, value / maximum)))


@register.inclusion_tag("shell/parts/empty.html")
def empty(text: str, url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here, said kindly, and what to do next."""
    return {"text": text, "url": url, "label": label}


@register.inclusion_tag("shell/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, param: str = "side") -> dict[str, Any]:
    """Earlier and later pages of a Django Page; the other query parameters stay."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    before = address(page.previous_page_number()) if page.has_previous() else ""
    after = address(page.next_page_number()) if page.has_next() else ""
    return {"page": page, "before": before, "after": after}


@register.inclusion_tag("shell/parts/tabs.html", takes_context=True)
def tabs(context: Context, items: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """Links between sister pages; the one that is open is marked."""
    return {"items": [_tab(_here(context), *item) for item in items]}


def _tab(here: str, label: str, url: str, count: int | None = None) -> dict[str, Any]:
    return {"label": label, "url": url, "count": count, "current": url == here}


@register.inclusion_tag("shell/parts/data_table.html")
def data_table(columns: Iterable[str], rows: Iterable[Iterable[Any]], caption: str = "") -> dict[str, Any]:
    """A table that becomes cards on a phone; the first cell of a row is its head."""
    names = list(columns)
    cells = [list(zip(names, row, strict=False)) for row in rows]
    return {"columns": names, "rows": cells, "caption": caption}


# Finding one's way


@register.simple_tag(takes_context=True)
def nav_link(context: Context, route: str, label: str, *args: Any, **kwargs: Any) -> str:
    """A list item with a link, or nothing when there is no such route."""
    url = _address(route, *args, **kwargs)
    if not url:
        return ""
    here = mark_safe(' aria-current="page"') if url == _here(context) else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, here, label)


@register.simple_tag
def home_url() -> str:
    """The front page of the active language."""
    return languages.home()


@register.simple_tag(takes_context=True)
def language_urls(context: Context) -> list[dict[str, Any]]:
    """The page one is on, in each language."""
    return languages.addresses(context.get("request"))


@register.simple_tag(takes_context=True)
def welcome_urls(context: Context) -> list[dict[str, Any]]:
    """The welcome page in each language that has one."""
    return languages.welcomes(context.get("request"))


@register.simple_tag
def sharing_picture() -> str:
    """The picture that messages and other sites show beside a link to us, by its whole address."""
    return settings.RUNDBORD_PUBLIC_URL + static("shell/card.png")


@register.simple_tag(takes_context=True)
def canonical_address(context: Context) -> Canonical | None:
    """The page's one address and those of its languages; None where search engines have no business."""
    return canonical(context.get("request"))


@register.simple_tag
def help_lines() -> tuple[HelpLine, ...]:
    """The help lines that every page shows."""
    return HELP_LINES


def _address(route: str, *args: Any, **kwargs: Any) -> str:
    try:
        return reverse(route, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def _here(context: Context) -> str:
    request = context.get("request")
    return request.path if request else ""
