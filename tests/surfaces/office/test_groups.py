"""Groups: all that is needed until hand-over, and afterwards only what the group tells."""

import re

import pytest

from rundbord.groups import actions
from rundbord.groups.models import Group, Meeting, Offer
from rundbord.kernel import tenancy
from rundbord.kernel.ids import pid
from rundbord.kernel.timeline import Actor
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.office.addresses import to
from tests.surfaces.office.conftest import page

LONG = "x" * 10_000


def act(client, group, verb, **said):
    answer = client.post(to("group_act", group.id, verb), said, follow=True)
    assert answer.status_code == 200, (verb, answer.status_code)
    return answer.content.decode()


def offer_of(group):
    with tenancy.scope(group.organisation_id):
        return Offer.objects.filter(group=group).order_by("sent_at", "id").first()


def state(row):
    with tenancy.scope(row.organisation_id):
        return type(row).objects.get(pk=row.pk).state


@pytest.fixture
def started(organisation):
    return grouping.started(organisation)


def test_the_list_has_ours_and_not_the_neighbour_s(organisation, twin, forming, started, office):
    theirs = grouping.formed(twin)
    shown = page(office, to("groups"))
    assert to("group", forming.id) in shown
    assert to("group", started.id) in shown
    assert to("group", theirs.id) not in shown
    assert "0 yes, 6 not answered" in shown
    assert "6 yes, 0 not answered" in shown


def test_those_that_have_ended_are_shown_when_asked_for(organisation, forming, office):
    actions.give_up_group(group=forming, by=grouping.STAFF, now=NOW)
    assert "There are no groups yet." in page(office, to("groups"))
    assert to("group", forming.id) in page(office, to("groups"), avsluttet="1")


def test_the_page_says_who_has_answered_what_by_initials(forming, office):
    grouping.says_yes(grouping.offers(forming)[0])
    shown = page(office, to("group", forming.id))
    assert shown.count(">Waiting for an answer<") == 5
    assert shown.count("Open until") == 5
    assert "Kari" not in shown
    assert "A starter was asked." in shown


def marks(shown):
    return re.findall(r'/venter/[a-z0-9]+/">([^<]*)</a>', shown)


def test_people_with_the_same_letter_are_told_apart_and_keep_their_mark(forming, office):
    before = marks(page(office, to("group", forming.id)))
    assert len(set(before)) == 6
    assert {mark.split()[0] for mark in before} == {before[0].split()[0]}
    act(office, forming, "trekk-tilbud", which=pid(offer_of(forming).id))
    assert marks(page(office, to("group", forming.id))) == before


def test_before_hand_over_nothing_is_told_of_new_people(forming, started, office):
    for group in (forming, started):
        assert "New people" not in page(office, to("group", group.id))


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ("open", "Takes new people"),
        ("waiting_list", "Has a waiting list"),
        ("closed", "Takes nobody new now"),
    ],
)
def test_a_group_that_leads_itself_tells_whether_it_takes_new_people(decided, words, organisation, office):
    group = grouping.self_led(organisation)
    places = 1 if decided == "open" else 0
    member = Actor("person", grouping.people(group)[0].signup_id)
    actions.set_newcomers(group=group, newcomers=decided, places=places, by=member, now=NOW)
    for url in (to("group", group.id), to("groups")):
        assert words in page(office, url)


def test_after_hand_over_nobody_and_no_meeting_is_told(organisation, office):
    group = grouping.self_led(organisation)
    people = grouping.people(group)
    shown = page(office, to("group", group.id)) + page(office, to("groups"))
    assert "This group leads itself." in shown
    assert [p for p in people if pid(p.signup_id) in shown] == []
    for words in ("Who has answered what", "Meetings</h2>", "A meeting was held.", "Take the offer back"):
        assert words not in shown
    assert "The group leads itself from now on." in shown


def test_what_is_done_after_hand_over_is_refused(organisation, office):
    group = grouping.self_led(organisation)
    for verb in ("start", "selv", "gi-opp"):
        assert 'data-color="danger"' in act(office, group, verb)
    assert state(group) == "self_led"


def test_an_ended_group_tells_why(organisation, office):
    group = grouping.self_led(organisation)
    actions.end_group(group=group, reason="too_few", by=Actor("person", group.id), now=NOW)
    assert "Reason: We became too few" in page(office, to("group", group.id))


