"""The counts that show growth."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import budgets


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def long_function(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("lines", "breaks"), [(budgets.FUNCTION_MOST, False), (budgets.FUNCTION_MOST + 1, True)]
)
def test_a_function_may_be_as_long_as_its_limit(root, lines, breaks):
    write(root, "src/rundbord/groups/actions.py", long_function(lines))
    _, broken = budgets.measure(root)
    assert bool(broken) is breaks


@pytest.mark.parametrize(("lines", "breaks"), [(budgets.FILE_MOST, False), (budgets.FILE_MOST + 1, True)])
def test_a_file_may_be_as_long_as_its_limit(root, lines, breaks):
    write(root, "src/rundbord/groups/models.py", "x = 1\n" * lines)
    _, broken = budgets.measure(root)
    assert bool(broken) is breaks


def test_migrations_are_not_ours_to_shorten(root):
    write(root, "src/rundbord/groups/migrations/0001_initial.py", "x = 1\n" * 1000)
    assert budgets.measure(root)[1] == []


def test_rooms_that_import_each_other_are_named(root):
    write(root, "src/rundbord/groups/actions.py", "from rundbord.signups import queries\n")
    write(root, "src/rundbord/signups/tasks.py", "import rundbord.groups.models\n")
    write(root, "src/rundbord/matching/tasks.py", "from rundbord.groups.models import Group\n")
    assert budgets.two_way(root) == ["groups and signups"]


def test_a_room_that_imports_itself_is_no_knot(root):
    write(root, "src/rundbord/groups/actions.py", "from rundbord.groups.models import Group\n")
    assert budgets.two_way(root) == []


def test_the_table_says_what_passes_an_aim(root):
    write(root, "src/rundbord/groups/actions.py", long_function(40))
    write(root, "tests/groups/test_actions.py", "x = 1\n" * 56)
    table, broken = budgets.measure(root)
    assert broken == []
    assert [line.endswith("(over)") for line in table] == [False, False, True, False]
    assert "56:40 lines = 1.40" in table[3]


def test_an_empty_tree_is_measured_without_complaint(root):
    table, broken = budgets.measure(root)
    assert broken == []
    assert table[3].endswith("(outside)")


@given(st.lists(st.integers(1, 500), min_size=1))
def test_nine_in_ten_stay_within_and_no_smaller_size_would_do(sizes):
    size = budgets.tenth(sizes)
    assert size in sizes
    assert 10 * sum(one <= size for one in sizes) >= 9 * len(sizes)
    assert 10 * sum(one < size for one in sizes) < 9 * len(sizes)
