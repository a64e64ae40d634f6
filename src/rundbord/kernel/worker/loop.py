"""The worker's loop: letters, schedules, one task, again; until it is asked to stop."""

import logging
import os
import socket
import threading
import time
from datetime import datetime

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from rundbord.kernel import clock, outtray
from rundbord.kernel.discretion import reduced
from rundbord.kernel.ids import new_id
from rundbord.kernel.models import WorkerBeat
from rundbord.kernel.worker import queue, schedules

log = logging.getLogger(__name__)

BEAT_EVERY = 15.0  # seconds
REAP_EVERY = 30.0  # seconds
AFTER_DATABASE_ERROR = 5.0  # seconds


class Stop:
    """Asked for by a signal, heeded between two pieces of work.

    Not a threading.Event: a signal handler that sets one can wait for a lock its own thread holds.
    """

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *signal_and_frame: object) -> None:
        """Fits as a signal handler."""
        self.asked = True

    def rest(self, seconds: float) -> None:
        """Sleeps, but no longer than until it is asked for."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))


def new_worker_id() -> str:
    """A name no other worker has, and in which an operator can read host and process."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{new_id().hex[:16]}"


def beat(worker_id: str, now: datetime) -> None:
    """Writes a sign of life."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"beat_at": now})


class Pulse(threading.Thread):
    """Beats while the main thread is busy with a long task."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker_id, self.done = worker_id, threading.Event()

    def run(self) -> None:
        while not self.done.wait(BEAT_EVERY):
            try:
                beat(self.worker_id, clock.now())
            except DatabaseError as error:
                log.warning("no beat: %s", reduced(error))
            close_old_connections()
        connection.close()

    def end(self) -> None:
        self.done.set()
        self.join()


def work(*, stop: Stop, once: bool = False, interval: float = 1.0) -> None:
    """Works until asked to stop; with `once`, until nothing is due."""
    worker_id = new_worker_id()
    beat(worker_id, clock.now())
    pulse = Pulse(worker_id)
    pulse.start()
    try:
        _loop(worker_id, stop, once, interval)
    finally:
        pulse.end()
        WorkerBeat.objects.filter(worker_id=worker_id).delete()


def _loop(worker_id: str, stop: Stop, once: bool, interval: float) -> None:
    reaped_at = float("-inf")
    while not stop.asked:
        try:
            if time.monotonic() - reaped_at > REAP_EVERY:
                queue.reap(clock.now(), idle=worker_id)
                reaped_at = time.monotonic()
            busy = _round(worker_id)
        except DatabaseError as error:
            if once:
                raise
            log.error("the database does not answer: %s", reduced(error))
            connection.close()
            stop.rest(AFTER_DATABASE_ERROR)
            continue
        close_old_connections()
        if not busy:
            if once:
                return
            stop.rest(interval)


def _round(worker_id: str) -> bool:
    """One turn. Returns whether there was anything to do."""
    sent = outtray.deliver_due(now=clock.now())
    schedules.tick(clock.now())
    job = queue.claim(worker_id, clock.now())
    if job is not None:
        queue.run(job)
    return bool(sent or job)
