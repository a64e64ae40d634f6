"""The keys: one JSON file outside the database (settings.RUNDBORD_KEY_FILE, mode 0600).

{"active": 2, "index": "<base64>", "keys": {"1": "<base64>", "2": "<base64>"}}; each secret is 32 bytes.
`active` seals what is written from now on; the others still open what they sealed. `index` makes blind
indexes and never rotates, because an index cannot be made anew without the value behind it.
"""

import base64
import json
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

KEY_BYTES = 32


class NoKey(RuntimeError):
    """There is no usable key file, and this installation must not invent one."""


@dataclass(frozen=True)
class Keyring:
    """All keys of the installation, read once per change of the file."""

    active: int
    index: bytes
    keys: dict[int, bytes]

    def __repr__(self) -> str:  # secrets stay out of logs and tracebacks
        return f"<Keyring active={self.active} of {sorted(self.keys)}>"


def path() -> Path:
    """Where the key file is."""
    return Path(settings.RUNDBORD_KEY_FILE)


def load() -> Keyring:
    """The keyring. Makes the file on first use where that is allowed, else raises NoKey."""
    file = path()
    try:
        found = file.stat()
    except FileNotFoundError:
        found = _made(file).stat()
    return _read(str(file), found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _read(name: str, changed: int, inode: int) -> Keyring:
    # `changed` and `inode` are part of the cache key: a rotated file is noticed by running processes.
    try:
        told = json.loads(Path(name).read_text("ascii"))
        keys = {int(number): _secret(text) for number, text in told["keys"].items()}
        ring = Keyring(int(told["active"]), _secret(told["index"]), keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoKey(f"the key file {name} is not readable as a keyring") from error
    if ring.active not in ring.keys:
        raise NoKey(f"the key file {name} has no active key")
    return ring


def _secret(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != KEY_BYTES:
        raise ValueError("a key must be 32 bytes")
    return secret


def _made(file: Path) -> Path:
    if not getattr(settings, "RUNDBORD_MAKE_KEY_FILE", True):
        raise NoKey(f"no key file at {file}: run `manage.py keys new`, or put the kept one back")
    create(file)
    return file


def create(file: Path) -> None:
    """A first key file, unless another process was quicker."""
    first = Keyring(1, secrets.token_bytes(KEY_BYTES), {1: secrets.token_bytes(KEY_BYTES)})
    _write(file, first, replace=False)


def with_new_key(ring: Keyring) -> Keyring:
    """The keyring with one more key, not yet active: copy the file to every host before rotating."""
    number = max(ring.keys) + 1
    return Keyring(ring.active, ring.index, {**ring.keys, number: secrets.token_bytes(KEY_BYTES)})


def with_active(ring: Keyring, number: int) -> Keyring:
    """The keyring sealing with another of its keys. KeyError if it has no such key."""
    if number not in ring.keys:
        raise KeyError(number)
    return Keyring(number, ring.index, ring.keys)


def without(ring: Keyring, number: int) -> Keyring:
    """The keyring without one key. ValueError for the active one."""
    if number == ring.active:
        raise ValueError("the active key cannot be retired")
    return Keyring(ring.active, ring.index, {n: k for n, k in ring.keys.items() if n != number})


def save(ring: Keyring) -> None:
    """Replaces the key file in one step: a reader sees the old one or the new one, never half."""
    _write(path(), ring, replace=True)


def _write(file: Path, ring: Keyring, *, replace: bool) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            json.dump(_told(ring), out)
            out.flush()
            os.fsync(out.fileno())
        if replace:
            os.replace(draft, file)
        else:
            _link(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def _link(draft: Path, file: Path) -> None:
    try:
        os.link(draft, file)
    except FileExistsError:
        return  # another process made the first key at the same moment: theirs counts


def _told(ring: Keyring) -> dict[str, Any]:
    def text(secret: bytes) -> str:
        return base64.b64encode(secret).decode("ascii")

    keys = {str(number): text(secret) for number, secret in sorted(ring.keys.items())}
    return {"active": ring.active, "index": text(ring.index), "keys": keys}


def check_key_file(app_configs: Any, **kwargs: Any) -> Sequence[checks.CheckMessage]:
    """Django system check: a key that is missing, broken or readable by others is said at start-up."""
    try:
        load()
    except (NoKey, OSError) as error:
        return [checks.Error(str(error), id="kernel.E001")]
    if path().stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return [checks.Warning(f"the key file {path()} can be read by others: chmod 600", id="kernel.W001")]
    return []
