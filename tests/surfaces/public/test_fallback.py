"""The copy on files: what stands in it, and that it is shown when the database really is away."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rundbord.groups import actions as group_actions
from rundbord.kernel import tenancy
from rundbord.kernel.timeline import SYSTEM
from rundbord.organisations import actions
from rundbord.people import actions as people
from rundbord.shell.help_lines import HELP_LINES
from rundbord.surfaces.public import fallback
from tests.architecture.source import SOURCE
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.shell.pages import Page
from tests.surfaces.mine.people import at, browser
from tests.surfaces.office.conftest import account_with

EVERYWHERE = ("reserve", "nn/reserve", "en/reserve")


@pytest.fixture
def home(tmp_path, settings):
    """Where the copy is written."""
    settings.RUNDBORD_FALLBACK_DIR = tmp_path / "copy"
    return settings.RUNDBORD_FALLBACK_DIR


@pytest.fixture
def group(organisation):
    """One that is being formed in Østfold."""
    return grouping.formed(organisation, 4)


def written(home, part="en/reserve"):
    return (home / part / "index.html").read_text(encoding="utf-8")


def files(home):
    return {path.relative_to(home).as_posix() for path in home.glob("**/*") if path.is_file()}


class TestWhatIsWritten:
    def test_help_lines_offices_and_groups_in_three_languages(self, home, organisation, group):
        fallback.tick(NOW)
        names = {f"{part}/index.html" for start in EVERYWHERE for part in (start, f"{start}/31")}
        assert files(home) == names
        for name in names:
            said = (home / name).read_text(encoding="utf-8")
            assert all(line.number in said for line in HELP_LINES)
            assert not Page(said).unbalanced
        assert "oppdatert mandag 2. mars kl. 10" in written(home, "reserve")
        assert "oppdatert måndag 2. mars kl. 10" in written(home, "nn/reserve")
        assert organisation.name in written(home) and "69 00 00 00" in written(home)
        there = written(home, "en/reserve/31")
        assert "Tuesday at 18" in there and "Being formed" in there and "Fredrikstad" in there

    def test_nothing_is_loaded_and_nothing_runs(self, home, group):
        fallback.tick(NOW)
        for file in files(home):
            said = Page((home / file).read_text(encoding="utf-8"))
            assert not [e for e in said.elements if e.name in {"script", "img", "link", "iframe", "form"}]

    def test_no_names_and_no_numbers_of_people(self, home, organisation, group):
        account = account_with(organisation, "coordinator")
        people.show_name(account=account, organisation=organisation, name="Kariann", now=NOW)
        fallback.tick(NOW)
        for file in files(home):
            said = (home / file).read_text(encoding="utf-8")
            # Whoever takes her yes back is gone at once: no copy may keep her.
            assert not re.search("Kari|Anne|Storgata|@", said), file

    def test_what_the_public_list_does_not_show_is_not_there(self, home, organisation, twin, group):
        hidden = grouping.formed(twin, 4, place_code="1101")
        with tenancy.scope(twin.id):
            hidden.listed = False
            hidden.save()
        actions.change_facts(organisation=twin, active=False, by=SYSTEM, now=NOW)
        fallback.tick(NOW)
        assert not (home / "reserve/11").exists()
        assert twin.name not in written(home)

    def test_a_county_whose_last_group_is_gone_is_taken_away(self, home, group):
        fallback.tick(NOW)
        group_actions.give_up_group(group=group, by=SYSTEM, now=NOW)
        fallback.tick(NOW)
        assert files(home) == {f"{start}/index.html" for start in EVERYWHERE}
        assert "Østfold" not in written(home)

    def test_digital_groups_have_a_page_of_their_own(self, home, organisation):
        grouping.formed(organisation, 4, digital=True, place_code="1101")
        fallback.tick(NOW)
        assert "Digital groups" in written(home, "en/reserve/digital")
        assert not (home / "reserve/11").exists()

    def test_a_name_cannot_break_out(self, home, organisation, group):
        actions.change_facts(
            organisation=organisation, name="</li><script>alert(1)</script>", by=SYSTEM, now=NOW
        )
        fallback.tick(NOW)
        assert not any("<script" in (home / file).read_text(encoding="utf-8") for file in files(home))

    def test_nobody_reads_half_a_page(self, home, organisation, monkeypatch):
        fallback.tick(NOW)
        before = written(home)

        def full(*_args, **_more):
            raise OSError("the disk is full")

        monkeypatch.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="full"):
            fallback.tick(NOW)
        assert written(home) == before

    @pytest.mark.parametrize("number", [1, 6])
    def test_as_many_queries_for_one_group_as_for_many(
        self, home, organisation, number, django_assert_num_queries
    ):
        for _ in range(number):
            grouping.formed(organisation, 4)
        with django_assert_num_queries(4):
            fallback.tick(NOW)

    def test_the_worker_is_told_to_write_it_each_quarter_of_an_hour(self, settings):
        assert ("fallback", 15, "rundbord.surfaces.public.fallback.tick") in settings.RUNDBORD_SCHEDULES


class TestServed:
    def test_the_pages_lead_to_one_another(self, home, group):
        fallback.tick(NOW)
        client = browser()
        seen, ahead = set(), [at("public:fallback")]
        while ahead:
            address = ahead.pop()
            answer = client.get(address)
            assert answer.status_code == 200, address
            seen.add(address)
            links = [e.attrs["href"] for e in Page(answer.content.decode()).all("a")]
            ahead += [link for link in links if link.startswith("/") and link not in seen]
        assert {at("public:fallback_part", "31"), at("public:fallback", language="nn")} <= seen

    def test_its_few_lines_of_style_are_allowed_and_nothing_else(self, home, organisation):
        fallback.tick(NOW)
        answer = browser().get(at("public:fallback"))
        policy = answer.headers["Content-Security-Policy"]
        assert fallback.style_source() in policy and "unsafe" not in policy
        assert "noindex" in answer.headers["X-Robots-Tag"]

    @pytest.mark.parametrize("part", ["", "31", "finnes-ikke"])
    def test_before_the_first_round_there_is_nothing(self, home, part, db):
        route, args = ("public:fallback_part", [part]) if part else ("public:fallback", [])
        assert browser().get(at(route, *args)).status_code == 404


ASKED = {
    "list": "/en/finn/", "nynorsk": "/nn/kontaktpunkter/", "text": "/en/hjelpelinjer/",
    "copy": "/en/reserve/31/", "private": "/en/konto/login/", "missing": "/en/finnes-ikke/",
}  # fmt: skip
AWAY = """
import json, sys
import django
django.setup()
from django.test import Client
client, asked = Client(raise_request_exception=False, HTTP_HOST="localhost"), json.loads(sys.argv[1])
answers = {name: client.get(address) for name, address in asked.items()}
answers["head"] = client.head(asked["list"])
answers["posted"] = client.post("/en/onske/", {"step": "1", "place": "Moss"})
client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
answers["known"] = client.get(asked["list"])
told = {name: [a.status_code, a.content.decode(), dict(a.headers)] for name, a in answers.items()}
print(json.dumps(told))
"""


def asked_without_database(copy, away):
    """What a process answers whose database cannot be opened."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rundbord.config.settings.test",
        "DATABASE_URL": f"sqlite:///{away}/nowhere/rundbord.sqlite3",
        "RUNDBORD_FALLBACK_DIR": str(copy),
        "PYTHONPATH": str(SOURCE.parent),
    }
    said = subprocess.run(
        [sys.executable, "-c", AWAY, json.dumps(ASKED)],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(said.stdout)


@pytest.fixture
def answers(home, group, tmp_path):
    """Of a process without its database, after the copy was written."""
    fallback.tick(NOW)
    return asked_without_database(home, tmp_path)


def test_while_the_database_is_away(answers, organisation, tmp_path):
    for name, words in (("list", "do not answer right now"), ("nynorsk", "svarer ikkje akkurat no")):
        status, said, headers = answers[name]
        assert (status, headers["Cache-Control"]) == (503, "no-store"), name
        assert words in said and organisation.name in said
        assert int(headers["Retry-After"]) > 0
        assert fallback.style_source() in headers["Content-Security-Policy"]
    assert answers["known"][:2] == answers["list"][:2]  # somebody who is signed in reads the same
    assert answers["head"][0] == 503 and answers["head"][1] == ""
    assert answers["text"][0] == 200  # a text needs no database
    assert answers["copy"][0] == 200 and "Tuesday at 18" in answers["copy"][1]
    assert answers["missing"][0] == 404
    for name in ("posted", "private"):
        assert "simple copy" not in answers[name][1], name
    assert answers["posted"][0] == 500
    assert all(line.number in said for line in HELP_LINES for _status, said, _ in (answers["posted"],))
    # Without a copy the page says that it is our fault, with the help lines.
    status, said, _headers = asked_without_database(tmp_path / "nothing", tmp_path)["list"]
    assert status == 500 and all(line.number in said for line in HELP_LINES)
