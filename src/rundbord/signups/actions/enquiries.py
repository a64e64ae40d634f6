"""Enquiries are counted, never described; courses get the code for their cards."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy, timeline
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.places.models import Place
from rundbord.signups.models import Course, Enquiry
from rundbord.signups.rules import EnquiryChannel

# No letters or digits that look alike on a printed card.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class EndsBeforeStart(Refused):
    """A course would end before it begins."""

    sentence = _("The last day cannot be before the first.")


@transaction.atomic
def count_enquiry(
    *, organisation: Organisation, channel: EnquiryChannel | str, became_wish: bool, by: Actor, now: datetime
) -> Enquiry:
    """Somebody asked. ValueError for a channel that does not exist."""
    way = EnquiryChannel(channel)
    with tenancy.scope(organisation.id):
        enquiry = Enquiry.objects.create(
            organisation=organisation, channel=way.value, at=now, became_wish=became_wish
        )
        timeline.record(
            organisation_id=organisation.id,
            subject=organisation.id,
            verb="enquiry",
            actor=by,
            now=now,
            data={"channel": way.value, "became_wish": became_wish},
            counter="enquiry",
            detail=way.value,
        )
    return enquiry


@transaction.atomic
def add_course(
    *,
    organisation: Organisation,
    name: str,
    provider: str,
    place: Place,
    starts_on: date,
    ends_on: date,
    by: Actor,
    now: datetime,
) -> Course:
    """A course and the code for its card: eight signs that tell nothing. Raises EndsBeforeStart."""
    if ends_on < starts_on:
        raise EndsBeforeStart
    with tenancy.scope(organisation.id):
        course = Course.objects.create(
            organisation=organisation,
            name=name.strip(),
            provider=provider.strip(),
            code="".join(secrets.choice(_SIGNS) for _number in range(8)),
            starts_on=starts_on,
            ends_on=ends_on,
            place=place,
        )
        timeline.record(
            organisation_id=organisation.id, subject=course.id, verb="course-added", actor=by, now=now
        )
    return course
