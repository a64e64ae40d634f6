"""Where a search should look: at people and groups in whom the most is lost, as the prices see it."""

from __future__ import annotations

import numpy as np

from ..compiled.seats import EMPTY
from .board import Board
from .lanes import LANES
from .prices import Prices

LOTS = 4096  # units drawn for one lane
EVEN = 0.1  # share of the weight that is dealt evenly, as prices are never quite right


def aims(board: Board, prices: Prices, chance: np.random.Generator) -> list[np.ndarray]:
    """Units to begin with, drawn for each lane by what is lost on them.

    Somebody not seated is lost at her price; a group loses what its people and starter cost beyond its worth.
    """
    s, lost = board.seats, np.maximum(0, prices.unit).astype(float)
    seated = np.flatnonzero(s.owner != EMPTY)
    lost[seated] = _losses(board, prices)[s.owner[seated]]
    lanes = np.where(s.owner == EMPTY, s.free, board.lane_rows[np.maximum(0, s.owner)])
    return [_drawn(np.flatnonzero(lanes == lane + 1), lost, chance) for lane in range(LANES)]


def _drawn(units: np.ndarray, lost: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    if not len(units):
        return units
    weight = lost[units] + lost[units].mean() * EVEN + 1
    return chance.choice(units, LOTS, p=weight / weight.sum())


def _losses(board: Board, prices: Prices) -> np.ndarray:
    """Per row, what its group loses against the prices, shared by its units; 0 if it gains."""
    s, rows = board.seats, board.rows()
    out = np.zeros(len(s.place))
    there = np.arange(s.units.shape[1]) < s.size[rows, None]
    cost = (prices.unit[s.units[rows]] * there).sum(axis=1)
    started = s.helper[rows] >= 0
    slot = board.slot[np.where(s.bucket[rows] >= 0, s.place[rows], 0)]
    cost = cost + np.where(started, prices.starter[s.helper[rows], slot] if len(prices.starter) else 0, 0)
    out[rows] = np.maximum(0, cost - s.worth[rows]) / np.maximum(1, s.size[rows])
    return out
