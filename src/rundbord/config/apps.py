from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "rundbord.config"
    label = "config"
