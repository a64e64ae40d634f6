"""Numbers of one place and one person, and one row of ours as the engine reads it: no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rundbord.kernel.ids import new_id
from rundbord.matching import rules
from rundbord.matching.models import Proposal
from rundbord.matching.problem import apart, fit, rows
from rundbord.matching.problem.keys import Keys
from rundbord.matching.rules import ProposalState, RunState
from rundbord.people.models import Starter
from rundbord.places.models import Place
from rundbord.signups.models import SignUp
from rundbord.topics.catalogue import frame_codes, language_codes

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OSLO = Place(code="0301", name="Oslo", x=0, y=0)
FROGNER = Place(code="030105", name="Frogner", parent=OSLO, x=0, y=0)


def seeker(**facts):
    return {
        "id": "s0", "x": 0, "y": 0, "pc": 150, "muni": 0, "modes": ["physical", "digital"], "max_m": 10_000,
        "slots": {"9": 1}, "frames": {"12": 0}, "wait_weeks": 3, "discretion": 0,
    } | facts  # fmt: skip


GROUP = {"slot": 9, "frame": 12}


def test_a_place_in_a_room():
    told = fit.fit(seeker(), GROUP, {"x": 3000, "y": 4000, "accessible": True})
    assert told == {
        "slot_liking": 1, "frame_rank": 0, "distance_m": 5000, "max_m": 10_000, "mode_first": True,
        "wait_weeks": 3,
    }  # fmt: skip


def test_a_digital_place_has_no_distance():
    told = fit.fit(seeker(), GROUP, None)
    assert (told["distance_m"], told["mode_first"]) == (None, False)
    assert fit.fit(seeker(modes=["digital"]), GROUP, None)["mode_first"]


def test_what_she_cannot_is_nothing_not_zero():
    told = fit.fit(seeker(slots={"4": 1}, frames={"0": 0}), GROUP, None)
    assert (told["slot_liking"], told["frame_rank"]) == (None, None)


@given(st.lists(st.sets(st.integers(0, 34), max_size=6), min_size=1, max_size=8))
def test_shared_slots_are_those_everybody_has(everybody):
    shared = fit.shared_slots([seeker(slots={str(slot): 1 for slot in slots}) for slots in everybody])
    assert shared == sorted(set.intersection(*everybody))


def test_nobody_shares_nothing():
    assert fit.shared_slots([]) == []


def test_a_proposal_as_the_engine_writes_it():
    keys, person, room, starter = Keys(), SignUp(), new_id(), new_id()
    keys.give("s", [person])
    keys.ids |= {room: "r4", starter: "i2"}
    proposal = Proposal(
        slot=9,
        focus="grief",
        language="pl",
        women_only=True,
        room_id=room,
        starter_id=starter,
        organisation_id=new_id(),
    )
    assert fit.as_group(proposal, [person.id], keys) == {
        "slot": 9, "frame": frame_codes().index("grief"), "lang": language_codes().index("pl"),
        "audience": ["women"], "room": "r4", "starter": "i2", "members": ["s0"],
    }  # fmt: skip


def test_what_is_gone_gets_an_id_the_engine_does_not_know():
    stranger = new_id()
    proposal = Proposal(slot=9, focus="mixed", language="no", room_id=new_id(), starter_id=new_id())
    told = fit.as_group(proposal, [stranger], Keys())
    assert (told["room"], told["starter"], told["members"]) == (fit.GONE, fit.GONE, [stranger.hex])


def test_a_room_that_was_deleted_does_not_make_it_digital():
    assert fit.as_group(Proposal(slot=9, focus="mixed", language="no"), [], Keys())["room"] == fit.GONE
    assert (
        fit.as_group(Proposal(slot=9, focus="mixed", language="no", digital=True), [], Keys())["room"] is None
    )


@given(st.lists(st.sampled_from([*frame_codes(), "no-such-topic"]), max_size=6))
def test_frames_keep_the_order_of_the_wish(focus):
    known = [code for code in dict.fromkeys(focus) if code in frame_codes()]
    told = rows.frames(focus)
    assert [frame_codes()[int(number)] for number in told] == (known or ["mixed"])
    assert list(told.values()) == [min(rank, 2) for rank in range(len(told))]


@given(st.lists(st.sampled_from([*language_codes(), "tlh"]), max_size=4))
def test_somebody_always_speaks_something(codes):
    told = rows.languages(codes)
    assert [language_codes()[number] for number in told] == ([c for c in codes if c != "tlh"] or ["no"])


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (400, 57), (-3, 0)])
def test_waiting_is_counted_in_whole_weeks(days, weeks):
    assert rows.waited_weeks(SignUp(waiting_since=NOW - timedelta(days=days)), NOW) == weeks


def test_a_district_is_read_as_its_municipality():
    assert rows.municipality(FROGNER) == rows.municipality(OSLO) == "0301"


def test_postal_codes_that_were_not_said_are_beyond_all_others():
    assert rows.postal_number(FROGNER, "0250") == 250
    assert rows.postal_number(FROGNER, "") == rows.postal_number(OSLO, "") >= apart.UNSAID


@pytest.mark.parametrize(
    ("discretion", "code", "caution"), [(0, "", 0), (1, "0250", 1), (1, "", 2), (2, "0250", 2), (2, "", 2)]
)
def test_caution(discretion, code, caution):
    assert rows.caution(SignUp(discretion=discretion, postal_code=code)) == caution


@pytest.mark.parametrize(
    ("physical", "digital", "modes"),
    [(True, False, ["physical"]), (True, True, ["physical", "digital"]), (False, True, ["digital"])],
)
def test_a_room_comes_before_a_screen(physical, digital, modes):
    assert rows.modes(SignUp(physical=physical, digital=digital)) == modes


@pytest.mark.parametrize(("woman", "gender"), [(True, "f"), (False, "m"), (None, "m")])
def test_a_starter_of_whom_it_is_not_known_does_not_start_womens_groups(woman, gender):
    told = rows.starter(Starter(woman=woman, place=OSLO), "i0", (0, 0), set(), 1)
    assert told["gender"] == gender


def test_a_starter_with_too_many_starts_has_none_left_not_less():
    assert rows.starter(Starter(place=OSLO), "i0", (0, 0), set(), -2)["capacity"] == 0


def test_a_starter_who_meets_only_digitally_reaches_no_room():
    told = rows.starter(Starter(place=OSLO, physical=False, digital=True, max_km=30), "i0", (0, 0), set(), 1)
    assert (told["max_m"], told["modes"]) == (0, ["digital"])


@given(st.lists(st.tuples(st.sampled_from([1, 2, 10_301]), st.sampled_from([0, 1, 2])), max_size=6))
def test_only_pairs_of_which_one_asked_and_one_did_not_say_are_kept_apart(people):
    told = [seeker(id=f"s{n}", pc=pc, discretion=care) for n, (pc, care) in enumerate(people)]
    for a, b in apart._perhaps_neighbours(told):
        one, other = told[int(a[1:])], told[int(b[1:])]
        assert max(one["discretion"], other["discretion"]) == 1
        assert max(one["pc"], other["pc"]) >= apart.UNSAID and one is not other


@pytest.mark.parametrize("state", list(ProposalState))
@pytest.mark.parametrize("seen", [1, 2, 3])
def test_only_what_is_open_and_was_looked_at_can_be_decided(state, seen):
    assert rules.may_decide(state, 2, seen) == (state == ProposalState.OPEN and seen == 2)


@pytest.mark.parametrize(
    ("state", "minutes", "gone"),
    [
        (RunState.QUEUED, 11, False),
        (RunState.QUEUED, 13, True),
        (RunState.RUNNING, 11, False),
        (RunState.RUNNING, 13, True),
        (RunState.DONE, 9_999, False),
        (RunState.FAILED, 9_999, False),
    ],
)
def test_a_run_is_given_up_long_after_it_should_have_ended(state, minutes, gone):
    assert rules.abandoned(state, NOW, seconds=10, now=NOW + timedelta(minutes=minutes)) == gone
