"""Every view says who may open it; a test walks all addresses and asks."""

from collections.abc import Callable
from typing import Any, TypeVar

ANYONE = "anyone"

View = TypeVar("View", bound=Callable[..., Any])


def open_to(who: str) -> Callable[[View], View]:
    """Say in words who may open a view ("anyone", "staff"); ValueError when nothing is said.

    It declares, it does not guard: surfaces build decorators that guard and declare in one.
    """
    if not who.strip():
        raise ValueError("a view must say who may open it")

    def declare(view: View) -> View:
        view.open_to = who  # type: ignore[attr-defined]
        return view

    return declare


def unlisted(view: View) -> View:
    """Open, but not for search engines: what is gone tomorrow, or makes sense only on one's way."""
    view.unlisted = True  # type: ignore[attr-defined]
    return view


def is_listed(view: Callable[..., Any] | None) -> bool:
    """Whether search engines may know the page: open to anyone, and not `unlisted`."""
    return opened_to(view) == ANYONE and not getattr(view, "unlisted", False)


def opened_to(view: Callable[..., Any] | None) -> str | None:
    """Whom a view is open to, or None when it does not say."""
    return getattr(view, "open_to", None)
