import json
import os
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rundbord.kernel.encryption import NoKey, keyring
from rundbord.kernel.encryption.keyring import check_key_file


def say(*words: str) -> str:
    out = StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


def test_the_first_use_makes_a_file_only_its_owner_can_read(keys: Path) -> None:
    ring = keyring.load()
    assert keys.stat().st_mode & 0o777 == 0o600
    assert (ring.active, set(ring.keys)) == (1, {1})
    assert len(ring.index) == len(ring.keys[1]) == 32
    assert keyring.load() is ring
    assert os.listdir(keys.parent) == [keys.name]


def test_in_use_a_missing_file_is_said_and_never_invented(keys: Path, settings) -> None:
    settings.RUNDBORD_MAKE_KEY_FILE = False
    with pytest.raises(NoKey, match="keys new"):
        keyring.load()
    assert [message.id for message in check_key_file(None)] == ["kernel.E001"]
    assert not keys.exists()
    assert "key 1 made" in say("new")
    assert check_key_file(None) == []


def test_a_file_others_can_read_is_warned_about(keys: Path) -> None:
    keyring.load()
    keys.chmod(0o640)
    assert [message.id for message in check_key_file(None)] == ["kernel.W001"]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[]",
        "{}",
        '{"active": 1, "index": "", "keys": {}}',
        '{"active": 1, "index": "AAAA", "keys": {"1": "AAAA"}}',
        '{"active": "x", "index": "' + "A" * 43 + '=", "keys": {}}',
        '{"active": 2, "index": "' + "A" * 43 + '=", "keys": {"1": "' + "A" * 43 + '="}}',
    ],
)
def test_a_broken_file_is_an_error_that_shows_no_key(keys: Path, broken: str) -> None:
    keys.write_text(broken)
    with pytest.raises(NoKey) as error:
        keyring.load()
    assert "AAAA" not in str(error.value)


def test_a_keyring_never_prints_its_secrets(keys: Path) -> None:
    ring = keyring.load()
    assert repr(ring) == "<Keyring active=1 of [1]>"


def test_many_at_once_make_one_key_file(keys: Path) -> None:
    found: list[object] = []
    gate = threading.Barrier(12)

    def use() -> None:
        gate.wait()
        found.append(keyring.load().keys[1])

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert len(set(found)) == 1


def test_a_running_process_notices_that_the_file_was_replaced(keys: Path) -> None:
    before = keyring.load()
    keyring.save(keyring.with_new_key(before))
    assert set(keyring.load().keys) == {1, 2}
    assert keyring.load().index == before.index
    assert keys.stat().st_mode & 0o777 == 0o600


def test_a_new_key_does_not_seal_before_it_is_made_active(keys: Path) -> None:
    ring = keyring.with_new_key(keyring.load())
    assert ring.active == 1
    assert keyring.with_active(ring, 2).active == 2
    with pytest.raises(KeyError):
        keyring.with_active(ring, 3)
    with pytest.raises(ValueError):
        keyring.without(ring, 1)


@pytest.mark.django_db
def test_the_keys_command_walks_a_whole_rotation(keys: Path) -> None:
    assert "1: 0 values active" in say("list")
    assert "key 2 made" in say("new")
    with pytest.raises(CommandError):
        say("retire", "1")
    say("rotate")
    assert json.loads(keys.read_text())["active"] == 2
    assert "key 1 retired" in say("retire", "1")
    assert say("list").strip() == "2: 0 values active"
    for wrong in ((), ("2",), ("7",)):
        with pytest.raises(CommandError):
            say("retire", *wrong)
