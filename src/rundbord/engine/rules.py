"""The hard rules, one function each. A rule yields what is wrong; silence means the rule holds.

Names are those of the format. `violations` checks a whole solution, `person_violations` one person in one
group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import meetings as meet
from .meetings import Meeting
from .problem import WOMEN, YOUNG, Problem


@dataclass(frozen=True)
class Violation:
    """A broken rule. `text` is plain English for logs and tests; `subjects` are the ids it is about."""

    rule: str
    text: str
    subjects: tuple[str, ...]


PersonRule = Callable[[Problem, Meeting, int], str | None]
GroupRule = Callable[[Problem, Meeting], Iterator[str]]


def slot(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """She can come at the slot."""
    return (
        None if problem.seekers.liking[seeker, meeting.slot] >= 0 else f"cannot come at slot {meeting.slot}"
    )


def frame(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """She asked for the frame."""
    return (
        None if problem.seekers.rank[seeker, meeting.frame] >= 0 else f"did not ask for frame {meeting.frame}"
    )


def language(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """She speaks the language."""
    return None if problem.seekers.langs[seeker, meeting.lang] else f"does not speak language {meeting.lang}"


def audience(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """A women-group is for women, a young-group for those young enough."""
    if meeting.audience & WOMEN and problem.seekers.gender[seeker] != 0:
        return "is not among those a group for women is for"
    too_old = problem.seekers.age[seeker] > problem.policy.young_max_age
    return "is too old for a group for young adults" if meeting.audience & YOUNG and too_old else None


def only(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """Who asked for women or young only comes only into such a group."""
    missing = problem.seekers.only[seeker] & ~meeting.audience
    return "asked for a narrower audience" if missing else None


def mode(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """She meets digitally, or in a room."""
    can = problem.seekers.digital if meeting.venue is None else problem.seekers.physical
    return None if can[seeker] else f"does not meet {'digitally' if meeting.venue is None else 'in a room'}"


def travel(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """She lives within her longest journey of the venue."""
    s = problem.seekers
    if meeting.venue is None or _within(s, seeker, meeting.venue):
        return None
    return f"lives {meet.distance(problem, seeker, meeting.venue)} m away, at most {s.max_m[seeker]} m"


def access(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """Who needs an accessible room gets one."""
    needs = meeting.venue is not None and problem.seekers.access[seeker] and not meeting.venue[2]
    return "needs an accessible room" if needs else None


def self_start(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """Without a starter everyone must accept that."""
    alone = meeting.open is None and meeting.starter is None
    return "wants a starter" if alone and not problem.seekers.self_ok[seeker] else None


def join_single(problem: Problem, meeting: Meeting, seeker: int) -> str | None:
    """Open groups take single people."""
    together = meeting.open is not None and problem.seekers.bundle[seeker] >= 0
    return "is to stay together with others; open groups take single people" if together else None


PERSON_RULES: dict[str, PersonRule] = {
    "slot": slot, "frame": frame, "language": language, "audience": audience, "only": only, "mode": mode,
    "travel": travel, "access": access, "self-start": self_start, "join-single": join_single,
}  # fmt: skip


def _within(rows: Any, at: int, venue: tuple[int, int, bool]) -> bool:
    away = (int(rows.x[at]) - venue[0]) ** 2 + (int(rows.y[at]) - venue[1]) ** 2
    return away <= int(rows.max_m[at]) ** 2


def size(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """A new group has min_size to max_size members."""
    count, policy = len(meeting.members), problem.policy
    if meeting.open is None and not policy.min_size <= count <= policy.max_size:
        yield f"{count} members, not {policy.min_size} to {policy.max_size}"


def room_free(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """The room is free at the slot."""
    if meeting.room is not None and not problem.rooms.free[meeting.room, meeting.slot]:
        yield f"the room is not free at slot {meeting.slot}"


def room_capacity(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """Members and starter fit in the room."""
    people = len(meeting.members) + (meeting.starter is not None)
    if meeting.room is not None and people > problem.rooms.capacity[meeting.room]:
        yield f"{people} people in a room for {problem.rooms.capacity[meeting.room]}"


def starter_free(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """The starter is free at the slot."""
    if meeting.starter is not None and not problem.starters.free[meeting.starter, meeting.slot]:
        yield f"the starter is not free at slot {meeting.slot}"


def starter_language(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """The starter speaks the group's language."""
    if meeting.starter is not None and not problem.starters.langs[meeting.starter, meeting.lang]:
        yield f"the starter does not speak language {meeting.lang}"


