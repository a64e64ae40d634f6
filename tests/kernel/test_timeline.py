from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, TimelineEntry
from rundbord.kernel.tenancy import NoTenantScope, WrongTenant
from rundbord.kernel.timeline import ANONYMOUS, SYSTEM, Actor, codes_only, count, history, record
from tests.kernel.house import House


def counts() -> dict[tuple[date, str, str], int]:
    return {(c.day, c.counter, c.detail): c.value for c in Counter.objects.all()}


def test_a_line_is_written_with_its_actor_and_its_counter(scoped: UUID, now: datetime) -> None:
    wish, staff = uuid4(), uuid4()
    entry = record(
        organisation_id=scoped,
        subject=wish,
        verb="offer.accepted",
        actor=Actor("staff", staff),
        now=now,
        data={"seat": 3, "until": now, "group": wish},
        counter="offers",
        detail="yes",
    )
    found = TimelineEntry.objects.get()
    assert found == entry
    assert (found.actor_kind, found.actor_id, found.at) == ("staff", staff, now)
    assert found.data == {"seat": 3, "until": now.isoformat(), "group": str(wish)}
    assert counts() == {(date(2026, 3, 2), "offers", "yes"): 1}


def test_history_is_the_shown_lines_in_the_order_they_were_written(scoped: UUID, now: datetime) -> None:
    wish, other = uuid4(), uuid4()
    for verb, subject, shown in [
        ("made", wish, True),
        ("looked", wish, False),
        ("made", other, True),
        ("confirmed", wish, True),
        ("waiting", wish, True),
    ]:
        record(organisation_id=scoped, subject=subject, verb=verb, actor=SYSTEM, now=now, shown=shown)
    assert [entry.verb for entry in history(wish)] == ["made", "confirmed", "waiting"]


def test_another_organisations_lines_are_not_seen(scoped: UUID, theirs: UUID, now: datetime) -> None:
    wish = uuid4()
    with tenancy.everywhere("a test sets the twin's table"):
        record(organisation_id=theirs, subject=wish, verb="twin", actor=SYSTEM, now=now, counter="wishes")
    mine = record(
        organisation_id=scoped, subject=wish, verb="mine", actor=ANONYMOUS, now=now, counter="wishes"
    )
    assert list(history(wish)) == [mine]
    assert sum(counts().values()) == 1
    with pytest.raises(WrongTenant):
        record(organisation_id=theirs, subject=wish, verb="x", actor=SYSTEM, now=now)
    with pytest.raises(WrongTenant):
        count(organisation_id=theirs, counter="wishes", now=now, detail="new")


@pytest.mark.django_db
def test_without_a_scope_nothing_is_written(ours: UUID, now: datetime) -> None:
    with pytest.raises(NoTenantScope):
        record(organisation_id=ours, subject=ours, verb="x", actor=SYSTEM, now=now)
    with pytest.raises(NoTenantScope):
        count(organisation_id=ours, counter="x", now=now)


@pytest.mark.parametrize(
    "words",
    ["Kari Nordmann", "kari@example.org", "12 34 56 78", "Storgata 1", "angst, uro", "a\nb", "x" * 65],
)
def test_names_addresses_and_sentences_are_refused_wherever_they_stand(
    scoped: UUID, now: datetime, words: str
) -> None:
    for data in ({"note": words}, {words: 1}, {"a": [{"b": (words,)}]}):
        with pytest.raises(ValueError) as refused:
            record(organisation_id=scoped, subject=scoped, verb="x", actor=SYSTEM, now=now, data=data)
        assert words not in str(refused.value)
    with pytest.raises(ValueError):
        record(organisation_id=scoped, subject=scoped, verb=words, actor=SYSTEM, now=now)
    with pytest.raises(ValueError):
        count(organisation_id=scoped, counter="x", now=now, detail=words)
    assert not TimelineEntry.objects.exists()
    assert not Counter.objects.exists()


codes = st.from_regex(r"\A[A-Za-z0-9_.:+-]{0,64}\Z") | st.integers() | st.booleans() | st.none()
code_trees = st.recursive(
    codes, lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"\A[a-z]{1,9}\Z"), inner)
)


@settings(max_examples=50)
@given(code_trees)
def test_codes_and_numbers_pass_unchanged_and_twice_is_once(told: object) -> None:
    assert codes_only(told) == told
    assert codes_only(codes_only(told)) == codes_only(told)


def test_a_counter_belongs_to_the_local_day(scoped: UUID) -> None:
    for minute in (0, 59):
        count(organisation_id=scoped, counter="wishes", now=datetime(2026, 3, 1, 22, minute, tzinfo=UTC))
    count(organisation_id=scoped, counter="wishes", now=datetime(2026, 3, 1, 23, 0, tzinfo=UTC))
    assert counts() == {(date(2026, 3, 1), "wishes", ""): 2, (date(2026, 3, 2), "wishes", ""): 1}


def test_counters_move_by_any_amount_each_for_itself(scoped: UUID, now: datetime) -> None:
    count(organisation_id=scoped, counter="seats", now=now, by=8)
    count(organisation_id=scoped, counter="seats", now=now, by=-2)
    count(organisation_id=scoped, counter="seats", now=now, detail="digital")
    day = date(2026, 3, 2)
    assert counts() == {(day, "seats", ""): 6, (day, "seats", "digital"): 1}


def test_a_counter_goes_back_with_the_transaction_that_moved_it(scoped: UUID, now: datetime) -> None:
    count(organisation_id=scoped, counter="wishes", now=now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(organisation_id=scoped, subject=scoped, verb="x", actor=SYSTEM, now=now, counter="wishes")
        1 / 0  # noqa: B018
    assert sum(counts().values()) == 1
    assert not TimelineEntry.objects.exists()


def test_counting_costs_one_query_after_the_first(
    scoped: UUID, now: datetime, django_assert_num_queries
) -> None:
    count(organisation_id=scoped, counter="wishes", now=now)
    with django_assert_num_queries(1):
        count(organisation_id=scoped, counter="wishes", now=now + timedelta(minutes=1))


@pytest.mark.parametrize("processes", [6])
def test_no_count_is_lost_when_many_count_at_once(house: House, processes: int) -> None:
    house.together(processes, "count", 40, "race")
    assert house.ask("counted", "race") == [processes * 40]


def test_nor_when_many_begin_the_same_counter_at_once(house: House) -> None:
    house.together(4, "count_fresh", 40)
    assert house.ask("counted_fresh") == [4] * 40
