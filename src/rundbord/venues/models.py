"""Rooms on loan from municipalities, volunteer centres and others."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.encryption import EncryptedTextField
from rundbord.organisations.models import OwnedRow
from rundbord.places.models import Place


class Venue(OwnedRow):
    """A house with rooms to lend, and whom to ask."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    x = models.IntegerField()  # metres on the plane of places
    y = models.IntegerField()
    accessible = models.BooleanField(default=False)
    owner_name = EncryptedTextField(max_length=120, null=True, blank=True)
    owner_email = EncryptedTextField(max_length=254, null=True, blank=True)
    owner_phone = EncryptedTextField(max_length=40, null=True, blank=True)
    key_note = EncryptedTextField(max_length=500, null=True, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()


class Room(OwnedRow):
    """A room with a table; the starter counts among those who sit there."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField()
    slots = models.JSONField(default=list)  # free two-hour slots, ints of kernel.week.SLOTS
    active = models.BooleanField(default=True)


class LoanState(models.TextChoices):
    NOTED = "noted", _("Noted")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")
    RETURNED = "returned", _("Returned")


class VenueLoan(OwnedRow):
    """One room, one weekly slot, for a time. The owner never learns what it is for."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="loans")
    slot = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LoanState, default=LoanState.NOTED)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="loan_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["room", "slot"],
                condition=Q(state__in=["noted", "agreed"]),
                name="room_slot_lent_once",
            ),
        ]
