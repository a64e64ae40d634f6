"""From prices to groups: the most gainful are fixed, what is left is priced anew, and so on to the end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..compiled.world import SCALE
from .auction import Auction, Market
from .board import ALONE, Board
from .field import MANY
from .prices import Pricing

SHARE = 0.06  # of the groups there could still be, fixed at once
LARGER, FEWER = 0.15, 2  # with over MANY units: a larger share, after fewer passes
FEWEST = 4  # groups fixed at once; fewer than half of what is wanted end the dive
PASSES = 6  # of the auction between two times
STEP = 0.004  # of the auction, as a share of what somebody is worth
LIFT = 2000 * SCALE  # groups that lose less than this at the prices are fixed too
SHARES = (1.0, 0.5, 0.0)  # of the prices asked, for what is left in the end


def dive(board: Board, pricing: Pricing, chance: np.random.Generator, stop: Callable[[], bool]) -> None:
    """Fill the board, which may hold groups already."""
    field = board.field
    auction = Auction(field, pricing.kept, market(board), chance)
    share, passes = (LARGER, FEWER) if len(field.units.size) > MANY else (SHARE, PASSES)
    while not stop():
        auction.rates = auction.run(passes, STEP * pricing.worth, stop)
        unit, fees = auction.rates.whole()
        left = int(auction.market.free.sum())
        wanted = max(FEWEST, int(left * share) // field.terms.high)
        if board.fill(auction.market.places, unit, fees, LIFT, wanted) < wanted / 2:
            break
        auction.enter(market(board))
    unit, fees = auction.rates.whole()
    for asked in SHARES:
        prices = (unit * asked).astype(np.int64), (fees * asked).astype(np.int64)
        board.fill(board.empty(), *prices, at_once=stop())


def market(board: Board) -> Market:
    """What nobody on the board has."""
    s = board.seats
    mine = (s.free == ALONE).astype(np.int8), (s.open_ == ALONE).astype(np.int8)
    return Market(*mine, np.maximum(0, s.left), board.empty())
