"""Meetings held, moved and cancelled; the table's own matters; hand-over, pause, newcomers, end."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from rundbord.groups import actions
from rundbord.groups.models import Absence, EndReason, GroundRule, Meeting, Notice, Participation
from rundbord.groups.tasks import tick
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.organisations.models import Organisation
from rundbord.people.actions import issue_link
from rundbord.people.queries import find_link
from rundbord.signups.models import SignUp
from tests.factories import groups as make
from tests.groups.conftest import Post, text
from tests.groups.test_forming import counted

NOW = make.NOW
OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)
BY = make.STAFF


def again(meeting: Meeting) -> Meeting:
    with tenancy.scope(meeting.organisation_id):
        return Meeting.objects.get(pk=meeting.pk)


def test_a_meeting_is_held_once_it_has_begun_and_only_once(organisation: Organisation) -> None:
    meeting = make.meetings(make.started(organisation))[0]
    with pytest.raises(actions.MeetingNotYet):
        actions.mark_held(meeting=meeting, by=BY, now=meeting.starts_at - timedelta(minutes=1))
    actions.mark_held(meeting=meeting, by=BY, now=meeting.starts_at)
    actions.mark_held(meeting=meeting, by=BY, now=meeting.ends_at)
    assert again(meeting).state == "held"
    assert counted(organisation, "meeting-held") == 1
    with pytest.raises(actions.MeetingSettled):
        actions.mark_not_held(meeting=meeting, by=BY, now=meeting.ends_at)


def test_a_meeting_that_was_not_held_is_made_up_for(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    first = make.meetings(group)[0]
    post.empty()
    actions.mark_not_held(meeting=first, by=BY, now=first.ends_at)
    actions.mark_not_held(meeting=first, by=BY, now=first.ends_at)
    after = make.meetings(group)
    assert [m.number for m in after] == [1, 2, 3, 4, 5, 6]
    assert after[-1].starts_at.astimezone(OSLO) == datetime(2026, 4, 28, 18, tzinfo=OSLO)
    assert after[-1].series == first.series and {m.sequence for m in after} == {1}
    assert post.kinds() == ["meeting_added"] * 7  # six who take part, and the starter


def test_a_cancelled_startup_meeting_is_made_up_for_too(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    second = make.meetings(group)[1]
    post.empty()
    actions.cancel_meeting(meeting=second, by=BY, now=NOW)
    actions.cancel_meeting(meeting=second, by=BY, now=NOW)
    assert len(make.meetings(group, state="planned")) == 5
    assert sorted(set(post.kinds())) == ["meeting_added", "meeting_cancelled"]
    with pytest.raises(actions.MeetingSettled):
        actions.move_meeting(meeting=second, starts_at=NOW + 30 * DAY, by=BY, now=NOW)


def test_a_meeting_is_moved_for_all_round_the_table(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    second = make.meetings(group)[1]
    post.empty()
    wanted = datetime(2026, 3, 25, 17, 30, tzinfo=OSLO)
    actions.move_meeting(meeting=second, starts_at=wanted, by=BY, now=NOW)
    moved = again(second)
    assert (moved.starts_at, moved.ends_at) == (wanted, wanted + timedelta(hours=2))
    assert (moved.planned_for, moved.sequence) == (second.planned_for, 1)
    assert post.kinds() == ["meeting_moved"] * 7
    assert "25 March 2026 17:30" in text(post.letters()[0]) or "March 25, 2026" in text(post.letters()[0])
    actions.move_meeting(meeting=second, starts_at=wanted, by=BY, now=NOW)
    assert len(post.kinds()) == 7
    for late in (NOW, NOW - DAY):
        with pytest.raises(actions.TimeHasPassed):
            actions.move_meeting(meeting=second, starts_at=late, by=BY, now=NOW)


def test_a_meeting_that_has_begun_is_neither_moved_nor_cancelled(organisation: Organisation) -> None:
    first = make.meetings(make.started(organisation))[0]
    with pytest.raises(actions.TimeHasPassed):
        actions.cancel_meeting(meeting=first, by=BY, now=first.starts_at)
    with pytest.raises(actions.TimeHasPassed):
        actions.move_meeting(meeting=first, starts_at=first.ends_at, by=BY, now=first.starts_at)


def test_steps_are_ticked_by_the_guide_of_the_meetings_place(organisation: Organisation) -> None:
    group = make.started(organisation)
    first, second = make.meetings(group)[:2]
    actions.tick_step(meeting=first, code="pledge", done=True, by=BY, now=NOW)
    actions.tick_step(meeting=first, code="pledge", done=True, by=BY, now=NOW)
    actions.tick_step(meeting=first, code="welcome", done=True, by=BY, now=NOW)
    actions.tick_step(meeting=first, code="welcome", done=False, by=BY, now=NOW)
    assert again(first).ticks == ["pledge"]
    with pytest.raises(actions.UnknownStep):
        actions.tick_step(meeting=second, code="pledge", done=True, by=BY, now=NOW)
    actions.mark_not_held(meeting=first, by=BY, now=first.ends_at)
    actions.tick_step(meeting=second, code="pledge", done=True, by=BY, now=NOW)  # now it is the first one
    assert again(second).ticks == ["pledge"]


def test_call_and_pledge_are_noted_once(organisation: Organisation) -> None:
    one = make.people(make.started(organisation))[0]
    for _ in range(2):
        actions.record_call(participation=one, by=BY, now=NOW)
        actions.make_pledge(participation=one, by=Actor("person", one.signup_id), now=NOW)
    assert counted(organisation, "call-made") == counted(organisation, "pledge-made") == 1
    actions.leave_group(participation=one, by=BY, now=NOW)
    with pytest.raises(actions.NotInThisGroup):
        actions.make_pledge(participation=one, by=BY, now=NOW)


def test_ground_rules_are_the_groups_own_words_and_are_replaced_whole(organisation: Organisation) -> None:
    group = make.started(organisation)
    actions.agree_ground_rules(group=group, texts=["Vi kommer presis", " ", "Én snakker"], by=BY, now=NOW)
    actions.agree_ground_rules(group=group, texts=["Vi lytter", "Én snakker"], by=BY, now=NOW + DAY)
    with tenancy.scope(organisation.id):
        rules = list(GroundRule.objects.filter(group=group))
    assert [(r.number, r.text, r.agreed_on) for r in rules] == [
        (1, "Vi lytter", date(2026, 3, 3)),
        (2, "Én snakker", date(2026, 3, 3)),
    ]
    for texts in (["x" * 301], ["regel"] * 21):
        with pytest.raises(actions.RulesNotUsable):
            actions.agree_ground_rules(group=group, texts=texts, by=BY, now=NOW)
    with tenancy.scope(organisation.id):
        assert GroundRule.objects.filter(group=group).count() == 2


def test_absence_is_said_in_one_tap_taken_back_and_forgotten_after_the_meeting(
    organisation: Organisation,
) -> None:
    group = make.started(organisation)
    one, meeting = make.people(group)[0], make.meetings(group)[0]
    for _ in range(2):
        actions.say_absent(meeting=meeting, participation=one, by=BY, now=NOW)
    with tenancy.scope(organisation.id):
        assert Absence.objects.count() == 1
    actions.will_come(meeting=meeting, participation=one, by=BY, now=NOW)
    with tenancy.scope(organisation.id):
        assert Absence.objects.count() == 0
    actions.say_absent(meeting=meeting, participation=one, by=BY, now=NOW)
    with pytest.raises(actions.TimeHasPassed):
        actions.say_absent(meeting=meeting, participation=one, by=BY, now=meeting.starts_at)
    tick(meeting.ends_at - timedelta(seconds=1))
    with tenancy.scope(organisation.id):
        assert Absence.objects.count() == 1
    tick(meeting.ends_at)
    with tenancy.scope(organisation.id):
        assert Absence.objects.count() == 0


def test_absence_is_said_only_in_ones_own_group(organisation: Organisation) -> None:
    stranger = make.people(make.started(organisation))[0]
    meeting = make.meetings(make.started(organisation))[0]
    with pytest.raises(actions.NotInThisGroup):
        actions.say_absent(meeting=meeting, participation=stranger, by=BY, now=NOW)


def test_a_notice_reaches_all_the_others_and_its_words_stay_on_the_page(
    organisation: Organisation, post: Post
) -> None:
    group = make.started(organisation)
    one = make.people(group)[0]
    post.empty()
    actions.post_notice(group=group, text=" Ta med kopper ", participation=one, by=BY, now=NOW)
    assert post.kinds() == ["notice"] * 6  # five others and the starter
    assert not post.to(one.signup.contact)
    assert all("kopper" not in text(letter) for letter in post.letters())
    with tenancy.scope(organisation.id):
        assert Notice.objects.get().text == "Ta med kopper"
    for bad in ("", "   ", "x" * 1001):
        with pytest.raises(actions.NoticeNotUsable):
            actions.post_notice(group=group, text=bad, participation=one, by=BY, now=NOW)


def test_notices_are_not_unlimited(organisation: Organisation) -> None:
    group = make.started(organisation)
    one, two = make.people(group)[:2]
    for _ in range(10):
        actions.post_notice(group=group, text="hei", participation=one, by=BY, now=NOW)
    with pytest.raises(actions.TooManyNotices):
        actions.post_notice(group=group, text="hei", participation=one, by=BY, now=NOW)
    actions.post_notice(group=group, text="hei", participation=two, by=BY, now=NOW)
    actions.post_notice(group=group, text="hei", participation=one, by=BY, now=NOW + DAY)


def test_the_starter_writes_until_hand_over_and_strangers_never(organisation: Organisation) -> None:
    group = make.started(organisation)
    actions.post_notice(group=group, text="Velkommen", participation=None, by=BY, now=NOW)
    stranger = make.people(make.started(organisation))[0]
    with pytest.raises(actions.NotInThisGroup):
        actions.post_notice(group=group, text="hei", participation=stranger, by=BY, now=NOW)
    actions.hand_over(group=group, by=BY, now=make.hold_all(group))
    with pytest.raises(actions.GroupNotThere):
        actions.post_notice(group=group, text="hei", participation=None, by=BY, now=NOW)


def test_hand_over_waits_for_the_last_startup_meeting(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    startup = make.meetings(group)
    for meeting in startup[:4]:
        actions.mark_held(meeting=meeting, by=BY, now=meeting.ends_at)
    with pytest.raises(actions.HandOverTooSoon):
        actions.hand_over(group=group, by=BY, now=startup[4].starts_at - timedelta(minutes=1))
    post.empty()
    actions.hand_over(group=group, by=BY, now=startup[4].starts_at)
    actions.hand_over(group=group, by=BY, now=startup[4].ends_at)
    group = make.fresh(group)
    assert (group.state, group.handed_over_on) == ("self_led", date(2026, 4, 21))
    assert sorted(post.kinds()) == ["handed_over"] * 6 + ["starter_handed_over"]
    assert counted(organisation, "group-self-led") == 1


def test_after_hand_over_meetings_go_on_round_17_may_with_a_visit_in_the_seventh_week(
    organisation: Organisation,
) -> None:
    group = make.self_led(organisation)
    ahead = make.meetings(group, state="planned")
    assert len(ahead) == 12
    assert ahead[0].starts_at.astimezone(OSLO).date() == date(2026, 4, 28)
    assert {m.starts_at.astimezone(OSLO).hour for m in ahead} == {18}
    visits = [m for m in ahead if m.kind == "visit"]
    assert [v.starts_at.astimezone(OSLO).date() for v in visits] == [date(2026, 6, 9)]
    assert len({m.series for m in ahead}) == 1


def test_meetings_are_planned_on_before_they_run_out(organisation: Organisation, post: Post) -> None:
    group = make.self_led(organisation)
    ahead = make.meetings(group, state="planned")
    post.empty()
    tick(ahead[8].ends_at)  # three left
    assert post.kinds() == []
    tick(ahead[9].ends_at)
    tick(ahead[9].ends_at)
    assert post.kinds() == ["next_meetings"] * 6
    days = [m.starts_at.astimezone(OSLO).date() for m in make.meetings(group, state="planned")]
    assert len(days) == 24 and len(set(days)) == 24
    assert days == sorted(days) and all((b - a).days == 7 for a, b in pairwise(days))


def test_the_starter_is_reminded_once_when_hand_over_is_late(organisation: Organisation, post: Post) -> None:
    group = make.started(organisation)
    last = make.meetings(group)[-1]
    post.empty()
    tick(last.starts_at + timedelta(hours=23))
    assert post.kinds() == []
    tick(last.starts_at + timedelta(hours=25))
    tick(last.starts_at + timedelta(hours=49))
    assert post.kinds() == ["hand_over_due"]


def test_pause_calls_meetings_off_and_going_on_plans_new_ones(organisation: Organisation, post: Post) -> None:
    group = make.self_led(organisation)
    when = make.meetings(group, state="planned")[0].ends_at
    post.empty()
    actions.pause_group(group=group, by=BY, now=when)
    actions.pause_group(group=group, by=BY, now=when)
    assert make.fresh(group).state == "paused"
    assert post.kinds() == ["paused"] * 6
    assert [m for m in make.meetings(group, state="planned") if m.starts_at > when] == []
    tick(when + 40 * DAY)
    assert len(post.kinds()) == 6  # the clock leaves a resting group alone
    actions.resume_group(group=group, by=BY, now=when + 40 * DAY)
    actions.resume_group(group=group, by=BY, now=when + 40 * DAY)
    ahead = [m for m in make.meetings(group, state="planned") if m.starts_at > when]
    assert len(ahead) == 12 and ahead[0].starts_at > when + 40 * DAY
    assert ahead[0].starts_at.astimezone(OSLO).weekday() == 1
    assert post.kinds()[6:] == ["next_meetings"] * 6


def test_only_a_self_led_group_pauses(organisation: Organisation) -> None:
    with pytest.raises(actions.GroupNotThere):
        actions.pause_group(group=make.started(organisation), by=BY, now=NOW)


def test_leaving_takes_everything_of_the_person_away(organisation: Organisation, post: Post) -> None:
    group = make.self_led(organisation)
    one, two = make.people(group)[:2]
    meeting = make.meetings(group, state="planned")[0]
    actions.say_absent(meeting=meeting, participation=one, by=BY, now=NOW)
    post.empty()
    actions.leave_group(participation=one, by=BY, now=NOW)
    actions.leave_group(participation=one, by=BY, now=NOW)
    with tenancy.scope(organisation.id):
        assert not Absence.objects.exists()
        assert not group.seats.filter(signup=one.signup).exists()
        assert SignUp.objects.get(pk=one.signup_id).state == "finished"
    assert [row.to for row in post.rows()] == [one.signup.contact]
    assert two in make.people(group)
    assert counted(organisation, "participant-left") == 1


def test_when_the_last_one_leaves_the_group_ends(organisation: Organisation) -> None:
    group = make.self_led(organisation, people=5)
    for participation in make.people(group):
        assert make.fresh(group).state == "self_led"
        actions.leave_group(participation=participation, by=BY, now=NOW)
    group = make.fresh(group)
    assert (group.state, group.end_reason, group.loan.state) == ("ended", "too_few", "returned")


def test_one_who_is_taken_out_has_no_door_left(organisation: Organisation) -> None:
    one = make.people(make.self_led(organisation))[0]
    token = issue_link(kind="signup", subject=one.signup_id, organisation_id=organisation.id, now=NOW)
    assert find_link(token, NOW)
    actions.remove_participant(participation=one, by=BY, now=NOW)
    assert find_link(token, NOW) is None


@pytest.mark.parametrize("reason", [EndReason.FINISHED, EndReason.DISAGREEMENT, EndReason.OTHER])
def test_a_group_ends_with_a_reason_and_everything_is_let_go(
    organisation: Organisation, post: Post, reason: str
) -> None:
    group = make.self_led(organisation)
    actions.post_notice(group=group, text="hei", participation=make.people(group)[0], by=BY, now=NOW)
    when = make.meetings(group, state="planned")[1].ends_at
    post.empty()
    actions.end_group(group=group, reason=reason, by=BY, now=when)
    actions.end_group(group=group, reason="other", by=BY, now=when)
    group = make.fresh(group)
    assert (group.state, group.end_reason, group.newcomers) == ("ended", reason, "closed")
    assert post.kinds() == ["ended"] * 6
    with tenancy.scope(organisation.id):
        assert set(SignUp.objects.values_list("state", flat=True)) == {"finished"}
        assert not group.seats.exists() and not group.notices.exists()
        assert group.loan.state == "returned"
        assert not Participation.objects.filter(left_at=None).exists()
    assert [m for m in make.meetings(group, state="planned") if m.starts_at > when] == []
    assert counted(organisation, "group-ended") == 1
