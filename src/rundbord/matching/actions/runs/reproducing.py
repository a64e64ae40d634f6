"""A run done over from its record, to see whether it gives the same groups. Writes nothing."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rundbord.kernel import tenancy
from rundbord.kernel.refusals import Refused
from rundbord.matching import solving
from rundbord.matching.actions.runs.planning import Given, Terms, first, following
from rundbord.matching.actions.runs.turning import Answer, Stage, changed_by_hand, last_full
from rundbord.matching.models import MatchRun, RunPart, RunRecord
from rundbord.matching.problem.frozen import engine_version, unpack
from rundbord.matching.rules import PartKind
from rundbord.matching.solving import Search, Watch

Row = dict[str, Any]


class NoRecord(Refused):
    """The run is not over, or what it worked on has been erased."""

    sentence = _("This run has no record: it is not over, or what it worked on has been erased.")


@dataclass(frozen=True)
class Reproduced:
    """same: whether the groups are the same to the last one; engine: whether the engine is."""

    same: bool
    engine: bool
    parts: int
    groups: int


def reproduce(run: MatchRun) -> Reproduced:
    """Plans, solves and puts together again what the run did. Raises NoRecord."""
    with tenancy.scope(run.organisation_id):
        record = RunRecord.objects.filter(run=run, solution__isnull=False).first()
        if record is None:
            raise NoRecord(run)
        done = list(RunPart.objects.filter(run=run))
        found = _again(run, record, done, last_full(run))
        wanted = unpack(record.solution)
        same = found is not None and _plain(found) == _plain(wanted)
        return Reproduced(same, record.engine == engine_version(), len(done), len(wanted["groups"]))


def _again(run: MatchRun, record: RunRecord, done: list[RunPart], last: tuple[int, int]) -> Row | None:
    """The solution, or None if a part's answer is another than it was."""
    at, parts = _begin(run, record, last)
    while True:
        answers = _answers(parts, [part for part in done if part.round == at.round])
        if answers is None:
            return None
        found, over = at.outcome(answers)
        if over:
            return found
        at, parts = _on(at, found, Terms.of(run))


def _begin(run: MatchRun, record: RunRecord, last: tuple[int, int]) -> tuple[Stage, list[Given]]:
    instance, earlier = unpack(record.instance), unpack(record.earlier)
    parts, standing, rounds = first(instance, earlier[0] if earlier else None, Terms.of(run))
    by_hand = changed_by_hand(earlier)
    return Stage(instance, run.again, by_hand, 0, rounds, standing, None, last), parts


def _on(at: Stage, found: Row, terms: Terms) -> tuple[Stage, list[Given]]:
    fresh = at.again and at.round == 0
    parts, standing, rounds = following(at.instance, None if fresh else found, at.turn, terms)
    kept = found if fresh else at.kept
    after = replace(at, round=at.round + 1, rounds=rounds + at.again, standing=standing, kept=kept)
    return after, parts


def _answers(parts: list[Given], done: list[RunPart]) -> list[Answer] | None:
    """What the parts say now; proven bounds are taken as they were, for they depend on the clock."""
    if [kind for kind, *_rest in parts] != [part.kind for part in done]:
        return None
    answers = []
    for (kind, given, _proves), part in zip(parts, done, strict=True):
        solution, score = unpack(part.result), part.score
        if kind != PartKind.BOUND:
            search = Search(part.seed, Watch(stop_at=part.stopped_at), _as_it_was(part.iterations))
            solved = solving.carry_out(kind, given, search)
            if _plain(solved.solution) != _plain(solution):
                return None
            score = solved.score
        answers.append(Answer(kind, score, part.bound, solution))
    return answers


def _as_it_was(iterations: int) -> Any:
    return lambda people: iterations


def _plain(solution: Row) -> tuple[list[Any], list[Any]]:
    """Without the name, and in one order."""
    groups = sorted((g["slot"], sorted(g["members"]), sorted(g.items(), key=str)) for g in solution["groups"])
    return [str(group) for group in groups], sorted(str(sorted(j.items())) for j in solution["joins"])


def find(run_id: UUID) -> MatchRun | None:
    """A run of any organisation: for whoever keeps the machine, by its id."""
    with tenancy.everywhere("an operator names a run by its id"):
        return MatchRun.objects.filter(pk=run_id).first()