def test_an_offer_is_taken_back(forming, office):
    offer = offer_of(forming)
    assert "The offer is taken back." in act(office, forming, "trekk-tilbud", which=pid(offer.id))
    assert state(offer) == "withdrawn"
    assert 'data-color="danger"' in act(office, forming, "trekk-tilbud", which=pid(offer.id))


@pytest.mark.parametrize("verb", ["trekk-tilbud", "ja", "nei", "trekk-sporsmal", "flytt", "avlys", "holdt"])
@pytest.mark.parametrize("which", ["", "nonsense", "a" * 26, LONG])
def test_a_row_that_does_not_exist_is_not_found(verb, which, forming, office):
    assert office.post(to("group_act", forming.id, verb), {"which": which}).status_code == 404


def test_rows_of_other_groups_and_of_the_neighbour_are_not_found(organisation, twin, forming, office):
    for other in (grouping.formed(organisation), grouping.formed(twin)):
        which = {"which": pid(offer_of(other).id)}
        assert office.post(to("group_act", forming.id, "trekk-tilbud"), which).status_code == 404
        assert state(offer_of(other)) == "open"


@pytest.fixture
def by_voice(organisation):
    ring = grouping.signup(organisation, contact_kind="ring_me", contact="+4790000001")
    return actions.form_group(
        organisation=organisation, terms=grouping.terms(organisation),
        signups=[ring, *grouping.signups(organisation, 5)], reserves=[], by=grouping.STAFF, now=NOW,
    )  # fmt: skip


def ringing(group):
    with tenancy.scope(group.organisation_id):
        return Offer.objects.get(group=group, signup__contact_kind="ring_me")


def test_who_can_only_be_rung_is_marked_and_answered_for(by_voice, office):
    shown = page(office, to("group", by_voice.id))
    assert shown.count("Can only be rung.") == 1
    offer = ringing(by_voice)
    assert "The yes is noted." in act(office, by_voice, "ja", which=pid(offer.id))
    assert state(offer) == "accepted"


def test_a_no_on_the_phone_asks_for_the_reason_in_place(by_voice, office):
    offer = ringing(by_voice)
    shown = act(office, by_voice, "nei", which=pid(offer.id), reason=LONG)
    assert "Please choose one of the answers in the list." in shown
    assert 'class="ds-details" open' in shown
    assert "The no is noted." in act(office, by_voice, "nei", which=pid(offer.id), reason="not_now")
    assert state(offer) == "declined"


def test_ids_on_the_page_are_there_once(by_voice, started, office):
    for group in (by_voice, started):
        shown = page(office, to("group", group.id))
        ids = [part.split('"')[0] for part in shown.split(' id="')[1:]]
        assert sorted(ids) == sorted(set(ids))


def test_another_starter_is_asked(organisation, twin, forming, office):
    free = grouping.starter(organisation, first_name="Berit")
    theirs = grouping.starter(twin, first_name="Xenia")
    shown = page(office, to("group", forming.id))
    assert "Berit, free then" in shown
    assert "Xenia" not in shown
    assert "Berit is asked." in act(office, forming, "spor", starter=pid(free.id))
    for wrong in ("", "nonsense", pid(theirs.id), LONG):
        assert "Please choose one" in act(office, forming, "spor", starter=wrong)


def test_a_question_is_taken_back_and_the_group_starts_by_itself(forming, office):
    with tenancy.scope(forming.organisation_id):
        request = forming.requests.get()
    assert "The question is taken back." in act(office, forming, "trekk-sporsmal", which=pid(request.id))
    assert "The group will start by itself." in act(office, forming, "selv")
    assert "Starts by itself" in page(office, to("group", forming.id))


def test_a_group_starts_with_those_who_said_yes_but_never_with_too_few(forming, office):
    grouping.starter_answers(forming)
    assert 'data-color="danger"' in act(office, forming, "start")
    for offer in grouping.offers(forming)[:4]:
        grouping.says_yes(offer)
    assert "The group starts." in act(office, forming, "start")
    assert state(forming) == "starting"


def test_a_group_is_given_up(forming, office):
    assert "The group is given up." in act(office, forming, "gi-opp")
    assert state(forming) == "ended"


