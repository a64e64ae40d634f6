""" "You hear from us within 7 days", kept by the clock: to her, to the manager, to the office above."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, OutgoingMessage
from rundbord.kernel.refusals import Refused
from rundbord.kernel.timeline import SYSTEM, Actor
from rundbord.matching import tasks
from rundbord.matching.models import LeftOut, MatchRun
from rundbord.organisations.actions import change_setting
from rundbord.organisations.models import Organisation
from rundbord.signups import actions, queries
from rundbord.signups.models import SignUp
from rundbord.signups.rules import PromiseStep
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import RoleFactory, StaffAccountFactory
from tests.factories.signups import SignUpFactory, wish_fields
from tests.signups.post import letters, text
from tests.signups.test_letters import FORBIDDEN

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@pytest.fixture
def above(organisation: Organisation) -> Organisation:
    """An office above ours."""
    organisation.parent = OrganisationFactory(name="Distriktet")
    organisation.save()
    return organisation.parent


def manages(organisation: Organisation, email: str, kind: str = "manager") -> None:
    with tenancy.scope(organisation.id):
        RoleFactory(organisation=organisation, account=StaffAccountFactory(email=email), kind=kind)


def confirmed(organisation: Organisation, now: datetime, **facts: Any) -> SignUp:
    """Somebody who leaves a wish and confirms it at this moment; the letters about that are put away."""
    with tenancy.scope(organisation.id):
        signup = SignUpFactory(organisation=organisation, state="unconfirmed", created_at=now, **facts)
        actions.confirm_wish(signup=signup, by=Actor("person", signup.id), now=now)
        OutgoingMessage.objects.all().delete()
    return signup


def left_out(signup: SignUp, now: datetime, reason: str = "too_few_people") -> None:
    """The search has looked at her and says what is missing."""
    about = {"organisation": signup.organisation}
    with tenancy.scope(signup.organisation_id):
        run = MatchRun.objects.create(state="done", created_at=now, finished_at=now, **about)
        LeftOut.objects.create(run=run, signup=signup, reason=reason, **about)


def posted() -> list[tuple[str, str]]:
    """(kind, to) of what lies in the tray."""
    return sorted((letter.kind.removeprefix("signups/"), letter.to or "") for letter in letters())


def fresh(signup: SignUp) -> SignUp:
    row = queries.get(signup.organisation_id, signup.id)
    assert row is not None
    return row


class TestToHer:
    def test_what_is_missing_is_told_on_the_day_and_is_an_answer(
        self, organisation: Organisation, now: datetime
    ) -> None:
        signup = confirmed(organisation, now, contact="ada@example.org")
        left_out(signup, now + DAY)
        tasks.promises(now + WEEK - DAY)
        assert posted() == []
        tasks.promises(now + WEEK)
        assert posted() == [("where_it_stands", "ada@example.org")]
        assert fresh(signup).answer_by is None

    def test_nothing_new_is_said_honestly_and_is_no_answer(
        self, organisation: Organisation, now: datetime
    ) -> None:
        signup = confirmed(organisation, now, contact="ada@example.org")
        tasks.promises(now + WEEK)
        assert posted() == [("nothing_new", "ada@example.org")]
        assert fresh(signup).answer_by == date(2026, 3, 9)

    def test_a_reason_that_helps_nobody_is_no_answer(self, organisation: Organisation, now: datetime) -> None:
        signup = confirmed(organisation, now, contact="ada@example.org")
        left_out(signup, now + DAY, reason="dismissed")
        tasks.promises(now + WEEK)
        assert posted() == [("nothing_new", "ada@example.org")]

    @pytest.mark.parametrize("reason", ["too_few_people", "dismissed"])
    def test_one_letter_however_often_the_clock_ticks(
        self, organisation: Organisation, now: datetime, reason: str
    ) -> None:
        left_out(confirmed(organisation, now), now + DAY, reason)
        for hour in range(0, 30 * 24, 7):
            tasks.promises(now + WEEK + timedelta(hours=hour))
        assert len([kind for kind, _to in posted()]) == 1

    def test_a_clock_that_stood_still_still_keeps_it_once(
        self, organisation: Organisation, now: datetime
    ) -> None:
        confirmed(organisation, now)
        tasks.promises(now + timedelta(days=40))
        tasks.promises(now + timedelta(days=41))
        assert [kind for kind, _to in posted()] == ["nothing_new"]

    def test_the_office_chooses_how_many_days(
        self, organisation: Organisation, twin: Organisation, now: datetime
    ) -> None:
        change_setting(organisation=twin, key="answer_days", value=3, by=SYSTEM, now=now)
        ours, theirs = confirmed(organisation, now), confirmed(twin, now)
        assert (ours.answer_by, theirs.answer_by) == (date(2026, 3, 9), date(2026, 3, 5))
        tasks.promises(now + timedelta(days=3))
        assert [to for _kind, to in posted()] == [theirs.contact]

    def test_what_was_promised_holds_when_the_setting_changes(
        self, organisation: Organisation, now: datetime
    ) -> None:
        signup = confirmed(organisation, now)
        change_setting(organisation=organisation, key="answer_days", value=21, by=SYSTEM, now=now)
        assert fresh(signup).answer_by == date(2026, 3, 9)

    def test_who_wants_to_be_rung_is_promised_a_call_and_gets_no_letter(
        self, organisation: Organisation, now: datetime
    ) -> None:
        fields = wish_fields(contact_kind="ring_me", contact="900 00 001")
        actions.leave_wish(organisation=organisation, fields=fields, browser="", now=now)
        tasks.promises(now + WEEK)
        assert posted() == []
        [signup] = queries.promised(organisation.id, date(2026, 3, 9))
        assert signup.answer_step == PromiseStep.MANAGER
        actions.confirm_by_phone(signup=fresh(signup), by=Actor("staff"), now=now + WEEK)
        assert fresh(signup).answer_by is None

    def test_who_was_written_down_while_talking_has_been_answered(
        self, organisation: Organisation, now: datetime
    ) -> None:
        about = {"organisation": organisation, "fields": wish_fields(), "channel": "phone"}
        assert actions.register_caller(**about, by=Actor("staff"), now=now).answer_by is None


class TestAnswered:
    """What is an answer: a human, a talk, an offer."""

    @pytest.mark.parametrize(
        "answer",
        [
            lambda row, now: actions.say_answered(signup=row, by=Actor("staff"), now=now),
            lambda row, now: actions.mark_offered(row, now),
            lambda row, now: actions.withdraw(signup=row, by=Actor("person"), now=now),
            lambda row, now: actions.send_on(signup=row, by=Actor("staff"), now=now),
        ],
        ids=["in touch", "offer", "withdrawn", "sent on"],
    )
    def test_then_nothing_is_said_any_more(
        self, organisation: Organisation, now: datetime, answer: Any
    ) -> None:
        manages(organisation, "marit@example.org")
        signup = confirmed(organisation, now)
        answer(signup, now + DAY)
        with tenancy.scope(organisation.id):
            OutgoingMessage.objects.all().delete()
        tasks.promises(now + WEEK)
        tasks.promises(now + WEEK + WEEK)
        assert posted() == []
        assert fresh(signup).answer_by is None

    def test_a_talk(self, organisation: Organisation, now: datetime) -> None:
        change_setting(organisation=organisation, key="talk", value="required", by=SYSTEM, now=now)
        signup = confirmed(organisation, now)
        assert signup.state == "talk" and signup.answer_by is not None
        actions.settle_talk(signup=signup, held=True, by=Actor("staff"), now=now + DAY)
        assert fresh(signup).answer_by is None

    def test_being_looked_at_is_none(self, organisation: Organisation, now: datetime) -> None:
        """She hears nothing from it."""
        signup = confirmed(organisation, now)
        actions.change_wish(signup=signup, fields=wish_fields(), by=Actor("staff"), now=now + DAY)
        assert fresh(signup).answer_by is not None

    def test_said_twice_it_is_said_once(self, organisation: Organisation, now: datetime) -> None:
        signup = confirmed(organisation, now)
        for _ in range(2):
            actions.say_answered(signup=signup, by=Actor("staff"), now=now + DAY)
        with tenancy.scope(organisation.id):
            assert Counter.objects.get(counter="answered").value == 1


class TestRest:
    def test_a_paused_person_is_left_in_peace_and_has_a_week_again(
        self, organisation: Organisation, now: datetime
    ) -> None:
        signup = confirmed(organisation, now)
        herself = Actor("person", signup.id)
        actions.pause(signup=signup, until=None, by=herself, now=now + DAY)
        tasks.promises(now + 4 * WEEK)
        assert posted() == []
        actions.resume(signup=signup, by=herself, now=now + 4 * WEEK)
        assert fresh(signup).answer_by == date(2026, 4, 6)
        tasks.promises(now + 5 * WEEK)
        assert [kind for kind, _to in posted()] == ["nothing_new"]


class TestInCharge:
    def test_the_manager_on_the_day_and_those_above_after_three(
        self, organisation: Organisation, above: Organisation, now: datetime
    ) -> None:
        manages(organisation, "marit@example.org")
        manages(organisation, "kari@example.org", "coordinator")
        manages(above, "berit@example.org")
        for _ in range(2):
            confirmed(organisation, now)
        tasks.promises(now + WEEK)
        tasks.promises(now + WEEK)
        told = [to for kind, to in posted() if kind == "late"]
        assert told == ["marit@example.org"]
        tasks.promises(now + WEEK + 2 * DAY)
        assert not [kind for kind, _to in posted() if kind == "late_below"]
        for day in (3, 4, 5):
            tasks.promises(now + WEEK + day * DAY)
        assert [to for kind, to in posted() if kind == "late_below"] == ["berit@example.org"]
        assert queries.broken_below(above.id) == [(organisation, 2)]
        assert queries.broken_below(organisation.id) == []

    def test_no_letter_when_the_search_has_answered(self, organisation: Organisation, now: datetime) -> None:
        manages(organisation, "marit@example.org")
        left_out(confirmed(organisation, now), now + DAY)
        tasks.promises(now + WEEK)
        assert [kind for kind, _to in posted()] == ["where_it_stands"]

    def test_a_neighbours_people_are_nobodys_business(
        self, organisation: Organisation, above: Organisation, twin: Organisation, now: datetime
    ) -> None:
        manages(organisation, "marit@example.org")
        manages(above, "berit@example.org")
        confirmed(twin, now)
        tasks.promises(now + 2 * WEEK)
        assert [kind for kind, _to in posted()] == ["nothing_new"]
        assert queries.broken_below(above.id) == []

    def test_the_answer_takes_it_from_the_list_above(
        self, organisation: Organisation, above: Organisation, now: datetime
    ) -> None:
        signup = confirmed(organisation, now)
        tasks.promises(now + 2 * WEEK)
        assert queries.broken_below(above.id) == [(organisation, 1)]
        actions.say_answered(signup=signup, by=Actor("staff"), now=now + 2 * WEEK)
        assert queries.broken_below(above.id) == []

    def test_neither_letter_says_what_it_is_about_or_who(
        self, organisation: Organisation, above: Organisation, now: datetime
    ) -> None:
        manages(organisation, "marit@example.org")
        manages(above, "berit@example.org")
        confirmed(organisation, now, first_name="Xenia", contact="xenia@example.org", note="canary")
        tasks.promises(now + 2 * WEEK)
        office = [letter for letter in letters() if letter.kind.startswith("signups/late")]
        assert len(office) == 2
        for letter in office:
            said = re.sub(r"https?://\S+", "", text(letter))
            assert FORBIDDEN.search(said) is None, said
            for word in ("Xenia", "xenia@", "canary", organisation.name, above.name, "Fredrikstad"):
                assert word not in said


class TestKilled:
    def test_at_any_point_nothing_is_lost_and_nothing_comes_twice(
        self, organisation: Organisation, above: Organisation, now: datetime, monkeypatch: Any
    ) -> None:
        """The worker dies at each letter in turn, before it is laid in the tray."""
        manages(organisation, "marit@example.org")
        manages(above, "berit@example.org")
        for _ in range(3):
            confirmed(organisation, now)
        put, late = OutgoingMessage.objects.create, now + 2 * WEEK
        for lives_for in (0, 0, 1, 1, 0, 0):
            left = [True] * lives_for

            def dying(*, _left: list[bool] = left, **columns: Any) -> Any:
                if not _left:
                    raise KeyboardInterrupt
                _left.pop()
                return put(**columns)

            monkeypatch.setattr(OutgoingMessage.objects, "create", dying)
            with pytest.raises(KeyboardInterrupt):
                tasks.promises(late)
        monkeypatch.undo()
        tasks.promises(late)
        tasks.promises(late)
        assert [kind for kind, _to in posted()] == ["late", "late_below", *["nothing_new"] * 3]


EVENTS = ["day", "day", "day", "pause", "resume", "in touch", "search", "withdraw"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(EVENTS), min_size=3, max_size=25))
def test_whatever_happens_she_gets_one_letter_and_never_while_she_rests(
    organisation: Organisation, now: datetime, events: list[str]
) -> None:
    signup = confirmed(organisation, now)
    herself, steps = Actor("person", signup.id), [0]
    for event in events:
        now += DAY
        with suppress(Refused):
            _happens(event, signup, herself, now)
        was, before = fresh(signup), told_her(signup)
        tasks.promises(now)
        if told_her(signup) > before:
            assert was.state in ("waiting", "talk") and was.answer_by is not None
            assert now.date() >= was.answer_by >= date(2026, 3, 9)
        steps.append(fresh(signup).answer_step)
    assert steps == sorted(steps)
    assert told_her(signup) <= 1


def told_her(signup: SignUp) -> int:
    """How many letters of the clock she has had."""
    mine = [letter.kind for letter in letters() if letter.subject == signup.id]
    return sum(kind in ("signups/nothing_new", "signups/where_it_stands") for kind in mine)


def _happens(event: str, signup: SignUp, herself: Actor, now: datetime) -> None:
    about = {"signup": signup, "by": herself, "now": now}
    if event == "pause":
        actions.pause(until=None, **about)
    elif event == "resume":
        actions.resume(**about)
    elif event == "in touch":
        actions.say_answered(**about)
    elif event == "withdraw":
        actions.withdraw(**about)
    elif event == "search":
        left_out(signup, now)
