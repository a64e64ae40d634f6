"""Personal columns sealed at rest: AES-256-GCM, bound to organisation, table, row and field."""

from rundbord.kernel.encryption.fields import BlindIndexField, EncryptedJSONField, EncryptedTextField
from rundbord.kernel.encryption.keyring import NoKey
from rundbord.kernel.encryption.seal import Place, SealBroken, Sealed, blind_index

__all__ = [
    "BlindIndexField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "NoKey",
    "Place",
    "SealBroken",
    "Sealed",
    "blind_index",
]
