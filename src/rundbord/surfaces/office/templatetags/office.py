"""`{% load office %}`: finding one's way at the desk."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def part_link(context: Context, route: str, label: str) -> str:
    """A list item with a link to a part of the desk, marked on that page and on those under it."""
    url, here = reverse(f"office:{route}"), context["request"].path
    return format_html('<li><a href="{}"{}>{}</a></li>', url, mark_safe(_mark(url, here)), label)


def _mark(url: str, here: str) -> str:
    if url == here:
        return ' aria-current="page"'
    # Every page stands under the first one.
    under = here.startswith(url) and url != reverse("office:today")
    return ' aria-current="true"' if under else ""
