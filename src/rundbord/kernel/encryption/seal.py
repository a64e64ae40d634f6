"""Sealing and opening bytes. Nothing here knows Django.

Sealed bytes: version (1) ‖ key number (4, big-endian) ‖ nonce (12) ‖ ciphertext and tag.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rundbord.kernel.encryption import keyring

VERSION = b"\x01"
_HEAD, _NONCE, _TAG = 5, 12, 16


class SealBroken(Exception):
    """Sealed bytes that do not open here: damaged, moved from another row or field, or key gone."""


@dataclass(frozen=True)
class Place:
    """Where sealed bytes belong; they open nowhere else."""

    organisation_id: UUID
    table: str
    row_id: UUID
    field: str

    def bound(self) -> bytes:
        """The associated data. Fixed-length ids first, so that no two places read the same."""
        names = f"{self.table}\0{self.field}".encode()
        return self.organisation_id.bytes + self.row_id.bytes + names


class Sealed:
    """Sealed bytes as they lie in the database."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __repr__(self) -> str:
        return "<Sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.data == self.data

    def __hash__(self) -> int:
        return hash(self.data)

    @property
    def key_number(self) -> int:
        """Which key sealed it. SealBroken if this was never sealed at all."""
        if len(self.data) < _HEAD + _NONCE + _TAG or self.data[:1] != VERSION:
            raise SealBroken("not sealed by Rundbord")
        return int.from_bytes(self.data[1:_HEAD], "big")


@lru_cache(maxsize=16)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def seal(plain: bytes, place: Place) -> Sealed:
    """Seals bytes for one place, with the active key and a fresh nonce."""
    ring = keyring.load()
    nonce = secrets.token_bytes(_NONCE)
    closed = _cipher(ring.keys[ring.active]).encrypt(nonce, plain, place.bound())
    return Sealed(VERSION + ring.active.to_bytes(4, "big") + nonce + closed)


def unseal(sealed: Sealed, place: Place) -> bytes:
    """The bytes sealed for this place. Raises SealBroken for anything else."""
    number = sealed.key_number
    secret = keyring.load().keys.get(number)
    if secret is None:
        raise SealBroken(f"key {number} is not in the key file")
    nonce, closed = sealed.data[_HEAD : _HEAD + _NONCE], sealed.data[_HEAD + _NONCE :]
    try:
        return _cipher(secret).decrypt(nonce, closed, place.bound())
    except InvalidTag:
        raise SealBroken(f"{place.table}.{place.field} does not open") from None


def blind_index(organisation_id: UUID, purpose: str, value: str) -> bytes:
    """32 bytes by which an encrypted value can be looked up (HMAC-SHA256).

    Equal for equal values within one organisation and purpose, unrelated across them. The caller
    normalises `value` first (case, spaces, country code).
    """
    told = organisation_id.bytes + purpose.encode() + b"\0" + value.encode()
    return hmac.digest(keyring.load().index, told, hashlib.sha256)
