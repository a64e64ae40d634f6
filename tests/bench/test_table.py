"""What the benchmark's tables say of runs whose numbers are known."""

import json

from bench.matching import table
from bench.matching.methods import Case, Method, budget, own_cases
from bench.matching.page import page
from bench.matching.runs import Runs
from bench.matching.workload import write


def run(case, method, **facts):
    usual = {"score": 900, "bound": None, "placed": 40, "long": 3, "faults": [], "seconds": 2.0, "first": 0.5,
             "loaded": 1.0, "mb": 100.0, "runtime_mb": 120.0, "read_mb": 4.0}  # fmt: skip
    course = [[0.5, 600], [2.0, 900]]
    return {"case": case, "people": 50, "method": method, "course": course} | usual | facts


ROWS = [
    run("a", "Rundbord", bound=1000),
    run("b", "Rundbord", bound=900),
    run("a", "first come", score=500),
    run("b", "first come", score=400),
    run("a", "compact model", score=880, bound=950),
]


def test_every_method_is_held_against_the_lowest_bound_that_was_proven():
    lines = {line[1]: line for line in table.compared(ROWS)}
    assert lines["Rundbord"][:4] == ("50 × 2", "Rundbord", f"{1800 / 1850:.3f}", "1 of 2")
    assert lines["first come"][2] == f"{900 / 1850:.3f}"
    assert lines["compact model"][2] == f"{880 / 950:.3f}"


def test_the_course_is_told_until_the_run_has_ended():
    (line,) = table.courses(ROWS)
    assert line[:4] == ("50", f"{1200 / 1850:.3f}", f"{1800 / 1850:.3f}", "")


def test_growth_between_sizes():
    rows = [run("a", "Rundbord"), run("c", "Rundbord", people=500, first=5.0, mb=10_000.0)]
    assert table.growth(rows)[1] == ("500", "5.00 s", "1.00", "10000", "2.00")


def test_broken_rules_and_unfair_answers_are_said():
    rows = [run("a", "Rundbord", long=2, bound=1000), run("a", "first come", faults=["blocked"])]
    assert table.wrong(rows) == ["a, first come: blocked", "a: 2 who waited long, 3 under first come"]
    assert table.wrong(ROWS) == []
    assert "Not in order" in page(rows, "x") and "Not in order" not in page(ROWS, "x")


def test_a_table_lines_up():
    text = table.markdown(("n", "method"), [("1,000", "a"), ("2", "longer")]).splitlines()
    assert text == ["|     n | method |", "| ----: | ------ |", "| 1,000 | a      |", "|     2 | longer |"]


def test_budgets_and_seeds_by_size(tmp_path):
    assert [budget(n) for n in (10, 60, 61, 1000, 10**6)] == [2, 2, 30, 60, 600]
    assert [case.name for case in own_cases((200, 10_000), None, tmp_path)] == [
        "200-1", "200-2", "200-3", "200-4", "10000-1",
    ]  # fmt: skip


def test_one_run_from_the_file_to_the_judgement(tmp_path):
    write(50, 1, tmp_path / "i.json")
    case, kept = Case("i", 50, tmp_path / "i.json"), tmp_path / "kept"
    method = Method("compact model", "compact:run", "")
    (row,) = Runs(kept, [method], 20).all([case])
    assert row["faults"] == [] and 0 < row["score"] <= row["bound"]
    assert row["runtime_mb"] > 30 and row["mb"] >= 0 and row["seconds"] > 0
    (tmp_path / "i.json").unlink()
    assert Runs(kept, [method], 20).all([case]) == [row]
    assert json.loads(kept.read_text()) == row
