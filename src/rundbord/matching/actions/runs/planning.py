"""A run begins: what it works on is frozen, and its first parts are put in the queue; likewise each round."""

from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.conf import settings
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
SIZES = {"few": engine.FEW, "most": engine.MOST}  # people; settings.RUNDBORD_MATCH_SIZES says otherwise
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
        run.settings = _settings(instance, organisation_id)
        terms = Terms.of(run)
        parts, standing, rounds = first(instance, before.solution if before else None, terms)
        record.standing, ready = pack(standing), prepared(run, parts)
        with transaction.atomic():
            if locked(run) is None or RunRecord.objects.filter(run=run).exists():
                return None  # another worker was quicker
            record.save(force_insert=True)
            run.people, run.rounds = len(instance["seekers"]), rounds
            run.save(update_fields=["people", "rounds", "settings"])
            put_in_queue(run, ready)
        return run


def _settings(instance: Row, organisation_id: UUID) -> Row:
    """What the answer depends on beside the instance's people and things."""
    sizes = getattr(settings, "RUNDBORD_MATCH_SIZES", SIZES)
    told = {"policy": instance["policy"], "weights": instance["weights"], **sizes}
    return told | {"floor": setting(organisation_id, "group_floor")}


class Terms(NamedTuple):
    """What a run is planned by. floor: people in a group that stays; few, most: people in a part."""

    seed: int
    floor: int
    few: int
    most: int

    @classmethod
    def of(cls, run: MatchRun) -> Self:
        """Those of a run, as they were when it was planned."""
        return cls(run.seed, *(run.settings[key] for key in ("floor", "few", "most")))


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


def first(instance: Row, earlier: Row | None, terms: Terms) -> tuple[list[Given], Row, int]:
    """(parts, groups that stand, rounds expected) of the first round; pure, so it can be done again."""
    if earlier is None:
        return following(instance, None, 0, terms)
    whole = {"instance": instance, "before": EMPTY, "floor": terms.floor}
    parts: list[Given] = [(PartKind.AGAIN, whole | {"before": earlier}, False)]
    few = len(instance["seekers"]) <= terms.few
    # Few people are searched as quickly as a bound is proven.
    parts.append((PartKind.SEARCH if few else PartKind.BOUND, whole, True))
    # Many may be looked at anew after that, in rounds.
    return parts, dict(EMPTY, instance=instance["name"]), 1 if few else 1 + engine.ROUNDS


def following(instance: Row, found: Row | None, turn: int, terms: Terms) -> tuple[list[Given], Row, int]:
    """The same of a full search's round number `turn` (0, 1 …), after what was `found` in those before."""
    plan_ = engine.plan(instance, seed=terms.seed, turn=turn, earlier=found, few=terms.few, most=terms.most)
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
