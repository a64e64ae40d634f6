"""Many at once for the last seat: never one too many, never one person in two groups (TRUST.md, seats)."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections
from django.db.models import Count, F

from rundbord.groups import actions
from rundbord.groups.models import Group, Offer, Seat
from rundbord.kernel import tenancy
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.kernel.refusals import Refused
from rundbord.organisations.models import Organisation
from rundbord.signups.models import SignUp
from tests.factories import groups as make
from tests.factories.organisations import OrganisationFactory, place
from tests.groups.real import at_once, real_database

NOW = make.NOW
HANDS = 3  # threads that set off together in every race


def number_of_races() -> int:
    """RUNDBORD_RACES, else 2,000 on PostgreSQL and 200 on SQLite, which lets one write at a time anyhow."""
    default = 2_000 if connection.vendor == "postgresql" else 200
    return int(os.environ.get("RUNDBORD_RACES", default))


@pytest.fixture
def ours(transactional_db: None, tmp_path: Path) -> Iterator[Organisation]:
    """An organisation in a database that threads can share."""
    with real_database(tmp_path):
        organisation = OrganisationFactory(name="LINK Kappløpet")
        with tenancy.scope(organisation.id):
            yield organisation


def waiting(organisation: Organisation, number: int, contact_kind: str = "email") -> list[SignUp]:
    """Many who wait, quickly."""
    first = make.signup(organisation, contact_kind=contact_kind)
    same = {name: getattr(first, name) for name in ("state", "contact_kind", "slots", "languages", "focus")}
    rows = [
        SignUp(
            organisation=organisation,
            first_name="Kari",
            contact=f"k{n}@example.org",
            contact_index=b"race" + n.to_bytes(28, "big"),
            place=first.place,
            age_band="31-45",
            consent_version="1",
            created_at=NOW,
            waiting_since=NOW,
            state_since=NOW,
            **same,
        )
        for n in range(number)
    ]
    return SignUp.objects.bulk_create(rows)


def small_groups(organisation: Organisation, number: int, seats: int) -> list[Group]:
    """Many groups being formed with so many seats left, quickly."""
    rows = [
        Group(
            organisation=organisation,
            focus="mixed",
            language="no",
            digital=True,
            place=place(),
            slot=make.TUESDAY_EVENING,
            floor=1,
            enough=8,
            ceiling=seats,
            self_start=True,
            created_at=NOW,
            state_since=NOW,
        )
        for _ in range(number)
    ]
    return Group.objects.bulk_create(rows)


def without_waiting_for_the_disk() -> None:
    """Races are about locks. A commit that PostgreSQL may still lose in a power cut locks the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")


