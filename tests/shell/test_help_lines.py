"""The help lines: right when last looked at, and that is not long ago."""

from datetime import UTC, datetime, timedelta

import pytest

from rundbord.shell.help_lines import HELP_LINES, MORE_LINES

AT_MOST = timedelta(days=180)
LINES = (*HELP_LINES, *MORE_LINES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.number)
def test_each_number_was_checked_within_half_a_year(line):
    age = datetime.now(UTC).date() - line.checked_on
    assert age <= AT_MOST, f"Ring or look up {line.number} ({line.name}), then move its date."


def test_the_four_that_stand_on_every_page():
    assert [line.number for line in HELP_LINES] == ["113", "116 117", "116 123", "22 40 00 40"]


def test_no_number_stands_twice():
    assert len({line.number for line in LINES}) == len(LINES)
