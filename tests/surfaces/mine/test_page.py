"""One's own page in every state; change, pause, leave, take along, erase; who looked."""

import json
from datetime import timedelta

import pytest

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import Actor
from rundbord.signups import actions
from rundbord.signups.rules import SignUpState
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.people import StaffAccountFactory
from tests.surfaces.mine.people import at, browser, does, fresh, inside, page, wish, words
from tests.surfaces.public.wishing import Fields


@pytest.fixture
def me(organisation):
    """Somebody who waits."""
    return wish(
        organisation, first_name="Kari", contact="kari@example.org", note="CANARY note", focus=["grief"]
    )


def form(client, route, *args):
    """name -> values of the form on a page."""
    found = {}
    for name, value in Fields(client.get(at(route, *args)).content.decode()).sent:
        found.setdefault(name, []).append(value)
    return found


class TestStates:
    @pytest.mark.parametrize("state", SignUpState.values)
    def test_the_page_answers_in_every_state(self, organisation, state):
        said = page(inside(wish(organisation, state=state)), "mine:page")
        assert "Hello" in said and "Where you are" in said and "Sign out" in said

    @pytest.mark.parametrize("state", ["talk", "waiting"])
    def test_who_waits_may_change_pause_and_leave(self, organisation, state):
        text = inside(wish(organisation, state=state)).get(at("mine:page")).content.decode()
        for route in ("mine:change", "mine:pause", "mine:withdraw"):
            assert f'href="{at(route)}"' in text

    @pytest.mark.parametrize("state", ["withdrawn", "sent_on", "lapsed", "finished"])
    def test_what_is_over_says_so_and_leads_to_a_new_wish(self, organisation, state):
        client = inside(wish(organisation, state=state))
        text = client.get(at("mine:page")).content.decode()
        assert "This wish is over." in text and f'href="{at("public:wish")}"' in text
        assert f'href="{at("mine:change")}"' not in text

    def test_the_weeks_one_has_waited_are_told(self, me):
        assert "You have waited for 4 weeks." in page(inside(me), "mine:page")

    def test_who_is_asked_can_answer_with_one_tap(self, organisation):
        mine = wish(organisation)
        with tenancy.scope(organisation.id):
            type(mine).objects.filter(pk=mine.pk).update(asked_at=NOW)
        client = inside(mine)
        assert "Are you still waiting?" in page(client, "mine:page")
        assert "Thank you. You are on the list." in does(client, "mine:still_waiting")
        assert "Are you still waiting?" not in page(client, "mine:page")

    def test_the_offices_phone_stands_in_the_help_block(self, me, organisation):
        assert organisation.phone in page(inside(me), "mine:page")

    def test_nothing_of_anybody_else(self, me, organisation, twin):
        wish(organisation, first_name="CANARYours")
        wish(twin, first_name="CANARYtheirs")
        client = inside(me)
        for route in ("mine:page", "mine:data", "mine:change", "mine:pause", "mine:withdraw", "mine:erase"):
            assert "CANARYours" not in page(client, route) and "CANARYtheirs" not in page(client, route)


class TestChange:
    def test_what_was_wished_stands_there(self, me):
        said = form(inside(me), "mine:change")
        assert said["first_name"] == ["Kari"] and said["slots"] == ["4", "9"] and said["focus"] == ["grief"]
        assert said["contact"] == ["kari@example.org"] and said["note"] == ["CANARY note"]

    def test_saving_what_stands_there_changes_nothing(self, me):
        client = inside(me)
        assert "Your wish is changed." in does(client, "mine:change", **form(client, "mine:change"))
        after = fresh(me)
        for name in ("first_name", "contact", "slots", "focus", "languages", "age_band", "max_km", "note"):
            assert getattr(after, name) == getattr(me, name), name
        assert after.place_id == me.place_id

    def test_another_time_and_place(self, me):
        client = inside(me)
        does(client, "mine:change", **(form(client, "mine:change") | {"slots": ["14"], "place": "Halden"}))
        assert fresh(me).slots == [14] and fresh(me).place.name == "Halden"

    @pytest.mark.parametrize(
        "wrong, sentence",
        [
            ({"place": "Våler"}, "Which place do you mean?"),
            ({"slots": []}, "Please choose at least one time."),
            ({"contact": "x"}, "e-mail address"),
            ({"young_only": "on"}, "Only people up to 30"),
            ({"note": "n" * 10_000}, "at most 1000 characters"),
        ],
    )
    def test_a_wrong_answer_keeps_everything(self, me, wrong, sentence):
        client = inside(me)
        answer = client.post(at("mine:change"), form(client, "mine:change") | {"first_name": "Eva"} | wrong)
        assert answer.status_code == 200 and sentence in words(answer)
        kept = dict(Fields(answer.content.decode()).sent)
        assert kept["first_name"] == "Eva"
        assert fresh(me).first_name == "Kari"

    def test_only_what_is_wrong_stands_open(self, me):
        client, folded = inside(me), '<details class="ds-details" open>'
        assert folded not in client.get(at("mine:change")).content.decode()
        text = client.post(at("mine:change"), form(client, "mine:change") | {"contact": "x"}).content.decode()
        assert text.count(folded) == 1
        assert 'id="id_contact_error"' in text.split(folded)[1].split("</details>")[0]

    def test_who_has_left_changes_nothing(self, organisation):
        mine = wish(organisation, state="withdrawn")
        data = {
            "place": "3107",
            "slots": ["4"],
            "first_name": "X",
            "contact": "x@example.org",
            "age_band": "46-60",
        }
        answer = inside(mine).post(at("mine:change"), data)
        assert answer.status_code == 200 and fresh(mine).first_name == mine.first_name


