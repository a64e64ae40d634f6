"""Finding a group: words about groups, never people or numbers."""

import html
import re

import pytest
from django.test import Client

from rundbord.kernel import tenancy
from rundbord.organisations.models import AreaServed
from rundbord.places.models import Outline
from rundbord.places.queries import meant
from tests.factories import groups as grouping
from tests.factories.organisations import OrganisationFactory, place
from tests.surfaces.mine.people import at, browser, page, words
from tests.surfaces.public.finding import WEDNESDAY, bare, found, map_links, map_of, search

NASTY = [
    "x\x00y",
    "' OR 1=1 --",
    "9" * 400,
    "-1",
    "1e9",
    "<script>alert(1)</script>",
    "٣",
    "\ud800",
    "%00",
    "☃" * 90,
]
FIELDS = ["place", "county", "radius", "weekday", "part", "form", "language", "access", "focus", "page"]


@pytest.fixture
def groups(organisation):
    """One of each kind."""
    return {
        "forming": grouping.formed(organisation, 4),
        "closed": grouping.started(organisation, 6, slot=WEDNESDAY, focus="grief"),
        "digital": grouping.formed(organisation, 4, slot=4, digital=True, place_code="1101"),
    }


class TestTheList:
    def test_it_shows_state_time_and_area(self, groups):
        said = found(page(browser(), "public:find"))
        for word in ("Tuesday", "Wednesday", "Being formed", "Closed", "Digital", "Fredrikstad", "Mixed"):
            assert word in said

    def test_no_number_of_people_and_no_names(self, organisation, groups):
        said = found(page(browser(), "public:find"))
        assert "Kari" not in said and "Anne" not in said and "Storgata" not in said
        assert not re.search(r"\b[0-9]+ (people|members|places|groups|of)\b", said)

    def test_groups_of_every_office_that_are_listed_and_no_others(self, organisation, twin):
        bare(organisation)
        bare(twin, slot=WEDNESDAY)
        bare(twin, slot=19, listed=False)
        bare(twin, slot=24, state="paused")
        said = found(page(browser(), "public:find"))
        assert "Tuesday" in said and "Wednesday" in said
        assert "Thursday" not in said and "Friday" not in said

    @pytest.mark.parametrize(
        "asked, seen, unseen",
        [
            ({"weekday": "1"}, ["Tuesday"], ["Wednesday", "Monday"]),
            ({"form": "digital"}, ["Monday"], ["Tuesday", "Wednesday"]),
            ({"form": "room"}, ["Tuesday", "Wednesday"], ["Monday"]),
            ({"part": "evening"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"part": "morning"}, ["We found no group"], ["Tuesday", "Wednesday", "Monday"]),
            ({"language": "so"}, ["We found no group"], ["Tuesday"]),
            ({"access": "on"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"place": "Fredrikstad"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"place": "Tromsø", "radius": "5"}, ["Monday"], ["Tuesday", "Wednesday"]),
            ({"place": "Tromsø", "form": "room"}, ["We found no group"], ["Tuesday"]),
            ({"county": "31"}, ["Tuesday", "Wednesday", "Monday"], []),
            ({"county": "55"}, ["Monday"], ["Tuesday", "Wednesday"]),
            ({"county": "55", "place": "Fredrikstad"}, ["Tuesday", "Wednesday"], []),
        ],
    )
    def test_filters(self, groups, asked, seen, unseen):
        said = found(page(browser(), "public:find", **asked))
        assert all(word in said for word in seen), said
        assert not any(word in said for word in unseen), said

    def test_digital_groups_stand_beside_those_nearby(self, groups):
        said = found(page(browser(), "public:find", place="Fredrikstad"))
        near, digital = said.index("Near Fredrikstad"), said.index("Digital groups")
        assert near < said.index("Tuesday") < digital < said.index("Monday")
        assert "We found groups near Fredrikstad. There are digital groups too." in said

    def test_what_is_not_near_is_said_in_words(self, groups):
        said = found(page(browser(), "public:find", place="Tromsø"))
        assert "We found no group like that near Tromsø right now. There are digital groups." in said

    def test_the_nearest_come_first_with_how_far_it_is(self, organisation):
        bare(organisation, place=place("3105"))
        bare(organisation, slot=WEDNESDAY)
        said = found(page(browser(), "public:find", place="Fredrikstad"))
        assert said.index("Wednesday") < said.index("Tuesday")
        assert re.search(r"Sarpsborg, \d+ km away", said) and "Fredrikstad, " not in said

    def test_the_page_shows_the_distance_it_used(self, groups):
        assert re.search(r'<option value="20"\s+selected', search(place="Fredrikstad"))

    def test_from_the_front_page_a_group_is_two_taps_away(self, groups):
        assert at("public:group", groups["forming"].id) in search(place="Fredrikstad")

    def test_pages_without_a_number_of_them(self, organisation):
        first, second = bare(organisation, 13), bare(organisation, state="starting", slot=WEDNESDAY)
        one, two = search(place="Fredrikstad"), search(place="Fredrikstad", page="2")
        assert len(re.findall("rb-state", one)) == 12 and "Next page" in one and "Previous page" not in one
        assert len(re.findall("rb-state", two)) == len(first + second) - 12
        assert "Next page" not in two and "Previous page" in two and "This is page 2." in two
        assert not re.search(r"\b(13|14|of 2)\b", words_of(one) + words_of(two))
        following = re.search(r'rel="next" href="([^"]+)"', one)
        assert following and html.unescape(following[1]).startswith(
            f"{at('public:find')}?place=Fredrikstad&page=2"
        )

    def test_further_digital_groups_are_a_link_away(self, organisation):
        bare(organisation, 7, digital=True)
        text = search(place="Fredrikstad", weekday="1")
        assert f'href="{at("public:find")}?place=Fredrikstad&amp;weekday=1&amp;form=digital"' in text
        assert len(re.findall("rb-state", text)) == 4
        assert len(re.findall("rb-state", search(form="digital"))) == 7


