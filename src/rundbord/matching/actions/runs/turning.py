"""Between two rounds of a run: what was found so far, and whether there is more to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.engine.parts import merge
from rundbord.kernel import tenancy
from rundbord.matching import rules, solving
from rundbord.matching.actions.runs.finishing import finish
from rundbord.matching.actions.runs.planning import Terms, following, locked, prepared, put_in_queue
from rundbord.matching.models import MatchRun, RunPart, RunRecord
from rundbord.matching.problem.frozen import pack, unpack
from rundbord.matching.rules import PartKind, PartState, RunState

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one part said."""

    kind: str
    score: int
    bound: int
    solution: Row


@dataclass(frozen=True)
class Stage:
    """Where a run is after a round. again: whether it began with what was proposed before.

    by_hand: a human has changed some of that. standing: groups no part had; kept: what came of the earlier
    groups, if a full search went on; last: people with a place and people
    in all of the last full run.
    """

    instance: Row
    again: bool
    by_hand: bool
    round: int
    rounds: int
    standing: Row
    kept: Row | None
    last: tuple[int, int]

    @property
    def turn(self) -> int:
        """Rounds of the full search before the next one."""
        return self.round + 1 - self.again

    def outcome(self, answers: list[Answer]) -> tuple[Row, bool]:
        """(what has been found, whether that is all). A pure function: it can be done again."""
        if self.again and self.round == 0:
            return self._second_look(answers)
        mine = [answer.solution for answer in answers if answer.kind == PartKind.SEARCH]
        found = merge(self.standing["instance"], [self.standing, *mine])
        if self.round + 1 < self.rounds:
            return found, False
        if self.kept is None or rules.gains_clearly(*(self._worth(each) for each in (found, self.kept))):
            return found, True
        return self.kept, True

    def _second_look(self, answers: list[Answer]) -> tuple[Row, bool]:
        kept = next(answer for answer in answers if answer.kind == PartKind.AGAIN)
        other = next(answer for answer in answers if answer.kind != PartKind.AGAIN)
        if self.by_hand:
            return kept.solution, True
        if other.kind == PartKind.BOUND:
            people = len(self.instance["seekers"])
            placed = solving.placed(kept.solution)
            return kept.solution, not rules.worth_a_full_search(placed, people, *self.last)
        better = rules.gains_clearly(other.score, kept.score)
        return (other if better else kept).solution, True

    def _worth(self, solution: Row) -> int:
        return solving.score(self.instance, solution)


def turn(*, run_id: UUID, round: int, organisation_id: UUID, now: datetime) -> MatchRun | None:
    """After the last part of a round: the next round, or the end. None unless this ended the run."""
    with tenancy.scope(organisation_id):
        run = MatchRun.objects.filter(pk=run_id, state=RunState.RUNNING, round=round).first()
        record = RunRecord.objects.filter(run=run_id).first()
        parts = list(RunPart.objects.filter(run=run_id, round=round))
        if run is None or record is None or any(part.state != PartState.DONE for part in parts):
            return None
        now_at = stage(run, record)
        found, over = now_at.outcome([Answer(p.kind, p.score, p.bound, unpack(p.result)) for p in parts])
        if over:
            return finish(run, record, found, now)
        _next_round(run, record, now_at, found)
        return None


def stage(run: MatchRun, record: RunRecord) -> Stage:
    """Where the run is."""
    return Stage(
        instance=unpack(record.instance),
        again=run.again,
        by_hand=changed_by_hand(unpack(record.earlier)),
        round=run.round,
        rounds=run.rounds,
        standing=unpack(record.standing),
        kept=unpack(record.again),
        last=last_full(run),
    )


def changed_by_hand(earlier: list[Any] | None) -> bool:
    """Whether one of the earlier groups (see problem/earlier.py) is as a human has made it."""
    return any("as_is" in group for group in earlier[0]["groups"]) if earlier else False


def last_full(run: MatchRun) -> tuple[int, int]:
    """(people with a place, people) of the last run before this one that looked at everything anew."""
    done = MatchRun.objects.filter(state=RunState.DONE, again=False, created_at__lt=run.created_at)
    return done.order_by("-created_at").values_list("placed", "people").first() or (0, 0)


def _next_round(run: MatchRun, record: RunRecord, at: Stage, found: Row) -> None:
    fresh = at.again and at.round == 0
    parts, standing, rounds = following(at.instance, None if fresh else found, at.turn, Terms.of(run))
    ready = prepared(run, parts, at.round + 1)
    record.standing = pack(standing)
    record.again = pack(found) if fresh else record.again
    with transaction.atomic():
        here = locked(run)
        if here is None or here.round != at.round:
            return
        here.round, here.rounds = at.round + 1, rounds + at.again
        here.save(update_fields=["round", "rounds"])
        record.save(update_fields=["standing", "again"])
        put_in_queue(here, ready)
