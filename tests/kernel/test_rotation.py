"""A new key for everything that is there, also when it is broken off in the middle."""

from datetime import datetime
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command

from rundbord.kernel import tenancy
from rundbord.kernel.encryption import SealBroken, keyring, rotation
from rundbord.kernel.models import OutgoingMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


@pytest.fixture
def letters_kept(ours: UUID, theirs: UUID, now: datetime) -> int:
    with tenancy.everywhere("a test sets the table"):
        for number in range(25):
            whose = (ours, theirs)[number % 2]
            OutgoingMessage.objects.create(
                organisation_id=whose,
                message_id=str(number),
                to=f"{number}@example.org",
                message=None if number % 5 == 0 else f"words {number}",
                put_at=now,
                due_at=now,
            )
    return 25


def all_open() -> bool:
    with tenancy.everywhere("a test looks"):
        rows = list(OutgoingMessage.objects.all())
    told = {row.message_id: (row.to, row.message) for row in rows}
    return told == {
        str(n): (f"{n}@example.org", None if n % 5 == 0 else f"words {n}") for n in range(len(rows))
    }


def column(name: str) -> rotation.Column:
    return next(found for found in rotation.columns() if str(found) == f"kernel_outgoingmessage.{name}")


def activate_new_key() -> None:
    ring = keyring.with_new_key(keyring.load())
    keyring.save(keyring.with_active(ring, max(ring.keys)))


def test_every_encrypted_column_is_found() -> None:
    assert {str(found) for found in rotation.columns()} >= {
        "kernel_outgoingmessage.to",
        "kernel_outgoingmessage.message",
    }


def test_rotation_seals_everything_anew_for_every_organisation(letters_kept: int) -> None:
    assert rotation.used_keys() == {1: 45}
    activate_new_key()
    assert rotation.rotate_column(column("to"), batch=4) == 25
    assert rotation.rotate_column(column("message"), batch=4) == 20
    assert rotation.used_keys() == {2: 45}
    assert rotation.rotate_column(column("to")) == 0
    assert all_open()


def test_rotation_broken_off_midway_goes_on_where_it_was(letters_kept: int, keys: Path) -> None:
    activate_new_key()
    batches = rotation._batches(column("to"), 4)
    with tenancy.everywhere("a test breaks off"):
        for _ in range(3):
            rotation._rotated(column("to"), next(batches))
    assert rotation.used_keys() == {1: 33, 2: 12}
    assert all_open()  # in between, both keys open
    assert rotation.rotate_column(column("to"), batch=4) == 13
    assert all_open()


def test_an_error_in_a_batch_leaves_the_batch_as_it_was(letters_kept: int) -> None:
    with tenancy.everywhere("a test meddles"):
        rows = list(OutgoingMessage.objects.order_by("pk"))
        foreign = OutgoingMessage.objects.values_list("to", flat=True).get(pk=rows[0].pk)
        OutgoingMessage.objects.filter(pk=rows[6].pk).update(to=foreign)
    activate_new_key()
    with pytest.raises(SealBroken):
        rotation.rotate_column(column("to"), batch=4)
    with tenancy.everywhere("a test looks"):
        sealed = OutgoingMessage.objects.order_by("pk").values_list("to", flat=True)
        assert [one.key_number for one in sealed][:9] == [2, 2, 2, 2, 1, 1, 1, 1, 1]


def test_the_old_key_goes_when_nothing_needs_it(letters_kept: int) -> None:
    for words in (("new",), ("rotate",), ("retire", "1")):
        call_command("keys", *words, stdout=StringIO())
    assert set(keyring.load().keys) == {2}
    assert all_open()


def test_a_change_made_while_rotating_is_kept(letters_kept: int) -> None:
    with tenancy.everywhere("a test loads early"):
        early = OutgoingMessage.objects.get(message_id="3")
    activate_new_key()
    rotation.rotate_column(column("to"))
    with tenancy.everywhere("a test saves late"):
        early.to = "new@example.org"
        early.save()
        assert OutgoingMessage.objects.get(message_id="3").to == "new@example.org"
    assert rotation.rotate_column(column("to")) == 0
