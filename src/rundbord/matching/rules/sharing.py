"""How a run is shared out: seconds by people, per cent by parts, when a full search is worth it again."""

from collections.abc import Iterable
from math import ceil

from rundbord.matching.rules.weighing import WEIGHTS

USUAL = 400  # people for whom the office's setting of seconds is meant
AGAIN = 20  # looking at what has changed costs that part of a whole search
SHORTEST = 2  # seconds
WORSE = 0.01  # of those who wait: so many fewer with a place than after the last full search asks for another
CLEARLY = 0.01  # of the score, and three people's places: so much must be gained before what holds is changed
PEOPLE = 3
SEARCHED = 80  # per cent when the search is over; reasons and the count of places follow
EXPLAINED = 95


def seconds_for(people: int, seconds: int) -> int:
    """How long a search about so many people may take."""
    return seconds * max(1, ceil(people / USUAL))


def seconds_again(people: int, seconds: int) -> int:
    """How long looking for what has changed may take."""
    return max(SHORTEST, seconds_for(people, seconds) // AGAIN)


def per_cent(done: Iterable[tuple[int, int]], before: int, rounds: int) -> int:
    """Of the whole search: (people, per cent) of this round's parts, `before` of `rounds` behind it."""
    parts = list(done)
    people = sum(max(1, count) for count, _ in parts)
    here = sum(max(1, count) * share for count, share in parts) / people if people else 0
    return int((before * 100 + here) / max(1, rounds) * SEARCHED / 100)


def worth_a_full_search(placed: int, people: int, last_placed: int, last_people: int) -> bool:
    """Whether clearly fewer of those who wait have a place now than after the last full search."""
    if not people:
        return False
    return placed / people < (last_placed / last_people if last_people else 1.0) - WORSE


def gains_clearly(new: int, kept: int) -> bool:
    """Whether a full search found so much more that groups which hold may be changed."""
    return new >= kept + max(CLEARLY * kept, PEOPLE * WEIGHTS["place"])
