"""Files that are hardly instances end with a sentence or an answer, never with a traceback."""

import json

import pytest

from rundbord.engine.cli import main

from .instances import instance, seeker


def solved(tmp_path, text):
    """(exit status, the solution if there is one)."""
    path, out = tmp_path / "instance.json", tmp_path / "solution.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    code = main(["solve", str(path), "--out", str(out), "--quiet", "--iterations", "2"])
    return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else None


FINE = json.dumps(instance([seeker(0), seeker(1)]))


@pytest.mark.parametrize(
    "text, words",
    [
        ("[" * 200_000, "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (FINE.replace('"age": 40', '"age": NaN'), "whole number"),
        (FINE.replace('"age": 40', '"age": 1e999'), "whole number"),
        (FINE.replace('"age": 40', '"age": ' + "9" * 5000), "not JSON"),
        (FINE.replace('"max_size": 4', '"max_size": 1000000000'), "outside 1 to 1000"),
        (FINE.replace('"place": 10000', '"place": 1' + "0" * 400), "outside"),
        (FINE.replace('"id": "s1"', '"id": ""'), "should be a text"),
    ],
)
def test_refused_in_a_sentence(tmp_path, capsys, text, words):
    assert solved(tmp_path, text) == (1, None)
    assert words in capsys.readouterr().err


def test_an_id_that_is_half_a_letter_comes_back_as_it_was(tmp_path):
    code, solution = solved(tmp_path, FINE.replace('"id": "s0"', '"id": "\\ud800"'))
    assert code == 0
    assert solution["groups"][0]["members"] == ["\ud800", "s1"]
