"""One word for one thing, and some words never."""

import pytest

from tests.architecture.source import SOURCE, names_given, python_files, tree, where, words

NEVER = [["leader"], ["patient"], ["client"], ["facilitator"], ["member", "list"]]
# A module is named for what it is.
NO_NAME = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers", "signals"}


def says(name: str, phrase: list[str]) -> bool:
    """Does the name hold these words in a row, in singular or plural?"""
    spoken = [word.removesuffix("s") for word in words(name)]
    return any(spoken[i : i + len(phrase)] == phrase for i in range(len(spoken)))


@pytest.mark.parametrize("phrase", NEVER, ids=" ".join)
def test_words_that_wrong_people_are_no_names(phrase):
    files = python_files()
    given = [(path, name, node) for path in files for name, node in names_given(tree(path))]
    found = [where(path, node) for path, name, node in given if says(name, phrase)]
    found += [str(path.relative_to(SOURCE)) for path in files if says(path.stem, phrase)]
    assert found == []


def test_the_rule_reads_plurals_and_both_ways_of_writing():
    assert says("GroupLeaders", ["leader"])
    assert says("show_member_lists", ["member", "list"])
    assert not says("leadership", ["leader"])
    assert not says("list_members", ["member", "list"])


def test_no_module_is_named_for_nothing():
    assert [str(path.relative_to(SOURCE)) for path in python_files() if path.stem in NO_NAME] == []
