from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    name = "rundbord.forecasts"
    label = "forecasts"
