"""Erased stays erased: also when an older backup is brought back."""

import sqlite3
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from rundbord.kernel import tenancy
from rundbord.kernel.ids import new_id
from rundbord.kernel.timeline import Actor
from rundbord.privacy import actions, journal
from rundbord.signups.models import SignUp
from tests.factories import groups as grouping
from tests.factories.matching import people

STAFF = Actor("staff", new_id())
Restore = Callable[[], None]


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """A folder of our own beside the database."""
    settings.RUNDBORD_DATA = tmp_path
    return tmp_path


def backup(folder: Path) -> Restore:
    """Takes a backup, as the database itself does it; what brings it back."""
    return _file_copy(folder) if connection.vendor == "sqlite" else _table_copy()


def _file_copy(folder: Path) -> Restore:
    connection.ensure_connection()
    older = sqlite3.connect(folder / "older.sqlite3")
    connection.connection.backup(older)
    return lambda: older.backup(connection.connection)


def _table_copy() -> Restore:
    tables = connection.introspection.table_names()
    _each(tables, 'CREATE TEMPORARY TABLE "older_{0}" AS TABLE "{0}"')

    def restore() -> None:
        with transaction.atomic():
            _each(["x"], "SET LOCAL session_replication_role = replica")  # foreign keys wait
            _each(tables, 'DELETE FROM "{0}"')
            for table in tables:
                own = _stored(table)
                _each([table], f'INSERT INTO "{{0}}" ({own}) SELECT {own} FROM "older_{{0}}"')

    return restore


def _stored(table: str) -> str:
    """The table's columns but for those the database works out itself, which a backup leaves out too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


def _each(tables: list[str], statement: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(statement.format(table))


def names() -> set[str]:
    with tenancy.everywhere("the test looks at everybody"):
        return {row.first_name for row in SignUp.objects.all()}


def erase(person: SignUp, now: Any) -> None:
    actions.erase_person(signup=person, by=STAFF, now=now)


@pytest.mark.django_db(transaction=True)
def test_somebody_erased_stays_so_after_an_older_backup_is_brought_back(organisation, twin, now, data):
    group = grouping.formed(organisation, reserves=1)
    canary, stays = (offer.signup for offer in grouping.offers(group)[:2])
    [theirs] = people(twin, 1, first_name="Tvilling")
    restore = backup(data)
    erase(canary, now)
    assert canary.first_name not in names()
    restore()
    assert canary.first_name in names()
    call_command("privacy", "replay")
    assert canary.first_name not in names()
    assert {stays.first_name, theirs.first_name} <= names()
    with tenancy.scope(organisation.id):
        assert not group.seats.filter(signup_id=canary.id).exists()
        assert group.seats.count() == 6  # the next in line was asked, as the first time


@pytest.mark.django_db
def test_the_journal_holds_an_id_and_a_day_and_nothing_else(organisation, now, data):
    [person] = people(organisation, 1, first_name="Kanari")
    erase(person, now)
    assert (data / "erased.log").read_text() == f"2026-03-02 {person.id}\n"
    assert stat.S_IMODE((data / "erased.log").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_the_journal_only_grows(organisation, now, data):
    everybody = people(organisation, 3)
    for days, person in enumerate(everybody):
        erase(person, now + timedelta(days=days))
    assert journal.subjects([journal.path()]) == [person.id for person in everybody]


@pytest.mark.django_db
def test_without_a_journal_nobody_is_erased(organisation, now, settings, data):
    [person] = people(organisation, 1, first_name="Kanari")
    settings.RUNDBORD_DATA = data / "not" / "there"
    with pytest.raises(journal.NotJournalled):
        erase(person, now)
    assert "Kanari" in names()


@pytest.mark.django_db
def test_replay_takes_what_many_machines_wrote_and_minds_no_odd_line(organisation, twin, now, data):
    [ours, stays, theirs] = [*people(organisation, 2), *people(twin, 1)]
    first, second = data / "web1.log", data / "web2.log"
    first.write_text(f"2026-03-01 {ours.id}\n2026-03-01 {new_id()}\n2026-03-0")
    second.write_text(f"\nhello\n2026-03-01 {ours.id}\nÅ {theirs.id} x\n2026-03-02 not-an-id\n", "utf-8")
    assert actions.replay(files=[first, second], now=now) == 2
    assert actions.replay(files=[first, second], now=now) == 0
    with tenancy.everywhere("the test looks at everybody"):
        assert list(SignUp.objects.values_list("id", flat=True)) == [stays.id]


@pytest.mark.django_db
def test_a_journal_that_is_not_there_is_said(data):
    with pytest.raises(CommandError, match="There is no journal here"):
        call_command("privacy", "replay")
