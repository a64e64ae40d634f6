"""A person gets what is kept about her, and can have it gone: out of the rows and out of the file."""

import json

import pytest
from django.db import connection

from rundbord.groups.models import Offer, Participation, Seat
from rundbord.kernel import outtray, tenancy, timeline
from rundbord.kernel.ids import new_id
from rundbord.kernel.models import Counter, OutgoingMessage, TimelineEntry
from rundbord.kernel.timeline import Actor
from rundbord.matching import actions as matching
from rundbord.matching import queries as proposals
from rundbord.matching.models import LeftOut, ProposalSeat
from rundbord.people import actions as people_actions
from rundbord.people.models import PrivateLink
from rundbord.people.rules import SubjectKind
from rundbord.privacy import actions, queries
from rundbord.privacy.queries import Look
from rundbord.signups.models import SignUp
from tests.factories.matching import county, people

pytestmark = pytest.mark.django_db
STAFF = Actor("staff", new_id())


def matched(organisation, now, number=8, **facts):
    """A county whose people have been proposed for a group."""
    everybody = county(organisation, number, **facts)
    queued = matching.start_run(organisation=organisation, by=STAFF, now=now)
    matching.run_now(run_id=queued.id, organisation_id=organisation.id, now=now)
    return everybody


def offered(organisation, now):
    """… and whose group has been formed."""
    everybody = matched(organisation, now)
    [proposal] = proposals.board(organisation.id).proposals
    made = matching.approve(proposal=proposal, version=1, by=STAFF, now=now)
    with tenancy.scope(organisation.id):
        [person] = [row for row in SignUp.objects.all() if row.id == everybody[0].id]
        return person, made


def erase(person, now, by=STAFF):
    actions.erase_person(signup=person, by=by, now=now)


def test_the_export_holds_what_she_said(organisation, now):
    [person] = people(organisation, 1, first_name="Kanari", note="min historie", focus=["grief"], gender="f")
    wish = queries.export_person(person)["signups"]["wish"][0]
    assert (wish["first_name"], wish["contact"], wish["note"]) == ("Kanari", person.contact, "min historie")
    assert (wish["focus"], wish["gender"], wish["slots"], wish["place"]) == (
        ["grief"],
        "f",
        person.slots,
        "3107",
    )


def test_the_export_is_json(organisation, now):
    person, _made = offered(organisation, now)
    assert json.loads(json.dumps(queries.export_person(person)))["signups"]["wish"]


def test_the_export_holds_nothing_of_others(organisation, twin, now):
    person, _made = offered(organisation, now)
    county(twin, 3)
    text = json.dumps(queries.export_person(person))
    with tenancy.everywhere("the test looks at everybody"):
        others = [row for row in SignUp.objects.all() if row.id != person.id]
        for other in others:
            assert other.first_name not in text.split('"') and other.contact not in text
            assert str(other.id) not in text and other.id.hex not in text


def test_the_export_tells_proposals_and_what_stands_in_the_way(organisation, now):
    everybody = matched(organisation, now, 5)
    told = queries.export_person(everybody[0])["matching"]
    assert told["proposals"] == [] and told["left_out"][0]["reason"] == "too_few_people"


def test_the_export_tells_how_a_proposal_fits_her_and_not_who_else_is_in_it(organisation, now):
    everybody = matched(organisation, now)
    [seat] = queries.export_person(everybody[0])["matching"]["proposals"]
    assert seat["fit"]["frame_rank"] == 0 and "if_left" not in seat["fit"]
    assert set(seat) == {"slot", "language", "state", "as_reserve", "created_at", "fit"}


def test_the_export_tells_her_story_and_her_letters(organisation, now):
    person, _made = offered(organisation, now)
    told = queries.export_person(person)
    assert "offer-sent" in [line["what"] for line in told["story"]]
    [letter] = told["letters"]
    assert letter["to"] == person.contact and letter["message"]


def test_an_export_from_another_organisations_scope_is_refused(organisation, twin, now):
    [person] = people(organisation, 1)
    with tenancy.scope(twin.id), pytest.raises(tenancy.WrongTenant):
        queries.export_person(person)


def test_who_looked(organisation, now):
    [person, other] = people(organisation, 2)
    with tenancy.scope(organisation.id):
        for subject in (person, other):
            timeline.record(
                organisation_id=organisation.id, subject=subject.id, verb="person-opened",
                actor=STAFF, now=now, data={"reason": "ring"},
            )  # fmt: skip
    assert queries.who_looked(person) == [Look(now, STAFF.id, "ring")]


