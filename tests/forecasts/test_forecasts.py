"""A forecast: asked for once, worked out on the queue from the office's own numbers, kept without persons."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from rundbord.forecasts import actions, own, personal_data, queries, tasks
from rundbord.forecasts.models import Forecast
from rundbord.forecasts.rules import ForecastState, Question
from rundbord.kernel import clock, tenancy, timeline, worker
from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor
from rundbord.matching import actions as runs
from rundbord.matching import queries as matching
from rundbord.matching.models import MatchRun
from rundbord.organisations.actions import change_settings
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.forecasts import ONE_STARTER, answered, forecast
from tests.factories.matching import TUESDAY_EVENING, county, people, room, starter

pytestmark = pytest.mark.django_db
BY = Actor("staff", new_id())


@pytest.fixture(autouse=True)
def few_years(monkeypatch):
    """Two simulated years are enough to see that it works."""
    monkeypatch.setattr(actions, "YEARS", 2)
    monkeypatch.setattr(actions, "LONGEST", 3600)


def ask(organisation, question=ONE_STARTER, now=NOW):
    return actions.ask(organisation=organisation, question=question, now=now)


def counted(organisation, counter, by, day=NOW - timedelta(days=3)):
    with tenancy.scope(organisation.id):
        timeline.count(organisation_id=organisation.id, counter=counter, now=day, by=by)


def rows(organisation):
    with tenancy.scope(organisation.id):
        return list(Forecast.objects.all())


@pytest.mark.django_db(transaction=True)  # a worker sets connections free between tasks
def test_it_is_worked_out_on_the_queue(organisation, twin, time_machine_now):
    county(organisation, 8)
    asked = ask(organisation)
    assert (asked.state, asked.progress) == (ForecastState.QUEUED, 0)
    worker.work(stop=worker.Stop(), once=True)
    done = queries.forecast(organisation.id, asked.id)
    assert (done.state, done.progress) == (ForecastState.DONE, 100)
    assert done.result["years"] == 2
    assert done.result["now"]["met"] > 0
    assert done.assumed["waiting"] == 8 and done.assumed["starters"] == 1


@pytest.fixture
def time_machine_now():
    """The worker asks the clock."""
    import time_machine

    with time_machine.travel(NOW):
        yield clock.now()


def test_a_lonely_starter_s_office_gains_by_one_more(organisation):
    for _ in range(4):
        room(organisation)
    starter(organisation, concurrent_starts=1)
    people(organisation, 40)
    done = answered(organisation, NOW)
    assert done.result["more"]["groups_started"] > done.result["now"]["groups_started"]
    assert done.result["met"]["mean"] > 0


def test_the_same_office_is_answered_the_same(organisation):
    county(organisation, 10)
    first, again = answered(organisation, NOW), answered(organisation, NOW)
    assert first.pk != again.pk
    assert (first.result, first.assumed) == (again.result, again.assumed)


def test_nothing_about_anybody_is_kept(organisation):
    everybody = county(organisation, 8, focus=["grief"])
    done = answered(organisation, NOW)
    kept = json.dumps([done.result, done.assumed])
    leaves = set(_leaves(done.result)) | set(_leaves(done.assumed))
    assert leaves <= {int, float, bool, type(None)}
    assert "grief" not in kept
    assert not any(str(each.id) in kept or each.id.hex in kept for each in everybody)


def _leaves(told):
    if isinstance(told, dict):
        for value in told.values():
            yield from _leaves(value)
    else:
        yield type(told)


def test_pressing_twice_asks_once(organisation):
    county(organisation, 6)
    assert ask(organisation) == ask(organisation, Question(0, 2, 52, 5))
    assert len(rows(organisation)) == 1


def test_a_question_is_no_news_to_the_matching(organisation):
    county(organisation, 6)
    runs.start_run(organisation=organisation, by=BY, now=NOW)
    with tenancy.scope(organisation.id):
        MatchRun.objects.update(state="done", finished_at=NOW)
    later = NOW + timedelta(hours=1)
    assert not matching.has_news(organisation.id, later)
    ask(organisation, now=later)
    assert not matching.has_news(organisation.id, later)


def test_each_office_has_its_own(organisation, twin):
    county(organisation, 6)
    county(twin, 6)
    ours, theirs = ask(organisation), ask(twin)
    assert ours != theirs
    assert queries.forecast(organisation.id, theirs.id) is None
    assert queries.earlier(organisation.id) == [ours]
    assert queries.under_way(twin.id) == theirs


def test_the_twin_s_people_and_numbers_do_not_count(organisation, twin):
    county(organisation, 6)
    county(twin, 30)
    counted(twin, "wish-confirmed", 900)
    done = answered(organisation, NOW)
    assert done.assumed["waiting"] == 6 and not done.assumed["counted"]


@pytest.mark.parametrize(
    "question",
    [
        Question(0, 0, 26, 15),
        Question(6, 0, 26, 15),
        Question(-1, 2, 26, 15),
        Question(1, 0, 30, 15),
        Question(1, 0, 26, 0),
    ],
)
def test_what_cannot_be_asked_is_refused(organisation, question):
    county(organisation, 6)
    with pytest.raises(actions.NotAQuestion):
        ask(organisation, question)
    assert rows(organisation) == []


def test_with_nobody_waiting_there_is_nothing_to_learn_from(organisation, twin):
    county(twin, 6)
    with pytest.raises(actions.NobodyWaits):
        ask(organisation)


def test_all_may_leave_before_the_worker_comes(organisation):
    everybody = county(organisation, 6)
    asked = ask(organisation)
    with tenancy.scope(organisation.id):
        type(everybody[0]).objects.update(state="withdrawn")
    with pytest.raises(Exception, match="Nobody waits"):
        tasks.run(str(organisation.id), str(asked.id))
    assert queries.forecast(organisation.id, asked.id).state == ForecastState.FAILED
    tasks.run(str(organisation.id), str(asked.id))  # the queue tries again; there is nothing left to do


def test_one_whose_worker_was_lost_is_begun_anew(organisation):
    county(organisation, 6)
    asked = ask(organisation)
    with tenancy.scope(organisation.id):
        Forecast.objects.filter(pk=asked.pk).update(state="running", started_at=NOW, progress=40)
    done = actions.run_now(
        forecast_id=asked.id, organisation_id=organisation.id, now=NOW + timedelta(minutes=4)
    )
    assert done.state == ForecastState.DONE


def test_one_given_up_does_not_stop_the_next(organisation):
    county(organisation, 6)
    lost = ask(organisation)
    assert ask(organisation, now=NOW + timedelta(hours=1)) != lost
    assert queries.forecast(organisation.id, lost.id).state == ForecastState.FAILED


def test_progress_is_saved_as_it_goes(organisation, monkeypatch):
    monkeypatch.setattr(actions, "SAVE_EVERY", 0)
    running = forecast(organisation, state="running", started_at=NOW)
    with tenancy.scope(organisation.id):
        tell, seen = actions._teller(running), []
        for share in (0.0, 0.4, 1.0):
            tell(share)
            seen.append(queries.forecast(organisation.id, running.id).progress)
    assert seen == [0, 40, 99]


def test_arrivals_are_the_office_s_own_where_it_has_counted(organisation):
    county(organisation, 6)
    counted(organisation, "wish-confirmed", 40, NOW - timedelta(weeks=20) + timedelta(days=1))
    counted(organisation, "enquiry", 1, NOW - timedelta(weeks=20))
    found = queries.own(organisation.id, NOW)
    assert (found.weeks, found.arrivals_per_week, found.decline) == (20, 2.0, None)
    assert answered(organisation, NOW).assumed["rates"]["arrivals_per_week"] == 2.0


def test_only_the_last_year_counts(organisation):
    counted(organisation, "wish-confirmed", 1000, NOW - timedelta(weeks=60))
    counted(organisation, "wish-confirmed", 52)
    assert queries.own(organisation.id, NOW).arrivals_per_week == 1.0


def test_a_share_of_no_from_few_answers_is_not_told(organisation):
    counted(organisation, "offer-declined", 5)
    assert queries.own(organisation.id, NOW).decline is None
    counted(organisation, "offer-accepted", 15)
    assert queries.own(organisation.id, NOW).decline == 0.25


def test_settings_of_the_office_are_used(organisation):
    county(organisation, 6)
    values = {
        "group_enough": 6,
        "offer_hours": 100,
        "startup_meetings": 4,
        "every_weeks": 2,
        "group_floor": 5,
    }
    change_settings(organisation=organisation, values=values, by=BY, now=NOW)
    rates = answered(organisation, NOW).assumed["rates"]
    told = {name: rates[name] for name in ("enough", "answer_days", "startup_weeks", "floor", "decline")}
    assert told == {"enough": 6, "answer_days": 5, "startup_weeks": 8, "floor": 5, "decline": 0.15}


def test_a_starter_who_starts_a_group_now_is_back_later(organisation, now):
    people(organisation, 3)
    grouping.formed(organisation)
    [row] = own.instance(organisation.id, NOW)["starters"]
    assert row["capacity"] == 2 and TUESDAY_EVENING in row["slots"]


def test_old_forecasts_go(organisation, twin):
    forecast(organisation, NOW - timedelta(days=91), state="done")
    kept = forecast(organisation, NOW - timedelta(days=89), state="done")
    with tenancy.everywhere("test"):
        assert personal_data.clear(NOW) == 1
    assert rows(organisation) == [kept]


def test_a_question_says_what_is_possible():
    assert ONE_STARTER.possible() and replace(ONE_STARTER, starters=0, rooms=5).possible()
