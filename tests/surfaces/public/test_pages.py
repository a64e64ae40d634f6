"""Pages to read, and finding a group: words about groups, never people or numbers."""

import re

import pytest

from rundbord.groups import actions
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.shell.help_lines import HELP_LINES
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.factories.organisations import place
from tests.surfaces.mine.people import at, browser, page, words

TEXTS = [
    *("public:front", "public:find", "public:wish", "public:received", "public:what_is_it"),
    *("public:ground_rules", "public:help_lines", "public:privacy", "public:accessibility"),
    *("public:leave_page", "public:offices"),
]
LANGUAGES = ["nb", "nn", "en"]
TUESDAY, WEDNESDAY = 9, 14


def found(said):
    """What the list says, without the search above it."""
    return said.split("What we found")[1].split("Nothing that suits you?")[0]


class TestTexts:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("route", TEXTS)
    def test_every_page_answers_in_every_language(self, organisation, route, language):
        answer = browser().get(at(route, language=language))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in text
        assert len(re.findall(r"<h1\b", text)) == 1
        assert all(line.number in text for line in HELP_LINES)
        assert at("public:leave_page", language=language) in text

    @pytest.mark.parametrize("route", sorted(set(TEXTS) - {"public:wish"}))
    def test_reading_leaves_no_cookie_and_may_be_kept(self, organisation, route):
        answer = browser().get(at(route))
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("route", TEXTS)
    def test_nothing_comes_from_elsewhere(self, organisation, route):
        text = browser().get(at(route)).content.decode()
        loaded = re.findall(r'<(?:link|script|img|iframe|source)\b[^>]*?(?:href|src)="([^"]+)"', text)
        assert loaded and all(address.startswith("/") and not address.startswith("//") for address in loaded)

    def test_the_front_page_answers_five_questions_in_order(self, organisation):
        said = page(browser(), "public:front")
        questions = [
            "What is it?",
            "What happens when",
            "How often do",
            "Is it for me?",
            "What does it cost?",
        ]
        where = [said.index(question, said.index("What people ask first")) for question in questions]
        assert where == sorted(where)

    def test_the_front_page_leads_to_three_next_steps(self, organisation):
        text = browser().get(at("public:front")).content.decode()
        for route in ("public:find", "public:wish", "public:offices", "mine:again"):
            assert f'href="{at(route)}"' in text

    def test_offices_show_their_phone_and_kind(self, organisation, twin):
        said = page(browser(), "public:offices")
        assert organisation.name in said and twin.name in said and "69 00 00 00" in said

    def test_no_office_yet(self, db):
        assert "No office has begun here yet." in page(browser(), "public:offices")


class TestFind:
    @pytest.fixture
    def groups(self, organisation):
        """One of each kind."""
        return {
            "forming": grouping.formed(organisation, 4),
            "closed": grouping.started(organisation, 6, slot=WEDNESDAY, focus="grief"),
            "digital": grouping.formed(organisation, 4, slot=4, digital=True, place_code="1101"),
        }

    def test_the_list_shows_state_time_and_area(self, groups):
        said = found(page(browser(), "public:find"))
        for word in ("Tuesday", "Wednesday", "Being formed", "Closed", "Digital", "Fredrikstad", "Mixed"):
            assert word in said

    def test_no_number_of_people_and_no_names(self, organisation, groups):
        said = found(page(browser(), "public:find"))
        assert "Kari" not in said and "Anne" not in said and "Storgata" not in said
        assert not re.search(r"\b[0-9]+ (people|members|places|of)\b", said)

    @pytest.mark.parametrize(
        "asked, seen, unseen",
        [
            ({"weekday": "1"}, ["Tuesday"], ["Wednesday", "Monday"]),
            ({"form": "digital"}, ["Monday"], ["Tuesday", "Wednesday"]),
            ({"form": "room"}, ["Tuesday", "Wednesday"], ["Monday"]),
            ({"part": "evening"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"part": "morning"}, ["We found no group"], ["Tuesday", "Wednesday", "Monday"]),
            ({"language": "so"}, ["We found no group"], ["Tuesday"]),
            ({"access": "on"}, ["Tuesday", "Wednesday"], ["Monday"]),
            ({"place": "Fredrikstad"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"place": "Tromsø", "radius": "5"}, ["Monday"], ["Tuesday", "Wednesday"]),
            ({"place": "Tromsø", "form": "room"}, ["We found no group"], ["Tuesday"]),
        ],
    )
    def test_filters(self, groups, asked, seen, unseen):
        said = found(page(browser(), "public:find", **asked))
        assert all(word in said for word in seen), said
        assert not any(word in said for word in unseen), said

    def test_a_search_without_a_topic_becomes_an_address_to_share(self, groups):
        answer = browser().post(
            at("public:find"), {"place": "Fredrikstad", "weekday": "1", "part": "", "x": "1"}
        )
        assert answer.status_code == 302
        assert answer.url == f"{at('public:find')}?place=Fredrikstad&weekday=1"
        assert "Tuesday" in found(words(browser().get(answer.url)))

    def test_a_topic_is_answered_on_the_spot_and_kept_nowhere(self, groups):
        answer = browser().post(at("public:find"), {"focus": "grief"})
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        assert "Wednesday" in found(words(answer)) and "Tuesday" not in found(words(answer))
        assert "focus=" not in answer.content.decode()

    def test_a_topic_in_an_address_is_not_heard(self, groups):
        assert "Tuesday" in found(page(browser(), "public:find", focus="grief"))

    def test_the_page_shows_the_distance_it_used(self, groups):
        text = browser().get(at("public:find"), {"place": "Fredrikstad"}).content.decode()
        assert re.search(r'<option value="20"\s+selected', text)

    def test_what_was_searched_goes_along_to_the_wish(self, groups):
        text = browser().get(at("public:find"), {"place": "Halden", "form": "room"}).content.decode()
        assert f"{at('public:wish')}?place=Halden&amp;form=room" in text

    @pytest.mark.parametrize(
        "asked",
        [{"place": "Våler"}, {"place": "x\x00y"}, {"weekday": "8"}, {"radius": "1e9"}, {"part": "night"}],
    )
    def test_what_cannot_be_searched_gets_a_sentence(self, groups, asked):
        answer = browser().get(at("public:find"), asked)
        assert answer.status_code == 200 and "We found no group" in words(answer)
        assert "rb-error" in answer.content.decode() or "ds-validation-message" in answer.content.decode()

    @pytest.mark.parametrize("number", [1, 4])
    def test_as_many_queries_for_one_as_for_many(self, organisation, number, django_assert_num_queries):
        for _ in range(number):
            grouping.formed(organisation, 4)
        client = browser()
        with django_assert_num_queries(2):  # groups, and the words of their offices
            client.get(at("public:find"))

    def test_from_the_front_page_a_group_is_two_taps_away(self, groups):
        client = browser()
        listed = client.get(at("public:find"), {"place": "Fredrikstad"}).content.decode()
        assert at("public:group", groups["forming"].id) in listed


