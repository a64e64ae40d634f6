"""A wish (interessemelding), its talk, enquiries, and the courses that point here."""

from django.db import models
from django.db.models import Q

from rundbord.kernel.encryption import BlindIndexField, EncryptedJSONField, EncryptedTextField
from rundbord.kernel.tenancy import Row
from rundbord.organisations.models import OwnedRow
from rundbord.places.models import Place
from rundbord.signups.rules import ContactKind, EnquiryChannel, PromiseStep, SignUpState, TalkState


class SignUp(OwnedRow):
    """One person's wish, and after a yes the same person as participant. First name, one way of contact."""

    state = models.CharField(max_length=12, choices=SignUpState, default=SignUpState.UNCONFIRMED)
    first_name = EncryptedTextField(max_length=60)
    contact_kind = models.CharField(max_length=8, choices=ContactKind)
    contact = EncryptedTextField(max_length=254)
    contact_index = BlindIndexField()
    ui_language = models.CharField(max_length=2, default="nb")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    postal_code = models.CharField(max_length=4, blank=True)
    physical = models.BooleanField(default=True)
    digital = models.BooleanField(default=False)
    max_km = models.PositiveSmallIntegerField(default=20)
    slots = models.JSONField(default=list)  # ints of kernel.week.SLOTS
    languages = models.JSONField(default=list)  # codes of topics.catalogue, first is best
    age_band = models.CharField(max_length=8)
    # Frames in order of preference: topic codes and "mixed". Gone when the person is placed (rule 5).
    focus = EncryptedJSONField(null=True)
    note = EncryptedTextField(max_length=1000, null=True, blank=True)
    gender = EncryptedTextField(max_length=1, null=True, blank=True)  # f, m, x or not said
    women_only = models.BooleanField(default=False)
    young_only = models.BooleanField(default=False)
    note_at = models.DateTimeField(null=True, blank=True)  # the note goes after the organisation's limit
    not_with = EncryptedTextField(max_length=500, null=True, blank=True)  # read by a human, never a filter
    discretion = models.PositiveSmallIntegerField(default=0)  # 1 not my postal code, 2 not my municipality
    access_needs = models.BooleanField(default=False)
    self_start_ok = models.BooleanField(default=False)
    course = models.ForeignKey("Course", models.SET_NULL, null=True, blank=True, related_name="+")

    consent_version = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)  # when the person last told us something
    asked_at = models.DateTimeField(null=True, blank=True)  # "are you still waiting?", not answered yet
    answer_by = models.DateField(null=True, blank=True)  # the day promised; empty when she has heard from us
    answer_step = models.PositiveSmallIntegerField(choices=PromiseStep, default=PromiseStep.MADE)
    paused_until = models.DateField(null=True, blank=True)
    state_since = models.DateTimeField()
    declined_slots = models.JSONField(default=list)  # times said no to: matched better next time
    last_mail_at = models.DateTimeField(null=True, blank=True)  # at most one mail in 24 h until confirmed

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "waiting_since"], name="signup_waiting"),
            models.Index(fields=["state", "created_at"], name="signup_unconfirmed"),
            models.Index(fields=["state", "paused_until"], name="signup_paused"),
            models.Index(
                fields=["organisation", "answer_by"],
                condition=Q(answer_by__isnull=False),
                name="signup_promised",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(discretion__lte=2), name="signup_discretion"),
            models.CheckConstraint(condition=Q(physical=True) | Q(digital=True), name="signup_some_form"),
        ]


class IntroTalk(OwnedRow):
    """A non-binding talk (bli-kjent-samtale) before a place. Nothing of what was said is kept."""

    signup = models.OneToOneField(SignUp, models.CASCADE, related_name="talk")
    state = models.CharField(max_length=8, choices=TalkState, default=TalkState.WANTED)
    wanted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)


class Course(OwnedRow):
    """A course whose holder tells about groups; the code on the card says which."""

    name = models.CharField(max_length=120)
    provider = models.CharField(max_length=120)
    code = models.SlugField(max_length=12, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")


class Enquiry(OwnedRow):
    """Somebody asked (henvendelse). Counted, never described."""

    channel = models.CharField(max_length=12, choices=EnquiryChannel)
    at = models.DateTimeField()
    became_wish = models.BooleanField(default=False)


class MailPause(Row):
    """An address that has had its one mail of the day. Belongs to no organisation: a victim has one mailbox.

    Nothing but a keyed hash, gone after 24 hours.
    """

    address_index = models.BinaryField(max_length=32, unique=True)
    mailed_at = models.DateTimeField(db_index=True)