class TestTheSearch:
    def test_without_a_topic_it_becomes_an_address_to_share(self, groups):
        asked = {"place": "Fredrikstad", "weekday": "1", "part": "", "x": "1"}
        answer = browser().post(at("public:find"), asked)
        assert answer.status_code == 302
        assert answer.url == f"{at('public:find')}?place=Fredrikstad&weekday=1"
        assert "Tuesday" in found(words(browser().get(answer.url)))

    def test_a_place_that_is_typed_says_more_than_a_county(self, groups):
        answer = browser().post(at("public:find"), {"place": "Moss", "county": "55"})
        assert answer.url == f"{at('public:find')}?place=Moss"
        assert browser().post(at("public:find"), {"county": "55"}).url.endswith("?county=55")

    def test_a_topic_is_answered_on_the_spot_and_kept_nowhere(self, groups):
        answer = browser().post(at("public:find"), {"focus": "grief"})
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
        assert "Wednesday" in found(words(answer)) and "Tuesday" not in found(words(answer))
        assert not re.search(r"[?&;]focus=|grief[^\"]*\" *href", answer.content.decode())

    def test_a_topic_in_an_address_is_not_heard(self, groups):
        assert "Tuesday" in found(page(browser(), "public:find", focus="grief"))

    def test_the_pages_of_a_topic_are_turned_by_button(self, organisation):
        bare(organisation, 13, focus="grief")
        client, asked = browser(), {"focus": "grief", "place": "Fredrikstad"}
        text = client.post(at("public:find"), asked).content.decode()
        form = re.search(r'<form method="post"[^>]*>(?:(?!</form>).)*Next page', text, re.DOTALL)[0]
        sent = dict(re.findall(r'name="(\w+)" value="([^"]+)"', form))
        assert sent == asked | {"page": "2"}
        turned = client.post(at("public:find"), sent).content.decode()
        assert len(re.findall("rb-state", turned)) == 1 and "Previous page" in turned

    def test_an_unclear_place_offers_what_it_may_mean(self, groups):
        text = search(place="Våler", weekday="1")
        assert "Which place do you mean?" in words_of(text)
        links = re.findall(r'<a href="([^"]+)#found">(Våler[^<]+)</a>', text)
        assert [name for _, name in links] == ["Våler (Innlandet)", "Våler (Østfold)"]
        for address, name in links:
            chosen = browser().get(html.unescape(address)).content.decode()
            assert "What we found" in chosen and f'value="{name}"' in chosen and "weekday=1" in address

    def test_an_unclear_place_in_a_search_for_a_topic_is_chosen_by_button(self, groups):
        text = browser().post(at("public:find"), {"place": "Våler", "focus": "grief"}).content.decode()
        assert re.search(r'form="search" name="place" value="Våler \(Østfold\)"', text)
        assert "focus=" not in text

    def test_all_that_was_searched_for_goes_along_to_the_wish(self, groups):
        asked = {
            "place": "Halden",
            "radius": "40",
            "form": "room",
            "language": "en",
            "weekday": "2",
            "part": "evening",
        }
        link = re.search(rf'href="({at("public:wish")}\?place[^"]+)"', search(**asked))
        assert link and dict(re.findall(r"[?&](\w+)=(\w+)", html.unescape(link[1]))) == asked
        wish = browser().get(html.unescape(link[1])).content.decode()
        assert 'value="Halden"' in wish and re.search(r'<option value="40"\s+selected', wish)
        assert 'name="languages" value="en"' in wish

    def test_no_topic_goes_along_in_an_address(self, groups):
        text = browser().post(at("public:find"), {"focus": "grief", "place": "Halden"}).content.decode()
        assert not any("grief" in address for address in re.findall(r'(?:href|action)="([^"]+)"', text))

    @pytest.mark.parametrize(
        "asked", [{"place": "x\x00y"}, {"weekday": "8"}, {"radius": "1e9"}, {"part": "night"}]
    )
    def test_what_cannot_be_searched_gets_a_sentence(self, groups, asked):
        text = search(**asked)
        assert "rb-error" in text or "ds-validation-message" in text
        assert "What we found" not in text and "Leave a wish" in text

    @pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
    def test_nothing_typed_anywhere_breaks_it(self, organisation, nasty):
        bare(organisation)
        client = Client(raise_request_exception=True)
        for name in FIELDS:
            sent = {name: nasty.encode("utf-8", "surrogatepass")}
            answer = client.get(at("public:find"), sent)
            assert answer.status_code == 200, name
            assert b"<script>alert" not in answer.content
            posted = client.post(at("public:find"), sent | {"focus": "mixed"} if name != "focus" else sent)
            assert posted.status_code == 200, name

    def test_what_was_asked_twice_or_strangely_is_heard_once(self, groups):
        answer = browser().get(at("public:find") + "?weekday=2&weekday=1&page=0&page=x&county=310")
        assert "Tuesday" in found(words(answer)) and "Wednesday" not in found(words(answer))


