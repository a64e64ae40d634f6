"""A run of the engine, what it proposes, and who is left out and why. A human always decides."""

from django.db import models
from django.db.models import Q

from rundbord.groups.models import Group
from rundbord.kernel.encryption import EncryptedJSONField, EncryptedTextField
from rundbord.matching.rules import UNDER_WAY, ProposalState, RunState
from rundbord.organisations.models import OwnedRow
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from rundbord.venues.models import Room


class MatchRun(OwnedRow):
    """One run of the engine over one organisation's waiting list, reproducible by seed and settings."""

    state = models.CharField(max_length=8, choices=RunState, default=RunState.QUEUED)
    seed = models.PositiveIntegerField(default=1)
    seconds = models.PositiveSmallIntegerField(default=10)
    settings = models.JSONField(default=dict)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    people = models.PositiveIntegerField(default=0)
    placed = models.PositiveIntegerField(default=0)
    score = models.BigIntegerField(default=0)
    bound = models.BigIntegerField(default=0)
    at_most_more = models.PositiveIntegerField(default=0)  # people the bound still leaves room for
    levers = EncryptedJSONField(null=True)  # "one more starter on Tuesdays would place 9"
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="run_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=UNDER_WAY), name="run_one_at_a_time"
            )
        ]


class Proposal(OwnedRow):
    """A group that could start, or one seat in a group that is open; with its reasons."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    version = models.PositiveIntegerField(default=1)  # goes up with each edit: nobody undoes another unseen
    slot = models.PositiveSmallIntegerField()
    focus = EncryptedTextField(max_length=30)
    language = models.CharField(max_length=5)
    women_only = models.BooleanField(default=False)
    young_only = models.BooleanField(default=False)
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="+")  # none: digital
    digital = models.BooleanField(default=False)
    starter = models.ForeignKey(Starter, models.SET_NULL, null=True, blank=True, related_name="+")
    joins = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    reasons = EncryptedJSONField(null=True)  # codes and numbers from the engine
    formed = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)  # staff account

    class Meta:
        ordering = ["slot", "id"]
        indexes = [models.Index(fields=["organisation", "state"], name="proposal_state")]


class ProposalSeat(OwnedRow):
    """One person in a proposal (or named as reserve), and how it fits her."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="seats")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="+")
    reserve_rank = models.PositiveSmallIntegerField(null=True, blank=True)  # none: has a place
    fit = EncryptedJSONField(null=True)  # codes and numbers from the engine

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "signup"], name="proposal_seat_once")]


class LeftOut(OwnedRow):
    """Somebody the run could not place: the reason that binds, and the one change that would help."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="left_out")
    signup = models.ForeignKey(SignUp, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=30)
    numbers = EncryptedJSONField(null=True)
    change = EncryptedJSONField(null=True)  # may name a topic, so it is sealed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "signup"], name="left_out_once")]
