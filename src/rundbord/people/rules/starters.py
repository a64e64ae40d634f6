"""What is asked of a starter, and whether the answers can be used."""

from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.week import SLOTS
from rundbord.people.rules.contact import BadContact, normalise_email, normalise_phone
from rundbord.topics.catalogue import language_codes

Errors = dict[str, str | Promise]


@dataclass(frozen=True)
class StarterFields:
    """A starter as the office writes her down. `place_code` is a municipality or city district."""

    first_name: str
    email: str
    place_code: str
    surname: str = ""
    phone: str = ""
    ui_language: str = "nb"
    languages: list[str] = field(default_factory=lambda: ["no"])
    max_km: int = 30
    physical: bool = True
    digital: bool = False
    woman: bool | None = None
    slots: list[int] = field(default_factory=list)
    concurrent_starts: int = 1


def check_starter(fields: StarterFields) -> Errors:
    """Field name -> sentence for what cannot be used; empty when all is well."""
    wrong: Errors = {}
    if not 1 <= len(fields.first_name.strip()) <= 60:
        wrong["first_name"] = _("Write a first name of at most 60 characters.")
    if len(fields.surname.strip()) > 60:
        wrong["surname"] = _("Write a surname of at most 60 characters.")
    if not fields.place_code:
        wrong["place_code"] = _("Choose a municipality or district.")
    return wrong | _contact_errors(fields) | _frame_errors(fields)


def _contact_errors(fields: StarterFields) -> Errors:
    wrong: Errors = {}
    try:
        normalise_email(fields.email)
    except BadContact as bad:
        wrong["email"] = bad.sentence
    try:
        if fields.phone.strip():
            normalise_phone(fields.phone)
    except BadContact as bad:
        wrong["phone"] = bad.sentence
    return wrong


def _frame_errors(fields: StarterFields) -> Errors:
    wrong: Errors = {}
    if not fields.languages or not set(fields.languages) <= set(language_codes()):
        wrong["languages"] = _("Choose at least one language.")
    if not set(fields.slots) <= set(SLOTS):
        wrong["slots"] = _("Choose times from the week grid.")
    if not fields.physical and not fields.digital:
        wrong["physical"] = _("Choose a room, digital, or both.")
    if not 1 <= fields.max_km <= 500:
        wrong["max_km"] = _("Choose a distance from 1 to 500 km.")
    if not 1 <= fields.concurrent_starts <= 10:
        wrong["concurrent_starts"] = _("Choose a number from 1 to 10.")
    return wrong


def cleaned_starter(fields: StarterFields) -> StarterFields:
    """The same with names trimmed, contact normalised, lists without doubles. Raises BadContact."""
    return replace(
        fields,
        first_name=fields.first_name.strip(),
        surname=fields.surname.strip(),
        email=normalise_email(fields.email),
        phone=normalise_phone(fields.phone) if fields.phone.strip() else "",
        languages=list(dict.fromkeys(fields.languages)),
        slots=sorted(set(fields.slots)),
    )
