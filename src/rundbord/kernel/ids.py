"""Ids that tell nothing: random UUIDs inside, 26 lower-case letters and digits in addresses."""

import base64
import re
import uuid

_PID = re.compile(r"[a-z2-7]{26}")


def new_id() -> uuid.UUID:
    """A random id (122 bits); says neither when nor in which order a row was made."""
    return uuid.uuid4()


def pid(value: uuid.UUID) -> str:
    """The public form of an id: 26 characters of lower-case base32."""
    return base64.b32encode(value.bytes).decode("ascii").rstrip("=").lower()


def unpid(text: str) -> uuid.UUID:
    """The id behind a public form. ValueError for anything that `pid` would not have written."""
    if not _PID.fullmatch(text):
        raise ValueError("not a public id")
    found = uuid.UUID(bytes=base64.b32decode(text.upper() + "======"))
    # The last character carries two unused bits: one address per row, not four.
    if pid(found) != text:
        raise ValueError("not a public id")
    return found


class PublicIdConverter:
    """Path converter `<pid:name>`: UUID in Python, 26 characters in the address."""

    regex = "[a-z2-7]{26}"

    def to_python(self, value: str) -> uuid.UUID:
        return unpid(value)

    def to_url(self, value: uuid.UUID | str) -> str:
        return pid(value) if isinstance(value, uuid.UUID) else pid(unpid(value))
