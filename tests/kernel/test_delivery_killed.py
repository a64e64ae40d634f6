"""Workers killed in the middle of everything: no letter lost, never two different ones.

RUNDBORD_KILLS sets how many are killed (a few dozen by default, 500 or more for a thorough run).
"""

import os
import random
import time
from collections import defaultdict
from uuid import uuid4

import pytest

from tests.kernel.house import House, Nursery
from tests.kernel.postbox import Postbox, read

KILLS = int(os.environ.get("RUNDBORD_KILLS", "40"))


@pytest.fixture
def quiet(house: House) -> House:
    """The house with an empty tray."""
    house.ask("clear")
    return house


def by_letter(box: Postbox) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for data in box.taken:
        found[str(read(data)["Message-ID"])].append(data)
    return found


def test_killed_workers_lose_nothing_and_send_nothing_different(quiet: House) -> None:
    chance = random.Random(7)
    with Postbox() as box:
        quiet.ask("put", 3 * KILLS)
        with Nursery(quiet, RUNDBORD_MAIL=box.url) as nursery:
            for number in range(KILLS):
                child = nursery.child("deliver", 10 * number)
                time.sleep(chance.uniform(0.0, 0.05))
                nursery.kill(child)
                nursery.wait()
        quiet.ask("deliver", 10 * KILLS + 24 * 60, RUNDBORD_MAIL=box.url)
        told = quiet.ask("letters")["letters"]
        arrived = by_letter(box)
    assert len(told) == 3 * KILLS
    assert {state for _, state, _, _ in told} == {"sent"}
    assert set(arrived) == {message_id for message_id, *_ in told}
    for message_id, _, attempts, message in told:
        assert set(arrived[message_id]) == {message.encode()}
        assert len(arrived[message_id]) <= attempts
    # The kills did hit: some letter was tried more than once.
    assert max(attempts for *_, attempts, _ in told) > 1


def test_killed_writers_leave_story_and_letter_together_or_neither(quiet: House) -> None:
    chance = random.Random(8)
    with Nursery(quiet) as nursery:
        for _ in range(KILLS // 2):
            child = nursery.child("put", 1000)
            time.sleep(chance.uniform(0.0, 0.05))
            nursery.kill(child)
            nursery.wait()
    told = quiet.ask("letters")
    assert told["same"]
    assert len({message_id for message_id, *_ in told["letters"]}) == len(told["letters"]) > 0


def test_many_workers_at_once_send_each_letter_once(quiet: House) -> None:
    with Postbox() as box:
        quiet.ask("put", 60)
        quiet.together(4, "deliver", uuid4().int % 5, RUNDBORD_MAIL=box.url)
        quiet.ask("deliver", 60, RUNDBORD_MAIL=box.url)
        arrived = by_letter(box)
    assert len(arrived) == 60
    assert {len(copies) for copies in arrived.values()} == {1}
