"""Log lines without persons: routes instead of addresses of pages, classes instead of messages.

An exception's text often repeats what somebody typed, and a database quotes the row that was refused.
"""

import logging
import traceback
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError

# Their texts are written by programmers about programs, never about what a person typed.
# So are those of Rundbord's own exceptions. (Loaded before any model: nothing of ours is imported here.)
_PLAIN = (ImproperlyConfigured, ImportError, NameError, AttributeError, TypeError)


def constraint(error: BaseException) -> str:
    """The name of the constraint a database error speaks of; "" if it names none."""
    cause = error.__cause__ or error
    named = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if named:
        return str(named)
    # SQLite: "UNIQUE constraint failed: kernel_counter.day, kernel_counter.counter" (columns, no values).
    head, _, tail = str(cause).partition(" constraint failed")
    return f"{head}{tail}"[:200] if tail and "\n" not in tail else ""


def reduced(error: BaseException) -> str:
    """What may be written about an exception: its class, and a constraint's name."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, DatabaseError):
        return f"{name} {constraint(error)}".rstrip()
    plain = isinstance(error, _PLAIN) or name.startswith("rundbord.")
    return f"{name}: {error}" if plain else name


def trail(error: BaseException) -> str:
    """A traceback without values: where it went through, and the reduced exceptions, cause first."""
    lines: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(at.__traceback__)]
        lines = [*frames, reduced(at), *lines]
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def route(request: Any) -> str:
    """The name of the route a request matched: never its path, which may hold a private link."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match and match.view_name else "no route"


class DiscreetFilter(logging.Filter):
    """Lets every record through, without the persons in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = trail(record.exc_info[1])
            record.exc_info = None
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "resolver_match"):
            # Django's own request lines carry the path as their argument.
            record.msg, record.args = "%s %s", (getattr(record, "status_code", ""), route(request))
        if isinstance(record.args, tuple):
            record.args = tuple(reduced(a) if isinstance(a, BaseException) else a for a in record.args)
        return True
