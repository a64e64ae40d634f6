"""Each room's personal_data module, highest room first: the only door to persons that this room has.

A module declares what its room keeps (DECLARED) and may have `export(subject)`, `erase(subject, now)`,
`clear(now)` and `home(subject)`: the organisation of the person, if this room knows her. A new room is
found by being installed; nothing is registered by hand.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

PRODUCT = "rundbord."


def modules() -> list[tuple[str, ModuleType]]:
    """(room, its personal_data), highest first, so that what hangs on a person goes before the person."""
    found = []
    for config in apps.get_app_configs():
        path = f"{config.name}.personal_data"
        if config.name.startswith(PRODUCT) and find_spec(path):
            found.append((config.label, import_module(path)))
    return found[::-1]


def having(function: str) -> list[tuple[str, ModuleType]]:
    """Those that have a function of this name."""
    return [(room, module) for room, module in modules() if hasattr(module, function)]
