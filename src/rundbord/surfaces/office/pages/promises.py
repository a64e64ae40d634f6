"""Promises of an answer, first in the list: our own, and that those below us have broken theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rundbord.signups import queries as signups
from rundbord.signups.rules import SOON, promise_day
from rundbord.statistics.rules import LEAST


@dataclass(frozen=True)
class Line:
    """One thing to do: a sentence, an icon of the shell, where to go and what the link says."""

    text: str
    icon: str
    url: str
    action: str


def lines(organisation_id: UUID, now: datetime) -> Iterator[Line]:
    """Whoever is promised an answer within three days or has not had one in time; then the offices below."""
    today = promise_day(now)
    open_ = signups.promised(organisation_id, today + SOON)
    late = sum(each.answer_by <= today for each in open_)  # type: ignore[operator]
    calls = reverse("office:calls")
    if late:
        text = ngettext(
            "%(count)d person was promised to hear from you by today.",
            "%(count)d people were promised to hear from you by today.",
            late,
        )
        yield Line(text % {"count": late}, "clock", calls, _("See who it is"))
    if soon := len(open_) - late:
        text = ngettext(
            "%(count)d person is promised to hear from you within three days.",
            "%(count)d people are promised to hear from you within three days.",
            soon,
        )
        yield Line(text % {"count": soon}, "clock", calls, _("See who it is"))
    yield from _below(organisation_id)


def _below(organisation_id: UUID) -> Iterator[Line]:
    """Numbers only, and a small one not even that: nobody is to be found in it."""
    for office, count in signups.broken_below(organisation_id):
        about = {"office": office.name, "count": count, "least": LEAST}
        few = _("%(office)s: fewer than %(least)d people have waited three days longer than promised.")
        many = _("%(office)s: %(count)d people have waited three days longer than promised.")
        url = reverse("public:offices")
        yield Line((few if count < LEAST else many) % about, "phone", url, _("Ring and ask what is needed"))
