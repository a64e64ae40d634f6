"""Refusals, personal-data rules, links: the small words everybody uses."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rundbord.kernel import personal_data
from rundbord.kernel.ids import new_id, pid
from rundbord.kernel.links import absolute
from rundbord.kernel.personal import Rule, not_personal, personal
from rundbord.kernel.refusals import Refused


class TableIsFull(Refused):
    sentence = _("All %(seats)d places are taken.")


def test_a_refusal_says_a_kind_sentence_and_logs_only_its_name() -> None:
    refusal = TableIsFull("Kari Nordmann", seats=8)
    assert refusal.say() == "All 8 places are taken."
    assert str(refusal) == "TableIsFull"
    assert "Kari" not in repr(refusal)
    assert refusal.about == ("Kari Nordmann",)


def test_a_refusal_without_words_of_its_own_still_says_something() -> None:
    class Unspoken(Refused):
        pass

    with translation.override("en"):
        assert Unspoken().say() == "This cannot be done right now."


def test_a_rule_needs_a_reason_and_a_limit() -> None:
    assert personal("to ring her", "until placed") == Rule("to ring her", "until placed", True, "wiped")
    assert not personal("log", "365 days", export=False, erase="kept").export
    for why, kept in (("", "1 day"), ("why", "")):
        with pytest.raises(ValueError):
            personal(why, kept)


def test_columns_about_nobody_are_named_in_one_string() -> None:
    rules = not_personal("id  made_at\n weekday")
    assert list(rules) == ["id", "made_at", "weekday"]
    assert not any(rule.export or rule.kept for rule in rules.values())


def test_every_column_of_the_kernel_has_its_rule_and_no_rule_lacks_its_column() -> None:
    models = {model.__name__: model for model in apps.get_app_config("kernel").get_models()}
    assert set(personal_data.DECLARED) == set(models)
    for name, model in models.items():
        assert set(personal_data.DECLARED[name]) == {field.name for field in model._meta.concrete_fields}


@pytest.mark.urls("tests.kernel.routes")
def test_links_are_whole_and_in_the_readers_language(settings) -> None:
    settings.LANGUAGE_CODE = "nb"
    settings.RUNDBORD_PUBLIC_URL = "https://bord.example/"
    one = new_id()
    with translation.override("en"):
        norwegian = absolute("mine:page", language="nb", wish=one)
        english = absolute("mine:page", one, language="en")
    assert norwegian == f"https://bord.example/min/side/{pid(one)}/"
    assert english == f"https://bord.example/en/min/side/{pid(one)}/"


@pytest.mark.urls("tests.kernel.routes")
def test_a_route_nobody_has_is_an_error_not_a_broken_link() -> None:
    with pytest.raises(NoReverseMatch):
        absolute("mine:nowhere", language="nb", day=date(2026, 1, 1))