class TestPause:
    def test_until_a_day_and_back_at_once(self, me):
        client = inside(me)
        until = (NOW + timedelta(days=30)).date()
        assert "Your wish is paused" in does(client, "mine:pause", until=until.isoformat())
        assert (fresh(me).state, fresh(me).paused_until) == ("paused", until)
        assert "Thank you. You are on the list." in does(client, "mine:resume")
        assert fresh(me).state == "waiting"

    def test_without_a_day(self, me):
        does(inside(me), "mine:pause", until="")
        assert (fresh(me).state, fresh(me).paused_until) == ("paused", None)

    @pytest.mark.parametrize(
        "until", ["yesterday", "2020-01-01", "0001-01-01", "9999-12-31", "31.2.2026", "\x00"]
    )
    def test_a_day_that_cannot_be(self, me, until):
        answer = inside(me).post(at("mine:pause"), {"until": until})
        assert answer.status_code in (200, 302)
        assert fresh(me).state == ("paused" if until == "\x00" else "waiting")

    def test_resuming_what_is_not_paused_is_refused_kindly(self, me):
        assert "This cannot be done any more." in does(inside(me), "mine:resume")


class TestLeave:
    PAGES = ("mine:change", "mine:pause", "mine:data", "mine:erase")

    @pytest.mark.parametrize("route", ["mine:page", *PAGES])
    def test_two_taps_from_every_page(self, me, route):
        client = inside(me)
        assert f'href="{at("mine:withdraw")}"' in client.get(at(route)).content.decode()
        assert "Your wish is taken back. Take care." in does(client, "mine:withdraw")
        assert fresh(me).state == "withdrawn" and fresh(me).focus is None and fresh(me).note is None
        assert client.get(at("mine:page")).url == at("mine:again")

    def test_asking_is_not_leaving(self, me):
        page(inside(me), "mine:withdraw")
        assert fresh(me).state == "waiting"

    def test_leaving_with_an_offer_frees_the_seat_for_the_next(self, organisation):
        group = grouping.formed(organisation, 4, reserves=1)
        offer = grouping.offers(group)[0]
        assert "Your wish is taken back." in does(inside(offer.signup), "mine:withdraw")
        assert fresh(offer.signup).state == "withdrawn"
        states = sorted(each.state for each in grouping.offers(group))
        assert states == ["declined", "open", "open", "open", "open"]

    def test_who_has_a_place_is_led_to_leave_it(self, organisation):
        [participation, *_] = grouping.people(grouping.started(organisation))
        answer = inside(participation.signup).get(at("mine:withdraw"))
        assert answer.url == at("mine:leave")

    def test_twice_is_refused_kindly(self, me):
        one, two = inside(me), inside(me)
        does(one, "mine:withdraw")
        assert two.post(at("mine:withdraw"), follow=True).status_code == 200


