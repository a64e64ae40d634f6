"""Encrypted columns in a real database."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, transaction
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy
from rundbord.kernel.encryption import (
    BlindIndexField,
    EncryptedJSONField,
    EncryptedTextField,
    SealBroken,
    Sealed,
    blind_index,
)
from rundbord.kernel.models import OutgoingMessage
from rundbord.kernel.tenancy import TenantRow
from tests.kernel.house import House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
many = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200)


def make(organisation_id: UUID, now: datetime, number: int = 0, **words: Any) -> OutgoingMessage:
    row = OutgoingMessage(
        organisation_id=organisation_id, kind="x", channel="email", language="nb", put_at=now, due_at=now
    )
    row.message_id = f"{organisation_id}{number}"
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    return row


def raw(row: OutgoingMessage, column: str) -> bytes | None:
    # `values` hands out what lies in the database.
    with tenancy.everywhere("a test looks"):
        sealed = OutgoingMessage.objects.values_list(column, flat=True).get(pk=row.pk)
    assert sealed is None or isinstance(sealed, Sealed)
    return sealed and sealed.data


def overwrite(row: OutgoingMessage, column: str, data: bytes | None) -> None:
    with tenancy.everywhere("a test meddles"):
        OutgoingMessage.objects.filter(pk=row.pk).update(**{column: data and Sealed(data)})


def fetched(row: OutgoingMessage) -> OutgoingMessage:
    with tenancy.everywhere("a test looks"):
        return OutgoingMessage.objects.get(pk=row.pk)


@many
@given(text=texts)
def test_any_text_comes_back(scoped: UUID, now: datetime, text: str) -> None:
    row = make(scoped, now, to=text)
    assert fetched(row).to == text
    assert text.encode() not in raw(row, "to") or len(text.encode()) < 3  # type: ignore[operator]
    row.delete()


def test_nothing_stays_nothing_and_empty_stays_empty(scoped: UUID, now: datetime) -> None:
    row = make(scoped, now, to=None, message="")
    assert fetched(row).to is None
    assert raw(row, "to") is None
    assert fetched(row).message == ""
    assert raw(row, "message")


def test_the_seal_is_opened_when_read_and_not_before(scoped: UUID, now: datetime) -> None:
    row = make(scoped, now, to="kari@example.org", message="hei")
    overwrite(row, "message", b"\x01" + bytes(60))
    found = fetched(row)  # a broken column does not hinder those who do not read it
    assert found.to == "kari@example.org"
    with pytest.raises(SealBroken):
        _ = found.message


def test_values_never_open_a_seal(scoped: UUID, now: datetime) -> None:
    row = make(scoped, now, to="kari@example.org")
    found = OutgoingMessage.objects.filter(pk=row.pk)
    for told in (found.values().get()["to"], found.values_list("to", flat=True).get()):
        assert isinstance(told, Sealed)
        assert "kari" not in repr(told)


def test_deferred_and_refreshed_attributes(scoped: UUID, now: datetime, django_assert_num_queries) -> None:
    row = make(scoped, now, to="a@example.org", message="hei")
    lean = OutgoingMessage.objects.only("organisation_id", "kind").get(pk=row.pk)
    with django_assert_num_queries(1):
        assert lean.to == "a@example.org"
    with django_assert_num_queries(0):
        assert lean.to == "a@example.org"
    other = fetched(row)
    other.to = "b@example.org"
    other.save(update_fields=["to"])
    row.refresh_from_db()
    assert (row.to, row.message) == ("b@example.org", "hei")


def test_saving_what_was_not_read_keeps_it_and_what_was_read_too(scoped: UUID, now: datetime) -> None:
    row = make(scoped, now, to="kari@example.org", message="hei")
    before = raw(row, "to")
    unread = fetched(row)
    unread.kind = "y"
    unread.save()
    assert raw(row, "to") == before
    read = fetched(row)
    assert read.to == "kari@example.org"
    read.save()
    assert fetched(row).to == "kari@example.org"
    assert raw(row, "to") != before  # sealed with a fresh nonce


def test_many_rows_at_once(scoped: UUID, now: datetime, django_assert_num_queries) -> None:
    rows = [
        OutgoingMessage(organisation_id=scoped, message_id=str(n), to=f"{n}@x", put_at=now, due_at=now)
        for n in range(5)
    ]
    with django_assert_num_queries(1):
        OutgoingMessage.objects.bulk_create(rows)
    with django_assert_num_queries(1):
        assert {row.to for row in OutgoingMessage.objects.all()} == {f"{n}@x" for n in range(5)}


def test_a_queryset_cannot_write_words_but_can_wipe_them(scoped: UUID, now: datetime) -> None:
    row = make(scoped, now, to="kari@example.org")
    with pytest.raises(TypeError), transaction.atomic():
        OutgoingMessage.objects.update(to="per@example.org")
    with pytest.raises(TypeError), transaction.atomic():
        OutgoingMessage.objects.bulk_update([row], ["to"])
    assert OutgoingMessage.objects.update(to=None) == 1
    assert raw(row, "to") is None


@pytest.mark.parametrize("asked", ["to", "to__exact", "to__contains", "to__startswith", "to__in", "to__gt"])
def test_sealed_columns_cannot_be_searched(scoped: UUID, asked: str) -> None:
    with pytest.raises(FieldError):
        OutgoingMessage.objects.filter(**{asked: "kari@example.org"}).exists()


def test_but_it_can_be_asked_whether_there_is_anything(scoped: UUID, now: datetime) -> None:
    full = make(scoped, now, 1, to="kari@example.org")
    empty = make(scoped, now, 2)
    assert OutgoingMessage.objects.get(to__isnull=False) == full
    assert OutgoingMessage.objects.get(to__isnull=True) == empty


@pytest.fixture
def pair(scoped: UUID, theirs: UUID, now: datetime) -> Iterator[tuple[OutgoingMessage, OutgoingMessage]]:
    mine = make(scoped, now, 1, to="mine@example.org", message="my words")
    with tenancy.everywhere("a test sets the table"):
        twin = make(theirs, now, 2, to="twin@example.org", message="twin words")
    yield mine, twin


def test_sealed_bytes_moved_to_another_row_or_organisation_do_not_open(
    pair, scoped: UUID, now: datetime
) -> None:
    mine, twin = pair
    beside = make(scoped, now, 3, to="beside@example.org")
    for victim, giver in ((mine, twin), (twin, mine), (mine, beside)):
        kept = raw(victim, "to")
        overwrite(victim, "to", raw(giver, "to"))
        with pytest.raises(SealBroken):
            _ = fetched(victim).to
        overwrite(victim, "to", kept)
    assert fetched(mine).to == "mine@example.org"


def test_sealed_bytes_moved_to_another_field_do_not_open(pair) -> None:
    mine, _ = pair
    overwrite(mine, "message", raw(mine, "to"))
    with pytest.raises(SealBroken):
        _ = fetched(mine).message


def test_a_row_carried_to_another_organisation_is_locked(pair, theirs: UUID) -> None:
    mine, _ = pair
    with tenancy.everywhere("a test meddles"):
        OutgoingMessage.objects.filter(pk=mine.pk).update(organisation_id=theirs)
    with pytest.raises(SealBroken):
        _ = fetched(mine).to


def test_without_its_key_nothing_opens(scoped: UUID, now: datetime, settings, tmp_path) -> None:
    row = make(scoped, now, to="kari@example.org")
    settings.RUNDBORD_KEY_FILE = tmp_path / "another.json"
    with pytest.raises(SealBroken):
        _ = fetched(row).to


def test_a_row_that_belongs_to_nobody_yet_cannot_be_sealed(now: datetime) -> None:
    with tenancy.everywhere("a test tries"), pytest.raises(TypeError):
        OutgoingMessage(to="kari@example.org", put_at=now, due_at=now).save()


def test_length_is_counted_in_characters_when_validated() -> None:
    field = EncryptedTextField(max_length=4)
    assert field.clean("blå!", None) == "blå!"
    with pytest.raises(ValidationError):
        field.clean("blåbær", None)


def test_fields_describe_themselves_to_migrations_and_forms() -> None:
    field = EncryptedTextField(max_length=80, null=True)
    *_, told = field.deconstruct()
    assert told == {"max_length": 80, "null": True}
    box = EncryptedTextField(max_length=80, blank=True).formfield()
    assert isinstance(box, forms.CharField)
    assert (box.max_length, box.required) == (80, False)
    assert isinstance(EncryptedJSONField().formfield(), forms.JSONField)
    assert [error.id for error in EncryptedTextField(unique=True, name="x").check()][-1:] == ["kernel.E002"]


def test_fixtures_do_not_hold_what_is_encrypted(scoped: UUID, now: datetime) -> None:
    from django.core import serializers

    with pytest.raises(TypeError):
        serializers.serialize("json", [make(scoped, now, to="kari@example.org")])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.django_db(transaction=True)
@isolate_apps("rundbord.kernel")
def test_json_and_blind_indexes(tables: Callable[..., None], ours: UUID, theirs: UUID) -> None:
    class Note(TenantRow):
        told = EncryptedJSONField(null=True)
        email_index = BlindIndexField(null=True)

        class Meta:
            app_label = "kernel"

    tables(Note)

    @many
    @given(told=json_values.filter(lambda value: value is not None))
    def comes_back(told: Any) -> None:
        with tenancy.scope(ours):
            made = Note.objects.create(organisation_id=ours, told=told)
            assert Note.objects.get(pk=made.pk).told == json.loads(json.dumps(told))
            made.delete()

    comes_back()
    with tenancy.scope(ours):
        index = blind_index(ours, "email", "kari@example.org")
        mine = Note.objects.create(organisation_id=ours, told={"slots": [1]}, email_index=index)
        mine.told["slots"].append(2)  # changed in place
        mine.save()
        assert Note.objects.get(email_index=index).told == {"slots": [1, 2]}
        assert Note.objects.get(pk=mine.pk).email_index == index
        with pytest.raises(ValidationError):
            EncryptedJSONField().clean({1, 2}, None)
    with tenancy.scope(theirs):
        assert not Note.objects.filter(email_index=index).exists()


def test_no_file_of_the_database_holds_a_name(house: House) -> None:
    house.ask("canary")
    files = [file for file in house.folder.iterdir() if file.name.startswith("house.sqlite3")]
    assert files or house.postgres
    told = [file.read_bytes() for file in files] + [cell.encode("latin-1") for cell in house.ask("cells")]
    assert len(told) > 10
    for held in told:
        assert b"anari" not in held.lower()
        assert b"gulbrandsen" not in held.lower()


def test_on_disk_there_are_only_seals(scoped: UUID, now: datetime) -> None:
    canary = "Kanarifuglen-Kari@example.org"
    row = make(scoped, now, to=canary, message=f"Hei, {canary}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_outgoingmessage")
        for cell in cursor.fetchall()[0]:
            held = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
            assert b"Kanari" not in held
    assert fetched(row).to == canary
