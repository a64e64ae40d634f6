"""The rooms in the order life happens, lowest first; page-makers last."""

from importlib.util import find_spec

ROOMS = (
    "kernel", "topics", "places", "organisations", "people", "venues", "signups", "groups", "matching",
    "forecasts", "content", "statistics", "privacy", "shell",
    "surfaces.public", "surfaces.mine", "surfaces.office",
)  # fmt: skip


def present() -> list[str]:
    """Dotted names of the rooms to install. Rooms not opened yet are simply not there."""
    return [f"rundbord.{room}" for room in ROOMS if find_spec(f"rundbord.{room}.apps")]
