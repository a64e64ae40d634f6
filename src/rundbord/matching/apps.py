from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "rundbord.matching"
    label = "matching"
