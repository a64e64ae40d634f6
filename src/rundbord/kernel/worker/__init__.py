"""The background worker: a queue of tasks, schedules, and the out-tray, in one loop.

Tasks are at-least-once: a killed worker's task runs again, so a task must bear being repeated.
"""

from rundbord.kernel.worker.loop import Stop, work
from rundbord.kernel.worker.queue import enqueue, forget_jobs, reap
from rundbord.kernel.worker.schedules import run_schedule, tick

__all__ = ["Stop", "enqueue", "forget_jobs", "reap", "run_schedule", "tick", "work"]
