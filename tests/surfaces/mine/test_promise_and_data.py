"""What one's own page promises and admits, all that is kept in words, and staying signed in with one tap."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rundbord.kernel import tenancy, timeline
from rundbord.signups.personal_data import DECLARED
from rundbord.surfaces.mine import waits
from tests.conftest import NOW
from tests.factories import groups as grouping
from tests.surfaces.mine.people import at, browser, fresh, inside, page, starting, wish, words

# Written by the machine for the machine: in the file for computers, but no sentence on the page.
_NOT_SAID = {
    "state", "contact_kind", "ui_language", "consent_version", "confirmed_at", "waiting_since", "heard_at",
    "asked_at", "state_since", "note_at", "last_mail_at", "answer_step", "gender",
}  # fmt: skip


class TestPromise:
    def test_the_day_is_told(self, organisation):
        said = page(inside(wish(organisation, answer_by=date(2026, 3, 9))), "mine:page")
        assert "By Monday 9 March, also if we are still looking." in said

    def test_what_was_not_kept_is_admitted_with_a_phone(self, organisation):
        said = page(inside(wish(organisation, answer_by=date(2026, 2, 27), answer_step=2)), "mine:page")
        assert "We are late" in said and "by Friday 27 February" in said
        assert f"Ring us: {organisation.phone}" in said

    @pytest.mark.parametrize("state", ["paused", "waiting"])
    def test_nothing_where_nothing_is_open(self, organisation, state):
        by = date(2026, 3, 9) if state == "paused" else None
        said = page(inside(wish(organisation, state=state, answer_by=by)), "mine:page")
        assert "also if we are still looking" not in said and "We are late" not in said


class TestWait:
    def placed(self, organisation, **buckets):
        with tenancy.scope(organisation.id):
            for bucket, number in buckets.items():
                timeline.count(
                    organisation_id=organisation.id, counter="wish-placed", by=number,
                    detail=bucket.strip("_").replace("_", "-"), now=datetime(2025, 5, 5, 9, tzinfo=UTC),
                )  # fmt: skip

    @pytest.mark.parametrize(
        ("buckets", "weeks"),
        [
            ({"_0_3": 30}, 4),
            ({"_0_3": 10, "_4_7": 30}, 8),
            ({"_0_3": 10, "_8_12": 10, "_13_25": 30}, 26),
            ({"_0_3": 10}, None),  # too few to say
            ({"_0_3": 2, "_4_7": 30}, None),  # one of the numbers is hidden
            ({}, None),
        ],
    )
    def test_only_what_nobody_can_be_found_in(self, organisation, twin, buckets, weeks):
        self.placed(twin, _0_3=500)
        self.placed(organisation, **buckets)
        assert waits.usual_wait(organisation.id, NOW) == weeks

    def test_more_than_half_a_year(self, organisation):
        with tenancy.scope(organisation.id):
            about = {"counter": "wish-placed", "by": 40, "now": datetime(2025, 5, 5, 9, tzinfo=UTC)}
            timeline.count(organisation_id=organisation.id, detail="26+", **about)
        assert waits.usual_wait(organisation.id, NOW) == 0
        assert "waited more than half a year" in page(inside(wish(organisation)), "mine:page")

    def test_the_page_says_what_nobody_knows_yet(self, organisation):
        assert "Nobody knows yet how long it takes here." in page(inside(wish(organisation)), "mine:page")

    def test_the_page_says_what_is_known(self, organisation):
        self.placed(organisation, _0_3=10, _4_7=30)
        assert "had it within 8 weeks" in page(inside(wish(organisation)), "mine:page")

    def test_it_is_no_comfort_to_whoever_has_waited_longer(self, organisation):
        self.placed(organisation, _0_3=10, _4_7=30)
        longer = wish(organisation, waiting_since=NOW - timedelta(weeks=9))
        shown = page(inside(longer), "mine:page")
        assert "waited for 9 weeks" in shown and "within 8 weeks" not in shown

    @pytest.mark.parametrize(
        ("today", "end"),
        [
            (date(2026, 3, 2), date(2025, 12, 31)),
            (date(2026, 4, 1), date(2026, 3, 31)),
            (date(2026, 9, 30), date(2026, 6, 30)),
            (date(2026, 12, 31), date(2026, 9, 30)),
        ],
    )
    def test_whole_quarters_only(self, today, end):
        assert waits.last_quarter_end(today) == end


class TestData:
    def everything(self, organisation):
        return wish(
            organisation, first_name="Kari", contact="kari@example.org", note="Ring the bell",
            focus=["grief"], not_with="Ola", postal_code="1606", women_only=True, young_only=True,
            access_needs=True, self_start_ok=True, discretion=2, digital=True, declined_slots=[14],
            answer_by=date(2026, 3, 9),
        )  # fmt: skip

    @pytest.mark.parametrize("route", ["mine:data", "mine:read_copy"])
    def test_all_that_she_told_stands_there_in_words(self, organisation, route):
        said = page(inside(self.everything(organisation)), route)
        for word in (
            "Kari", "kari@example.org", "Ring the bell", "Grief and loss", "Ola", "1606", "Fredrikstad",
            "Only a group for women", "Only a group for young adults", "without steps", "without a starter",
            "Nobody from my own municipality", "Both are fine", "20 km", "Wednesday at 18:00", "Norwegian",
            "46–60", "9 March", "26 January", organisation.name,
        ):  # fmt: skip
            assert word in said, word

    def test_a_new_column_is_thought_of(self, organisation):
        """Every column is told in words, or stands in the list of those that are not for reading."""
        told = {
            "first_name", "contact", "place", "postal_code", "physical", "digital", "max_km", "slots",
            "declined_slots", "focus", "languages", "age_band", "women_only", "young_only", "access_needs",
            "self_start_ok", "discretion", "note", "not_with", "course", "created_at", "answer_by",
            "paused_until",
        }  # fmt: skip
        exported = {name for name, rule in DECLARED["SignUp"].items() if rule and rule.export}
        assert exported - {"id", "organisation"} == told | _NOT_SAID

    def test_the_text_is_a_file_with_a_neutral_name(self, organisation):
        answer = inside(self.everything(organisation)).get(at("mine:read_copy"))
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="rundbord.txt"'
        assert "no-store" in answer.headers["Cache-Control"]

    def test_marks_in_a_name_stay_what_they_are_in_the_text(self, organisation):
        mine = wish(organisation, first_name="<b>Kari & Per</b>")
        assert "<b>Kari & Per</b>" in inside(mine).get(at("mine:read_copy")).content.decode()


class TestStay:
    def test_one_tap_begins_the_quarter_of_an_hour_anew(self, organisation, clock):
        client = inside(wish(organisation))
        clock.move_to(NOW + timedelta(minutes=14))
        assert client.post(at("mine:stay")).url == at("mine:page")
        clock.move_to(NOW + timedelta(minutes=28))
        assert client.get(at("mine:page")).status_code == 200

    def test_a_script_is_told_yes_or_no(self, organisation, clock):
        client = inside(wish(organisation))
        asks = {"headers": {"X-Requested-With": "fetch"}}
        assert client.post(at("mine:stay"), **asks).status_code == 204
        clock.move_to(NOW + timedelta(minutes=16))
        assert client.post(at("mine:stay"), **asks).status_code == 403
        assert browser().post(at("mine:stay"), **asks).status_code == 403

    def test_too_late_is_the_way_back_in(self, organisation, clock):
        client = inside(wish(organisation))
        clock.move_to(NOW + timedelta(minutes=16))
        assert client.post(at("mine:stay")).url == at("mine:again")

    def test_a_starter_stays_too(self, organisation, clock):
        client = inside(starting(organisation))
        clock.move_to(NOW + timedelta(minutes=14))
        assert client.post(at("mine:stay"), follow=True).status_code == 200

    def test_every_private_page_has_it(self, organisation):
        client = inside(wish(organisation))
        for route in ("mine:page", "mine:data", "mine:change", "mine:pause", "mine:withdraw", "mine:erase"):
            shown = client.get(at(route)).content.decode()
            assert f'action="{at("mine:stay")}"' in shown and "data-leave" in shown


class TestTwoTaps:
    """From every page of one's own it is two taps at most, and one is out."""

    @pytest.mark.parametrize("route", ["mine:page", "mine:data", "mine:change", "mine:pause", "mine:erase"])
    def test_somebody_who_waits(self, organisation, route):
        mine = wish(organisation)
        client = inside(mine)
        assert f'href="{at("mine:withdraw")}"' in client.get(at(route)).content.decode()
        assert "Your wish is taken back." in words(client.post(at("mine:withdraw"), follow=True))
        assert fresh(mine).state == "withdrawn"

    @pytest.mark.parametrize("route", ["mine:page", "mine:data", "mine:table"])
    def test_somebody_with_a_place(self, organisation, route):
        group = grouping.started(organisation)
        with tenancy.scope(organisation.id):
            client = inside(grouping.people(group)[0].signup)
        shown = client.get(at(route)).content.decode()
        first = at("mine:withdraw") if f'href="{at("mine:withdraw")}"' in shown else at("mine:leave")
        assert f'href="{first}"' in shown
        asked = client.get(first, follow=True)
        assert "Do you want to leave?" in words(asked)
        assert client.post(at("mine:leave"), follow=True).status_code == 200
        assert client.get(at("mine:table")).status_code != 200
