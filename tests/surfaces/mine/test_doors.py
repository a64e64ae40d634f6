"""Coming in and going out: looking opens nothing, and no answer tells whether somebody is known."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel.timeline import SYSTEM
from rundbord.people import actions as people
from rundbord.privacy.actions import erase_person
from tests.conftest import NOW
from tests.surfaces.mine.people import (
    another,
    at,
    browser,
    code_of,
    does,
    fresh,
    inside,
    known,
    letters,
    link_to,
    page,
    starting,
    wish,
    without_tokens,
    words,
)

WRONG = "This code does not work. Look once more, or ask for a new one."


@pytest.fixture
def me(organisation):
    """Somebody who waits."""
    return wish(organisation, contact="kari@example.org")


@pytest.fixture
def starter(organisation):
    """Somebody who starts."""
    return starting(organisation, email="anne@example.org")


def asked(contact="kari@example.org"):
    """A browser in which somebody has asked for a code."""
    client = browser()
    answer = client.post(at("mine:again"), {"contact": contact})
    assert (answer.status_code, answer.url) == (302, at("mine:code"))
    return client


class TestLink:
    def test_looking_signs_nobody_in_and_spends_nothing(self, me):
        client, token = known(me, browser()), link_to(me)
        for _ in range(3):
            assert "Open your page" in words(client.get(at("mine:enter", token)))
            assert client.head(at("mine:enter", token)).status_code == 200
        assert client.get(at("mine:page")).url == at("mine:again")
        assert Session.objects.count() == 0
        client.post(at("mine:enter", token))
        assert f"Hello, {me.first_name}" in page(client, "mine:page")

    def test_a_link_works_more_than_once_in_the_known_browser(self, me):
        token = link_to(me)
        for _ in range(2):
            client = known(me, browser())
            assert client.post(at("mine:enter", token)).url == at("mine:page")

    def test_an_unknown_browser_gets_a_code_and_is_not_let_in(self, me):
        client = browser()
        assert client.post(at("mine:enter", link_to(me))).url == at("mine:code")
        assert client.get(at("mine:page")).url == at("mine:again")
        [letter] = letters("people/code")
        assert letter.to == "kari@example.org"
        assert does(client, "mine:code", code=code_of(letter)).count("Where you are") == 1

    def test_a_browser_without_a_name_is_given_one(self, me):
        client = browser()
        client.cookies.clear()
        client.post(at("mine:enter", link_to(me)))
        [letter] = letters("people/code")
        assert f"Hello, {me.first_name}" in does(client, "mine:code", code=code_of(letter))

    @pytest.mark.parametrize("days", [61, 600])
    def test_an_old_link_offers_a_code_instead(self, me, clock, days):
        client, token = known(me, browser()), link_to(me)
        clock.move_to(NOW + timedelta(days=days))
        assert "That link no longer works" in does(client, "mine:enter", token)
        assert letters("people/code") == []

    @pytest.mark.parametrize("token", ["x" * 22, "a", "%00%00", "søster", "-" * 500])
    def test_a_link_nobody_was_given(self, me, token):
        assert "That link no longer works" in does(browser(), "mine:enter", token)

    def test_the_link_of_an_erased_person_is_like_one_nobody_was_given(self, me):
        client, token = known(me, browser()), link_to(me)
        erase_person(signup=me, by=SYSTEM, now=NOW)
        erased = without_tokens(client.post(at("mine:enter", token)))
        assert erased == without_tokens(browser().post(at("mine:enter", "x" * 22)))
        assert client.get(at("mine:page")).url == at("mine:again")

    def test_a_starters_link_leads_to_her_starts(self, starter):
        client = known(starter, browser())
        assert client.post(at("mine:enter", link_to(starter))).url == at("mine:starts")

    def test_a_link_confirms_an_unconfirmed_wish_in_the_browser_that_wrote_it(self, organisation):
        mine = wish(organisation, state="unconfirmed")
        client = known(mine, browser())
        client.post(at("mine:enter", link_to(mine)))
        assert fresh(mine).state == "waiting"

    def test_looking_at_the_link_confirms_nothing(self, organisation):
        mine = wish(organisation, state="unconfirmed")
        client, token = known(mine, browser()), link_to(mine)
        client.get(at("mine:enter", token))
        client.head(at("mine:enter", token))
        browser().post(at("mine:enter", token))
        assert fresh(mine).state == "unconfirmed"


class TestCode:
    def test_the_right_code_opens_the_page(self, me):
        client = asked()
        [letter] = letters("people/code")
        assert f"Hello, {me.first_name}" in does(client, "mine:code", code=code_of(letter))

    @pytest.mark.parametrize("shape", ["{0} {1}", " {0}{1} ", "{0}-{1}", "{0}\u00a0{1}"])
    def test_it_may_be_typed_with_spaces(self, me, shape):
        client = asked()
        code = code_of(letters("people/code")[0])
        assert "Hello" in does(client, "mine:code", code=shape.format(code[:3], code[3:]))

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 10_000])
    def test_what_cannot_be_a_code_is_kept_with_a_sentence(self, me, typed):
        client = asked()
        answer = client.post(at("mine:code"), {"code": typed})
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()
        assert f'value="{typed}"' in answer.content.decode() or not typed
        assert "Hello" in does(client, "mine:code", code=code_of(letters("people/code")[0]))

    def test_a_wrong_code_costs_one_of_five_tries(self, me):
        client = asked()
        code = code_of(letters("people/code")[0])
        for _ in range(4):
            assert WRONG in does(client, "mine:code", code=another(code))
        assert "Hello" in does(client, "mine:code", code=code)

    def test_after_five_tries_the_right_one_is_too_late(self, me):
        client = asked()
        code = code_of(letters("people/code")[0])
        for _ in range(5):
            does(client, "mine:code", code=another(code))
        assert WRONG in does(client, "mine:code", code=code)

    def test_after_ten_minutes_it_is_too_late(self, me, clock):
        client = asked()
        clock.move_to(NOW + timedelta(minutes=10, seconds=1))
        assert WRONG in does(client, "mine:code", code=code_of(letters("people/code")[0]))

    def test_it_works_only_in_the_browser_that_asked(self, me):
        asked()
        code = code_of(letters("people/code")[0])
        other = browser()
        assert WRONG in does(other, "mine:code", code=code)
        stranger = asked("somebody.else@example.org")
        assert WRONG in does(stranger, "mine:code", code=code)

    def test_it_works_once(self, me):
        client = asked()
        code = code_of(letters("people/code")[0])
        does(client, "mine:code", code=code)
        does(client, "mine:out")
        assert WRONG in does(client, "mine:code", code=code)

    def test_asking_twice_in_a_minute_keeps_the_code_that_was_sent(self, me):
        client = asked()
        client.post(at("mine:again"), {"contact": "kari@example.org"})
        [letter] = letters("people/code")
        assert "Hello" in does(client, "mine:code", code=code_of(letter))

    def test_a_starter_comes_to_her_starts(self, starter):
        client = asked("Anne@Example.org")
        [letter] = letters("people/code")
        assert f"Hello, {starter.first_name}" in does(client, "mine:code", code=code_of(letter))

    def test_a_starter_set_aside_gets_no_code(self, starter):
        people.set_starter_active(starter=starter, active=False, by=SYSTEM, now=NOW)
        asked("anne@example.org")
        assert letters("people/code") == []

    def test_a_starter_set_aside_is_out_at_her_next_page(self, starter):
        client = inside(starter)
        people.set_starter_active(starter=starter, active=False, by=SYSTEM, now=NOW)
        assert client.get(at("mine:starts")).url == at("mine:again")

    def test_entering_changes_the_session_key(self, me):
        client = asked()
        before = client.session.session_key
        does(client, "mine:code", code=code_of(letters("people/code")[0]))
        assert client.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()


UNKNOWN = "nobody@example.net"


def work(queries):
    """How often tables were asked or written; where a transaction begins and ends does not count."""
    return sum(query["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) for query in queries)


class TestSameAnswer:
    """Nobody can find out from outside whether a person is known here."""

    def walk(self, contact):
        """Everything an asker sees, and how much work each step was."""
        client, seen = browser(), []
        steps = [("mine:again", {"contact": contact})] + [("mine:code", {"code": "000000"})] * 7
        for route, said in steps:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = client.post(at(route), said)
            seen.append((without_tokens(answer), work(queries)))
        seen.append((without_tokens(client.get(at("mine:code"))), 0))
        return seen

    @pytest.fixture(autouse=True)
    def never_right(self, monkeypatch):
        """The code is never the one that is tried here."""
        monkeypatch.setattr("rundbord.people.actions.codes.secrets.randbelow", lambda limit: 123456)

    def test_known_and_unknown_addresses(self, me, starter):
        unknown = self.walk(UNKNOWN)
        assert self.walk("kari@example.org") == unknown
        assert self.walk("anne@example.org") == unknown

    @pytest.mark.parametrize("state", ["unconfirmed", "withdrawn", "finished", "lapsed"])
    def test_addresses_that_are_not_live(self, organisation, state):
        wish(organisation, contact="kari@example.org", state=state)
        assert self.walk("kari@example.org") == self.walk(UNKNOWN)

    @pytest.mark.parametrize("kind", ["ring_me", "mobile"])
    def test_those_who_gave_a_number(self, organisation, kind):
        wish(organisation, contact="+4791234567", contact_kind=kind)
        assert self.walk("912 34 567") == self.walk("923 45 678")
        assert len(letters("people/code")) == (1 if kind == "mobile" else 0)

    def test_those_of_another_organisation(self, organisation, twin):
        unknown = self.walk(UNKNOWN)
        wish(twin, contact="kari@example.org")
        assert self.walk("kari@example.org") == unknown

    @pytest.mark.parametrize("contact", ["", "   ", "x" * 10_000])
    def test_what_cannot_be_an_address(self, me, contact):
        answer = browser().post(at("mine:again"), {"contact": contact})
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()

    @pytest.mark.parametrize("contact", ["not an address", "\u202emoc.elpmaxe@irak", "' OR 1=1", "王芳"])
    def test_anything_else_is_an_address_nobody_has(self, me, contact):
        assert self.walk(contact) == self.walk(UNKNOWN)

    def test_in_a_house_without_organisations(self, db):
        assert WRONG in does(asked("kari@example.org"), "mine:code", code="123456")

    def test_asking_again_at_once_is_answered_alike(self, me):
        def twice(contact):
            client = browser()
            client.post(at("mine:again"), {"contact": contact})
            return without_tokens(client.post(at("mine:again"), {"contact": contact}, follow=True))

        assert twice("kari@example.org") == twice(UNKNOWN)


class TestOut:
    def test_signing_out_needs_a_button(self, me):
        client = inside(me)
        assert client.get(at("mine:out")).status_code == 405
        assert "Hello" in page(client, "mine:page")
        assert "You are signed out." in does(client, "mine:out")
        assert client.get(at("mine:page")).url == at("mine:again")

    def test_signing_out_here_leaves_the_other_browser(self, me):
        here, there = inside(me), inside(me)
        does(here, "mine:out")
        assert "Hello" in page(there, "mine:page")

    def test_signing_out_everywhere_closes_every_browser_at_its_next_page(self, me):
        here, there = inside(me), inside(me)
        token = link_to(me)
        assert "You are signed out everywhere." in does(here, "mine:out_everywhere")
        for client in (here, there):
            assert client.get(at("mine:page")).url == at("mine:again")
            assert "That link no longer works" in does(client, "mine:enter", token)

    def test_signing_out_everywhere_leaves_other_people(self, me, organisation):
        other = inside(wish(organisation))
        does(inside(me), "mine:out_everywhere")
        assert "Hello" in page(other, "mine:page")

    def test_fifteen_idle_minutes_end_the_session(self, me, clock):
        client = inside(me)
        clock.move_to(NOW + timedelta(minutes=15, seconds=1))
        assert "You have been signed out" in words(client.get(at("mine:page"), follow=True))

    def test_being_there_keeps_it_awake(self, me, clock):
        client = inside(me)
        for minutes in range(10, 61, 10):
            clock.move_to(NOW + timedelta(minutes=minutes))
            assert "Hello" in page(client, "mine:page")

    def test_who_never_was_in_is_not_told_that_she_is_out(self, db):
        assert "signed out" not in words(browser().get(at("mine:page"), follow=True))

    def test_a_cookie_stolen_without_the_browsers_name_opens_nothing(self, me):
        client, thief = inside(me), browser()
        thief.cookies["sessionid"] = client.cookies["sessionid"].value
        assert thief.get(at("mine:page")).url == at("mine:again")

    def test_a_person_is_no_starter_and_a_starter_no_person(self, me, starter):
        for client, other, home in (
            (inside(me), "mine:starts", "mine:page"),
            (inside(starter), "mine:page", "mine:starts"),
        ):
            assert client.get(at(other)).url == at(home)
            assert "Hello" in page(client, home)


class TestNotMe:
    def test_one_tap_erases_what_nobody_confirmed(self, organisation):
        mine = wish(organisation, state="unconfirmed")
        token = link_to(mine)
        assert "Was this not you?" in page(browser(), "mine:not_me", token)
        assert fresh(mine) is not None
        assert "Thank you for telling us" in does(browser(), "mine:not_me", token)
        assert fresh(mine) is None

    def test_a_confirmed_wish_stays(self, me):
        does(browser(), "mine:not_me", link_to(me))
        assert fresh(me).state == "waiting"

    def test_every_token_is_answered_alike(self, me, organisation):
        mine = wish(organisation, state="unconfirmed")
        answers = [
            without_tokens(browser().post(at("mine:not_me", token)))
            for token in (link_to(me), link_to(mine), "x" * 22)
        ]
        assert answers[0] == answers[1] == answers[2]
