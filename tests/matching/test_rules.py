"""Bounds that are proven, and soft views, without a database."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.matching import rules
from rundbord.matching.rules import PLACES_ONLY, WEIGHTS, Fact, soft_views

SETTINGS = {"group_floor": 4, "group_window_low": 6, "group_ceiling": 8, "self_start": True}
weeks = st.lists(st.integers(0, 80), min_size=0, max_size=9)


def instance(waits, low=2):
    policy = rules.policy(SETTINGS) | {"min_size": low}
    return {"seekers": [{"wait_weeks": wait} for wait in waits], "policy": policy, "weights": WEIGHTS}


def cheapest_score(data, people):
    """The least that placing exactly these can score: worst frame, time and journey, worst groups."""
    low, weights = data["policy"]["min_size"], data["weights"]
    sizes = [weights["size"].get(str(n), 0) for n in range(low, data["policy"]["max_size"] + 1)]
    group = min(0, min(sizes) + min(0, weights["self_start"]))
    worth = sum(
        weights["place"] + weights["wait_per_week"] * min(each["wait_weeks"], weights["wait_cap_weeks"])
        + min(weights["topic"]) + min(weights["slot"])
        for each in people
    )  # fmt: skip
    return worth + group * (len(people) // low)


@given(weeks, st.integers(0, 200_000), st.integers(2, 4))
def test_no_set_of_people_within_the_bound_is_larger_than_told(waits, bound, low):
    data = instance(waits, low)
    most = rules.most_placed(data, bound)
    for size in range(len(waits) + 1):
        for people in combinations(data["seekers"], size):
            assert cheapest_score(data, people) > bound or size <= most


@given(weeks, st.integers(0, 200_000))
def test_a_higher_bound_never_places_fewer(waits, bound):
    data = instance(waits)
    assert rules.most_placed(data, bound) <= rules.most_placed(data, bound + 10_000)


def test_when_only_places_count_the_bound_is_the_number():
    data = instance([0, 10, 52, 80]) | {"weights": PLACES_ONLY}
    assert [rules.most_placed(data, 10_000 * number) for number in (0, 1, 3, 9)] == [0, 1, 3, 4]


def test_at_most_more_is_the_tightest_and_never_negative():
    data = instance([0] * 9)
    assert rules.at_most_more(data, 6, [(PLACES_ONLY, 80_000)]) == 2
    assert rules.at_most_more(data, 6, [(PLACES_ONLY, 80_000), (PLACES_ONLY, 75_000)]) == 1
    assert rules.at_most_more(data, 6, [(PLACES_ONLY, 10_000)]) == 0
    assert rules.at_most_more(data, 6, []) == 3


def test_the_machine_keeps_the_window_and_a_human_the_floor():
    assert rules.policy(SETTINGS)["min_size"] == 6
    assert rules.policy(SETTINGS, by_hand=True)["min_size"] == 4


def fact(id="a", age=38, gender="f", first_choice=True, noted=False, distance_m=1000):
    return Fact(id, age, gender, first_choice, noted, distance_m)


def codes(people, shared=2, span=15, low=6):
    return [view["code"] for view in soft_views(people, shared, span, low)]


def six(*others):
    return [*[fact(id=str(n)) for n in range(6 - len(others))], *others]


def test_a_plain_group_has_nothing_to_look_at():
    assert codes(six()) == ["shared-slots", "farthest"]


@pytest.mark.parametrize(
    ("other", "view"),
    [
        (fact(age=53, id="x"), None),
        (fact(age=54, id="x"), {"code": "age-span", "years": 16, "wished": 15}),
        (fact(gender="m", id="x"), {"code": "only-one", "of": "gender", "id": "x"}),
        (fact(gender=None, id="x"), None),
        (fact(age=68, id="x"), {"code": "only-one", "of": "age", "id": "x"}),
        (fact(first_choice=False, id="x"), {"code": "only-one", "of": "choice", "id": "x"}),
        (fact(noted=True, id="x"), {"code": "read-note", "id": "x"}),
        (fact(distance_m=9_000, id="x"), {"code": "farthest", "metres": 9_000}),
    ],
)
def test_one_who_stands_out(other, view):
    found = soft_views(six(other), 2, 15, 6)
    assert view in found if view else {each["code"] for each in found} == {"shared-slots", "farthest"}


def test_two_of_a_kind_are_not_alone():
    assert "only-one" not in codes(six(fact(id="x", gender="m"), fact(id="y", gender="m")))


def test_fewer_than_the_window_is_said():
    assert codes(six()[:5])[0] == "small"


def test_nobody_is_an_empty_view():
    assert soft_views([], 0, 15, 0) == []


def test_digital_has_no_journey():
    assert "farthest" not in codes([fact(id=str(n), distance_m=None) for n in range(6)])
