"""Model fields whose column holds sealed bytes and whose attribute holds the value.

They work on any model with `.id` (UUID) and `.organisation_id`. Reading the attribute opens the seal;
`.values()` hands out the sealed thing itself. Written only by saving an instance (or bulk_create),
because the seal is bound to the row.
"""

import json
from typing import Any
from uuid import UUID

from django.core import checks, exceptions, validators
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from rundbord.kernel.encryption.seal import Place, Sealed, seal, unseal


class SealedAttribute(DeferredAttribute):
    """Opens the seal when the attribute is read, not before."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.__dict__[name] = self._deferred(instance)
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self.field.opened(instance, value)
        return value

    def _deferred(self, instance: Any) -> Sealed | None:
        # Only the sealed column: refreshing through a lean second instance would fetch its place as well.
        rows = self.field.model._base_manager.using(instance._state.db).filter(pk=instance.pk)
        return rows.values_list(self.field.attname, flat=True).get()

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.Field):
    """Text, sealed. `max_length` (characters) is checked when the value is validated."""

    description = _("Encrypted text")
    descriptor_class = SealedAttribute
    empty_strings_allowed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        wrong = super().check(**kwargs)
        if self.unique or getattr(self, "db_index", False):
            wrong.append(checks.Error("Encrypted columns cannot be indexed.", obj=self, id="kernel.E002"))
        return wrong

    def place(self, instance: Any) -> Place:
        """Where this field of this row is. TypeError without a UUID id and organisation_id."""
        row_id, organisation_id = instance.pk, instance.organisation_id
        if not isinstance(row_id, UUID) or not isinstance(organisation_id, UUID):
            raise TypeError(f"{type(instance).__name__} needs id and organisation_id before it is sealed")
        return Place(organisation_id, self.model._meta.db_table, row_id, str(self.column))

    def opened(self, instance: Any, sealed: Sealed) -> Any:
        """The value behind the seal. Raises SealBroken."""
        return self.loads(unseal(sealed, self.place(instance)).decode("utf-8"))

    def sealed(self, instance: Any, value: Any) -> Sealed:
        """The value, sealed for this row."""
        # surrogatepass would let a lone surrogate in that no page could show again: refuse by encoding.
        return seal(self.dumps(value).encode("utf-8"), self.place(instance))

    def dumps(self, value: Any) -> str:
        return str(value)

    def loads(self, text: str) -> Any:
        return text

    def pre_save(self, model_instance: Any, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return self.sealed(model_instance, value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save the instance, do not update the queryset")
        return connection.Database.Binary(value.data)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        # Nothing but "is there anything" can be asked of sealed bytes; use a BlindIndexField.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def value_to_string(self, obj: Any) -> str:
        raise TypeError(f"{self.name} is encrypted and is not written to fixtures")

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return super().formfield(**{"form_class": forms.CharField, "max_length": self.max_length, **kwargs})


class EncryptedJSONField(EncryptedTextField):
    """Anything JSON can say, sealed as one text."""

    description = _("Encrypted JSON")
    empty_strings_allowed = False

    def dumps(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    def loads(self, text: str) -> Any:
        return json.loads(text)

    def to_python(self, value: Any) -> Any:
        return value

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        try:
            json.dumps(value)
        except (TypeError, ValueError):
            raise exceptions.ValidationError(_("This is not valid."), code="invalid") from None

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return models.Field.formfield(self, **{"form_class": forms.JSONField, **kwargs})


class BlindIndexField(models.BinaryField):
    """Where `blind_index(...)` is kept: 32 bytes, indexed, None when there is no value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        # PostgreSQL hands out memoryviews; bytes compare and hash alike on both databases.
        return None if value is None else bytes(value)
