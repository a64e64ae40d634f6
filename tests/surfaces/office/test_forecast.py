"""A coordinator wonders what more would give: she asks, sees how far it is, and reads an honest answer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.forecasts import actions
from rundbord.forecasts.models import Forecast
from rundbord.kernel import tenancy, timeline
from tests.conftest import NOW
from tests.factories.forecasts import answered, forecast
from tests.factories.matching import county
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page

SAID = {"starters": "1", "rooms": "0", "weeks": "26", "decline": "15"}
NASTY = [
    "",
    "0",
    "-1",
    "6",
    "52",
    "1e9",
    "\x00",
    "٣",
    "2.5",
    "x" * 10_000,
    "<script>",
    "99999999999999999999",
]
TYPED = st.one_of(st.text(max_size=30), st.sampled_from(NASTY), st.integers().map(str))
HX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def few_years(monkeypatch):
    """Two simulated years are enough to see that it works."""
    monkeypatch.setattr(actions, "YEARS", 2)
    monkeypatch.setattr(actions, "LONGEST", 3600)


def side(met, median):
    counts = {"groups_started": 3, "people_in_groups_at_end": 12, "waiting_at_end": 5, "placed_share": 0.5}
    return counts | {"met": met, "median_weeks": median, "p90_weeks": None}


def done(organisation, *, now=9.2, more=7.1, met=(14, 8, 20), years=10, counted=True, **facts):
    """One that is done, with these numbers."""
    rates = {"arrivals_per_week": 2.5, "enough": 5, "floor": 4, "startup_weeks": 5, "rest_weeks": 6,
             "impatience": 0.01, "group_ends": 0.01}  # fmt: skip
    difference = dict(zip(("mean", "low", "high"), met, strict=True))
    sides = {"now": side(40, now), "more": side(54, more)}
    here = {"waiting": 30, "starters": 2, "rooms": 3, "counted_weeks": 40, "counted": counted}
    result = sides | {"years": years, "met": difference, "groups": difference}
    facts |= {"state": "done", "progress": 100, "result": result, "assumed": here | {"rates": rates}}
    return forecast(organisation, **facts)


def test_she_asks_and_is_led_to_the_answer(organisation, office):
    county(organisation, 8)
    assert "What would one more starter give us?" in page(office, to("forecast"))
    answer = office.post(to("forecast"), SAID)
    with tenancy.scope(organisation.id):
        asked = Forecast.objects.get()
    assert answer.url == to("forecast_answer", asked.id)
    assert "Waiting to begin." in page(office, answer.url)
    assert "1 more starter" in page(office, to("forecast"))


def test_progress_survives_loading_anew(organisation, office):
    row = forecast(organisation, state="running", progress=40, started_at=NOW)
    shown = page(office, to("forecast_answer", row.id))
    assert "40 per cent done." in shown and 'http-equiv="refresh' not in shown
    part = office.get(to("forecast_answer", row.id), **HX).content.decode()
    assert "40 per cent done." in part and "<html" not in part and "hx-trigger" in part


def test_when_it_is_done_the_waiting_page_goes_there(organisation, office):
    address = to("forecast_answer", done(organisation).id)
    assert office.get(address, **HX).headers["HX-Redirect"] == address


def test_an_answer_worked_out_on_her_own_people_can_be_read(organisation, office):
    county(organisation, 8)
    shown = page(office, to("forecast_answer", answered(organisation, NOW).id))
    for words in ("1 more starter", "As now", "With more", "judged by your waiting list", "8 people wait"):
        assert words in shown


def test_a_gain_is_told_with_its_range(organisation, office):
    shown = page(office, to("forecast_answer", done(organisation).id))
    for words in (
        "The typical wait falls from about 9 to 7 weeks.",
        "14 more people find a group in 26 weeks.",
        "In eight of ten tries the difference lies between 8 and 20 people.",
        "About 2.5 people come each week, as in your own last 40 weeks.",
        "This is a calculation, not a promise.",
        "longer than can be told",
    ):
        assert words in shown


def test_a_gain_that_may_be_chance_is_not_told_as_one(organisation, office):
    shown = page(office, to("forecast_answer", done(organisation, met=(3, -4, 9)).id))
    assert "It makes no clear difference" in shown and "more people find" not in shown
    assert "between −4 and 9 people" in shown


@pytest.mark.parametrize(
    ("now", "more", "words"),
    [
        (9.4, 9.1, "stays at about 9 weeks"),
        (8.0, 10.0, "goes from about 8 to 10 weeks"),
        (None, 20.0, "with more, the typical wait is about 20 weeks"),
        (None, None, "fewer than half of those who come"),
        (20.0, None, "stays at about 20 weeks"),
    ],
)
def test_the_wait_in_words(now, more, words, organisation, office):
    assert words in page(office, to("forecast_answer", done(organisation, now=now, more=more).id))


def test_of_few_tries_no_range_is_told(organisation, office):
    shown = page(office, to("forecast_answer", done(organisation, years=2).id))
    assert "take this as a hint" in shown and "eight of ten" not in shown


def test_several_things_at_once_have_one_heading(organisation, office):
    row = done(organisation, starters=2, rooms=1)
    assert "2 more starters and 1 more room" in page(office, to("forecast_answer", row.id))


@pytest.mark.parametrize(
    ("language", "words"),
    [("", "flere finner en gruppe på 26 uker."), ("nn/", "fleire finn ei gruppe på 26 veker.")],
)
def test_in_norwegian(language, words, organisation, office):
    address = to("forecast_answer", done(organisation).id).replace("/en/", f"/{language}")
    assert f"14 {words}" in page(office, address)


def test_one_that_failed_says_so_kindly(organisation, office):
    row = forecast(organisation, state="failed")
    assert "This could not be worked out." in page(office, to("forecast_answer", row.id))


def test_nobody_waiting_is_said_on_the_form(organisation, twin, office):
    county(twin, 6)
    answer = office.post(to("forecast"), SAID)
    assert "learns from the wishes of those who wait" in answer.content.decode()


def test_nothing_more_is_no_question(organisation, office):
    county(organisation, 6)
    answer = office.post(to("forecast"), SAID | {"starters": "0"})
    assert "Write how many more starters or rooms you think of." in answer.content.decode()
    with tenancy.scope(organisation.id):
        assert not Forecast.objects.exists()


def test_the_neighbour_s_are_neither_listed_nor_found(organisation, twin, office):
    row = done(twin)
    assert office.get(to("forecast_answer", row.id)).status_code == 404
    assert "Asked before" not in page(office, to("forecast"))


def test_the_office_s_own_share_of_no_is_chosen_beforehand(organisation, office):
    with tenancy.scope(organisation.id):
        for counter, by in (("offer-declined", 6), ("offer-accepted", 18)):
            timeline.count(organisation_id=organisation.id, counter=counter, now=NOW, by=by)
    assert office.get(to("forecast")).context["form"].initial["decline"] == "25"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.dictionaries(
        st.sampled_from(sorted(SAID)), st.one_of(TYPED, st.lists(TYPED, max_size=3)), max_size=4
    )
)
def test_whatever_is_typed_a_page_comes_back(said, organisation, office):
    county(organisation, 6)
    assert office.post(to("forecast"), said).status_code in (200, 302)
