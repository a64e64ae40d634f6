"""Every column of this room has a rule."""

from django.apps import apps

from rundbord.people.personal_data import DECLARED


def test_every_column_is_declared() -> None:
    models = {model.__name__: model for model in apps.get_app_config("people").get_models()}
    assert set(models) == set(DECLARED)
    for name, model in models.items():
        assert {field.name for field in model._meta.concrete_fields} == set(DECLARED[name]), name


def test_hashes_and_passwords_are_never_handed_out() -> None:
    for columns in DECLARED.values():
        for name, rule in columns.items():
            if name.endswith(("_hash", "_index")) or name == "password":
                assert not rule.export
