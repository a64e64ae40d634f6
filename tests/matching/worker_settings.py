"""For workers in processes of their own: parts of a handful of people."""

from rundbord.config.settings.test import *  # noqa: F403

RUNDBORD_MATCH_SIZES = {"few": 6, "most": 16}
RUNDBORD_SCHEDULES: list[tuple[str, int, str]] = []
