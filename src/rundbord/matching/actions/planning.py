"""A run begins: what it works on is frozen, and its first parts are put in the queue; likewise each round."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rundbord.engine import parts as engine
from rundbord.engine.parts import EMPTY
from rundbord.kernel import tenancy, worker
from rundbord.matching import problem as building
from rundbord.matching import rules
from rundbord.matching.models import MatchRun, RunPart, RunRecord
from rundbord.matching.problem import earlier as proposals
from rundbord.matching.problem.frozen import engine_version, freeze, pack
from rundbord.matching.rules import PartKind, RunState
from rundbord.organisations.queries import setting

PART = "rundbord.matching.tasks.part"
TURN = "rundbord.matching.tasks.turn"
Row = dict[str, Any]
Given = tuple[str, Row, bool]  # kind of part, what it is given, whether its bound counts


def plan(*, run_id: UUID, organisation_id: UUID, now: datetime) -> MatchRun | None:
    """Freezes the instance and queues the first parts. None if that is done already, or the run is over."""
    with tenancy.scope(organisation_id):
        run = begun(run_id, now)
        if run is None or RunRecord.objects.filter(run=run).exists():
            return None
        instance, keys = building.build(organisation_id, now)
        before = proposals.read(keys) if run.again else None
        record = RunRecord(
            organisation_id=organisation_id,
            run=run,
            engine=engine_version(),
            instance=pack(instance),
            ids=pack(freeze(keys)),
            earlier=pack(before) if before else None,
        )
        floor = setting(organisation_id, "group_floor")
        parts, standing, rounds = first(instance, before.solution if before else None, run.seed, floor)
        record.standing, ready = pack(standing), prepared(run, parts)
        with transaction.atomic():
            if locked(run) is None or RunRecord.objects.filter(run=run).exists():
                return None  # another worker was quicker
            record.save(force_insert=True)
            run.people, run.rounds = len(instance["seekers"]), rounds
            run.settings = {"policy": instance["policy"], "weights": instance["weights"], "floor": floor}
            run.save(update_fields=["people", "rounds", "settings"])
            put_in_queue(run, ready)
        return run


def begun(run_id: UUID, now: datetime) -> MatchRun | None:
    """The run, marked as under way; None if it is over."""
    with transaction.atomic():
        run = MatchRun.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None or run.state not in rules.UNDER_WAY:
            return None
        if run.state == RunState.QUEUED:
            run.state, run.started_at = RunState.RUNNING, now
            run.save(update_fields=["state", "started_at"])
        return run


def locked(run: MatchRun) -> MatchRun | None:
    """The run's row, held until the end of the transaction; None if it is over."""
    return MatchRun.objects.select_for_update(no_key=True).filter(pk=run.pk, state=RunState.RUNNING).first()


def first(instance: Row, earlier: Row | None, seed: int, floor: int) -> tuple[list[Given], Row, int]:
    """(parts, groups that stand, rounds expected) of the first round; pure, so it can be done again."""
    if earlier is None:
        return following(instance, None, seed, 0)
    whole = {"instance": instance, "before": EMPTY, "floor": floor}
    parts: list[Given] = [(PartKind.AGAIN, whole | {"before": earlier}, False)]
    few = len(instance["seekers"]) <= rules.USUAL
    # Few people are searched as quickly as a bound is proven.
    parts.append((PartKind.SEARCH if few else PartKind.BOUND, whole, True))
    return parts, dict(EMPTY, instance=instance["name"]), 1


def following(instance: Row, found: Row | None, seed: int, turn: int) -> tuple[list[Given], Row, int]:
    """The same of a full search's round number `turn` (0, 1 …), after what was `found` in those before."""
    plan_ = engine.plan(instance, seed=seed, turn=turn, earlier=found)
    parts: list[Given] = [
        (
            PartKind.BOUND if task.only else PartKind.SEARCH,
            {"instance": task.instance, "before": task.before},
            task.proves,
        )
        for task in plan_.tasks
    ]
    # The longest first, so that no worker is left with it at the end.
    parts.sort(key=lambda part: -len(part[1]["instance"]["seekers"]) * (part[0] != PartKind.BOUND))
    return parts, plan_.standing, turn + 1 if plan_.last else engine.ROUNDS


def prepared(run: MatchRun, parts: list[Given], round: int = 0) -> list[RunPart]:
    """The round's parts as rows, not yet written."""
    return [
        RunPart(
            organisation_id=run.organisation_id, run=run, round=round, number=number, kind=kind,
            people=len(given["instance"]["seekers"]), seed=run.seed, proves=proves, given=pack(given),
            seconds=seconds_of(kind, len(given["instance"]["seekers"]), run.seconds),
        )
        for number, (kind, given, proves) in enumerate(parts)
    ]  # fmt: skip


def put_in_queue(run: MatchRun, parts: list[RunPart]) -> None:
    """Writes the parts and queues each, in the caller's transaction. Without any, the run goes on at once."""
    if not parts:
        worker.enqueue(TURN, organisation_id=run.organisation_id, run_id=run.id, round=run.round)
    RunPart.objects.bulk_create(parts)
    for part in parts:
        worker.enqueue(PART, organisation_id=part.organisation_id, run_id=part.run_id, part_id=part.id)


def seconds_of(kind: str, people: int, seconds: int) -> int:
    """How long a part may take."""
    if kind == PartKind.SEARCH:
        return rules.seconds_for(people, seconds)
    return rules.seconds_again(people, seconds)
