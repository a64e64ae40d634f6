"""A group from forming to its end: seats, offers, meetings, what its members agree."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from rundbord.groups.rules.states import (
    MOST_SEATS,
    PUBLIC_ORDER,
    DeclineReason,
    EndReason,
    GroupState,
    MeetingKind,
    MeetingState,
    Newcomers,
    OfferState,
    Openness,
    RequestState,
)
from rundbord.kernel.encryption import EncryptedTextField
from rundbord.organisations.models import OwnedRow
from rundbord.people.models import Starter
from rundbord.places.models import Place
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import DEFAULT_LANGUAGE, MIXED
from rundbord.venues.models import Room, VenueLoan


def _public_order() -> Case:
    """rules.openness and who is listed, for the database: an index into PUBLIC_ORDER, NULL when not shown."""
    place = PUBLIC_ORDER.index
    self_led = {"listed": True, "state": GroupState.SELF_LED}
    taking = [When(**self_led, newcomers=said, then=Value(place(Openness(said)))) for said in Newcomers]
    return Case(
        When(listed=True, state=GroupState.FORMING, then=Value(place(Openness.FORMING))),
        When(listed=True, state=GroupState.STARTING, then=Value(place(Openness.CLOSED))),
        *taking,
        default=None,
    )


class Group(OwnedRow):
    """6-8 people round a table. Its focus is public; who sits there never is."""

    state = models.CharField(max_length=10, choices=GroupState, default=GroupState.FORMING)
    newcomers = models.CharField(max_length=12, choices=Newcomers, default=Newcomers.CLOSED)
    newcomer_places = models.PositiveSmallIntegerField(default=0)
    listed = models.BooleanField(default=True)  # shown in the public finder
    focus = models.CharField(max_length=30)  # topic code or "mixed"
    language = models.CharField(max_length=5)
    women_only = models.BooleanField(default=False)
    young_only = models.BooleanField(default=False)
    digital = models.BooleanField(default=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    loan = models.ForeignKey(VenueLoan, models.SET_NULL, null=True, blank=True, related_name="+")
    meeting_link = EncryptedTextField(max_length=300, null=True, blank=True)
    slot = models.PositiveSmallIntegerField()  # kernel.week.SLOTS
    every_weeks = models.PositiveSmallIntegerField(default=1)
    floor = models.PositiveSmallIntegerField(default=4)
    enough = models.PositiveSmallIntegerField(default=5)  # yes answers that start the group
    ceiling = models.PositiveSmallIntegerField(default=MOST_SEATS)
    startup_meetings = models.PositiveSmallIntegerField(default=5)
    self_start = models.BooleanField(default=False)
    first_meeting_on = models.DateField(null=True, blank=True)
    handed_over_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=14, choices=EndReason, blank=True)
    successor_of = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="successor"
    )
    created_at = models.DateTimeField()
    state_since = models.DateTimeField()
    # Worked out by the database, so that the public list can be sorted and cut there and never lies.
    public_order = models.GeneratedField(
        expression=_public_order(), output_field=models.SmallIntegerField(null=True), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state"], name="group_state"),
            # One for each way the public searches.
            models.Index(fields=["public_order", "place", "slot"], name="group_public"),
            models.Index(fields=["place", "public_order", "slot"], name="group_public_place"),
            # Of what is rare: nearly all groups are Norwegian and mixed, and that narrows nothing.
            models.Index(
                fields=["public_order", "place", "slot"], condition=Q(digital=True), name="group_public_form"
            ),
            models.Index(
                fields=["language", "public_order", "slot"],
                condition=~Q(language=DEFAULT_LANGUAGE),
                name="group_public_language",
            ),
            models.Index(
                fields=["focus", "public_order", "slot"], condition=~Q(focus=MIXED), name="group_public_focus"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling__lte=MOST_SEATS, ceiling__gte=F("floor")), name="group_ceiling"
            ),
            models.CheckConstraint(condition=Q(slot__lt=35), name="group_slot"),
        ]


class Seat(OwnedRow):
    """A chair that is held, from the offer on. The database itself refuses a ninth and a second holder."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    ceiling = models.PositiveSmallIntegerField()  # the group's, copied so that the CHECK can see it
    signup = models.OneToOneField(SignUp, models.CASCADE, related_name="seat")
    held_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="seat_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=F("ceiling"), ceiling__lte=MOST_SEATS),
                name="seat_below_ceiling",
            ),
        ]


class Offer(OwnedRow):
    """A place offered to one person, for a while, answered without blame."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="offers")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    reason = models.CharField(max_length=10, choices=DeclineReason, blank=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="offer_expiry")]
        constraints = [
            models.UniqueConstraint(fields=["signup"], condition=Q(state="open"), name="offer_one_open"),
            models.UniqueConstraint(fields=["group", "signup"], name="offer_once"),
        ]


class Reserve(OwnedRow):
    """Who is asked next if somebody says no; best first."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="reserves")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["group", "signup"], name="reserve_once")]


class StarterRequest(OwnedRow):
    """A starter is asked to start this group; two may share it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="requests")
    starter = models.ForeignKey(Starter, models.PROTECT, related_name="requests")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="request_expiry")]
        constraints = [models.UniqueConstraint(fields=["group", "starter"], name="request_once")]


class Participation(OwnedRow):
    """A person in a group, from her yes until she leaves. Deleted with the person; the counters stay."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="participations")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="participations")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)  # the starter's call before meeting 1
    pledged_at = models.DateTimeField(null=True, blank=True)  # the confidentiality pledge

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "signup"], name="participation_once"),
            models.UniqueConstraint(
                fields=["signup"], condition=Q(left_at__isnull=True), name="participation_one_group"
            ),
        ]


class Meeting(OwnedRow):
    """Two hours round the table. The series stays; its sequence goes up when the calendar entry must."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=10, choices=MeetingKind, default=MeetingKind.STARTUP)
    number = models.PositiveSmallIntegerField()  # 1..n within its kind
    series = models.UUIDField()  # meetings planned in one go: one entry in people's calendars
    planned_for = models.DateTimeField()  # as first planned, so that the calendar knows which one moved
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    ticks = models.JSONField(default=list)  # codes of what was done, from the guide; nothing that was said

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["state", "starts_at"], name="meeting_when")]
        constraints = [models.UniqueConstraint(fields=["group", "kind", "number"], name="meeting_once")]


class Absence(OwnedRow):
    """ "I can't come": gone after the meeting (rule 1)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="absences")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "participation"], name="absence_once")]


class GroundRule(OwnedRow):
    """A kjøreregel in the group's own words."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="ground_rules")
    number = models.PositiveSmallIntegerField()
    text = EncryptedTextField(max_length=300)
    agreed_on = models.DateField()

    class Meta:
        ordering = ["number"]


class Notice(OwnedRow):
    """A message to the whole group; there are none between two (PRODUCT.md)."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="notices")
    text = EncryptedTextField(max_length=1000)
    from_starter = models.BooleanField(default=False)
    from_participation = models.ForeignKey(
        Participation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
