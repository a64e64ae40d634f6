from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "rundbord.privacy"
    label = "privacy"
