"""A run of the engine, what it proposes, and who is left out and why. A human always decides."""

from django.db import models
from django.db.models import Q

from rundbord.groups.models import Group
from rundbord.kernel.encryption import EncryptedJSONField, EncryptedTextField
from rundbord.matching.rules import UNDER_WAY, Change, PartKind, PartState, ProposalState, RunState
from rundbord.organisations.models import OwnedRow
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from rundbord.venues.models import Room


class MatchRun(OwnedRow):
    """One run of the engine over one organisation's waiting list, in parts; its record stands beside it."""

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
    again = models.BooleanField(default=False)  # looks at what has changed, and keeps what holds
    rounds = models.PositiveSmallIntegerField(default=1)  # expected
    round = models.PositiveSmallIntegerField(default=0)  # under way
    changes = models.JSONField(default=dict)  # {"kept": 2, "mended": 1, "new": 0, "dissolved": 0}
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


class RunRecord(OwnedRow):
    """What a run worked on and found: with its seed and its parts' iterations it gives the same again.

    Packed texts (problem/frozen.py), sealed; apart from the run, so that no page reads them. The row goes
    when a person in it is erased.
    """

    run = models.OneToOneField(MatchRun, models.CASCADE, related_name="record")
    engine = models.CharField(max_length=120)  # version
    instance = EncryptedTextField()  # as the engine read it: numbers and pseudonyms
    ids = EncryptedTextField()  # {"s0": id of a wish, "r0": of a room …}
    earlier = EncryptedTextField(null=True)  # open proposals as groups, and which rows they are
    standing = EncryptedTextField(null=True)  # groups that no part of this round may take apart
    again = EncryptedTextField(null=True)  # what came of the earlier groups, while a full search goes on
    solution = EncryptedTextField(null=True)  # what was found


class RunPart(OwnedRow):
    """One piece of a run, solved by one worker: independent of the others, or a block of a large part."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="parts")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=PartKind, default=PartKind.SEARCH)
    state = models.CharField(max_length=7, choices=PartState, default=PartState.WAITING)
    people = models.PositiveIntegerField()
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    seed = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()  # it may take
    iterations = models.PositiveIntegerField(default=0)  # the budget that gives the same groups again
    reports = models.PositiveIntegerField(default=0)  # heard of it
    stopped_at = models.PositiveIntegerField(default=0)  # report at which its time was over; 0: never
    took = models.FloatField(default=0)  # seconds
    pace = models.FloatField(default=0)  # reports a second, by which the next search is reckoned
    proves = models.BooleanField(default=True)  # its bound counts in the run's
    score = models.BigIntegerField(default=0)
    bound = models.BigIntegerField(default=0)
    most = models.PositiveIntegerField(default=0)  # people who could be placed, proven
    given = EncryptedTextField(null=True)  # packed: its instance and groups; gone when the run is over
    result = EncryptedTextField(null=True)  # packed: what it found
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "round", "number"], name="run_part_once")]


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
    change = models.CharField(max_length=6, choices=Change, default=Change.NONE, blank=True)
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
