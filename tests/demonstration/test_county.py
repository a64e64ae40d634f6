"""The invented county: all there, in every state, and good to look for groups in."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from rundbord.config.demonstration import county, facts
from rundbord.config.demonstration.county import County
from rundbord.engine import problem, rules
from rundbord.engine.solve import solve
from rundbord.groups.models import Group, GroupState, Offer, OfferState, Participation
from rundbord.kernel import tenancy
from rundbord.kernel.models import OutgoingMessage
from rundbord.matching import problem as matching_problem
from rundbord.organisations.models import Organisation
from rundbord.people import queries as people
from rundbord.signups import queries as wishes
from rundbord.signups.models import Course, SignUp, SignUpState
from rundbord.venues import queries as venues

GOOD_ENOUGH = 0.97  # of the engine's own proven bound


@pytest.fixture
def made(db: None, now: datetime) -> County:
    """The county as a fresh `./dev run` makes it."""
    return county.make(now)


def test_the_county(made: County) -> None:
    """One county serves all the questions, since it takes seconds to make."""
    offices_starters_rooms_and_courses(made)
    about_120_wishes_in_many_states(made)
    groups_in_every_state(made)
    no_letter_of_the_past_is_sent(made)
    somebody_is_to_hear_from_the_office_soon(made)
    matching_on_it_is_valid_and_near_the_proven_bound(made)
    nothing_invented_can_reach_anybody(made)


def offices_starters_rooms_and_courses(made: County) -> None:
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert kinds == {"regional_office": 1, "clearinghouse": 1, "contact_point": 3}
    told = {each.name: each for each in Organisation.objects.all()}
    assert all(each.about and each.services and each.email and each.phone_hours for each in told.values())
    shown = {name: people.public_names(each.id) for name, each in told.items()}
    assert sorted(name for names in shown.values() for name in names) == ["Kari", "Solveig"]
    assert len(people.starters(made.link.id)) == 9
    assert len(venues.rooms(made.link.id)) == 12
    with tenancy.scope(made.link.id):
        assert Course.objects.count() == 2
    assert {role.kind for role in people.staff(made.link.id)} == {"manager", "coordinator"}


def about_120_wishes_in_many_states(made: County) -> None:
    with tenancy.scope(made.link.id):
        states = Counter(SignUp.objects.values_list("state", flat=True))
    assert 110 <= sum(states.values()) <= 130
    assert states[SignUpState.WAITING] >= 80
    for state in (SignUpState.OFFERED, SignUpState.PLACED, SignUpState.PAUSED, SignUpState.UNCONFIRMED):
        assert states[state], state


def groups_in_every_state(made: County) -> None:
    with tenancy.scope(made.link.id):
        assert set(Group.objects.values_list("state", flat=True)) == set(GroupState.values)
        assert Group.objects.filter(newcomers="open").exists()
        assert Offer.objects.filter(state=OfferState.OPEN).exists()
        assert Participation.objects.filter(pledged_at__isnull=True).exists()


def no_letter_of_the_past_is_sent(made: County) -> None:
    with tenancy.everywhere("the whole tray"):
        assert not OutgoingMessage.objects.exists()


def somebody_is_to_hear_from_the_office_soon(made: County) -> None:
    [soon] = wishes.promised(made.link.id, made.now.date() + timedelta(days=3))
    assert soon.state == SignUpState.WAITING and soon.answer_by == made.now.date() + timedelta(days=2)


def matching_on_it_is_valid_and_near_the_proven_bound(made: County) -> None:
    instance, _keys = matching_problem.build(made.link.id, made.now)
    read = problem.load(instance)
    result = solve(read, seed=1, seconds=10)
    assert rules.violations(read, result.solution) == []
    assert result.placed >= 30
    assert GOOD_ENOUGH * result.bound <= result.score <= result.bound


def test_the_command_leaves_what_is_there_alone(organisation: Organisation) -> None:
    call_command("demonstration")
    assert Organisation.objects.count() == 1


def nothing_invented_can_reach_anybody(made: County) -> None:
    with tenancy.scope(made.link.id):
        contacts = [signup.contact for signup in SignUp.objects.all()]
    staff = [email for _role, _name, email in facts.STAFF]
    staff += [shown[1] for *_about, shown in facts.POINTS if shown] + [facts.MAIL]
    assert all(contact.endswith("@demo.example") or contact.startswith("+4790000") for contact in contacts)
    assert all(email.endswith("@demo.example") for email in staff)
