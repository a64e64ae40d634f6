from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "rundbord.signups"
    label = "signups"