def starter_audience(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """A group for women has a woman as starter."""
    if (
        meeting.starter is not None
        and meeting.audience & WOMEN
        and not problem.starters.woman[meeting.starter]
    ):
        yield "a group for women needs a woman as starter"


def starter_mode(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """The starter starts groups digitally."""
    if (
        meeting.starter is not None
        and meeting.venue is None
        and not problem.starters.digital[meeting.starter]
    ):
        yield "the starter does not start groups digitally"


def starter_travel(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """The starter starts groups in rooms and reaches this one."""
    if meeting.starter is None or meeting.venue is None:
        return
    starts = problem.starters.physical[meeting.starter]
    if not starts or not _within(problem.starters, meeting.starter, meeting.venue):
        yield "the starter does not reach the room"


def self_start_allowed(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """Groups without a starter are the organisation's choice."""
    if meeting.open is None and meeting.starter is None and not problem.policy.self_start:
        yield "groups without a starter are not allowed here"


def free_places(problem: Problem, meeting: Meeting) -> Iterator[str]:
    """An open group takes at most as many as it has places."""
    if meeting.open is not None and len(meeting.members) > problem.opens.free[meeting.open]:
        yield f"{len(meeting.members)} newcomers, {problem.opens.free[meeting.open]} places"


GROUP_RULES: dict[str, GroupRule] = {
    "size": size, "room-free": room_free, "room-capacity": room_capacity, "starter-free": starter_free,
    "starter-language": starter_language, "starter-audience": starter_audience, "starter-mode": starter_mode,
    "starter-travel": starter_travel, "self-start": self_start_allowed, "free-places": free_places,
}  # fmt: skip


def pairs(problem: Problem, meeting: Meeting) -> Iterator[Violation]:
    """`blocked` and `discretion`, among the members and against the old members of an open group."""
    ids = problem.seekers.ids
    for a, b, rule in meet.pairs_apart(problem, meeting.members):
        yield Violation(rule, f"{ids[a]} and {ids[b]} may not be in one group", (ids[a], ids[b]))
    for member in problem.opens.members[meeting.open] if meeting.open is not None else []:
        for seeker in meeting.members:
            kept = meet.apart_from_member(problem, seeker, member)
            if kept:
                text = f"{ids[seeker]} and {member[0]} may not be in one group"
                yield Violation(kept, text, (ids[seeker], member[0]))


def in_meeting(problem: Problem, meeting: Meeting, seeker: int) -> Iterator[Violation]:
    """The rules about one person in one meeting, without those about pairs."""
    for rule, holds in PERSON_RULES.items():
        wrong = holds(problem, meeting, seeker)
        if wrong:
            id_ = problem.seekers.ids[seeker]
            yield Violation(rule, f"{id_} {wrong}", (id_,))


def of_meeting(problem: Problem, meeting: Meeting, where: str) -> Iterator[Violation]:
    """Every rule that one meeting can be judged by alone."""
    for rule, holds in GROUP_RULES.items():
        for wrong in holds(problem, meeting):
            yield Violation(rule, f"{where}: {wrong}", (where,))
    for seeker in meeting.members:
        yield from in_meeting(problem, meeting, seeker)
    yield from pairs(problem, meeting)


def person_violations(problem: Problem, group: dict[str, Any], seeker_id: str) -> list[Violation]:
    """What forbids this seeker in this group (of the format), whether or not she is among its members now."""
    unknown = list(_unknown(problem, group | {"members": [*group["members"], seeker_id]}, "the group"))
    if unknown:
        return unknown
    meeting, seeker = meet.new_group(problem, group), problem.index["seekers"][seeker_id]
    about = [v for v in pairs(problem, _with(meeting, seeker)) if seeker_id in v.subjects]
    return [*in_meeting(problem, meeting, seeker), *about, *_apart_from_bundle(problem, meeting, seeker)]


def _with(meeting: Meeting, seeker: int) -> Meeting:
    members = meeting.members if seeker in meeting.members else (*meeting.members, seeker)
    return Meeting(meeting.slot, meeting.frame, meeting.lang, meeting.audience, meeting.venue, members)


def _apart_from_bundle(problem: Problem, meeting: Meeting, seeker: int) -> Iterator[Violation]:
    together = problem.bundles.get(int(problem.seekers.bundle[seeker]), [])
    missing = [problem.seekers.ids[m] for m in together if m != seeker and m not in meeting.members]
    if missing:
        text = f"{problem.seekers.ids[seeker]} is to stay together with {', '.join(missing)}"
        yield Violation("bundle", text, (problem.seekers.ids[seeker], *missing))


def violations(problem: Problem, solution: dict[str, Any]) -> list[Violation]:
    """Everything that is wrong with a solution of the format; an empty list means it is valid."""
    out: list[Violation] = []
    readable: dict[str, Meeting] = {}
    for at, group in enumerate(solution["groups"]):
        where = f"new group {at}"
        wrong = list(_range(problem, group, where)) or list(_unknown(problem, group, where))
        out += wrong
        if not wrong:
            readable[where] = meet.new_group(problem, group)
    out += _joins(problem, solution["joins"], readable)
    for where, meeting in readable.items():
        out += of_meeting(problem, meeting, where)
    return out + list(across(problem, readable))


def _range(problem: Problem, group: dict[str, Any], where: str) -> Iterator[Violation]:
    limits = {"slot": problem.slots, "frame": problem.frames, "lang": problem.languages}
    fine = all(type(group[key]) is int and 0 <= group[key] < top for key, top in limits.items())
    named = group["audience"]
    if not fine or len(set(named)) != len(named) or not set(named) <= {"women", "young"}:
        yield Violation("range", f"{where}: slot, frame, language or audience is out of range", (where,))


def _unknown(problem: Problem, group: dict[str, Any], where: str) -> Iterator[Violation]:
    wanted = [("seekers", m) for m in group["members"]]
    wanted += [
        (table, group[key]) for table, key in (("rooms", "room"), ("starters", "starter")) if group[key]
    ]
    for table, id_ in wanted:
        if id_ not in problem.index[table]:
            yield Violation("unknown", f"{where}: {id_} is not among the {table}", (id_,))


def _joins(problem: Problem, joins: list[dict[str, Any]], readable: dict[str, Meeting]) -> list[Violation]:
    out, people = [], dict[int, list[int]]()
    for join in joins:
        known = join["group"] in problem.index["opens"], join["seeker"] in problem.index["seekers"]
        if all(known):
            at = problem.index["opens"][join["group"]]
            people.setdefault(at, []).append(problem.index["seekers"][join["seeker"]])
        else:
            lost = join["group"] if not known[0] else join["seeker"]
            out.append(Violation("unknown", f"a join names {lost}, which does not exist", (lost,)))
    for at, members in people.items():
        readable[f"open group {problem.opens.ids[at]}"] = meet.open_group(problem, at, tuple(members))
    return out


def across(problem: Problem, groups: dict[str, Meeting]) -> Iterator[Violation]:
    """The rules about several meetings at once: once, room-once, starter-once, starter-capacity, bundle."""
    ids, rooms, starters = problem.seekers.ids, problem.rooms.ids, problem.starters.ids
    people = Counter(m for g in groups.values() for m in g.members)
    for m in (m for m, count in people.items() if count > 1):
        yield Violation("once", f"{ids[m]} is in more than one place", (ids[m],))
    loans = Counter((g.room, g.slot) for g in groups.values() if g.room is not None)
    for r, at in (key for key, count in loans.items() if count > 1):
        yield Violation("room-once", f"room {rooms[r]} is used twice at slot {at}", (rooms[r],))
    starts = Counter((g.starter, g.slot) for g in groups.values() if g.starter is not None)
    for i, at in (key for key, count in starts.items() if count > 1):
        yield Violation("starter-once", f"starter {starters[i]} is used twice at slot {at}", (starters[i],))
    uses = Counter(g.starter for g in groups.values() if g.starter is not None)
    for i in (i for i, count in uses.items() if count > problem.starters.capacity[i]):
        yield Violation("starter-capacity", f"starter {starters[i]} starts {uses[i]} groups", (starters[i],))
    yield from _split_bundles(problem, groups)


def _split_bundles(problem: Problem, groups: dict[str, Meeting]) -> Iterator[Violation]:
    where = {m: name for name, g in groups.items() for m in g.members}
    for members in problem.bundles.values():
        if len({where.get(m) for m in members}) > 1:
            named = tuple(problem.seekers.ids[m] for m in members)
            yield Violation("bundle", f"{', '.join(named)} are to stay together", named)