class TestWhomToRing:
    def test_the_offices_that_serve_the_place(self, organisation, twin):
        with tenancy.scope(organisation.id):
            AreaServed.objects.create(organisation=organisation, place=place())
        organisation.phone, organisation.phone_hours = "69 11 22 33", "Tuesdays 10–14"
        organisation.save()
        said = page(browser(), "public:find", place="Fredrikstad").split("Nothing that suits you?")[0]
        assert "Not sure?" in said and "69 11 22 33" in said and "Tuesdays 10–14" in said
        assert organisation.name in said and twin.name not in said

    def test_where_nobody_serves_somebody_above_does(self, organisation):
        said = page(browser(), "public:find", place="Tromsø").split("Nothing that suits you?")[0]
        assert organisation.name in said

    def test_nobody_is_named_before_a_place_is(self, organisation):
        assert "Not sure?" not in page(browser(), "public:find")


class TestTheMap:
    @pytest.fixture
    def two_counties(self, organisation, twin):
        bare(organisation)
        bare(twin, place=place("3105"), slot=WEDNESDAY)
        bare(twin, place=place("4601"), slot=19)
        bare(twin, place=place("1103"), listed=False)
        bare(organisation, place=place("5501"), digital=True)

    def test_the_country_leads_to_counties_where_there_are_groups(self, two_counties):
        links = map_links(search())
        assert set(links) == {"Østfold – Being formed", "Vestland – Being formed"}
        narrowed = search_at(links["Vestland – Being formed"])
        assert "Thursday" in found(narrowed) and "Wednesday" not in found(narrowed)
        assert "Map of Vestland" in narrowed and "The whole country" in narrowed

    def test_a_county_leads_to_its_places_and_keeps_the_search(self, two_counties):
        links = map_links(search(county="31", weekday="1"))
        assert list(links) == ["Fredrikstad – Being formed"]
        assert links["Fredrikstad – Being formed"].endswith("?place=Fredrikstad&weekday=1")
        narrowed = search_at(links["Fredrikstad – Being formed"])
        assert "Near Fredrikstad" in narrowed and "rb-map-here" in narrowed
        assert set(map_links(search(place="Halden"))) == {
            "Fredrikstad – Being formed",
            "Sarpsborg – Being formed",
        }

    def test_the_same_places_stand_as_a_list(self, two_counties):
        drawn = map_of(search(county="31"))
        listed = re.findall(r'<li><a href="[^"]+">(\w+)</a>', drawn)
        assert listed == ["Sarpsborg", "Fredrikstad"] and "The places as a list" in drawn

    def test_one_group_or_twenty_look_alike(self, organisation):
        bare(organisation)
        before = {county: map_of(search(county=county)) for county in ("", "31")}
        bare(organisation, 19, state="starting")
        assert {county: map_of(search(county=county)) for county in ("", "31")} == before
        assert not re.search(r">[^<]*\d+[^<]*<", re.sub(r"<svg.*?</svg>", "", before["31"], flags=re.DOTALL))

    def test_a_search_for_a_topic_stays_out_of_the_addresses_of_the_map(self, organisation):
        bare(organisation, focus="grief")
        text = browser().post(at("public:find"), {"focus": "grief", "county": "31"}).content.decode()
        assert map_links(text) == {} and "Fredrikstad" in map_of(text)
        assert 'form="search" name="place" value="Fredrikstad"' in map_of(text)

    def test_digital_groups_are_on_no_map(self, organisation):
        bare(organisation, digital=True)
        assert map_of(search(form="digital")) == "" and map_links(search()) == {}

    def test_a_city_shows_its_districts(self, organisation):
        bare(organisation, place=place("030101"))
        bare(organisation, place=place("0301"))
        assert set(map_links(search(place="Oslo"))) == {"Gamle Oslo – Being formed", "Oslo – Being formed"}

    def test_borders_are_drawn_where_they_were_imported(self, organisation):
        home = place()
        ring = [[home.x + dx, home.y + dy] for dx, dy in ((-9e3, -9e3), (-9e3, 9e3), (9e3, 9e3), (9e3, -9e3))]
        Outline.objects.create(code="3107", polygons=[[[*ring, ring[0]]]])
        bare(organisation)
        drawn = map_of(search(county="31"))
        assert 'id="land-3107" class="rb-map-soon"' in drawn and 'href="#land-3107"' in drawn


