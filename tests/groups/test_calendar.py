"""Calendar entries, read by real readers: right times, holes, moves, cancellations, and discretion."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from rundbord.groups import actions, calendar
from rundbord.groups.rules import plan
from rundbord.organisations.models import Organisation
from tests.factories import groups as make
from tests.groups.conftest import Post, calendar_of

OSLO = ZoneInfo("Europe/Oslo")
NOW = make.NOW
SERIES = UUID(int=7)
ENVELOPE = calendar.Envelope("post@example.org", "kari@example.org", "en", NOW)
FROM, UNTIL = date(2025, 1, 1), date(2033, 1, 1)


def series(starts: list[datetime], every: int = 1, sequence: int = 0, where: str = "") -> calendar.Series:
    return calendar.Series(SERIES, tuple(calendar.Entry(s, s) for s in starts), every, sequence, where)


def read(data: bytes) -> list[datetime]:
    """The starts that a calendar program shows."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(FROM, UNTIL)
    return sorted(event.start for event in found)


def events(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@given(
    slot=st.integers(0, 34),
    first=st.dates(date(2025, 6, 1), date(2030, 12, 1)),
    count=st.integers(1, 14),
    every=st.integers(1, 3),
)
def test_a_reader_shows_exactly_the_planned_meetings(slot: int, first: date, count: int, every: int) -> None:
    starts = plan(slot, first, count, every)
    data = calendar.invitation(series(starts, every), ENVELOPE)
    assert read(data) == starts
    assert len(events(data)) == 1


@given(first=st.dates(date(2025, 6, 1), date(2030, 12, 1)), data=st.data())
def test_a_reader_shows_moved_meetings_where_they_are_now_and_no_cancelled_ones(
    first: date, data: st.DataObject
) -> None:
    starts = plan(9, first, 6)
    entries = []
    for start in starts:
        moved = data.draw(st.sampled_from([timedelta(0), timedelta(hours=-2), timedelta(days=1)]))
        entries.append(calendar.Entry(start, start + moved, gone=data.draw(st.booleans())))
    shown = calendar.Series(SERIES, tuple(entries), 1, 3)
    staying = sorted(entry.starts_at for entry in entries if not entry.gone)
    if staying:
        assert read(calendar.invitation(shown, ENVELOPE)) == staying
    else:
        with pytest.raises(ValueError, match="cancelled"):
            calendar.invitation(shown, ENVELOPE)


def test_the_hour_on_the_wall_stays_when_the_clocks_change() -> None:
    starts = plan(9, date(2026, 3, 17), 3)
    shown = read(calendar.invitation(series(starts), ENVELOPE))
    assert [start.hour for start in shown] == [18, 18, 18]
    assert {start.utcoffset() for start in shown} == {timedelta(hours=1), timedelta(hours=2)}


def test_an_entry_names_its_zone_and_tells_nothing(settings: object) -> None:
    data = calendar.invitation(series(plan(9, date(2026, 9, 1), 5), where="Huset, Storgata 1"), ENVELOPE)
    [event] = events(data)
    assert event["summary"] == "Appointment"
    assert event["location"] == "Huset, Storgata 1"
    assert event["class"] == "PRIVATE"
    assert "description" not in event and "categories" not in event
    assert str(event["organizer"]) == "mailto:post@example.org"
    assert event.end - event.start == timedelta(hours=2)
    assert b"TZID=Europe/Oslo" in data and b"BEGIN:VTIMEZONE" in data
    assert len(data) < 3_000


def test_one_meeting_alone_is_a_plain_entry_that_moves_without_exceptions() -> None:
    start = plan(9, date(2026, 9, 1), 1)[0]
    later = start + timedelta(days=2)
    one = calendar.Series(SERIES, (calendar.Entry(start, later),), 1, 2)
    [event] = events(calendar.invitation(one, ENVELOPE))
    assert "rrule" not in event and "recurrence-id" not in event
    assert event.start == later and event["sequence"] == 2


def test_calling_off_one_meeting_names_it_and_calling_off_all_names_none() -> None:
    starts = plan(9, date(2026, 9, 1), 5)
    whole = series(starts, sequence=4)
    [one] = events(calendar.cancellation(whole, ENVELOPE, whole.entries[2]))
    assert one["recurrence-id"].dt == starts[2]
    assert one["status"] == "CANCELLED" and one["sequence"] == 4
    data = calendar.cancellation(whole, ENVELOPE)
    [all_] = events(data)
    assert "recurrence-id" not in all_ and all_["status"] == "CANCELLED"
    assert b"METHOD:CANCEL" in data


# --- as the letters carry it ---


class Diary:
    """What one person's calendar holds after opening each letter, the way programs do (RFC 5546)."""

    def __init__(self) -> None:
        self.masters: dict[str, bytes] = {}
        self.sequence: dict[str, int] = {}
        self.cancelled: set[tuple[str, datetime]] = set()

    def open(self, data: bytes) -> None:
        first = events(data)[0]
        uid, sequence = str(first["uid"]), int(first["sequence"])
        if sequence < self.sequence.get(uid, 0):
            return  # an older letter, opened late
        self.sequence[uid] = sequence
        if b"METHOD:REQUEST" in data:
            self.masters[uid] = data
        elif "recurrence-id" in first:
            self.cancelled.add((uid, first["recurrence-id"].dt))
        else:
            self.masters.pop(uid, None)

    def starts(self) -> list[datetime]:
        found = []
        for uid, data in self.masters.items():
            gone = {moment for known, moment in self.cancelled if known == uid}
            found += [start for start in read(data) if start not in gone]
        return sorted(found)


def diary(post: Post, address: str) -> Diary:
    kept = Diary()
    for letter in post.to(address):
        data = calendar_of(letter)
        if data is not None:
            kept.open(data)
    return kept


def test_a_participants_calendar_follows_the_group_from_start_to_end(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    address = make.people(group)[0].signup.contact

    def agrees() -> None:
        planned = [m.starts_at for m in make.meetings(group) if m.state in ("planned", "held")]
        assert diary(post, address).starts() == planned

    agrees()
    second, third = make.meetings(group)[1:3]
    moved = second.starts_at + timedelta(days=1, hours=-1)
    actions.move_meeting(meeting=second, starts_at=moved, by=make.STAFF, now=NOW)
    agrees()
    when = NOW + timedelta(hours=1)
    actions.cancel_meeting(meeting=third, by=make.STAFF, now=when)
    agrees()
    first = make.meetings(group)[0]
    actions.mark_not_held(meeting=first, by=make.STAFF, now=first.ends_at)
    agrees()
    for meeting in make.meetings(group, state="planned"):
        actions.mark_held(meeting=meeting, by=make.STAFF, now=meeting.ends_at)
    actions.hand_over(group=group, by=make.STAFF, now=make.meetings(group)[-1].ends_at)
    agrees()
    ahead = make.meetings(group, state="planned")
    assert len(ahead) == 12
    when = ahead[3].ends_at
    actions.end_group(group=group, reason="finished", by=make.STAFF, now=when)
    assert not [start for start in diary(post, address).starts() if start > when]


def test_a_starters_calendar_holds_the_startup_meetings_and_then_the_visit(
    organisation: Organisation, post: Post
) -> None:
    group = make.self_led(organisation)
    startup = [m.starts_at for m in make.meetings(group, kind="startup")]
    [visit] = make.meetings(group, kind="visit")
    [address] = {row.to for row in post.rows("starter_meetings_planned")}
    assert diary(post, str(address)).starts() == [*startup, visit.starts_at]
    moved = visit.starts_at + timedelta(days=1)
    actions.move_meeting(meeting=visit, starts_at=moved, by=make.STAFF, now=startup[-1])
    assert diary(post, str(address)).starts() == [*startup, moved]


def test_one_who_leaves_has_an_empty_calendar_and_the_others_keep_theirs(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    one, two = make.people(group)[:2]
    actions.leave_group(participation=one, by=make.STAFF, now=NOW)
    assert diary(post, one.signup.contact).starts() == []
    assert len(diary(post, two.signup.contact).starts()) == 5


def test_going_on_after_a_pause_fills_the_calendar_again(organisation: Organisation, post: Post) -> None:
    group = make.self_led(organisation)
    address = make.people(group)[0].signup.contact
    when = make.meetings(group, state="planned")[0].ends_at
    actions.pause_group(group=group, by=make.STAFF, now=when)
    assert not [start for start in diary(post, address).starts() if start > when]
    actions.resume_group(group=group, by=make.STAFF, now=when + timedelta(days=20))
    coming = [start for start in diary(post, address).starts() if start > when]
    assert coming == [m.starts_at for m in make.meetings(group, state="planned") if m.starts_at > when]
