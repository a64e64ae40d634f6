"""The HTML checker finds nothing wrong in any page that is open to anyone. Needs Java: a leg of its own."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
CHECK = ["--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html"]


def told(folder: Path) -> list[dict[str, Any]]:
    """What the checker says of the files in a folder: file, line, sort, words."""
    command = [os.environ["RUNDBORD_JAVA"], "-jar", os.environ["RUNDBORD_VNU"], *CHECK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["messages"]


def test_every_page_is_written_as_the_standard_says(shown: Any, tmp_path: Path) -> None:
    """Everything at once, so that Java starts once."""
    names = {}
    for number, page in enumerate(shown):
        (tmp_path / f"{number:04}.html").write_bytes(page.body)
        names[f"{number:04}.html"] = (page.language, page.name)
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><p id=a><p id=a>")
    found = [(each["url"].rsplit("/", 1)[-1], each) for each in told(tmp_path) if each["type"] == "error"]
    wrong = [(*names[file], each.get("lastLine"), each["message"]) for file, each in found if file in names]
    assert wrong == []
    assert "wrong.html" in dict(found), "the checker says nothing even of a page that is wrong"
