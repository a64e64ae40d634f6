"""Sealing everything anew with the active key, in batches; may be broken off and begun again at any time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction

from rundbord.kernel.encryption import keyring
from rundbord.kernel.encryption.fields import EncryptedTextField
from rundbord.kernel.encryption.seal import Sealed, seal, unseal
from rundbord.kernel.tenancy import everywhere

BATCH = 200


@dataclass(frozen=True)
class Column:
    """One encrypted column."""

    model: type[models.Model]
    field: EncryptedTextField

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    def rows(self) -> models.QuerySet[Any]:
        """Rows that hold something in this column, whoever's they are."""
        return self.model._base_manager.filter(**{f"{self.field.attname}__isnull": False}).order_by("pk")


def columns() -> list[Column]:
    """Every encrypted column of every room."""
    return [
        Column(model, field)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate_column(column: Column, *, batch: int = BATCH) -> int:
    """Seals a column anew where another key sealed it. Returns how many rows changed."""
    with everywhere("keys are rotated for every organisation"):
        return sum(_rotated(column, keys) for keys in _batches(column, batch))


def _batches(column: Column, size: int) -> Iterator[list[Any]]:
    last = None
    while keys := list(_after(column.rows(), last).values_list("pk", flat=True)[:size]):
        yield keys
        last = keys[-1]


def _after(rows: models.QuerySet[Any], last: Any) -> models.QuerySet[Any]:
    return rows if last is None else rows.filter(pk__gt=last)


def _rotated(column: Column, keys: list[Any]) -> int:
    """One batch, one transaction: the rows are locked, so that nobody's change is overwritten."""
    active, changed = keyring.load().active, 0
    with transaction.atomic():
        for row in column.rows().filter(pk__in=keys).select_for_update():
            sealed = row.__dict__[column.field.attname]
            if sealed.key_number == active:
                continue
            place = column.field.place(row)
            again = seal(unseal(sealed, place), place)
            column.model._base_manager.filter(pk=row.pk).update(**{column.field.attname: again})
            changed += 1
    return changed


def used_keys() -> dict[int, int]:
    """How many sealed values each key still holds, over all columns."""
    used: dict[int, int] = {}
    for column in columns():
        for value in column.rows().values_list(column.field.attname, flat=True).iterator():
            assert isinstance(value, Sealed)
            used[value.key_number] = used.get(value.key_number, 0) + 1
    return used