class TestNearMe:
    def test_only_here_a_page_may_ask_where_the_phone_is(self, organisation):
        asked = browser().get(at("public:find")).headers["Permissions-Policy"]
        assert "geolocation=(self)" in asked and "camera=()" in asked
        for route in ("public:front", "public:wish", "public:seats"):
            assert "geolocation=()" in browser().get(at(route)).headers["Permissions-Policy"]

    def test_every_seat_for_the_phone_to_look_in(self, db):
        answer = browser().get(at("public:seats"))
        known = answer.json()
        assert len(known) == 357 and answer.headers["Cache-Control"] == "public, max-age=86400"
        assert not answer.cookies
        for label, lat, lon in known[::40]:
            found_ = meant(label)
            assert found_ and (float(found_.place.lat), float(found_.place.lon)) == (lat, lon)

    def test_without_scripts_there_is_no_button(self, organisation):
        assert re.search(r"<button[^>]*data-near=[^>]* hidden>", search())


class TestCost:
    WHERE = {"place": "Fredrikstad", "radius": "80", "weekday": "1", "language": "no"}

    @pytest.mark.parametrize("asked", [{}, {"county": "31"}, WHERE], ids=["country", "county", "place"])
    def test_as_many_queries_for_one_as_for_three_hundred(
        self, organisation, twin, asked, django_assert_num_queries, django_assert_max_num_queries
    ):
        bare(organisation, digital=True)
        bare(organisation)
        bare(twin, place=place("5501"))
        client = browser()
        client.get(at("public:find"), asked)  # what a process reads only once is read
        with django_assert_max_num_queries(12) as few:
            client.get(at("public:find"), asked)
        bare(organisation, 300)
        bare(twin, 20, digital=True)
        for code in ("3105", "3101", "4601"):
            bare(OrganisationFactory(), place=place(code))
        with django_assert_num_queries(len(few)):
            client.get(at("public:find"), asked)

    @pytest.mark.parametrize("route, args", [("public:find", 0), ("public:group", 1), ("public:seats", 0)])
    def test_looking_again_costs_no_page(self, organisation, route, args):
        [group] = bare(organisation)
        client, address = browser(), at(route, *[group.id][:args])
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and not again.content and not first.cookies
        bare(organisation, state="starting", slot=WEDNESDAY)
        changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == (200 if route == "public:find" else 304)


def search_at(address: str) -> str:
    """The page at an address that another page gave."""
    return browser().get(address).content.decode()


def words_of(text: str) -> str:
    """What a page says, without its markup."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text))
