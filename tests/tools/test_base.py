"""What ./dev stands on."""

import sys

import pytest

from tools import base


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(base, "TOOLING", tmp_path)
    monkeypatch.setattr(base, "LOG", tmp_path / "log.txt")
    return tmp_path / "log.txt"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_work_is_done_once_for_the_same_sources(tmp_path, capsys):
    stamp, done = tmp_path / "deep" / "stamp", []
    for fingerprint in ("a", "a", "b", "b"):
        base.once(stamp, fingerprint, "Work", lambda: done.append(1))
    assert len(done) == 2
    assert capsys.readouterr().out.count("Work …") == 2


def test_work_that_failed_is_not_taken_for_done(tmp_path):
    def fail() -> None:
        raise base.Trouble("no")

    with pytest.raises(base.Trouble):
        base.once(tmp_path / "stamp", "a", "Work", fail)
    assert base.once(tmp_path / "stamp", "a", "Work", lambda: None)


def test_a_failing_program_becomes_one_sentence_and_its_output_is_kept(log):
    with pytest.raises(base.Trouble) as caught:
        base.quietly(python("print('first'); print('why'); raise SystemExit(3)"), "The tea is cold.")
    assert str(caught.value).splitlines()[0] == "The tea is cold."
    assert "why" in str(caught.value)
    assert "first\nwhy" in log.read_text()


def test_no_traceback_reaches_whoever_reads(log):
    with pytest.raises(base.Trouble) as caught:
        base.quietly(python("raise ValueError('the reason')"), "It did not work.")
    assert "ValueError: the reason" in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert "Traceback" in log.read_text()


def test_a_program_that_works_returns_what_it_printed(log):
    assert base.quietly(python("print('hello')"), "No.") == "hello\n"


def test_our_sources_can_be_imported_and_what_is_said_on_top_wins():
    env = base.environment({"PYTHONUNBUFFERED": "0", "RUNDBORD_DEMO": "1"})
    assert env["PYTHONPATH"].split(":")[0].endswith("/src")
    assert (env["PYTHONUNBUFFERED"], env["RUNDBORD_DEMO"]) == ("0", "1")


def test_settings_named_by_the_caller_stay(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "mine")
    assert base.settings("dev") == {"DJANGO_SETTINGS_MODULE": "mine"}
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    assert base.settings("dev") == {"DJANGO_SETTINGS_MODULE": "rundbord.config.settings.dev"}


def test_a_fingerprint_changes_with_content_order_and_borders(tmp_path):
    one = tmp_path / "one"
    one.write_text("1")
    before = base.digest(one, "x")
    one.write_text("2")
    prints = [
        before,
        base.digest(one, "x"),
        base.digest("x", one),
        base.digest("ab", "c"),
        base.digest("a", "bc"),
    ]
    assert len(set(prints)) == 5
