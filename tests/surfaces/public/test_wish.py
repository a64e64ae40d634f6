"""Five screens: forward, back, wrong answers, tampering; and one write at the end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions as offices
from tests.conftest import NOW
from tests.surfaces.mine.people import (
    at,
    browser,
    code_of,
    does,
    known,
    letters,
    link_to,
    page,
    wish,
    without_tokens,
    words,
)
from tests.surfaces.public.wishing import SCREENS, begin, go, sent, step_of, upto, whole, wishes


@pytest.fixture
def client(organisation):
    """A browser, and somebody to receive what it sends."""
    return browser()


class TestForward:
    def test_five_screens_and_a_code(self, client, organisation):
        last = upto(client, 5)
        assert step_of(last) == 5
        answer = go(client, last, consent="on")
        assert (answer.status_code, answer.url) == (302, at("mine:code"))
        [letter] = letters("signups/confirm")
        assert "Hello, Kari" in does(client, "mine:code", code=code_of(letter))
        [left] = wishes(organisation)
        assert (left.first_name, left.contact, left.place_id) == ("Kari", "kari@example.org", "3107")
        assert (left.slots, left.focus, left.languages, left.state) == ([4, 9], ["mixed"], ["no"], "waiting")

    def test_nothing_is_kept_before_the_last_yes(self, client, organisation):
        upto(client, 5)
        assert wishes(organisation) == [] and letters() == []
        assert "sessionid" not in client.cookies

    @pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
    def test_each_screen_says_where_one_is(self, client, step):
        answer = upto(client, step)
        assert step_of(answer) == step
        assert f"Step {step} of 5" in words(answer)

    def test_at_most_five_answers_must_be_given(self, client):
        everything = {"step": "5", "place": "Fredrikstad", "slots": "4", "first_name": "Kari"}
        everything |= {"contact": "kari@example.org", "age_band": "46-60", "consent": "on"}
        assert client.post(at("public:wish"), everything).url == at("mine:code")

    def test_nothing_is_ticked_beforehand(self, client):
        for step in range(1, 6):
            page = upto(client, step).content.decode()
            assert " checked" not in page

    def test_the_last_screen_shows_all_answers_and_who_gets_them(self, client, organisation):
        said = words(upto(client, 5))
        for word in ("Fredrikstad", "Kari", "kari@example.org", "46–60", "Norwegian", organisation.name):
            assert word in said

    def test_what_is_skipped_is_mixed_norwegian_and_in_a_room(self, client, organisation):
        client.post(at("public:wish"), whole(focus=[], languages=[], form="", max_km=""))
        [left] = wishes(organisation)
        assert (left.focus, left.languages, left.physical, left.digital) == (["mixed"], ["no"], True, False)
        assert left.max_km == 20

    @pytest.mark.parametrize("form, physical, digital", [("digital", False, True), ("both", True, True)])
    def test_digital(self, client, organisation, form, physical, digital):
        client.post(at("public:wish"), whole(form=form))
        [left] = wishes(organisation)
        assert (left.physical, left.digital) == (physical, digital)

    def test_a_postal_code_is_a_place(self, client):
        assert step_of(go(client, begin(client), place="3107")) == 2

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_the_letter_speaks_the_language_of_the_page(self, organisation, language):
        browser().post(at("public:wish", language=language), whole())
        assert [letter.language for letter in letters("signups/confirm")] == [language]


class TestBack:
    @pytest.mark.parametrize("step", [2, 3, 4, 5])
    def test_back_keeps_what_was_typed_on_every_screen(self, client, step):
        answer = go(client, upto(client, step), back="1")
        assert step_of(answer) == step - 1
        kept = sent(answer)
        for said in SCREENS[: step - 1]:
            for name, value in said.items():
                assert kept[name] == (value if isinstance(value, list) else [value]), name

    def test_back_and_forth_loses_nothing(self, client, organisation):
        answer = upto(client, 5)
        for _ in range(4):
            answer = go(client, answer, back="1")
        for _ in range(4):
            answer = go(client, answer)
        assert go(client, answer, consent="on").url == at("mine:code")
        assert wishes(organisation)[0].slots == [4, 9]

    def test_what_was_half_typed_is_kept_without_complaint(self, client):
        back = go(client, upto(client, 4), first_name="Ka", contact="not yet", back="1")
        assert "aria-invalid" not in back.content.decode()
        again = go(client, back)
        assert sent(again)["first_name"] == ["Ka"] and sent(again)["contact"] == ["not yet"]

    def test_a_yes_is_never_carried(self, client):
        back = go(client, upto(client, 5), consent="on", back="1")
        assert "consent" not in sent(back)
        assert "consent" not in sent(go(client, back))

    def test_a_yes_sent_too_early_is_not_ticked(self, client):
        assert "consent" not in sent(go(client, upto(client, 4), **SCREENS[3], consent="on"))

    def test_back_from_the_first_screen_stays_there(self, client):
        assert step_of(go(client, begin(client), back="1")) == 1


class TestWrong:
    @pytest.mark.parametrize(
        "step, said, sentence",
        [
            (1, {"place": ""}, "Please fill this in."),
            (1, {"place": "Atlantis"}, "We do not know that place."),
            (1, {"form": "boat"}, "Please choose one of the answers in the list."),
            (1, {"max_km": "21"}, "Please choose one of the answers in the list."),
            (2, {"slots": []}, "Please choose at least one time."),
            (2, {"slots": ["35"]}, "Please choose times in the table."),
            (3, {"focus": ["football"]}, "Please choose one of the answers in the list."),
            (3, {"languages": ["klingon"]}, "Please choose one of the answers in the list."),
            (4, {"first_name": " \x00 "}, "Please fill this in."),
            (4, {"first_name": "K" * 61}, "This can be at most 60 characters long. You have written 61."),
            (4, {"age_band": ""}, "Please choose one."),
            (4, {"contact": "kari@"}, "e-mail address"),
            (4, {"contact": "12"}, "number"),
            (4, {"contact": "kari@example.org", "ring_me": "on"}, "number"),
            (4, {"note": "n" * 10_000}, "This can be at most 1000 characters long. You have written 10000."),
            (4, {"discretion": "3"}, "Please choose one of the answers in the list."),
            (5, {"consent": ""}, "We need your yes before we can keep your answers."),
        ],
    )
    def test_a_sentence_beside_the_field_and_nothing_lost(self, client, organisation, step, said, sentence):
        answer = go(client, upto(client, step), **(SCREENS[step - 1] | said))
        assert (answer.status_code, step_of(answer)) == (200, step)
        assert words(answer).count(sentence) >= 2  # above the form and beside the field
        kept = sent(answer)
        for earlier in SCREENS[: step - 1]:
            for name, value in earlier.items():
                assert kept[name] == (value if isinstance(value, list) else [value]), name
        assert wishes(organisation) == []

    def test_what_was_typed_wrongly_stands_there_still(self, client):
        assert sent(go(client, begin(client), place="Atlantis", form="both"))["place"] == ["Atlantis"]
        long = "n" * 2000
        assert sent(go(client, upto(client, 4), **SCREENS[3], note=long))["note"] == [long]

    def test_a_name_that_two_places_have(self, client):
        answer = go(client, begin(client), place="Våler")
        assert "Which place do you mean?" in words(answer)
        assert "Våler (Østfold)" in words(answer) and "Våler (Innlandet)" in words(answer)
        assert step_of(go(client, answer, place="Våler (Innlandet)")) == 2

    def test_what_only_the_whole_shows_to_be_wrong_is_said_at_its_field(self, client, organisation):
        answer = client.post(at("public:wish"), whole(young_only="on", age_band="46-60"))
        assert step_of(answer) == 4
        assert "Only people up to 30" in words(answer)
        assert '<details class="ds-details" open>' in answer.content.decode()
        assert wishes(organisation) == []


class TestTampered:
    @pytest.mark.parametrize("step", range(4))
    def test_hidden_answers_are_asked_again(self, client, organisation, step):
        wrong = {0: {"place": "Atlantis"}, 1: {"slots": ["99"]}, 2: {"focus": ["x"]}, 3: {"age_band": "7"}}
        answer = client.post(at("public:wish"), whole(**wrong[step]))
        assert step_of(answer) == step + 1
        assert wishes(organisation) == []

    @pytest.mark.parametrize("step", ["0", "6", "-1", "", "five", "1.5", "٥", "\x00", "9" * 5000])
    def test_a_strange_screen_number_is_the_first(self, client, step):
        assert step_of(client.post(at("public:wish"), whole(step=step))) == 2
        assert step_of(client.post(at("public:wish"), {"step": step, "back": "1"})) == 1

    def test_no_screen_can_be_skipped(self, client):
        assert step_of(client.post(at("public:wish"), {"step": "5", "consent": "on"})) == 1

    def test_repeated_fields(self, client, organisation):
        many = whole(place=["Halden", "Fredrikstad"], first_name=["Eva", "Kari"], slots=["4"] * 500)
        client.post(at("public:wish"), many)
        [left] = wishes(organisation)
        assert (left.first_name, left.place_id, left.slots) == ("Kari", "3107", [4])

    def test_marks_are_shown_as_they_were_typed(self, client):
        answer = go(client, upto(client, 4), **(SCREENS[3] | {"first_name": "<b>Kari</b>&amp;"}))
        assert "<b>Kari" not in answer.content.decode()
        assert "<b>Kari</b>&amp;" in words(answer) or "&lt;b&gt;Kari" in answer.content.decode()


class TestSend:
    def test_twice_is_one_wish_and_one_letter_and_the_code_works(self, client, organisation):
        last = upto(client, 5)
        go(client, last, consent="on")
        assert go(client, last, consent="on").url == at("mine:code")
        assert len(wishes(organisation)) == 1
        [letter] = letters("signups/confirm")
        does(client, "mine:code", code=code_of(letter))
        assert wishes(organisation)[0].state == "waiting"

    def test_ring_me_says_who_rings_by_when_and_how_to_take_it_back(self, client, organisation):
        offices.change_setting(organisation=organisation, key="answer_days", value=4, by=SYSTEM, now=NOW)
        said = words(client.post(at("public:wish"), whole(contact="912 34 567", ring_me="on"), follow=True))
        assert "Somebody from the office rings you within 4 days." in said
        assert "Ring us, and it is done." in said and organisation.phone in said
        assert wishes(organisation)[0].answer_by == (NOW + timedelta(days=4)).date()

    @pytest.mark.parametrize("office", ["nowhere", "\x00", "æ" * 200, ""])
    def test_a_receipt_of_a_strange_office_is_the_usual_one(self, client, office):
        assert "rings you within 7 days." in page(client, "public:received", hos=office)

    def test_ring_me_gets_a_receipt_and_no_letter(self, client, organisation):
        answer = client.post(at("public:wish"), whole(contact="912 34 567", ring_me="on"), follow=True)
        assert answer.request["PATH_INFO"] == at("public:received")
        assert "Thank you. We will ring you." in words(answer)
        assert letters() == []
        assert wishes(organisation)[0].contact_kind == "ring_me"

    def test_the_nearest_office_receives_it(self, client, organisation, twin):
        offices.serve_places(organisation=twin, codes=["3107"], by=SYSTEM, now=NOW)
        client.post(at("public:wish"), whole())
        assert len(wishes(twin)) == 1 and wishes(organisation) == []

    def test_without_an_office_nothing_is_kept(self, db):
        assert "Nobody can receive your wish yet" in words(browser().post(at("public:wish"), whole()))

    def last_step(self, contact, **more):
        """The last screen's answer, the page after it, and the work done."""
        client = browser()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(at("public:wish"), whole(contact=contact, **more))
        work = [query["sql"].split()[0] for query in queries]
        tables = [kind for kind in work if kind in {"SELECT", "INSERT", "UPDATE", "DELETE"}]
        after = without_tokens(client.get(answer.url))
        wrong = without_tokens(client.post(answer.url, {"code": "000000"}))
        return without_tokens(answer), len(tables), after, wrong

    @pytest.mark.parametrize("state", ["waiting", "placed", "paused", "unconfirmed", "withdrawn"])
    def test_known_and_unknown_are_answered_alike(self, organisation, state):
        wish(organisation, contact="kari@example.org", state=state)
        self.last_step("somebody@example.com")  # whatever is looked up once and remembered
        assert self.last_step("kari@example.org") == self.last_step("nobody@example.net")

    def test_an_address_that_has_had_its_letter_today_is_answered_alike(self, organisation):
        self.last_step("kari@example.org")
        second = self.last_step("kari@example.org")
        assert second == self.last_step("nobody@example.net")
        assert len(letters("signups/confirm")) == 2

    def test_an_office_that_knows_the_person_writes_that_she_has_a_page(self, organisation):
        mine = wish(organisation, contact="kari@example.org")
        client = browser()
        client.post(at("public:wish"), whole(first_name="Somebody else"))
        assert [letter.kind for letter in letters("signups/")] == ["signups/known"]
        assert [row.id for row in wishes(organisation)] == [mine.id]
        assert wishes(organisation)[0].first_name == mine.first_name
        assert client.get(at("mine:page")).url == at("mine:again")

    def test_a_stranger_who_knows_the_address_gets_nowhere_by_link(self, organisation):
        mine = wish(organisation, contact="kari@example.org")
        stranger = browser()
        stranger.post(at("public:wish"), whole())
        assert stranger.post(at("mine:enter", link_to(mine))).url == at("mine:code")
        assert known(mine, browser()).post(at("mine:enter", link_to(mine))).url == at("mine:page")
