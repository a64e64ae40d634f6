"""Workers killed in the middle of everything: no letter lost, never two different ones.

RUNDBORD_KILLS sets how many are killed (a few dozen by default, 500 or more for a thorough run).
"""

import os
import random
import time
from collections import defaultdict
from uuid import uuid4

import pytest

from tests.kernel.house import House
from tests.kernel.postbox import Postbox, read

KILLS = int(os.environ.get("RUNDBORD_KILLS", "40"))


def lifetime(house: House, *words: object, **env: str) -> float:
    """Seconds for a few letters on this machine as busy as it is now: so long may a victim live at most."""
    begun = time.monotonic()
    house.ask(*words, **env)
    return time.monotonic() - begun


def by_letter(box: Postbox) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for data in box.taken:
        found[str(read(data)["Message-ID"])].append(data)
    return found


@pytest.mark.long
def test_killed_workers_lose_nothing_and_send_nothing_different(house: House) -> None:
    chance = random.Random(7)
    with Postbox() as box:
        house.ask("put", 6)
        longest = lifetime(house, "deliver", 0, RUNDBORD_MAIL=box.url)
        house.ask("put", 3 * KILLS)
        for number in range(KILLS):
            child = house.start("deliver", 2 * number, RUNDBORD_MAIL=box.url)
            time.sleep(chance.uniform(0.0, longest))
            child.kill()
        house.ask("deliver", 2 * KILLS + 24 * 60, RUNDBORD_MAIL=box.url)
        told = house.ask("letters")["letters"]
        arrived = by_letter(box)
    assert len(told) == 3 * KILLS + 6
    assert {state for _, state, _, _ in told} == {"sent"}
    assert set(arrived) == {message_id for message_id, *_ in told}
    for message_id, _, attempts, message in told:
        assert set(arrived[message_id]) == {message.encode()}
        assert len(arrived[message_id]) <= attempts
    print("kills", KILLS, "letters", len(told), "arrived twice", sum(len(c) > 1 for c in arrived.values()))
    # The kills did hit: some letter was tried more than once.
    assert max(attempts for *_, attempts, _ in told) > 1


@pytest.mark.long
def test_killed_writers_leave_story_and_letter_together_or_neither(house: House) -> None:
    chance = random.Random(8)
    longest = 3 * lifetime(house, "put", 6)
    for _ in range(KILLS // 2):
        child = house.start("put", 1000)
        time.sleep(chance.uniform(0.0, longest))
        child.kill()
    told = house.ask("letters")
    assert told["same"]
    assert len({message_id for message_id, *_ in told["letters"]}) == len(told["letters"]) > 6


def test_many_workers_at_once_send_each_letter_once(house: House) -> None:
    with Postbox() as box:
        house.ask("put", 60)
        house.together(4, "deliver", uuid4().int % 5, RUNDBORD_MAIL=box.url)
        house.ask("deliver", 60, RUNDBORD_MAIL=box.url)
        arrived = by_letter(box)
    assert len(arrived) == 60
    assert {len(copies) for copies in arrived.values()} == {1}
