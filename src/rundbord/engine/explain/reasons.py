"""The binding reason for somebody left out: one thing is relaxed at a time until she could be placed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from .. import meetings as meet
from ..meetings import Meeting
from ..problem import Problem
from .fit import has_room, welcome
from .leftovers import Leftovers, Person, Trial

FURTHER = 10_000  # metres added when the journey is relaxed (the design's "+10 km")


class Reason(NamedTuple):
    """code and numbers of what binds; change: the smallest single change found that would place her."""

    code: str
    numbers: dict[str, Any]
    change: dict[str, Any] | None


def reason(rest: Leftovers, seeker: int) -> Reason:
    """Try what is smallest first: nothing, one more starter, one more room, then each of her own wishes."""
    if rest.problem.seekers.bundle[seeker] >= 0:
        return _of_bundle(rest, seeker)
    person = rest.person(seeker)
    if not person.slots or not person.frames or not person.langs or not (person.physical or person.digital):
        return Reason("wish_incomplete", {}, None)
    for code, change in TRIALS.items():
        found = change(rest, person)
        if found is not None:
            return Reason(code, _numbers(rest, person), found)
    return Reason("too_few_people", _numbers(rest, person), None)


def _of_bundle(rest: Leftovers, seeker: int) -> Reason:
    together = rest.problem.bundles[int(rest.problem.seekers.bundle[seeker])]
    return Reason(
        "together_with_others", {"people": len(together)}, {"code": "separately", "people": len(together)}
    )


def _numbers(rest: Leftovers, person: Person) -> dict[str, Any]:
    """How many others left share at least one slot, frame and language with her."""
    s, left = rest.problem.seekers, rest.seekers
    slots = (s.liking[left][:, list(person.slots)] >= 0).any(axis=1)
    frames = (s.rank[left][:, list(person.frames)] >= 0).any(axis=1)
    alike = slots & frames & s.langs[left][:, list(person.langs)].any(axis=1) & (left != person.seeker)
    return {
        "slots": len(person.slots),
        "others_alike": int(alike.sum()),
        "max_m": int(s.max_m[person.seeker]),
    }


def _first(trials: Iterator[Trial]) -> Trial | None:
    return next(trials, None)


def _where(rest: Leftovers, found: Trial) -> dict[str, Any]:
    room = None if found.room is None else rest.problem.rooms.ids[found.room]
    return {"slot": found.slot, "room": room, "frame": found.frame, "lang": found.lang, "new_group": True}


def _as_is(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    """Nothing stands in the way: the solution can still be bettered."""
    return _placing(rest, person, "nothing")


def _placing(rest: Leftovers, person: Person, code: str, **numbers: Any) -> dict[str, Any] | None:
    """Whether she, relaxed, fits into a group with a chair left or into a new one."""
    for meeting in rest.meetings:
        if _could_join(rest, person, meeting):
            return {"code": code, **numbers, "slot": meeting.slot, "new_group": False}
    found = _first(rest.trials(person))
    return {"code": code, **numbers, **_where(rest, found)} if found else None


def _could_join(rest: Leftovers, person: Person, meeting: Meeting) -> bool:
    problem, s = rest.problem, rest.problem.seekers
    asked = meeting.slot in person.slots and meeting.frame in person.frames and meeting.lang in person.langs
    if not asked or meeting.audience not in rest._audiences(person) or not has_room(problem, meeting):
        return False
    alone = meeting.open is None and meeting.starter is None
    if (alone and not s.self_ok[person.seeker]) or not _gets_there(problem, person, meeting):
        return False
    return welcome(problem, meeting, person.seeker)


def _gets_there(problem: Problem, person: Person, meeting: Meeting) -> bool:
    if meeting.venue is None:
        return person.digital
    near = (
        meet.distance(problem, person.seeker, meeting.venue)
        < problem.seekers.max_m[person.seeker] + person.further
    )
    return person.physical and near and (meeting.venue[2] or not problem.seekers.access[person.seeker])


def _starter(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    found = _first(rest.trials(person, any_starter=True))
    if not found:
        return None
    muni = None if found.room is None else int(rest.problem.rooms.muni[found.room])
    return {"code": "starter", "muni": muni, **_where(rest, found)}


def _room(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    if not person.physical:
        return None
    found = _first(rest.trials(person._replace(digital=False), any_room=True))
    if not found or found.room is None:
        return None
    return {"code": "room", "muni": int(rest.problem.rooms.muni[found.room]), **_where(rest, found)}


def _another_slot(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    others = tuple(t for t in range(rest.problem.slots) if t not in person.slots)
    return _placing(rest, person._replace(slots=others), "another_slot")


def _further(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    return (
        _placing(rest, person._replace(further=FURTHER), "further", metres=FURTHER)
        if person.physical
        else None
    )


def _digital(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    relaxed = person._replace(digital=True, physical=False)
    return None if person.digital else _placing(rest, relaxed, "digital")


def _mixed(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    mixed = rest.problem.frames - 1
    return None if mixed in person.frames else _placing(rest, person._replace(frames=(mixed,)), "mixed")


def _language(rest: Leftovers, person: Person) -> dict[str, Any] | None:
    spoken = rest.problem.seekers.langs[rest.seekers].any(axis=0)
    others = tuple(lang for lang in np.flatnonzero(spoken).tolist() if lang not in person.langs)
    return _placing(rest, person._replace(langs=others), "language") if others else None


TRIALS: dict[str, Callable[[Leftovers, Person], dict[str, Any] | None]] = {
    "could_be_placed": _as_is, "no_starter": _starter, "no_room": _room, "no_shared_slot": _another_slot,
    "too_far": _further, "not_digital": _digital, "too_few_in_topic": _mixed, "language": _language,
}  # fmt: skip
