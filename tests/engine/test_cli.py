"""The engine from the command line."""

import json

import pytest

from rundbord.engine.cli import main

from .instances import by_chance
from .referee import Referee


@pytest.fixture
def instance(tmp_path):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(by_chance(3, 30)), encoding="utf-8")
    return path


def test_solve_writes_a_valid_solution_and_says_how_good_it_is(instance, tmp_path, capsys):
    out = tmp_path / "solution.json"
    assert main(["solve", str(instance), "--out", str(out), "--seed", "1", "--seconds", "20"]) == 0
    solution = json.loads(out.read_text(encoding="utf-8"))
    referee = Referee(by_chance(3, 30))
    assert referee.faults(solution) == set()
    said = capsys.readouterr()
    assert f"score {referee.worth(solution)}" in said.out
    assert "optimal" in said.out and "%" in said.err


def test_the_same_iterations_give_the_same_file(instance, tmp_path):
    outs = [tmp_path / name for name in ("a.json", "b.json")]
    for out in outs:
        assert main(["solve", str(instance), "--out", str(out), "--iterations", "5", "--quiet"]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_bound_prints_a_number_no_solution_exceeds(instance, tmp_path, capsys):
    out = tmp_path / "solution.json"
    main(["solve", str(instance), "--out", str(out), "--quiet"])
    capsys.readouterr()
    assert main(["bound", str(instance), "--seconds", "5"]) == 0
    limit = int(capsys.readouterr().out)
    assert limit >= Referee(by_chance(3, 30)).worth(json.loads(out.read_text(encoding="utf-8")))


def test_explain_writes_reasons(instance, tmp_path):
    solution, reasons = tmp_path / "solution.json", tmp_path / "reasons.json"
    main(["solve", str(instance), "--out", str(solution), "--quiet"])
    assert main(["explain", str(instance), str(solution), "--out", str(reasons)]) == 0
    told = json.loads(reasons.read_text(encoding="utf-8"))
    assert {"groups", "left_out", "levers"} <= set(told)


@pytest.mark.parametrize("text, words", [("{", "not JSON"), ("[]", "should be an object")])
def test_unusable_input_is_refused_in_a_sentence(tmp_path, capsys, text, words):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    assert main(["bound", str(path)]) == 1
    assert words in capsys.readouterr().err


def test_a_missing_file_is_refused_too(tmp_path, capsys):
    assert main(["bound", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err


def test_simulate_writes_the_same_figures_for_the_same_seed_and_tells_them(instance, tmp_path, capsys):
    outs, rates = [tmp_path / name for name in ("a.json", "b.json")], tmp_path / "rates.json"
    rates.write_text('{"enough": 2, "floor": 2}', encoding="utf-8")
    how = ["--policies", "weekly,one-more-starter", "--replications", "2", "--weeks", "4", "--arrivals", "2"]
    for out in outs:
        assert main(["simulate", str(instance), "--rates", str(rates), *how, "--out", str(out)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    told = json.loads(outs[0].read_text(encoding="utf-8"))
    assert told["rates"]["enough"]["value"] == told["rates"]["arrivals_per_week"]["value"] == 2
    assert [policy["name"] for policy in told["policies"]] == ["weekly", "one-more-starter"]
    said = capsys.readouterr()
    assert "one-more-starter against weekly" in said.out and "seconds a simulated year" in said.err


@pytest.mark.parametrize(
    "how, words",
    [
        (["--policies", "daily"], "no policy called"),
        (["--weeks", "0"], "one week"),
        (["--arrivals", "-1"], "allowed"),
    ],
)
def test_a_study_that_cannot_be_is_refused(instance, tmp_path, capsys, how, words):
    assert main(["simulate", str(instance), "--out", str(tmp_path / "a.json"), *how]) == 1
    assert words in capsys.readouterr().err
