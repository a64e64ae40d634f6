"""The last screen: every answer can be changed from there, and the yes is asked for in plain words."""

import pytest

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions as offices
from tests.conftest import NOW
from tests.surfaces.mine.people import at, browser, words
from tests.surfaces.public.wishing import go, sent, step_of, upto, wishes


@pytest.fixture
def client(organisation):
    """A browser, and somebody to receive what it sends."""
    return browser()


class TestChange:
    """From the last screen to one answer, and straight back."""

    @pytest.mark.parametrize("step", [1, 2, 3, 4])
    def test_to_the_screen_and_back_to_the_last_one(self, client, organisation, step):
        there = self.opened(client, upto(client, 5), step)
        assert step_of(there) == step and "To the last step" in words(there)
        back = go(client, there)
        assert step_of(back) == 5
        assert go(client, back, consent="on").url == at("mine:code")
        assert wishes(organisation)[0].slots == [4, 9]

    def opened(self, client, last, step):
        return client.post(at("public:wish"), sent(last) | {"change": str(step)})

    def test_what_is_changed_is_changed_and_the_rest_stays(self, client, organisation):
        there = self.opened(client, upto(client, 5), 4)
        last = go(client, there, first_name="Ada")
        assert "Ada" in words(last)
        go(client, last, consent="on")
        [left] = wishes(organisation)
        assert (left.first_name, left.contact, left.slots) == ("Ada", "kari@example.org", [4, 9])

    def test_a_wrong_answer_there_is_told_there_and_leads_back_when_mended(self, client):
        wrong = go(client, self.opened(client, upto(client, 5), 1), place="Atlantis")
        assert step_of(wrong) == 1 and "We do not know that place." in words(wrong)
        assert step_of(go(client, wrong, place="Halden")) == 5

    def test_each_answer_has_its_own_way_back(self, client):
        page = upto(client, 5).content.decode()
        for term in ("Where", "How", "When", "Kind of group", "Language", "Name", "Contact", "Age"):
            assert f'aria-label="Change: {term}"' in page

    def test_what_only_some_say_is_shown_too(self, client):
        said = words(upto(client, 5, women_only="on", note="Ring the bell"))
        assert "Only a group for women" in said and "Ring the bell" in said

    def test_a_yes_does_not_survive_a_change(self, client):
        last = client.post(at("public:wish"), sent(upto(client, 5)) | {"change": "2", "consent": "on"})
        assert "consent" not in sent(go(client, last))

    @pytest.mark.parametrize("step", ["0", "5", "9", "x", "\x00"])
    def test_a_strange_screen_is_the_first(self, client, step):
        assert step_of(self.opened(client, upto(client, 5), step)) == 1


class TestConsent:
    """In plain words, in this office's own numbers."""

    def test_who_what_how_long_and_how_to_take_it_back(self, client, organisation):
        for key, value in (("answer_days", 12), ("retention_closed_days", 9), ("ask_waiting_days", 33)):
            offices.change_setting(organisation=organisation, key=key, value=value, by=SYSTEM, now=NOW)
        said = words(upto(client, 5))
        assert f"Yes, {organisation.name} may keep my answers" in said
        assert f"{organisation.name}, and nobody else." in said
        assert "You hear from us within 12 days" in said
        assert "If you leave, all is gone after 9 days." in said
        assert "After 33 days we ask" in said
        assert f"Or ring {organisation.phone}." in said

    def test_who_has_no_page_is_told_to_ring(self, client, organisation):
        said = words(upto(client, 5, contact="912 34 567", ring_me="on"))
        assert f"Ring {organisation.phone}, and say so." in said
        assert "On your page" not in said and "We ring you within 7 days." in said

    def test_the_office_of_the_place_is_the_one_named(self, client, organisation, twin):
        offices.serve_places(organisation=twin, codes=["3107"], by=SYSTEM, now=NOW)
        said = words(upto(client, 5))
        assert f"{twin.name}, and nobody else." in said and organisation.name not in said
