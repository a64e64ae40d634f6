"""Somebody rings or comes by, and the office writes the wish down with her."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.signups import queries
from rundbord.signups.actions.confirm import enter_list
from rundbord.signups.actions.enquiries import count_enquiry
from rundbord.signups.actions.row import columns_of, new_wish, note
from rundbord.signups.models import SignUp
from rundbord.signups.rules import EnquiryChannel, WishFields, cleaned_wish


class AlreadyHere(Refused):
    """The contact already has a live wish in this organisation."""

    sentence = _("This person already has a wish here. Open it instead.")


@transaction.atomic
def register_caller(
    *,
    organisation: Organisation,
    fields: WishFields,
    channel: EnquiryChannel | str,
    by: Actor,
    now: datetime,
) -> SignUp:
    """A wish that is confirmed as it is written, and one enquiry more.

    Raises NotUsable, UnknownPlace or AlreadyHere.
    """
    wish = cleaned_wish(fields)
    with tenancy.scope(organisation.id):
        if queries.with_contact(organisation.id, wish.contact):
            raise AlreadyHere
        signup = new_wish(organisation, columns_of(organisation, wish, now), now)
        signup.save(force_insert=True)
        enter_list(signup, now, heard=True)
        note(signup, "wish-registered", by, now, counter="wish-confirmed", detail=wish.contact_kind)
        count_enquiry(organisation=organisation, channel=channel, became_wish=True, by=by, now=now)
    return signup
