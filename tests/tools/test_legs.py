"""./dev test: which words go to which leg, and how the legs add up."""

import re

import pytest

from tools.base import ROOT
from tools.legs import HTML, MAIN_JOURNEY, PLANS, Leg, counts, in_browser, selection, split, sum_up

WORKERS = ["-n", "2", "--dist", "worksteal"]


def leg(name: str = "SQLite", code: int = 0, skipped: str = "", **found: int) -> Leg:
    return Leg(name, closing="closing line", code=code, skipped=skipped, counts=found)


def test_paths_are_told_from_options():
    paths, options = split(["tests/tools/test_legs.py::test_x", "-k", "seat", "-x", "tests/architecture"])
    assert paths == ["tests/tools/test_legs.py::test_x", "tests/architecture"]
    assert options == ["-k", "seat", "-x"]


def test_each_leg_takes_the_paths_that_are_its_own():
    unit, journey = "tests/tools/test_legs.py", "tests/journeys/test_up_and_down.py"
    assert selection(PLANS["sqlite"], [unit, journey], [])[0] == unit
    assert journey not in selection(PLANS["postgres"], [unit, journey], [])
    assert selection(PLANS["browser"], [unit, journey], ["-x"]) == [journey, *WORKERS, "-x"]
    assert selection(PLANS["sqlite"], [journey], []) == []
    assert selection(PLANS["browser"], [unit], []) == []
    assert selection(PLANS["browser-postgres"], [journey], []) == []


def test_without_paths_a_leg_takes_all_that_is_its_own():
    assert selection(PLANS["sqlite"], [], [])[0] == "tests"
    assert selection(PLANS["browser"], [], []) == [*in_browser(), *WORKERS]
    assert in_browser()[0] == "tests/journeys"
    assert selection(PLANS["browser-postgres"], [], []) == [MAIN_JOURNEY]


PAGES = "tests/shell/test_in_browser.py"


def test_pages_that_need_a_browser_are_walked_with_the_journeys():
    assert PAGES in selection(PLANS["browser"], [], [])
    assert f"--ignore={PAGES}" in selection(PLANS["sqlite"], [], [])
    assert PAGES not in selection(PLANS["browser-postgres"], [], [])


@pytest.mark.parametrize("asked", [PAGES, f"{PAGES}::test_axe_finds_nothing", f"./{PAGES}"])
def test_one_file_of_pages_is_for_the_browser_alone(asked):
    assert selection(PLANS["browser"], [asked], []) == [asked, *WORKERS]
    assert not any(selection(plan, [asked], []) for name, plan in PLANS.items() if name != "browser")


def test_of_a_folder_each_leg_takes_its_part():
    assert selection(PLANS["sqlite"], ["tests/shell"], [])[0] == "tests/shell"
    assert selection(PLANS["browser"], ["tests/shell/"], []) == [PAGES, *WORKERS]
    assert selection(PLANS["browser"], ["tests"], []) == [*in_browser(), *WORKERS]
    assert selection(PLANS["browser-postgres"], ["tests/journeys"], []) == [MAIN_JOURNEY]
    assert selection(PLANS["browser"], ["tests/groups"], []) == []


def test_the_html_of_the_pages_is_checked_in_its_own_leg():
    assert selection(PLANS["html"], [], []) == selection(PLANS["html"], ["tests/face"], []) == [HTML]
    assert not any(selection(plan, [HTML], []) for name, plan in PLANS.items() if name != "html")
    for name in ("sqlite", "postgres"):
        assert f"--ignore={HTML}" in selection(PLANS[name], [], [])


def test_whatever_needs_a_browser_is_in_the_leg_of_the_browser():
    files = (path.relative_to(ROOT) for path in (ROOT / "tests").rglob("*.py"))
    marked = [path for path in files if re.search(r"\bmark\.browser\b", (ROOT / path).read_text())]
    assert len(marked) > 3
    assert [path for path in marked if not any(path.is_relative_to(each) for each in in_browser())] == []


def test_every_unit_test_runs_once_on_each_database():
    for database in ("sqlite", "postgres"):
        short, long = (set(PLANS[name].marks.split(" and ")) for name in (database, f"{database}-long"))
        assert short ^ long == {"not long", "long"}


def test_workers_and_marks_said_by_the_caller_win():
    words = selection(PLANS["sqlite"], [], ["-n0", "-m", "long"])
    assert "2" not in words
    assert words[-1] == "long"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("312 passed in 41.20s", {"passed": 312}),
        (
            "1 failed, 3 passed, 2 skipped, 4 errors in 0.2s",
            {"failed": 1, "passed": 3, "skipped": 2, "error": 4},
        ),
        ("1 passed, 1 error in 1.0s", {"passed": 1, "error": 1}),
        ("no tests ran in 0.01s", {}),
    ],
)
def test_the_closing_line_is_counted(line, found):
    assert counts(line) == found


def result(capsys, legs: list[Leg], only: str | None = None, selected: bool = False) -> tuple[int, str]:
    code = sum_up(legs, only, selected, 12.0)
    return code, capsys.readouterr().out.splitlines()[-1]


@pytest.fixture(autouse=True)
def not_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


def test_all_legs_add_up(capsys):
    legs = [leg(passed=3), leg("PostgreSQL", passed=4, skipped_=0)]
    assert result(capsys, legs) == (0, "7 passed, 0 failed, 0 skipped")


def test_one_failure_fails_all(capsys):
    assert result(capsys, [leg(passed=3), leg(code=1, failed=1, error=1)]) == (
        1,
        "3 passed, 2 failed, 0 skipped",
    )


def test_a_leg_that_fell_over_before_counting_is_a_failure(capsys):
    assert result(capsys, [leg(passed=3), leg(code=4)]) == (1, "3 passed, 1 failed, 0 skipped")


def test_a_leg_left_out_is_said_aloud_and_fails_only_where_it_must_not_be(capsys, monkeypatch):
    legs = [leg(passed=3), leg("Browser", skipped="No Chromium found.")]
    assert sum_up(legs, None, False, 1.0) == 0
    assert "Browser: LEFT OUT. No Chromium found." in capsys.readouterr().out
    assert sum_up(legs, "browser", False, 1.0) == 2
    monkeypatch.setenv("CI", "true")
    assert sum_up(legs, None, False, 1.0) == 2


def test_a_selection_may_be_empty_in_one_leg_but_not_in_all(capsys):
    none = leg(code=5)
    assert result(capsys, [leg(passed=1), none], selected=True)[0] == 0
    assert result(capsys, [none, none], selected=True)[0] == 1
    assert result(capsys, [leg(passed=1), none])[0] == 1
