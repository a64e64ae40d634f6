"""Pure decisions of the room: what is weighed, what a human should see, what may still be decided."""

from rundbord.matching.rules.deciding import (
    UNDER_WAY,
    Change,
    PartKind,
    PartState,
    ProposalState,
    RunState,
    abandoned,
    may_decide,
)
from rundbord.matching.rules.sharing import (
    EXPLAINED,
    SEARCHED,
    USUAL,
    gains_clearly,
    per_cent,
    seconds_again,
    seconds_for,
    worth_a_full_search,
)
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
    "EXPLAINED",
    "PLACES_ONLY",
    "SEARCHED",
    "UNDER_WAY",
    "USUAL",
    "WEIGHTS",
    "YOUNG_MAX_AGE",
    "Change",
    "Fact",
    "PartKind",
    "PartState",
    "ProposalState",
    "RunState",
    "View",
    "abandoned",
    "at_most_more",
    "gains_clearly",
    "least_worth",
    "may_decide",
    "most_placed",
    "per_cent",
    "policy",
    "seconds_again",
    "seconds_for",
    "soft_views",
    "worth_a_full_search",
]
