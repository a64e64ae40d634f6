"""manage.py places: what an operator sees."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from rundbord.places.models import Outline, Place, PostalCode
from rundbord.places.personal_data import DECLARED
from tests.places import samples

pytestmark = pytest.mark.django_db


def run(*words: str) -> list[str]:
    """The lines a command prints."""
    printed = StringIO()
    with translation.override("en"):
        call_command("places", *words, stdout=printed)
    return printed.getvalue().splitlines()


def test_seed_again_says_that_nothing_changed() -> None:
    assert run("seed") == ["seed: 393 read, 0 new, 0 changed, 393 as before, 0 skipped"]


def test_import_prints_the_figures_and_each_reason(tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_text(samples.REGISTER_JSON, encoding="utf-8")
    first, reason = run("import", str(file))
    assert first == "register-json: 3 read, 2 new, 0 changed, 0 as before, 1 skipped"
    assert reason.split() == [
        "1", "on", "Svalbard", "or", "Jan", "Mayen,", "in", "no", "municipality:", "9170", "Longyearbyen",
        "(2100", "SVALBARD)",
    ]  # fmt: skip


def test_import_tells_of_positions_it_does_not_believe(tmp_path: Path) -> None:
    file = tmp_path / "NO.txt"
    file.write_text(samples.GEONAMES, encoding="utf-8")
    assert run("import", str(file), "--kind", "geonames")[1] == (
        "1 position left out: it lies outside its municipality"
    )


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"something else entirely"])
def test_a_bad_file_is_a_plain_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("import", str(file))
    assert PostalCode.objects.count() == 0


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_is_not_there_is_a_plain_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run("import", str(tmp_path / name))


@pytest.mark.parametrize("words", [(), ("import",), ("burn",), ("import", "x", "--kind", "csv")])
def test_words_that_are_no_command_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*words)


def test_every_column_is_declared_as_saying_nothing_of_persons() -> None:
    for model in (Place, PostalCode, Outline):
        declared = DECLARED[model.__name__]
        assert set(declared) == {field.name for field in model._meta.concrete_fields}
        assert not any(rule.export or rule.why for rule in declared.values())
