"""What to solve apart, in rounds, so that several workers share one large instance.

Round 1: every independent part, the small ones a few hundred people together, a part that is too large in
blocks. Later rounds: that part again in blocks cut elsewhere, starting from what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..problem import load
from .components import components
from .cutting import EMPTY, split
from .pieces import Piece, Row, excerpt, inside, merge, together

FEW = 400  # people up to whom nothing is split, and small parts are put together
MOST = 2500  # people in one block
ROUNDS = 2  # with other cuts


@dataclass(frozen=True)
class Task:
    """One instance to solve. before: groups to start from (what is found may not be worth less).

    proves: its bound counts in the whole's; only: nothing else is wanted of it.
    """

    instance: Row
    before: Row = field(default_factory=lambda: dict(EMPTY))
    proves: bool = True
    only: bool = False

    @property
    def people(self) -> int:
        """How many it is about."""
        return len(self.instance["seekers"])


@dataclass(frozen=True)
class Plan:
    """tasks: one round. standing: groups that are in none of them and stay. last: no round comes after it."""

    tasks: list[Task]
    standing: Row
    last: bool


def plan(
    instance: Row,
    *,
    seed: int = 1,
    turn: int = 0,
    earlier: Row | None = None,
    few: int = FEW,
    most: int = MOST,
) -> Plan:
    """The tasks of round number `turn` (0, 1 …); `earlier` is what the rounds before it found together.

    The bounds of those tasks of round 0 that prove add up to a bound of the whole.
    """
    problem = load(instance)
    if len(problem.seekers) <= few:
        return Plan([Task(instance)], _nothing(instance), last=True)
    pieces = components(problem).pieces
    large = [piece for piece in pieces if len(piece.seekers) > most]
    tasks, standing = [], earlier or _nothing(instance)
    for piece in large:
        about = excerpt(instance, problem, piece)
        mine, standing = inside(standing, {row["id"] for row in about["seekers"]})
        blocks, held = _blocks(about, mine, seed, turn, most)
        tasks += blocks
        standing = merge(problem.name, [standing, held])
        tasks += [Task(about, proves=True, only=True)] if turn == 0 else []
    if turn == 0:
        small = [piece for piece in pieces if len(piece.seekers) <= most]
        tasks += [Task(excerpt(instance, problem, piece)) for piece in _gathered(small, few)]
    return Plan(tasks, standing, last=not large or turn + 1 >= ROUNDS)


def _nothing(instance: Row) -> Row:
    return {"instance": instance.get("name", ""), "groups": [], "joins": []}


def _blocks(about: Row, mine: Row, seed: int, turn: int, most: int) -> tuple[list[Task], Row]:
    cut = split(load(about), most, seed=seed, turn=turn, earlier=mine)
    tasks = [
        Task(excerpt(about, cut.problem, piece), before, proves=False)
        for piece, before in zip(cut.pieces, cut.before, strict=True)
        if len(piece.seekers)
    ]
    return tasks, cut.held


def _gathered(pieces: list[Piece], few: int) -> Iterator[Piece]:
    """Small parts put together until they are about `few` people, in the order given."""
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and sum(len(p.seekers) for p in waiting) + len(piece.seekers) > few:
            yield together(waiting)
            waiting = []
        waiting.append(piece)
    if waiting:
        yield together(waiting)
