"""Whose data is being looked at. Without an answer there is no data: every query fails closed.

The scope lives in a context variable, so a new thread or a new task starts with none.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models.query import RawQuerySet

from rundbord.kernel.ids import new_id


class NoTenantScope(RuntimeError):
    """A row of some organisation was asked for, and nobody said which organisation."""


class WrongTenant(RuntimeError):
    """A row or a scope of one organisation was used inside the scope of another."""


@dataclass(frozen=True)
class _Scope:
    organisation_id: UUID | None
    reason: str = ""


_scope: ContextVar[_Scope | None] = ContextVar("rundbord_tenant", default=None)


def current() -> UUID | None:
    """The organisation in scope; None outside every scope and inside `everywhere`."""
    found = _scope.get()
    return found.organisation_id if found else None


@contextmanager
def _entered(scope_: _Scope) -> Iterator[None]:
    token = _scope.set(scope_)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def scope(organisation_id: UUID) -> Iterator[None]:
    """Everything inside sees and writes rows of this organisation only.

    Raises WrongTenant inside the scope of another organisation.
    """
    if not isinstance(organisation_id, UUID):
        raise TypeError("a scope needs an organisation's id")
    outer = current()
    if outer not in (None, organisation_id):
        raise WrongTenant("a scope of another organisation is open")
    with _entered(_Scope(organisation_id)):
        yield


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """Everything inside sees every organisation: for the worker, public lists, sign-in. Say why."""
    if not reason:
        raise ValueError("say why all organisations are needed")
    with _entered(_Scope(None, reason)):
        yield


def in_scope() -> _Scope:
    """The open scope. Raises NoTenantScope when there is none."""
    found = _scope.get()
    if found is None:
        raise NoTenantScope("open scope(organisation_id), or everywhere(reason)")
    return found


def check(organisation_id: UUID | None) -> None:
    """Raises NoTenantScope without a scope, WrongTenant if the open scope is another organisation's."""
    open_ = in_scope()
    if open_.organisation_id is not None and organisation_id != open_.organisation_id:
        raise WrongTenant("the row belongs to another organisation")


class TenantQuerySet(models.QuerySet):
    """A queryset whose writes are checked as well as its reads."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            check(row.organisation_id)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.check_tenant()
        return super().bulk_update(rows, fields, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        for name in ("organisation", "organisation_id"):
            if name in kwargs:
                check(getattr(kwargs[name], "id", kwargs[name]))
        return super().update(**kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> RawQuerySet:
        # Nobody can add the organisation to hand-written SQL, so it needs the explicit door.
        if in_scope().organisation_id is not None:
            raise WrongTenant("hand-written SQL sees every organisation: use everywhere(reason)")
        return super().raw(*args, **kwargs)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Rows of the organisation in scope. Raises NoTenantScope when none is open."""

    def get_queryset(self) -> TenantQuerySet:
        open_ = in_scope()
        rows = super().get_queryset()
        if open_.organisation_id is None:
            return rows
        return rows.filter(organisation_id=open_.organisation_id)

    def none(self) -> TenantQuerySet:
        # Forms name their queryset at import, before any request has a scope.
        return super().get_queryset().none()


class Row(models.Model):
    """A row with a random id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class ScopedRow(Row):
    """A row of one organisation. The subclass brings `organisation` (or `organisation_id`)."""

    organisation_id: Any
    _loaded_organisation: UUID | None = None

    objects = TenantManager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **kwargs)
        # Remembered, so that a row cannot be moved to another organisation by assignment.
        row._loaded_organisation = row.__dict__.get("organisation_id")
        return row

    def check_tenant(self) -> None:
        """Raises WrongTenant or NoTenantScope if this row must not be written here."""
        check(self.organisation_id)
        if self._loaded_organisation is not None:
            check(self._loaded_organisation)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_tenant()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.check_tenant()
        return super().delete(*args, **kwargs)


class TenantRow(ScopedRow):
    """A row of one organisation, for rooms below the organisations themselves."""

    organisation_id = models.UUIDField(db_index=True, editable=False)

    class Meta:
        abstract = True
