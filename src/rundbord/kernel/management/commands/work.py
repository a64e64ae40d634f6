"""`manage.py work`: the background worker."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rundbord.kernel.worker import Stop, work


class Command(BaseCommand):
    help = "Delivers letters, runs schedules and queued tasks. Ends after the current task on SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds to rest when idle")

    def handle(self, *args: Any, once: bool, interval: float, **options: Any) -> None:
        stop = Stop()
        for asked_by in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked_by, stop.ask)
        work(stop=stop, once=once, interval=interval)