def test_the_meetings_are_planned_anew(started, office):
    assert "The meetings are planned." in act(office, started, "planlegg", first_on="2026-04-14")
    assert grouping.meetings(started)[0].starts_at.date().isoformat() == "2026-04-14"


@pytest.mark.parametrize("day", ["", "2026-03-01", "9999-12-31", "0001-01-01", "soon", LONG, "2026-02-30"])
def test_a_day_that_cannot_be_plans_nothing(day, started, office):
    before = [meeting.starts_at for meeting in grouping.meetings(started)]
    shown = act(office, started, "planlegg", first_on=day)
    assert "rb-field-wrong" in shown
    assert [meeting.starts_at for meeting in grouping.meetings(started)] == before


def test_a_meeting_is_moved(started, office):
    [first, *_rest] = grouping.meetings(started)
    said = {"which": pid(first.id), "day": "2026-03-20", "time": "17.30"}
    assert "The meeting is moved." in act(office, started, "flytt", **said)
    moved = grouping.meetings(started)[0]
    assert moved.starts_at.isoformat() == "2026-03-20T16:30:00+00:00"


def test_a_meeting_is_moved_across_the_change_of_clocks(started, office):
    """Half past five on the wall, in summer time too."""
    [first, *_rest] = grouping.meetings(started)
    act(office, started, "flytt", which=pid(first.id), day="2026-04-01", time="17:30")
    with tenancy.scope(started.organisation_id):
        assert Meeting.objects.get(pk=first.pk).starts_at.isoformat() == "2026-04-01T15:30:00+00:00"


@pytest.mark.parametrize(
    "said",
    [
        {"day": "", "time": ""},
        {"day": "2026-03-20", "time": "25:00"},
        {"day": "9999-12-31", "time": "23:59"},
        {"day": "0001-01-01", "time": "00:00"},
        {"day": "2026-03-02", "time": "08:00"},
        {"day": LONG, "time": LONG},
    ],
)
def test_a_move_to_an_odd_time_is_refused(said, started, office):
    [first, *_rest] = grouping.meetings(started)
    shown = act(office, started, "flytt", which=pid(first.id), **said)
    assert "rb-field-wrong" in shown or 'data-color="danger"' in shown
    assert grouping.meetings(started)[0].starts_at == first.starts_at


def test_a_meeting_is_called_off(started, office):
    [first, *_rest] = grouping.meetings(started)
    assert "The meeting is called off." in act(office, started, "avlys", which=pid(first.id))
    assert state(first) == "cancelled"


def test_a_meeting_is_not_settled_before_it_has_begun(started, office):
    [first, *_rest] = grouping.meetings(started)
    for verb in ("holdt", "ikke-holdt"):
        assert "This meeting has not begun yet." in act(office, started, verb, which=pid(first.id))


def test_hand_over_when_the_startup_is_over_and_not_before(started, office):
    assert 'data-color="danger"' in act(office, started, "overlever")
    with tenancy.scope(started.organisation_id):
        Meeting.objects.filter(group=started).update(starts_at=NOW, ends_at=NOW, state="held")
    assert "Hand over: the group leads itself" in page(office, to("group", started.id))
    act(office, started, "overlever")
    assert state(started) == "self_led"


def test_the_neighbour_can_do_nothing(forming, neighbour):
    for verb in ("gi-opp", "selv", "start", "spor", "planlegg"):
        assert neighbour.post(to("group_act", forming.id, verb)).status_code == 404
    with tenancy.scope(forming.organisation_id):
        assert Group.objects.get().state == "forming"


def test_the_link_of_a_digital_group_is_the_office_s_only_until_hand_over(organisation, office):
    link, group = "https://meet.example.org/rom/7f3a", grouping.started(organisation, digital=True)
    for wrong in ("", "meet.example.org", LONG):
        act(office, group, "lenke", link=wrong)
        assert grouping.fresh(group).meeting_link is None
    assert "The link is saved." in act(office, group, "lenke", link=link)
    assert grouping.fresh(group).meeting_link == link
    assert "Save the link" in page(office, to("group", group.id))
    assert "Save the link" not in page(office, to("group", grouping.started(organisation).id))
    late = grouping.self_led(organisation, digital=True)
    act(office, late, "lenke", link=link)
    assert grouping.fresh(late).meeting_link is None
