"""Those who work with groups, and the private doors of those who take part."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from rundbord.kernel.encryption import BlindIndexField, EncryptedTextField
from rundbord.kernel.ids import new_id
from rundbord.organisations.models import OwnedRow
from rundbord.people.rules import CODE_TRIES, RoleKind, SubjectKind
from rundbord.places.models import Place


class StaffAccountManager(BaseUserManager["StaffAccount"]):
    """Makes staff accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "StaffAccount":
        """A new account. Without a password it is entered by a passkey or by OIDC only."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class StaffAccount(AbstractBaseUser):
    """An employee or volunteer who signs in to the office. What she may do is in her roles."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[StaffAccountManager] = StaffAccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name


class Role(OwnedRow):
    """What a staff account may do in one organisation."""

    account = models.ForeignKey(StaffAccount, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account", "kind"], name="role_once"),
        ]


class PublicName(OwnedRow):
    """Her own yes to stand by name on the organisation's public page; without a row nobody does."""

    account = models.ForeignKey(StaffAccount, models.CASCADE, related_name="public_names")
    name = models.CharField(max_length=60)  # as she wants it said
    said_yes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account"], name="public_name_once"),
        ]


class Starter(OwnedRow):
    """A trained person (igangsetter) who holds the first meetings and then leaves."""

    first_name = EncryptedTextField(max_length=60)
    surname = EncryptedTextField(max_length=60, null=True, blank=True)
    email = EncryptedTextField(max_length=254)
    email_index = BlindIndexField(null=True)
    phone = EncryptedTextField(max_length=40, null=True, blank=True)
    ui_language = models.CharField(max_length=2, default="nb")
    languages = models.JSONField(default=list)  # codes of topics.catalogue, first is best
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    max_km = models.PositiveSmallIntegerField(default=30)
    physical = models.BooleanField(default=True)
    digital = models.BooleanField(default=False)
    woman = models.BooleanField(null=True)  # only asked because a women's group wants a woman
    slots = models.JSONField(default=list)  # ints of kernel.week.SLOTS
    concurrent_starts = models.PositiveSmallIntegerField(default=1)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()


class PrivateLink(OwnedRow):
    """A link in a mail. Holds a hash only; opening it (GET) neither spends it nor signs anybody in."""

    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject = models.UUIDField(db_index=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class KnownBrowser(OwnedRow):
    """A browser that has shown it belongs to the person: there, the link alone is enough."""

    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject = models.UUIDField(db_index=True)
    token_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "token_hash"], name="browser_once")]


class AccessCode(OwnedRow):
    """Six digits to type, bound to the browser that asked. Ten minutes, five tries (TRUST.md)."""

    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject = models.UUIDField(db_index=True)
    browser_hash = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries_left = models.PositiveSmallIntegerField(default=CODE_TRIES)