def run_races(races: list[list[Callable[[], Any]]]) -> list[list[Any]]:
    """Every race in turn, its works set off together by threads that keep their connections."""
    start, results = Barrier(HANDS), [[None] * HANDS for _ in races]
    finished: SimpleQueue[int] = SimpleQueue()

    def hand(place_: int) -> None:
        without_waiting_for_the_disk()
        for number, works in enumerate(races):
            start.wait()
            try:
                results[number][place_] = works[place_]()
            except Exception as error:  # the test looks at what it was
                results[number][place_] = error
        connections.close_all()
        finished.put(place_)

    threads = [Thread(target=hand, args=(n,)) for n in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert finished.qsize() == HANDS
    return results


def offer(group: Group, signup: SignUp, organisation: Organisation) -> Offer:
    with tenancy.scope(organisation.id):
        return actions.offer_seat(group=group, signup=signup, by=make.STAFF, now=NOW)


@pytest.mark.long
def test_the_last_seat_is_taken_once_in_every_race(ours: Organisation) -> None:
    """Nine of ten races are for one seat, between people without letters, which goes quicker."""
    ones, twos = number_of_races() * 9 // 10, number_of_races() // 10
    groups = small_groups(ours, ones, seats=1) + small_groups(ours, twos, seats=2)
    people = waiting(ours, HANDS * ones, "ring_me") + waiting(ours, HANDS * twos)
    entries = [
        [partial(offer, group, people[HANDS * n + hand], ours) for hand in range(HANDS)]
        for n, group in enumerate(groups)
    ]
    for number, results in enumerate(run_races(entries)):
        won = [each for each in results if isinstance(each, Offer)]
        lost = [each for each in results if not isinstance(each, Offer)]
        assert len(won) == groups[number].ceiling
        assert all(type(each) is actions.GroupIsFull for each in lost), lost
    sent = ones + 2 * twos
    overfull = Group.objects.annotate(held=Count("seats")).exclude(held=F("ceiling"))
    assert not overfull.exists()
    assert Seat.objects.count() == Offer.objects.count() == sent
    assert TimelineEntry.objects.filter(verb="offer-sent").count() == sent
    assert OutgoingMessage.objects.filter(kind="groups/offer").count() == 2 * twos
    assert Counter.objects.get(counter="offer-sent").value == sent
    assert SignUp.objects.filter(state="offered").count() == sent


def test_one_person_gets_one_seat_however_many_groups_want_her(ours: Organisation) -> None:
    races = max(number_of_races() // 10, 20)
    groups = small_groups(ours, HANDS * races, seats=8)
    people = waiting(ours, races)
    entries = [
        [partial(offer, groups[HANDS * n + hand], person, ours) for hand in range(HANDS)]
        for n, person in enumerate(people)
    ]
    for results in run_races(entries):
        assert sum(isinstance(each, Offer) for each in results) == 1
        assert sum(type(each) is actions.NotWaiting for each in results) == HANDS - 1, results
    assert Seat.objects.count() == Offer.objects.count() == races


def test_two_coordinators_forming_groups_of_the_same_people(ours: Organisation) -> None:
    for _ in range(max(number_of_races() // 100, 3)):
        shared, mine, theirs = waiting(ours, 1), waiting(ours, 5), waiting(ours, 5)
        terms = make.terms(ours, digital=True, starter_id=None)

        def form(people: list[SignUp], terms: Any = terms) -> Group:
            return actions.form_group(
                organisation=ours, terms=terms, signups=people, reserves=[], by=make.STAFF, now=NOW
            )

        results = at_once(partial(form, mine + shared), partial(form, shared + theirs))
        assert sorted(type(each).__name__ for each in results) == ["Group", "NotWaiting"]
    assert set(Seat.objects.values_list("group").annotate(n=Count("id")).values_list("n", flat=True)) == {6}


def test_answers_at_once_keep_seats_offers_and_people_in_step(ours: Organisation) -> None:
    """Yes, no and the clock meet on the same offers, and reserves move up meanwhile."""
    for _ in range(max(number_of_races() // 100, 3)):
        group = make.formed(ours, people=8, reserves=4, digital=True, starter_id=None)
        one, two, three = make.offers(group)[:3]
        results = at_once(
            partial(make.says_yes, one),
            partial(actions.decline_offer, offer=one, reason="time", by=make.STAFF, now=NOW),
            partial(actions.decline_offer, offer=two, reason="place", by=make.STAFF, now=NOW),
            partial(make.says_yes, three),
            partial(actions.withdraw_offer, offer=three, by=make.STAFF, now=NOW),
        )
        errors = [each for each in results if isinstance(each, Exception)]
        assert all(isinstance(each, Refused) for each in errors), errors
        states = dict(Offer.objects.filter(group=group).values_list("signup", "state"))
        held = set(Seat.objects.filter(group=group).values_list("signup", flat=True))
        assert held == {person for person, state in states.items() if state in ("open", "accepted")}
        assert len(held) <= 8
        yes = {person for person, state in states.items() if state == "accepted"}
        assert {each.signup_id for each in make.people(group)} == yes


def test_the_database_itself_refuses_a_ninth_and_a_second_seat(ours: Organisation) -> None:
    """Belt and braces: what no verb does, no row can say either."""
    [group] = small_groups(ours, 1, seats=8)
    people = waiting(ours, 3)

    def sit(number: int, who: SignUp, ceiling: int = 8) -> None:
        Seat.objects.create(
            organisation=ours, group=group, number=number, ceiling=ceiling, signup=who, held_since=NOW
        )

    sit(1, people[0])
    for wrong in ((1, people[1]), (2, people[0]), (9, people[1]), (0, people[1]), (9, people[1], 9)):
        with pytest.raises(IntegrityError):
            sit(*wrong)
