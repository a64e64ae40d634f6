"""What a wish holds, and whether the answers can be used. Asks no database."""

import re
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.outtray import sms_available
from rundbord.kernel.refusals import Refused
from rundbord.kernel.week import SLOTS
from rundbord.people.rules import BadContact, normalise_email, normalise_mobile, normalise_phone
from rundbord.topics.catalogue import MIXED, AgeBand, frame_codes, language_codes

Errors = dict[str, str | Promise]

CONSENT_VERSION = "2"  # the words of surfaces/public/checking.py; 1: before they named the office
LONGEST_NOTE, LONGEST_NOT_WITH, LONGEST_NAME = 1000, 500, 60


class ContactKind(TextChoices):
    """How somebody wants to be reached."""

    EMAIL = "email", _("E-mail")
    MOBILE = "mobile", _("Mobile")
    RING_ME = "ring_me", _("Ring me")


class NotUsable(Refused):
    """Some answers cannot be used; `wrong` says which and why."""

    sentence = _("Some of the answers need another look.")

    def __init__(self, wrong: Errors) -> None:
        super().__init__()
        self.wrong = wrong


@dataclass(frozen=True)
class WishFields:
    """A wish as somebody wrote it. focus: topic codes and "mixed", best first; slots: kernel.week.SLOTS."""

    first_name: str
    contact_kind: str
    contact: str
    place_code: str
    age_band: str
    slots: list[int]
    focus: list[str] = field(default_factory=lambda: [MIXED])
    languages: list[str] = field(default_factory=lambda: ["no"])
    ui_language: str = "nb"
    postal_code: str = ""
    physical: bool = True
    digital: bool = False
    max_km: int = 20
    note: str = ""
    gender: str = ""
    women_only: bool = False
    young_only: bool = False
    not_with: str = ""
    discretion: int = 0
    access_needs: bool = False
    self_start_ok: bool = False
    course_code: str = ""


def contact_of(text: str, *, ring_me: bool = False) -> tuple[str, str, str | Promise]:
    """(kind, normalised value, sentence) of one field that takes an address or a number.

    The sentence is empty when all is well. Where no text messages can be sent, a number is for ringing.
    """
    kind = _kind_of(text, ring_me)
    try:
        return kind, normalise_contact(kind, text), ""
    except BadContact as bad:
        return kind, text, bad.sentence


def _kind_of(text: str, ring_me: bool) -> str:
    if ring_me:
        return ContactKind.RING_ME.value
    if "@" in text or not any(sign.isdigit() for sign in text):
        return ContactKind.EMAIL.value
    return ContactKind.MOBILE.value if sms_available() else ContactKind.RING_ME.value


def normalise_contact(kind: str, text: str) -> str:
    """The one form that is stored and compared. Raises BadContact; ValueError for an unknown kind."""
    clean = {
        ContactKind.EMAIL: normalise_email,
        ContactKind.MOBILE: normalise_mobile,
        ContactKind.RING_ME: normalise_phone,
    }
    return clean[ContactKind(kind)](text)


def check_wish(fields: WishFields) -> Errors:
    """Field name -> sentence for what cannot be used; empty when all is well."""
    return _who(fields) | _where(fields) | _when_and_what(fields) | _extras(fields)


def _who(fields: WishFields) -> Errors:
    wrong: Errors = {}
    if not 1 <= len(fields.first_name.strip()) <= LONGEST_NAME or not fields.first_name.strip().isprintable():
        wrong["first_name"] = _("Write a first name, or another name you choose, of at most 60 characters.")
    if fields.contact_kind not in ContactKind.values:
        wrong["contact_kind"] = _("Choose how we can reach you.")
        return wrong
    try:
        normalise_contact(fields.contact_kind, fields.contact)
    except BadContact as bad:
        wrong["contact"] = bad.sentence
    return wrong


def _where(fields: WishFields) -> Errors:
    wrong: Errors = {}
    if not fields.place_code:
        wrong["place_code"] = _("Choose a municipality or district.")
    if fields.postal_code and not re.fullmatch(r"[0-9]{4}", fields.postal_code):
        wrong["postal_code"] = _("A postal code has four digits.")
    if not fields.physical and not fields.digital:
        wrong["physical"] = _("Choose a room, digital, or both.")
    if not 1 <= fields.max_km <= 500:
        wrong["max_km"] = _("Choose a distance from 1 to 500 km.")
    return wrong


def _when_and_what(fields: WishFields) -> Errors:
    wrong: Errors = {}
    if not fields.slots or not set(fields.slots) <= set(SLOTS):
        wrong["slots"] = _("Choose at least one time in the week.")
    if not fields.focus or not set(fields.focus) <= set(frame_codes()):
        wrong["focus"] = _("Choose mixed, or at least one topic.")
    if not fields.languages or not set(fields.languages) <= set(language_codes()):
        wrong["languages"] = _("Choose at least one language.")
    if fields.age_band not in AgeBand.values:
        wrong["age_band"] = _("Choose how old you are.")
    return wrong


def _extras(fields: WishFields) -> Errors:
    wrong: Errors = {}
    if len(fields.note) > LONGEST_NOTE:
        wrong["note"] = _("Write at most 1000 characters.")
    if len(fields.not_with) > LONGEST_NOT_WITH:
        wrong["not_with"] = _("Write at most 500 characters.")
    if fields.discretion not in (0, 1, 2):
        wrong["discretion"] = _("Please choose one of the answers in the list.")
    if fields.gender not in ("", "f", "m", "x") or fields.ui_language not in ("nb", "nn", "en"):
        wrong["gender"] = _("Please choose one of the answers in the list.")
    if fields.women_only and fields.gender not in ("", "f"):
        wrong["women_only"] = _("Only women can ask for a place among women only.")
    if fields.young_only and fields.age_band != AgeBand.FROM_18:
        wrong["young_only"] = _("Only people up to 30 can ask for a place among young adults only.")
    return wrong


def cleaned_wish(fields: WishFields) -> WishFields:
    """The same, trimmed, normalised and without doubles. Raises NotUsable.

    Who wishes for women only is a woman: the matching must know it, and she need not be asked twice.
    """
    wrong = check_wish(fields)
    if wrong:
        raise NotUsable(wrong)
    ring = fields.contact_kind == ContactKind.MOBILE and not sms_available()
    return replace(
        fields,
        first_name=fields.first_name.strip(),
        contact=normalise_contact(fields.contact_kind, fields.contact),
        contact_kind=ContactKind.RING_ME.value if ring else str(fields.contact_kind),
        slots=sorted(set(fields.slots)),
        focus=list(dict.fromkeys(fields.focus)),
        languages=list(dict.fromkeys(fields.languages)),
        gender="f" if fields.women_only else fields.gender,
        note=fields.note.strip(),
        not_with=fields.not_with.strip(),
    )
