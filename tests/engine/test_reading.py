"""Malformed instances are refused in one sentence that says where and what."""

import copy

import pytest

from rundbord.engine.problem import ProblemError, load

from .instances import by_chance, instance, open_group, seeker


def broken(path, value):
    """A fine instance with one value replaced (or removed if it is `...`)."""
    data = instance([seeker(0), seeker(1)], open_groups=[open_group()])
    data = copy.deepcopy(data)
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    "path, value, words",
    [
        (["format"], "selvhjelp-match/9", "format"),
        (["seekers"], {}, "list"),
        (["seekers", 0, "age"], ..., "seeker s0 lacks the field “age”"),
        (["seekers", 0, "age"], "forty", "whole number"),
        (["seekers", 0, "x"], 1.5, "whole number"),
        (["seekers", 0, "x"], True, "whole number"),
        (["seekers", 0, "x"], 10**12, "outside"),
        (["seekers", 1, "id"], "s0", "seeker s0 is there twice"),
        (["seekers", 1, "id"], 7, "should be a text"),
        (["seekers", 0, "modes"], ["telepathic"], "allowed: physical, digital"),
        (["seekers", 0, "modes"], ["digital", "digital"], "twice"),
        (["seekers", 0, "slots"], {"4": 1}, "outside 0 to 3"),
        (["seekers", 0, "slots"], {"01": 1}, "not an index"),
        (["seekers", 0, "slots"], {"1": 3}, "outside 0 to 2"),
        (["seekers", 0, "slots"], [1], "should be an object"),
        (["seekers", 0, "frames"], {"1": -1}, "outside"),
        (["seekers", 0, "langs"], [2], "outside 0 to 1"),
        (["seekers", 0, "gender"], "k", "allowed: f, m, x"),
        (["seekers", 0, "only"], ["men"], "allowed: women, young"),
        (["seekers", 0, "access"], 1, "true or false"),
        (["seekers", 0, "bundle"], [1], "null or an id"),
        (["seekers", 0], "s0", "object"),
        (["rooms", 0, "slots"], [9], "outside"),
        (["starters", 0, "capacity"], None, "whole number"),
        (["open_groups", 0, "venue"], {"x": 1, "y": 1}, "the venue of open group g0 lacks"),
        (["open_groups", 0, "members"], [{"id": "m0"}], "a member of open group g0"),
        (["blocked"], [["s0"]], "two ids"),
        (["policy", "min_size"], 5, "largest size 4 is below the smallest 5"),
        (["policy", "min_size"], 0, "outside"),
        (["weights", "size"], {"six": 1}, "not a size"),
        (["weights", "topic"], [1, 2], "three numbers"),
        (["weights", "wait_cap_weeks"], -1, "cap is negative"),
        (["frames"], [], "between 1 and 250 frames"),
        (["slots"], 0, "outside"),
    ],
)
def test_a_sentence_says_what_is_wrong(path, value, words):
    with pytest.raises(ProblemError) as refused:
        load(broken(path, value))
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_something_else_than_an_object():
    with pytest.raises(ProblemError):
        load([])


def test_blocked_pairs_of_people_not_there_or_with_oneself_mean_nothing():
    problem = load(
        instance([seeker(0), seeker(1)], blocked=[["s0", "s7"], ["s1", "s1"], ["s1", "s0"], ["s0", "s1"]])
    )
    assert problem.blocked.tolist() == [[0, 1]]


def test_the_arrays_say_what_the_file_says():
    data = by_chance(4, 20)
    problem = load(data)
    for at, row in enumerate(data["seekers"]):
        assert {str(t): int(v) for t, v in enumerate(problem.seekers.liking[at]) if v >= 0} == row["slots"]
        assert [lang for lang in range(2) if problem.seekers.langs[at, lang]] == row["langs"]
        assert problem.seekers.wait[at] == row["wait_weeks"]
