"""Which database: SQLite in the data directory, or whatever DATABASE_URL names."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers go on while one writes; secure_delete overwrites what is erased (TRUST.md, deletion).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
)


def from_environment(data: Path) -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL, or for SQLite in `data` when it is not set."""
    url = os.environ.get("DATABASE_URL", "")
    return postgresql(url) if url.startswith(("postgres://", "postgresql://")) else sqlite(url, data)


def sqlite(url: str, data: Path) -> dict[str, Any]:
    """An embedded database; IMMEDIATE takes the write lock at once, so that no transaction fails midway."""
    name = unquote(urlsplit(url).path[1:]) if url else str(data / "rundbord.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def postgresql(url: str) -> dict[str, Any]:
    """`postgresql://user:pass@host:port/name?host=/socket/dir`; the query may hold any libpq option."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    if options.pop("pool", None):
        options["pool"] = True
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
