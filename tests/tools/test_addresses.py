"""Which pages there are: from the map of addresses and from the links on the pages."""

import pytest
from django.urls import reverse

from rundbord.shell.access import ANYONE
from tools import addresses

ONE, TWO = "a" * 26, "e" * 26
SITE = {
    "/": f'<a href="finn/">x</a> <a href="/finn/{ONE}/#c">x</a> <a href="https://other.example/onske/">x</a>',
    "/finn/": f'<a class="x" href="/finn/{TWO}/">x</a> <a href="/en/finn/">x</a> <a href="/kontor/">x</a>',
    f"/finn/{ONE}/": "",
    f"/finn/{TWO}/": "",
    "/kontor/": "",
}


def public(match):
    return addresses.who_may(match) == ANYONE


def walked(wanted=public, most=9, site=SITE):
    return addresses.walk(site.get, wanted, ["/"], most=most)


def test_links_are_followed_and_one_of_those_that_differ_by_an_id_is_taken():
    assert walked() == ["/", "/finn/", f"/finn/{ONE}/"]


def test_only_what_is_wanted_is_asked_for():
    asked = []

    def fetch(path):
        asked.append(path)
        return SITE.get(path)

    addresses.walk(fetch, public, ["/", "/kontor/"], most=9)
    assert "/kontor/" not in asked


def test_what_does_not_answer_with_a_page_leaves_room_for_the_next_of_its_kind():
    assert walked(site={**SITE, f"/finn/{ONE}/": None}) == ["/", "/finn/", f"/finn/{TWO}/"]


@pytest.mark.parametrize(("most", "found"), [(1, 1), (2, 2), (9, 3)])
def test_of_addresses_that_differ_by_a_word_so_many_are_taken(most, found):
    words = "".join(f'<a href="/kontor/grupper/{ONE}/{word}/">x</a>' for word in ("end", "pause", "open"))
    site = {"/": words} | {f"/kontor/grupper/{ONE}/{word}/": "x" for word in ("end", "pause", "open")}
    taken = walked(lambda match: True, most, site)
    assert len(taken) == found + 1


def test_of_addresses_that_ask_for_the_same_things_one_is_taken():
    asks = ("a=1&amp;b=2", "b=3&amp;a=4", "c=1", "d")
    site = {"/": "".join(f'<a href="/finn/?{ask}">x</a>' for ask in asks)}
    site |= dict.fromkeys(["/finn/?a=1&b=2", "/finn/?b=3&a=4", "/finn/?c=1", "/finn/?d"], "")
    assert walked(site=site) == ["/", "/finn/?a=1&b=2", "/finn/?c=1", "/finn/?d"]


def test_every_page_without_parameters_is_a_beginning():
    begin = set(addresses.without_parameters())
    assert {reverse("public:find"), reverse("office:today"), reverse("account_login")} <= begin


def test_of_pages_by_others_it_is_known_who_may_open_them():
    match = addresses.matched("/konto/login/")
    assert match
    assert addresses.who_may(match).startswith(ANYONE)