class TestData:
    def test_all_that_is_kept_is_shown(self, me):
        said = page(inside(me), "mine:data")
        for word in (
            "Kari",
            "kari@example.org",
            "CANARY note",
            "Grief",
            "Fredrikstad",
            "46–60",
            "Nobody in the",
        ):
            assert word in said, word

    def test_who_looked_when_and_why(self, me, organisation):
        account = StaffAccountFactory(name="Berit Berg")
        with tenancy.scope(organisation.id):
            actions.open_person(signup=me, reason="ring", by=Actor("staff", account.id), now=NOW)
        said = page(inside(me), "mine:data")
        assert "Berit Berg" in said and "Monday 2 March" in said and "To ring you" in said

    def test_a_copy_to_take_along(self, me, twin):
        wish(twin, first_name="CANARYtheirs")
        answer = inside(me).get(at("mine:download"))
        assert answer.headers["Content-Disposition"] == 'attachment; filename="rundbord.json"'
        assert answer.headers["Cache-Control"] == "no-store"
        text = answer.content.decode()
        assert json.loads(text) and "kari@example.org" in text and "CANARYtheirs" not in text

    def test_everything_can_be_erased(self, me):
        client = inside(me)
        assert "It cannot be brought back." in page(client, "mine:erase")
        assert fresh(me) is not None
        assert "Everything about you is erased." in does(client, "mine:erase")
        assert fresh(me) is None
        assert client.get(at("mine:page")).url == at("mine:again")

    def test_who_was_erased_by_the_office_is_out(self, me):
        client = inside(me)
        actions.erase_wish(signup=me, now=NOW)
        assert client.get(at("mine:page")).url == at("mine:again")


class TestOffer:
    @pytest.fixture
    def offer(self, organisation):
        """An offer that waits for an answer."""
        return grouping.offers(grouping.formed(organisation, 4, reserves=1))[0]

    def test_the_offer_says_time_area_and_how_long_it_stands(self, offer):
        client = inside(offer.signup)
        assert "You have an offer" in page(client, "mine:page")
        said = page(client, "mine:offer", offer.id)
        for word in ("Tuesday", "Fredrikstad", "Every week", "The offer stands until"):
            assert word in said
        assert "Storgata" not in said

    def test_yes_gives_a_place_and_twice_is_the_same_yes(self, offer):
        client = inside(offer.signup)
        for _ in range(2):
            assert "Thank you. You have a place." in does(client, "mine:say_yes", offer.id)
        assert fresh(offer.signup).state == "placed"
        assert "This has been answered" in words(client.get(at("mine:offer", offer.id), follow=True))

    @pytest.mark.parametrize("reason", ["time", "place", "kind", "not_now"])
    def test_no_with_a_reason_waits_on(self, offer, reason):
        client = inside(offer.signup)
        assert "Thank you for answering. We look on." in does(client, "mine:say_no", offer.id, reason=reason)
        assert fresh(offer.signup).state == "waiting"

    @pytest.mark.parametrize("reason", ["", "boredom", "\x00"])
    def test_no_without_a_reason_is_asked_for_one(self, offer, reason):
        answer = inside(offer.signup).post(at("mine:say_no", offer.id), {"reason": reason})
        assert answer.status_code == 200 and words(answer).count("Please choose one") >= 1
        assert fresh(offer.signup).state == "offered"

    def test_looking_answers_nothing(self, offer):
        client = inside(offer.signup)
        for route in ("mine:offer", "mine:say_no"):
            page(client, route, offer.id)
        assert client.get(at("mine:say_yes", offer.id)).status_code == 405
        assert fresh(offer.signup).state == "offered"

    def test_too_late_is_said_kindly(self, offer, clock):
        later = offer.expires_at + timedelta(minutes=1)
        clock.move_to(later)
        client = inside(offer.signup, later)
        assert "You have an offer" not in page(client, "mine:page")
        assert "This has been answered, or the time ran out." in words(
            client.get(at("mine:offer", offer.id), follow=True)
        )
        does(client, "mine:say_yes", offer.id)
        assert fresh(offer.signup).state == "offered"

    @pytest.mark.parametrize("route", ["mine:offer", "mine:say_yes", "mine:say_no"])
    def test_somebody_elses_is_not_there(self, offer, organisation, twin, route):
        theirs = grouping.offers(grouping.formed(twin, 4))[0]
        client = inside(wish(organisation))
        for other in (offer.id, theirs.id, organisation.id):
            assert client.post(at(route, other), {"reason": "time"}).status_code in (404, 405)
            assert client.get(at(route, other)).status_code in (404, 405)
        assert fresh(offer.signup).state == "offered" and fresh(theirs.signup).state == "offered"


def test_a_private_page_is_not_for_strangers(organisation):
    mine = wish(organisation)
    stranger = browser()
    for route in ("mine:page", "mine:change", "mine:data", "mine:download", "mine:erase", "mine:table"):
        assert stranger.get(at(route)).url == at("mine:again")
    assert stranger.post(at("mine:erase")).url == at("mine:again")
    assert fresh(mine) is not None