def test_erased_is_gone_from_every_room(organisation, now):
    person, _made = offered(organisation, now)
    with tenancy.scope(organisation.id):
        people_actions.issue_link(
            kind=SubjectKind.SIGN_UP, subject=person.id, organisation_id=organisation.id, now=now
        )
    erase(person, now)
    with tenancy.scope(organisation.id):
        assert not SignUp.objects.filter(pk=person.id).exists()
        for model in (Seat, Offer, Participation, ProposalSeat, LeftOut):
            assert not model.objects.filter(signup=person.id).exists()
        for model in (PrivateLink, TimelineEntry, OutgoingMessage):
            assert not model.objects.filter(subject=person.id).exists()


def test_the_others_stay(organisation, now):
    person, made = offered(organisation, now)
    erase(person, now)
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == Seat.objects.filter(group=made).count() == 7


def test_letters_that_went_out_are_emptied(organisation, now):
    person, _made = offered(organisation, now)
    with tenancy.scope(organisation.id):
        OutgoingMessage.objects.filter(subject=person.id).update(state="sent", ended_at=now)
        before = OutgoingMessage.objects.count()
    erase(person, now)
    with tenancy.scope(organisation.id):
        assert OutgoingMessage.objects.count() == before
        assert (
            OutgoingMessage.objects.filter(message__isnull=True, to__isnull=True, state="sent").count() == 1
        )


def test_unsent_letters_never_go_out(organisation, now):
    person, _made = offered(organisation, now)
    erase(person, now)
    with tenancy.scope(organisation.id):
        assert OutgoingMessage.objects.filter(message__isnull=True, state="withdrawn").count() == 1
        assert outtray.dead_letters().count() == 0


def test_the_story_says_that_somebody_was_erased_not_who(organisation, now):
    person, _made = offered(organisation, now)
    erase(person, now, by=Actor("person", person.id))
    with tenancy.scope(organisation.id):
        entry = TimelineEntry.objects.get(verb="erasure-done")
        assert (entry.subject, entry.actor_kind, entry.actor_id) == (organisation.id, "person", None)
        assert not TimelineEntry.objects.filter(actor_id=person.id).exists()
        assert str(person.id) not in json.dumps(list(TimelineEntry.objects.values()), default=str)


def test_counters_stay(organisation, now):
    person, _made = offered(organisation, now)
    with tenancy.scope(organisation.id):
        before = dict(Counter.objects.values_list("counter", "value"))
        erase(person, now)
        after = dict(Counter.objects.values_list("counter", "value"))
    assert before.items() <= after.items() and after["erasure-done"] == 1


def test_erased_twice_is_erased(organisation, now):
    person, _made = offered(organisation, now)
    erase(person, now)
    erase(person, now)
    with tenancy.scope(organisation.id):
        assert SignUp.objects.count() == 7


def test_nobody_is_erased_from_another_organisations_scope(organisation, twin, now):
    [person] = people(organisation, 1)
    with tenancy.scope(twin.id), pytest.raises(tenancy.WrongTenant):
        erase(person, now)
    with tenancy.scope(organisation.id):
        assert SignUp.objects.filter(pk=person.pk).exists()


def test_an_erasure_that_fails_halfway_has_not_begun(organisation, now, monkeypatch):
    person, _made = offered(organisation, now)
    monkeypatch.setattr(timeline, "record", lambda **_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        erase(person, now)
    monkeypatch.undo()
    with tenancy.scope(organisation.id):
        assert SignUp.objects.filter(pk=person.pk).exists() and Seat.objects.filter(signup=person).exists()


def raw_bytes() -> bytes:
    """Everything in the database: on SQLite its very pages, free ones too; elsewhere every row as text."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return connection.connection.serialize()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        texts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts).encode()


def traces(person) -> list[bytes]:
    """What would give her away in the bytes: her id as it is written, and what is sealed."""
    with tenancy.scope(person.organisation_id):
        sealed = SignUp.objects.filter(pk=person.pk).values_list("contact", "first_name")[0]
        letters = OutgoingMessage.objects.filter(subject=person.id).values_list("message", flat=True)
        seals = [value.data for value in [*sealed, *letters]]
    ids = [person.id.hex.encode(), str(person.id).encode()]
    return [*ids, *seals, *(seal.hex().encode() for seal in seals)]


def test_nothing_of_an_erased_person_is_left_in_the_bytes(organisation, now):
    [*_, person] = people(
        organisation, 1, first_name="Kanarifugl", contact="kanari@example.org", note="kanari"
    )
    other, _made = offered(organisation, now)
    wanted = [*traces(person), *traces(other)]
    before = raw_bytes()
    assert sum(trace in before for trace in wanted) >= 6  # they can be found while they are there
    erase(person, now)
    erase(other, now)
    after = raw_bytes()
    assert [trace for trace in wanted if trace in after] == []
    assert b"anari" not in before and b"anari" not in after
