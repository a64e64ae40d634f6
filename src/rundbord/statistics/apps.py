from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "rundbord.statistics"
    label = "statistics"
