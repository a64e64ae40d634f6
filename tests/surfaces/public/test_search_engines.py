"""What search engines learn: every public page once per language, by one address, and nothing private."""

import re
from collections import Counter
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings as configured
from django.urls import get_resolver

from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions
from rundbord.shell.access import ANYONE, is_listed, opened_to
from rundbord.shell.languages import WELCOME
from rundbord.surfaces.public.views.machines import NAMED
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.shell.pages import Page
from tests.surfaces.mine.people import at, browser, inside, wish
from tests.surfaces.office.conftest import account_with, signed_in
from tests.surfaces.test_get_changes_nothing import Known, addresses, patterns

BASE = "https://bord.example"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = [code for code, _name in configured.LANGUAGES]
VIEWS = {name: pattern.callback for name, pattern in patterns(get_resolver())}
LISTED = sorted(name for name, view in VIEWS.items() if is_listed(view))
PLAIN = sorted(name for name in LISTED if not name.endswith((":office", ":welcome")))


@pytest.fixture(autouse=True)
def public_address(settings):
    """Where letters lead to, too."""
    settings.RUNDBORD_PUBLIC_URL = f"{BASE}/"


@pytest.fixture
def here(organisation):
    """Something behind every kind of address."""
    return Known(organisation)


def links(answer, rel):
    """(language, address) of the page's links of that kind."""
    return [
        (e.attrs.get("hreflang", ""), e.attrs["href"])
        for e in Page(answer.content.decode()).all("link", rel=rel)
        if rel != "alternate" or e.attrs.get("hreflang")
    ]


def mapped():
    """The addresses of the site map."""
    answer = browser().get(at("public:sitemap"))
    assert answer.headers["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{SPACE}urlset"
    return [loc.text for loc in root.iter(f"{SPACE}loc")]


class TestSiteMap:
    def test_every_public_page_once_in_each_language(self, organisation, twin):
        wanted = Counter(BASE + at(route, language=code) for route in PLAIN for code in LANGUAGES)
        for slug in (organisation.slug, twin.slug):
            wanted.update(BASE + at("public:office", slug, language=code) for code in LANGUAGES)
        wanted.update(BASE + at("public:welcome", code, language="nb") for code in WELCOME)
        assert Counter(mapped()) == wanted

    def test_every_address_in_it_is_the_pages_own(self, organisation):
        client = browser()
        for address in mapped():
            answer = client.get(urlsplit(address).path)
            assert answer.status_code == 200, address
            assert links(answer, "canonical") == [("", address)]
            assert "noindex" not in answer.headers.get("X-Robots-Tag", "") + answer.content.decode()

    def test_a_closed_office_is_not_in_it(self, organisation, twin):
        actions.change_facts(organisation=twin, active=False, by=SYSTEM, now=NOW)
        said = " ".join(mapped())
        assert organisation.slug in said and twin.slug not in said

    def test_every_page_of_many_is_known_to_it(self):
        """Whoever opens a page with something in its address says what there is, or leaves it unlisted."""
        several = [name for name, pattern in patterns(get_resolver()) if pattern.pattern.converters]
        assert {f"public:{name}" for name in NAMED} == {name for name in several if is_listed(VIEWS[name])}

    @pytest.mark.parametrize("number", [1, 40])
    def test_as_many_queries_for_one_office_as_for_many(self, db, number, django_assert_num_queries):
        OrganisationFactory.create_batch(number)
        with django_assert_num_queries(1):
            mapped()


class TestAPagesAddress:
    def test_in_every_language_and_by_default(self, organisation):
        answer = browser().get(at("public:offices", language="nn"), {"place": "Fredrikstad"})
        assert links(answer, "canonical") == [("", f"{BASE}/nn/kontaktpunkter/")]
        assert links(answer, "alternate") == [
            ("nb", f"{BASE}/kontaktpunkter/"),
            ("nn", f"{BASE}/nn/kontaktpunkter/"),
            ("en", f"{BASE}/en/kontaktpunkter/"),
            ("x-default", f"{BASE}/kontaktpunkter/"),
        ]

    def test_welcome_pages_name_one_another(self, db):
        answer = browser().get(at("public:welcome", "uk", language="en"))
        assert links(answer, "canonical") == [("", f"{BASE}/velkommen/uk/")]
        assert [code for code, _address in links(answer, "alternate")] == list(WELCOME)

    def test_what_is_not_there_has_none(self, organisation):
        answer = browser().get(at("public:office", "finnes-ikke"))
        assert links(answer, "canonical") == links(answer, "alternate") == []

    def test_the_front_page_says_whose_site_it_is(self, organisation):
        said = browser().get(at("public:front", language="nn")).content.decode()
        assert f'"@type": "WebSite", "name": "Rundbord", "url": "{BASE}/nn/"' in said


class TestEverybodysAddresses:
    def test_nothing_but_listed_pages_may_be_found(self, here, organisation):
        found = addresses(here)
        manager = signed_in(account_with(organisation, "manager"))
        clients = [browser(), inside(wish(organisation)), manager]
        kept_out = sorted(set(found) - set(LISTED))
        assert len(kept_out) > 80
        for name in kept_out:
            for client in clients:
                answer = client.get(found[name])
                assert "noindex" in answer.headers.get("X-Robots-Tag", ""), name
                if opened_to(VIEWS[name]) != ANYONE:
                    assert answer.headers["Cache-Control"] == "no-store", name
        reached = {urlsplit(address).path for address in mapped()}
        assert not reached & {found[name] for name in kept_out}

    def test_what_is_private_stands_where_robots_are_asked_not_to_go(self, here):
        said = browser().get(at("public:robots")).content.decode()
        closed = tuple(re.findall(r"^Disallow: (/[\w/]+/)$", said, re.MULTILINE))
        assert f"Sitemap: {BASE}/sitemap.xml" in said
        for name, address in addresses(here).items():
            surface = name.split(":")[0]
            assert address.startswith(closed) == (surface != "public"), name
        assert not re.search("selv|gruppe|group|wish|sorg", said)
