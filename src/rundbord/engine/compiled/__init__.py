"""Loops over people and places, compiled by numba and cached on disk. Everything here works on plain arrays.

Worth and prices are whole numbers in units of 1/SCALE point, so sums are exact and bounds are proven.
"""

import hashlib
from pathlib import Path

from numba import config

HERE = Path(__file__).parent


def _state() -> str:
    """Ten signs that change when any of the loops does."""
    texts = (path.read_bytes() for path in sorted(HERE.glob("*.py")))
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:10]


# numba's cache notices when a loop's own file changes, not when one it calls does: after an upgrade it would
# run old code. So every state of the files has a cache of its own.
if not config.CACHE_DIR:
    config.CACHE_DIR = str(HERE / "__pycache__" / f"loops-{_state()}")
