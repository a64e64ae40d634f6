"""One proposal: changed with the rules checked at once, decided by a human, never over somebody's head."""

import pytest

from rundbord.groups.models import Group
from rundbord.kernel import tenancy
from rundbord.kernel.ids import pid
from rundbord.matching import queries
from rundbord.matching.models import Proposal
from rundbord.signups import actions as signups
from rundbord.signups.models import SignUp
from tests.conftest import NOW
from tests.factories.matching import WEDNESDAY_EVENING, county, people, room, starter
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import account_with, page, signed_in

HX = {"headers": {"HX-Request": "true"}}


def act(client, proposal, verb, follow=True, **said):
    return client.post(to("proposal_act", proposal.id, verb), said, follow=follow)


def told(answer):
    return answer.content.decode()


def now_is(proposal):
    found = queries.proposal(proposal.organisation_id, proposal.id)
    assert found is not None
    return found


def groups(organisation):
    with tenancy.scope(organisation.id):
        return list(Group.objects.all())


def first(proposal):
    return proposal.placed[0].signup


def test_a_yes_forms_the_group_and_sends_the_offers(proposal, organisation, office):
    answer = act(office, proposal, "godkjenn", version=1)
    [group] = groups(organisation)
    assert answer.redirect_chain[-1][0] == to("group", group.id)
    assert "Approved. The offers are on their way." in told(answer)
    shown = page(office, to("proposal", proposal.id))
    assert to("group", group.id) in shown
    assert "Approve" not in shown.replace("Approved", "")


def test_a_second_yes_is_refused_kindly_and_forms_nothing(proposal, organisation, office):
    act(office, proposal, "godkjenn", version=1)
    other = signed_in(account_with(organisation, "manager"))
    shown = told(act(other, proposal, "godkjenn", version=1))
    assert "Something has changed since you opened this proposal." in shown
    assert "This proposal has become a group." in shown
    assert len(groups(organisation)) == 1


def test_a_no_puts_it_aside(proposal, organisation, office):
    assert "Put aside. Everybody in it waits on." in told(act(office, proposal, "legg-bort", version=1))
    assert now_is(proposal).state == "dismissed"
    assert "no longer open" in page(office, to("proposal", proposal.id))
    assert "Was in a proposal that was dismissed." in page(office, to("waiting"))


@pytest.mark.parametrize("version", ["0", "2", "", "-1", "1.5", "x", "9" * 40, "١", "²"])
@pytest.mark.parametrize("verb", ["godkjenn", "legg-bort", "ta-ut", "igangsetter", "rom"])
def test_another_version_than_was_looked_at_decides_nothing(verb, version, proposal, organisation, office):
    about = {"person": pid(first(proposal).id), "starter": "", "room": ""}
    shown = told(act(office, proposal, verb, version=version, **about))
    assert "Something has changed since you opened this proposal." in shown
    assert (now_is(proposal).state, now_is(proposal).version) == ("open", 1)
    assert groups(organisation) == []


def test_somebody_who_has_left_makes_it_stale(proposal, organisation, office, by):
    signups.withdraw(signup=first(proposal), by=by, now=NOW)
    shown = told(act(office, proposal, "godkjenn", version=1))
    assert "Something has changed since you opened this proposal." in shown
    assert groups(organisation) == []


def test_somebody_is_taken_out_and_in_again(proposal, office):
    who = pid(first(proposal).id)
    shown = told(act(office, proposal, "ta-ut", version=1, person=who))
    assert "Taken out. The person waits on." in shown
    assert "7 people." in shown
    assert "Who could come in" in shown
    shown = told(act(office, proposal, "ta-inn", version=2, person=who))
    assert "Taken in." in shown
    assert "8 people." in shown


def test_a_script_gets_the_changing_part_only(proposal, office):
    answer = office.post(
        to("proposal_act", proposal.id, "ta-ut"), {"version": 1, "person": pid(first(proposal).id)}, **HX
    )
    shown = told(answer)
    assert answer.status_code == 200
    assert shown.lstrip().startswith('<div id="proposal"')
    assert "7 people." in shown
    assert "Taken out. The person waits on." in shown
    assert 'value="2"' in shown


def test_a_script_that_says_yes_is_led_away(proposal, organisation, office):
    answer = office.post(to("proposal_act", proposal.id, "godkjenn"), {"version": 1}, **HX)
    assert answer.headers["HX-Redirect"] == to("group", groups(organisation)[0].id)


def test_too_few_cannot_be_approved_and_the_page_says_so(proposal, organisation, office):
    for number, seat in enumerate(proposal.placed[:5], start=1):
        act(office, proposal, "ta-ut", version=number, person=pid(seat.signup_id))
    shown = page(office, to("proposal", proposal.id))
    assert "Not possible as it is" in shown
    assert "Approve and send the offers" not in shown
    shown = told(act(office, proposal, "godkjenn", version=6))
    assert "The group is too small or too large." in shown
    assert groups(organisation) == []


def test_who_does_not_fit_is_not_offered_and_is_refused(proposal, organisation, office):
    [stranger] = people(organisation, 1, slots=[0], first_name="Ødis")
    act(office, proposal, "ta-ut", version=1, person=pid(first(proposal).id))
    assert pid(stranger.id) not in page(office, to("proposal", proposal.id))
    shown = told(act(office, proposal, "ta-inn", version=2, person=pid(stranger.id)))
    assert "Cannot come at this time." in shown
    assert "7 people." in shown


