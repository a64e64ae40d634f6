"""What is said of a proposed group: its people, its soft costs, who could fill in, what if somebody left."""

import pytest

from rundbord.engine.explain import explain
from rundbord.engine.explain.fit import fits, welcome
from rundbord.engine.meetings import new_group, person_value
from rundbord.engine.problem import load
from rundbord.engine.rules import person_violations
from rundbord.engine.solve import solve

from .instances import by_chance, instance, seeker


def told(data, solution=None):
    problem = load(data)
    return explain(problem, solution or solve(problem, seconds=None).solution)


class TestWhyThisGroup:
    def scene(self):
        people = [
            seeker(0, age=70, frames={"1": 1}),
            seeker(1, x=3000, max_m=4000),
            seeker(2),
            seeker(3, gender="m"),
            seeker(5, slots={"1": 0}, wait_weeks=9),
            seeker(6, wait_weeks=1),
            seeker(7, langs=[1]),
        ]
        solution = {
            "groups": [
                {
                    "room": "r0",
                    "slot": 1,
                    "frame": 1,
                    "lang": 0,
                    "audience": [],
                    "starter": "i0",
                    "members": ["s0", "s1", "s2", "s3"],
                }
            ],
            "joins": [],
        }
        return told(instance(people, min_size=4), solution)["groups"][0]

    def test_choices(self):
        assert self.scene()["ranks"] == [3, 1, 0]

    def test_members(self):
        entry = {m["id"]: m for m in self.scene()["members"]}["s1"]
        assert entry == {
            "id": "s1",
            "slot_liking": 1,
            "frame_rank": 0,
            "distance_m": 3000,
            "max_m": 4000,
            "mode_first": True,
            "wait_weeks": 4,
        }

    def test_what_they_share(self):
        group = self.scene()
        assert (group["shared_slots"], group["farthest_m"], group["language"]) == ([1, 2], 3000, 0)

    def test_soft_costs_by_name(self):
        costs = {c["code"]: c for c in self.scene()["costs"]}
        assert costs["age_span"] == {"code": "age_span", "years": 30, "cost": 8}
        assert costs["only_one_gender"]["ids"] == ["s3"]
        assert costs["only_one_age"]["ids"] == ["s0"]
        assert costs["later_choice"]["people"] == 1
        assert "small" not in costs and "self_start" not in costs and "no_spare_slot" not in costs

    def test_reserves_best_first(self):
        assert [r["id"] for r in self.scene()["reserves"]] == ["s5", "s6"]

    def test_what_if_somebody_left(self):
        assert set(self.scene()["if_left"].values()) == {"reserve_fills"}

    def test_nobody_to_fill_in(self):
        data = instance([seeker(n) for n in range(3)], min_size=3)
        assert set(told(data)["groups"][0]["if_left"].values()) == {"falls_below_min"}
        assert set(
            told(data | {"policy": data["policy"] | {"min_size": 2}})["groups"][0]["if_left"].values()
        ) == {"starts_smaller"}


@pytest.mark.parametrize("seed", range(10))
def test_reserves_are_those_worth_most(seed):
    problem = load(by_chance(seed, 24, min_size=3))
    solution = solve(problem, seconds=None).solution
    for group, about in zip(solution["groups"], explain(problem, solution)["groups"], strict=True):
        reserves = [(problem.index["seekers"][r["id"]], r["value"]) for r in about["reserves"]]
        meeting = new_group(problem, group)
        assert [value for _, value in reserves] == [person_value(problem, s, meeting) for s, _ in reserves]
        assert [value for _, value in reserves] == sorted((v for _, v in reserves), reverse=True)
        for s, _ in reserves:
            assert not person_violations(problem, group, problem.seekers.ids[s])


def test_two_reserves_who_may_not_meet_do_not_replace_two():
    """A pair that stays together leaves; the two who could come instead are a blocked pair."""
    people = [*(seeker(n, bundle="b") for n in (0, 1)), seeker(2), seeker(3), seeker(4)]
    data = instance(people, blocked=[["s3", "s4"]], min_size=3)
    plan = {"room": "r0", "slot": 1, "frame": 1, "lang": 0, "audience": [], "starter": "i0"}
    solution = {"groups": [plan | {"members": ["s0", "s1", "s2"]}], "joins": []}
    about = told(data, solution)["groups"][0]
    assert [r["id"] for r in about["reserves"]] == ["s3", "s4"]
    assert about["if_left"] == {"s0": "falls_below_min", "s1": "falls_below_min", "s2": "reserve_fills"}
    assert set(told(data | {"blocked": []}, solution)["groups"][0]["if_left"].values()) == {"reserve_fills"}


@pytest.mark.parametrize("seed", range(10))
def test_the_masks_agree_with_the_rules(seed):
    data = by_chance(seed, 24)
    problem = load(data)
    everybody = [s["id"] for s in data["seekers"]]
    for group in solve(problem, seconds=None).solution["groups"]:
        meeting = new_group(problem, group)
        mask = fits(problem, meeting, problem.seekers.wait.argsort() * 0 + range(len(everybody)))
        for at, id_ in enumerate(everybody):
            wrong = {v.rule for v in person_violations(problem, group, id_)} - {"bundle"}
            assert (bool(mask[at]) and welcome(problem, meeting, at)) == (not wrong)
