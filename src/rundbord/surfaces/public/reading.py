"""Which texts there are to read, in which order, and at which address."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The shell's menu asks for it by this name.
_NAMED = {"what-it-is": "what_is_it"}


@dataclass(frozen=True)
class Reading:
    """A text: its slug in the room `content`, and the Norwegian words of its address."""

    slug: str
    path: str

    @property
    def name(self) -> str:
        """The name of its route, with which texts and pages link to it."""
        return _NAMED.get(self.slug, self.slug.replace("-", "_"))


@dataclass(frozen=True)
class Shelf:
    """Texts for the same moment, under one heading. `invites` to a group at the end of each."""

    heading: str | Promise
    readings: tuple[Reading, ...]
    invites: bool = True


SHELVES = (
    Shelf(
        _("Before you decide"),
        (
            Reading("what-it-is", "hva-er-det"),
            Reading("first-meeting", "det-forste-motet"),
            Reading("mixed-or-topic", "pa-tvers-eller-tema"),
            Reading("digital-groups", "digitale-grupper"),
            Reading("questions", "sporsmal-og-svar"),
        ),
    ),
    Shelf(
        _("In the group"),
        (
            Reading("ground-rules", "kjoreregler"),
            Reading("conversation", "samtalen"),
            Reading("start-yourself", "start-selv"),
        ),
    ),
    Shelf(
        _("For you who want to help"),
        (
            Reading("professionals", "for-fagfolk"),
            Reading("become-starter", "bli-igangsetter"),
            Reading("lend-a-room", "lan-ut-et-rom"),
        ),
        invites=False,
    ),
    Shelf(
        _("About us"),
        (
            Reading("about", "om-oss"),
            Reading("research", "forskning"),
            Reading("privacy", "personvern"),
            Reading("accessibility", "tilgjengelighet"),
        ),
        invites=False,
    ),
)

READINGS = tuple(reading for shelf in SHELVES for reading in shelf.readings)


def shelf_of(slug: str) -> Shelf:
    """Where a text stands. StopIteration for one that stands nowhere."""
    return next(shelf for shelf in SHELVES if slug in {reading.slug for reading in shelf.readings})