def test_never_a_ninth(proposal, organisation, office):
    [ninth] = people(organisation, 1)
    assert pid(ninth.id) not in page(office, to("proposal", proposal.id))
    shown = told(act(office, proposal, "ta-inn", version=1, person=pid(ninth.id)))
    assert "The group is too small or too large." in shown
    assert "8 people." in shown


@pytest.fixture
def two(organisation, search):
    """Two proposals that could take each other's people: seven and seven."""
    county(organisation, 7, slots=[9, WEDNESDAY_EVENING])
    starter(organisation, slots=[WEDNESDAY_EVENING])
    room(organisation, slots=[WEDNESDAY_EVENING])
    people(organisation, 7, slots=[9, WEDNESDAY_EVENING])
    search(organisation)
    one, other = queries.board(organisation.id).proposals
    return one, other


def test_somebody_moves_to_the_other_proposal(two, office):
    one, other = two
    assert f"Move to {('Wednesday' if other.slot == WEDNESDAY_EVENING else 'Tuesday')} at 18:00" in page(
        office, to("proposal", one.id)
    )
    shown = told(act(office, one, "flytt", version=1, person=pid(first(one).id), to=pid(other.id)))
    assert "Moved to the other proposal." in shown
    assert (len(now_is(one).placed), len(now_is(other).placed)) == (6, 8)


@pytest.mark.parametrize("target", ["", "nonsense", "a" * 26])
def test_a_move_to_nowhere_is_refused(target, two, office):
    one, _other = two
    shown = told(act(office, one, "flytt", version=1, person=pid(first(one).id), to=target))
    assert "Choose where to move the person." in shown
    assert len(now_is(one).placed) == 7


def test_a_move_to_the_neighbour_s_proposal_is_refused(two, twin, office, search):
    one, _other = two
    county(twin, 7)
    search(twin)
    [theirs] = queries.board(twin.id).proposals
    shown = told(act(office, one, "flytt", version=1, person=pid(first(one).id), to=pid(theirs.id)))
    assert "Choose where to move the person." in shown
    assert len(now_is(theirs).placed) == 7


@pytest.mark.parametrize("person", ["", "x" * 10_000, "a" * 26])
@pytest.mark.parametrize("verb", ["ta-ut", "ta-inn", "flytt"])
def test_nobody_at_all_is_refused(verb, person, two, office):
    one, other = two
    answer = act(office, one, verb, version=1, person=person, to=pid(other.id))
    assert 'data-color="danger"' in told(answer)
    assert len(now_is(one).placed) == 7


def test_the_neighbour_s_people_cannot_be_taken_in(proposal, twin, office):
    [theirs] = people(twin, 1)
    act(office, proposal, "ta-ut", version=1, person=pid(first(proposal).id))
    shown = told(act(office, proposal, "ta-inn", version=2, person=pid(theirs.id)))
    assert "Something has changed" in shown
    assert len(now_is(proposal).placed) == 7


def test_another_starter_who_is_free(proposal, organisation, office):
    other, busy = (
        starter(organisation, first_name="Berit"),
        starter(organisation, first_name="Carl", slots=[0]),
    )
    shown = page(office, to("proposal", proposal.id))
    assert pid(other.id) in shown
    assert pid(busy.id) not in shown
    shown = told(act(office, proposal, "igangsetter", version=1, starter=pid(other.id)))
    assert "The starter is changed." in shown
    assert "Started by Berit." in shown
    shown = told(act(office, proposal, "igangsetter", version=2, starter=pid(busy.id)))
    assert "The starter is not free at this time." in shown
    assert now_is(proposal).starter_id == other.id


def test_another_room_that_is_free(proposal, organisation, office):
    other, taken = room(organisation, name="Biblioteket"), room(organisation, slots=[0])
    shown = page(office, to("proposal", proposal.id))
    assert pid(other.id) in shown
    assert pid(taken.id) not in shown
    assert "The room is changed." in told(act(office, proposal, "rom", version=1, room=pid(other.id)))
    assert "The room is not free at this time." in told(
        act(office, proposal, "rom", version=2, room=pid(taken.id))
    )
    assert now_is(proposal).room_id == other.id


def test_the_neighbour_s_room_and_starter_cannot_be_had(proposal, twin, office):
    for verb, name, theirs in (("rom", "room", room(twin)), ("igangsetter", "starter", starter(twin))):
        shown = told(act(office, proposal, verb, version=1, **{name: pid(theirs.id)}))
        assert "Please choose one of the answers in the list." in shown
    assert now_is(proposal).version == 1


def test_digital_where_somebody_does_not_wish_it_is_refused(proposal, office):
    assert "Does not wish to meet in this way." in told(act(office, proposal, "rom", version=1, room=""))
    assert now_is(proposal).room_id is not None


def test_two_coordinators_do_not_undo_one_another_unseen(proposal, organisation, office):
    other = signed_in(account_with(organisation, "coordinator"))
    act(office, proposal, "ta-ut", version=1, person=pid(first(proposal).id))
    shown = told(act(other, proposal, "ta-ut", version=1, person=pid(proposal.placed[1].signup_id)))
    assert "Something has changed since you opened this proposal." in shown
    assert len(now_is(proposal).placed) == 7


def test_a_new_search_overtakes_it_when_it_no_longer_holds(proposal, organisation, office, search):
    with tenancy.scope(organisation.id):
        SignUp.objects.filter(pk=proposal.placed[0].signup_id).update(state="withdrawn")
    search(organisation)
    assert now_is(proposal).state == "stale"
    assert "no longer open" in page(office, to("proposal", proposal.id))
    assert "Something has changed" in told(act(office, proposal, "godkjenn", version=1))
    with tenancy.scope(organisation.id):
        assert Proposal.objects.filter(state="open").count() == 1
