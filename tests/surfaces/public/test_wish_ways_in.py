"""Where a wish begins, and who is shown another way: under 18, and for somebody else."""

import re

import pytest

from rundbord.surfaces.asking import YouForm
from tests.factories import groups as grouping
from tests.signups.test_letters import FORBIDDEN
from tests.surfaces.mine.people import at, browser, letters, page, words
from tests.surfaces.public.wishing import SCREENS, begin, go, sent, step_of, upto, whole, wishes


@pytest.fixture
def client(organisation):
    """A browser, and somebody to receive what it sends."""
    return browser()


class TestUnder18:
    def test_she_is_shown_who_is_there_for_her_and_nothing_is_kept(self, client, organisation):
        answer = go(client, upto(client, 4), **(SCREENS[3] | {"age_band": "under-18"}))
        assert answer.url == at("public:young")
        said = page(client, "public:young")
        for number in ("116 111", "116 123", "116 117", "113"):
            assert number in said
        assert "Nothing you wrote here is kept." in said
        assert wishes(organisation) == [] and letters() == [] and "sessionid" not in client.cookies

    def test_whatever_else_is_wrong_she_is_not_asked_to_mend_it(self, client):
        answer = go(client, upto(client, 4), age_band="under-18", contact="kari@", first_name="")
        assert answer.url == at("public:young")

    def test_it_is_never_a_wish(self, client, organisation):
        assert client.post(at("public:wish"), whole(age_band="under-18")).url == at("public:young")
        assert wishes(organisation) == []

    def test_she_can_go_back_and_correct_herself(self, client):
        back = go(client, upto(client, 4), **(SCREENS[3] | {"age_band": "under-18"}), back="1")
        assert step_of(back) == 3
        assert step_of(go(client, go(client, back), age_band="18-30")) == 5

    def test_nowhere_else_can_it_be_chosen(self):
        assert "under-18" not in dict(YouForm().fields["age_band"].choices)


class TestForAnother:
    def test_there_is_no_form_and_a_text_that_gives_nothing_away(self, client):
        shown = client.get(at("public:for_another")).content.decode().split("<main")[1].split("</main")[0]
        assert "<form" not in shown and "<input" not in shown
        given = re.search(r'id="words-to-give">(.*?)</p>', shown, re.DOTALL)
        assert given and "http://testserver" in given[1]
        assert FORBIDDEN.search(given[1]) is None

    def test_the_first_screen_leads_there(self, client):
        first = begin(client).content.decode()
        assert at("public:for_another") in first and at("public:young") in first


class TestBegun:
    """A wish that begins somewhere begins with what is known there."""

    def test_from_a_search(self, client):
        begun = sent(begin(client, place="Halden", form="digital"))
        assert (begun["place"], begun["form"]) == (["Halden"], ["digital"])

    def test_from_a_groups_page(self, client, organisation):
        group = grouping.formed(organisation, focus="grief")
        begun = sent(begin(client, to=at("public:group", group.id).split("/")[-2]))
        assert (begun["place"], begun["form"]) == (["Fredrikstad"], ["room"])
        assert (begun["slots"], begun["focus"], begun["languages"]) == (["9"], ["grief"], ["no"])
        answer = begin(client, to=at("public:group", group.id).split("/")[-2])
        when = go(client, answer)
        assert sent(when)["slots"] == ["9"]
        assert sent(go(client, when))["focus"] == ["grief"]

    def test_a_search_goes_along_and_ticks_no_time(self, client, organisation):
        first = begin(client, place="Halden", radius="40", weekday="1", part="evening", language="pl")
        assert (sent(first)["place"], sent(first)["max_km"]) == (["Halden"], ["40"])
        when = go(client, first)
        assert "You searched for Tuesday, evening." in words(when).replace("tuesday", "Tuesday")
        assert "slots" not in sent(when)
        kind = go(client, when, slots=["9"])
        assert sent(kind)["languages"] == ["pl"]
        last = go(client, go(client, kind), **SCREENS[3])
        go(client, last, consent="on")
        assert wishes(organisation)[0].languages == ["pl"]

    @pytest.mark.parametrize(
        "asked",
        [{"weekday": "9"}, {"weekday": "x", "part": "night"}, {"language": "klingon"}, {"radius": "7"}],
    )
    def test_a_strange_search_says_nothing(self, client, asked):
        when = go(client, begin(client, **asked), place="Halden", max_km="20")
        assert step_of(when) == 2 and "You searched for" not in words(when)
        assert "languages" not in sent(when)

    @pytest.mark.parametrize("to", ["", "x", "a" * 26, "\x00", "æ" * 26])
    def test_from_nowhere(self, client, to):
        assert step_of(begin(client, to=to)) == 1

    def test_the_topic_is_in_no_address(self, client, organisation):
        group = grouping.formed(organisation, focus="grief")
        shown = client.get(at("public:group", group.id)).content.decode()
        assert "grief" not in shown.split("<main")[1].split('class="ds-button"')[1].split(">")[0]
        answer = client.post(at("public:wish"), whole(focus=["grief"]), follow=True)
        assert all("grief" not in address for address, _status in answer.redirect_chain)

    def test_the_receipt_can_be_read_again(self, client):
        assert "We will ring you" in page(client, "public:received")
