"""Contact points: the list, a place, one office's page, and where there is none yet."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions
from rundbord.organisations.models import AreaServed, Organisation, OrganisationKind
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.shell.pages import Page
from tests.surfaces.hostile import NASTY
from tests.surfaces.mine.people import at, browser, page

HOSTILE = '</script><script>alert(1)</script><!--<script>"&\u2028'
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def found(name, kind="contact_point", **facts):
    facts = {"phone": "70 11 22 33"} | facts
    return actions.found_organisation(name=name, kind=kind, by=SYSTEM, now=NOW, **facts)


@pytest.fixture
def county(db):
    """A regional office, a centre, and one contact point."""
    region = found("Distriktskontoret", "regional_office", takes_wishes=False)
    link = found("LINK Elvebyen", "clearinghouse", parent=region, places=["3107", "3105"])
    point = found("Kontaktpunkt Fredrikstad", parent=link, places=["3107"], takes_wishes=False)
    return {"region": region, "link": link, "point": point}


def text(route, *args, **asked):
    return browser().get(at(route, *args), asked).content.decode()


def listed(route="public:offices", **asked):
    """The offices that the page leads to, in order."""
    links = [e.attrs.get("href", "") for e in Page(text(route, **asked)).all("a")]
    start = at("public:offices")
    return [link.removeprefix(start).strip("/") for link in links if re.fullmatch(f"{start}[\\w-]+/", link)]


def slugs(county, *names):
    return [county[name].slug for name in names]


class TestList:
    def test_every_office_with_its_phone_those_nearest_to_people_first(self, county):
        assert listed() == slugs(county, "point", "link", "region")
        assert page(browser(), "public:offices").count("70 11 22 33") == 3

    def test_of_one_kind(self, county):
        assert listed(kind="clearinghouse") == slugs(county, "link")

    def test_whom_to_ask_in_a_place_and_those_above(self, county):
        assert listed(place="Fredrikstad") == slugs(county, "point", "link", "region")
        said = page(browser(), "public:offices", place="Fredrikstad")
        ours, _between, above = said.partition("You can also ask those above them")
        assert "LINK Elvebyen" in ours and "Distriktskontoret" in above
        assert "LINK Elvebyen" not in above.split("Would you rather")[0]

    def test_a_place_where_nobody_works_has_somebody_to_ask_all_the_same(self, county):
        said = page(browser(), "public:offices", place="Halden")
        assert "Nobody serves this place yet." in said
        assert listed(place="Halden") == slugs(county, "link")  # receives wishes, and is the nearest too

    def test_the_neighbour_is_named_with_the_way_there(self, county):
        found("Landskontoret", "national_centre")
        said = page(browser(), "public:offices", place="Halden")
        assert "They receive wishes from all over Landskontoret" in " ".join(said.split())
        assert re.search(r"About \d\d km away", said)
        assert listed(place="Halden")[1] == county["link"].slug

    def test_what_nobody_serves_anywhere(self, db):
        found("Rådgivende", places=[], takes_wishes=False)
        assert listed(place="Bergen") == []

    @pytest.mark.parametrize("asked", [{"place": "Atlantis"}, {"kind": "castle"}, {"place": "Våler"}])
    def test_what_cannot_be_searched_gets_a_sentence_and_is_kept(self, county, asked):
        said = Page(text("public:offices", **asked))
        assert said.all("div", data_field="validation")
        assert asked.get("place", "") == said.all("input", name="place")[0].attrs.get("value", "")

    @pytest.mark.parametrize("value", NASTY)
    def test_anything_in_an_address(self, county, value):
        names = ("place", "kind", "side", "county")
        for route in ("public:offices", "public:coverage"):
            answer = browser().get(at(route), dict.fromkeys(names, value))
            assert answer.status_code == 200
            assert "<script>alert" not in answer.content.decode()

    def test_long_lists_have_sides(self, db):
        OrganisationFactory.create_batch(30)
        assert len(listed()) == 24
        assert len(listed(side="2")) == 6
        assert listed(side="99") == listed(side="2")


class TestOffice:
    def test_what_is_empty_is_not_said(self, county):
        said = page(browser(), "public:office", county["region"].slug)
        for words in ("Answered:", "Here you can meet", "What they do for you", "Where they work"):
            assert words not in said

    def test_the_tree_above_and_below(self, county):
        linked = [e.attrs.get("href") for e in Page(text("public:office", county["link"].slug)).all("a")]
        assert at("public:office", county["region"].slug) in linked
        assert at("public:office", county["point"].slug) in linked

    def test_its_places_lead_to_the_groups_there(self, county):
        assert f'{at("public:find")}?place=Fredrikstad"' in text("public:office", county["point"].slug)

    def test_its_own_phone_stands_at_the_foot(self, county):
        actions.change_facts(organisation=county["point"], phone="71 00 00 00", by=SYSTEM, now=NOW)
        foot = page(browser(), "public:office", county["point"].slug).split("Would you rather talk")[1]
        assert "71 00 00 00" in foot and "Kontaktpunkt Fredrikstad" in foot

    def test_a_closed_one_and_one_that_never_was(self, county):
        actions.change_facts(organisation=county["point"], active=False, by=SYSTEM, now=NOW)
        for slug in (county["point"].slug, "finnes-ikke"):
            assert browser().get(at("public:office", slug)).status_code == 404

    def test_search_engines_are_told_name_phone_and_area_and_no_people(self, county):
        [told] = BLOCK.findall(text("public:office", county["point"].slug))
        told = json.loads(told)
        assert (told["@type"], told["name"]) == ("Organization", "Kontaktpunkt Fredrikstad")
        assert told["telephone"] == "70 11 22 33"
        assert told["url"].endswith(at("public:office", county["point"].slug))
        assert [place["name"] for place in told["areaServed"]] == ["Fredrikstad"]
        assert told["parentOrganization"]["name"] == "LINK Elvebyen"
        assert not {"email", "employee", "member", "description"} & set(told)

    def test_a_name_cannot_break_out_of_anything(self, county):
        for name in ("point", "link"):
            actions.change_facts(
                organisation=county[name],
                name=HOSTILE,
                about=HOSTILE,
                phone_hours=HOSTILE,
                by=SYSTEM,
                now=NOW,
            )
        for route, args in (
            ("public:office", [county["point"].slug]), ("public:offices", []), ("public:coverage", []),
        ):  # fmt: skip
            said = text(route, *args)
            assert "<script>alert" not in said
            assert not Page(said).unbalanced
        [told] = BLOCK.findall(text("public:office", county["point"].slug))
        assert json.loads(told)["name"] == json.loads(told)["parentOrganization"]["name"] == HOSTILE
        assert not re.search("[<>&\u2028]", told)


class TestCoverage:
    def test_a_county_in_words(self, county):
        said = " ".join(page(browser(), "public:coverage", county="31").split())
        assert "Fredrikstad Contact point here Kontaktpunkt Fredrikstad" in said
        assert "Sarpsborg Served from further away LINK Elvebyen" in said
        assert "Halden Nobody yet The nearest neighbour: LINK Elvebyen" in said
        assert "Where nobody works yet, LINK Elvebyen receives your wish." in said

    def test_the_map_leads_to_whom_one_asks_there(self, county):
        drawn = text("public:coverage", county="31").split("<svg viewBox")
        links = re.findall(r'<a href="([^"]+)"', "".join(drawn))
        assert f"{at('public:offices')}?place=Halden" in links

    def test_the_country_county_by_county(self, county):
        said = " ".join(page(browser(), "public:coverage").split())
        assert "Østfold 2 of 12 municipalities are served" in said
        assert "Agder Nobody yet" in said

    def test_a_county_that_is_not_there_is_the_whole_country(self, county):
        assert "County by county" in page(browser(), "public:coverage", county="99")

    def test_no_office_at_all(self, db):
        assert "Østfold Nobody yet" in " ".join(page(browser(), "public:coverage").split())


def many(number):
    """So many contact points in so many places; quickly, since it is the reading that is measured."""
    kind = OrganisationKind.objects.get(code="contact_point")
    made = Organisation.objects.bulk_create(OrganisationFactory.build_batch(number, kind=kind))
    with tenancy.everywhere("test"):
        AreaServed.objects.bulk_create(
            AreaServed(organisation=each, place_id=code) for each in made for code in ("3107", "3101")
        )
    return made[0]


def test_as_many_queries_for_one_as_for_four_hundred(db):
    first = many(1)
    routes = [
        ("public:offices", [], {}),
        ("public:offices", [], {"place": "Fredrikstad"}),
        ("public:office", [first.slug], {}),
        ("public:coverage", [], {}),
        ("public:coverage", [], {"county": "31"}),
    ]

    def asked():
        counts = []
        for route, args, about in routes:
            browser().get(at(route, *args), about)  # the ground of a map is kept when it has been drawn
            with CaptureQueriesContext(connection) as queries:
                assert browser().get(at(route, *args), about).status_code == 200
            counts.append(len(queries))
        return counts

    one = asked()
    assert max(one) <= 10
    many(399)
    assert asked() == one
