"""What the benchmark of the public pages calls broken."""

import pytest

from bench.public.__main__ import broken
from bench.public.load import COUNTRY, EMPTY, FIND, Times

HOLDS = {
    EMPTY: Times(5.0, 200, 9.0, 304, 1),
    FIND: Times(15.0, 70, 30.0, 304, 1),
    COUNTRY: Times(14.0, 70, 30.0, 304, 1),
}
SAME = {"few": 10, "many": 10}


def test_nothing_is_broken_when_all_promises_hold():
    assert broken(HOLDS, SAME) == []


@pytest.mark.parametrize(
    "times, taken, said",
    [
        ({FIND: Times(15.1, 70, 30.0, 304, 1)}, SAME, "3.02 times the text page"),
        ({}, {"few": 10, "many": 11}, "queries grow from 10 to 11"),
        ({COUNTRY: Times(14.0, 70, 30.0, 200, 1)}, SAME, "not answered 304"),
    ],
)
def test_each_promise_is_watched(times, taken, said):
    [sentence] = broken(HOLDS | times, taken)
    assert said in sentence
