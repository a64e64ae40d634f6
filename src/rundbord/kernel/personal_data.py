"""What the kernel keeps about people, and for how long."""

from rundbord.kernel.personal import Rule, not_personal, personal

DECLARED: dict[str, dict[str, Rule]] = {
    "TimelineEntry": {
        **not_personal("id organisation_id verb at data shown"),
        "subject": personal("so that the person can read what happened", "audit: 365 days, ids only"),
        "actor_id": personal("so that it can be seen who did it", "audit: 365 days, ids only", export=False),
        "actor_kind": personal("so that it can be seen who did it", "audit: 365 days, ids only"),
    },
    "Counter": not_personal("id organisation_id day counter detail value"),
    "OutgoingMessage": {
        **not_personal("id organisation_id message_id state put_at due_at attempts"),
        **not_personal("first_tried_at ended_at last_error"),
        "subject": personal("to take letters back", "365 days, an id only", export=False),
        "kind": personal("to see which letters went out", "365 days"),
        "channel": personal("to know how to send it", "365 days"),
        "language": personal("the language it was written in", "365 days"),
        "to": personal("to deliver the letter", "7 days after it was sent, else 30"),
        "message": personal("every attempt sends the same bytes", "7 days after it was sent, else 30"),
    },
    "ScheduleRun": not_personal("name started_at"),
    "WorkerBeat": not_personal("worker_id beat_at"),
}
