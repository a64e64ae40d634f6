"""The kernel's tables: timeline, counters, out-tray, and what the worker remembers."""

from django.db import models

from rundbord.kernel.encryption import EncryptedTextField
from rundbord.kernel.tenancy import TenantRow


class TimelineEntry(TenantRow):
    """One thing that happened to a subject (a wish, a group): codes and numbers, never names."""

    # A running number: several lines of one moment keep the order in which they were written.
    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    subject = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField(db_index=True)
    data = models.JSONField(default=dict)
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class Counter(TenantRow):
    """How often something happened on one local day. Knows no person."""

    day = models.DateField()
    counter = models.CharField(max_length=64)
    detail = models.CharField(max_length=64, blank=True, default="")
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation_id", "day", "counter", "detail"), name="counter_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.counter} {self.detail}"


class OutgoingMessage(TenantRow):
    """A message written once, with the transaction that caused it, and sent until it has arrived."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DEAD = "dead"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=64)
    channel = models.CharField(max_length=8)
    language = models.CharField(max_length=8)
    subject = models.UUIDField(null=True, db_index=True)
    to = EncryptedTextField(null=True, max_length=254)
    # The whole message as it goes over the wire: every attempt sends these very bytes.
    message = EncryptedTextField(null=True)
    message_id = models.CharField(max_length=128, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = (
            models.Index(fields=("due_at",), condition=models.Q(state="waiting"), name="outtray_due"),
            models.Index(fields=("state", "ended_at"), name="outtray_ended"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ScheduleRun(models.Model):
    """When a schedule was last started, so that several workers start it once."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class WorkerBeat(models.Model):
    """A sign of life of one worker process; without one its tasks are given to another."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker_id
