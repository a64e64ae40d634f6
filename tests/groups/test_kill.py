"""kill -9 at any moment of the offer flow: then every seat has its offer, its line and its letter once."""

import os
import random
import signal
import time
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.models import Count

from rundbord.groups import actions
from rundbord.groups.models import Group, Offer, Participation, Reserve, Seat, StarterRequest
from rundbord.groups.rules import GroupTerms
from rundbord.kernel import outtray, tenancy
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.organisations.models import Organisation
from rundbord.people.models import Starter
from rundbord.signups.models import SignUp
from tests.factories import groups as make
from tests.factories.organisations import OrganisationFactory
from tests.groups.real import quiet, real_database
from tests.groups.test_races import waiting

NOW = make.NOW
KILLS = int(os.environ.get("RUNDBORD_KILLS", "500"))
LONGEST = 1.5  # how long a child works: up to so many times what the longest step takes


@pytest.fixture
def ours(transactional_db: None, tmp_path: Path, settings: object) -> Iterator[Organisation]:
    """An organisation with many people waiting, its post going into a folder."""
    settings.RUNDBORD_MAIL = f"file://{tmp_path / 'outbox'}"  # type: ignore[attr-defined]
    with real_database(tmp_path):
        organisation = OrganisationFactory(name="LINK Strømbrudd")
        with tenancy.scope(organisation.id):
            waiting(organisation, 400)
            make.starter(organisation, concurrent_starts=10_000)
            yield organisation


class Child:
    """Goes about the business of the office, one step after the other, until it is killed."""

    def __init__(self, organisation: Organisation, seed: int) -> None:
        self.organisation = organisation
        self.chance = random.Random(seed)

    def step(self) -> None:
        """Forms a group when few offers are out; else answers one, or delivers what is in the tray."""
        offers = list(Offer.objects.filter(state="open").order_by("id")[:30])
        if not offers or (len(offers) < 12 and self.chance.random() < 0.5):
            self.form()
        elif self.chance.random() < 0.3:
            outtray.deliver_due(now=NOW, limit=2)
        else:
            self.answer(self.chance.choice(offers))

    def form(self) -> None:
        free = list(SignUp.objects.filter(state="waiting").order_by("?")[:6])
        if len(free) == 6:
            actions.form_group(
                organisation=self.organisation,
                terms=GroupTerms(
                    slot=9,
                    focus="mixed",
                    language="no",
                    place_code="3107",
                    digital=True,
                    starter_id=Starter.objects.values_list("id", flat=True).get(),
                ),
                signups=free[:4],
                reserves=free[4:],
                by=make.STAFF,
                now=NOW,
            )

    def answer(self, offer: Offer) -> None:
        try:
            if self.chance.random() < 0.15:
                make.says_yes(offer)
            else:
                actions.decline_offer(offer=offer, reason="place", by=make.STAFF, now=NOW)
        except actions.OfferClosed:
            pass  # answered by somebody who was killed after the commit


def live_until_killed(organisation: Organisation, seed: int, trouble: Path, ready: int) -> None:
    """The child's whole life. Trouble of any kind is written down, for the parent to find."""
    try:
        child = Child(organisation, seed)
        Offer.objects.exists()  # the database is open
        os.write(ready, b"!")
        while True:
            child.step()
    except BaseException:
        trouble.write_text(traceback.format_exc())
    finally:
        os._exit(1)


def kill_one(organisation: Organisation, seed: int, trouble: Path, longest: float) -> None:
    """A child is born warm, begins its work, and is killed a moment later without warning."""
    hears, ready = os.pipe()
    pid = os.fork()
    if pid == 0:
        live_until_killed(organisation, seed, trouble, ready)
    os.close(ready)
    os.read(hears, 1)
    os.close(hears)
    time.sleep(random.Random(seed).uniform(0, longest))
    os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    assert not trouble.exists(), trouble.read_text()
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.long
def test_after_many_kills_nothing_is_lost_and_nothing_is_there_twice(
    ours: Organisation, tmp_path: Path
) -> None:
    warm = Child(ours, seed=0)
    for _ in range(10):
        warm.step()  # everything is imported and compiled before the first child is born
    began = time.perf_counter()
    warm.form()
    longest = LONGEST * (time.perf_counter() - began)
    connections.close_all()
    for seed in range(1, KILLS + 1):
        kill_one(ours, seed, tmp_path / "trouble.txt", longest)
    quiet()

    answered = Offer.objects.exclude(state="open").count()
    assert answered >= KILLS // 10, "the children have hardly done anything"
    every_offer_has_its_letter_and_its_line()
    every_seat_has_its_offer()
    every_answer_is_whole()
    every_letter_arrives_as_it_was_written(tmp_path / "outbox")


def tally(rows: object, subject: str) -> dict:
    """How many rows for each person."""
    return dict(rows.values_list(subject).annotate(Count("id")).order_by())  # type: ignore[attr-defined]


def every_offer_has_its_letter_and_its_line() -> None:
    offers = tally(Offer.objects, "signup_id")
    assert tally(TimelineEntry.objects.filter(verb="offer-sent"), "subject") == offers
    assert tally(OutgoingMessage.objects.filter(kind="groups/offer"), "subject") == offers
    assert Counter.objects.get(counter="offer-sent").value == sum(offers.values())
    groups = Group.objects.count()
    assert StarterRequest.objects.count() == groups
    assert OutgoingMessage.objects.filter(kind="groups/request").count() == groups


def every_seat_has_its_offer() -> None:
    held = set(Seat.objects.values_list("group", "signup"))
    standing = Offer.objects.filter(state__in=["open", "accepted"])
    assert held == set(standing.values_list("group", "signup"))
    assert Group.objects.annotate(held=Count("seats")).filter(held__gt=4).count() == 0
    in_words = set(SignUp.objects.filter(state="offered").values_list("id", flat=True))
    assert in_words == set(standing.filter(state="open").values_list("signup", flat=True))


def every_answer_is_whole() -> None:
    yes = set(Offer.objects.filter(state="accepted").values_list("group", "signup"))
    assert set(Participation.objects.values_list("group", "signup")) == yes
    assert {row.signup_id for row in Participation.objects.all()} == set(
        SignUp.objects.filter(state="placed").values_list("id", flat=True)
    )
    no = tally(Offer.objects.filter(state="declined"), "signup_id")
    assert tally(TimelineEntry.objects.filter(verb="offer-declined"), "subject") == no
    asked = set(Offer.objects.values_list("group", "signup"))
    assert not asked & set(Reserve.objects.values_list("group", "signup"))


def every_letter_arrives_as_it_was_written(outbox: Path) -> None:
    later = NOW + timedelta(hours=2)  # past the wait of attempts that were counted and then killed
    while outtray.deliver_due(now=later, limit=500):
        later += timedelta(seconds=1)
    letters = list(OutgoingMessage.objects.all())
    assert {letter.state for letter in letters} == {"sent"}
    arrived = {file.name: file.read_bytes() for file in outbox.glob("*.eml")}
    written = [letter.message.encode("ascii") for letter in letters]
    assert sorted(arrived.values()) == sorted(written)
    assert len({letter.message_id for letter in letters}) == len(letters)
