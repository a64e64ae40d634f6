"""Which starter starts which chosen group: a matching by augmenting paths."""

from __future__ import annotations

from collections.abc import Sequence


def assign(wanted: Sequence[tuple[int, Sequence[int]]], capacity: Sequence[int]) -> list[int] | None:
    """Starters for groups given as (slot, possible starters), each once per slot and up to her capacity.

    None if there is no such assignment. The same input always gives the same answer.
    """
    chosen = [-1] * len(wanted)
    for group in range(len(wanted)):
        if not _place(group, wanted, capacity, chosen, set()):
            return None
    return chosen


def _place(group: int, wanted, capacity, chosen: list[int], tried: set[tuple[int, int]]) -> bool:
    slot, able = wanted[group]
    for starter in able:
        if (starter, slot) in tried:
            continue
        tried.add((starter, slot))
        before = chosen[group]
        chosen[group] = starter
        for rival in _in_the_way(group, starter, slot, wanted, capacity, chosen):
            if rival is None or _move(rival, wanted, capacity, chosen, tried):
                return True
        chosen[group] = before
    return False


def _in_the_way(group: int, starter: int, slot: int, wanted, capacity, chosen: list[int]) -> list[int | None]:
    """[None] if she can take the group too;

    else those one of which must move: at her slot, or any of hers.
    """
    hers = [g for g, i in enumerate(chosen) if i == starter and g != group]
    same = [g for g in hers if wanted[g][0] == slot]
    if same:
        return list(same)
    return [None] if len(hers) < capacity[starter] else list(hers)


def _move(group: int, wanted, capacity, chosen: list[int], tried: set[tuple[int, int]]) -> bool:
    before, chosen[group] = chosen[group], -1
    if _place(group, wanted, capacity, chosen, tried):
        return True
    chosen[group] = before
    return False
