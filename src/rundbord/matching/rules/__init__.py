"""Pure decisions of the room: what is weighed, what a human should see, what may still be decided."""

from rundbord.matching.rules.deciding import UNDER_WAY, ProposalState, RunState, abandoned, may_decide
from rundbord.matching.rules.views import Fact, View, soft_views
from rundbord.matching.rules.weighing import (
    PLACES_ONLY,
    WEIGHTS,
    YOUNG_MAX_AGE,
    at_most_more,
    least_worth,
    most_placed,
    policy,
)

__all__ = [
    "PLACES_ONLY",
    "UNDER_WAY",
    "WEIGHTS",
    "YOUNG_MAX_AGE",
    "Fact",
    "ProposalState",
    "RunState",
    "View",
    "abandoned",
    "at_most_more",
    "least_worth",
    "may_decide",
    "most_placed",
    "policy",
    "soft_views",
]
