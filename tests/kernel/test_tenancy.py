import asyncio
import threading
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import models
from django.db.models import Count, F, Sum
from django.test.utils import isolate_apps

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter
from rundbord.kernel.tenancy import NoTenantScope, TenantRow, WrongTenant

pytestmark = pytest.mark.django_db


def cell(organisation_id: UUID, counter: str = "wishes", value: int = 1) -> Counter:
    return Counter(organisation_id=organisation_id, day="2026-03-02", counter=counter, value=value)


@pytest.fixture
def rows(ours: UUID, theirs: UUID) -> Iterator[tuple[Counter, Counter]]:
    """One row of ours and its twin, alike in everything but whose it is."""
    with tenancy.everywhere("a test sets the table"):
        mine, twin = cell(ours), cell(theirs)
        mine.save()
        twin.save()
    yield mine, twin


READS: dict[str, Callable[[], object]] = {
    "all": lambda: list(Counter.objects.all()),
    "filter": lambda: list(Counter.objects.filter(counter="wishes")),
    "get": lambda: Counter.objects.get(),
    "first": lambda: Counter.objects.first(),
    "count": lambda: Counter.objects.count(),
    "exists": lambda: Counter.objects.exists(),
    "aggregate": lambda: Counter.objects.aggregate(Sum("value")),
    "annotate": lambda: list(Counter.objects.values("counter").annotate(Count("id"))),
    "values": lambda: list(Counter.objects.values_list("id", flat=True)),
    "in_bulk": lambda: Counter.objects.in_bulk(),
    "iterator": lambda: list(Counter.objects.iterator()),
    "update": lambda: Counter.objects.update(value=F("value") + 1),
    "delete": lambda: Counter.objects.all().delete(),
    "raw": lambda: list(Counter.objects.raw("SELECT * FROM kernel_counter")),
    "get_or_create": lambda: Counter.objects.get_or_create(counter="x"),
    "bulk_create": lambda: Counter.objects.bulk_create([cell(uuid4())]),
    "create": lambda: Counter.objects.create(organisation_id=uuid4(), day="2026-03-02", counter="x"),
}


@pytest.mark.parametrize("door", READS)
def test_without_a_scope_every_door_is_shut(rows: object, door: str) -> None:
    with pytest.raises(NoTenantScope):
        READS[door]()
    with tenancy.everywhere("a test looks"):
        assert sorted(Counter.objects.values_list("value", flat=True)) == [1, 1]


def test_without_a_scope_nothing_is_saved_or_deleted(rows: tuple[Counter, Counter], ours: UUID) -> None:
    for act in (rows[0].save, rows[0].delete, cell(ours, "other").save):
        with pytest.raises(NoTenantScope):
            act()


def test_a_scope_shows_exactly_its_own_rows(rows: tuple[Counter, Counter], ours: UUID) -> None:
    mine, twin = rows
    with tenancy.scope(ours):
        assert list(Counter.objects.all()) == [mine]
        assert Counter.objects.get() == mine
        assert Counter.objects.count() == 1
        assert Counter.objects.aggregate(all=Sum("value")) == {"all": 1}
        assert not Counter.objects.filter(pk=twin.pk).exists()
        with pytest.raises(Counter.DoesNotExist):
            Counter.objects.get(pk=twin.pk)


def test_mass_changes_reach_only_ones_own_rows(rows: tuple[Counter, Counter], ours: UUID) -> None:
    twin = rows[1]
    with tenancy.scope(ours):
        assert Counter.objects.update(value=7) == 1
        assert Counter.objects.filter(pk=twin.pk).update(value=8) == 0
        assert Counter.objects.filter(pk=twin.pk).delete()[0] == 0
        assert Counter.objects.all().delete()[0] == 1
    with tenancy.everywhere("a test looks"):
        assert list(Counter.objects.values_list("pk", "value")) == [(twin.pk, 1)]


def test_the_twins_row_is_neither_saved_nor_deleted_nor_made(
    rows: tuple[Counter, Counter], ours: UUID, theirs: UUID
) -> None:
    twin = rows[1]
    with tenancy.scope(ours):
        for act in (twin.save, twin.delete, cell(theirs, "new").save):
            with pytest.raises(WrongTenant):
                act()
        with pytest.raises(WrongTenant):
            Counter.objects.bulk_create([cell(ours, "a"), cell(theirs, "b")])
        with pytest.raises(WrongTenant):
            Counter.objects.bulk_update([twin], ["value"])
        with pytest.raises(WrongTenant):
            Counter.objects.create(organisation_id=theirs, day="2026-03-02", counter="c")
        assert Counter.objects.count() == 1
    with tenancy.everywhere("a test looks"):
        assert Counter.objects.count() == 2