class TestGroup:
    def test_a_group_that_is_being_formed(self, organisation):
        group = grouping.formed(organisation)
        said = page(browser(), "public:group", group.id)
        assert "Tuesday" in said and "Being formed" in said and "Fredrikstad" in said
        assert "Storgata" not in said and "Kari" not in said and "Anne" not in said
        assert organisation.name in said
        assert organisation.name not in found(page(browser(), "public:find"))

    def test_a_closed_group_says_why(self, organisation):
        said = page(browser(), "public:group", grouping.started(organisation).id)
        assert "This group is closed, so that those who are in it can be safe." in said
        assert "when you have said yes" not in said

    def test_an_open_group_can_be_asked_for_a_place(self, organisation):
        group = grouping.self_led(organisation)
        later = grouping.meetings(group)[-1].ends_at
        actions.set_newcomers(group=group, newcomers="open", places=1, by=SYSTEM, now=later)
        said = page(browser(), "public:group", group.id)
        assert "Ask for a place" in said
        actions.set_newcomers(group=group, newcomers="waiting_list", places=0, by=SYSTEM, now=later)
        assert "There is no place right now." in page(browser(), "public:group", group.id)

    def test_the_title_names_no_topic(self, organisation):
        group = grouping.formed(organisation, focus="grief")
        text = browser().get(at("public:group", group.id)).content.decode()
        assert "grief" not in text.split("</title>")[0].lower()

    def test_what_is_over_or_never_was_is_not_there(self, organisation):
        group = grouping.formed(organisation)
        actions.give_up_group(group=group, by=SYSTEM, now=NOW)
        for group_id in (group.id, organisation.id):
            answer = browser().get(at("public:group", group_id))
            assert answer.status_code == 404
            assert all(line.number in answer.content.decode() for line in HELP_LINES)

    def test_an_unlisted_group_is_not_there(self, organisation):
        group = grouping.formed(organisation)
        with tenancy.scope(organisation.id):
            type(group).objects.filter(pk=group.pk).update(listed=False)
        assert browser().get(at("public:group", group.id)).status_code == 404
        assert "Tuesday" not in found(page(browser(), "public:find"))

    def test_who_joins_and_leaves_changes_nothing_outside(self, organisation):
        group = grouping.started(organisation, 6, place_code=place().code)
        before = [browser().get(at(route, *args)).content for route, args in self.pages(group)]
        for participation in grouping.people(group)[:2]:
            actions.leave_group(participation=participation, by=SYSTEM, now=NOW, wait_again=False)
            assert [browser().get(at(route, *args)).content for route, args in self.pages(group)] == before

    def pages(self, group):
        """Where the group shows."""
        return [("public:find", ()), ("public:group", (group.id,))]
