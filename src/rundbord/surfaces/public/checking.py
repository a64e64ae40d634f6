"""The last screen: every answer in words, who will keep them and for how long, and what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from rundbord.organisations import queries as organisations
from rundbord.organisations.queries import Organisation
from rundbord.shell.words import plain_times
from rundbord.signups.rules import ContactKind
from rundbord.surfaces.asking import DIGITAL, FORMS, also
from rundbord.surfaces.public.answers import cleaned
from rundbord.topics.catalogue import DEFAULT_LANGUAGE, MIXED, AgeBand, frame_label, language


@dataclass(frozen=True)
class Row:
    """One answer in words, and the screen where it can be changed."""

    step: int
    term: str
    words: str


def page(posted: QueryDict) -> dict[str, Any]:
    """Everything on the last screen, from answers that hold."""
    said = cleaned(posted)
    receiver = organisations.for_wish(said["place"].place.code)
    context = {"rows": [row for row in _rows(said) if row.words], "receiver": receiver}
    if receiver is None:
        return context
    limits = organisations.settings_of(receiver.id)
    by_voice = said["contact_kind"] == ContactKind.RING_ME
    return context | {
        "kept": _kept(receiver, limits, by_voice),
        "answer_days": limits["answer_days"],
        "by_voice": by_voice,
        "help_phone": receiver.phone,
        "help_name": receiver.name,
    }


def _rows(said: dict[str, Any]) -> Iterator[Row]:
    spoken = [language(code) for code in said["languages"] or [DEFAULT_LANGUAGE]]
    yield Row(1, _("Where"), said["place"].label)
    yield Row(1, _("How"), str(dict(FORMS).get(said["form"] or "room")))
    yield Row(1, _("How far"), "" if said["form"] == DIGITAL else _("%(km)d km") % {"km": said["max_km"]})
    yield Row(2, _("When"), plain_times(said["slots"]))
    yield Row(3, _("Kind of group"), ", ".join(str(frame_label(code)) for code in said["focus"] or [MIXED]))
    yield Row(3, _("Language"), ", ".join(str(known.label) for known in spoken if known))
    yield Row(4, _("Name"), said["first_name"])
    yield Row(4, _("Contact"), _reached(said))
    yield Row(4, _("Age"), str(AgeBand(said["age_band"]).label))
    yield Row(4, _("Also"), "\n".join(also(said)))


def _reached(said: dict[str, Any]) -> str:
    if said["contact_kind"] != ContactKind.RING_ME:
        return str(said["contact_value"])
    return _("We ring you on %(number)s") % {"number": said["contact_value"]}


def _kept(office: Organisation, limits: dict[str, Any], by_voice: bool) -> list[tuple[str, list[str]]]:
    """What she says yes to, in this office's own numbers: (question, sentences)."""
    return [
        (_("Who gets it?"), [_("%(office)s, and nobody else.") % {"office": office.name}]),
        (
            _("What is kept?"),
            [_("The answers above, and what happens with your wish. Never what is said in a group.")],
        ),
        (
            _("Who sees it?"),
            [
                _("Those in the office who look for groups. You can see who has opened your name, and why."),
                _("When you have said yes to a place, the starter and the others there see your name."),
            ],
        ),
        (_("How long?"), _how_long(limits)),
        (_("How do I take it back?"), _taken_back(office, by_voice)),
    ]


def _taken_back(office: Organisation, by_voice: bool) -> list[str]:
    """Who wants to be rung has no page: she rings."""
    about = {"phone": office.phone}
    if by_voice:
        return [_("Ring %(phone)s, and say so. You need give no reason.") % about]
    on_page = _("On your page, in two taps. You need give no reason.")
    return [on_page, _("Or ring %(phone)s.") % about] if office.phone else [on_page]


def _how_long(limits: dict[str, Any]) -> list[str]:
    days = {
        "words": limits["retention_free_text_days"],
        "closed": limits["retention_closed_days"],
        "ended": limits["retention_participant_days"],
        "asked": limits["ask_waiting_days"],
        "out": limits["out_waiting_days"],
    }
    return [
        _("While you wait and take part."),
        _("Topics go when you have a place. What you write goes then too, or after %(words)d days.") % days,
        _("If you leave, all is gone after %(closed)d days. If the group ends, after %(ended)d.") % days,
        _("After %(asked)d days we ask whether you still wait. Without an answer all goes at %(out)d.")
        % days,
    ]
