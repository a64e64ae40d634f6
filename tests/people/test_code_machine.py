"""Codes against a model of what they promise, in any order of asking, typing and waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rundbord.kernel.ids import new_id
from rundbord.organisations.models import Organisation
from rundbord.people import actions, queries
from rundbord.people.rules import CODE_MINUTES, CODE_TRIES

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BROWSERS = ("a", "b")

_ACTS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(BROWSERS)),
    st.tuples(st.just("right"), st.sampled_from(BROWSERS)),
    st.tuples(st.just("wrong"), st.sampled_from(BROWSERS)),
    st.tuples(st.just("wait"), st.integers(1, 6)),
    st.tuples(st.just("revoke"), st.none()),
)


class Model:
    """What should be true: per browser the newest code, when it was made, how many tries are left."""

    def __init__(self) -> None:
        self.newest: dict[str, tuple[str, datetime, int]] = {}
        self.known: set[str] = set()

    def type(self, browser: str, code: str, now: datetime) -> bool | str:
        """What typing should answer."""
        if browser not in self.newest or now >= self.newest[browser][1] + timedelta(minutes=CODE_MINUTES):
            return "CodeExpired"
        right, made, tries = self.newest[browser]
        if not tries:
            return "CodeUsedUp"
        fits = code == right
        self.newest[browser] = (right, made, 0 if fits else tries - 1)
        self.known |= {browser} if fits else set()
        return fits


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_ACTS, max_size=25))
def test_codes_keep_their_promises(organisation: Organisation, acts: list[tuple[str, object]]) -> None:
    subject, model, now = new_id(), Model(), START
    for name, what in acts:
        now += timedelta(seconds=1)
        browser = str(what)
        if name == "wait":
            now += timedelta(minutes=int(browser))
        elif name == "revoke":
            actions.revoke_access(subject=subject, now=now)
            model = Model()
        elif name == "ask":
            code = actions.new_code(
                kind="signup", subject=subject, organisation_id=organisation.id, browser=browser, now=now
            )
            model.newest[browser] = (code, now, CODE_TRIES)
        else:
            right = model.newest.get(browser, ("000000", now, 0))[0]
            typed = right if name == "right" else f"{(int(right) + 7) % 1_000_000:06d}"
            assert _typed(subject, browser, typed, now) == model.type(browser, typed, now)
        assert {each for each in BROWSERS if queries.still_allowed(subject, each)} == model.known


def _typed(subject: object, browser: str, code: str, now: datetime) -> bool | str:
    try:
        return actions.use_code(kind="signup", subject=subject, browser=browser, code=code, now=now)  # type: ignore[arg-type]
    except (actions.CodeExpired, actions.CodeUsedUp) as refused:
        assert refused.say()
        return type(refused).__name__