def test_a_row_cannot_be_moved_between_organisations(
    rows: tuple[Counter, Counter], ours: UUID, theirs: UUID
) -> None:
    with tenancy.scope(ours):
        mine = Counter.objects.get()
        mine.organisation_id = theirs
        with pytest.raises(WrongTenant):
            mine.save()
        with pytest.raises(WrongTenant):
            Counter.objects.update(organisation_id=theirs)
    with tenancy.everywhere("a test fetches"):
        twin = Counter.objects.get(organisation_id=theirs)
    with tenancy.scope(ours):
        twin.organisation_id = ours
        with pytest.raises(WrongTenant):
            twin.save()


def test_hand_written_sql_needs_the_explicit_door(rows: object, ours: UUID) -> None:
    with tenancy.scope(ours), pytest.raises(WrongTenant):
        Counter.objects.raw("SELECT * FROM kernel_counter")
    with tenancy.everywhere("a test looks"):
        assert len(list(Counter.objects.raw("SELECT * FROM kernel_counter"))) == 2


def test_nested_scopes(ours: UUID, theirs: UUID) -> None:
    assert tenancy.current() is None
    with tenancy.scope(ours):
        with tenancy.scope(ours):
            assert tenancy.current() == ours
        with pytest.raises(WrongTenant), tenancy.scope(theirs):
            pass
        assert tenancy.current() == ours
        with tenancy.everywhere("the worker's round"):
            assert tenancy.current() is None
            with tenancy.scope(theirs):
                assert tenancy.current() == theirs
        assert tenancy.current() == ours
    assert tenancy.current() is None


def test_a_scope_closes_also_after_an_error(ours: UUID) -> None:
    with pytest.raises(ZeroDivisionError), tenancy.scope(ours):
        1 / 0  # noqa: B018
    with pytest.raises(NoTenantScope):
        Counter.objects.all()


def test_everywhere_wants_a_reason_and_a_scope_an_id(ours: UUID) -> None:
    with pytest.raises(ValueError), tenancy.everywhere(""):
        pass
    for wrong in (None, str(ours), 7):
        with pytest.raises(TypeError), tenancy.scope(wrong):  # type: ignore[arg-type]
            pass


def test_an_empty_queryset_may_be_named_without_a_scope() -> None:
    assert list(Counter.objects.none()) == []


def test_a_queryset_keeps_the_organisation_it_was_made_for(
    rows: tuple[Counter, Counter], ours: UUID, theirs: UUID
) -> None:
    with tenancy.scope(ours):
        made = Counter.objects.all()
    with tenancy.scope(theirs):
        assert list(made) == [rows[0]]


def test_threads_begin_without_a_scope_and_do_not_mix(ours: UUID, theirs: UUID) -> None:
    seen: dict[str, object] = {}
    meet = threading.Barrier(2, timeout=10)

    def look(name: str, organisation_id: UUID) -> None:
        seen[f"{name} before"] = tenancy.current()
        with tenancy.scope(organisation_id):
            meet.wait()
            seen[name] = tenancy.current()
            meet.wait()

    with tenancy.scope(ours):
        threads = [threading.Thread(target=look, args=pair) for pair in (("a", ours), ("b", theirs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert tenancy.current() == ours
    assert seen == {"a before": None, "b before": None, "a": ours, "b": theirs}


def test_asynchronous_tasks_do_not_mix(ours: UUID, theirs: UUID) -> None:
    async def look(organisation_id: UUID) -> UUID | None:
        with tenancy.scope(organisation_id):
            await asyncio.sleep(0)
            return tenancy.current()

    async def both() -> list[UUID | None]:
        return list(await asyncio.gather(look(ours), look(theirs)))

    assert asyncio.run(both()) == [ours, theirs]


@pytest.mark.django_db(transaction=True)
@isolate_apps("rundbord.kernel")
def test_rows_reached_through_another_row_are_in_scope_too(
    tables: Callable[..., None], ours: UUID, theirs: UUID
) -> None:
    class Table(TenantRow):
        class Meta:
            app_label = "kernel"

    class Seat(TenantRow):
        table = models.ForeignKey(Table, models.CASCADE, related_name="seats")

        class Meta:
            app_label = "kernel"

    tables(Table, Seat)
    with tenancy.everywhere("a test sets the table"):
        table = Table.objects.create(organisation_id=ours)
        mine = Seat.objects.create(organisation_id=ours, table=table)
        Seat.objects.create(organisation_id=theirs, table=table)
    with tenancy.scope(ours):
        assert list(table.seats.all()) == [mine]  # type: ignore[attr-defined]
        assert list(Table.objects.prefetch_related("seats").get().seats.all()) == [mine]  # type: ignore[attr-defined]
    with pytest.raises(NoTenantScope):
        table.seats.count()  # type: ignore[attr-defined]
