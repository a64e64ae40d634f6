"""Every address of the desk, in English, by what it is called."""

from django.urls import reverse
from django.utils import translation

import rundbord.config.urls  # noqa: F401  (names the converters)
from rundbord.surfaces.office.urls import urlpatterns


def to(name: str, *about: object) -> str:
    """The address under /en/."""
    with translation.override("en"):
        return reverse(f"office:{name}", args=about)


# Those who need nothing but an organisation.
PLAIN = [p.name for p in urlpatterns if not p.pattern.converters and p.name not in ("choose", "first_run")]
MANAGERS = {"settings", "facts", "staff", "role_take"}
POST_ONLY = {
    "letter_again", "person_act", "proposal_act", "group_act", "starter_active", "role_take", "hide_name",
}  # fmt: skip
