"""What a run worked on, kept small: packed into a text that a sealed column holds, and unpacked again."""

import base64
import hashlib
import json
import zlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from uuid import UUID

import rundbord.engine
from rundbord.matching.problem.keys import Keys

Ids = dict[str, UUID]
LIBRARIES = ("highspy", "numba", "numpy")  # answers may differ between their versions


def pack(told: Any) -> str:
    """Anything JSON can say, in a tenth of its length."""
    plain = json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
    return base64.b64encode(zlib.compress(plain)).decode("ascii")


def unpack(packed: str | None) -> Any:
    """What was packed; None where nothing was."""
    return None if packed is None else json.loads(text(packed))


def text(packed: str) -> str:
    """What was packed, as one text."""
    return zlib.decompress(base64.b64decode(packed)).decode()


def freeze(keys: Keys) -> dict[str, str]:
    """Engine id -> row id, as text."""
    return {id: str(row_id) for row_id, id in keys.ids.items()}


def thaw(ids: dict[str, str]) -> Ids:
    """Engine id -> row id."""
    return {id: UUID(row_id) for id, row_id in ids.items()}


@lru_cache(maxsize=1)
def engine_version() -> str:
    """What must be the same for a run to give the same groups: the engine's own text, and its libraries."""
    root = Path(rundbord.engine.__path__[0])
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return " ".join([digest.hexdigest()[:12], *(f"{name} {_version(name)}" for name in LIBRARIES)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
