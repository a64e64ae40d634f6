"""A database that threads and processes can meet in: on PostgreSQL the test database, on SQLite a file."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections


@contextmanager
def real_database(folder: Path) -> Iterator[None]:
    """SQLite's test database lives in memory; its copy in a file has the locks that are used in earnest."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "real.sqlite3"
    connection.cursor().execute("VACUUM INTO %s", [str(file)])
    in_memory, shared = connections["default"], connections.settings["default"]
    in_memory.settings_dict = dict(shared)
    name, shared["NAME"] = shared["NAME"], str(file)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        shared["NAME"] = name
        connections["default"] = in_memory


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Runs the works in threads that set off together; what each returned, or the exception it raised."""
    start, results = Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            results[place] = work()
        except Exception as error:  # the test looks at what it was
            results[place] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def quiet(seconds: float = 10) -> None:
    """Waits until PostgreSQL has cleared away the sessions of killed processes."""
    until = time.monotonic() + seconds
    while connection.vendor == "postgresql" and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
